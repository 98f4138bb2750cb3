/** A command on its way through the guard, between the door and the batch. */
import type { Call, Command } from "./command.ts";

/** A command that has passed contract and prepare and stands in the queue. */
export interface Admitted {
  readonly call: Call;
  readonly command: Command;
  readonly content: unknown;
  readonly facts: unknown;
  readonly digest: Uint8Array;
  /** Id of the act, drawn once, also if the batch runs again. */
  readonly act: string;
}

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
  /** The customer it is about, known once state is loaded. */
  readonly subject?: string;
}

/** The command with whom it is about, as its state tells. */
export function about(admitted: Admitted, state: unknown): Admitted {
  const subject = admitted.command.subject?.(state, admitted.content);
  return subject === undefined ? admitted : { ...admitted, subject };
}

/**
 * Commands that end in a fault each time they are run. After a few tries they are parked: whoever
 * sends one again hears so at once, and it is not run, since every run halves a batch of others. The
 * count belongs to the process: a new start, with what was mended, tries anew.
 */
import { limits } from "../config/index.ts";
import type { Call } from "./command.ts";

/** How many commands are counted at most; the ones that failed longest ago are forgotten first. */
const COUNTED_MAX = 10_000;

export class Poison {
  readonly #tries = new Map<string, number>();

  /** True if this command is not run any more. */
  isParked(call: Call): boolean {
    return (this.#tries.get(nameOf(call)) ?? 0) >= limits.faultTries;
  }

  /** Counts one more fault; true if it was the last try. */
  failed(call: Call): boolean {
    const name = nameOf(call);
    const tries = (this.#tries.get(name) ?? 0) + 1;
    this.#tries.delete(name);
    this.#tries.set(name, tries);
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > COUNTED_MAX && oldest !== undefined) this.#tries.delete(oldest);
    return tries === limits.faultTries;
  }

  /** It went well after all. */
  passed(call: Call): void {
    if (this.#tries.size > 0) this.#tries.delete(nameOf(call));
  }
}

function nameOf({ partition, principal, id }: Call): string {
  return `${partition}/${principal.organisation}/${id}`;
}

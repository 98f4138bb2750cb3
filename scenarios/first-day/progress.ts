/**
 * How far a day has come, kept by rename after each step. A run that was killed goes on with the
 * step that it was in: its acts are sent again under the same keys and answered alike.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../check.ts";

export interface Kept {
  readonly seed: number;
  readonly payments: number;
  /** The business day, a Monday. */
  readonly day: string;
  /** Steps that are done; 0 while the setup is. */
  readonly done: number;
  /** Use of the cap after each step, as the limits route said; fen. */
  readonly readings: readonly string[];
  /** Checks that were made, in their words, in the order in which they were made. */
  readonly checks: readonly Check[];
  /** Seconds of machine time over all runs, and how many runs there were. */
  readonly seconds: number;
  readonly runs: number;
}

export class Progress {
  readonly #path: string;
  #kept: Kept;

  /** Opens the progress of a folder; refuses a folder that is another day's. */
  constructor(folder: string, first: Pick<Kept, "seed" | "payments" | "day">) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, "progress.json");
    const fresh: Kept = { ...first, done: 0, readings: [], checks: [], seconds: 0, runs: 0 };
    this.#kept = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, "utf8")) as Kept)
      : fresh;
    const { seed, payments } = this.#kept;
    if (seed !== first.seed || payments !== first.payments) {
      throw new Error(
        `${folder} holds a day of seed ${seed} with ${payments} payments; choose another folder`,
      );
    }
    this.write({ runs: this.#kept.runs + 1 });
  }

  get kept(): Kept {
    return this.#kept;
  }

  write(more: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...more };
    writeFileSync(`${this.#path}.next`, JSON.stringify(this.#kept, null, 1));
    renameSync(`${this.#path}.next`, this.#path);
  }
}

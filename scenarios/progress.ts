/**
 * How far a scenario has come, kept by rename after each step. A run that was killed goes on with the
 * step that it was in: its acts are sent again under the same keys and answered alike.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.ts";

/** What every scenario keeps. */
export interface Lasting {
  readonly seed: number;
  /** Steps that are done. */
  readonly done: number;
  /** Checks that were made, in their words, in the order in which they were made. */
  readonly checks: readonly Check[];
  /** Seconds of machine time over all runs, and how many runs there were. */
  readonly seconds: number;
  readonly runs: number;
}

export class Progress<Kept extends Lasting> {
  readonly #path: string;
  #kept: Kept;

  /**
   * Opens the progress of a folder, or begins with `fresh`. Refuses a folder that is another
   * scenario's: one that differs in its seed or in `by`.
   */
  constructor(folder: string, of: { readonly fresh: Kept; readonly by: keyof Kept & string }) {
    mkdirSync(folder, { recursive: true });
    const { fresh, by } = of;
    this.#path = join(folder, "progress.json");
    this.#kept = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, "utf8")) as Kept)
      : fresh;
    const { seed, [by]: size } = this.#kept;
    if (seed !== fresh.seed || size !== fresh[by]) {
      throw new Error(`${folder} holds seed ${seed} and ${by} ${String(size)}; choose another`);
    }
    this.#write({ ...this.#kept, runs: this.#kept.runs + 1 });
  }

  get kept(): Kept {
    return this.#kept;
  }

  write(more: Partial<Kept>): void {
    this.#write({ ...this.#kept, ...more });
  }

  #write(kept: Kept): void {
    this.#kept = kept;
    writeFileSync(`${this.#path}.next`, JSON.stringify(kept, null, 1));
    renameSync(`${this.#path}.next`, this.#path);
  }
}

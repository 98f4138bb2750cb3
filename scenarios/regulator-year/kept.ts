/**
 * How far a year has come, kept by rename after each step: which steps are done, what was checked,
 * and the names that the bank gave to things. A run that was killed goes on with the step that it
 * was in: its acts are sent again under the same keys.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../check.ts";

export interface Kept {
  readonly seed: number;
  readonly size: number;
  /** First day of the year. */
  readonly first: string;
  readonly done: number;
  readonly checks: readonly Check[];
  /** What the bank calls something that a later step needs, by our own name for it. */
  readonly names: Readonly<Record<string, string>>;
  /** Figures for the report, by pilot: one for each month, fen. */
  readonly readings: Readonly<Record<string, readonly string[]>>;
  /** What happened, for the report: instants and sentences. */
  readonly events: readonly YearEvent[];
  /** Refusals by clause, for the report. */
  readonly denials: readonly DenialLine[];
  readonly seconds: number;
  readonly runs: number;
}

/** One row of the table that the report shows: how often a clause said no, and the latest time. */
export interface DenialLine {
  readonly pilot: string;
  readonly clause: string;
  readonly rule: string;
  readonly code: string;
  readonly count: number;
  readonly used: string | null;
  readonly cap: string | null;
  readonly asked: string | null;
}

export interface YearEvent {
  readonly at: string;
  readonly pilot: string;
  readonly zh: string;
  readonly en: string;
}

export class Progress {
  readonly #path: string;
  #kept: Kept;

  /** Opens the progress of a folder; refuses a folder that is another year's. */
  constructor(folder: string, asked: Pick<Kept, "seed" | "size" | "first">) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, "progress.json");
    const none = { checks: [], names: {}, readings: {}, events: [], denials: [] };
    const fresh: Kept = { ...asked, done: 0, ...none, seconds: 0, runs: 0 };
    this.#kept = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, "utf8")) as Kept)
      : fresh;
    const { seed, size } = this.#kept;
    if (seed !== asked.seed || size !== asked.size) {
      throw new Error(`${folder} holds a year of seed ${seed} and size ${size}; choose another`);
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

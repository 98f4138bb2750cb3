/** Jobs of one haste that a runner has in hand: some run, the others wait for those. */
import type { LeasedRow } from "./job.store.ts";

/** Most jobs that a lane has in hand. */
const HELD_MAX = 200;

export class Lane {
  readonly queued: LeasedRow[] = [];
  readonly running = new Map<LeasedRow, Promise<void>>();
  readonly #atOnceMax: number;

  constructor(atOnceMax: number) {
    this.#atOnceMax = atOnceMax;
  }

  get held(): readonly LeasedRow[] {
    return [...this.queued, ...this.running.keys()];
  }

  /** How many more jobs may be taken. */
  get room(): number {
    return HELD_MAX - this.queued.length - this.running.size;
  }

  /** Takes the job that may run now, if there is one. */
  next(): LeasedRow | undefined {
    return this.running.size < this.#atOnceMax ? this.queued.shift() : undefined;
  }
}

/**
 * Business time: the machine's, or one that was turned by hand for a demonstration or a test. The
 * guard makes one of these from the clock row per batch. It refuses to run backwards by itself, and
 * knows nothing of who may turn it.
 */
import assert from "node:assert/strict";
import type { Clock, Instant } from "./instant.ts";
import { machineNow } from "./machine.ts";

/** The one row that says what time the business has. */
export interface ClockRow {
  /** `real` is the machine's time; live mode knows no other. */
  readonly mode: "real" | "turned";
  /** What a turned clock that runs is ahead of the machine, in milliseconds; negative is behind. */
  readonly offset_ms: number | bigint;
  /** A turned clock that stands still shows this instant. */
  readonly frozen_at: Instant | null;
}

/** The clock that a row describes. `machine` is asked at each reading and is the machine's own. */
export function businessClock(row: ClockRow, machine: () => Instant = machineNow): Clock {
  const offset = Number(row.offset_ms);
  assert(Number.isSafeInteger(offset));
  if (row.mode === "real") {
    assert(offset === 0 && row.frozen_at === null, "a real clock has no offset and never stands");
    return { now: machine };
  }
  const { frozen_at } = row;
  if (frozen_at !== null) return { now: () => frozen_at };
  return { now: () => (machine() + offset) as Instant };
}

/** A clock that stands still until it is turned: for tests, scenarios and simulations. */
export class FixedClock implements Clock {
  #now: Instant;

  constructor(now: Instant) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  /** Turns forward to an instant; an earlier one is a bug, since business time has no way back. */
  turn(to: Instant): void {
    assert(to >= this.#now, `a clock is not turned back: ${this.#now} to ${to}`);
    this.#now = to;
  }

  /** Turns forward by `milliseconds`, 0 or more, and tells the new time. */
  advance(milliseconds: number): Instant {
    assert(Number.isInteger(milliseconds) && milliseconds >= 0);
    this.#now = (this.#now + milliseconds) as Instant;
    return this.#now;
  }
}

/**
 * The plan of a year under supervision: twelve months of six pilots, and of a seventh that is drafted
 * in it. Pure; whatever a run does is derived from it, so that a year that was cut short goes on.
 */
import assert from "node:assert/strict";
import { addDays, addMonths, type CalendarDate, type Instant } from "@sandbank/kernel/clock";
import { shanghaiMidnight } from "@sandbank/kernel/clock";
import { HOUSES, type HouseYear, yearOf } from "./houses.ts";
import { paymentsOf, type PaymentYear } from "./payments.ts";

export const MONTHS = 12;
const OPENS_MINUTES = 9 * 60;
/** Sizes of a year; from `recountsAll` on the indicators of every pilot are computed again. */
export const SIZE = { least: 4, recountsAll: 50, most: 1_000 } as const;

export interface YearPlan {
  readonly seed: number;
  /** Pieces of business that an institution of share 100 does in a month. */
  readonly size: number;
  /** First day of the first month. */
  readonly first: CalendarDate;
  /** Months as `2026-12`. */
  readonly months: readonly string[];
  readonly houses: readonly HouseYear[];
  readonly payments: PaymentYear;
}

export function planYear(asked: {
  readonly seed: number;
  readonly size: number;
  readonly first: CalendarDate;
}): YearPlan {
  const { seed, size, first } = asked;
  assert(
    size >= SIZE.least && size <= SIZE.most,
    `a year is of size ${SIZE.least} to ${SIZE.most}`,
  );
  assert(first.endsWith("-01"), "a year begins with a month");
  const months = Array.from({ length: MONTHS }, (_, at) => addMonths(first, at).slice(0, 7));
  const of = { seed, size, months };
  const houses = HOUSES.map((house) => yearOf(house, of));
  return { seed, size, first, months, houses, payments: paymentsOf(of) };
}

/** The beginning of every command id of a plan. */
export function keyOf({ seed, size }: Pick<YearPlan, "seed" | "size">): string {
  return `year-${seed}-${size}`;
}

/** The beginning of a day of the year: the month from 1, its day, or a day after its end. */
export function midnightOf(plan: Pick<YearPlan, "first">, month: number, day: number): Instant {
  return shanghaiMidnight(addDays(addMonths(plan.first, month - 1), day - 1));
}

/** Nine in the morning of a day of the year. */
export function on(plan: Pick<YearPlan, "first">, month: number, day: number): Instant {
  return after(midnightOf(plan, month, day), OPENS_MINUTES);
}

export function after(at: Instant, minutes: number): Instant {
  return (at + minutes * 60_000) as Instant;
}

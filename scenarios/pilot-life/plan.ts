/**
 * The plan of a pilot's life, drawn from a seed: on which day which step is taken, what the customers
 * of its thirty days of business buy, and what becomes of it. Pure. It foretells every answer of the
 * bank and every balance, so that a life that was cut short goes on where it stopped.
 */
import assert from "node:assert/strict";
import { addDays, type CalendarDate, type Instant, shanghaiMidnight } from "@sandbank/kernel/clock";
import { FARSAIL, LANTERN } from "@sandbank/world";
import { cardNumber, type Customer } from "../customer.ts";
import { drawFrom } from "../draw.ts";
import { type Business, BUSINESS_DAYS, businessOf, fundsOf } from "./business-plan.ts";

/** The stranger who pays by token first, and the one who pays second. */
export const SHOPS = [FARSAIL, LANTERN] as const;
export const PILOT = "payment-tokens";
/** Whose pilot it is. */
export const BANK = { pilot: PILOT, organisation: "sandbar-bank" } as const;
/** The partition that waits for this pilot in every installation. */
export const PARTITION = 4;
/** Customers of a life; with fewer than the least nobody is left to fill a day's cap. */
export const SIZE = { least: 20, usual: 2_000, most: 5_000 } as const;

const HOUR_MS = 3_600_000;

/** Days of the life from its first one on, which is 0. */
export const DAYS = {
  ...{ drafted: 0, reviewed: 2, commented: 5, answered: 11, registered: 14, pooled: 16 },
  ...{ armed: 17, started: 20 },
  /** The last day of business, after which nothing is authorised until the evaluation. */
  lastBusiness: 20 + BUSINESS_DAYS,
  /** Every hold of the thirty days has ended, and the days are settled. */
  settled: 60,
  /** The least number of whole days that a test lasts is over; five days later it is measured. */
  ...{ evaluated: 202, measured: 207 },
  /** Payments that are still in flight when the pilot leaves. */
  inFlight: 208,
  ...{ exits: 209, captured: 210, drained: 218, left: 219 },
} as const;

export interface LifePlan extends Business {
  readonly seed: number;
  /** How many customers there are, and how many the pilot may have. */
  readonly size: number;
  /** The first day of the life. */
  readonly first: CalendarDate;
  readonly customers: readonly Customer[];
}

export function planLife(asked: {
  readonly seed: number;
  readonly size: number;
  readonly first: CalendarDate;
}): LifePlan {
  const { seed, size, first } = asked;
  assert(
    size >= SIZE.least && size <= SIZE.most,
    `a life has ${SIZE.least} to ${SIZE.most} people`,
  );
  const business = businessOf(drawFrom(seed), size);
  const funds = fundsOf(business);
  const customers = business.traits.map((trait, at) => ({
    holder: `life-${seed}-${String(at).padStart(4, "0")}`,
    card: cardNumber(at),
    ...{ trait, bound: business.bound, funds: funds[at] ?? 0n },
  }));
  return { seed, size, first, customers, ...business };
}

/** The beginning of every command id of a plan. */
export function keyOf({ seed, size }: Pick<LifePlan, "seed" | "size">): string {
  return `life-${seed}-${size}`;
}

/** An hour of a day of the life, nine in the morning unless told. */
export function on({ first }: Pick<LifePlan, "first">, day: number, hour = 9): Instant {
  return (shanghaiMidnight(addDays(first, day)) + hour * HOUR_MS) as Instant;
}

/** The calendar date of a day of the life. */
export function dateOf({ first }: Pick<LifePlan, "first">, day: number): CalendarDate {
  return addDays(first, day);
}

/** The day of the life on which the nth day of business is; the first is 1. */
export function dayOfBusiness(nth: number): number {
  return DAYS.started + nth;
}

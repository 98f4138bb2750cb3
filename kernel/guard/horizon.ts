/**
 * How long a window can still get something back. A refund within the horizon returns to the period
 * of its payment; after it nothing returns, whether or not the window's account has been dropped,
 * so that dropping changes no decision.
 */
import { type Instant, shanghaiDate } from "../clock/index.ts";
import { limits } from "../config/index.ts";

const DAY_MS = 86_400_000;

/** The first day of which a window may still get something back. */
export function horizonDay(now: Instant): string {
  return shanghaiDate((now - limits.refundHorizonDays * DAY_MS) as Instant);
}

/** True if a period (`2026-11-24`, `2026-11`, `2026`) is over for good; `all` never is. */
export function isOverForGood(period: string, now: Instant): boolean {
  return period !== "all" && period < horizonDay(now).slice(0, period.length);
}

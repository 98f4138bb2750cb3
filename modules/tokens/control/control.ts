/**
 * What a holder allows a token to do: bounds on one payment, on a day, on a month, hours of the week,
 * first and last day. Pure. Windows are limits of the ledger; this file only says which there are.
 * P4.3: central management of allowed times and amounts.
 */
import {
  type Instant,
  isCalendarDate,
  shanghaiDate,
  shanghaiHourOfWeek,
} from "@sandbank/kernel/clock";
import type { Failed } from "@sandbank/kernel/words";
import type { Controls } from "../contract.ts";

/** Controls as they are kept; null does not bound. Amounts are fen. */
export interface Control {
  readonly version: number;
  readonly paymentAmount: bigint | null;
  readonly dayAmount: bigint | null;
  readonly dayCount: bigint | null;
  readonly monthAmount: bigint | null;
  /** 168 of `0` and `1`, Monday 00:00 first, Asia/Shanghai. */
  readonly hours: string | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

const capOf = (text: string | undefined) => (text === undefined ? null : BigInt(text));

/** Controls as they arrive, as a version. */
export function controlOf(controls: Controls, version: number): Control {
  return {
    version,
    paymentAmount: capOf(controls.paymentAmount),
    dayAmount: capOf(controls.dayAmount),
    dayCount: capOf(controls.dayCount),
    monthAmount: capOf(controls.monthAmount),
    hours: controls.hours ?? null,
    firstDay: controls.firstDay ?? null,
    lastDay: controls.lastDay ?? null,
  };
}

/** A version as callers see it: what does not bound is left out. */
export function controlsOf(control: Control): Controls {
  const { version: _, ...bounds } = control;
  const stated = Object.entries(bounds).filter(([, value]) => value !== null);
  return Object.fromEntries(stated.map(([name, value]) => [name, String(value)]));
}

/** True if both days are days of the calendar and in order. */
export function daysAgree({ firstDay, lastDay }: Controls): boolean {
  if (firstDay !== undefined && !isCalendarDate(firstDay)) return false;
  if (lastDay !== undefined && !isCalendarDate(lastDay)) return false;
  return firstDay === undefined || lastDay === undefined || firstDay <= lastDay;
}

export type Bound = Exclude<keyof Control, "version">;

const CAPS = ["paymentAmount", "dayAmount", "dayCount", "monthAmount"] as const;

/**
 * Which bounds `after` loosens: those under which something is allowed that `before` forbids. An
 * empty answer means that the change only tightens, and needs no step-up.
 */
export function loosened(before: Control, after: Control): Bound[] {
  const found: Bound[] = [];
  for (const cap of CAPS) {
    const [was, is] = [before[cap], after[cap]];
    if (was !== null && (is === null || is > was)) found.push(cap);
  }
  if (opensAnHour(before.hours, after.hours)) found.push("hours");
  const { firstDay, lastDay } = after;
  if (before.firstDay !== null && (firstDay === null || firstDay < before.firstDay)) {
    found.push("firstDay");
  }
  if (before.lastDay !== null && (lastDay === null || lastDay > before.lastDay)) {
    found.push("lastDay");
  }
  return found;
}

function opensAnHour(before: string | null, after: string | null): boolean {
  if (before === null) return false;
  for (let hour = 0; hour < 168; hour++) {
    if (before[hour] === "0" && (after === null || after[hour] === "1")) return true;
  }
  return false;
}

/** Every bound that one payment breaks by itself, in fixed order; windows are the ledger's. */
export function brokenBy(control: Control, amount: bigint, now: Instant): Failed[] {
  const failed: Failed[] = [];
  const { paymentAmount, hours, firstDay, lastDay } = control;
  if (paymentAmount !== null && amount > paymentAmount) {
    const bound = { used: 0n, cap: paymentAmount, asked: amount };
    const limit = "token_payment_amount";
    const code = "token_payment_amount_exceeded";
    failed.push({ code, limit, unit: "fen", ...bound, clause: clauseOf(control) });
  }
  if (hours !== null && hours[shanghaiHourOfWeek(now)] !== "1") {
    failed.push({ code: "token_hour_closed", limit: "token_hours", clause: clauseOf(control) });
  }
  if (firstDay === null && lastDay === null) return failed;
  const today = shanghaiDate(now);
  const clause = clauseOf(control);
  if (firstDay !== null && today < firstDay) {
    failed.push({ code: "token_before_first_day", limit: "token_first_day", clause });
  }
  if (lastDay !== null && today > lastDay) {
    failed.push({ code: "token_after_last_day", limit: "token_last_day", clause });
  }
  return failed;
}

/** How decisions cite a version. */
export function clauseOf({ version }: Control): string {
  return `control v${version}`;
}

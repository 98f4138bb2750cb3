/**
 * The windows of a token as limits of the ledger: what it may spend in a day and a month, and how
 * often in a day. Calendar periods in Asia/Shanghai. Each is an account that counts use upward under
 * the cap of the controls in force.
 */
import { type Instant, shanghaiDate, shanghaiMonth } from "@sandbank/kernel/clock";
import { isOverForGood } from "@sandbank/kernel/guard";
import type { Entry, Use } from "@sandbank/kernel/ledger";
import { clauseOf, type Control } from "../control/control.ts";
import type { Payment } from "./payment.ts";

/** Bits of the windows that an authorisation counts in. */
export const WINDOW = { dayAmount: 1, dayCount: 2, monthAmount: 4 } as const;

export type WindowRule = "token_day_amount" | "token_day_count" | "token_month_amount";

/** Key of a window's account. */
export function windowKey(rule: WindowRule, token: string, period: string): string {
  return `limit/${rule}/${token}/${period}`;
}

/** The windows that a control has. */
export function windowsOf({ dayAmount, dayCount, monthAmount }: Control): number {
  return (
    (dayAmount === null ? 0 : WINDOW.dayAmount) |
    (dayCount === null ? 0 : WINDOW.dayCount) |
    (monthAmount === null ? 0 : WINDOW.monthAmount)
  );
}

interface Held {
  readonly token: string;
  readonly amount: bigint;
  readonly hold: string;
  readonly now: Instant;
}

/** Adds the held uses of a payment to its entries, in fixed order. */
export function pushWindows(entries: Entry[], control: Control, held: Held): void {
  const { dayAmount, dayCount, monthAmount } = control;
  const clause = clauseOf(control);
  const use = (rule: WindowRule, period: string, cap: bigint): Use => ({
    kind: "use",
    account: {
      key: windowKey(rule, held.token, period),
      book: "limits",
      cap,
      owner: held.token,
      period,
    },
    amount: held.amount,
    hold: held.hold,
    cites: { code: `${rule}_exceeded`, limit: rule, unit: "fen", clause },
  });
  const day = shanghaiDate(held.now);
  if (dayAmount !== null) entries.push(use("token_day_amount", day, dayAmount));
  if (dayCount !== null) {
    const of = use("token_day_count", day, dayCount);
    entries.push({ ...of, amount: 1n, whole: true, cites: { ...of.cites, unit: "count" } });
  }
  if (monthAmount !== null) {
    entries.push(use("token_month_amount", shanghaiMonth(held.now), monthAmount));
  }
}

/**
 * What a refund gives back to the windows that its payment took from, in the payment's own periods:
 * nothing once a period is over for good. That the payment took place still counts.
 */
export function givenBack(payment: Payment, amount: bigint, now: Instant): Entry[] {
  const { token, windows, at } = payment;
  const back = (rule: WindowRule, period: string): Entry => ({
    kind: "give_back",
    account: { key: windowKey(rule, token, period), book: "limits" },
    amount,
  });
  const [day, month] = [shanghaiDate(at), shanghaiMonth(at)];
  const entries: Entry[] = [];
  if ((windows & WINDOW.dayAmount) !== 0 && !isOverForGood(day, now)) {
    entries.push(back("token_day_amount", day));
  }
  if ((windows & WINDOW.monthAmount) !== 0 && !isOverForGood(month, now)) {
    entries.push(back("token_month_amount", month));
  }
  return entries;
}

/**
 * The windows of a token as limits of the ledger: what it may spend and how often, in a day, a week,
 * a month and its life, as a whole and within one scene. Calendar periods in Asia/Shanghai. Each is
 * an account that counts use upward under the strictest cap of the controls in force.
 *
 *   limit/token_day_amount/{token}/{day}              of the whole token
 *   limit/token_scene_day_amount/{token}.{scene}/{day}   within a scene
 */
import {
  addDays,
  type CalendarDate,
  dayOfWeek,
  type Instant,
  shanghaiDate,
  shanghaiMonth,
  shanghaiWeek,
} from "@sandbank/kernel/clock";
import { isOverForGood } from "@sandbank/kernel/guard";
import type { Entry } from "@sandbank/kernel/ledger";
import { type Control, strictest, type StrictCap } from "../control/control.ts";
import type { ControlRefusal } from "../control/control.refusals.ts";
import type { Payment } from "./payment.ts";

type Span = "day" | "week" | "month" | "life";
type Measure = "amount" | "count";
type WindowCap = `${Span}${Capitalize<Measure>}`;

/** One kind of window; `bit` says that a payment counts in it, and never changes its meaning. */
interface WindowKind {
  readonly bit: number;
  readonly span: Span;
  readonly measure: Measure;
  readonly cap: WindowCap;
  readonly code: ControlRefusal;
}

const kind = <S extends Span, M extends Measure>(bit: number, span: S, measure: M): WindowKind => ({
  ...{ bit, span, measure },
  cap: `${span}${measure === "amount" ? "Amount" : "Count"}`,
  code: `token_${span}_${measure}_exceeded`,
});

/** Every window there is, in the order in which payments take from them. */
export const WINDOWS: readonly WindowKind[] = [
  ...[kind(1, "day", "amount"), kind(2, "day", "count")],
  ...[kind(8, "week", "amount"), kind(16, "week", "count")],
  ...[kind(4, "month", "amount"), kind(32, "month", "count")],
  ...[kind(64, "life", "amount"), kind(128, "life", "count")],
];

/** What the bit of a window is shifted by where it is one within a scene. */
const SCENE_SHIFT = 8;

export type WindowRule = `token_${"" | "scene_"}${Span}_${Measure}`;

/** Key of a window's account. */
export function windowKey(rule: WindowRule, whose: string, period: string): string {
  return `limit/${rule}/${whose}/${period}`;
}

/** A calendar period: its name, and the day, month or `all` with which it is over. */
interface Period {
  readonly name: string;
  readonly ends: string;
}

/** A week has no name by which its account could be told to be over; its Sunday has. */
function periodOf(span: Span, at: Instant): Period {
  if (span === "week") {
    const day: CalendarDate = shanghaiDate(at);
    return { name: shanghaiWeek(at), ends: addDays(day, 7 - dayOfWeek(day)) };
  }
  const name = span === "day" ? shanghaiDate(at) : span === "month" ? shanghaiMonth(at) : "all";
  return { name, ends: name };
}

/** A window in force at an instant: its account and its cap, of a token or within its scene. */
export interface Window extends StrictCap, Period {
  readonly bit: number;
  readonly rule: WindowRule;
  readonly code: ControlRefusal;
  readonly measure: Measure;
  /** The scene whose window it is, or undefined for the whole token's. */
  readonly scene: string | undefined;
  readonly key: string;
}

/** The windows of a token that controls have at an instant: its own, then those within a scene. */
export function windowsAt(
  control: Control,
  of: { readonly token: string; readonly scene?: string; readonly now: Instant },
): Window[] {
  const { token, scene, now } = of;
  const found: Window[] = [];
  pushWindowsOf(found, control, { token, now });
  const bounded = scene !== undefined && isBounded(control, scene);
  if (bounded) pushWindowsOf(found, control, { token, scene, now });
  return found;
}

function isBounded({ holder, issuer }: Control, scene: string): boolean {
  return holder.sceneBounds.has(scene) || issuer.sceneBounds.has(scene);
}

function pushWindowsOf(
  found: Window[],
  control: Control,
  { token, scene, now }: { readonly token: string; readonly scene?: string; readonly now: Instant },
): void {
  for (const { bit, span, measure, cap: name, code } of WINDOWS) {
    const strict = strictest(control, name, scene);
    if (!strict) continue;
    const { cap, clause } = strict;
    const { name: period, ends } = periodOf(span, now);
    const whole = scene === undefined;
    const rule: WindowRule = whole ? `token_${span}_${measure}` : `token_scene_${span}_${measure}`;
    found.push({
      ...{ rule, measure, scene, cap, clause, name: period, ends },
      bit: whole ? bit : bit << SCENE_SHIFT,
      code: whole ? code : `token_scene_${measure}_exceeded`,
      key: windowKey(rule, whole ? token : `${token}.${scene}`, period),
    });
  }
}

/** Bits of the windows that a payment counts in. */
export function bitsOf(windows: readonly Window[]): number {
  return windows.reduce((bits, { bit }) => bits | bit, 0);
}

/** Adds the held uses of a payment to its entries. */
export function pushWindows(
  entries: Entry[],
  windows: readonly Window[],
  held: { readonly token: string; readonly amount: bigint; readonly hold: string },
): void {
  const { token, amount, hold } = held;
  for (const { key, cap, ends, rule: limit, code, measure, clause } of windows) {
    const life = ends === "all";
    const account = { key, book: "limits" as const, cap, owner: token };
    const counts = measure === "count";
    entries.push({
      kind: "use",
      account: life ? account : { ...account, period: ends },
      amount: counts ? 1n : amount,
      hold,
      ...(counts ? { whole: true } : {}),
      cites: { code, limit, unit: counts ? "count" : "fen", clause },
    });
  }
}

/**
 * What a refund gives back to the windows that its payment took from, in the payment's own periods:
 * nothing once a period is over for good. That the payment took place still counts.
 */
export function givenBack(payment: Payment, amount: bigint, now: Instant): Entry[] {
  const { token, scene, windows, at } = payment;
  const entries: Entry[] = [];
  for (const { bit, span, measure } of WINDOWS) {
    if (measure === "count") continue;
    const { name, ends } = periodOf(span, at);
    if (isOverForGood(ends, now)) continue;
    const back = (rule: WindowRule, whose: string): Entry => ({
      kind: "give_back",
      account: { key: windowKey(rule, whose, name), book: "limits" },
      amount,
    });
    if ((windows & bit) !== 0) entries.push(back(`token_${span}_amount`, token));
    if ((windows & (bit << SCENE_SHIFT)) !== 0) {
      entries.push(back(`token_scene_${span}_amount`, `${token}.${scene}`));
    }
  }
  return entries;
}

/**
 * The hours of a week in which a token may pay: 168 marks from Monday 00:00, as the API has them.
 * Pure; pages draw it and change it here.
 */
import type { Saying } from "../setting.ts";
import { hourWords as words } from "../words/hour.words.ts";

export const DAYS = 7;
export const HOURS = 24;

/** `1` allows an hour. */
export type Week = string;

export const ALWAYS: Week = "1".repeat(DAYS * HOURS);

export function isAllowed(week: Week, day: number, hour: number): boolean {
  return week[day * HOURS + hour] === "1";
}

/** A day as its 24 marks. */
function dayOf(week: Week, day: number): string {
  return week.slice(day * HOURS, (day + 1) * HOURS);
}

/** The week with the hours of a day from `from` up to but without `to` set, all others as they were. */
export function withHours(
  week: Week,
  day: number,
  span: { readonly from: number; readonly to: number; readonly on: boolean },
): Week {
  const { from, to, on } = span;
  const start = day * HOURS;
  return week.slice(0, start + from) + (on ? "1" : "0").repeat(to - from) + week.slice(start + to);
}

/** The week with a day that is allowed from `from` to `to` and at no other time. */
export function withDay(week: Week, day: number, { from, to }: Span): Week {
  const closed = withHours(week, day, { from: 0, to: HOURS, on: false });
  return from < to ? withHours(closed, day, { from, to, on: true }) : closed;
}

/** One hour turned over. */
export function turned(week: Week, day: number, hour: number): Week {
  return withHours(week, day, { from: hour, to: hour + 1, on: !isAllowed(week, day, hour) });
}

/** A whole day turned over: allowed throughout, unless it is so already. */
export function dayTurned(week: Week, day: number): Week {
  return withHours(week, day, { from: 0, to: HOURS, on: dayOf(week, day).includes("0") });
}

/** An hour of all days turned over. */
export function hourTurned(week: Week, hour: number): Week {
  const days = Array.from({ length: DAYS }, (_, day) => day);
  const on = days.some((day) => !isAllowed(week, day, hour));
  const span = { from: hour, to: hour + 1, on };
  return days.reduce((so, day) => withHours(so, day, span), week);
}

/** Every day, or working days alone, between two hours. */
export function regular(span: Span, which: "every" | "working"): Week {
  return Array.from({ length: DAYS }, (_, day) => day).reduce(
    (week, day) => withDay(week, day, which === "working" && day > 4 ? { from: 0, to: 0 } : span),
    ALWAYS,
  );
}

export interface Span {
  /** Hours of the day: from 0 to 23, to 1 to 24. */
  readonly from: number;
  readonly to: number;
}

/** When a day is allowed, as spans in order; none where it is closed. */
export function spansOf(week: Week, day: number): readonly Span[] {
  return [...dayOf(week, day).matchAll(/1+/g)].map(({ 0: run, index }) => ({
    from: index,
    to: index + run.length,
  }));
}

const two = (hour: number) => String(hour).padStart(2, "0");

export function clockText(hour: number): string {
  return `${two(hour)}:00`;
}

/** A day's hours in words: "全天", "07:00～22:00", "不可用". */
export function dayHours(week: Week, day: number, say: Saying): string {
  const spans = spansOf(week, day);
  if (spans.length === 0) return say(words.never);
  if (spans.length === 1 && spans[0]?.from === 0 && spans[0].to === HOURS)
    return say(words.all_day);
  return spans
    .map(({ from, to }) => say(words.span, { from: clockText(from), to: clockText(to) }))
    .join(say(words.between));
}

/**
 * The watch period after a graduation: its life, that of a finding and that of a condition on a
 * figure, three total tables, and the days on which thresholds are compared. Pure. The database holds the legal moves a second time and
 * refuses all others.
 *
 *   running ──find──▶ questioned ──require exit──▶ exit_required
 *    │ ⟲ check   ▲        │ ⟲ check, find
 *    │           └────────┘ accept, extend
 *    └──end──▶ ended
 *
 *   finding   open ──accept──▶ accepted, ──extend──▶ extended, ──require exit──▶ exit_required
 *   condition pending ──meet──▶ met, ──miss──▶ missed, ──lapse──▶ lapsed
 *
 * The regime says that a graduated pilot is watched (reference/sandbox §4) and no more; how long, at
 * which days, and what may be ruled is our design. Nothing is ruled by the clock: it compares, finds,
 * and ends a watch that has nothing open.
 */
import {
  addDays,
  addMonths,
  calendarDate,
  daysBetween,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  shanghaiMonth,
} from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import type { Refusal } from "@sandbank/kernel/words";
import type { Admission } from "../admission/admission.contract.ts";
import { row, type Table } from "../table/table.ts";
import { refuse, type WatchRefusal } from "./watch.refusals.ts";

export const WATCH_STATES = ["running", "questioned", "ended", "exit_required"] as const;
export type WatchState = (typeof WATCH_STATES)[number];

export const WATCH_EVENTS = ["check", "find", "accept", "extend", "require_exit", "end"] as const;
export type WatchEvent = (typeof WATCH_EVENTS)[number];

export const WATCH_TABLE: Table<WatchState, WatchEvent, WatchRefusal> = {
  running: row(WATCH_EVENTS, "watch_is_running", {
    ...{ check: "running", find: "questioned", end: "ended" },
  }),
  questioned: row(WATCH_EVENTS, "watch_is_questioned", {
    ...{ check: "questioned", find: "questioned" },
    ...{ accept: "running", extend: "running", require_exit: "exit_required" },
  }),
  ended: row(WATCH_EVENTS, "watch_has_ended", {}),
  exit_required: row(WATCH_EVENTS, "watch_required_an_exit", {}),
};

export const FINDING_STATES = ["open", "accepted", "extended", "exit_required"] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What two people of the supervisor may rule on everything that is open. */
export const RULINGS = ["accept", "extend", "require_exit"] as const;
export type Ruling = (typeof RULINGS)[number];

export const FINDING_TABLE: Table<FindingState, Ruling, WatchRefusal> = {
  open: row(RULINGS, "watch_finding_is_open", {
    ...{ accept: "accepted", extend: "extended", require_exit: "exit_required" },
  }),
  accepted: row(RULINGS, "watch_finding_is_accepted", {}),
  extended: row(RULINGS, "watch_finding_is_extended", {}),
  exit_required: row(RULINGS, "watch_finding_required_an_exit", {}),
};

export const CONDITION_STATES = ["pending", "met", "missed", "lapsed"] as const;
export type ConditionState = (typeof CONDITION_STATES)[number];
/** Judged once its day is over; it lapses where the pilot leaves before. */
export const CONDITION_EVENTS = ["meet", "miss", "lapse"] as const;

export const CONDITION_TABLE: Table<
  ConditionState,
  (typeof CONDITION_EVENTS)[number],
  WatchRefusal
> = {
  pending: row(CONDITION_EVENTS, "watch_condition_is_pending", {
    ...{ meet: "met", miss: "missed", lapse: "lapsed" },
  }),
  met: row(CONDITION_EVENTS, "watch_condition_is_met", {}),
  missed: row(CONDITION_EVENTS, "watch_condition_is_missed", {}),
  lapsed: row(CONDITION_EVENTS, "watch_condition_has_lapsed", {}),
};

/** The state after an event of a table, or the refusal of the state that does not know it. */
export function after<S extends string, E extends string>(
  table: Table<S, E, WatchRefusal>,
  from: S,
  event: E,
): S | Refusal {
  const next = table[from][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

/** The longest watch there is, in days: three years, as long as the longest test. */
export const WATCH_DAYS_MOST = 1_096;

/** How long a pilot is watched, in days: as its terms say, else `limits.watchDays`. */
export function watchDaysOf(terms: Pick<Admission, "watchDays"> | null): {
  readonly days: number;
  readonly fromTerms: boolean;
} {
  const stated = terms?.watchDays;
  return { days: stated ?? limits.watchDays, fromTerms: stated !== undefined };
}

/** A watch as it begins: whole days in Beijing, the day of the graduation being the first. */
export function watchFrom(
  begun: Instant,
  days: number,
): { readonly from: Instant; readonly ends: Instant; readonly next: Instant } {
  const day = shanghaiDate(begun);
  const from = shanghaiMidnight(day);
  const ends = shanghaiMidnight(addDays(day, days));
  return { from, ends, next: nextCheck(from, ends) ?? ends };
}

/**
 * Where the next comparing ends: at the end of the calendar month in Beijing, or of the watch if that
 * comes first. Undefined where everything is compared.
 */
export function nextCheck(checked: Instant, ends: Instant): Instant | undefined {
  if (checked >= ends) return undefined;
  const first = calendarDate(`${shanghaiMonth(checked)}-01`);
  const month = shanghaiMidnight(addMonths(first, 1));
  return month < ends ? month : ends;
}

/** The end of an extended watch: the days count from its end, or from today where that is past. */
export function extendedTo(ends: Instant, now: Instant, days: number): Instant {
  const from = now > ends ? now : ends;
  return shanghaiMidnight(addDays(shanghaiDate(from), days));
}

/** Whole days from the beginning of a watch to its end. */
export function lengthOf(begun: Instant, ends: Instant): number {
  return daysBetween(shanghaiDate(begun), shanghaiDate(ends));
}

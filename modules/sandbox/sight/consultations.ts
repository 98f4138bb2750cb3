/** What consultations say of a pilot in one window: comments, answers in time, what changed. Pure. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { answerDue } from "../consultation/consultation.ts";
import { type HeardRow, readHeard } from "../comment/heard.store.ts";
import type { ConsultationFacts } from "../indicator/facts.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import type { SideAsked, SideReadings } from "./side.ts";

/** A pilot on which nobody was ever asked has no source. */
export function consultationReadings(store: Store): NonNullable<SideReadings["consultation"]> {
  return async (asked) => {
    const rows = await readHeard(store, SANDBOX_PARTITION, asked.pilot);
    return rows && consultationFacts(rows, asked);
  };
}

/**
 * The instant from which on an answer to a comment is late; null where none is owed: it was set
 * aside, another one stands for it, or there is nothing left to answer for.
 */
export function dueOf({ state, closes_at: closes, answered_at, released_at }: HeardRow) {
  if (state === "set_aside" || state === "duplicate") return null;
  const due = answerDue(closes);
  const isReleased = answered_at === null && released_at !== null && released_at < due;
  return isReleased ? null : due;
}

/** Nothing is due before its day, also in a window that goes on. */
export function consultationFacts(
  rows: readonly HeardRow[],
  { window, now }: Pick<SideAsked, "window" | "now">,
): ConsultationFacts {
  const within = (at: Instant | null) => at !== null && window.begins <= at && at < window.ends;
  const count = (of: (row: HeardRow) => boolean) => BigInt(rows.filter(of).length);
  const passed = (due: Instant | null): due is Instant =>
    due !== null && due <= now && due < window.ends;
  const isDue = (row: HeardRow) => passed(dueOf(row)) && within(dueOf(row));
  const inTime = ({ answered_at: answered, closes_at: closes }: HeardRow) =>
    answered !== null && answered < answerDue(closes);
  const isOpen = ({ answered_at: answered }: HeardRow) =>
    answered === null || answered >= window.ends;
  return {
    comments: count((row) => within(row.at)),
    due: count(isDue),
    answeredInTime: count((row) => isDue(row) && inTime(row)),
    overdue: count((row) => passed(dueOf(row)) && isOpen(row)),
    ledToChange: count((row) => within(row.answered_at) && row.changes),
  };
}

/** What complaints say of a pilot in one window: received, due, decided, upheld, asked again. Pure. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { type ComplaintRow, readComplaints } from "../complaint/complaint.store.ts";
import type { ComplaintFacts } from "../indicator/facts.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import type { SideAsked, SideReadings } from "./side.ts";

/** Complaints of one pilot that its indicators may sum. */
const ROWS_MAX = 5_000;

/** A reading over the rows of complaints; a pilot without any has none, which is a figure. */
export function complaintReadings(store: Store): NonNullable<SideReadings["complaints"]> {
  return async (asked) => {
    const of = { pilot: asked.pilot, most: ROWS_MAX };
    return complaintFacts(await readComplaints(store, SANDBOX_PARTITION, of), asked);
  };
}

type Counted = Pick<
  ComplaintRow,
  | "received_at"
  | "due"
  | "answered_at"
  | "overdue_since"
  | "outcome"
  | "ground"
  | "recheck_asked_at"
  | "ended_at"
>;

/**
 * One that was withdrawn, or was none, before its limit ran out was never due; and nothing is due
 * before its day, also in a window that goes on.
 */
export function complaintFacts(
  rows: readonly Counted[],
  { window, now }: Pick<SideAsked, "window" | "now">,
): ComplaintFacts {
  const within = (at: Instant | null) => at !== null && window.begins <= at && at < window.ends;
  const count = (of: (row: Counted) => boolean) => BigInt(rows.filter(of).length);
  const lapsed = ({ ended_at: ended, answered_at: answered, due, ground }: Counted) =>
    ground !== null || (answered === null && ended !== null && ended < due);
  const inTime = ({ answered_at: answered, due }: Counted) => answered !== null && answered < due;
  const open = ({ answered_at: answered, ended_at: ended }: Counted) =>
    (answered === null || answered >= window.ends) && (ended === null || ended >= window.ends);
  const isDue = (row: Counted) => row.due <= now && within(row.due) && !lapsed(row);
  const decided = (row: Counted) => within(row.answered_at) && row.outcome !== null;
  return {
    received: count((row) => within(row.received_at)),
    due: count(isDue),
    decidedInTime: count((row) => isDue(row) && inTime(row)),
    overdueNow: count(
      (row) => row.due <= now && row.due < window.ends && !lapsed(row) && open(row),
    ),
    decided: count(decided),
    upheld: count((row) => decided(row) && row.outcome !== "rejected"),
    reopened: count((row) => within(row.recheck_asked_at)),
  };
}

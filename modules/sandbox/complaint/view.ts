/**
 * What is shown of complaints: one row to the public, one to a desk, and the numbers of a pilot,
 * computed from the rows and from nothing else. Pure.
 */
import { daysBetween, type Instant, shanghaiDate, toIso } from "@sandbank/kernel/clock";
import type {
  ComplaintFigures,
  ComplaintStep,
  DeskComplaint,
  PublicComplaint,
} from "./complaint.contract.ts";
import type { ComplaintRow, StepRow } from "./complaint.store.ts";

const when = (at: Instant | null) => (at === null ? null : toIso(at));

/** True while the institution owes its first answer. */
function unanswered({ state }: ComplaintRow): boolean {
  return state === "received" || state === "accepted";
}

/** True if the first answer is owed and late, whether or not the clock has been round to note it. */
function lateNow(row: ComplaintRow, now: Instant): boolean {
  return unanswered(row) && now >= row.due;
}

/** The complaint as anybody may read it. */
export function publicComplaint(row: ComplaintRow, now: Instant): PublicComplaint {
  const late = row.overdue_since !== null || lateNow(row, now);
  return {
    ...{ number: row.number, category: row.category, state: row.state, days: row.days },
    ...{ receivedAt: toIso(row.received_at), due: toIso(row.due), persons: row.persons },
    answeredAt: when(row.answered_at),
    inTime: late ? false : row.answered_at === null ? null : true,
    ...{ ground: row.ground, outcome: row.outcome, recheckOutcome: row.recheck_outcome },
    escalatedAt: when(row.escalated_at),
  };
}

/** The complaint as its desk sees it: everything but its words. */
export function deskComplaint(row: ComplaintRow, now: Instant): DeskComplaint {
  return {
    ...publicComplaint(row, now),
    ...{ id: row.id, pilot: row.pilot, institution: row.institution, channel: row.channel },
    ...{ act: row.about_act, representatives: row.representatives, handler: row.handler },
    ...{ concerns: [...row.concerns], interests: [...row.interests] },
    overdueSince: when(row.overdue_since),
    recheckDue: when(row.recheck_due),
    nextAt: when(row.next_at),
  };
}

/** A step; `words` only where they were read, and null where they were erased. */
export function stepView(
  row: StepRow,
  words: ReadonlyMap<string, string | null> | undefined,
): ComplaintStep {
  const { nth, at, event, side, actor, detail, wording } = row;
  return {
    ...{ nth, at: toIso(at), event, side, detail },
    actor: side === "staff" ? actor : null,
    ...(wording === null || words === undefined ? {} : { words: words.get(wording) ?? null }),
  };
}

/** Parts per million, rounded down; null where there is nothing to divide by. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Number((BigInt(part) * 1_000_000n) / BigInt(whole));
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** The numbers of a pilot's complaints as they stand at an instant. */
export function figuresOf(rows: readonly ComplaintRow[], now: Instant): ComplaintFigures {
  const count = (of: (row: ComplaintRow) => boolean) => rows.filter(of).length;
  const decided = rows.filter((row) => row.outcome !== null);
  const last = (row: ComplaintRow) => row.recheck_outcome ?? row.outcome;
  const ending = (outcome: string) => decided.filter((row) => last(row) === outcome).length;
  const overdueNow = count(
    (row) =>
      lateNow(row, now) ||
      (row.state === "rechecking" && row.recheck_due !== null && now >= row.recheck_due),
  );
  const inTime = decided.filter((row) => row.overdue_since === null).length;
  const inadmissible = count((row) => row.ground !== null);
  const rechecks = count((row) => row.recheck_asked_at !== null);
  const upheld = ending("upheld");
  const partly = ending("partly");
  const days = decided.map((row) =>
    daysBetween(shanghaiDate(row.received_at), shanghaiDate(row.answered_at ?? row.received_at)),
  );
  return {
    ...{ received: rows.length, decided: decided.length, inTime, overdueNow },
    open: count((row) => unanswered(row) || row.state === "rechecking"),
    everOverdue: count((row) => row.overdue_since !== null || lateNow(row, now)),
    ...{ upheld, partly, rejected: ending("rejected"), inadmissible },
    withdrawn: count((row) => row.state === "withdrawn"),
    escalated: count((row) => row.escalated_at !== null),
    rechecked: count((row) => row.recheck_at !== null),
    changed: count((row) => row.recheck_outcome !== null && row.recheck_outcome !== row.outcome),
    extended: count((row) => row.days > 15),
    persons: rows.reduce((sum, row) => sum + row.persons, 0),
    onTime_ppm: share(inTime, decided.length + count((row) => lateNow(row, now))),
    upheld_ppm: share(upheld + partly, decided.length),
    repeat_ppm: share(rechecks, decided.length + inadmissible),
    medianDays: median(days),
  };
}

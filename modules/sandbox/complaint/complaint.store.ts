/**
 * SQL of complaints: rows and steps, no words. Loading is set-wise: one statement per kind of row,
 * whatever the number of complaints asked for.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { toIso } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { PublicComplaint, ComplaintOutcome, ComplaintState } from "./complaint.contract.ts";

export interface ComplaintRow {
  readonly id: string;
  /** "C-2026-0007": its place among all complaints received in its year in Beijing. */
  readonly number: string;
  readonly pilot: string;
  readonly state: ComplaintState;
  readonly institution: string;
  readonly category: PublicComplaint["category"];
  readonly channel: "public_form" | "programme";
  readonly about_act: string | null;
  readonly persons: number;
  readonly representatives: number;
  readonly wording: string;
  readonly receipt: string;
  readonly received_at: Instant;
  readonly days: 15 | 30 | 60;
  readonly due: Instant;
  readonly next_at: Instant | null;
  readonly handler: string | null;
  readonly concerns: readonly string[];
  readonly interests: readonly string[];
  readonly ground: PublicComplaint["ground"];
  readonly outcome: ComplaintOutcome | null;
  readonly answered_at: Instant | null;
  readonly overdue_since: Instant | null;
  readonly escalated_at: Instant | null;
  readonly recheck_asked_at: Instant | null;
  readonly recheck_due: Instant | null;
  readonly recheck_at: Instant | null;
  readonly recheck_overdue: Instant | null;
  readonly recheck_outcome: ComplaintOutcome | null;
  readonly ended_at: Instant | null;
}

const COLUMNS = `id::text as id,
  'C-' || year || '-' || lpad(nth::text, greatest(4, length(nth::text)), '0') as number,
  pilot, state, institution, category, channel, about_act::text as about_act, persons,
  representatives, wording::text as wording, receipt, received_at, days, due, next_at, handler,
  concerns, interests, ground, outcome, answered_at, overdue_since, escalated_at, recheck_asked_at,
  recheck_due, recheck_at, recheck_overdue, recheck_outcome, ended_at`;

const BY_ID = statement(
  "sandbox.complaints_by_id",
  `select ${COLUMNS} from sandbox.complaint where partition = $1 and id = any($2::uuid[])`,
);

const BY_RECEIPT = statement(
  "sandbox.complaint_by_receipt",
  `select ${COLUMNS} from sandbox.complaint where partition = $1 and receipt = $2`,
);

const OWN = `partition = $1 and id in (select s.complaint from sandbox.complaint_step s
    where s.partition = $1 and s.actor = $2 and s.event = 'lodge')`;

const OF_LODGER = statement(
  "sandbox.complaints_of_lodger",
  `select ${COLUMNS} from sandbox.complaint where ${OWN}
    order by received_at desc, year desc, nth desc limit $3`,
);

const ONE_OF_LODGER = statement(
  "sandbox.complaint_of_lodger",
  `select ${COLUMNS} from sandbox.complaint where ${OWN} and id = $3`,
);

const OF_PILOT = statement(
  "sandbox.complaints_of_pilot",
  `select ${COLUMNS} from sandbox.complaint where partition = $1 and pilot = $2
    order by received_at desc, year desc, nth desc limit $3`,
);

const ON_DESK = statement(
  "sandbox.complaints_on_desk",
  `select ${COLUMNS} from sandbox.complaint
    where partition = $1 and ($2::text is null or institution = $2)
      and ($3::text is null or pilot = $3) and ($4::text is null or state = $4)
    order by ended_at is not null, next_at nulls first, received_at limit $5`,
);

const NEXT_DUE = statement(
  "sandbox.next_complaint_due",
  `select min(next_at) as due from sandbox.complaint
    where partition = $1 and next_at is not null and next_at <= $2`,
);

const ALL_DUE = statement(
  "sandbox.complaints_due",
  `select id::text as id, next_at from sandbox.complaint
    where partition = $1 and next_at is not null and next_at <= $2
    order by next_at, id limit $3`,
);

const STEPS = statement(
  "sandbox.complaint_steps",
  `select nth, at, event, side, actor, detail, wording::text as wording from sandbox.complaint_step
    where partition = $1 and complaint = $2 order by nth limit 500`,
);

const WORDINGS = statement(
  "sandbox.wordings_of_complaints",
  `select s.complaint::text as complaint, s.wording::text as wording
     from sandbox.complaint_step s
     join sandbox.wording w on w.partition = s.partition and w.id = s.wording
    where s.partition = $1 and s.complaint = any($2::uuid[]) and w.body is not null
    order by s.complaint, s.nth`,
);

/** Ids of the words of complaints that are not erased. */
export async function wordingsOfIn(
  tx: Tx,
  partition: number,
  complaints: readonly string[],
): Promise<Map<string, string[]>> {
  const values = [partition, uuidArray([...new Set(complaints)])];
  const rows = await tx.query<{ complaint: string; wording: string }>(WORDINGS, values);
  const found = new Map<string, string[]>();
  for (const { complaint, wording } of rows) {
    found.getOrInsertComputed(complaint, () => []).push(wording);
  }
  return found;
}

/** Complaints by id. */
export async function complaintsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<Map<string, ComplaintRow>> {
  const values = [partition, uuidArray([...new Set(ids)])];
  const rows = await tx.query<ComplaintRow>(BY_ID, values);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One complaint for a reader. */
export async function findComplaint(
  store: Store,
  partition: number,
  id: string,
): Promise<ComplaintRow | undefined> {
  const [row] = await store.query<ComplaintRow>(BY_ID, [partition, uuidArray([id])]);
  return row;
}

/** The complaint that goes with what is kept of a receipt code. */
export async function findByReceipt(
  store: Store,
  partition: number,
  receipt: string,
): Promise<ComplaintRow | undefined> {
  const [row] = await store.query<ComplaintRow>(BY_RECEIPT, [partition, receipt]);
  return row;
}

/** What one person lodged while signed in, latest first, at most `most`. */
export function readOwn(
  store: Store,
  partition: number,
  of: { readonly person: string; readonly most: number },
): Promise<ComplaintRow[]> {
  return store.query<ComplaintRow>(OF_LODGER, [partition, of.person, of.most]);
}

/** One complaint of the person who lodged it, or undefined. */
export async function findOwn(
  store: Store,
  partition: number,
  of: { readonly person: string; readonly complaint: string },
): Promise<ComplaintRow | undefined> {
  const values = [partition, of.person, of.complaint];
  const [row] = await store.query<ComplaintRow>(ONE_OF_LODGER, values);
  return row;
}

/** Complaints about a pilot, latest first, at most `most`. */
export function readComplaints(
  store: Store,
  partition: number,
  of: { readonly pilot: string; readonly most: number },
): Promise<ComplaintRow[]> {
  return store.query<ComplaintRow>(OF_PILOT, [partition, of.pilot, of.most]);
}

/** The work list of a desk: late first, then by what falls due, then what has ended. */
export function readDesk(
  store: Store,
  partition: number,
  of: {
    /** One institution's desk; every desk where none is named. */
    readonly institution: string | undefined;
    readonly pilot: string | undefined;
    readonly state: ComplaintState | undefined;
    readonly most: number;
  },
): Promise<ComplaintRow[]> {
  const { institution = null, pilot = null, state = null } = of;
  return store.query<ComplaintRow>(ON_DESK, [partition, institution, pilot, state, of.most]);
}

/** When something of a complaint next falls due, if that is not after `until`. */
export async function nextComplaintDue(
  store: Store,
  partition: number,
  until: Instant,
): Promise<Instant | undefined> {
  const [row] = await store.query<{ due: Instant | null }>(NEXT_DUE, [partition, toIso(until)]);
  return row?.due ?? undefined;
}

/** Complaints of which something is due at `now`, earliest first, at most `most`. */
export function readDue(
  store: Store,
  partition: number,
  asked: { readonly now: Instant; readonly most: number },
): Promise<{ readonly id: string; readonly next_at: Instant }[]> {
  return store.query(ALL_DUE, [partition, toIso(asked.now), asked.most]);
}

export interface StepRow {
  readonly nth: number;
  readonly at: Instant;
  readonly event: string;
  readonly side: "complainant" | "staff" | "clock";
  readonly actor: string;
  readonly detail: Record<string, unknown>;
  readonly wording: string | null;
}

/** The steps of a complaint in order. */
export function readSteps(store: Store, partition: number, complaint: string): Promise<StepRow[]> {
  return store.query<StepRow>(STEPS, [partition, complaint]);
}

export interface NewComplaint {
  readonly id: string;
  readonly pilot: string;
  readonly year: number;
  readonly institution: string;
  readonly category: string;
  readonly channel: string;
  readonly about_act: string | null;
  readonly persons: number;
  readonly representatives: number;
  readonly wording: string;
  readonly receipt: string;
  readonly received_at: string;
  readonly due: string;
}

/** A complaint is received. It gets the next number of its year, under the partition's lock. */
export const enterComplaint: Effect<NewComplaint> = {
  statement: statement(
    "sandbox.enter_complaint",
    `insert into sandbox.complaint (partition, id, pilot, year, nth, state, institution, category,
       channel, about_act, persons, representatives, wording, receipt, received_at, due, next_at)
     select $1, u.id, u.pilot, u.year,
            coalesce((select max(c.nth) from sandbox.complaint c
                       where c.partition = $1 and c.year = u.year), 0)
              + row_number() over (partition by u.year order by u.place),
            'received', u.institution, u.category, u.channel, u.about_act, u.persons,
            u.representatives, u.wording, u.receipt, u.received_at, u.due, u.due
       from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[],
              $8::uuid[], $9::int[], $10::int[], $11::uuid[], $12::text[], $13::timestamptz[],
              $14::timestamptz[]) with ordinality
              u(id, pilot, year, institution, category, channel, about_act, persons,
                representatives, wording, receipt, received_at, due, place)`,
  ),
  columns: [
    ...(["id", "pilot", "year", "institution", "category", "channel", "about_act"] as const),
    ...(["persons", "representatives", "wording", "receipt", "received_at", "due"] as const),
  ],
};

/** What may change of a complaint, all of it at once. */
export interface Standing {
  readonly id: string;
  readonly state: ComplaintState;
  readonly days: number;
  readonly due: string;
  readonly next_at: string | null;
  readonly handler: string | null;
  /** JSON text. */
  readonly concerns: string;
  readonly interests: string;
  readonly ground: string | null;
  readonly outcome: string | null;
  readonly answered_at: string | null;
  readonly overdue_since: string | null;
  readonly escalated_at: string | null;
  readonly recheck_asked_at: string | null;
  readonly recheck_due: string | null;
  readonly recheck_at: string | null;
  readonly recheck_overdue: string | null;
  readonly recheck_outcome: string | null;
  readonly ended_at: string | null;
}

/** A complaint stands otherwise from now on. */
export const putComplaint: Effect<Standing> = {
  statement: statement(
    "sandbox.put_complaint",
    `update sandbox.complaint c
        set state = u.state, days = u.days, due = u.due, next_at = u.next_at, handler = u.handler,
            concerns = u.concerns, interests = u.interests, ground = u.ground,
            outcome = u.outcome, answered_at = u.answered_at, overdue_since = u.overdue_since,
            escalated_at = u.escalated_at, recheck_asked_at = u.recheck_asked_at,
            recheck_due = u.recheck_due, recheck_at = u.recheck_at,
            recheck_overdue = u.recheck_overdue, recheck_outcome = u.recheck_outcome,
            ended_at = u.ended_at
       from unnest($2::uuid[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[],
              $7::text[], $8::jsonb[], $9::jsonb[], $10::text[], $11::text[], $12::timestamptz[],
              $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[],
              $17::timestamptz[], $18::timestamptz[], $19::text[], $20::timestamptz[])
              u(id, state, days, due, next_at, handler, concerns, interests, ground, outcome,
                answered_at, overdue_since, escalated_at, recheck_asked_at, recheck_due,
                recheck_at, recheck_overdue, recheck_outcome, ended_at)
      where c.partition = $1 and c.id = u.id`,
  ),
  columns: [
    ...(["id", "state", "days", "due", "next_at", "handler", "concerns", "interests"] as const),
    ...(["ground", "outcome", "answered_at", "overdue_since", "escalated_at"] as const),
    ...(["recheck_asked_at", "recheck_due", "recheck_at", "recheck_overdue"] as const),
    ...(["recheck_outcome", "ended_at"] as const),
  ],
};

export interface NewStep {
  readonly complaint: string;
  readonly at: string;
  readonly event: string;
  readonly side: StepRow["side"];
  readonly actor: string;
  /** JSON text. */
  readonly detail: string;
  readonly wording: string | null;
}

/** A step is appended. */
export const addStep: Effect<NewStep> = {
  statement: statement(
    "sandbox.add_complaint_step",
    `insert into sandbox.complaint_step (partition, complaint, nth, at, event, side, actor, detail,
       wording)
     select $1, u.complaint,
            coalesce((select max(s.nth) from sandbox.complaint_step s
                       where s.partition = $1 and s.complaint = u.complaint), 0)
              + row_number() over (partition by u.complaint order by u.place),
            u.at, u.event, u.side, u.actor, u.detail, u.wording
       from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::jsonb[],
              $8::uuid[]) with ordinality
              u(complaint, at, event, side, actor, detail, wording, place)`,
  ),
  columns: ["complaint", "at", "event", "side", "actor", "detail", "wording"],
};

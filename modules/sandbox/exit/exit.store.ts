/** SQL of exits, their steps and items, and what is open of a pilot in the sandbox's own tables. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { ExitState, ItemState, StepState } from "./exit.ts";
import type { Plan } from "./plan.contract.ts";

export interface ExitRow {
  readonly pilot: string;
  readonly state: ExitState;
  readonly cause: Cause;
  readonly reason: Text;
  readonly plan: Plan;
  readonly opening: Opening;
  readonly begun_at: Instant;
  readonly run_off_until: Instant | null;
  readonly confirmed_by: string | null;
  readonly confirmed_at: Instant | null;
  readonly statement: Text | null;
  readonly completed_by: string | null;
  readonly completed_at: Instant | null;
}

/**
 * Why a pilot leaves: by a decision, because its period is over, because its evaluation failed, or
 * because it is required to out of its watch period.
 */
export type Cause = "decided" | "period_over" | "failed" | "watch";

/** What was open when the exit began: figures as text, as of an instant. */
export interface Opening {
  readonly at: string;
  readonly open: readonly {
    readonly predicate: string;
    readonly of: string;
    readonly unit: string;
    readonly amount: string;
  }[];
}

export interface StepRow {
  readonly pilot: string;
  readonly number: number;
  readonly step: string;
  readonly state: StepState;
  readonly opened_at: Instant | null;
  readonly closed_at: Instant | null;
  readonly organisation: string | null;
  readonly evidence: string | null;
}

export interface ItemRow {
  readonly pilot: string;
  readonly kind: string;
  readonly ref: string;
  readonly state: ItemState;
  readonly amount: bigint | null;
  readonly ends: Instant | null;
  readonly listed_at: Instant;
  readonly ended_at: Instant | null;
  readonly evidence: string | null;
}

export interface OpenCounts {
  readonly pilot: string;
  readonly permits: bigint;
  readonly permits_amount: bigint;
  readonly permits_last: Instant | null;
  readonly complaints: bigint;
  readonly claims: bigint;
  readonly claims_amount: bigint;
}

const EXITS = statement(
  "sandbox.exits",
  `select pilot, state, cause, reason, plan, opening, begun_at, run_off_until, confirmed_by,
          confirmed_at, statement, completed_by, completed_at
     from sandbox.exit where partition = $1 and pilot = any($2::text[])`,
);
const STEPS = statement(
  "sandbox.exit_steps",
  `select pilot, number, step, state, opened_at, closed_at, organisation, evidence
     from sandbox.exit_step where partition = $1 and pilot = any($2::text[])
    order by pilot, number`,
);
const ITEMS = statement(
  "sandbox.exit_items",
  `select pilot, kind, ref, state, amount, ends, listed_at, ended_at, evidence
     from sandbox.exit_item where partition = $1 and pilot = any($2::text[])
    order by pilot, kind, ref limit 100000`,
);
const OPEN = statement(
  "sandbox.exit_open",
  `select u.pilot, coalesce(p.permits, 0)::int8 as permits,
          coalesce(p.amount, 0)::int8 as permits_amount, p.last as permits_last,
          (select count(*) from sandbox.complaint c where c.partition = $1 and c.pilot = u.pilot
              and c.state in ('received', 'accepted', 'rechecking')) as complaints,
          coalesce(k.claims, 0)::int8 as claims, coalesce(k.amount, 0)::int8 as claims_amount
     from unnest($2::text[]) u(pilot)
     left join lateral (
       select count(*) as claims, sum(coalesce(m.admitted, m.claimed) - m.paid) as amount
         from sandbox.claim m
        where m.partition = $1 and m.pilot = u.pilot and m.state in ('raised', 'admitted')) k
       on true
     left join lateral (
       select count(*) as permits, sum(m.amount) as amount, max(m.expires) as last
         from sandbox.partition_of_pilot s
         join sandbox.permit m on m.partition = s.served
        where s.partition = $1 and s.pilot = u.pilot and m.state = 'reserved' and m.expires > $3)
       p on true`,
);

export function exitsIn(tx: Tx, partition: number, pilots: readonly string[]): Promise<ExitRow[]> {
  return tx.query<ExitRow>(EXITS, [partition, pilots]);
}

export function stepsIn(tx: Tx, partition: number, pilots: readonly string[]): Promise<StepRow[]> {
  return tx.query<StepRow>(STEPS, [partition, pilots]);
}

export function itemsIn(tx: Tx, partition: number, pilots: readonly string[]): Promise<ItemRow[]> {
  return tx.query<ItemRow>(ITEMS, [partition, pilots]);
}

/** What is open in permits, complaints and claims; a reservation whose time is over is not. */
export function openIn(
  tx: Tx,
  partition: number,
  asked: { readonly pilots: readonly string[]; readonly at: string },
): Promise<OpenCounts[]> {
  return tx.query<OpenCounts>(OPEN, [partition, asked.pilots, asked.at]);
}

/** The exit of one pilot for a reader, or undefined. */
export async function findExit(
  store: Store,
  partition: number,
  pilot: string,
): Promise<ExitRow | undefined> {
  const [row] = await store.query<ExitRow>(EXITS, [partition, [pilot]]);
  return row;
}

export function readSteps(store: Store, partition: number, pilot: string): Promise<StepRow[]> {
  return store.query<StepRow>(STEPS, [partition, [pilot]]);
}

export function readItems(store: Store, partition: number, pilot: string): Promise<ItemRow[]> {
  return store.query<ItemRow>(ITEMS, [partition, [pilot]]);
}

export async function readOpen(
  store: Store,
  partition: number,
  asked: { readonly pilot: string; readonly at: string },
): Promise<OpenCounts | undefined> {
  const [row] = await store.query<OpenCounts>(OPEN, [partition, [asked.pilot], asked.at]);
  return row;
}

/** An exit begins. */
export const beginExit: Effect<{
  readonly pilot: string;
  readonly cause: Cause;
  readonly reason: Text;
  readonly plan: Plan;
  readonly opening: Opening;
  readonly begun_at: string;
  readonly run_off_until: string | null;
}> = {
  statement: statement(
    "sandbox.begin_exit_row",
    `insert into sandbox.exit (partition, pilot, cause, reason, plan, opening, begun_at,
       run_off_until)
     select $1, * from unnest($2::text[], $3::text[], $4::jsonb[], $5::jsonb[], $6::jsonb[],
       $7::timestamptz[], $8::timestamptz[])`,
  ),
  columns: ["pilot", "cause", "reason", "plan", "opening", "begun_at", "run_off_until"],
};

/** A step of a plan is put down. */
export const addStep: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly step: string;
  readonly state: StepState;
  readonly opened_at: string | null;
}> = {
  statement: statement(
    "sandbox.add_exit_step",
    `insert into sandbox.exit_step (partition, pilot, number, step, state, opened_at)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::timestamptz[])`,
  ),
  columns: ["pilot", "number", "step", "state", "opened_at"],
};

/** A step opens. */
export const openStep: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly opened_at: string;
}> = {
  statement: statement(
    "sandbox.open_exit_step",
    `update sandbox.exit_step s set state = 'open', opened_at = u.opened_at
       from unnest($2::text[], $3::int[], $4::timestamptz[]) u(pilot, number, opened_at)
      where s.partition = $1 and s.pilot = u.pilot and s.number = u.number`,
  ),
  columns: ["pilot", "number", "opened_at"],
};

/** A step closes, with who closed it, on what evidence, and what the queries said. */
export const closeStep: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly closed_at: string;
  readonly closed_by: string;
  readonly organisation: string;
  readonly evidence: string;
  readonly reading: unknown;
}> = {
  statement: statement(
    "sandbox.close_exit_step_row",
    `update sandbox.exit_step s
        set state = 'closed', closed_at = u.closed_at, closed_by = u.closed_by,
            organisation = u.organisation, evidence = u.evidence, reading = u.reading
       from unnest($2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::text[],
              $8::jsonb[])
              u(pilot, number, closed_at, closed_by, organisation, evidence, reading)
      where s.partition = $1 and s.pilot = u.pilot and s.number = u.number`,
  ),
  columns: ["pilot", "number", "closed_at", "closed_by", "organisation", "evidence", "reading"],
};

const MOVED = [
  ...(["pilot", "state", "confirmed_by", "confirmed_at", "statement"] as const),
  ...(["completed_by", "completed_at"] as const),
] as const;

/** An exit moves on. */
export const moveExit: Effect<Readonly<Record<(typeof MOVED)[number], unknown>>> = {
  statement: statement(
    "sandbox.move_exit",
    `update sandbox.exit e
        set state = u.state, confirmed_by = u.confirmed_by, confirmed_at = u.confirmed_at,
            statement = u.statement, completed_by = u.completed_by, completed_at = u.completed_at
       from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::jsonb[], $7::text[],
              $8::timestamptz[]) u(${MOVED.join(", ")})
      where e.partition = $1 and e.pilot = u.pilot`,
  ),
  columns: MOVED,
};

/** An item is listed. */
export const listItem: Effect<{
  readonly pilot: string;
  readonly kind: string;
  readonly ref: string;
  readonly amount: bigint | null;
  readonly ends: string | null;
  readonly listed_by: string;
  readonly listed_at: string;
}> = {
  statement: statement(
    "sandbox.list_exit_item",
    `insert into sandbox.exit_item (partition, pilot, kind, ref, amount, ends, listed_by, listed_at)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::int8[], $6::timestamptz[],
       $7::text[], $8::timestamptz[])`,
  ),
  columns: ["pilot", "kind", "ref", "amount", "ends", "listed_by", "listed_at"],
};

/** An item ends: finished or handed over. */
export const endItem: Effect<{
  readonly pilot: string;
  readonly kind: string;
  readonly ref: string;
  readonly state: ItemState;
  readonly evidence: string;
  readonly ended_by: string;
  readonly ended_at: string;
}> = {
  statement: statement(
    "sandbox.end_exit_item",
    `update sandbox.exit_item i
        set state = u.state, evidence = u.evidence, ended_by = u.ended_by, ended_at = u.ended_at
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
              $8::timestamptz[]) u(pilot, kind, ref, state, evidence, ended_by, ended_at)
      where i.partition = $1 and i.pilot = u.pilot and i.kind = u.kind and i.ref = u.ref`,
  ),
  columns: ["pilot", "kind", "ref", "state", "evidence", "ended_by", "ended_at"],
};

const PERIODS_OVER = statement(
  "sandbox.periods_over",
  `select slug, period_to from sandbox.pilot
    where partition = $1 and state in ('testing', 'restricted', 'suspended') and period_to <= $2
    order by period_to, slug limit 100`,
);

/** Pilots under test whose period ends by an instant, earliest first, at most 100. */
export function readPeriodsOver(
  store: Store,
  partition: number,
  until: string,
): Promise<{ readonly slug: string; readonly period_to: Instant }[]> {
  return store.query(PERIODS_OVER, [partition, until]);
}

/** SQL that reads watch periods: with their checks, what was found, and what was ruled on it. */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { HeartbeatTerms } from "../admission/admission.contract.ts";
import type { Criterion, FIGURE_UNITS } from "../evaluation/criterion.ts";
import type { ConditionState, FindingState, Ruling, WatchState } from "./watch.ts";
import type { WatchBound } from "./watch.contract.ts";

export interface WatchRow {
  readonly pilot: string;
  readonly state: WatchState;
  readonly organisation: string;
  readonly days: number;
  readonly from_terms: boolean;
  readonly begun_at: Instant;
  readonly ends_at: Instant;
  readonly checked_to: Instant;
  /** Null where every day of it is compared. */
  readonly next_at: Instant | null;
  readonly machine_to: Instant;
  readonly ended_at: Instant | null;
}

export interface FindingRow {
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly kind: "thresholds" | "silence" | "condition";
  readonly state: FindingState;
  readonly check_number: number | null;
  readonly silent_since: Instant | null;
  /** The condition that was missed: its ruling, and its place there. */
  readonly of_ruling: number | null;
  readonly of_condition: number | null;
  readonly at: Instant;
  readonly ruling: number | null;
}

export interface CheckRow {
  readonly pilot: string;
  readonly number: number;
  readonly from_at: Instant;
  readonly to_at: Instant;
  readonly at: Instant;
  readonly machine_from: Instant;
  readonly machine_to: Instant;
}

export interface WatchCriterionRow extends Omit<Criterion, "kind"> {
  readonly number: number;
}

export interface RulingRow {
  readonly pilot: string;
  readonly number: number;
  readonly ruling: Ruling;
  readonly reason: Text;
  readonly conditions: readonly {
    readonly text: Text;
    readonly by: string;
    readonly bound?: WatchBound;
  }[];
  readonly days: number | null;
  readonly at: Instant;
}

/** A condition on a figure. `required` is in the unit in which it is compared. */
export interface ConditionRow extends Pick<
  Criterion,
  "comparator" | "required" | "measured" | "sums" | "over" | "lacks"
> {
  readonly pilot: string;
  readonly ruling: number;
  readonly number: number;
  readonly state: ConditionState;
  readonly label: Text;
  readonly subject: string;
  readonly unit: (typeof FIGURE_UNITS)[WatchBound["unit"]];
  readonly from_at: Instant;
  readonly due_at: Instant;
  readonly machine_from: Instant;
  readonly judged_at: Instant | null;
}

const WATCHES = statement(
  "sandbox.watches",
  `select pilot, state, organisation, days, from_terms, begun_at, ends_at, checked_to, next_at,
          machine_to, ended_at
     from sandbox.watch_period where partition = $1 and pilot = any($2::text[])`,
);
const CHECKS = statement(
  "sandbox.watch_checks",
  `select pilot, number, from_at, to_at, at, machine_from, machine_to from sandbox.watch_check
    where partition = $1 and pilot = any($2::text[]) order by pilot, number`,
);
const FINDINGS = statement(
  "sandbox.watch_findings",
  `select id::text as id, pilot, number, kind, state, check_number, silent_since, of_ruling,
          of_condition, at, ruling
     from sandbox.watch_finding where partition = $1 and pilot = any($2::text[])
    order by pilot, number`,
);
const WATCH_RULINGS = statement(
  "sandbox.watch_rulings",
  `select pilot, number, ruling, reason, conditions, days, at from sandbox.watch_ruling
    where partition = $1 and pilot = any($2::text[]) order by pilot, number`,
);
const CRITERIA = statement(
  "sandbox.watch_criteria",
  `select number, criterion, place, subject, comparator, unit, required::text as required,
          measured::text as measured, sums::text as sums, over::text as over, met, lacks, clause,
          label, indicator, formula
     from sandbox.watch_criterion where partition = $1 and pilot = $2 order by number, place`,
);

const CONDITION_COLUMNS = `pilot, ruling, number, state, label, subject, comparator, unit,
          required::text as required, from_at, due_at, machine_from, measured::text as measured,
          sums::text as sums, over::text as over, lacks, judged_at`;

const CONDITIONS = statement(
  "sandbox.watch_conditions",
  `select ${CONDITION_COLUMNS} from sandbox.watch_condition
    where partition = $1 and pilot = any($2::text[]) order by pilot, ruling, number`,
);

/** What a decision about a watch looks at. */
export interface WatchRows {
  readonly watches: readonly WatchRow[];
  readonly checks: readonly CheckRow[];
  readonly findings: readonly FindingRow[];
  readonly rulings: readonly RulingRow[];
  readonly conditions: readonly ConditionRow[];
}

/** The watches of these pilots with all that belongs to them but the figures. */
export async function watchesIn(
  tx: Tx | Store,
  partition: number,
  pilots: readonly string[],
): Promise<WatchRows> {
  const values = [partition, pilots];
  const [watches, checks, findings, rulings, conditions] = await Promise.all([
    tx.query<WatchRow>(WATCHES, values),
    tx.query<CheckRow>(CHECKS, values),
    tx.query<FindingRow>(FINDINGS, values),
    tx.query<RulingRow>(WATCH_RULINGS, values),
    tx.query<ConditionRow>(CONDITIONS, values),
  ]);
  return { watches, checks, findings, rulings, conditions: conditions.map(inWhole) };
}

/** The watch of one pilot, or undefined. */
export async function findWatch(
  store: Store,
  partition: number,
  pilot: string,
): Promise<WatchRow | undefined> {
  const [row] = await store.query<WatchRow>(WATCHES, [partition, [pilot]]);
  return row;
}

/** The figures of every check of one pilot. */
export async function readWatchCriteria(
  store: Store,
  partition: number,
  pilot: string,
): Promise<WatchCriterionRow[]> {
  const rows = await store.query<WatchCriterionRow>(CRITERIA, [partition, pilot]);
  return rows.map(inWhole);
}

type Figures = Pick<Criterion, "required" | "measured" | "sums" | "over">;

/** Figures are read as text, since they may be longer than the database's own whole numbers. */
function inWhole<R extends Figures>(row: R): R {
  const whole = (value: bigint | null) => (value === null ? null : BigInt(value));
  return {
    ...row,
    ...{ required: BigInt(row.required), measured: whole(row.measured) },
    ...{ sums: whole(row.sums), over: whole(row.over) },
  };
}

const CONDITIONS_DUE = statement(
  "sandbox.watch_conditions_due",
  `select ${CONDITION_COLUMNS} from sandbox.watch_condition c
    where partition = $1 and state = 'pending' and due_at <= $2
    order by due_at, pilot, ruling, number limit 100`,
);

/** Conditions that are to be judged by an instant, earliest first, at most 100. */
export async function readConditionsDue(
  store: Store,
  partition: number,
  until: string,
): Promise<ConditionRow[]> {
  const rows = await store.query<ConditionRow>(CONDITIONS_DUE, [partition, until]);
  return rows.map(inWhole);
}

const DUE = statement(
  "sandbox.watches_due",
  `select pilot, state, organisation, days, from_terms, begun_at, ends_at, checked_to, next_at,
          machine_to, ended_at
     from sandbox.watch_period w
    where partition = $1 and coalesce(next_at, ends_at) <= $2
      and (state = 'running' or (state = 'questioned' and next_at is not null))
      and (next_at is not null or not exists (select from sandbox.watch_condition c
             where c.partition = w.partition and c.pilot = w.pilot and c.state = 'pending'))
    order by coalesce(next_at, ends_at), pilot limit 100`,
);

/** Watches with something to compare or to end by an instant, earliest first, at most 100. */
export function readWatchesDue(
  store: Store,
  partition: number,
  until: string,
): Promise<WatchRow[]> {
  return store.query<WatchRow>(DUE, [partition, until]);
}

/** A watched pilot whose terms ask for a heartbeat, and when it was last heard, by machine time. */
export interface ListenedRow {
  readonly pilot: string;
  readonly heartbeat: HeartbeatTerms;
  readonly machine_at: Instant;
  /** Findings so far, and whether one of silence is open. */
  readonly found: number;
  readonly silence_open: boolean;
}

const LISTENED = statement(
  "sandbox.watches_listened_to",
  `select w.pilot, p.admission->'heartbeat' as heartbeat, h.machine_at,
          (select count(*)::int from sandbox.watch_finding f
            where f.partition = w.partition and f.pilot = w.pilot) as found,
          exists (select from sandbox.watch_finding f where f.partition = w.partition
             and f.pilot = w.pilot and f.kind = 'silence' and f.state = 'open') as silence_open
     from sandbox.watch_period w
     join sandbox.pilot p on p.partition = w.partition and p.slug = w.pilot
      and p.admission ? 'heartbeat'
     join sandbox.heartbeat h on h.partition = w.partition and h.pilot = w.pilot
    where w.partition = $1 and w.state in ('running', 'questioned') order by w.pilot limit 1000`,
);

/** The pilots whose monitoring is listened to while they are watched. */
export function readListened(store: Store, partition: number): Promise<ListenedRow[]> {
  return store.query<ListenedRow>(LISTENED, [partition]);
}

/**
 * SQL that reads evaluations: of each pilot the latest one, or a certain round, with its reports,
 * panel, returns, its latest measuring and what was overridden of it.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { Criterion } from "./criterion.ts";
import type { EvaluationState, ExpertState, ReportState, Stage } from "./evaluation.ts";

export interface EvaluationRow {
  readonly pilot: string;
  readonly round: number;
  readonly state: EvaluationState;
  readonly asked_by: string;
  readonly organisation: string;
  readonly asked_at: Instant;
  readonly settled_at: Instant | null;
  readonly confirmed_by: string | null;
  readonly approved_by: string | null;
  readonly reason: Text | null;
  readonly decided_at: Instant | null;
  readonly effective_at: Instant | null;
  readonly graduated_at: Instant | null;
}

export interface ReportRow {
  readonly id: string;
  readonly pilot: string;
  readonly round: number;
  readonly kind: "self_test" | "audit" | "opinion";
  readonly state: ReportState;
  readonly body: unknown;
  readonly author: string;
  readonly organisation: string;
  readonly at: Instant;
}

export interface ExpertRow {
  readonly pilot: string;
  readonly round: number;
  readonly person: string;
  readonly organisation: string;
  readonly state: ExpertState;
  readonly reason: Text | null;
  readonly recused_at: Instant | null;
}

export interface ReturnRow {
  readonly pilot: string;
  readonly from_state: Stage;
  readonly to_state: Stage;
  readonly reasons: readonly Text[];
  readonly at: Instant;
}

/** A declared target as it stood at a measuring. */
export interface TargetReached {
  readonly id: string;
  readonly label: Text;
  readonly target: string;
  readonly actual: string | null;
}

export interface MeasurementRow {
  readonly pilot: string;
  readonly number: number;
  readonly from_at: Instant;
  readonly to_at: Instant;
  readonly targets: readonly TargetReached[];
  readonly at: Instant;
}

export interface CriterionRow extends Criterion {
  readonly pilot: string;
  readonly measurement: number;
  /** The published reason of an override, where there is one. */
  readonly override: Text | null;
  /** The document that the override rests on, by its hash, where it names one. */
  readonly override_evidence: string | null;
  readonly overridden_at: Instant | null;
}

/** The round that is asked for, or of each pilot the latest. */
const ROUND = `select e.pilot, coalesce($3::int, max(e.round)) as round
       from sandbox.evaluation e where e.partition = $1 and e.pilot = any($2::text[])
      group by e.pilot`;

const EVALUATIONS = statement(
  "sandbox.evaluations",
  `select pilot, round, state, asked_by, organisation, asked_at, settled_at, confirmed_by,
          approved_by, reason, decided_at, effective_at, graduated_at
     from sandbox.evaluation join (${ROUND}) l using (pilot, round) where partition = $1`,
);
const REPORTS = statement(
  "sandbox.evaluation_reports",
  `select id::text as id, pilot, round, kind, state, body, author, organisation, at
     from sandbox.evaluation_report join (${ROUND}) l using (pilot, round)
    where partition = $1 order by pilot, at, id`,
);
const EXPERTS = statement(
  "sandbox.evaluation_experts",
  `select pilot, round, person, organisation, state, reason, recused_at
     from sandbox.evaluation_expert join (${ROUND}) l using (pilot, round)
    where partition = $1 order by pilot, appointed_at, person`,
);
const RETURNS = statement(
  "sandbox.evaluation_returns",
  `select pilot, from_state, to_state, reasons, at
     from sandbox.evaluation_return join (${ROUND}) l using (pilot, round)
    where partition = $1 order by pilot, at, id`,
);
const MEASUREMENTS = statement(
  "sandbox.evaluation_measurements",
  `select distinct on (pilot) pilot, number, from_at, to_at, targets, at
     from sandbox.evaluation_measurement join (${ROUND}) l using (pilot, round)
    where partition = $1 order by pilot, number desc`,
);
const CRITERIA = statement(
  "sandbox.evaluation_criteria",
  `with latest as (
     select m.pilot, m.round, max(m.number) as measurement
       from sandbox.evaluation_measurement m join (${ROUND}) l using (pilot, round)
      where m.partition = $1 group by m.pilot, m.round)
   select c.pilot, c.measurement, c.criterion, c.place, c.kind, c.subject, c.comparator, c.unit,
          c.required::text as required, c.measured::text as measured, c.sums::text as sums,
          c.over::text as over, c.met, c.lacks, c.clause, c.label, c.indicator, c.formula,
          o.reason as override, o.evidence as override_evidence, o.at as overridden_at
     from sandbox.evaluation_criterion c
     join latest using (pilot, round, measurement)
     left join sandbox.evaluation_override o on o.partition = c.partition and o.pilot = c.pilot
      and o.round = c.round and o.measurement = c.measurement and o.criterion = c.criterion
    where c.partition = $1 order by c.pilot, c.kind desc, c.place`,
);

/** Everything of evaluations that a decision or a reader looks at. */
export interface EvaluationRows {
  readonly evaluations: readonly EvaluationRow[];
  readonly reports: readonly ReportRow[];
  readonly experts: readonly ExpertRow[];
  readonly returns: readonly ReturnRow[];
  readonly measurements: readonly MeasurementRow[];
  readonly criteria: readonly CriterionRow[];
}

/** Of each of these pilots its latest evaluation, or the one of a round. */
export async function evaluationsIn(
  tx: Tx | Store,
  partition: number,
  of: { readonly pilots: readonly string[]; readonly round?: number | undefined },
): Promise<EvaluationRows> {
  const values = [partition, of.pilots, of.round ?? null];
  const [evaluations, reports, experts, returns, measurements, criteria] = await Promise.all([
    tx.query<EvaluationRow>(EVALUATIONS, values),
    tx.query<ReportRow>(REPORTS, values),
    tx.query<ExpertRow>(EXPERTS, values),
    tx.query<ReturnRow>(RETURNS, values),
    tx.query<MeasurementRow>(MEASUREMENTS, values),
    tx.query<CriterionRow>(CRITERIA, values),
  ]);
  return {
    ...{ evaluations, reports, experts, returns, measurements },
    criteria: criteria.map(counted),
  };
}

/** Whole numbers of any length come as text. */
function counted(row: CriterionRow): CriterionRow {
  const whole = (value: bigint | null) => (value === null ? null : BigInt(value));
  return {
    ...row,
    ...{ required: BigInt(row.required), measured: whole(row.measured) },
    ...{ sums: whole(row.sums), over: whole(row.over) },
  };
}

const DUE = statement(
  "sandbox.graduations_due",
  `select pilot, round, effective_at from sandbox.evaluation
    where partition = $1 and state = 'graduating' and effective_at <= $2
    order by effective_at, pilot limit 100`,
);

/** Graduations that take effect by an instant, earliest first, at most 100. */
export function readGraduationsDue(
  store: Store,
  partition: number,
  until: string,
): Promise<{ readonly pilot: string; readonly round: number; readonly effective_at: Instant }[]> {
  return store.query(DUE, [partition, until]);
}

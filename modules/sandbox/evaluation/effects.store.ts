/** What acts change about evaluations, set-wise. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { Criterion } from "./criterion.ts";
import type { EvaluationState, Stage } from "./evaluation.ts";
import type { ReportRow } from "./evaluation.store.ts";

interface OfRound {
  readonly pilot: string;
  readonly round: number;
}

/** An evaluation begins. */
export const beginEvaluation: Effect<
  OfRound & { readonly asked_by: string; readonly organisation: string; readonly asked_at: string }
> = {
  statement: statement(
    "sandbox.begin_evaluation",
    `insert into sandbox.evaluation (partition, pilot, round, asked_by, organisation, asked_at)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::timestamptz[])`,
  ),
  columns: ["pilot", "round", "asked_by", "organisation", "asked_at"],
};

/** An evaluation moves to another stage, or a decided graduation takes effect. */
export const moveEvaluation: Effect<
  OfRound & { readonly state: EvaluationState; readonly graduated_at: string | null }
> = {
  statement: statement(
    "sandbox.move_evaluation",
    `update sandbox.evaluation e set state = u.state, graduated_at = u.graduated_at
       from unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[])
              u(pilot, round, state, graduated_at)
      where e.partition = $1 and e.pilot = u.pilot and e.round = u.round`,
  ),
  columns: ["pilot", "round", "state", "graduated_at"],
};

/** Its result is confirmed by two. */
export const settleEvaluation: Effect<
  OfRound & {
    readonly state: EvaluationState;
    readonly settled_at: string;
    readonly confirmed_by: string;
    readonly approved_by: string;
    readonly reason: Text;
  }
> = {
  statement: statement(
    "sandbox.settle_evaluation",
    `update sandbox.evaluation e
        set state = u.state, settled_at = u.settled_at, confirmed_by = u.confirmed_by,
            approved_by = u.approved_by, reason = u.reason
       from unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[], $6::text[], $7::text[],
              $8::jsonb[]) u(pilot, round, state, settled_at, confirmed_by, approved_by, reason)
      where e.partition = $1 and e.pilot = u.pilot and e.round = u.round`,
  ),
  columns: ["pilot", "round", "state", "settled_at", "confirmed_by", "approved_by", "reason"],
};

/** The graduation is decided by two, from an instant on. */
export const dateGraduation: Effect<
  OfRound & {
    readonly decided_at: string;
    readonly decided_by: string;
    readonly decision_approved_by: string;
    readonly effective_at: string;
  }
> = {
  statement: statement(
    "sandbox.date_graduation",
    `update sandbox.evaluation e
        set state = 'graduating', decided_at = u.decided_at, decided_by = u.decided_by,
            decision_approved_by = u.decision_approved_by, effective_at = u.effective_at
       from unnest($2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[],
              $7::timestamptz[])
              u(pilot, round, decided_at, decided_by, decision_approved_by, effective_at)
      where e.partition = $1 and e.pilot = u.pilot and e.round = u.round`,
  ),
  columns: ["pilot", "round", "decided_at", "decided_by", "decision_approved_by", "effective_at"],
};

/** A directive breaks off whatever evaluation of a pilot is running; a settled one stays as it is. */
export const breakOffEvaluation: Effect<{ readonly pilot: string; readonly at: string }> = {
  statement: statement(
    "sandbox.break_off_evaluation",
    `update sandbox.evaluation e set state = 'broken_off', settled_at = coalesce(settled_at, u.at)
       from unnest($2::text[], $3::timestamptz[]) u(pilot, at)
      where e.partition = $1 and e.pilot = u.pilot
        and e.state in ('self_test', 'audit', 'expert_review', 'confirm', 'passed', 'graduating')`,
  ),
  columns: ["pilot", "at"],
};

/** A report or an opinion is handed in. */
export const fileReport: Effect<
  OfRound & {
    readonly id: string;
    readonly kind: ReportRow["kind"];
    readonly body: unknown;
    readonly author: string;
    readonly organisation: string;
    readonly at: string;
  }
> = {
  statement: statement(
    "sandbox.file_evaluation_report",
    `insert into sandbox.evaluation_report
       (partition, id, pilot, round, kind, body, author, organisation, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::jsonb[],
       $7::text[], $8::text[], $9::timestamptz[])`,
  ),
  columns: ["id", "pilot", "round", "kind", "body", "author", "organisation", "at"],
};

/** A report is set aside. */
export const setAside: Effect<{ readonly id: string }> = {
  statement: statement(
    "sandbox.set_aside_evaluation_report",
    `update sandbox.evaluation_report r set state = 'set_aside'
       from unnest($2::uuid[]) u(id) where r.partition = $1 and r.id = u.id`,
  ),
  columns: ["id"],
};

/** An expert joins the panel. */
export const appointExpertRow: Effect<
  OfRound & {
    readonly person: string;
    readonly organisation: string;
    readonly appointed_by: string;
    readonly appointed_at: string;
  }
> = {
  statement: statement(
    "sandbox.appoint_expert",
    `insert into sandbox.evaluation_expert
       (partition, pilot, round, person, organisation, appointed_by, appointed_at)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[],
       $7::timestamptz[])`,
  ),
  columns: ["pilot", "round", "person", "organisation", "appointed_by", "appointed_at"],
};

/** An expert is excluded. */
export const recuseExpertRow: Effect<
  OfRound & {
    readonly person: string;
    readonly recused_by: string;
    readonly recused_at: string;
    readonly reason: Text;
  }
> = {
  statement: statement(
    "sandbox.recuse_expert",
    `update sandbox.evaluation_expert x
        set state = 'recused', recused_by = u.recused_by, recused_at = u.recused_at,
            reason = u.reason
       from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
              u(pilot, round, person, recused_by, recused_at, reason)
      where x.partition = $1 and x.pilot = u.pilot and x.round = u.round and x.person = u.person`,
  ),
  columns: ["pilot", "round", "person", "recused_by", "recused_at", "reason"],
};

/** A stage is sent back. */
export const noteReturn: Effect<
  OfRound & {
    readonly id: string;
    readonly from_state: Stage;
    readonly to_state: Stage;
    /** JSON text of the list. */
    readonly reasons: string;
    readonly returned_by: string;
    readonly at: string;
  }
> = {
  statement: statement(
    "sandbox.note_evaluation_return",
    `insert into sandbox.evaluation_return
       (partition, id, pilot, round, from_state, to_state, reasons, returned_by, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[],
       $7::jsonb[], $8::text[], $9::timestamptz[])`,
  ),
  columns: ["id", "pilot", "round", "from_state", "to_state", "reasons", "returned_by", "at"],
};

/** All criteria are measured. */
export const noteMeasurement: Effect<
  OfRound & {
    readonly number: number;
    readonly from_at: string;
    readonly to_at: string;
    /** JSON text of the list. */
    readonly targets: string;
    readonly measured_by: string;
    readonly at: string;
  }
> = {
  statement: statement(
    "sandbox.note_measurement",
    `insert into sandbox.evaluation_measurement
       (partition, pilot, round, number, from_at, to_at, targets, measured_by, at)
     select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::timestamptz[],
       $6::timestamptz[], $7::jsonb[], $8::text[], $9::timestamptz[])`,
  ),
  columns: ["pilot", "round", "number", "from_at", "to_at", "targets", "measured_by", "at"],
};

const CRITERION = [
  ...(["pilot", "round", "measurement", "criterion", "place", "kind", "subject"] as const),
  ...(["comparator", "unit", "required", "measured", "sums", "over", "met", "lacks"] as const),
  ...(["clause", "label", "indicator", "formula"] as const),
] as const;

/** One criterion as it was measured. */
export const noteCriterion: Effect<OfRound & { readonly measurement: number } & Criterion> = {
  statement: statement(
    "sandbox.note_criterion",
    `insert into sandbox.evaluation_criterion (partition, ${CRITERION.join(", ")})
     select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::int[], $7::text[],
       $8::text[], $9::text[], $10::text[], $11::numeric[], $12::numeric[], $13::numeric[],
       $14::numeric[], $15::boolean[], $16::text[], $17::text[], $18::jsonb[], $19::text[],
       $20::jsonb[])`,
  ),
  columns: CRITERION,
};

/** A criterion that is not met shall not stand in the way. */
export const overrideCriterionRow: Effect<
  OfRound & {
    readonly measurement: number;
    readonly criterion: string;
    readonly reason: Text;
    readonly evidence: string | null;
    readonly proposed_by: string;
    readonly approved_by: string;
    readonly at: string;
  }
> = {
  statement: statement(
    "sandbox.override_criterion_row",
    `insert into sandbox.evaluation_override (partition, pilot, round, measurement, criterion, reason,
       evidence, proposed_by, approved_by, at)
     select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::jsonb[],
       $7::text[], $8::text[], $9::text[], $10::timestamptz[])`,
  ),
  columns: [
    ...(["pilot", "round", "measurement", "criterion", "reason", "evidence"] as const),
    ...(["proposed_by", "approved_by", "at"] as const),
  ],
};

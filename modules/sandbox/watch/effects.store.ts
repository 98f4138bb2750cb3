/** What acts change about watch periods, set-wise. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { Criterion } from "../evaluation/criterion.ts";
import type { FindingState, Ruling, WatchState } from "./watch.ts";
import type { ConditionRow } from "./watch.store.ts";

/** A watch begins, with the graduation that it follows. */
export const beginWatch: Effect<{
  readonly pilot: string;
  readonly organisation: string;
  readonly days: number;
  readonly from_terms: boolean;
  readonly begun_at: string;
  readonly ends_at: string;
  readonly checked_to: string;
  readonly next_at: string;
  readonly machine_to: string;
}> = {
  statement: statement(
    "sandbox.begin_watch",
    `insert into sandbox.watch_period (partition, pilot, organisation, days, from_terms, begun_at,
       ends_at, checked_to, next_at, machine_to)
     select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::boolean[], $6::timestamptz[],
       $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])`,
  ),
  columns: [
    ...(["pilot", "organisation", "days", "from_terms", "begun_at", "ends_at"] as const),
    ...(["checked_to", "next_at", "machine_to"] as const),
  ],
};

/** A watch moves, is compared further, or lasts longer. */
export const moveWatch: Effect<{
  readonly pilot: string;
  readonly state: WatchState;
  readonly ends_at: string;
  readonly checked_to: string;
  readonly next_at: string | null;
  readonly machine_to: string;
  readonly ended_at: string | null;
}> = {
  statement: statement(
    "sandbox.move_watch",
    `update sandbox.watch_period w
        set state = u.state, ends_at = u.ends_at, checked_to = u.checked_to, next_at = u.next_at,
            machine_to = u.machine_to, ended_at = u.ended_at
       from unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[],
              $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])
              u(pilot, state, ends_at, checked_to, next_at, machine_to, ended_at)
      where w.partition = $1 and w.pilot = u.pilot`,
  ),
  columns: ["pilot", "state", "ends_at", "checked_to", "next_at", "machine_to", "ended_at"],
};

/** All thresholds are compared over some days. */
export const noteCheck: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly from_at: string;
  readonly to_at: string;
  readonly at: string;
  readonly machine_from: string;
  readonly machine_to: string;
}> = {
  statement: statement(
    "sandbox.note_watch_check",
    `insert into sandbox.watch_check
       (partition, pilot, number, from_at, to_at, at, machine_from, machine_to)
     select $1, * from unnest($2::text[], $3::int[], $4::timestamptz[], $5::timestamptz[],
       $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])`,
  ),
  columns: ["pilot", "number", "from_at", "to_at", "at", "machine_from", "machine_to"],
};

const CRITERION = [
  ...(["pilot", "number", "criterion", "place", "subject", "comparator", "unit"] as const),
  ...(["required", "measured", "sums", "over", "met", "lacks"] as const),
  ...(["clause", "label", "indicator", "formula"] as const),
] as const;

/** One threshold as it was compared. */
export const noteWatchCriterion: Effect<
  { readonly pilot: string; readonly number: number } & Omit<Criterion, "kind">
> = {
  statement: statement(
    "sandbox.note_watch_criterion",
    `insert into sandbox.watch_criterion (partition, ${CRITERION.join(", ")})
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::int[], $6::text[], $7::text[],
       $8::text[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::boolean[],
       $14::text[], $15::text[], $16::jsonb[], $17::text[], $18::jsonb[])`,
  ),
  columns: CRITERION,
};

/** Something is found that two people have to rule on. */
export const noteFinding: Effect<{
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly kind: "thresholds" | "silence" | "condition";
  readonly check_number: number | null;
  readonly silent_since: string | null;
  readonly of_ruling: number | null;
  readonly of_condition: number | null;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.note_watch_finding",
    `insert into sandbox.watch_finding
       (partition, id, pilot, number, kind, check_number, silent_since, of_ruling, of_condition, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::int[],
       $7::timestamptz[], $8::int[], $9::int[], $10::timestamptz[])`,
  ),
  columns: [
    ...(["id", "pilot", "number", "kind", "check_number", "silent_since"] as const),
    ...(["of_ruling", "of_condition", "at"] as const),
  ],
};

const CONDITION = [
  ...(["pilot", "ruling", "number", "label", "subject", "comparator", "unit"] as const),
  ...(["required", "from_at", "due_at", "machine_from"] as const),
] as const;

/** A condition on a figure is set by a ruling. */
export const noteCondition: Effect<
  Pick<ConditionRow, Exclude<(typeof CONDITION)[number], "from_at" | "due_at" | "machine_from">> & {
    readonly from_at: string;
    readonly due_at: string;
    readonly machine_from: string;
  }
> = {
  statement: statement(
    "sandbox.note_watch_condition",
    `insert into sandbox.watch_condition (partition, ${CONDITION.join(", ")})
     select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::jsonb[], $6::text[], $7::text[],
       $8::text[], $9::numeric[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[])`,
  ),
  columns: CONDITION,
};

const SETTLED = [
  ...(["pilot", "ruling", "number", "state", "measured", "sums", "over", "lacks"] as const),
  "judged_at",
] as const;

/** A condition is judged, or lapses. */
export const settleCondition: Effect<
  Pick<ConditionRow, Exclude<(typeof SETTLED)[number], "judged_at">> & {
    readonly judged_at: string | null;
  }
> = {
  statement: statement(
    "sandbox.settle_watch_condition",
    `update sandbox.watch_condition c
        set state = u.state, measured = u.measured, sums = u.sums, over = u.over,
            lacks = u.lacks, judged_at = u.judged_at
       from unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::numeric[], $7::numeric[],
              $8::numeric[], $9::text[], $10::timestamptz[]) u(${SETTLED.join(", ")})
      where c.partition = $1 and c.pilot = u.pilot and c.ruling = u.ruling
        and c.number = u.number`,
  ),
  columns: SETTLED,
};

/** A finding is ruled on. */
export const settleFinding: Effect<{
  readonly id: string;
  readonly state: FindingState;
  readonly ruling: number;
}> = {
  statement: statement(
    "sandbox.settle_watch_finding",
    `update sandbox.watch_finding f set state = u.state, ruling = u.ruling
       from unnest($2::uuid[], $3::text[], $4::int[]) u(id, state, ruling)
      where f.partition = $1 and f.id = u.id`,
  ),
  columns: ["id", "state", "ruling"],
};

/** What two people ruled. */
export const noteRuling: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly ruling: Ruling;
  readonly reason: Text;
  /** JSON text of the list. */
  readonly conditions: string;
  readonly days: number | null;
  readonly proposed_by: string;
  readonly approved_by: string;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.note_watch_ruling",
    `insert into sandbox.watch_ruling
       (partition, pilot, number, ruling, reason, conditions, days, proposed_by, approved_by, at)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::jsonb[], $6::jsonb[], $7::int[],
       $8::text[], $9::text[], $10::timestamptz[])`,
  ),
  columns: [
    ...(["pilot", "number", "ruling", "reason", "conditions", "days"] as const),
    ...(["proposed_by", "approved_by", "at"] as const),
  ],
};

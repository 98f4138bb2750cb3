/**
 * `sandbox.judge_watch_condition`: the clock judges a condition on a figure once its last day is over,
 * by the formulas and the exact comparison of the thresholds, over the whole days since the ruling. A
 * condition that is missed is a finding, on which two people rule again; nothing follows by itself.
 */
import { type Instant, machineNow, shanghaiDate, toIso, uuidv7 } from "@sandbank/kernel/clock";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { type Criterion, FIGURE_UNITS, thresholdCriterion } from "../evaluation/criterion.ts";
import { factsOf, type MeasuredFacts, measuredOf } from "../graduating/graduating.ts";
import { indicatorOf } from "../indicator/table.ts";
import { publish } from "../notice/notice.ts";
import { type EndingPorts, type MeasuredDays, SANDBOX_PARTITION } from "../ports.ts";
import { NAMED } from "../sight/named.ts";
import { settleCondition } from "../watch/effects.store.ts";
import { after, CONDITION_TABLE, WATCH_TABLE } from "../watch/watch.ts";
import type { WatchBound } from "../watch/watch.contract.ts";
import { refuse } from "../watch/watch.refusals.ts";
import { type ConditionRow, watchesIn } from "../watch/watch.store.ts";
import { conditionText } from "./notices.ts";
import {
  finding,
  loadWatching,
  moving,
  type Standing,
  standingFor,
  STEPS,
  type Watching,
} from "./watching.ts";

const judging = z.strictObject({
  pilot: slugContract,
  ruling: z.int().min(1),
  number: z.int().min(1).max(10),
});
type Judging = Readonly<z.infer<typeof judging>>;

/** What was measured, and the id of a letter that may be written. */
interface JudgedFacts extends MeasuredFacts {
  readonly letter: string;
}

/** True if somebody computes the figure, in the unit in which it is bounded. */
export function isComputed({ indicator, unit }: Pick<WatchBound, "indicator" | "unit">): boolean {
  const named = Object.hasOwn(NAMED, indicator) ? NAMED[indicator] : undefined;
  const figure = named && indicatorOf(named.indicator)?.figures[named.figure];
  return figure?.unit === FIGURE_UNITS[unit];
}

/** The days over which a condition is judged; machine time up to now. */
export function daysOf(row: ConditionRow, machineTo: Instant): MeasuredDays {
  return { from: row.from_at, to: row.due_at, machineFrom: row.machine_from, machineTo };
}

async function prepared(ports: EndingPorts, asked: Judging): Promise<JudgedFacts> {
  const { pilot, ruling, number } = asked;
  const { conditions } = await watchesIn(ports.store, SANDBOX_PARTITION, [pilot]);
  const row = conditions.find((one) => one.ruling === ruling && one.number === number);
  const days = row && daysOf(row, machineNow());
  const measured = days && (await ports.measures.over(pilot, [row.subject], days));
  return { ...factsOf(measured), letter: uuidv7() };
}

/**
 * Refuses with pilot_unknown, watch_unknown, the watch's own code, watch_condition_unknown,
 * watch_condition_not_due, evaluation_nothing_to_measure, evaluation_figures_behind,
 * watch_check_of_other_days, the condition's own code.
 */
export function judgeCondition(ports: EndingPorts): Command<Judging, Watching, JudgedFacts> {
  return {
    ...STEPS,
    name: "sandbox.judge_watch_condition",
    contract: judging,
    may: ["system"],
    prepare: (asked) => prepared(ports, asked),
    load: loadWatching,
    decide({ state, command, facts, now, id }) {
      const at = standingFor(state, "check");
      if (isRefusal(at)) return at;
      const row = state.conditions.find(
        ({ ruling, number }) => ruling === command.ruling && number === command.number,
      );
      if (row === undefined) return refuse("watch_condition_unknown");
      if (now < row.due_at) return refuse("watch_condition_not_due");
      const measured = measuredOf(facts);
      if (isRefusal(measured)) return measured;
      if (measured.from !== row.from_at || measured.to !== row.due_at) {
        return refuse("watch_check_of_other_days");
      }
      const figure = measured.figures.find(({ name }) => name === row.subject);
      const criterion = judged(row, figure);
      return settled(state, at, { row, criterion, letter: facts.letter, now, id });
    },
  };
}

/** The bound against the figure, as a threshold is compared. */
function judged(
  { label, subject, comparator, unit, required, number }: ConditionRow,
  figure: Parameters<typeof thresholdCriterion>[2],
): Criterion {
  const asked = { indicator: subject, comparator, ...declaredAs(unit, required) };
  return thresholdCriterion({ ...asked, label, clause: "watch" }, number, figure);
}

const PPM_PER_BASIS_POINT = 100n;

/** A bound in the unit in which it was ruled: rows hold what is compared. */
export function declaredAs(
  unit: ConditionRow["unit"],
  required: bigint,
): { readonly value: string; readonly unit: WatchBound["unit"] } {
  if (unit !== "ppm") return { value: String(required), unit };
  return { value: String(required / PPM_PER_BASIS_POINT), unit: "basis_point" };
}

interface Settled {
  readonly row: ConditionRow;
  readonly criterion: Criterion;
  readonly letter: string;
  readonly now: Instant;
  readonly id: string;
}

function settled(state: Watching, at: Standing, of: Settled): Decision | Refusal {
  const { row, criterion, letter, now, id } = of;
  const { pilot, ruling, number } = row;
  const to = after(CONDITION_TABLE, row.state, criterion.met ? "meet" : "miss");
  if (isRefusal(to)) return to;
  const { measured, sums, over, lacks, met } = criterion;
  const rows = [
    change(settleCondition, {
      ...{ pilot, ruling, number, state: to, measured, sums, over, lacks },
      judged_at: toIso(now),
    }),
  ];
  const leaf = { t: "watch_condition", pilot, ruling, number, met };
  const answer = { pilot, ruling, number, condition: to };
  if (met) return { entries: [], changes: rows, answer, leaves: [leaf] };
  const next = after(WATCH_TABLE, at.watch.state, "find");
  if (isRefusal(next)) return next;
  const by = shanghaiDate((row.due_at - 1) as Instant);
  const text = conditionText(at.pilot.body.name, { ruling, by, missed: criterion });
  const found = { id, letter, kind: "condition", check: null, silentSince: null } as const;
  return {
    entries: [],
    changes: [
      ...rows,
      moving(at.watch, next),
      ...finding(state, at, { ...found, condition: { ruling, number }, text, now }),
      publish({ id, pilot, at: now, kind: "watch_finding", text }),
    ],
    answer: { ...answer, watch: next },
    leaves: [leaf],
  };
}

/**
 * What every decision of an evaluation looks at: the pilot's docket and its latest evaluation with
 * reports, panel and measuring, loaded set-wise under the lock. What is measured is read before, from
 * the counters of other partitions, and travels as facts.
 */
import { fromIso, type Instant, shanghaiDate, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Loading } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal, Text } from "@sandbank/kernel/words";
import { isRefusal } from "@sandbank/kernel/words";
import { operatorsUnder } from "../admission/operators.ts";
import { type Docket, loadDockets, shownOfDocket } from "../docket/docket.ts";
import { moveEvaluation, setAside } from "../evaluation/effects.store.ts";
import {
  after,
  EVALUATION_TABLE,
  type EvaluationEvent,
  type EvaluationState,
  REPORT_TABLE,
} from "../evaluation/evaluation.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import {
  type CriterionRow,
  type EvaluationRow,
  evaluationsIn,
  type ExpertRow,
  type MeasurementRow,
  type ReportRow,
} from "../evaluation/evaluation.store.ts";
import { type ExtensionRow, extensionsIn } from "../evaluation/extension.store.ts";
import { standsAt } from "../pilot/pilot.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import type { EndingPorts, Measured } from "../ports.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";

export interface Graduating {
  readonly docket: Docket;
  /** The latest evaluation of the pilot, running or not. */
  readonly evaluation: EvaluationRow | undefined;
  /** Of that evaluation. Those that were set aside are among them. */
  readonly reports: readonly ReportRow[];
  readonly experts: readonly ExpertRow[];
  readonly measurement: MeasurementRow | undefined;
  /** Of the latest measuring. */
  readonly criteria: readonly CriterionRow[];
  readonly extensions: readonly ExtensionRow[];
}

interface OfPilot {
  readonly pilot: string;
}

/** One state per question, in order. */
export async function loadGraduating<C extends OfPilot>(
  tx: Tx,
  partition: number,
  questions: readonly Loading<C, unknown>[],
): Promise<Graduating[]> {
  const pilots = [...new Set(questions.map(({ command }) => command.pilot))];
  const [dockets, rows, extensions] = await Promise.all([
    loadDockets(tx, partition, { questions, of: { slugOf: ({ pilot }) => pilot } }),
    evaluationsIn(tx, partition, { pilots }),
    extensionsIn(tx, partition, pilots),
  ]);
  return questions.map(({ command: { pilot } }, place) => {
    const ours = (row: OfPilot) => row.pilot === pilot;
    return {
      docket: dockets[place] as Docket,
      evaluation: rows.evaluations.find(ours),
      ...{ reports: rows.reports.filter(ours), experts: rows.experts.filter(ours) },
      measurement: rows.measurements.find(ours),
      ...{ criteria: rows.criteria.filter(ours), extensions: extensions.filter(ours) },
    };
  });
}

/** What the steps of an evaluation have alike; a step that changes the policy is a barrier too. */
export const STEPS = {
  class: "SERVICE",
  keys: ({ pilot }: OfPilot) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: loadGraduating,
  shown: shownOfGraduating,
} as const;

/** Steps that take two people of the supervisor and change where the pilot stands. */
export const STEPS_BY_TWO = {
  ...STEPS,
  barrier: true,
  fourEyes: { approvers: ["supervisor_approver"] },
  may: ["supervisor_officer", "supervisor_approver"],
} as const;

/** What a proposer was shown; a report, a measuring or an override since then outdates it. */
export function shownOfGraduating(state: Graduating): string {
  const { docket, evaluation, measurement, criteria, reports, extensions } = state;
  const overridden = criteria.filter(({ override }) => override !== null).length;
  const standing = reports.filter((one) => one.state === "standing").length;
  return [
    shownOfDocket(docket),
    `e${evaluation?.round ?? 0}${evaluation?.state ?? ""}`,
    `m${measurement?.number ?? 0}o${overridden}s${standing}`,
    `x${extensions.length}${extensions.at(-1)?.state ?? ""}`,
  ].join(" ");
}

/** A pilot with an evaluation that knows an event, and where the event leads. */
export interface Running {
  readonly pilot: PilotRow;
  readonly evaluation: EvaluationRow;
  readonly to: EvaluationState;
}

/**
 * The evaluation of a pilot if it knows the event. Refuses, in this order: pilot_unknown,
 * evaluation_unknown, the evaluation's own code.
 */
export function running(state: Graduating, event: EvaluationEvent): Running | Refusal {
  const { docket, evaluation } = state;
  if (docket.pilot === undefined) return refuseOfPilot("pilot_unknown");
  if (evaluation === undefined) {
    // Where a pilot has not come so far, its own state says more.
    const far = docket.pilot.state === "testing" || docket.pilot.state === "restricted";
    return far ? refuse("evaluation_unknown") : standsAt(docket.pilot.state);
  }
  const to = after(EVALUATION_TABLE, evaluation.state, event);
  return isRefusal(to) ? to : { pilot: docket.pilot, evaluation, to };
}

/** The change that moves an evaluation to a stage. */
export function stageTo({ pilot, round }: EvaluationRow, state: EvaluationState): Change {
  return change(moveEvaluation, { pilot, round, state, graduated_at: null });
}

/** The organisations of a pilot: who applied, who runs it here, and whom its terms name. */
export function institutionsOf(
  { docket: { pilot, application } }: Pick<Graduating, "docket">,
  operator: string | undefined,
): readonly string[] {
  const applicant = application === undefined ? [] : [application.organisation];
  return [...new Set([...operatorsUnder(pilot?.admission, operator), ...applicant])];
}

/** Why somebody is not of the institution that runs the pilot: evaluation_of_another_institution. */
export function notOfInstitution(
  state: Graduating,
  { principal, ports }: { readonly principal: Principal; readonly ports: EndingPorts },
): Refusal | undefined {
  const own = institutionsOf(state, ports.operatorOf(state.docket.pilot?.slug ?? ""));
  return own.includes(principal.organisation)
    ? undefined
    : refuse("evaluation_of_another_institution");
}

/** Reports of a kind that stand. */
export function standing(
  { reports }: Pick<Graduating, "reports">,
  kind: ReportRow["kind"],
): readonly ReportRow[] {
  return reports.filter((one) => one.kind === kind && one.state === "standing");
}

/** The changes that set reports aside; one that is set aside already stays as it is. */
export function settingAside(reports: readonly ReportRow[]): readonly Change[] {
  return reports.flatMap(({ id, state }) =>
    isRefusal(after(REPORT_TABLE, state, "set_aside")) ? [] : [change(setAside, { id })],
  );
}

/** What was measured, in the form in which it is journalled. */
export interface MeasuredFacts {
  readonly measured: {
    readonly from: string;
    readonly to: string;
    readonly complete: boolean;
    readonly figures: readonly {
      readonly name: string;
      readonly indicator: string;
      readonly formula: Text;
      readonly unit: Measured["figures"][number]["unit"];
      readonly value: string | null;
      readonly sums: string | null;
      readonly over: string | null;
    }[];
    readonly targets: readonly {
      readonly id: string;
      readonly label: Text;
      readonly target: string;
      readonly actual: string | null;
    }[];
  } | null;
}

const whole = (value: bigint | null | undefined) =>
  value === null || value === undefined ? null : String(value);
const figure = (value: string | null) => (value === null ? null : BigInt(value));

export function factsOf(measured: Measured | undefined): MeasuredFacts {
  if (measured === undefined) return { measured: null };
  const { from, to, complete, figures, targets } = measured;
  return {
    measured: {
      ...{ from: toIso(from), to: toIso(to), complete },
      figures: figures.map(({ value, sums, over, ...one }) => ({
        ...{ ...one, value: whole(value), sums: whole(sums), over: whole(over) },
      })),
      targets: targets.map(({ id, label, target, actual }) => ({
        ...{ id, label, target: String(target), actual: whole(actual) },
      })),
    },
  };
}

/**
 * What was measured, back from the facts. Refuses evaluation_nothing_to_measure,
 * evaluation_figures_behind.
 */
export function measuredOf({ measured }: MeasuredFacts): Omit<Measured, "targets"> | Refusal {
  if (measured === null) return refuse("evaluation_nothing_to_measure");
  const [from, to] = [fromIso(measured.from), fromIso(measured.to)];
  if (!measured.complete) {
    const date = shanghaiDate((to - 1) as Instant);
    return refuse("evaluation_figures_behind", { params: { date } });
  }
  const figures = measured.figures.map(({ value, sums, over, ...one }) => ({
    ...{ ...one, value: figure(value), sums: figure(sums), over: figure(over) },
  }));
  return { from, to, complete: true, figures };
}

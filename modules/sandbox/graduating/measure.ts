/**
 * Measuring: every threshold is recomputed from the counters of the whole test, every dimension from
 * the opinions that stand. Nothing of it comes from whoever asks. Overrides are about one measuring,
 * so the next one asks for them again.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Command, type Json } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { hashOf } from "../declaration/declaration.ts";
import {
  type Criterion,
  dimensionCriteria,
  thresholdCriterion,
  thresholdsOf,
} from "../evaluation/criterion.ts";
import { noteCriterion, noteMeasurement } from "../evaluation/effects.store.ts";
import type { ExpertOpinion } from "../evaluation/evaluation.contract.ts";
import { findPilot, type PilotRow } from "../pilot/pilot.store.ts";
import { type EndingPorts, type Measured, SANDBOX_PARTITION } from "../ports.ts";
import {
  factsOf,
  type Graduating,
  type MeasuredFacts,
  measuredOf,
  type Running,
  running,
  standing,
  STEPS,
} from "./graduating.ts";

/** Reads what the thresholds of a pilot ask for: the facts of a command, and of a look ahead. */
export async function readMeasured(
  ports: Pick<EndingPorts, "store" | "measures">,
  slug: string,
): Promise<MeasuredFacts> {
  const pilot = await findPilot(ports.store, SANDBOX_PARTITION, slug);
  if (pilot === undefined) return { measured: null };
  const names = [...new Set(thresholdsOf(pilot).map(({ indicator }) => indicator))];
  return factsOf(await ports.measures.over(slug, names));
}

/** The thresholds of a pilot against what was measured, in the order in which they are declared. */
export function thresholdCriteria(
  pilot: PilotRow,
  { figures }: Pick<Measured, "figures">,
): Criterion[] {
  return thresholdsOf(pilot).map((threshold, at) => {
    const figure = figures.find(({ name }) => name === threshold.indicator);
    return thresholdCriterion(threshold, at + 1, figure);
  });
}

interface Measuring {
  readonly at: Running;
  readonly facts: MeasuredFacts;
  readonly principal: Principal;
  readonly now: Instant;
}

/** The next measuring. Refuses evaluation_nothing_to_measure, evaluation_figures_behind. */
export function measuring(
  state: Graduating,
  { at, facts, principal, now }: Measuring,
):
  | {
      readonly changes: readonly Change[];
      readonly answer: Readonly<Record<string, Json>>;
      readonly leaves: readonly Json[];
    }
  | Refusal {
  const measured = measuredOf(facts);
  if (isRefusal(measured)) return measured;
  const { pilot, round } = at.evaluation;
  const number = (state.measurement?.number ?? 0) + 1;
  const opinions = standing(state, "opinion").map(({ body }) => body as ExpertOpinion);
  const criteria = [...thresholdCriteria(at.pilot, measured), ...dimensionCriteria(opinions)];
  const unmet = criteria.filter(({ met }) => !met).map(({ criterion }) => criterion);
  const told = criteria.map(({ criterion, subject, comparator, unit, ...one }) => ({
    ...{ criterion, subject, comparator, unit, met: one.met, required: String(one.required) },
    measured: one.measured === null ? null : String(one.measured),
  }));
  return {
    changes: [
      change(noteMeasurement, {
        ...{ pilot, round, number, measured_by: principal.id, at: toIso(now) },
        ...{ from_at: toIso(measured.from), to_at: toIso(measured.to) },
        targets: JSON.stringify(facts.measured?.targets ?? []),
      }),
      ...criteria.map((one) =>
        change(noteCriterion, { pilot, round, measurement: number, ...one }),
      ),
    ],
    answer: { measurement: number, unmet },
    leaves: [{ t: "measurement", pilot, round, number, hash: hashOf(told) }],
  };
}

const asking = z.strictObject({ pilot: slugContract });

/**
 * `sandbox.measure_criteria`: measures all of them anew before the result is confirmed. Refuses with
 * pilot_unknown, evaluation_unknown, the evaluation's own code, the codes of `measuring`.
 */
export function measureCriteria(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof asking>>, Graduating, MeasuredFacts> {
  return {
    ...STEPS,
    name: "sandbox.measure_criteria",
    contract: asking,
    may: ["supervisor_officer", "supervisor_approver"],
    prepare: ({ pilot }) => readMeasured(ports, pilot),
    decide({ state, facts, principal, now }) {
      const at = running(state, "measure");
      if (isRefusal(at)) return at;
      const measured = measuring(state, { at, facts, principal, now });
      if (isRefusal(measured)) return measured;
      const { pilot, round } = at.evaluation;
      const answer = { pilot, round, evaluation: at.to, ...measured.answer };
      return { entries: [], changes: measured.changes, answer, leaves: measured.leaves };
    },
  };
}

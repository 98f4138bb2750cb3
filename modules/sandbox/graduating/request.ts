/**
 * `sandbox.request_end`: the institution asks that its test be ended and evaluated. From then on the
 * pilot serves the customers it has and takes no others, whatever its caps leave.
 */
import {
  addDays,
  type CalendarDate,
  type Instant,
  shanghaiDate,
  toIso,
} from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { thresholdsOf } from "../evaluation/criterion.ts";
import { beginEvaluation } from "../evaluation/effects.store.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { alive } from "../order/enact.ts";
import { move } from "../pilot/pilot.ts";
import { notIssued, reissue } from "../policy/issue.ts";
import type { EndingPorts } from "../ports.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import { type Graduating, notOfInstitution, STEPS } from "./graduating.ts";

const requesting = z.strictObject({ pilot: slugContract });

/**
 * Refuses with pilot_unknown, evaluation_of_another_institution, the state's own code,
 * evaluation_change_is_open, evaluation_without_thresholds, evaluation_too_early.
 */
export function requestEnd(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof requesting>>, Graduating> {
  return {
    ...STEPS,
    name: "sandbox.request_end",
    barrier: true,
    contract: requesting,
    may: ["institution_approver"],
    decide({ state, principal, now, id }) {
      const { pilot } = state.docket;
      if (pilot === undefined) return refuseOfPilot("pilot_unknown");
      const foreign = notOfInstitution(state, { principal, ports });
      if (foreign !== undefined) return foreign;
      const to = move(pilot.state, "request_end");
      if (isRefusal(to)) return to;
      const early = tooEarly(state, shanghaiDate(now));
      if (early !== undefined) return early;
      const issued = reissue({ pilot, to, tightenings: alive(state.docket), now });
      if (notIssued(issued)) return issued;
      const round = (state.evaluation?.round ?? 0) + 1;
      const text = STEP_NOTICES.evaluation_begun(pilot.body.name);
      return {
        entries: [],
        changes: [
          ...issued.changes,
          change(beginEvaluation, {
            ...{ pilot: pilot.slug, round, asked_by: principal.id, asked_at: toIso(now) },
            organisation: principal.organisation,
          }),
          publish({ id, pilot: pilot.slug, at: now, kind: "evaluation_begun", text }),
        ],
        answer: { pilot: pilot.slug, phase: to, round, policy: issued.policy.version },
        jobs: issued.jobs,
        leaves: [...issued.leaves, { t: "evaluation", pilot: pilot.slug, round, at: "self_test" }],
      };
    },
  };
}

/** The first day on which the end of a test that began then may be asked for. */
export function endFrom(begun: Instant): CalendarDate {
  return addDays(shanghaiDate(begun), limits.testDaysLeast);
}

/** Why a test cannot be ended yet, though its state would allow it. */
function tooEarly({ docket }: Graduating, today: string): Refusal | undefined {
  const { pilot, changes } = docket;
  const from = pilot?.period_from ?? null;
  assert.ok(pilot !== undefined && from !== null, "a pilot under test has its period");
  const open = changes.find((one) => one.state === "requested");
  if (open !== undefined) {
    return refuse("evaluation_change_is_open", { params: { number: String(open.number) } });
  }
  if (thresholdsOf(pilot).length === 0) return refuse("evaluation_without_thresholds");
  const date = endFrom(from);
  if (today >= date) return undefined;
  const days = String(limits.testDaysLeast);
  return refuse("evaluation_too_early", { params: { days, date } });
}

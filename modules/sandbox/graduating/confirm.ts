/**
 * Confirming the result: two people of the supervisor pass or fail a pilot, with a reason that is
 * published. A criterion that is not met stops a pass unless two people override it, with a published
 * reason of its own; an adverse audit cannot be overridden, only done again.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { failedOf } from "../evaluation/criterion.ts";
import { overrideCriterionRow, settleEvaluation } from "../evaluation/effects.store.ts";
import {
  type Audit,
  criterionOverrideContract,
  evaluationResultContract,
} from "../evaluation/evaluation.contract.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import { publish } from "../notice/notice.ts";
import { alive } from "../order/enact.ts";
import { move } from "../pilot/pilot.ts";
import { notIssued, reissue } from "../policy/issue.ts";
import { notFiled, type Resting, RESTING_STEPS } from "./evidence.ts";
import { type Graduating, type Running, running, standing, STEPS_BY_TWO } from "./graduating.ts";
import { overriddenText, resultText } from "./notices.ts";

const overriding = criterionOverrideContract.extend({ pilot: slugContract });

/**
 * `sandbox.override_criterion`. Refuses with pilot_unknown, evaluation_unknown, the evaluation's own
 * code, evaluation_confirmed_by_its_author, evaluation_criterion_unknown,
 * evaluation_criterion_is_met, evaluation_criterion_is_overridden, evaluation_evidence_not_filed.
 */
export const overrideCriterion: Command<Readonly<z.infer<typeof overriding>>, Resting> = {
  ...{ ...STEPS_BY_TWO, ...RESTING_STEPS },
  name: "sandbox.override_criterion",
  contract: overriding,
  decide({ state, command, principal, approver, now, id }) {
    const at = running(state, "override");
    if (isRefusal(at)) return at;
    if (isAuthor(state, [principal, approver])) return refuse("evaluation_confirmed_by_its_author");
    const criterion = state.criteria.find((one) => one.criterion === command.criterion);
    if (criterion === undefined) {
      return refuse("evaluation_criterion_unknown", { field: "/criterion" });
    }
    if (criterion.met) return refuse("evaluation_criterion_is_met", { field: "/criterion" });
    if (criterion.override !== null) return refuse("evaluation_criterion_is_overridden");
    const missing = notFiled(state, command, principal);
    if (missing !== undefined) return missing;
    const { pilot, round } = at.evaluation;
    const { measurement } = criterion;
    const { reason, evidence = null } = command;
    const text = overriddenText(at.pilot.body.name, criterion, reason);
    return {
      entries: [],
      changes: [
        change(overrideCriterionRow, {
          ...{ pilot, round, measurement, criterion: criterion.criterion, reason },
          evidence,
          ...{ proposed_by: principal.id, approved_by: byWhom(approver, principal) },
          at: toIso(now),
        }),
        publish({ id, pilot, at: now, kind: "evaluation_override", text }),
      ],
      answer: { pilot, round, measurement, criterion: criterion.criterion },
      leaves: [{ t: "criterion_override", pilot, round, criterion: criterion.criterion }],
    };
  },
};

const settling = evaluationResultContract.extend({ pilot: slugContract });

/**
 * `sandbox.confirm_evaluation`. Refuses with pilot_unknown, evaluation_unknown, the evaluation's own
 * code, evaluation_confirmed_by_its_author, evaluation_audit_is_adverse, evaluation_criteria_not_met
 * with every one that is not.
 */
export const confirmEvaluation: Command<Readonly<z.infer<typeof settling>>, Graduating> = {
  ...STEPS_BY_TWO,
  name: "sandbox.confirm_evaluation",
  contract: settling,
  decide({ state, command, principal, approver, now, id }) {
    const at = running(state, command.result);
    if (isRefusal(at)) return at;
    if (isAuthor(state, [principal, approver])) return refuse("evaluation_confirmed_by_its_author");
    const unmet = command.result === "pass" ? stopsPass(state) : undefined;
    return unmet ?? settled(state, { at, command, principal, approver, now, id });
  },
};

/** What stops a pass. */
function stopsPass(state: Graduating): Refusal | undefined {
  const adverse = standing(state, "audit").some(
    ({ body }) => (body as Audit).conclusion === "adverse",
  );
  if (adverse) return refuse("evaluation_audit_is_adverse");
  const unmet = state.criteria.filter(({ met, override }) => !met && override === null);
  const [first] = unmet;
  if (first === undefined) return undefined;
  const params = { n: String(unmet.length), first: first.subject };
  return refuse("evaluation_criteria_not_met", { params, failed: failedOf(unmet) });
}

function settled(
  state: Graduating,
  of: {
    readonly at: Running;
    readonly command: Readonly<z.infer<typeof settling>>;
    readonly principal: Principal;
    readonly approver: Principal | undefined;
    readonly now: Instant;
    readonly id: string;
  },
): Decision | Refusal {
  const { at, command, principal, approver, now, id } = of;
  const { pilot, round } = at.evaluation;
  const to = move(at.pilot.state, command.result);
  if (isRefusal(to)) return to;
  const issued = reissue({ pilot: at.pilot, to, tightenings: alive(state.docket), now });
  if (notIssued(issued)) return issued;
  const overridden = state.criteria.filter(({ override }) => override !== null).length;
  const kind = command.result === "pass" ? "evaluation_passed" : "evaluation_failed";
  const { reason, result } = command;
  const text = resultText(at.pilot.body.name, { passed: result === "pass", reason, overridden });
  return {
    entries: [],
    changes: [
      ...issued.changes,
      change(settleEvaluation, {
        ...{ pilot, round, state: at.to, settled_at: toIso(now), reason },
        ...{ confirmed_by: principal.id, approved_by: byWhom(approver, principal) },
      }),
      publish({ id, pilot, at: now, kind, text }),
    ],
    answer: { pilot, round, phase: to, overridden, policy: issued.policy.version },
    jobs: issued.jobs,
    leaves: [...issued.leaves, { t: "evaluation", pilot, round, at: at.to, overridden }],
  };
}

/** True if one of them handed in anything that the result rests on. */
function isAuthor(state: Graduating, people: readonly (Principal | undefined)[]): boolean {
  const authors = [...state.reports.map(({ author }) => author), state.evaluation?.asked_by];
  return people.some((one) => one !== undefined && authors.includes(one.id));
}

/** Who approves. While a proposal is parked nobody does yet, and nothing of it is written. */
export function byWhom(approver: Principal | undefined, principal: Principal): string {
  return (approver ?? principal).id;
}

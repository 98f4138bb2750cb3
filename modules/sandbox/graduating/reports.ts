/**
 * The first two stages, and sending one back: the self-test that the institution hands in, the audit
 * of an outside auditor, and a return with its reasons. A return sets aside what the stages after it
 * rest on; it stays on record.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import type { Instant } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { hashOf } from "../declaration/declaration.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import {
  auditContract,
  evaluationReturnContract,
  selfTestContract,
} from "../evaluation/evaluation.contract.ts";
import { fileReport, noteReturn } from "../evaluation/effects.store.ts";
import type { Stage } from "../evaluation/evaluation.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import type { ReportRow } from "../evaluation/evaluation.store.ts";
import type { EndingPorts } from "../ports.ts";
import { notFiled, type Resting, RESTING_STEPS } from "./evidence.ts";
import {
  type Graduating,
  institutionsOf,
  notOfInstitution,
  type Running,
  running,
  settingAside,
  stageTo,
  STEPS,
} from "./graduating.ts";

const testing = selfTestContract.extend({ pilot: slugContract });

/**
 * `sandbox.submit_self_test`. Refuses with pilot_unknown, evaluation_unknown,
 * evaluation_of_another_institution, the evaluation's own code, evaluation_evidence_not_filed.
 */
export function submitSelfTest(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof testing>>, Resting> {
  return {
    ...RESTING_STEPS,
    name: "sandbox.submit_self_test",
    contract: testing,
    may: ["institution_approver", "compliance_officer"],
    decide({ state, command, principal, now, id }) {
      const at = running(state, "submit_self_test");
      if (isRefusal(at)) return at;
      const foreign = notOfInstitution(state, { principal, ports });
      if (foreign !== undefined) return foreign;
      const { pilot: _, ...body } = command;
      return filed(state, at, { id, kind: "self_test", body, principal, now });
    },
  };
}

const auditing = auditContract.extend({ pilot: slugContract });

/**
 * `sandbox.submit_audit`. Refuses with pilot_unknown, evaluation_unknown, the evaluation's own code,
 * evaluation_auditor_is_not_independent, evaluation_evidence_not_filed.
 */
export function submitAudit(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof auditing>>, Resting> {
  return {
    ...RESTING_STEPS,
    name: "sandbox.submit_audit",
    contract: auditing,
    may: ["auditor"],
    decide({ state, command, principal, now, id }) {
      const at = running(state, "submit_audit");
      if (isRefusal(at)) return at;
      const own = institutionsOf(state, ports.operatorOf(command.pilot));
      const interested = [...own, at.evaluation.organisation].includes(principal.organisation);
      if (interested) return refuse("evaluation_auditor_is_not_independent");
      const { pilot: _, ...body } = command;
      return filed(state, at, { id, kind: "audit", body, principal, now });
    },
  };
}

/** A report is filed and the evaluation moves on; what it rests on must be on file. */
function filed(
  state: Resting,
  { evaluation, to }: Running,
  of: {
    readonly id: string;
    readonly kind: ReportRow["kind"];
    readonly body: object;
    readonly principal: Principal;
    readonly now: Instant;
  },
): Decision | Refusal {
  const { pilot, round } = evaluation;
  const { id, kind, body, principal, now } = of;
  const missing = notFiled(state, body, principal);
  if (missing !== undefined) return missing;
  return {
    entries: [],
    changes: [
      change(fileReport, {
        ...{ id, pilot, round, kind, body, at: toIso(now) },
        ...{ author: principal.id, organisation: principal.organisation },
      }),
      stageTo(evaluation, to),
    ],
    answer: { pilot, round, evaluation: to, report: id },
    leaves: [{ t: "evaluation", pilot, round, at: to, report: hashOf(body) }],
  };
}

const returning = evaluationReturnContract.extend({ pilot: slugContract });

/** What a return to a stage sets aside. */
const SET_ASIDE: Readonly<Record<z.infer<typeof returning>["to"], readonly ReportRow["kind"][]>> = {
  self_test: ["self_test", "audit", "opinion"],
  audit: ["audit", "opinion"],
  expert_review: ["opinion"],
};

/**
 * `sandbox.return_evaluation`. Refuses with pilot_unknown, evaluation_unknown, the evaluation's own
 * code, evaluation_return_of_another_stage, evaluation_auditor_is_not_independent.
 */
export function returnEvaluation(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof returning>>, Graduating> {
  return {
    ...STEPS,
    name: "sandbox.return_evaluation",
    contract: returning,
    may: ["supervisor_officer", "supervisor_approver", "auditor"],
    decide({ state, command, principal, now, id }) {
      const at = running(state, `return_to_${command.to}`);
      if (isRefusal(at)) return at;
      const { pilot, round, state: from } = at.evaluation;
      if (principal.roles.every((role) => role === "auditor")) {
        if (from !== "audit") return refuse("evaluation_return_of_another_stage");
        const own = institutionsOf(state, ports.operatorOf(command.pilot));
        if (own.includes(principal.organisation)) {
          return refuse("evaluation_auditor_is_not_independent");
        }
      }
      const kinds = SET_ASIDE[command.to];
      return {
        entries: [],
        changes: [
          ...settingAside(state.reports.filter(({ kind }) => kinds.includes(kind))),
          change(noteReturn, {
            ...{ id, pilot, round, from_state: from as Stage, to_state: command.to },
            ...{ reasons: JSON.stringify(command.reasons), returned_by: principal.id },
            at: toIso(now),
          }),
          stageTo(at.evaluation, at.to),
        ],
        answer: { pilot, round, evaluation: at.to },
        leaves: [{ t: "evaluation", pilot, round, at: at.to }],
      };
    },
  };
}

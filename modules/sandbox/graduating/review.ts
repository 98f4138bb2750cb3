/**
 * The expert review: the supervisor appoints a panel, each expert scores the eight dimensions by
 * himself, and the supervisor concludes. Nobody with an interest is on it: no one of the pilot's
 * institutions, of the auditor's firm or of the supervisor's own proposal, and whoever turns out to
 * have one is excluded and counts for nothing.
 */
import { toIso } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { appointExpertRow, fileReport, recuseExpertRow } from "../evaluation/effects.store.ts";
import {
  expertAppointmentContract,
  expertOpinionContract,
  expertRecusalContract,
} from "../evaluation/evaluation.contract.ts";
import { after, EXPERT_TABLE } from "../evaluation/evaluation.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import type { EndingPorts } from "../ports.ts";
import { notFiled, type Resting, RESTING_STEPS } from "./evidence.ts";
import {
  type Graduating,
  institutionsOf,
  type MeasuredFacts,
  running,
  settingAside,
  standing,
  stageTo,
  STEPS,
} from "./graduating.ts";
import { measuring, readMeasured } from "./measure.ts";

/** True if an organisation has an interest: the pilot's institutions, and whoever audited it. */
function hasInterest(state: Graduating, organisation: string, ports: EndingPorts): boolean {
  const own = institutionsOf(state, ports.operatorOf(state.docket.pilot?.slug ?? ""));
  const auditors = standing(state, "audit").map((one) => one.organisation);
  return [...own, ...auditors, state.evaluation?.organisation].includes(organisation);
}

const appointing = expertAppointmentContract.extend({ pilot: slugContract });

/**
 * `sandbox.appoint_expert`. Refuses with pilot_unknown, evaluation_unknown, the evaluation's own
 * code, evaluation_expert_is_the_appointer, evaluation_expert_has_an_interest, the expert's own code.
 */
export function appointExpert(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof appointing>>, Graduating> {
  return {
    ...STEPS,
    name: "sandbox.appoint_expert",
    contract: appointing,
    may: ["supervisor_officer", "supervisor_approver"],
    decide({ state, command: { person, organisation }, principal, now }) {
      const at = running(state, "appoint");
      if (isRefusal(at)) return at;
      if (person === principal.id) return refuse("evaluation_expert_is_the_appointer");
      if (hasInterest(state, organisation, ports)) {
        return refuse("evaluation_expert_has_an_interest", { field: "/organisation" });
      }
      const known = state.experts.find((row) => row.person === person);
      if (known !== undefined) return refuse(`evaluation_expert_is_${known.state}`);
      const { pilot, round } = at.evaluation;
      return {
        entries: [],
        changes: [
          change(appointExpertRow, {
            ...{ pilot, round, person, organisation },
            ...{ appointed_by: principal.id, appointed_at: toIso(now) },
          }),
        ],
        answer: { pilot, round, person },
      };
    },
  };
}

const recusing = expertRecusalContract.extend({ pilot: slugContract });

/**
 * `sandbox.recuse_expert`: by himself, or by the supervisor. What he scored is set aside. Refuses with
 * pilot_unknown, evaluation_unknown, the evaluation's own code, evaluation_expert_not_appointed, the
 * expert's own code.
 */
export const recuseExpert: Command<Readonly<z.infer<typeof recusing>>, Graduating> = {
  ...STEPS,
  name: "sandbox.recuse_expert",
  contract: recusing,
  may: ["expert", "supervisor_officer", "supervisor_approver"],
  decide({ state, command: { person, reason }, principal, now }) {
    const at = running(state, "recuse");
    if (isRefusal(at)) return at;
    const known = state.experts.find((row) => row.person === person);
    const supervises = principal.roles.some((role) => role !== "expert");
    if (known === undefined || (!supervises && person !== principal.id)) {
      return refuse("evaluation_expert_not_appointed", { field: "/person" });
    }
    const to = after(EXPERT_TABLE, known.state, "recuse");
    if (isRefusal(to)) return to;
    const { pilot, round } = at.evaluation;
    const given = standing(state, "opinion").filter(({ author }) => author === person);
    return {
      entries: [],
      changes: [
        ...settingAside(given),
        change(recuseExpertRow, {
          ...{ pilot, round, person, reason },
          ...{ recused_by: principal.id, recused_at: toIso(now) },
        }),
      ],
      answer: { pilot, round, person },
    };
  },
};

const scoring = expertOpinionContract.extend({ pilot: slugContract });

/**
 * `sandbox.submit_opinion`. Refuses with pilot_unknown, evaluation_unknown, the evaluation's own code,
 * evaluation_expert_not_appointed, the expert's own code, evaluation_expert_has_an_interest,
 * evaluation_opinion_is_given, evaluation_evidence_not_filed.
 */
export function submitOpinion(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof scoring>>, Resting> {
  return {
    ...RESTING_STEPS,
    name: "sandbox.submit_opinion",
    contract: scoring,
    may: ["expert"],
    decide({ state, command, principal, now, id }) {
      const at = running(state, "score");
      if (isRefusal(at)) return at;
      const { pilot, round } = at.evaluation;
      const { id: author, organisation } = principal;
      const known = state.experts.find((row) => row.person === author);
      if (known?.organisation !== organisation) return refuse("evaluation_expert_not_appointed");
      if (known.state === "recused") return refuse("evaluation_expert_is_recused");
      // Terms may have named another operator since the appointment.
      if (hasInterest(state, organisation, ports)) {
        return refuse("evaluation_expert_has_an_interest");
      }
      const given = standing(state, "opinion").some((one) => one.author === author);
      if (given) return refuse("evaluation_opinion_is_given");
      const missing = notFiled(state, command, principal);
      if (missing !== undefined) return missing;
      const { scores, opinion } = command;
      const body = { scores, opinion };
      return {
        entries: [],
        changes: [
          change(fileReport, {
            ...{ id, pilot, round, kind: "opinion", body, author, organisation, at: toIso(now) },
          }),
        ],
        answer: { pilot, round, report: id },
      };
    },
  };
}

const concluding = z.strictObject({ pilot: slugContract });

/**
 * `sandbox.conclude_review`: every expert has scored, and all criteria are measured as of now. Refuses
 * with pilot_unknown, evaluation_unknown, the evaluation's own code, evaluation_opinions_outstanding,
 * evaluation_experts_too_few, the codes of `measuring`.
 */
export function concludeReview(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof concluding>>, Graduating, MeasuredFacts> {
  return {
    ...STEPS,
    name: "sandbox.conclude_review",
    contract: concluding,
    may: ["supervisor_officer", "supervisor_approver"],
    prepare: ({ pilot }) => readMeasured(ports, pilot),
    decide({ state, facts, principal, now }) {
      const at = running(state, "conclude_review");
      if (isRefusal(at)) return at;
      const missing = opinionsMissing(state);
      if (missing !== undefined) return missing;
      const measured = measuring(state, { at, facts, principal, now });
      if (isRefusal(measured)) return measured;
      const { pilot, round } = at.evaluation;
      return {
        entries: [],
        changes: [...measured.changes, stageTo(at.evaluation, at.to)],
        answer: { pilot, round, evaluation: at.to, ...measured.answer },
        leaves: [{ t: "evaluation", pilot, round, at: at.to }, ...measured.leaves],
      };
    },
  };
}

function opinionsMissing(state: Graduating): Refusal | undefined {
  const panel = state.experts.filter((row) => row.state === "appointed");
  const authors = standing(state, "opinion").map(({ author }) => author);
  const left = panel.filter(({ person }) => !authors.includes(person));
  if (left.length > 0) {
    return refuse("evaluation_opinions_outstanding", { params: { n: String(left.length) } });
  }
  const needed = limits.expertsLeast;
  if (authors.length >= needed) return undefined;
  const params = { given: String(authors.length), needed: String(needed) };
  return refuse("evaluation_experts_too_few", { params });
}

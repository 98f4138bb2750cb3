/**
 * `sandbox.arm`: a registered pilot gets its terms and its partitions; its policy is compiled,
 * rehearsed and carried to them, and the plan by which it would leave goes into the log. Nothing may
 * start before. Terms follow from the declaration, or are given for a pilot that stands on reported
 * facts. It refuses a partition that serves another pilot, terms that do not compile, a pilot without
 * an exit plan, and one whose pool is not funded or whose monitoring is silent.
 */
import {
  addDays,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { refuseStep, type StepRefusal } from "../step.refusals.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import { compilePlan, planLeaf } from "../exit/plan.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { issue, notIssued } from "../policy/issue.ts";
import { strayClause } from "../admission/admission.ts";
import { termsOf } from "../admission/terms.ts";
import { admissionContract, type Admission } from "../admission/admission.contract.ts";
import { refuse } from "../refusals.ts";
import { type Docket, loadDockets, shownOfDocket } from "../docket/docket.ts";
import { move } from "../pilot/pilot.ts";
import { type PilotRow, servePilot } from "../pilot/pilot.store.ts";
import { ARMING_GATES, type ArmingGate, type ArmingGates } from "../ports.ts";
import { endsTooSoon } from "./step.ts";

const contract = z.strictObject({
  pilot: slugContract,
  partitions: z.array(z.int().min(1).max(1_000_000)).min(1).max(1024),
  /** For a pilot that stands on reported facts; left out for one that was declared here. */
  admission: admissionContract.optional(),
});

type Content = Readonly<z.infer<typeof contract>>;

/** What `prepare` found: the gates that are not met. */
interface Gates {
  readonly unmet: readonly ArmingGate[];
}

/**
 * Refuses with pilot_unknown, the state's own code, the codes of `failedGates`, of `termsFor`,
 * partition_serves_another_pilot, pilot_wide_caps_need_one_partition, those of `compilePlan`,
 * policy_fails_its_self_test.
 */
export const armBehind = (gates: ArmingGates): Command<Content, Docket, Gates> => ({
  name: "sandbox.arm",
  class: "SERVICE",
  barrier: true,
  contract,
  may: ["system", "supervisor_officer"],
  keys: ({ pilot }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  // Terms that follow from a declaration ask for no heartbeat, so those that are given say it. The
  // demonstration is armed before anybody monitors it: there silence counts from the first beat.
  prepare: async ({ pilot, admission }) => ({
    unmet: await gates.unmet(
      pilot,
      admission?.demo ? undefined : admission?.heartbeat?.silentSeconds,
    ),
  }),
  load: (tx, partition, questions) =>
    loadDockets(tx, partition, { questions, of: { slugOf: ({ pilot }) => pilot } }),
  shown: shownOfDocket,
  decide({ state, command, facts, now, id }) {
    const { pilot } = state;
    const { pilot: slug, partitions } = command;
    if (pilot === undefined) return refuse("pilot_unknown");
    const to = move(pilot.state, "arm");
    if (isRefusal(to)) return to;
    const closed = failedGates(facts.unmet);
    if (closed !== undefined) return closed;
    const admission = termsFor(pilot, {
      ...{ given: command.admission, applicant: state.application?.organisation, now },
    });
    if (isRefusal(admission)) return admission;
    const taken = state.served.find((row) => partitions.includes(row.served));
    if (taken !== undefined) {
      const params = { partition: String(taken.served) };
      return refuse("partition_serves_another_pilot", { params });
    }
    const wide = pilotWide(admission);
    if (new Set(partitions).size > 1 && wide !== undefined) {
      return refuse("pilot_wide_caps_need_one_partition", { params: { limit: wide } });
    }
    const plan = compilePlan(pilot);
    if (isRefusal(plan)) return plan;
    const period = periodFrom(now, admission);
    const issued = issue({ pilot, to, admission, tightenings: [], period, now });
    if (notIssued(issued)) return issued;
    const ready = { id, pilot: slug, at: now, kind: "ready" as const };
    return {
      entries: [],
      changes: [
        ...issued.changes,
        ...[...new Set(partitions)].map((served) => change(servePilot, { served, pilot: slug })),
        publish({ ...ready, text: STEP_NOTICES.ready(pilot.body.name) }),
      ],
      answer: { pilot: slug, phase: to, policy: issued.policy.version, hash: issued.hash },
      jobs: issued.jobs,
      leaves: [...issued.leaves, planLeaf(plan)],
    };
  },
});

const GATE_REFUSALS = {
  funded_pool: "arm_needs_funded_pool",
  fresh_heartbeat: "arm_needs_fresh_heartbeat",
} as const satisfies Record<ArmingGate, StepRefusal>;

/** The first gate that is not met, with all others listed. */
function failedGates(unmet: readonly ArmingGate[]): Refusal | undefined {
  const codes = ARMING_GATES.filter((gate) => unmet.includes(gate)).map(
    (gate) => GATE_REFUSALS[gate],
  );
  const [first] = codes;
  return first && refuseStep(first, { failed: codes.map((code) => ({ code })) });
}

/**
 * The terms that will bind. Refuses terms_come_from_the_declaration, terms_not_given,
 * admission_is_for_another_pilot, cap_cites_no_declared_clause, assessment_ends_before_the_test.
 */
function termsFor(
  pilot: PilotRow,
  of: {
    readonly given: Admission | undefined;
    readonly applicant: string | undefined;
    readonly now: Instant;
  },
): Admission | Refusal {
  const own = termsOf(pilot.body, of.applicant);
  if (own !== undefined) {
    if (of.given !== undefined) return refuseStep("terms_come_from_the_declaration");
    const end = addDays(shanghaiDate(of.now), own.periodDays - 1);
    return endsTooSoon(pilot.body, end) ?? own;
  }
  const { given } = of;
  if (given === undefined) return refuseStep("terms_not_given", { field: "/admission" });
  if (given.pilot !== pilot.slug) return refuse("admission_is_for_another_pilot");
  const clause = strayClause(given, pilot.body);
  return clause === undefined
    ? given
    : refuse("cap_cites_no_declared_clause", { params: { clause } });
}

/**
 * The first limit with one balance for the whole pilot. Until partitions lease blocks of such a cap
 * from one another, only a single partition can keep it exactly.
 */
function pilotWide(admission: Admission): string | undefined {
  return admission.caps.find((cap) => cap.scope === "pilot" && cap.measure !== "single")?.id;
}

/** From `now` to the end of the last day, in Asia/Shanghai, of as many days as the terms allow. */
export function periodFrom(now: Instant, admission: Admission): { from: string; to: string } {
  const end = shanghaiMidnight(addDays(shanghaiDate(now), admission.periodDays));
  return { from: toIso(now), to: toIso(end) };
}

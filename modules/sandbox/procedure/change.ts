/**
 * A change of the declaration while the test runs. `sandbox.request_change` by the applicant's
 * approver: a material change is published and consulted on while the pilot goes on under the old
 * policy; an editorial one goes by two. `sandbox.adopt_change` puts the new version and its policy
 * in force at its commit; `sandbox.refuse_change` and `sandbox.withdraw_change` end the request.
 */
import {
  addDays,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal, type Text } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { termsOf } from "../admission/terms.ts";
import { type ChangeEvent, moveChange } from "../change/change.ts";
import { addChange, type ChangeRow, settleChange } from "../change/change.store.ts";
import { slugContract, textContract } from "../declaration/declaration.contract.ts";
import { weightsOf } from "../declaration/difference.ts";
import type { Docket, Standing } from "../docket/docket.ts";
import { compilePlan, planLeaf } from "../exit/plan.ts";
import { publish as publishNotice, STEP_NOTICES } from "../notice/notice.ts";
import { standsAt } from "../pilot/pilot.ts";
import { restatePilot } from "../pilot/pilot.store.ts";
import { issue, type Issued, notIssued } from "../policy/issue.ts";
import { failedConsultation } from "./answering.ts";
import { endRound, madePublic, roundFrom, rule } from "./review.ts";
import {
  endsTooSoon,
  moving,
  SIGNED_STEPS,
  signed,
  signedContract,
  STEPS,
  withStanding,
} from "./step.ts";

const requestContract = signedContract.extend({ pilot: slugContract });
const ofChange = z.strictObject({ pilot: slugContract, change: z.uuid() });
const refuseContract = ofChange.extend({ reasons: z.array(textContract).min(1).max(20) });

/** The request that is not settled yet, if there is one. */
function openChange({ changes }: Docket): ChangeRow | undefined {
  return changes.find((row) => row.state === "requested");
}

/**
 * Refuses pilot_unknown, the state's own code, change_is_open, version_already_in_force and the
 * codes of `signed`.
 */
export const requestChange: Command<Readonly<z.infer<typeof requestContract>>, Docket> = {
  ...SIGNED_STEPS,
  name: "sandbox.request_change",
  contract: requestContract,
  decide: moving("request_change", ({ standing, command, principal, now, id }) => {
    const { pilot, latest, changes } = standing;
    const open = openChange(standing);
    if (open !== undefined) {
      return refuseStep("change_is_open", { params: { number: String(open.number) } });
    }
    const { version } = command;
    if (version === pilot.declaration) {
      return refuseStep("version_already_in_force", { params: { version: String(version) } });
    }
    const signatures = signed(standing, { command, principal, now });
    if (isRefusal(signatures)) return signatures;
    const weights = weightsOf(pilot.body, latest.body);
    const material = weights.length > 0;
    const days = limits.consultationDays;
    const round = material ? roundFrom(standing, { version, days, now }) : undefined;
    const number = (changes.at(-1)?.number ?? 0) + 1;
    const text = STEP_NOTICES.change_published({ name: pilot.body.name, version, material });
    const notice = { id: `${id}/change`, kind: "change_published" as const, at: now, text };
    return {
      entries: [],
      changes: [
        ...signatures,
        ...(round?.changes ?? madePublic(standing, version, now)),
        change(addChange, {
          ...{ pilot: pilot.slug, id, number, version, round: round?.round ?? null },
          ...{ state: "requested" as const, requested_at: toIso(now) },
        }),
        publishNotice({ ...notice, pilot: pilot.slug }),
      ],
      answer: { pilot: pilot.slug, change: id, number, version, weights },
    };
  }),
};

/** The request that a command names, if `event` may still settle it, or why not. */
function namedChange(standing: Standing, named: string, event: ChangeEvent): ChangeRow | Refusal {
  const found = standing.changes.find((row) => row.id === named);
  if (found === undefined) return refuseStep("change_unknown", { field: "/change" });
  const to = moveChange(found.state, event);
  return isRefusal(to) ? to : found;
}

const ADOPTS_IN: readonly string[] = ["testing", "restricted", "suspended"];

/**
 * Refuses pilot_unknown, pilot_has_no_application, the state's own code, change_unknown,
 * change_is_settled, the codes of `failedConsultation` for a material change,
 * assessment_ends_before_the_test, policy_fails_its_self_test, the codes of `compilePlan`.
 */
export const adoptChange: Command<Readonly<z.infer<typeof ofChange>>, Docket> = {
  ...STEPS,
  name: "sandbox.adopt_change",
  contract: ofChange,
  fourEyes: { approvers: ["supervisor_approver"] },
  may: ["supervisor_officer", "supervisor_approver"],
  decide: withStanding(({ standing, command, now, id }) => {
    const { pilot, latest } = standing;
    if (!ADOPTS_IN.includes(pilot.state)) return standsAt(pilot.state);
    const asked = namedChange(standing, command.change, "adopt");
    if (isRefusal(asked)) return asked;
    const { version } = asked;
    const unheard = asked.round === null ? undefined : failedConsultation(standing, version);
    if (unheard !== undefined) return unheard;
    const issued = issueFor(standing, asked, now);
    if (notIssued(issued)) return issued;
    const plan = compilePlan({ ...pilot, declaration: version, body: latest.body });
    if (isRefusal(plan)) return plan;
    const text = STEP_NOTICES.change_adopted({ name: pilot.body.name, version, material: false });
    const notice = { id: `${id}/adopted`, kind: "change_adopted" as const, at: now, text };
    return {
      entries: [],
      changes: [
        change(settleChange, { id: asked.id, state: "adopted", settled_at: toIso(now) }),
        ...issued.changes,
        change(restatePilot, { slug: pilot.slug, declaration: version }),
        publishNotice({ ...notice, pilot: pilot.slug }),
      ],
      answer: { pilot: pilot.slug, version, policy: issued.policy.version, hash: issued.hash },
      jobs: issued.jobs,
      leaves: [...issued.leaves, planLeaf(plan)],
    };
  }),
};

/** The policy of the new version: its terms, its period from the same start, all directives kept. */
function issueFor(standing: Standing, asked: ChangeRow, now: Instant): Issued | Refusal {
  const { pilot, latest, directives, application } = standing;
  // A later version may be on file, but only the one that was asked for can have been consulted on.
  if (latest.version !== asked.version) {
    const params = { latest: String(latest.version), version: String(asked.version) };
    return refuseStep("version_not_latest", { params });
  }
  const admission = termsOf(latest.body, application.organisation);
  assert.ok(admission !== undefined && pilot.period_from !== null, "a pilot under test has both");
  const from = shanghaiDate(pilot.period_from);
  const early = endsTooSoon(latest.body, addDays(from, admission.periodDays - 1));
  if (early !== undefined) return early;
  const tightenings = directives.filter((row) => row.status !== "lifted");
  const to = toIso(shanghaiMidnight(addDays(from, admission.periodDays)));
  return issue({
    ...{ pilot: { ...pilot, body: latest.body }, to: pilot.state, admission, tightenings, now },
    period: { from: toIso(pilot.period_from), to },
  });
}

/** Refuses pilot_unknown, pilot_has_no_application, change_unknown, change_is_settled. */
export const refuseChange: Command<Readonly<z.infer<typeof refuseContract>>, Docket> = {
  ...STEPS,
  name: "sandbox.refuse_change",
  contract: refuseContract,
  fourEyes: { approvers: ["supervisor_approver"] },
  may: ["supervisor_officer", "supervisor_approver"],
  decide: withStanding(({ standing, command, now, id }) => {
    const asked = namedChange(standing, command.change, "refuse");
    if (isRefusal(asked)) return asked;
    const { pilot } = standing;
    const text = refusedText(pilot.body.name, command.reasons);
    const notice = { id: `${id}/refused`, kind: "change_refused" as const, at: now, text };
    return {
      entries: [],
      changes: [
        change(settleChange, { id: asked.id, state: "refused", settled_at: toIso(now) }),
        rule(standing, { id, kind: "change_refused", reasons: command.reasons, now }),
        ...endRound(standing, "refuse", now),
        publishNotice({ ...notice, pilot: pilot.slug }),
      ],
      answer: { pilot: pilot.slug, change: asked.id, state: "refused" },
    };
  }),
};

function refusedText(name: Text, reasons: readonly Text[]): Text {
  return {
    zh: `${name.zh}提出的变更未获同意。理由：${reasons.map(({ zh }) => zh).join("；")}`,
    en: `The change of ${name.en} is not accepted. Reasons: ${reasons.map(({ en }) => en).join("; ")}`,
  };
}

/** Refuses pilot_unknown, change_unknown, change_is_settled. */
export const withdrawChange: Command<Readonly<z.infer<typeof ofChange>>, Docket> = {
  ...STEPS,
  name: "sandbox.withdraw_change",
  contract: ofChange,
  may: ["institution_approver"],
  decide: withStanding(({ standing, command, now }) => {
    const asked = namedChange(standing, command.change, "withdraw");
    if (isRefusal(asked)) return asked;
    return {
      entries: [],
      changes: [
        change(settleChange, { id: asked.id, state: "withdrawn", settled_at: toIso(now) }),
        ...endRound(standing, "withdraw", now),
      ],
      answer: { pilot: standing.pilot.slug, change: asked.id, state: "withdrawn" },
    };
  }),
};

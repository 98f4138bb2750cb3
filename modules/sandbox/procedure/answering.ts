/**
 * After the consultation: `sandbox.close_consultation` by the clock, `sandbox.amend` by the
 * applicant (a material amendment asks the public again), `sandbox.register` by two, with a number
 * that is issued once, and `sandbox.withdraw`, at any time before the test.
 */
import {
  addDays,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  shanghaiYear,
  toIso,
} from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { moveRound } from "../consultation/consultation.ts";
import { closeRound, coverVersion, type RoundRow } from "../consultation/consultation.store.ts";
import { leadCode } from "../declaration/completeness.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import { weightsOf } from "../declaration/difference.ts";
import type { Docket, Standing } from "../docket/docket.ts";
import { publish as publishNotice, STEP_NOTICES } from "../notice/notice.ts";
import { move } from "../pilot/pilot.ts";
import { notIssued, reissue } from "../policy/issue.ts";
import { issueNumber, numberText } from "../registration/registration.store.ts";
import { endRound, madePublic, roundFrom } from "./review.ts";
import {
  endsTooSoon,
  moving,
  SIGNED_STEPS,
  signed,
  signedContract,
  STEPS,
  stepTo,
  withStanding,
} from "./step.ts";

const ofPilot = z.strictObject({ pilot: slugContract });
const closeContract = ofPilot.extend({ round: z.int().min(1) });
const amendContract = signedContract.extend({ pilot: slugContract });

/**
 * Refuses pilot_unknown, pilot_has_no_application, consultation_absent, consultation_closed,
 * consultation_not_due.
 */
export const closeConsultation: Command<Readonly<z.infer<typeof closeContract>>, Docket> = {
  ...STEPS,
  name: "sandbox.close_consultation",
  contract: closeContract,
  may: ["system"],
  decide: withStanding(({ standing, command, now, id }) => {
    const { pilot, rounds } = standing;
    const round = rounds.find((row) => row.round === command.round);
    if (round === undefined) return refuseStep("consultation_absent");
    const ended = moveRound(round.ended, "close");
    if (isRefusal(ended)) return ended;
    if (now < round.closes_at) return refuseStep("consultation_not_due");
    const closed = { closed_at: toIso(now), ended };
    const notice = { id: `${id}/closed`, kind: "consultation_closed" as const, at: now };
    const text = STEP_NOTICES.consultation_closed(pilot.body.name);
    const answering = pilot.state === "consultation";
    return {
      entries: [],
      changes: [
        change(closeRound, { pilot: pilot.slug, round: round.round, ...closed }),
        ...(answering ? [stepTo(standing, { state: "answering", now })] : []),
        publishNotice({ ...notice, pilot: pilot.slug, text }),
      ],
      answer: { pilot: pilot.slug, round: round.round, comments: round.comments },
    };
  }),
};

/** Refuses pilot_unknown, the state's own code, version_already_in_force and the codes of `signed`. */
export const amend: Command<Readonly<z.infer<typeof amendContract>>, Docket> = {
  ...SIGNED_STEPS,
  name: "sandbox.amend",
  contract: amendContract,
  decide: withStanding(({ standing, command, principal, now, id }) => {
    const { pilot, latest } = standing;
    const weights = weightsOf(pilot.body, latest.body);
    const event = weights.length > 0 ? "amend_materially" : "amend_editorially";
    const to = move(pilot.state, event);
    if (isRefusal(to)) return to;
    const { version } = command;
    if (version === pilot.declaration) {
      return refuseStep("version_already_in_force", { params: { version: String(version) } });
    }
    const signatures = signed(standing, { command, principal, now });
    if (isRefusal(signatures)) return signatures;
    const early = endsTooSoon(latest.body, latest.body.testPeriod.to ?? "");
    if (early !== undefined) return early;
    const notice = { id: `${id}/amended`, pilot: pilot.slug, at: now, kind: "amended" as const };
    const said = { name: pilot.body.name, version, material: weights.length > 0 };
    return {
      entries: [],
      changes: [
        ...signatures,
        ...consultedAgain(standing, { version, material: said.material, now }),
        stepTo(standing, { state: to, now, declaration: version }),
        publishNotice({ ...notice, text: STEP_NOTICES.amended(said) }),
      ],
      answer: { pilot: pilot.slug, phase: to, version, weights },
      leaves: [{ t: "declaration", pilot: pilot.slug, version, hash: hashOfVersion(standing) }],
    };
  }),
};

function hashOfVersion({ filings, latest }: Standing): string {
  return filings.find((row) => row.version === latest.version)?.hash ?? "";
}

/** Another round for a material amendment; for an editorial one the last round covers it too. */
function consultedAgain(
  standing: Standing,
  of: { readonly version: number; readonly material: boolean; readonly now: Instant },
): readonly Change[] {
  const { version, material, now } = of;
  const last = standing.rounds.at(-1);
  if (material || last === undefined) {
    return roundFrom(standing, { version, days: limits.consultationDays, now }).changes;
  }
  const { pilot, round } = last;
  return [
    change(coverVersion, { pilot, round, covers: version }),
    ...madePublic(standing, version, now),
  ];
}

/**
 * Refuses pilot_unknown, pilot_has_no_application, the state's own code and the codes of
 * `failedConsultation`; numbers_used_up.
 */
export const register: Command<Readonly<z.infer<typeof ofPilot>>, Docket> = {
  ...STEPS,
  name: "sandbox.register",
  contract: ofPilot,
  fourEyes: { approvers: ["supervisor_approver"] },
  may: ["supervisor_officer", "supervisor_approver"],
  decide: moving("register", ({ standing, to, command, now, id }) => {
    const { pilot } = standing;
    const wrong = failedConsultation(standing, pilot.declaration);
    if (wrong !== undefined) return wrong;
    const number = nextNumber(standing, now);
    if (isRefusal(number)) return number;
    const at = { id: `${id}/registered`, pilot: pilot.slug, at: now, kind: "registered" as const };
    const startBy = shanghaiMidnight(addDays(shanghaiDate(now), limits.startWithinDays + 1));
    return {
      entries: [],
      changes: [
        change(issueNumber, {
          ...{ pilot: pilot.slug, version: pilot.declaration, ...number },
          ...{ at: toIso(now), start_by: toIso(startBy) },
        }),
        stepTo(standing, { state: to, now }),
        publishNotice({ ...at, text: STEP_NOTICES.registered(pilot.body.name) }),
      ],
      answer: {
        ...{ pilot: command.pilot, phase: to, number: numberText(number) },
        startBy: toIso(startBy),
      },
      leaves: [{ t: "registration", pilot: pilot.slug, number: numberText(number) }],
    };
  }),
};

/**
 * Whether the public was asked about `version` and heard: pilot_was_never_consulted,
 * comments_wait_for_moderation, comments_unanswered. Comments of earlier rounds count too.
 */
export function failedConsultation(standing: Standing, version: number): Refusal | undefined {
  const last = standing.rounds.at(-1);
  if (last?.ended !== "clock" || last.covers !== version) {
    return refuseStep("pilot_was_never_consulted");
  }
  const sum = (of: (row: RoundRow) => number) =>
    standing.rounds.reduce((total, row) => total + of(row), 0);
  const waiting = sum((row) => row.waiting);
  if (waiting > 0) {
    return refuseStep("comments_wait_for_moderation", { params: { n: String(waiting) } });
  }
  const unanswered = sum((row) => row.unanswered);
  if (unanswered > 0) {
    return refuseStep("comments_unanswered", { params: { n: String(unanswered) } });
  }
  return undefined;
}

const NUMBERS_OF_YEAR = 9999;

/** The next number of the leading institution in this year, counted by Beijing's calendar. */
function nextNumber(standing: Standing, now: Instant) {
  const uscc = leadCode(standing.pilot.body) ?? "";
  const year = Number(shanghaiYear(now));
  const last = standing.lastNumbers.find((row) => row.uscc === uscc && row.year === year);
  const seq = (last?.seq ?? 0) + 1;
  return seq > NUMBERS_OF_YEAR ? refuseStep("numbers_used_up") : { uscc, year, seq };
}

/** Refuses pilot_unknown and the state's own code. */
export const withdraw: Command<Readonly<z.infer<typeof ofPilot>>, Docket> = {
  ...STEPS,
  name: "sandbox.withdraw",
  contract: ofPilot,
  may: ["institution_approver"],
  decide: moving("withdraw", ({ standing, to, command, now, id }) => {
    const { pilot, application } = standing;
    const notice = {
      id: `${id}/withdrawn`,
      pilot: pilot.slug,
      at: now,
      kind: "withdrawn" as const,
    };
    const text = STEP_NOTICES.withdrawn(pilot.body.name);
    // A ready pilot has a policy already: its partitions are told that nothing lives there.
    const issued = pilot.policy === 0 ? undefined : reissue({ pilot, to, tightenings: [], now });
    if (issued !== undefined && notIssued(issued)) return issued;
    return {
      entries: [],
      changes: [
        ...endRound(standing, "withdraw", now),
        ...(issued?.changes ?? [stepTo(standing, { state: to, now })]),
        ...(application.published_at === null ? [] : [publishNotice({ ...notice, text })]),
      ],
      answer: { pilot: command.pilot, phase: to },
      jobs: issued?.jobs ?? [],
      leaves: issued?.leaves ?? [],
    };
  }),
};

/**
 * From the applicant's desk to the public's: `sandbox.submit` by an approver who did not draft,
 * `sandbox.return` with reasons, `sandbox.accept`, `sandbox.publish` by two, which opens the
 * consultation, and `sandbox.refuse` by two, which is final and public.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Text } from "@sandbank/kernel/words";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { addRuling, publishApplication, publishVersion } from "../application/application.store.ts";
import { moveRound } from "../consultation/consultation.ts";
import { closeRound, openRound } from "../consultation/consultation.store.ts";
import { slugContract, textContract } from "../declaration/declaration.contract.ts";
import type { Docket, Standing } from "../docket/docket.ts";
import { publish as publishNotice, STEP_NOTICES } from "../notice/notice.ts";
import {
  endsTooSoon,
  moving,
  SIGNED_STEPS,
  signed,
  signedContract,
  STEPS,
  stepTo,
  windowEnd,
} from "./step.ts";

const ofPilot = z.strictObject({ pilot: slugContract });
const submitContract = signedContract.extend({ pilot: slugContract });
const withReasons = ofPilot.extend({ reasons: z.array(textContract).min(1).max(20) });
const publishContract = ofPilot.extend({
  /** Whole days from the day after; the least that the supervisor allows unless told. */
  days: z.int().min(1).max(365).optional(),
});

/** Refuses pilot_unknown, the state's own code and the codes of `signed`. */
export const submit: Command<Readonly<z.infer<typeof submitContract>>, Docket> = {
  ...SIGNED_STEPS,
  name: "sandbox.submit",
  contract: submitContract,
  decide: moving("submit", ({ standing, to, command, principal, now }) => {
    const signatures = signed(standing, { command, principal, now });
    if (isRefusal(signatures)) return signatures;
    return {
      entries: [],
      changes: [...signatures, stepTo(standing, { state: to, now })],
      answer: { pilot: command.pilot, phase: to, version: command.version },
    };
  }),
};

/** Refuses pilot_unknown, pilot_has_no_application and the state's own code. */
export const returnToDraft: Command<Readonly<z.infer<typeof withReasons>>, Docket> = {
  ...STEPS,
  name: "sandbox.return",
  contract: withReasons,
  may: ["supervisor_officer"],
  decide: moving("return", ({ standing, to, command, now, id }) => {
    const ruling = rule(standing, { id, kind: "returned", reasons: command.reasons, now });
    return {
      entries: [],
      changes: [ruling, stepTo(standing, { state: to, now })],
      answer: { pilot: command.pilot, phase: to },
    };
  }),
};

/** Refuses pilot_unknown, pilot_has_no_application and the state's own code. */
export const accept: Command<Readonly<z.infer<typeof ofPilot>>, Docket> = {
  ...STEPS,
  name: "sandbox.accept",
  contract: ofPilot,
  may: ["supervisor_officer"],
  decide: moving("accept", ({ standing, to, command, now }) => ({
    entries: [],
    changes: [stepTo(standing, { state: to, now })],
    answer: { pilot: command.pilot, phase: to },
  })),
};

/**
 * Opens the consultation. Refuses pilot_unknown, pilot_has_no_application, the state's own code,
 * assessment_ends_before_the_test, consultation_window_too_short.
 */
export const publish: Command<Readonly<z.infer<typeof publishContract>>, Docket> = {
  ...STEPS,
  name: "sandbox.publish",
  contract: publishContract,
  fourEyes: { approvers: ["supervisor_approver"] },
  may: ["supervisor_officer", "supervisor_approver"],
  decide: moving("publish", ({ standing, to, command, now, id }) => {
    const { pilot } = standing;
    const early = endsTooSoon(pilot.body, pilot.body.testPeriod.to ?? "");
    if (early !== undefined) return early;
    const least = limits.consultationDays;
    const days = command.days ?? least;
    if (days < least) {
      const params = { least: String(least) };
      return refuseStep("consultation_window_too_short", { field: "/days", params });
    }
    const round = roundFrom(standing, { version: pilot.declaration, days, now });
    const notice = {
      id: `${id}/published`,
      pilot: pilot.slug,
      at: now,
      kind: "published" as const,
    };
    return {
      entries: [],
      changes: [
        ...round.changes,
        stepTo(standing, { state: to, now }),
        publishNotice({ ...notice, text: STEP_NOTICES.published(pilot.body.name) }),
      ],
      answer: { pilot: pilot.slug, phase: to, round: round.round, closes: toIso(round.closes) },
      leaves: [
        { t: "declaration", pilot: pilot.slug, version: pilot.declaration, hash: pilot.hash },
      ],
    };
  }),
};

/** Refuses pilot_unknown, pilot_has_no_application and the state's own code. */
export const refuseApplication: Command<Readonly<z.infer<typeof withReasons>>, Docket> = {
  ...STEPS,
  name: "sandbox.refuse",
  contract: withReasons,
  fourEyes: { approvers: ["supervisor_approver"] },
  may: ["supervisor_officer", "supervisor_approver"],
  decide: moving("refuse", ({ standing, to, command, now, id }) => {
    const { pilot } = standing;
    const notice = { id: `${id}/refused`, pilot: pilot.slug, at: now, kind: "refused" as const };
    return {
      entries: [],
      changes: [
        rule(standing, { id, kind: "refused", reasons: command.reasons, now }),
        ...endRound(standing, "refuse", now),
        ...madePublic(standing, pilot.declaration, now),
        stepTo(standing, { state: to, now }),
        publishNotice({ ...notice, text: refusedText(pilot.body.name, command.reasons) }),
      ],
      answer: { pilot: pilot.slug, phase: to },
    };
  }),
};

function refusedText(name: Text, reasons: readonly Text[]): Text {
  return {
    zh: `${name.zh}的申报未获通过。理由：${reasons.map(({ zh }) => zh).join("；")}`,
    en: `The application of ${name.en} is refused. Reasons: ${reasons.map(({ en }) => en).join("; ")}`,
  };
}

/** A decision on file with its reasons. */
export function rule(
  standing: Standing,
  of: {
    readonly id: string;
    readonly kind: "returned" | "refused" | "change_refused";
    readonly reasons: readonly Text[];
    readonly now: Instant;
  },
): Change {
  const { id, kind, reasons, now } = of;
  const { slug, declaration } = standing.pilot;
  return change(addRuling, {
    ...{ pilot: slug, id, version: declaration, kind },
    ...{ reasons: JSON.stringify(reasons), at: toIso(now) },
  });
}

/** The next round of consultation, on `version`, which everybody may read from now on. */
export function roundFrom(
  standing: Standing,
  of: { readonly version: number; readonly days: number; readonly now: Instant },
): { readonly round: number; readonly closes: Instant; readonly changes: readonly Change[] } {
  const { version, days, now } = of;
  const { slug } = standing.pilot;
  const round = (standing.rounds.at(-1)?.round ?? 0) + 1;
  const closes = windowEnd(now, days);
  const at = { opened_at: toIso(now), closes_at: toIso(closes) };
  return {
    ...{ round, closes },
    changes: [
      change(openRound, { pilot: slug, round, version, ...at }),
      ...madePublic(standing, version, now),
    ],
  };
}

/** From now on everybody may read the pilot, and this version. */
export function madePublic({ pilot }: Standing, version: number, now: Instant): readonly Change[] {
  const at = toIso(now);
  return [
    change(publishApplication, { pilot: pilot.slug, at }),
    change(publishVersion, { pilot: pilot.slug, version, at }),
  ];
}

/** Ends the open round, if there is one, before its time. */
export function endRound(
  standing: Standing,
  event: "refuse" | "withdraw",
  now: Instant,
): readonly Change[] {
  return standing.rounds.flatMap(({ pilot, round, ended: from }) => {
    const ended = moveRound(from, event);
    if (isRefusal(ended)) return [];
    return [change(closeRound, { pilot, round, closed_at: toIso(now), ended })];
  });
}

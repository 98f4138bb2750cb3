/**
 * `sandbox.comment` by anybody while a round of consultation is open, `sandbox.moderate` by the
 * supervisor's staff with published reasons, `sandbox.answer` by the applicant. An admitted comment
 * that has no answer keeps its pilot from being registered. A comment becomes this command only
 * after the edge has checked its form, masked its numbers and kept its words apart, where
 * `sandbox.erase_comment` takes them away on demand: the command names them and commits to them.
 *
 *   waiting ── admit ──▶ admitted ── answer ──▶ answered
 *      ├───── set aside, with a reason
 *      └───── duplicate of an admitted one, whose answer serves both
 */
import { toIso } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Command, type Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { type RoundRow } from "../consultation/consultation.store.ts";
import { clauseList } from "../declaration/clauses.ts";
import { hashContract, slugContract } from "../declaration/declaration.contract.ts";
import { type Docket, loadDockets, shownOfDocket, standingFor } from "../docket/docket.ts";
import { wordingContract } from "../wording/wording.ts";
import { claimWording, eraseWording } from "../wording/wording.store.ts";
import { moderationContract, newAnswerContract, newCommentContract } from "./comment.contract.ts";
import {
  addAnswer,
  addComment,
  type CommentRow,
  commentsIn,
  joinAnswer,
  judgeComment,
} from "./comment.store.ts";
import { moveComment } from "./standing.ts";

interface OfPilot {
  readonly pilot: string;
}

/** A docket with the comments that the command names. */
export interface Heard extends Docket {
  readonly comments: readonly CommentRow[];
}

async function loadHeard<C extends OfPilot>(
  tx: Tx,
  partition: number,
  asked: { readonly questions: readonly Loading<C, unknown>[]; idsOf(command: C): string[] },
): Promise<Heard[]> {
  const { questions, idsOf } = asked;
  const ids = questions.flatMap((question) => idsOf(question.command));
  const [dockets, comments] = await Promise.all([
    loadDockets(tx, partition, { questions, of: { slugOf: ({ pilot }) => pilot } }),
    ids.length === 0 ? [] : commentsIn(tx, partition, ids),
  ]);
  return dockets.map((docket) => ({ ...docket, comments }));
}

const COMMENTS = {
  class: "SERVICE",
  keys: ({ pilot }: OfPilot) => ({
    reads: [`pilot/${pilot}`],
    writes: [`pilot/${pilot}/comments`],
  }),
  shown: shownOfDocket,
} as const;

const commentContract = newCommentContract.pick({ clause: true }).extend({
  ...{ pilot: slugContract, wording: wordingContract },
  /** What is kept of the receipt code. */
  receipt: hashContract,
});

/**
 * Refuses consultation_absent, consultation_closed, comment_clause_unknown, consultation_full. May
 * only be brought by the edge, on behalf of somebody whom nobody knows.
 */
export const comment: Command<Readonly<z.infer<typeof commentContract>>, Docket> = {
  ...COMMENTS,
  name: "sandbox.comment",
  contract: commentContract,
  may: ["system"],
  load: (tx, partition, questions) =>
    loadDockets(tx, partition, { questions, of: { slugOf: ({ pilot }) => pilot } }),
  decide({ state, command, now, id }) {
    const round = openRoundOf(state);
    if (isRefusal(round)) return round;
    if (now >= round.closes_at) return refuseStep("consultation_closed");
    const asked = state.latest?.version === round.covers ? state.latest.body : state.pilot?.body;
    const { clause } = command;
    const known = asked !== undefined && clauseList(asked).some(({ key }) => key === clause);
    if (clause !== undefined && !known) {
      return refuseStep("comment_clause_unknown", { field: "/clause", params: { named: clause } });
    }
    if (round.comments >= limits.commentsOfRound) return refuseStep("consultation_full");
    const number = round.comments + 1;
    return {
      entries: [],
      changes: [
        change(claimWording, { id: command.wording.id }),
        change(addComment, {
          ...{ id, pilot: round.pilot, round: round.round, number, clause: clause ?? null },
          ...{ wording: command.wording.id, receipt: command.receipt, at: toIso(now) },
        }),
      ],
      answer: { pilot: round.pilot, round: round.round, number },
    };
  },
};

/** The round that takes comments, or consultation_absent, consultation_closed. */
function openRoundOf({ pilot, rounds }: Docket): RoundRow | Refusal {
  const last = rounds.at(-1);
  if (pilot === undefined || last === undefined) return refuseStep("consultation_absent");
  return last.ended === "" ? last : refuseStep("consultation_closed");
}

const moderateContract = z.strictObject({ pilot: slugContract, moderation: moderationContract });

/**
 * Refuses pilot_unknown, pilot_has_no_application, comment_unknown, comment_is_moderated,
 * comment_was_erased for whatever is not set aside, original_not_admitted.
 */
export const moderate: Command<Readonly<z.infer<typeof moderateContract>>, Heard> = {
  ...COMMENTS,
  name: "sandbox.moderate",
  contract: moderateContract,
  may: ["supervisor_officer"],
  load: (tx, partition, questions) =>
    loadHeard(tx, partition, {
      questions,
      idsOf: ({ moderation }) => [
        moderation.comment,
        ...(moderation.verdict === "duplicate" ? [moderation.of] : []),
      ],
    }),
  decide({ state, command: { moderation }, principal, now }) {
    const standing = standingFor(state, principal);
    if (isRefusal(standing)) return standing;
    const { slug } = standing.pilot;
    const find = (id: string) => state.comments.find((row) => row.id === id && row.pilot === slug);
    const found = find(moderation.comment);
    if (found === undefined) return refuseStep("comment_unknown", { field: "/comment" });
    const to = moveComment(found, moderation.verdict);
    if (isRefusal(to)) return to;
    if (found.body === null && moderation.verdict !== "set_aside") {
      return refuseStep("comment_was_erased");
    }
    const original = moderation.verdict === "duplicate" ? find(moderation.of) : undefined;
    if (moderation.verdict === "duplicate" && original?.state !== "admitted") {
      return refuseStep("original_not_admitted", { field: "/of" });
    }
    const states = { admit: "admitted", set_aside: "set_aside", duplicate: "duplicate" } as const;
    return {
      entries: [],
      changes: [
        change(judgeComment, {
          ...{ id: found.id, state: states[moderation.verdict] },
          reason: moderation.verdict === "set_aside" ? moderation.reason : null,
          original: original?.id ?? null,
          ...{ moderated_by: principal.id, moderated_at: toIso(now) },
        }),
      ],
      answer: { comment: found.id, number: found.number, state: states[moderation.verdict] },
    };
  },
};

const answerContract = newAnswerContract.extend({ pilot: slugContract });

/** Refuses pilot_unknown, comment_unknown, comment_not_admitted, comment_is_answered. */
export const answer: Command<Readonly<z.infer<typeof answerContract>>, Heard> = {
  ...COMMENTS,
  name: "sandbox.answer",
  contract: answerContract,
  may: ["institution_operator", "institution_approver"],
  load: (tx, partition, questions) =>
    loadHeard(tx, partition, { questions, idsOf: ({ comments }) => comments }),
  decide({ state, command, principal, now, id }) {
    const standing = standingFor(state, principal);
    if (isRefusal(standing)) return standing;
    const { slug } = standing.pilot;
    const asked = [...new Set(command.comments)];
    for (const one of asked) {
      const found = state.comments.find((row) => row.id === one && row.pilot === slug);
      if (found === undefined) return refuseStep("comment_unknown", { field: "/comments" });
      const to = moveComment(found, "answer");
      if (isRefusal(to)) return to;
    }
    const { text, changes } = command;
    return {
      entries: [],
      changes: [
        change(addAnswer, {
          ...{ id, pilot: slug, text, changes, answered_by: principal.id, at: toIso(now) },
        }),
        ...asked.map((one) => change(joinAnswer, { id: one, answer: id })),
      ],
      answer: { answer: id, comments: asked.length },
    };
  },
};

const erasing = z.strictObject({
  pilot: slugContract,
  comment: z.uuid().toLowerCase(),
  /** By receipt, for the author; the supervisor's staff need none. */
  receipt: hashContract.optional(),
});

/**
 * Erases author and words of a comment at any time, on its author's own demand or by the supervisor:
 * number, clause, verdict and answer stay. Refuses comment_unknown, also for a wrong receipt,
 * comment_was_erased.
 */
export const eraseComment: Command<Readonly<z.infer<typeof erasing>>, Heard> = {
  ...COMMENTS,
  name: "sandbox.erase_comment",
  contract: erasing,
  may: ["system", "supervisor_officer"],
  load: (tx, partition, questions) =>
    loadHeard(tx, partition, { questions, idsOf: ({ comment: id }) => [id] }),
  decide({ state, command, principal, now }) {
    const { pilot, receipt } = command;
    const found = state.comments.find((row) => row.id === command.comment && row.pilot === pilot);
    const theirs = receipt !== undefined && found?.receipt === receipt;
    if (found === undefined || !(theirs || principal.roles.includes("supervisor_officer"))) {
      return refuseStep("comment_unknown");
    }
    if (found.body === null) return refuseStep("comment_was_erased");
    return {
      entries: [],
      changes: [change(eraseWording, { id: found.wording, at: toIso(now) })],
      answer: { comment: found.id, round: found.round, number: found.number },
    };
  },
};

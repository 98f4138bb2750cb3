/**
 * Comments as they are read: by everybody once somebody has judged them, by their authors with the
 * receipt, by staff whole. And as they come in: checked, masked and turned into a command.
 */
import { toIso } from "@sandbank/kernel/clock";
import { sha256Hex } from "@sandbank/kernel/evidence";
import type { Guard } from "@sandbank/kernel/guard";
import { type Principal, systemPrincipal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import type { z } from "zod";
import { roundView } from "../application/view.ts";
import type {
  answerViewContract,
  Commented,
  CommentView,
  ConsultationsAnswer,
  NewComment,
  ReceiptView,
  staffCommentContract,
} from "../comment/comment.contract.ts";
import { COMMENT_LENGTH_MAX } from "../comment/comment.contract.ts";
import type { OutcomeAnswer } from "../contract.ts";
import {
  type AnswerRow,
  type CommentRow,
  findByReceipt,
  readAnswers,
  readComments,
} from "../comment/comment.store.ts";
import { readRounds } from "../consultation/consultation.store.ts";
import { findPublicPilot } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { refuseStep } from "../step.refusals.ts";
import { answerOf } from "../task/task.ts";
import { maskNumbersIn } from "../wording/masking.ts";
import { receiptHash } from "../wording/receipt.ts";
import { keepWording } from "../wording/wording.store.ts";
import { applicationFor } from "./applications.ts";

const AT = SANDBOX_PARTITION;

/** A comment on its way in. */
export interface Comment {
  readonly pilot: string;
  readonly said: NewComment;
  /** Names the comment, so that the same sent twice is one: the id that its form carried. */
  readonly id: string;
}

/** Who speaks for people whom nobody knows. */
const PUBLIC = systemPrincipal("public");

/** Where comments are kept, and through what they act. */
export interface CommentPorts {
  readonly store: Store;
  readonly guard: Guard;
}

/**
 * Takes a comment of somebody whom nobody knows. The command's id follows from what named the
 * comment and from what it says, so two strangers with one id do not stand in each other's way.
 */
export async function takeComment(
  { store, guard }: CommentPorts,
  comment: Comment,
): Promise<Commented | Refusal> {
  const { pilot, said } = comment;
  const body = plain(maskNumbersIn(said.body));
  if (body === "" || body.length > COMMENT_LENGTH_MAX) {
    return refuseStep("comment_says_nothing", { field: "/body" });
  }
  const author = plain(maskNumbersIn(said.author ?? "")).replaceAll("\n", " ");
  const named = [comment.id, pilot, said.clause ?? "", author, body];
  const id = `comment-${sha256Hex(JSON.stringify(named)).slice(0, 48)}`;
  // Words are kept before the command, so what nobody could comment on is sent away before that.
  if ((await findPublicPilot(store, AT, pilot)) === undefined) {
    return refuseStep("consultation_absent");
  }
  const { wording, receipt } = await keepWording(store, AT, {
    ...{ organisation: PUBLIC.organisation, command: id, field: "comment" },
    body: JSON.stringify({ body, author: author === "" ? null : author }),
  });
  const content = {
    ...{ pilot, wording, receipt: receiptHash(receipt) },
    ...(said.clause === undefined ? {} : { clause: said.clause }),
  };
  const outcome = answerOf(
    await guard.act({ partition: AT, id, principal: PUBLIC, command: "sandbox.comment", content }),
  );
  if (isRefusal(outcome)) return outcome;
  if (outcome.outcome !== "accepted") return refuse("answer_not_known_yet");
  const { round, number } = outcome.answer as { readonly round: number; readonly number: number };
  return { receipt, round, number };
}

/** The author erases the words of the comment with this receipt. Refuses as the command does. */
export async function eraseByReceipt(
  { store, guard }: CommentPorts,
  of: { readonly receipt: string; readonly id: string },
): Promise<OutcomeAnswer | Refusal> {
  const receipt = receiptHash(of.receipt);
  const row = receipt === undefined ? undefined : await findByReceipt(store, AT, receipt);
  if (row === undefined) return refuseStep("comment_unknown");
  const content = { pilot: row.pilot, comment: row.id, receipt };
  const call = { partition: AT, id: of.id, principal: PUBLIC, content };
  return answerOf(await guard.act({ ...call, command: "sandbox.erase_comment" }));
}

/** Text without control signs, trimmed. */
function plain(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[\p{Cc}--[\n\t]]/gv, "")
    .trim();
}

/** Rounds on a pilot and what was said in them; undefined where the public knows of no such pilot. */
export async function consultationsOn(
  store: Store,
  slug: string,
): Promise<ConsultationsAnswer | undefined> {
  if ((await findPublicPilot(store, AT, slug)) === undefined) return undefined;
  const [rounds, comments, answers] = await Promise.all([
    readRounds(store, AT, slug),
    readComments(store, AT, slug),
    readAnswers(store, AT, slug),
  ]);
  return {
    pilot: slug,
    rounds: rounds.map(roundView),
    waiting: comments.filter((row) => row.state === "waiting").length,
    comments: comments.flatMap((row) => publicView(row, { comments, answers })),
  };
}

interface Beside {
  readonly comments: readonly CommentRow[];
  readonly answers: readonly AnswerRow[];
}

function publicView(row: CommentRow, beside: Beside): CommentView[] {
  const { state } = row;
  if (state === "waiting") return [];
  const isShown = state !== "set_aside";
  const original = beside.comments.find(({ id }) => id === row.original);
  return [
    {
      ...{ number: row.number, round: row.round, clause: row.clause, state, reason: row.reason },
      ...{ author: isShown ? row.author : null, body: isShown ? row.body : null },
      ...{ erased: row.body === null, at: toIso(row.at) },
      duplicateOf: original ? { round: original.round, number: original.number } : null,
      answer: answerOn(row, beside),
    },
  ];
}

/** The answer to a comment, or to the one that it is a duplicate of. */
function answerOn(row: CommentRow, beside: Beside): z.infer<typeof answerViewContract> | null {
  const own = beside.comments.find(({ id }) => id === row.original) ?? row;
  const found = beside.answers.find(({ id }) => id === own.answer);
  return found ? { text: found.text, changes: found.changes, at: toIso(found.at) } : null;
}

/** What became of the comment with this receipt. Refuses comment_unknown. */
export async function commentByReceipt(store: Store, code: string): Promise<ReceiptView | Refusal> {
  const hash = receiptHash(code);
  const row = hash === undefined ? undefined : await findByReceipt(store, AT, hash);
  const pilot = row && (await findPublicPilot(store, AT, row.pilot));
  if (row === undefined || pilot === undefined) return refuseStep("comment_unknown");
  const [comments, answers] = await Promise.all([
    readComments(store, AT, row.pilot),
    readAnswers(store, AT, row.pilot),
  ]);
  return {
    ...{ pilot: row.pilot, name: pilot.body.name, round: row.round, number: row.number },
    ...{ clause: row.clause, body: row.body, erased: row.body === null, at: toIso(row.at) },
    ...{ state: row.state, reason: row.reason },
    answer: answerOn(row, { comments, answers }),
  };
}

/** Every comment on an application, for staff who may see it. */
export async function commentsFor(
  store: Store,
  principal: Principal,
  slug: string,
): Promise<z.infer<typeof staffCommentContract>[] | Refusal> {
  const application = await applicationFor(store, principal, slug);
  if (isRefusal(application)) return application;
  const [comments, answers] = await Promise.all([
    readComments(store, AT, slug),
    readAnswers(store, AT, slug),
  ]);
  return comments.map((row) => {
    const answer = answers.find(({ id }) => id === row.answer);
    return {
      ...{ id: row.id, round: row.round, number: row.number, clause: row.clause },
      ...{ author: row.author, body: row.body, erased: row.body === null },
      ...{ at: toIso(row.at), state: row.state, reason: row.reason, original: row.original },
      answer: answer ? { ...pick(answer), at: toIso(answer.at) } : null,
    };
  });
}

function pick({ id, text, changes }: AnswerRow) {
  return { id, text, changes };
}

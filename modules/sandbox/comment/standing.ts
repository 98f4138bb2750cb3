/**
 * Where a comment stands: judged once, and answered once where it was admitted. An answer is kept
 * beside the verdict, so `answered` is a comment that is admitted and has one. The database refuses
 * to judge or answer twice, to do both at once, and to begin with either.
 */
import type { Refusal } from "@sandbank/kernel/words";
import { refuseStep, type StepRefusal } from "../step.refusals.ts";
import type { Next, Table } from "../table/table.ts";
import type { CommentRow } from "./comment.store.ts";

export const COMMENT_STANDINGS = [
  ...["waiting", "admitted", "answered", "set_aside", "duplicate"],
] as const;
export type CommentStanding = (typeof COMMENT_STANDINGS)[number];
export const COMMENT_EVENTS = ["admit", "set_aside", "duplicate", "answer"] as const;
export type CommentEvent = (typeof COMMENT_EVENTS)[number];

type Cell = Next<CommentStanding, StepRefusal>;

/** A row of a comment that was judged: whatever is done to it but answering is too late. */
function judged(answer: Cell): Readonly<Record<CommentEvent, Cell>> {
  const late: Cell = { refusal: "comment_is_moderated" };
  return { admit: late, set_aside: late, duplicate: late, answer };
}

/** The whole life of a comment. */
export const COMMENT_TABLE: Table<CommentStanding, CommentEvent, StepRefusal> = {
  waiting: {
    admit: { to: "admitted" },
    set_aside: { to: "set_aside" },
    duplicate: { to: "duplicate" },
    answer: { refusal: "comment_not_admitted" },
  },
  admitted: judged({ to: "answered" }),
  answered: judged({ refusal: "comment_is_answered" }),
  set_aside: judged({ refusal: "comment_not_admitted" }),
  duplicate: judged({ refusal: "comment_not_admitted" }),
};

export function standingOfComment({ state, answer }: Pick<CommentRow, "state" | "answer">) {
  return state === "admitted" && answer !== null ? "answered" : state;
}

/** Where a comment stands after `event`, or why it may not come to that. */
export function moveComment(
  row: Pick<CommentRow, "state" | "answer" | "number">,
  event: CommentEvent,
): CommentStanding | Refusal {
  const next = COMMENT_TABLE[standingOfComment(row)][event];
  if ("to" in next) return next.to;
  const params = { number: String(row.number) };
  return event === "answer" ? refuseStep(next.refusal, { params }) : refuseStep(next.refusal);
}

/** Comments in the order in which they are worked on, duplicates with what they repeat; who may act. */
import type { staffCommentsContract } from "@sandbank/sandbox/contract";
import type { z } from "zod";
import { isOf, mayTake } from "../offices.ts";
import type { Who } from "../setting.ts";

export type StaffComment = z.infer<typeof staffCommentsContract>["comments"][number];

/** What a reader may do at the desk. */
export interface Rights {
  readonly mayModerate: boolean;
  /** Whether the reader may erase the words of a comment. */
  readonly mayErase: boolean;
  readonly mayAnswer: boolean;
}

/** `applicant` answers; undefined until it is known who that is. */
export function rightsOf(applicant: string | undefined, who: Who): Rights {
  const isTheirs = applicant !== undefined && isOf(who, [applicant]);
  return {
    mayModerate: mayTake(who, "moderate"),
    mayErase: mayTake(who, "erase_comment"),
    mayAnswer: isTheirs && mayTake(who, "answer"),
  };
}

export interface Group {
  readonly comment: StaffComment;
  readonly duplicates: readonly StaffComment[];
}

/** What there is to do about a comment: judge it first, then answer it. */
export type Standing = "waiting" | "unanswered" | "answered" | "set_aside";
export const STANDINGS = [
  "waiting",
  "unanswered",
  "answered",
  "set_aside",
] as const satisfies readonly Standing[];

export function standingOf({ state, answer }: StaffComment): Standing {
  if (state === "waiting" || state === "set_aside") return state;
  return answer === null ? "unanswered" : "answered";
}

/** Comments that stand for themselves, what is to be done first; duplicates under their originals. */
export function groupsOf(comments: readonly StaffComment[]): readonly Group[] {
  const rank = (one: StaffComment) => STANDINGS.indexOf(standingOf(one));
  return comments
    .filter((one) => one.state !== "duplicate")
    .toSorted((a, b) => rank(a) - rank(b) || a.round - b.round || a.number - b.number)
    .map((comment) => ({
      comment,
      duplicates: comments.filter((one) => one.original === comment.id),
    }));
}

export interface Progress {
  readonly waiting: number;
  /** Admitted comments, and those of them that have their answer; duplicates follow theirs. */
  readonly admitted: number;
  readonly answered: number;
}

export function progressOf(comments: readonly StaffComment[]): Progress {
  const count = (standing: Standing) =>
    comments.filter((one) => one.state !== "duplicate" && standingOf(one) === standing).length;
  const answered = count("answered");
  return { waiting: count("waiting"), admitted: answered + count("unanswered"), answered };
}

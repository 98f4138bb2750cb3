/**
 * SQL of comments and answers. A comment is judged once and answered once; its words stand where they
 * can be erased, and the rest of it stays.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";

export interface CommentRow {
  readonly id: string;
  readonly pilot: string;
  readonly round: number;
  readonly number: number;
  readonly clause: string | null;
  /** Null if none was given, or once it is erased. */
  readonly author: string | null;
  /** Null once it is erased. */
  readonly body: string | null;
  /** Where author and body are kept. */
  readonly wording: string;
  /** SHA-256 of the receipt code, which only the author has. */
  readonly receipt: string;
  readonly at: Instant;
  readonly state: "waiting" | "admitted" | "set_aside" | "duplicate";
  readonly reason: Text | null;
  /** The comment of which this one is a duplicate. */
  readonly original: string | null;
  readonly answer: string | null;
}

const COMMENTS = `select c.id::text as id, c.pilot, c.round, c.number, c.clause,
    w.body::jsonb ->> 'author' as author, w.body::jsonb ->> 'body' as body,
    c.wording::text as wording, c.receipt, c.at, c.state, c.reason, c.original::text as original,
    c.answer::text as answer
  from sandbox.comment c
  join sandbox.wording w on w.partition = c.partition and w.id = c.wording`;
const WITH_IDS = statement(
  "sandbox.comments_with_ids",
  `${COMMENTS} where c.partition = $1 and c.id = any($2::uuid[])`,
);
const OF_PILOT = statement(
  "sandbox.comments_of_pilot",
  `${COMMENTS} where c.partition = $1 and c.pilot = $2 order by c.round, c.number limit 20000`,
);
const BY_RECEIPT = statement(
  "sandbox.comment_by_receipt",
  `${COMMENTS} where c.partition = $1 and c.receipt = $2`,
);

export function commentsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<CommentRow[]> {
  return tx.query<CommentRow>(WITH_IDS, [partition, ids]);
}

/** Every comment on a pilot in the order in which it came, at most 20,000. */
export function readComments(
  store: Store,
  partition: number,
  pilot: string,
): Promise<CommentRow[]> {
  return store.query<CommentRow>(OF_PILOT, [partition, pilot]);
}

export async function findByReceipt(
  store: Store,
  partition: number,
  receipt: string,
): Promise<CommentRow | undefined> {
  const [row] = await store.query<CommentRow>(BY_RECEIPT, [partition, receipt]);
  return row;
}

export const addComment: Effect<
  Pick<CommentRow, "id" | "pilot" | "round" | "number" | "clause" | "wording" | "receipt"> & {
    readonly at: string;
  }
> = {
  statement: statement(
    "sandbox.add_comment",
    `insert into sandbox.comment
       (partition, id, pilot, round, number, clause, wording, at, receipt)
     select $1, * from unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::text[], $7::uuid[],
       $8::timestamptz[], $9::text[])`,
  ),
  columns: ["id", "pilot", "round", "number", "clause", "wording", "at", "receipt"],
};

export const judgeComment: Effect<
  Pick<CommentRow, "id" | "state" | "reason" | "original"> & {
    readonly moderated_by: string;
    readonly moderated_at: string;
  }
> = {
  statement: statement(
    "sandbox.judge_comment",
    `update sandbox.comment c set state = u.state, reason = u.reason, original = u.original,
            moderated_by = u.moderated_by, moderated_at = u.moderated_at
       from unnest($2::uuid[], $3::text[], $4::jsonb[], $5::uuid[], $6::text[], $7::timestamptz[])
              u(id, state, reason, original, moderated_by, moderated_at)
      where c.partition = $1 and c.id = u.id`,
  ),
  columns: ["id", "state", "reason", "original", "moderated_by", "moderated_at"],
};

export interface AnswerRow {
  readonly id: string;
  readonly pilot: string;
  readonly text: Text;
  readonly changes: boolean;
  readonly at: Instant;
}

const ANSWERS = statement(
  "sandbox.answers_of_pilot",
  `select id::text as id, pilot, text, changes, at from sandbox.answer
    where partition = $1 and pilot = $2 order by at, id limit 20000`,
);

export function readAnswers(store: Store, partition: number, pilot: string): Promise<AnswerRow[]> {
  return store.query<AnswerRow>(ANSWERS, [partition, pilot]);
}

export const addAnswer: Effect<
  Omit<AnswerRow, "at"> & { readonly answered_by: string; readonly at: string }
> = {
  statement: statement(
    "sandbox.add_answer",
    `insert into sandbox.answer (partition, id, pilot, text, changes, answered_by, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::jsonb[], $5::boolean[], $6::text[],
       $7::timestamptz[])`,
  ),
  columns: ["id", "pilot", "text", "changes", "answered_by", "at"],
};

export const joinAnswer: Effect<{ readonly id: string; readonly answer: string }> = {
  statement: statement(
    "sandbox.join_answer",
    `update sandbox.comment c set answer = u.answer from unnest($2::uuid[], $3::uuid[]) u(id, answer)
      where c.partition = $1 and c.id = u.id`,
  ),
  columns: ["id", "answer"],
};

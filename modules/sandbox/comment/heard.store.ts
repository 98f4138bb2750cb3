/** SQL of what became of comments: who said what is read elsewhere, and not needed to count. */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store } from "@sandbank/kernel/store";
import type { CommentRow } from "./comment.store.ts";

export interface HeardRow extends Pick<CommentRow, "round" | "number" | "at" | "state"> {
  /** The end of its round. */
  readonly closes_at: Instant;
  readonly answered_at: Instant | null;
  /** True if it was answered with a change of the declaration. */
  readonly changes: boolean;
  /** When nobody owed an answer any more: refused, withdrawn, or the change that it is about was. */
  readonly released_at: Instant | null;
}

const HEARD = statement(
  "sandbox.heard_of_pilot",
  `select c.round, c.number, c.at, c.state, r.closes_at, a.at as answered_at,
          coalesce(a.changes, false) as changes,
          least((select min(p.at) from sandbox.passage p
                  where p.partition = c.partition and p.pilot = c.pilot
                    and p.to_state in ('refused', 'withdrawn')),
                (select min(q.settled_at) from sandbox.change_request q
                  where q.partition = c.partition and q.pilot = c.pilot and q.round = c.round
                    and q.state in ('refused', 'withdrawn'))) as released_at
     from sandbox.comment c
     join sandbox.consultation r on r.partition = c.partition and r.pilot = c.pilot
      and r.round = c.round
     left join sandbox.answer a on a.partition = c.partition and a.id = c.answer
    where c.partition = $1 and c.pilot = $2 order by c.round, c.number limit 20000`,
);
const CONSULTED = statement(
  "sandbox.was_consulted",
  `select exists (select from sandbox.consultation where partition = $1 and pilot = $2) as was`,
);

/** Every comment on a pilot in its order, at most 20,000; undefined where nobody was ever asked. */
export async function readHeard(
  store: Store,
  partition: number,
  pilot: string,
): Promise<HeardRow[] | undefined> {
  const [[consulted], rows] = await Promise.all([
    store.query<{ readonly was: boolean }>(CONSULTED, [partition, pilot]),
    store.query<HeardRow>(HEARD, [partition, pilot]),
  ]);
  return consulted?.was === true ? rows : undefined;
}

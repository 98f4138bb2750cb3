/** Who suspends which tokens for which cause; the causes of a token follow by a trigger. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { Cause } from "../contract.ts";

const OF_TOKENS = statement(
  "tokens.suspensions",
  `select token, cause, setter from tokens.suspension
    where partition = $1 and token = any($2::uuid[])`,
);

/** One party's hand on a token. */
export interface Suspension {
  readonly token: string;
  readonly cause: Cause;
  /** Who set it and alone lifts it, among those whose cause it may be. */
  readonly setter: string;
}

export const addSuspension: Effect<Suspension & { readonly at: string }> = {
  statement: statement(
    "tokens.add_suspension",
    `insert into tokens.suspension (partition, token, cause, setter, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[])`,
  ),
  columns: ["token", "cause", "setter", "at"],
};

export const liftSuspension: Effect<Suspension> = {
  statement: statement(
    "tokens.lift_suspension",
    `delete from tokens.suspension s using unnest($2::uuid[], $3::text[], $4::text[])
            n(token, cause, setter)
      where s.partition = $1 and s.token = n.token and s.cause = n.cause and s.setter = n.setter`,
  ),
  columns: ["token", "cause", "setter"],
};

/** The suspensions of each of these tokens that has any. */
export async function suspensionsIn(
  tx: Tx,
  partition: number,
  tokens: readonly string[],
): Promise<Map<string, Suspension[]>> {
  const rows = await tx.query<Suspension>(OF_TOKENS, [partition, uuidArray(tokens)]);
  return Map.groupBy(rows, ({ token }) => token);
}

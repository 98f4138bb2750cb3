/** SQL of user statements, in the sandbox's own partition: appended, never changed. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store } from "@sandbank/kernel/store";
import type { StatementBody } from "./statement.contract.ts";

/** The latest version of a pilot, as its row carries it. */
export interface StatementRow {
  readonly version: number;
  readonly material: number;
  readonly hash: string;
  readonly body: StatementBody;
}

/** A version is published. */
export const publishStatement: Effect<
  StatementRow & { readonly pilot: string; readonly at: string }
> = {
  statement: statement(
    "sandbox.publish_statement",
    `insert into sandbox.user_statement (partition, pilot, version, material, hash, body, at)
     select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::jsonb[],
       $7::timestamptz[])`,
  ),
  columns: ["pilot", "version", "material", "hash", "body", "at"],
};

const OF_PILOT = statement(
  "sandbox.statements_of_pilot",
  `select version, material, hash, body, at from sandbox.user_statement
    where partition = $1 and pilot = $2 order by version desc limit 200`,
);

/** The versions of a pilot, newest first, at most 200. */
export function readStatements(
  store: Store,
  partition: number,
  pilot: string,
): Promise<(StatementRow & { readonly at: Instant })[]> {
  return store.query(OF_PILOT, [partition, pilot]);
}

/** Declined payments with their whole reason, in the database. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, uuidArray } from "@sandbank/kernel/store";

interface NewDecline {
  readonly id: string;
  /** Null for a number that is no token here. */
  readonly token: string | null;
  readonly holder: string | null;
  readonly organisation: string;
  readonly scene: string;
  readonly merchant: string;
  readonly reference: string;
  readonly amount: bigint;
  readonly code: string;
  /** JSON of every check that failed. */
  readonly failed: string;
  readonly at: string;
}

const OF_ACTS = statement(
  "tokens.declines_of_acts",
  `select id, token, failed::text from tokens.decline
    where partition = $1 and id = any($2::uuid[])`,
);

export const addDecline: Effect<NewDecline> = {
  statement: statement(
    "tokens.add_decline",
    `insert into tokens.decline (partition, id, token, holder, organisation, scene, merchant,
       reference, amount, code, failed, at)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::int8[], $10::text[], $11::jsonb[], $12::timestamptz[])`,
  ),
  columns: [
    ...(["id", "token", "holder", "organisation", "scene", "merchant", "reference"] as const),
    ...(["amount", "code", "failed", "at"] as const),
  ],
};

/** What a decline adds to the refused act of its id. */
export type DeclineRow = Pick<NewDecline, "id" | "token" | "failed">;

/** The declines of these acts that there are. */
export async function findDeclines(
  store: Store,
  partition: number,
  acts: readonly string[],
): Promise<Map<string, DeclineRow>> {
  const rows = await store.query<DeclineRow>(OF_ACTS, [partition, uuidArray(acts)]);
  return new Map(rows.map((row) => [row.id, row]));
}

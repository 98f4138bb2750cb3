/** Declined payments with their whole reason, in the database. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store } from "@sandbank/kernel/store";

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

const OF_HOLDER = statement(
  "tokens.declines_of_holder",
  `select id, token, organisation, scene, merchant, reference, amount, code, failed::text, at
     from tokens.decline
    where partition = $1 and holder = $2 order by at desc, id desc limit $3`,
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

/** A declined payment as it is kept. */
export interface DeclineRow extends Omit<NewDecline, "holder" | "at"> {
  readonly at: Instant;
}

/** Declines of a holder's tokens, newest first. */
export function findDeclines(
  store: Store,
  partition: number,
  of: { readonly holder: string; readonly most: number },
): Promise<DeclineRow[]> {
  return store.query<DeclineRow>(OF_HOLDER, [partition, of.holder, of.most]);
}

/** Consents in the database: one for each token, withdrawn once. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";

interface NewConsent {
  readonly token: string;
  readonly version: number;
  readonly hash: string;
  readonly purpose: string;
  readonly until: string;
  readonly given: string;
}

export const addConsent: Effect<NewConsent> = {
  statement: statement(
    "tokens.add_consent",
    `insert into tokens.consent (partition, token, version, hash, purpose, until, given)
     select $1, * from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::timestamptz[],
       $7::timestamptz[])`,
  ),
  columns: ["token", "version", "hash", "purpose", "until", "given"],
};

/** Withdraws the consent of a token that has one; a withdrawn one stays as it is. */
export const withdrawConsent: Effect<{ readonly token: string; readonly at: string }> = {
  statement: statement(
    "tokens.withdraw_consent",
    `update tokens.consent c set withdrawn = n.at
       from unnest($2::uuid[], $3::timestamptz[]) n(token, at)
      where c.partition = $1 and c.token = n.token and c.withdrawn is null`,
  ),
  columns: ["token", "at"],
};

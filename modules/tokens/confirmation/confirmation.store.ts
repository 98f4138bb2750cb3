/** Payments that were confirmed ahead, in the database: only ever appended. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Tx, uuidArray } from "@sandbank/kernel/store";

/** A confirmation as payments see it. */
export interface Confirmation {
  readonly id: string;
  readonly merchant: string;
  /** Fen. */
  readonly amount: bigint;
  readonly until: Instant;
}

const NEWEST = statement(
  "tokens.confirmations",
  `select distinct on (token, merchant) token, merchant, id, amount, until
     from tokens.confirmation where partition = $1 and token = any($2::uuid[])
    order by token, merchant, at desc, id desc`,
);

export const addConfirmation: Effect<{
  readonly id: string;
  readonly token: string;
  readonly merchant: string;
  readonly amount: bigint;
  readonly at: string;
  readonly until: string;
}> = {
  statement: statement(
    "tokens.add_confirmation",
    `insert into tokens.confirmation (partition, id, token, merchant, amount, at, until)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int8[], $6::timestamptz[],
       $7::timestamptz[])`,
  ),
  columns: ["id", "token", "merchant", "amount", "at", "until"],
};

/** Key of a token's newest confirmation for a merchant. */
export function confirmationOf(token: string, merchant: string): string {
  return `${token} ${merchant}`;
}

/** The newest confirmation for each merchant of these tokens, by `confirmationOf`. */
export async function confirmationsIn(
  tx: Tx,
  partition: number,
  tokens: readonly string[],
): Promise<Map<string, Confirmation>> {
  type Row = Confirmation & { readonly token: string };
  const rows = await tx.query<Row>(NEWEST, [partition, uuidArray([...new Set(tokens)])]);
  return new Map(rows.map((row) => [confirmationOf(row.token, row.merchant), row]));
}

/** Cards in the database: what may be shown of them, never a number. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { CardState } from "../contract.ts";

/** A card's row. */
export interface CardRow {
  readonly id: string;
  readonly holder: string;
  readonly par: string;
  readonly last4: string;
  readonly bin: string;
  readonly expires: Instant;
  readonly state: CardState;
}

const CARDS = statement(
  "tokens.cards",
  `select id, holder, par, last4, bin, expires, state
     from tokens.card where partition = $1 and id = any($2::uuid[])`,
);
const PARTITION = statement(
  "tokens.partition_of_card",
  "select partition from tokens.card where partition = any($1::int[]) and id = $2 limit 1",
);

export const addCard: Effect<
  Omit<CardRow, "expires" | "state"> & Record<"expires" | "state" | "at", string>
> = {
  statement: statement(
    "tokens.add_card",
    `insert into tokens.card (partition, id, holder, par, last4, bin, expires, state, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
       $7::timestamptz[], $8::text[], $9::timestamptz[])`,
  ),
  columns: ["id", "holder", "par", "last4", "bin", "expires", "state", "at"],
};

/** The cards of these ids that exist. */
export async function cardsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<Map<string, CardRow>> {
  const rows = await tx.query<CardRow>(CARDS, [partition, uuidArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One card for a reader. */
export async function findCard(
  store: Store,
  partition: number,
  id: string,
): Promise<CardRow | undefined> {
  const [row] = await store.query<CardRow>(CARDS, [partition, uuidArray([id])]);
  return row;
}

/** Which of these partitions keeps the card. */
export async function findCardPartition(
  store: Store,
  partitions: readonly number[],
  id: string,
): Promise<number | undefined> {
  const values = [`{${partitions.join(",")}}`, id];
  const [row] = await store.query<{ partition: number }>(PARTITION, values);
  return row?.partition;
}

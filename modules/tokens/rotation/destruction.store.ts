/** The order to destroy the vault's keys, and that it was done. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Tx } from "@sandbank/kernel/store";

const DESTRUCTION = statement(
  "tokens.key_destruction",
  `select id::text as id, keys from tokens.key_destruction where partition = $1`,
);

export interface Destruction {
  readonly id: string;
  /** Null until the vault has done it. */
  readonly keys: number | null;
}

/** The one order there may be, or undefined. */
export async function destructionIn(tx: Tx, partition: number): Promise<Destruction | undefined> {
  const [row] = await tx.query<Destruction>(DESTRUCTION, [partition]);
  return row;
}

interface NewDestruction {
  readonly id: string;
  readonly keks: string;
  readonly ordered_by: string;
  readonly approved_by: string;
  readonly at: string;
}

export const addDestruction: Effect<NewDestruction> = {
  statement: statement(
    "tokens.add_key_destruction",
    `insert into tokens.key_destruction (partition, id, keks, ordered_by, approved_by, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])`,
  ),
  columns: ["id", "keks", "ordered_by", "approved_by", "at"],
};

export const endDestruction: Effect<{
  readonly id: string;
  readonly keys: number;
  readonly destroyed_at: string;
}> = {
  statement: statement(
    "tokens.end_key_destruction",
    `update tokens.key_destruction d set keys = n.keys, destroyed_at = n.destroyed_at
       from unnest($2::uuid[], $3::int[], $4::timestamptz[]) n(id, keys, destroyed_at)
      where d.partition = $1 and d.id = n.id`,
  ),
  columns: ["id", "keys", "destroyed_at"],
};

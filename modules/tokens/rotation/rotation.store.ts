/** Rotations as acts: who ordered which, and when it had ended. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, textArray, type Tx, uuidArray } from "@sandbank/kernel/store";

const LATEST = statement(
  "tokens.latest_rotations",
  `select distinct on (kind) kind, id::text as id, ended_at
     from tokens.key_rotation where partition = $1 and kind = any($2::text[])
    order by kind, at desc, id desc`,
);
const ROTATIONS = statement(
  "tokens.rotations",
  `select id::text as id, kind, ended_at from tokens.key_rotation
    where partition = $1 and id = any($2::uuid[])`,
);

export interface Rotation {
  readonly id: string;
  readonly kind: string;
  /** Null while it goes on. */
  readonly ended_at: Instant | null;
}

/** The last rotation of each of these kinds. */
export async function latestIn(
  tx: Tx,
  partition: number,
  kinds: readonly string[],
): Promise<ReadonlyMap<string, Rotation>> {
  const rows = await tx.query<Rotation>(LATEST, [partition, textArray([...new Set(kinds)])]);
  return new Map(rows.map((row) => [row.kind, row]));
}

/** The rotations of these ids. */
export async function rotationsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Rotation>> {
  const rows = await tx.query<Rotation>(ROTATIONS, [partition, uuidArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row.id, row]));
}

interface NewRotation {
  readonly id: string;
  readonly kind: string;
  readonly kek: string | null;
  readonly ordered_by: string;
  readonly approved_by: string;
  readonly at: string;
}

export const addRotation: Effect<NewRotation> = {
  statement: statement(
    "tokens.add_rotation",
    `insert into tokens.key_rotation (partition, id, kind, kek, ordered_by, approved_by, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
       $7::timestamptz[])`,
  ),
  columns: ["id", "kind", "kek", "ordered_by", "approved_by", "at"],
};

export const endRotation: Effect<{ readonly id: string; readonly ended_at: string }> = {
  statement: statement(
    "tokens.end_rotation",
    `update tokens.key_rotation r set ended_at = n.ended_at
       from unnest($2::uuid[], $3::timestamptz[]) n(id, ended_at)
      where r.partition = $1 and r.id = n.id`,
  ),
  columns: ["id", "ended_at"],
};

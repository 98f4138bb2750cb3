/** SQL of change requests. One is open at a time for each pilot; a settled one stays as it is. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { ChangeState } from "./change.ts";

export interface ChangeRow {
  readonly pilot: string;
  readonly id: string;
  readonly number: number;
  readonly version: number;
  /** The round of consultation of a material change; null for an editorial one. */
  readonly round: number | null;
  readonly state: ChangeState;
  readonly requested_at: Instant;
  readonly settled_at: Instant | null;
}

const CHANGES = statement(
  "sandbox.change_requests",
  `select pilot, id::text as id, number, version, round, state, requested_at, settled_at
     from sandbox.change_request where partition = $1 and pilot = any($2::text[])
    order by pilot, number`,
);

export function changesIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<ChangeRow[]> {
  return tx.query<ChangeRow>(CHANGES, [partition, pilots]);
}

/** Oldest first. */
export function readChanges(store: Store, partition: number, pilot: string): Promise<ChangeRow[]> {
  return store.query<ChangeRow>(CHANGES, [partition, [pilot]]);
}

export const addChange: Effect<
  Omit<ChangeRow, "requested_at" | "settled_at"> & { readonly requested_at: string }
> = {
  statement: statement(
    "sandbox.add_change_request",
    `insert into sandbox.change_request
       (partition, pilot, id, number, version, round, state, requested_at)
     select $1, * from unnest($2::text[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::text[],
       $8::timestamptz[])`,
  ),
  columns: ["pilot", "id", "number", "version", "round", "state", "requested_at"],
};

export const settleChange: Effect<{
  readonly id: string;
  readonly state: ChangeRow["state"];
  readonly settled_at: string;
}> = {
  statement: statement(
    "sandbox.settle_change_request",
    `update sandbox.change_request c set state = u.state, settled_at = u.settled_at
       from unnest($2::uuid[], $3::text[], $4::timestamptz[]) u(id, state, settled_at)
      where c.partition = $1 and c.id = u.id`,
  ),
  columns: ["id", "state", "settled_at"],
};

/** SQL of extensions: a longer test that an institution asks for, and what became of it. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { ExtensionState } from "./evaluation.ts";

export interface ExtensionRow {
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly state: ExtensionState;
  readonly days: number;
  readonly reason: Text;
  readonly asked_at: Instant;
  readonly settled_at: Instant | null;
  readonly ruling: Text | null;
}

const EXTENSIONS = statement(
  "sandbox.extensions",
  `select id::text as id, pilot, number, state, days, reason, asked_at, settled_at, ruling
     from sandbox.extension where partition = $1 and pilot = any($2::text[])
    order by pilot, number`,
);

/** The extensions that these pilots asked for, oldest first. */
export function extensionsIn(
  tx: Tx | Store,
  partition: number,
  pilots: readonly string[],
): Promise<ExtensionRow[]> {
  return tx.query<ExtensionRow>(EXTENSIONS, [partition, pilots]);
}

/** An extension is asked for. */
export const askExtensionRow: Effect<{
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly days: number;
  readonly reason: Text;
  readonly asked_by: string;
  readonly asked_at: string;
}> = {
  statement: statement(
    "sandbox.ask_extension_row",
    `insert into sandbox.extension (partition, id, pilot, number, days, reason, asked_by, asked_at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::jsonb[],
       $7::text[], $8::timestamptz[])`,
  ),
  columns: ["id", "pilot", "number", "days", "reason", "asked_by", "asked_at"],
};

/** An extension is granted or refused, by two. */
export const settleExtension: Effect<{
  readonly id: string;
  readonly state: ExtensionState;
  readonly settled_by: string;
  readonly approved_by: string;
  readonly settled_at: string;
  readonly ruling: Text;
}> = {
  statement: statement(
    "sandbox.settle_extension",
    `update sandbox.extension x
        set state = u.state, settled_by = u.settled_by, approved_by = u.approved_by,
            settled_at = u.settled_at, ruling = u.ruling
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
              u(id, state, settled_by, approved_by, settled_at, ruling)
      where x.partition = $1 and x.id = u.id`,
  ),
  columns: ["id", "state", "settled_by", "approved_by", "settled_at", "ruling"],
};

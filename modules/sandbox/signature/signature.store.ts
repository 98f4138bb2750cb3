/** SQL of the keys with which institutions sign. A key that ended stays, for what it has signed. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx } from "@sandbank/kernel/store";

export interface KeyRow {
  readonly id: string;
  readonly organisation: string;
  /** 32 raw bytes, base64url. */
  readonly public_key: string;
  readonly enrolled_by: string;
  readonly at: Instant;
  readonly ended_at: Instant | null;
}

const COLUMNS = "id, organisation, public_key, enrolled_by, at, ended_at";
const KEYS_OF = statement(
  "sandbox.signing_keys_of",
  `select ${COLUMNS} from sandbox.signing_key where partition = $1 and id = any($2::text[])`,
);
const KEYS_OF_ORGANISATION = statement(
  "sandbox.signing_keys_of_organisation",
  `select ${COLUMNS} from sandbox.signing_key
    where partition = $1 and organisation = $2 order by at, id limit 200`,
);

const REQUEST_KEYS = statement(
  "sandbox.signing_keys_for_requests",
  "select id from identity.request_keys($1, $2::text[])",
);

/** Which of these ids are keys for signing requests, and so for nothing else. */
export async function forRequestsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(REQUEST_KEYS, [partition, textArray(ids)]);
  return new Set(rows.map(({ id }) => id));
}

/** Keys with these ids, whoever holds them. */
export function keysIn(tx: Tx, partition: number, ids: readonly string[]): Promise<KeyRow[]> {
  return tx.query<KeyRow>(KEYS_OF, [partition, ids]);
}

export async function findKey(
  store: Store,
  partition: number,
  id: string,
): Promise<KeyRow | undefined> {
  const [row] = await store.query<KeyRow>(KEYS_OF, [partition, [id]]);
  return row;
}

/** The keys of one institution, oldest first, at most 200. */
export function readKeys(store: Store, partition: number, organisation: string): Promise<KeyRow[]> {
  return store.query<KeyRow>(KEYS_OF_ORGANISATION, [partition, organisation]);
}

export const addKey: Effect<Omit<KeyRow, "at" | "ended_at"> & { readonly at: string }> = {
  statement: statement(
    "sandbox.add_signing_key",
    `insert into sandbox.signing_key (partition, id, organisation, public_key, enrolled_by, at)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])`,
  ),
  columns: ["id", "organisation", "public_key", "enrolled_by", "at"],
};

export const endKey: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement(
    "sandbox.end_signing_key",
    `update sandbox.signing_key k set ended_at = u.at
       from unnest($2::text[], $3::timestamptz[]) u(id, at)
      where k.partition = $1 and k.id = u.id`,
  ),
  columns: ["id", "at"],
};

/** The vault's keys in its schema: wrapped, each version with its state and how often it has sealed. */
import type { Instant } from "@sandbank/kernel/clock";
import {
  byteaArray,
  int8Array,
  statement,
  type Store,
  textArray,
  timestamptz,
  type Tx,
} from "@sandbank/kernel/store";

/** Keys, audit and quotas are the vault's own and lie in one partition. */
export const VAULT_PARTITION = 0;

export type KeyKind = "card" | "index" | "cryptogram";

export interface KeyRow {
  readonly kind: KeyKind;
  readonly version: number;
  /** Null once the key is destroyed. */
  readonly wrapped: Uint8Array | null;
  readonly kek: string;
  readonly algorithm: string;
  readonly state: "current" | "old" | "destroyed";
  readonly uses: bigint;
  readonly uses_max: bigint;
  /** Null for keys from before this was written down. */
  readonly made: Instant | null;
  readonly ended: Instant | null;
}

const COLUMNS =
  "kind, version, wrapped, kek, algorithm, state, uses, uses_max, made, ended from vault.key";
const KEYS = statement(
  "vault.keys",
  `select ${COLUMNS} where partition = $1 order by kind, version`,
);

export function readKeys(store: Store): Promise<KeyRow[]> {
  return store.query<KeyRow>(KEYS, [VAULT_PARTITION]);
}

// Index keys before card keys, as binding takes them: two never wait for each other in a circle.
const LOCKED = statement(
  "vault.lock_keys",
  `select ${COLUMNS} where partition = $1 and state <> 'destroyed'
    order by kind desc, version for update`,
);

/** Every key that still opens something, locked until the transaction ends. */
export function lockKeysIn(tx: Tx): Promise<KeyRow[]> {
  return tx.query<KeyRow>(LOCKED, [VAULT_PARTITION]);
}

const CURRENT = statement(
  "vault.lock_current",
  `select ${COLUMNS} where partition = $1 and kind = $2 and state = 'current' for update`,
);

/** The version that is current, locked until the transaction ends; undefined before the first. */
export async function lockCurrentIn(tx: Tx, kind: KeyKind): Promise<KeyRow | undefined> {
  const [row] = await tx.query<KeyRow>(CURRENT, [VAULT_PARTITION, kind]);
  return row;
}

const HOLDS = statement(
  "vault.hold_version",
  `select version from vault.key
    where partition = $1 and kind = 'index' and version = $2 and state = 'current' for share`,
);

/** True if this version of the index key is current and stays so until the transaction ends. */
export async function holdIndexIn(tx: Tx, version: number): Promise<boolean> {
  return (await tx.query(HOLDS, [VAULT_PARTITION, version])).length === 1;
}

const SUPERSEDE = statement(
  "vault.supersede_key",
  "update vault.key set state = 'old' where partition = $1 and kind = $2 and state = 'current'",
);
const ADD_KEY = statement(
  "vault.add_key",
  `insert into vault.key (partition, kind, version, wrapped, kek, algorithm, uses_max, state, made)
   values ($1, $2, $3, $4, $5, $6, $7, 'current', $8::timestamptz) on conflict do nothing`,
);

/** A key about to be written. */
export interface NewKey {
  readonly kind: KeyKind;
  readonly version: number;
  readonly wrapped: Uint8Array;
  readonly kek: string;
  readonly algorithm: string;
  readonly uses_max: bigint;
  readonly made: Instant;
}

/** The new version takes over from the one that is current; where another process was first, its stands. */
export async function addKeyIn(tx: Tx, key: NewKey): Promise<void> {
  const { kind, version, wrapped, kek, algorithm, uses_max, made } = key;
  await tx.query(SUPERSEDE, [VAULT_PARTITION, kind]);
  const values = [kind, version, Buffer.from(wrapped), kek, algorithm, uses_max];
  await tx.query(ADD_KEY, [VAULT_PARTITION, ...values, timestamptz(made)]);
}

const REWRAP = statement(
  "vault.rewrap_keys",
  `update vault.key k set wrapped = n.wrapped, kek = $2
     from unnest($3::text[], $4::int[], $5::bytea[]) n(kind, version, wrapped)
    where k.partition = $1 and k.kind = n.kind and k.version = n.version`,
);

/** The same keys, wrapped under another key-encryption key. */
export function rewrapIn(
  tx: Tx,
  kek: string,
  keys: readonly Pick<NewKey, "kind" | "version" | "wrapped">[],
): Promise<unknown> {
  return tx.query(REWRAP, [
    ...[VAULT_PARTITION, kek],
    textArray(keys.map(({ kind }) => kind)),
    int8Array(keys.map(({ version }) => version)),
    byteaArray(keys.map(({ wrapped }) => wrapped)),
  ]);
}

const RESERVE = statement(
  "vault.reserve_uses",
  `update vault.key set uses = uses + $3
    where partition = $1 and kind = 'card' and version = $2 and state = 'current'
      and uses + $3 <= uses_max
    returning version`,
);

/** Reserves uses of the card key before they are made; false if it has not as many left, or is old. */
export async function reserveUsesIn(tx: Tx, version: number, uses: number): Promise<boolean> {
  const rows = await tx.query(RESERVE, [VAULT_PARTITION, version, uses]);
  return rows.length === 1;
}

const DESTROY_ALL = statement(
  "vault.destroy_all_keys",
  `update vault.key set state = 'destroyed', wrapped = null, ended = $2::timestamptz
    where partition = $1 and state <> 'destroyed'`,
);

/** Destroys every key of every kind: nothing that lies under any of them opens again. */
export function destroyAllIn(tx: Tx, at: Instant): Promise<unknown> {
  return tx.query(DESTROY_ALL, [VAULT_PARTITION, timestamptz(at)]);
}

const DESTROY = statement(
  "vault.destroy_keys",
  `update vault.key k set state = 'destroyed', wrapped = null, ended = $4::timestamptz
    where k.partition = $1 and k.kind = $2 and k.version < $3 and k.state = 'old'
      and not exists (select from vault.card c where k.kind = 'card' and c.key = k.version)
      and not exists (select from vault.claim c where k.kind = 'index' and c.version = k.version)`,
);

/** Destroys the versions before one that nothing lies under any more. */
export function destroyBeforeIn(
  tx: Tx,
  kind: KeyKind,
  { version, at }: { readonly version: number; readonly at: Instant },
): Promise<unknown> {
  return tx.query(DESTROY, [VAULT_PARTITION, kind, version, timestamptz(at)]);
}

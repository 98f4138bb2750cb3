/** The vault's questions to its own schema, under its own role. Whole rows go in, set by set. */
import type { Instant } from "@sandbank/kernel/clock";
import {
  byteaArray,
  int8Array,
  type Migrations,
  type RoleDeclaration,
  statement,
  type Store,
  textArray,
  timestamptz,
  type Tx,
  uuidArray,
} from "@sandbank/kernel/store";
import type { CardFace } from "./number.ts";

export const vaultMigrations: Migrations = {
  schema: "vault",
  folder: new URL("./sql/", import.meta.url),
};

export const vaultRole: RoleDeclaration = { role: "sandbank_vault" };

/** Keys, audit and quotas are the vault's own and lie in one partition. */
const VAULT_PARTITION = 0;

export interface KeyRow {
  readonly kind: "card" | "index" | "cryptogram";
  readonly version: number;
  readonly wrapped: Uint8Array;
  readonly kek: string;
  readonly algorithm: string;
  readonly uses: bigint;
  readonly uses_max: bigint;
}

const KEYS = statement(
  "vault.keys",
  `select kind, version, wrapped, kek, algorithm, uses, uses_max from vault.key
    where partition = $1 order by kind, version`,
);

export function readKeys(store: Store): Promise<KeyRow[]> {
  return store.query<KeyRow>(KEYS, [VAULT_PARTITION]);
}

const ADD_KEY = statement(
  "vault.add_key",
  `insert into vault.key (partition, kind, version, wrapped, kek, algorithm, uses_max)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
);

/** Adds a version of a key; where another process was first, its key stands. */
export function addKey(store: Store, key: Omit<KeyRow, "uses">): Promise<unknown> {
  const { kind, version, wrapped, kek, algorithm, uses_max } = key;
  const values = [kind, version, Buffer.from(wrapped), kek, algorithm, uses_max];
  return store.query(ADD_KEY, [VAULT_PARTITION, ...values]);
}

const RESERVE = statement(
  "vault.reserve_uses",
  `update vault.key set uses = uses + $3
    where partition = $1 and kind = 'card' and version = $2 and uses + $3 <= uses_max
    returning version`,
);

/** Reserves uses of a card key before they are made; false if it has not as many left. */
export async function reserveUsesIn(tx: Tx, version: number, uses: number): Promise<boolean> {
  const rows = await tx.query(RESERVE, [VAULT_PARTITION, version, uses]);
  return rows.length === 1;
}

/** A blind index: under which version of the key, and where its claim lies. */
export interface BlindIndex {
  readonly version: number;
  readonly index: Uint8Array;
}

/** Claims are spread over this many partitions, by the index itself, which is as good as random. */
const CLAIM_PARTITIONS = 64;

function claimPartition({ index }: BlindIndex): number {
  return (index[0] ?? 0) % CLAIM_PARTITIONS;
}

function claimColumns(indexes: readonly BlindIndex[]): [string, string, string] {
  return [
    int8Array(indexes.map(claimPartition)),
    int8Array(indexes.map(({ version }) => version)),
    byteaArray(indexes.map(({ index }) => index)),
  ];
}

export interface Claimed {
  readonly index: Uint8Array;
  readonly home: number;
  readonly ref: string;
}

const CLAIMS = statement(
  "vault.claims",
  `select c.index, c.home, c.ref
     from unnest($1::int[], $2::int[], $3::bytea[]) k(partition, version, index)
     join vault.claim c on c.partition = k.partition and c.version = k.version
      and c.index = k.index`,
);

export function claimsIn(tx: Tx, indexes: readonly BlindIndex[]): Promise<Claimed[]> {
  return tx.query<Claimed>(CLAIMS, claimColumns(indexes));
}

const CLAIM = statement(
  "vault.claim",
  `insert into vault.claim (partition, version, index, home, ref)
   select * from unnest($1::int[], $2::int[], $3::bytea[], $4::int[], $5::uuid[])
   on conflict do nothing returning ref`,
);

/** Claims numbers for cards about to be written; answers which claims were free. */
export async function claimIn(
  tx: Tx,
  claims: readonly (BlindIndex & { readonly home: number; readonly ref: string })[],
): Promise<Set<string>> {
  const homes = int8Array(claims.map(({ home }) => home));
  const refs = uuidArray(claims.map(({ ref }) => ref));
  const rows = await tx.query<{ ref: string }>(CLAIM, [...claimColumns(claims), homes, refs]);
  return new Set(rows.map(({ ref }) => ref));
}

export interface VaultCard extends CardFace {
  readonly partition: number;
  readonly ref: string;
  readonly holder: string;
  readonly key: number;
  readonly iv: Uint8Array;
  readonly sealed: Uint8Array;
  readonly commitment: string;
  readonly par: string;
  readonly expiry: string;
}

const ADD_CARDS = statement(
  "vault.add_cards",
  `insert into vault.card (partition, ref, holder, key, iv, sealed, commitment, par, bin, last4,
     kind, expiry)
   select * from unnest($1::int[], $2::uuid[], $3::text[], $4::int[], $5::bytea[], $6::bytea[],
     $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])`,
);

export function addCardsIn(tx: Tx, cards: readonly VaultCard[]): Promise<unknown> {
  const texts = (of: (card: VaultCard) => string) => textArray(cards.map(of));
  return tx.query(ADD_CARDS, [
    int8Array(cards.map((card) => card.partition)),
    uuidArray(cards.map((card) => card.ref)),
    texts((card) => card.holder),
    int8Array(cards.map((card) => card.key)),
    byteaArray(cards.map((card) => card.iv)),
    byteaArray(cards.map((card) => card.sealed)),
    texts((card) => card.commitment),
    texts((card) => card.par),
    texts((card) => card.bin),
    texts((card) => card.last4),
    texts((card) => card.kind),
    texts((card) => card.expiry),
  ]);
}

/** Where a card lies. */
export interface CardPlace {
  readonly home: number;
  readonly ref: string;
}

const CARDS = statement(
  "vault.cards",
  `select c.partition, c.ref::text as ref, c.holder, c.key, c.iv, c.sealed, c.commitment, c.par,
          c.bin, c.last4, c.kind, c.expiry
     from unnest($1::int[], $2::uuid[]) k(home, ref)
     join vault.card c on c.partition = k.home and c.ref = k.ref`,
);

const CARDS_IN_ORDER = statement(
  "vault.cards_in_order",
  `select k.nth, c.ref::text as ref, c.key, c.iv, c.sealed, c.commitment, c.expiry
     from unnest($1::int[], $2::uuid[]) with ordinality k(home, ref, nth)
     join vault.card c on c.partition = k.home and c.ref = k.ref`,
);

function placeColumns(places: readonly CardPlace[]): [string, string] {
  return [int8Array(places.map(({ home }) => home)), uuidArray(places.map(({ ref }) => ref))];
}

export function cardsIn(tx: Tx, places: readonly CardPlace[]): Promise<VaultCard[]> {
  return tx.query<VaultCard>(CARDS, placeColumns(places));
}

export function readCards(store: Store, places: readonly CardPlace[]): Promise<VaultCard[]> {
  return store.query<VaultCard>(CARDS, placeColumns(places));
}

const FORGET = statement(
  "vault.forget_cards",
  `with gone as (
     delete from vault.card c using unnest($1::int[], $2::uuid[]) k(home, ref)
      where c.partition = k.home and c.ref = k.ref returning c.partition as home, c.ref)
   delete from vault.claim c using gone g where c.home = g.home and c.ref = g.ref`,
);

/** Deletes cards and the claims on their numbers, which are free to be bound again. */
export function forgetCards(store: Store, places: readonly CardPlace[]): Promise<unknown> {
  return store.query(FORGET, placeColumns(places));
}

/** What it takes to open a card. */
export type SealedCard = Pick<VaultCard, "ref" | "key" | "iv" | "sealed" | "commitment" | "expiry">;

/** The cards of several looks, look by look in the order asked; what is not there is left out. */
export async function cardsOfLooksIn(
  tx: Tx,
  looks: readonly (readonly CardPlace[])[],
): Promise<SealedCard[][]> {
  const places = looks.flat();
  const rows = await tx.query<SealedCard & { nth: bigint }>(CARDS_IN_ORDER, placeColumns(places));
  const found = places.map((): SealedCard | undefined => undefined);
  for (const row of rows) found[Number(row.nth) - 1] = row;
  let from = 0;
  return looks.map(({ length }) =>
    found.slice(from, (from += length)).filter((card) => card !== undefined),
  );
}

/** What is asked of one quota. */
export interface Quota {
  readonly principal: string;
  readonly purpose: string;
  readonly used: number;
  readonly cap: number;
}

const SPEND = statement(
  "vault.spend_quotas",
  `insert into vault.quota as q (partition, principal, purpose, day, used, cap)
   select $1, k.principal, k.purpose, $2::date, k.used, k.cap
     from unnest($3::text[], $4::text[], $5::int8[], $6::int8[]) k(principal, purpose, used, cap)
    where k.used <= k.cap
   on conflict (partition, principal, purpose, day)
     do update set used = q.used + excluded.used, cap = excluded.cap
     where q.used + excluded.used <= excluded.cap
   returning principal, purpose`,
);

/** Takes quotas, each whole or not at all; answers the names of those that sufficed. */
export async function spendQuotasIn(
  tx: Tx,
  day: string,
  quotas: readonly (readonly [string, Quota])[],
): Promise<Set<string>> {
  const asked = quotas.map(([, quota]) => quota);
  const taken = await tx.query<{ principal: string; purpose: string }>(SPEND, [
    ...[VAULT_PARTITION, day],
    textArray(asked.map(({ principal }) => principal)),
    textArray(asked.map(({ purpose }) => purpose)),
    int8Array(asked.map(({ used }) => used)),
    int8Array(asked.map(({ cap }) => cap)),
  ]);
  const has = (quota: Quota) =>
    taken.some((one) => one.principal === quota.principal && one.purpose === quota.purpose);
  return new Set(quotas.filter(([, quota]) => has(quota)).map(([name]) => name));
}

/** One look at card numbers: who, what for, which. */
export interface Sight {
  readonly id: string;
  readonly principal: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly refs: readonly string[];
}

const RECORD = statement(
  "vault.record_sights",
  `insert into vault.sight (partition, id, at, principal, organisation, purpose, refs)
   select $1, k.id, $2::timestamptz, k.principal, k.organisation, k.purpose, k.refs::uuid[]
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
       k(id, principal, organisation, purpose, refs)`,
);

/** Writes looks down. */
export function recordSightsIn(tx: Tx, at: Instant, sights: readonly Sight[]): Promise<unknown> {
  const texts = (of: (sight: Sight) => string) => textArray(sights.map(of));
  return tx.query(RECORD, [
    ...[VAULT_PARTITION, timestamptz(at)],
    uuidArray(sights.map(({ id }) => id)),
    texts(({ principal }) => principal),
    texts(({ organisation }) => organisation),
    texts(({ purpose }) => purpose),
    texts(({ refs }) => uuidArray(refs)),
  ]);
}

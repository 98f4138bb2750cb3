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
import { VAULT_PARTITION } from "./key.store.ts";
import type { CardFace } from "./number.ts";
import type { Hidden } from "./sealed.ts";

export const vaultMigrations: Migrations = {
  schema: "vault",
  folder: new URL("./sql/", import.meta.url),
};

export const vaultRole: RoleDeclaration = { role: "sandbank_vault" };

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

export function claimColumns(indexes: readonly BlindIndex[]): [string, string, string] {
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

export interface VaultCard extends CardFace, Hidden {
  readonly partition: number;
  readonly ref: string;
  readonly holder: string;
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

export function placeColumns(places: readonly CardPlace[]): [string, string] {
  return [int8Array(places.map(({ home }) => home)), uuidArray(places.map(({ ref }) => ref))];
}

export function cardsIn(tx: Tx, places: readonly CardPlace[]): Promise<VaultCard[]> {
  return tx.query<VaultCard>(CARDS, placeColumns(places));
}

export function readCards(store: Store, places: readonly CardPlace[]): Promise<VaultCard[]> {
  return store.query<VaultCard>(CARDS, placeColumns(places));
}

const ERASED = statement(
  "vault.find_erasure",
  "select cards, claims, at from vault.erasure where partition = $1 and id = $2",
);
const FORGET = statement(
  "vault.forget_cards",
  `with gone as (
     delete from vault.card c using unnest($3::int[], $4::uuid[]) k(home, ref)
      where c.partition = k.home and c.ref = k.ref returning c.partition as home, c.ref),
   freed as (
     delete from vault.claim c using gone g where c.home = g.home and c.ref = g.ref returning 1)
   insert into vault.erasure (partition, id, cards, claims, at)
   values ($1, $2, (select count(*) from gone), (select count(*) from freed), $5::timestamptz)`,
);

/** What an erasure destroyed: rows with salt and ciphertext, and claims on their numbers. */
export interface Destroyed {
  readonly cards: number;
  readonly claims: number;
  readonly at: Instant;
}

/**
 * Deletes cards, with their salts and ciphertexts, and the claims on their numbers, which are free to
 * be bound again. Told again under the same id it answers what it did the first time.
 */
export async function forgetCardsIn(
  tx: Tx,
  id: string,
  { places, at }: { readonly places: readonly CardPlace[]; readonly at: Instant },
): Promise<Destroyed> {
  const known = async () => (await tx.query<Destroyed>(ERASED, [VAULT_PARTITION, id]))[0];
  const before = await known();
  if (before) return before;
  await tx.query(FORGET, [VAULT_PARTITION, id, ...placeColumns(places), timestamptz(at)]);
  return (await known()) as Destroyed;
}

const RENUMBER = statement(
  "vault.renumber_card",
  `update vault.card set key = $3, iv = $4, sealed = $5, commitment = $6, bin = $7, last4 = $8,
          kind = $9, expiry = $10, renumbered = $11
    where partition = $1 and ref = $2 and renumbered < $11 returning ref`,
);
const UNCLAIM = statement(
  "vault.unclaim",
  "delete from vault.claim where ref = $1 and home = $2 and index <> all($3::bytea[])",
);
const OF_CARD = statement(
  "vault.lock_card",
  `select holder, renumbered from vault.card where partition = $1 and ref = $2 for update`,
);

/** Who holds a card and which word of the issuer its number stands by, locked; undefined if absent. */
export async function lockCardIn(
  tx: Tx,
  { home, ref }: CardPlace,
): Promise<{ readonly holder: string; readonly renumbered: bigint } | undefined> {
  const [row] = await tx.query<{ holder: string; renumbered: bigint }>(OF_CARD, [home, ref]);
  return row;
}

/** Gives a card another number, unless a later word of the issuer was heard already. */
export async function renumberIn(
  tx: Tx,
  card: CardPlace & CardFace & Hidden & { readonly expiry: string; readonly seq: bigint },
): Promise<void> {
  const { home, ref, key, iv, sealed, commitment, bin, last4, kind, expiry, seq } = card;
  await tx.query(RENUMBER, [
    ...[home, ref, key, Buffer.from(iv), Buffer.from(sealed), commitment, bin, last4, kind],
    ...[expiry, seq],
  ]);
}

/** Drops the claims of a card but those of its present number. */
export function unclaimIn(
  tx: Tx,
  { home, ref }: CardPlace,
  present: readonly BlindIndex[],
): Promise<unknown> {
  return tx.query(UNCLAIM, [ref, home, byteaArray(present.map(({ index }) => index))]);
}

/** What it takes to open a card. */
export type SealedCard = Hidden & Pick<VaultCard, "ref" | "expiry">;

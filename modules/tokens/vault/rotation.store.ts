/** Rotations and what they move: cards in the order of their place, claims with them. */
import type { Instant } from "@sandbank/kernel/clock";
import {
  byteaArray,
  int8Array,
  statement,
  type Store,
  timestamptz,
  type Tx,
  uuidArray,
} from "@sandbank/kernel/store";
import { VAULT_PARTITION } from "./key.store.ts";
import type { Hidden } from "./sealed.ts";
import { type BlindIndex, type CardPlace, claimColumns, placeColumns } from "./vault.store.ts";

export type RotationKind = "kek" | "card" | "index";

export interface RotationRow {
  /** Id of the act that ordered it. */
  readonly id: string;
  readonly kind: RotationKind;
  /** Name of the key-encryption key that is turned to. */
  readonly kek: string | null;
  /** Version that cards or claims move to. */
  readonly version: number | null;
  readonly total: bigint;
  readonly moved: bigint;
  /** The card that moved last. */
  readonly home: number;
  readonly ref: string;
  readonly begun: Instant;
  readonly ended: Instant | null;
}

const COLUMNS =
  "id::text as id, kind, kek, version, total, moved, home, ref::text as ref, begun, ended";
const ONE = statement(
  "vault.lock_rotation",
  `select ${COLUMNS} from vault.rotation where partition = $1 and id = $2 for update`,
);
const RECENT = statement(
  "vault.recent_rotations",
  `select ${COLUMNS} from vault.rotation where partition = $1 order by begun desc, id desc limit $2`,
);
const BEGIN = statement(
  "vault.begin_rotation",
  `insert into vault.rotation (partition, id, kind, kek, version, total, begun)
   values ($1, $2, $3, $4, $5, $6, $7::timestamptz)`,
);
const COUNT = statement("vault.count_cards", "select count(*) as cards from vault.card");

/** A rotation, locked until the transaction ends. */
export async function lockRotationIn(tx: Tx, id: string): Promise<RotationRow | undefined> {
  const [row] = await tx.query<RotationRow>(ONE, [VAULT_PARTITION, id]);
  return row;
}

export function recentRotations(store: Store, most: number): Promise<RotationRow[]> {
  return store.query<RotationRow>(RECENT, [VAULT_PARTITION, most]);
}

/** Writes down that a rotation begins. Another one of its kind that has not ended breaks the constraint. */
export function beginIn(
  tx: Tx,
  begun: Pick<RotationRow, "id" | "kind" | "kek" | "version" | "total" | "begun">,
): Promise<unknown> {
  const { id, kind, kek, version, total } = begun;
  const values = [id, kind, kek, version, total, timestamptz(begun.begun)];
  return tx.query(BEGIN, [VAULT_PARTITION, ...values]);
}

export async function countCardsIn(tx: Tx): Promise<bigint> {
  const [row] = await tx.query<{ cards: bigint }>(COUNT);
  return row?.cards ?? 0n;
}

const STEP = statement(
  "vault.step_rotation",
  `update vault.rotation set moved = moved + $3, home = $4, ref = $5
    where partition = $1 and id = $2`,
);
const END = statement(
  "vault.end_rotation",
  `update vault.rotation set moved = moved + $3, ended = $4::timestamptz
    where partition = $1 and id = $2`,
);

/** Writes down how far a rotation has come. */
export function stepIn(
  tx: Tx,
  id: string,
  { moved, last }: { readonly moved: number; readonly last: CardPlace },
): Promise<unknown> {
  return tx.query(STEP, [VAULT_PARTITION, id, moved, last.home, last.ref]);
}

export function endIn(
  tx: Tx,
  id: string,
  { moved, at }: { readonly moved: number; readonly at: Instant },
): Promise<unknown> {
  return tx.query(END, [VAULT_PARTITION, id, moved, timestamptz(at)]);
}

/** A card that can be moved. */
export interface MovingCard extends Hidden {
  readonly home: number;
  readonly ref: string;
}

const MOVING = "partition as home, ref::text as ref, key, iv, sealed, commitment from vault.card";
/** Ordered by the column and not by its text of the same name, which no index has in order. */
const NEXT = statement(
  "vault.next_cards",
  `select ${MOVING} c where (c.partition, c.ref) > ($1, $2)
    order by c.partition, c.ref limit $3 for update`,
);
const FREE = statement(
  "vault.free_cards",
  `select c.partition as home, c.ref::text as ref, c.key, c.iv, c.sealed, c.commitment
     from unnest($1::int[], $2::uuid[]) k(home, ref)
     join vault.card c on c.partition = k.home and c.ref = k.ref
    where c.key < $3 order by c.partition, c.ref for update of c skip locked`,
);

/** The cards behind a place, in order, locked. */
export function nextCardsIn(tx: Tx, after: CardPlace, most: number): Promise<MovingCard[]> {
  return tx.query<MovingCard>(NEXT, [after.home, after.ref, most]);
}

/** Of these cards those under an older key that nobody else is moving, locked. */
export function freeCardsIn(
  tx: Tx,
  places: readonly CardPlace[],
  version: number,
): Promise<MovingCard[]> {
  return tx.query<MovingCard>(FREE, [...placeColumns(places), version]);
}

const MOVE = statement(
  "vault.move_cards",
  `update vault.card c set key = n.key, iv = n.iv, sealed = n.sealed
     from unnest($1::int[], $2::uuid[], $3::int[], $4::bytea[], $5::bytea[])
       n(home, ref, key, iv, sealed)
    where c.partition = n.home and c.ref = n.ref`,
);

/** Puts cards under the key that they were sealed anew by. */
export function moveCardsIn(
  tx: Tx,
  cards: readonly (CardPlace & Pick<Hidden, "key" | "iv" | "sealed">)[],
): Promise<unknown> {
  return tx.query(MOVE, [
    ...placeColumns(cards),
    int8Array(cards.map(({ key }) => key)),
    byteaArray(cards.map(({ iv }) => iv)),
    byteaArray(cards.map(({ sealed }) => sealed)),
  ]);
}

const UNCLAIM = statement(
  "vault.unclaim_older",
  `delete from vault.claim c using unnest($1::int[], $2::uuid[]) k(home, ref)
    where c.ref = k.ref and c.home = k.home and c.version < $3`,
);
const CLAIM_ANEW = statement(
  "vault.claim_anew",
  `insert into vault.claim (partition, version, index, home, ref)
   select * from unnest($1::int[], $2::int[], $3::bytea[], $4::int[], $5::uuid[])
   on conflict do nothing`,
);

/** Claims numbers under the newest index key and drops what claimed them under older ones. */
export async function claimAnewIn(
  tx: Tx,
  claims: readonly (BlindIndex & CardPlace)[],
): Promise<void> {
  const [{ version } = { version: 0 }] = claims;
  await Promise.all([
    tx.query(CLAIM_ANEW, [
      ...claimColumns(claims),
      int8Array(claims.map(({ home }) => home)),
      uuidArray(claims.map(({ ref }) => ref)),
    ]),
    tx.query(UNCLAIM, [...placeColumns(claims), version]),
  ]);
}

/**
 * Turning the vault's keys while it is used. The key-encryption key turns in one transaction: data
 * keys are wrapped anew and no card is touched. A data key and an index key get a next version by
 * which everything new is written at once; what lies under older ones moves in steps, each of them
 * one transaction that says how far it came, so that whatever dies is taken up behind the last step.
 * Numbers are opened and looked up under both versions all the while.
 *
 *   begin ──▶ moving ── a step of 500 cards, again and again ──▶ ended; older versions destroyed
 */
import assert from "node:assert/strict";
import type { Instant } from "@sandbank/kernel/clock";
import type { Store, Tx } from "@sandbank/kernel/store";
import type { Custody } from "./custody.ts";
import { destroyBeforeIn, lockKeysIn, reserveUsesIn, rewrapIn } from "./key.store.ts";
import type { Keyring } from "./keyring.ts";
import {
  beginIn,
  claimAnewIn,
  countCardsIn,
  endIn,
  freeCardsIn,
  lockRotationIn,
  moveCardsIn,
  type MovingCard,
  nextCardsIn,
  type RotationKind,
  type RotationRow,
  stepIn,
} from "./rotation.store.ts";
import { openNumber, sealAnew } from "./sealed.ts";
import type { BlindIndex, CardPlace } from "./vault.store.ts";

/** Cards that one step moves. */
export const STEP_CARDS = 500;
/** Cards that wait to be moved because they were looked at; above it the job alone moves them. */
const TOUCHED_MAX = 256;
/** Tries of a step whose data key was spent under its hands. */
const STEP_TRIES_MAX = 5;

export interface RotationOrder {
  /** Id of the act that ordered it: told twice, it is one rotation. */
  readonly id: string;
  readonly kind: RotationKind;
  /** For `kek`: the name of the key to turn to. */
  readonly kek?: string;
}

interface At {
  readonly store: Store;
  readonly ring: Keyring;
  readonly custody: Custody;
  readonly now: () => Instant;
}

export class Rotations {
  readonly #at: At;
  readonly #touched = new Map<string, CardPlace>();
  #moving: Promise<void> | undefined;

  constructor(at: At) {
    this.#at = at;
  }

  /** Begins a rotation if it has not begun, and moves everything until it ends. Throws where it is told to stop. */
  async run(order: RotationOrder, signal?: AbortSignal): Promise<void> {
    await this.#begin(order);
    while (!(await this.step(order.id))) signal?.throwIfAborted();
  }

  /** Moves one step; true once the rotation has ended. */
  async step(id: string): Promise<boolean> {
    const { store, ring } = this.#at;
    for (let tries = 1; ; tries += 1) {
      // Others may have added the version that this one moves to.
      await ring.load();
      const ended = await store.transaction((tx) => this.#stepIn(tx, id));
      if (ended !== undefined) return ended;
      assert(tries < STEP_TRIES_MAX, "data keys are spent again and again");
      await ring.replaceSpent(ring.current);
    }
  }

  /** Cards that were looked at and lie under an older key move soon, if nobody else moves them. */
  touch(places: readonly CardPlace[]): void {
    for (const place of places) {
      if (this.#touched.size < TOUCHED_MAX) this.#touched.set(place.ref, place);
    }
    this.#moving ??= this.#moveTouched().finally(() => {
      this.#moving = undefined;
    });
  }

  /** Waits until what was touched has moved. */
  async settled(): Promise<void> {
    await this.#moving;
  }

  async #begin({ id, kind, kek }: RotationOrder): Promise<void> {
    const { store, ring, custody, now } = this.#at;
    await store.transaction(async (tx) => {
      if (await lockRotationIn(tx, id)) return;
      const begun = { id, kind, begun: now() };
      if (kind === "kek") {
        assert(kek !== undefined, "a key-encryption key is turned to another by name");
        // Not at hand: nothing begins.
        await custody.open(kek);
        const total = BigInt((await lockKeysIn(tx)).length);
        return void (await beginIn(tx, { ...begun, kek, version: null, total }));
      }
      const version = await ring.turnIn(tx, kind);
      await beginIn(tx, { ...begun, kek: null, version, total: await countCardsIn(tx) });
    });
  }

  /** Undefined if the data key had not enough uses left. */
  async #stepIn(tx: Tx, id: string): Promise<boolean | undefined> {
    const rotation = await lockRotationIn(tx, id);
    assert(rotation, "a rotation begins before it moves");
    if (rotation.ended !== null) return true;
    if (rotation.kek !== null) return this.#rewrapIn(tx, rotation, rotation.kek);
    // No more than one data key can seal, so that a fresh one is always enough.
    const most = Math.min(STEP_CARDS, this.#at.ring.usesMax);
    const cards = await nextCardsIn(tx, rotation, most);
    const moved =
      rotation.kind === "card"
        ? await this.#resealIn(tx, cards)
        : await this.#reindexIn(tx, cards, rotation.version ?? 0);
    if (moved === undefined) return undefined;
    const last = cards.at(-1);
    if (cards.length === most && last) {
      await stepIn(tx, id, { moved: cards.length, last });
      return false;
    }
    const at = this.#at.now();
    await destroyBeforeIn(tx, rotation.kind === "card" ? "card" : "index", {
      ...{ version: rotation.version ?? 0, at },
    });
    await endIn(tx, id, { moved: cards.length, at });
    return true;
  }

  /** Every data key under the other key-encryption key, in one transaction or not at all. */
  async #rewrapIn(tx: Tx, rotation: RotationRow, name: string): Promise<true> {
    const { ring, custody, now } = this.#at;
    const to = await custody.open(name);
    const keys = await lockKeysIn(tx);
    const wrapped = [];
    for (const { kind, version, kek, wrapped: old } of keys) {
      assert(old, "a key that is not destroyed is wrapped");
      const bytes = await ring.unwrap(kek, old);
      wrapped.push({ kind, version, wrapped: await to.wrap(bytes) });
      bytes.fill(0);
    }
    await rewrapIn(tx, name, wrapped);
    await endIn(tx, rotation.id, { moved: keys.length, at: now() });
    return true;
  }

  /** How many were sealed anew; undefined if the data key had not enough uses left. */
  async #resealIn(tx: Tx, cards: readonly MovingCard[]): Promise<number | undefined> {
    const { ring } = this.#at;
    const version = ring.current;
    const older = cards.filter(({ key }) => key < version);
    if (older.length === 0) return 0;
    if (!(await reserveUsesIn(tx, version, older.length))) return undefined;
    const to = { version, key: await this.#keyOf(version) };
    const moved = [];
    for (const card of older) {
      moved.push({ ...card, ...sealAnew(await this.#keyOf(card.key), to, card) });
    }
    await moveCardsIn(tx, moved);
    return moved.length;
  }

  async #reindexIn(tx: Tx, cards: readonly MovingCard[], version: number): Promise<number> {
    const { ring } = this.#at;
    const claims: (BlindIndex & CardPlace)[] = [];
    for (const card of cards) {
      const digits = openNumber(await this.#keyOf(card.key), card);
      const index = ring.indexesOf(digits).find((one) => one.version === version);
      assert(index, "the ring holds the version that is moved to");
      claims.push({ ...index, home: card.home, ref: card.ref });
    }
    if (claims.length > 0) await claimAnewIn(tx, claims);
    return claims.length;
  }

  async #keyOf(version: number) {
    const key = await this.#at.ring.cardKey(version);
    assert(key, "a card names a key that is there");
    return key;
  }

  async #moveTouched(): Promise<void> {
    const { store, ring } = this.#at;
    while (this.#touched.size > 0) {
      const places = [...this.#touched.values()];
      this.#touched.clear();
      try {
        await store.transaction(async (tx) => {
          await this.#resealIn(tx, await freeCardsIn(tx, places, ring.current));
        });
      } catch {
        // Nobody waits for this: whatever stays under its old key is moved by the rotation's job.
      }
    }
  }
}

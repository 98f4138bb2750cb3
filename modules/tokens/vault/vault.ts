/**
 * The vault: the one place where card numbers are. A number goes in once, under a claim that is
 * unique in the whole vault, and comes out only for a stated purpose, counted and written down.
 * Nothing here logs, and no error of ours carries a number.
 */
import assert from "node:assert/strict";
import { type Instant, machineNow, shanghaiDate } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import { Binding, type BoundCard, boundOf, type CardToBind, type NewNumber } from "./binding.ts";
import type { Custody, KeptKey } from "./custody.ts";
import type { IndexAlgorithm } from "./derive.ts";
import { destroyAllIn, type KeyRow, lockKeysIn, readKeys } from "./key.store.ts";
import { Keyring } from "./keyring.ts";
import { isSight, quotasOfDay, type QuotaUse } from "./look.store.ts";
import { Looks } from "./look.ts";
import { type BinRange, BinTable, type CardFace, DEMO_BINS } from "./number.ts";
import { type Purpose, ruleFor } from "./purpose.ts";
import { recentRotations, type RotationRow } from "./rotation.store.ts";
import { type RotationOrder, Rotations } from "./rotation.ts";
import { openNumber } from "./sealed.ts";
import { refuse } from "./vault.refusals.ts";
import {
  type CardPlace,
  type Destroyed,
  forgetCardsIn,
  readCards,
  type SealedCard,
} from "./vault.store.ts";

export type { BoundCard, CardToBind, NewNumber } from "./binding.ts";

/** Cards of one batch; what waits longer goes into the next. */
export const BIND_BATCH_MAX = 256;
/** Numbers that one call may see. */
export const DETOKENISE_MAX = 100;
/** Rotations and quotas that an overview shows. */
const SHOWN_MAX = 50;

export interface SeenCard {
  readonly ref: string;
  readonly number: string;
  readonly expiry: string;
}

export interface Vault {
  /** Seals cards set by set; a number that its holder bound before gives the same card again. */
  bindCards(batch: readonly CardToBind[]): Promise<(BoundCard | Refusal)[]>;
  /** One card, in a batch with whatever else waits. */
  bindCard(card: CardToBind): Promise<BoundCard | Refusal>;
  /** What may be known of cards without opening them. */
  describe(places: readonly CardPlace[]): Promise<BoundCard[]>;
  /** Opens at most 100 cards for a purpose; cards that are not there are left out. One look an id. */
  detokenise(asked: {
    /** Id of the act that granted the look; drawn where there is none. */
    readonly id?: string;
    readonly cards: readonly CardPlace[];
    readonly purpose: Purpose;
    readonly principal: Principal;
  }): Promise<SeenCard[] | Refusal>;
  /**
   * Forgets cards: salt and ciphertext, face and claim. What looks there were stays, by reference
   * only. Told again under the same id, it answers what it did the first time.
   */
  forget(id: string, places: readonly CardPlace[]): Promise<Destroyed>;
  /** What a number would be as a card; the vault keeps nothing of it. */
  face(number: string): CardFace | Refusal;
  /**
   * The issuer replaced a card: another number under the same reference, account reference and
   * holder. `seq` is the place of the issuer's word; an earlier word that comes later changes nothing.
   */
  renumber(card: CardPlace & NewNumber): Promise<CardFace | Refusal>;
  /** The code of a message under the key of a token: 16 bytes. The key never leaves. */
  cryptogramOf(token: string, message: string): Uint8Array;
  /** Turns a key, from wherever an earlier call left off; meanwhile everything goes on. */
  rotate(order: RotationOrder, signal?: AbortSignal): Promise<void>;
  /**
   * Destroys every key: wrapped keys in one transaction, then whatever its keeper has. Afterwards
   * nothing that was sealed opens, wherever a copy of it lies. Done again, it finishes what was left;
   * answers how many keys there ever were.
   */
  destroyKeys(): Promise<number>;
  /** Versions and ages of keys, rotations and how far they came, holders, and today's quotas. */
  overview(): Promise<VaultOverview>;
}

export interface VaultOverview {
  readonly keys: readonly Omit<KeyRow, "wrapped">[];
  readonly rotations: readonly RotationRow[];
  /** The key-encryption keys at hand and who holds their parts. */
  readonly kept: readonly KeptKey[];
  readonly quotas: readonly QuotaUse[];
}

export interface VaultSettings {
  /** Logs in as `sandbank_vault`. */
  readonly store: Store;
  readonly mode: "demo" | "live";
  /** Who keeps the key-encryption key. */
  readonly custody: Custody;
  /** What the blind index hashes with; SHA-256 unless told. */
  readonly index?: IndexAlgorithm;
  /** Ranges that may be bound. In the demonstration only its own, whatever is told. */
  readonly bins?: readonly BinRange[];
  readonly uses_max?: bigint;
  /** Machine time; only tests turn it. */
  readonly now?: () => Instant;
}

/** Opens the vault. Throws VaultProblem if the key-encryption key is not at hand, whole and its own. */
export async function openVault(settings: VaultSettings): Promise<Vault> {
  const { store, mode, custody, index = "sha256", uses_max, now = machineNow } = settings;
  const more = uses_max === undefined ? {} : { uses_max };
  const ring = await Keyring.open({ store, custody, index, now, ...more });
  const bins = new BinTable(mode === "demo" ? DEMO_BINS : (settings.bins ?? []));
  const rotations = new Rotations({ store, ring, custody, now });
  return new Chamber({ store, ring, bins, custody, rotations, now });
}

interface Chambered {
  readonly store: Store;
  readonly ring: Keyring;
  readonly bins: BinTable;
  readonly custody: Custody;
  readonly rotations: Rotations;
  readonly now: () => Instant;
}

interface Waiting {
  readonly card: CardToBind;
  resolve(bound: BoundCard | Refusal): void;
  reject(fault: unknown): void;
}

class Chamber implements Vault {
  readonly #at: Chambered;
  readonly #binding: Binding;
  readonly #looks: Looks;
  readonly #waiting: Waiting[] = [];
  #draining = false;

  constructor(at: Chambered) {
    this.#at = at;
    this.#binding = new Binding(at);
    this.#looks = new Looks(at.store, at.now);
  }

  bindCard(card: CardToBind): Promise<BoundCard | Refusal> {
    if (this.#at.ring.destroyed) return Promise.resolve(refuse("vault_keys_destroyed"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ card, resolve, reject });
      if (this.#draining) return;
      this.#draining = true;
      void this.#drain();
    });
  }

  async bindCards(batch: readonly CardToBind[]): Promise<(BoundCard | Refusal)[]> {
    if (this.#at.ring.destroyed) return batch.map(() => refuse("vault_keys_destroyed"));
    return this.#binding.bindCards(batch);
  }

  async describe(places: readonly CardPlace[]): Promise<BoundCard[]> {
    return (await readCards(this.#at.store, places)).map(boundOf);
  }

  async detokenise({ id, cards, purpose, principal }: Parameters<Vault["detokenise"]>[0]) {
    assert(cards.length >= 1 && cards.length <= DETOKENISE_MAX, "1 to 100 cards at once");
    const rule = ruleFor(purpose, principal);
    if (!rule) return refuse("detokenise_purpose_not_yours");
    const { day_cap } = rule;
    const { store, ring } = this.#at;
    if (ring.destroyed) return refuse("vault_keys_destroyed");
    if (id !== undefined && (await isSight(store, id))) return refuse("detokenise_delivered");
    const of = id === undefined ? {} : { id };
    // Nothing is opened before the record of it is committed.
    const rows = await this.#looks.take({ ...of, cards, purpose, principal, day_cap });
    if (!rows) return refuse("detokenise_quota_spent");
    return this.#openAll(rows, cards);
  }

  forget(id: string, places: readonly CardPlace[]): Promise<Destroyed> {
    const { store, now } = this.#at;
    return store.transaction((tx) => forgetCardsIn(tx, id, { places, at: now() }));
  }

  face(number: string): CardFace | Refusal {
    return this.#binding.face(number);
  }

  async renumber(card: CardPlace & NewNumber): Promise<CardFace | Refusal> {
    if (this.#at.ring.destroyed) return refuse("vault_keys_destroyed");
    return this.#binding.renumber(card);
  }

  cryptogramOf(token: string, message: string): Uint8Array {
    return this.#at.ring.cryptogramOf(token, message);
  }

  rotate(order: RotationOrder, signal?: AbortSignal): Promise<void> {
    return this.#at.rotations.run(order, signal);
  }

  async destroyKeys(): Promise<number> {
    const { store, ring, custody, now } = this.#at;
    await store.transaction(async (tx) => {
      await lockKeysIn(tx);
      await destroyAllIn(tx, now());
    });
    await ring.load();
    await custody.destroy();
    return (await readKeys(store)).length;
  }

  async overview(): Promise<VaultOverview> {
    const { store, custody, now } = this.#at;
    const [keys, rotations, kept, quotas] = await Promise.all([
      readKeys(store),
      recentRotations(store, SHOWN_MAX),
      custody.kept(),
      quotasOfDay(store, shanghaiDate(now()), SHOWN_MAX),
    ]);
    return { keys: keys.map(({ wrapped: _, ...shown }) => shown), rotations, kept, quotas };
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BIND_BATCH_MAX);
      try {
        const bound = await this.bindCards(batch.map(({ card }) => card));
        batch.forEach((one, i) => one.resolve(bound[i] as BoundCard | Refusal));
      } catch (fault) {
        for (const one of batch) one.reject(fault);
      }
    }
    this.#draining = false;
  }

  /** Opens what was looked up. A card whose key was destroyed meanwhile has moved: it is read again. */
  async #openAll(rows: readonly SealedCard[], places: readonly CardPlace[]): Promise<SeenCard[]> {
    const { ring, store, rotations } = this.#at;
    const seen: SeenCard[] = [];
    const older: string[] = [];
    for (const row of rows) {
      let [now, key] = [row, await ring.cardKey(row.key)];
      if (!key) {
        [now = row] = await readCards(
          store,
          places.filter(({ ref }) => ref === row.ref),
        );
        key = await ring.cardKey(now.key);
      }
      assert(key, "a card names a key that is there");
      if (now.key < ring.current) older.push(row.ref);
      seen.push({ ref: row.ref, number: openNumber(key, now), expiry: now.expiry });
    }
    if (older.length > 0) rotations.touch(places.filter(({ ref }) => older.includes(ref)));
    return seen;
  }
}

/**
 * The vault: the one place where card numbers are. A number goes in once, under a claim that is
 * unique in the whole vault, and comes out only for a stated purpose, counted and written down.
 * Nothing here logs, and no error of ours carries a number.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { type Instant, machineNow, randomBelow, randomBytes, uuidv7 } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import type { Store, Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { refuse } from "./vault.refusals.ts";
import type { IndexAlgorithm } from "./derive.ts";
import { type Kek, openKek } from "./kek.ts";
import { Keyring } from "./keyring.ts";
import { Looks } from "./look.ts";
import { BinTable, type BinRange, type CardFace } from "./number.ts";
import { commitmentOf, DEMO_BINS, readCard, readDigits } from "./number.ts";
import { type Purpose, ruleFor } from "./purpose.ts";
import { aesGcmOpen, aesGcmSeal, IV_BYTES } from "./seal.ts";
import {
  addCardsIn,
  type BlindIndex,
  type CardPlace,
  cardsIn,
  claimIn,
  claimsIn,
  forgetCards,
  readCards,
  reserveUsesIn,
  type SealedCard,
  type VaultCard,
} from "./vault.store.ts";

/** Cards of one batch; what waits longer goes into the next. */
export const BIND_BATCH_MAX = 256;
/** Numbers that one call may see. */
export const DETOKENISE_MAX = 100;
/** Tries of a batch against other processes that bind the same numbers at the same moment. */
const BIND_TRIES_MAX = 5;
const SALT_BYTES = 16;
/** The controller's four characters and 25 of its own (EMVCo PAR). Ours is made up for the demo. */
export const PAR_CONTROLLER = "SBX0";
const PAR_TAIL = 25;
const PAR_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export interface CardToBind {
  /** As the holder typed it; it goes no further than here. */
  readonly number: string;
  /** Last month of validity, `YYYY-MM`. Whether it has passed is for whoever knows business time. */
  readonly expiry: string;
  readonly holder: string;
  /** The holder's partition. */
  readonly home: number;
}

/** A card as the rest of the system knows it. */
export interface BoundCard extends CardFace {
  readonly ref: string;
  readonly home: number;
  readonly holder: string;
  /** Payment account reference: one for a card and all its tokens; tells nothing of the number. */
  readonly par: string;
  readonly expiry: string;
  readonly commitment: string;
}

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
  /** Opens at most 100 cards for a purpose; cards that are not there are left out. */
  detokenise(asked: {
    readonly cards: readonly CardPlace[];
    readonly purpose: Purpose;
    readonly principal: Principal;
  }): Promise<SeenCard[] | Refusal>;
  /** Forgets cards: number, face and claim. What looks there were stays, by reference only. */
  forget(places: readonly CardPlace[]): Promise<void>;
  /** The code of a message under the key of a token: 16 bytes. The key never leaves. */
  cryptogramOf(token: string, message: string): Uint8Array;
  /** Begins a new version of the index key; both are looked up from now on. */
  rotateIndex(): Promise<void>;
}

export interface VaultSettings {
  /** Logs in as `sandbank_vault`. */
  readonly store: Store;
  readonly mode: "demo" | "live";
  /** The folder whose `keys/vault.kek` holds the key; or the key itself. */
  readonly kek: string | Kek;
  /** What the blind index hashes with; SHA-256 unless told. */
  readonly index?: IndexAlgorithm;
  /** Ranges that may be bound. In the demonstration only its own, whatever is told. */
  readonly bins?: readonly BinRange[];
  readonly uses_max?: bigint;
  /** Machine time; only tests turn it. */
  readonly now?: () => Instant;
}

/** Opens the vault. Throws VaultProblem if the key file is absent, open to others or another's. */
export async function openVault(settings: VaultSettings): Promise<Vault> {
  const { store, mode, index = "sha256", uses_max } = settings;
  const kek = typeof settings.kek === "string" ? openKek(settings.kek, mode) : settings.kek;
  const more = uses_max === undefined ? {} : { uses_max };
  const ring = await Keyring.open({ store, kek, index, ...more });
  const bins = new BinTable(mode === "demo" ? DEMO_BINS : (settings.bins ?? []));
  return new Chamber({ store, ring, bins }, new Looks(store, settings.now ?? machineNow));
}

interface Chambered {
  readonly store: Store;
  readonly ring: Keyring;
  readonly bins: BinTable;
}

/** A card that passed the checks of shape. */
interface Ready {
  readonly card: CardToBind;
  readonly digits: string;
  readonly face: CardFace;
  readonly indexes: readonly BlindIndex[];
}

interface Waiting {
  readonly card: CardToBind;
  resolve(bound: BoundCard | Refusal): void;
  reject(fault: unknown): void;
}

class Chamber implements Vault {
  readonly #at: Chambered;
  readonly #looks: Looks;
  readonly #waiting: Waiting[] = [];
  #draining = false;

  constructor(at: Chambered, looks: Looks) {
    this.#at = at;
    this.#looks = looks;
  }

  bindCard(card: CardToBind): Promise<BoundCard | Refusal> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ card, resolve, reject });
      if (this.#draining) return;
      this.#draining = true;
      void this.#drain();
    });
  }

  async bindCards(batch: readonly CardToBind[]): Promise<(BoundCard | Refusal)[]> {
    const checked = batch.map((card) => this.#check(card));
    const ready = checked.filter((one): one is Ready => !isRefusal(one));
    for (let tries = 1; ; tries += 1) {
      const bound = await this.#bindOnce(ready);
      if (bound) return checked.map((one) => (isRefusal(one) ? one : answerFor(one, bound)));
      assert(tries < BIND_TRIES_MAX, "numbers are claimed by others again and again");
    }
  }

  async describe(places: readonly CardPlace[]): Promise<BoundCard[]> {
    return (await readCards(this.#at.store, places)).map(boundOf);
  }

  async detokenise({ cards, purpose, principal }: Parameters<Vault["detokenise"]>[0]) {
    assert(cards.length >= 1 && cards.length <= DETOKENISE_MAX, "1 to 100 cards at once");
    const rule = ruleFor(purpose, principal);
    if (!rule) return refuse("detokenise_purpose_not_yours");
    const { day_cap } = rule;
    // Nothing is opened before the record of it is committed.
    const rows = await this.#looks.take({ cards, purpose, principal, day_cap });
    if (!rows) return refuse("detokenise_quota_spent");
    return Promise.all(rows.map((row) => this.#open(row)));
  }

  async forget(places: readonly CardPlace[]): Promise<void> {
    if (places.length > 0) await forgetCards(this.#at.store, places);
  }

  cryptogramOf(token: string, message: string): Uint8Array {
    return this.#at.ring.cryptogramOf(token, message);
  }

  rotateIndex(): Promise<void> {
    return this.#at.ring.rotateIndex();
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

  #check(card: CardToBind): Ready | Refusal {
    const digits = readDigits(card.number);
    const face = digits === undefined ? undefined : readCard(this.#at.bins, digits);
    if (digits === undefined || !face)
      return refuse("card_number_not_recognised", { field: "/number" });
    return { card, digits, face, indexes: this.#at.ring.indexesOf(digits) };
  }

  /** One transaction; undefined if another process claimed one of the numbers under our hands. */
  #bindOnce(ready: readonly Ready[]): Promise<Map<string, BoundCard> | undefined> {
    // One order of claims in every process: two batches never wait for each other in a circle.
    const numbers = new Map(ready.map((one) => [nameOf(one), one] as const));
    const distinct = [...numbers.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return this.#at.store.transaction(async (tx) => {
      const bound = await this.#known(tx, ready);
      const fresh = distinct.filter(([name]) => !bound.has(name)).map(([, one]) => one);
      if (fresh.length === 0) return bound;
      const key = await this.#reserve(tx, fresh.length);
      if (key === undefined) return undefined;
      const sealed = await Promise.all(fresh.map((one) => this.#seal(one, key)));
      const claims = fresh.map((one, i) => {
        const { ref, partition: home } = sealed[i] as VaultCard;
        return { ...(one.indexes[0] as BlindIndex), home, ref };
      });
      const free = await claimIn(tx, claims);
      const ours = sealed.filter(({ ref }) => free.has(ref));
      if (ours.length > 0) await addCardsIn(tx, ours);
      fresh.forEach((one, i) => {
        const card = sealed[i] as VaultCard;
        if (free.has(card.ref)) bound.set(nameOf(one), boundOf(card));
      });
      return free.size === fresh.length ? bound : undefined;
    });
  }

  /** Cards that are there already, by the name of their number. */
  async #known(tx: Tx, ready: readonly Ready[]): Promise<Map<string, BoundCard>> {
    const bound = new Map<string, BoundCard>();
    if (ready.length === 0) return bound;
    const claims = await claimsIn(
      tx,
      ready.flatMap(({ indexes }) => indexes),
    );
    if (claims.length === 0) return bound;
    const cards = new Map((await cardsIn(tx, claims)).map((card) => [card.ref, card]));
    const byIndex = new Map(claims.map(({ index, ref }) => [hexOf(index), ref]));
    for (const one of ready) {
      for (const { index } of one.indexes) {
        const card = cards.get(byIndex.get(hexOf(index)) ?? "");
        if (card) bound.set(nameOf(one), boundOf(card));
      }
    }
    return bound;
  }

  /** Counts the uses before they are made. A key that is spent is replaced, and the batch tried again. */
  async #reserve(tx: Tx, uses: number): Promise<number | undefined> {
    const { ring } = this.#at;
    const version = ring.current;
    if (await reserveUsesIn(tx, version, uses)) return version;
    await ring.rotate(version);
    return undefined;
  }

  async #seal({ card, digits, face }: Ready, version: number): Promise<VaultCard> {
    const key = await this.#at.ring.cardKey(version);
    const ref = uuidv7();
    const salt = randomBytes(SALT_BYTES);
    const iv = randomBytes(IV_BYTES);
    const plain = Buffer.concat([salt, Buffer.from(digits)]);
    const sealed = aesGcmSeal(key, { iv, aad: aadOf(ref, version), plain });
    plain.fill(0);
    const commitment = commitmentOf(salt, digits);
    const { home: partition, holder, expiry } = card;
    return {
      ...face,
      partition,
      ref,
      holder,
      key: version,
      iv,
      sealed,
      commitment,
      par: drawPar(),
      expiry,
    };
  }

  async #open(row: SealedCard): Promise<SeenCard> {
    const key = await this.#at.ring.cardKey(row.key);
    const { iv, sealed, ref, expiry } = row;
    const plain = aesGcmOpen(key, { iv, aad: aadOf(ref, row.key), sealed });
    assert(plain, "a card opens under the key that it names");
    const number = plain.subarray(SALT_BYTES).toString();
    assert(commitmentOf(plain.subarray(0, SALT_BYTES), number) === row.commitment);
    plain.fill(0);
    return { ref, number, expiry };
  }
}

/** The name of a number within a batch: its index under the newest key. */
function nameOf({ indexes }: Ready): string {
  return hexOf((indexes[0] as BlindIndex).index);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** A number that somebody else bound is refused without saying so. */
function answerFor(one: Ready, bound: ReadonlyMap<string, BoundCard>): BoundCard | Refusal {
  const card = bound.get(nameOf(one));
  assert(card, "every number of a batch is bound by its end");
  return card.holder === one.card.holder ? card : refuse("card_bound_elsewhere");
}

function boundOf(card: VaultCard): BoundCard {
  const { ref, partition: home, holder, par, bin, last4, kind, expiry, commitment } = card;
  return { ref, home, holder, par, bin, last4, kind, expiry, commitment };
}

/** A sealed card is bound to its reference and its key: moved to another row it does not open. */
function aadOf(ref: string, key: number): Buffer {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(key);
  return Buffer.concat([Buffer.from(ref.replaceAll("-", ""), "hex"), version]);
}

/** Drawn, not derived: nothing leads from it to the number, and after erasure nothing leads back. */
function drawPar(): string {
  let tail = "";
  for (let i = 0; i < PAR_TAIL; i += 1) tail += PAR_ALPHABET[randomBelow(PAR_ALPHABET.length)];
  return PAR_CONTROLLER + tail;
}

/**
 * Binding numbers: each once in the whole vault, under a claim, sealed as it is written. A number
 * that the issuer replaces keeps reference, account reference and holder. Whatever is written is
 * written by keys that are current until the transaction ends, so that no key turns under its hands.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { randomBelow, uuidv7 } from "@sandbank/kernel/clock";
import type { Store, Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { holdIndexIn, reserveUsesIn } from "./key.store.ts";
import type { Keyring } from "./keyring.ts";
import { type BinTable, type CardFace, readCard, readDigits } from "./number.ts";
import { type CardKey, sealNumber } from "./sealed.ts";
import { refuse } from "./vault.refusals.ts";
import {
  addCardsIn,
  type BlindIndex,
  type CardPlace,
  cardsIn,
  claimIn,
  claimsIn,
  lockCardIn,
  renumberIn,
  unclaimIn,
  type VaultCard,
} from "./vault.store.ts";

/** Tries of a batch against other processes that bind the same numbers at the same moment. */
const BIND_TRIES_MAX = 5;
/** The controller's four characters and 25 of its own (EMVCo PAR). Ours is made up for the demo. */
const PAR_CONTROLLER = "SBX0";
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

/** What the issuer says of a card that it replaced. */
export interface NewNumber {
  readonly number: string;
  readonly expiry: string;
  /** The place of this word among the issuer's words about the card. */
  readonly seq: bigint;
}

/** A number that passed the checks of shape, and what it tells of itself. */
interface Read {
  readonly digits: string;
  readonly face: CardFace;
}

interface Ready extends Read {
  readonly card: CardToBind;
}

/** A card with its number's index under every version of the key, the newest first. */
interface Indexed extends Ready {
  readonly indexes: readonly BlindIndex[];
}

interface At {
  readonly store: Store;
  readonly ring: Keyring;
  readonly bins: BinTable;
}

export class Binding {
  readonly #at: At;

  constructor(at: At) {
    this.#at = at;
  }

  /** Seals cards set by set; a number that its holder bound before gives the same card again. */
  async bindCards(batch: readonly CardToBind[]): Promise<(BoundCard | Refusal)[]> {
    const checked = batch.map((card) => {
      const read = this.#read(card.number);
      return isRefusal(read) ? read : { ...read, card };
    });
    const ready = checked.filter((one): one is Ready => !isRefusal(one));
    for (let tries = 1; ; tries += 1) {
      const bound = await this.#bindOnce(ready);
      if (bound) return checked.map((one) => (isRefusal(one) ? one : answerFor(one, bound)));
      assert(tries < BIND_TRIES_MAX, "numbers are claimed by others again and again");
    }
  }

  /** What a number tells of itself; nothing of it is kept. */
  face(number: string): CardFace | Refusal {
    const read = this.#read(number);
    return isRefusal(read) ? read : read.face;
  }

  /** Gives a card another number. Refuses `card_number_not_recognised`, `card_bound_elsewhere`. */
  async renumber(card: CardPlace & NewNumber): Promise<CardFace | Refusal> {
    const read = this.#read(card.number);
    if (isRefusal(read)) return read;
    for (let tries = 1; ; tries += 1) {
      const done = await this.#at.store.transaction((tx) =>
        this.#renumberIn(tx, { ...card, ...read }),
      );
      if (done) return done === "taken" ? refuse("card_bound_elsewhere") : read.face;
      assert(tries < BIND_TRIES_MAX, "keys are turned again and again");
    }
  }

  #read(number: string): Read | Refusal {
    const digits = readDigits(number);
    const face = digits === undefined ? undefined : readCard(this.#at.bins, digits);
    if (digits === undefined || !face) {
      return refuse("card_number_not_recognised", { field: "/number" });
    }
    return { digits, face };
  }

  /**
   * One transaction; undefined if another process claimed one of the numbers under our hands, or if
   * a key turned. Numbers are indexed anew at each try.
   */
  #bindOnce(ready: readonly Ready[]): Promise<Map<string, BoundCard> | undefined> {
    const { ring, store } = this.#at;
    const indexed = ready.map((one) => ({ ...one, indexes: ring.indexesOf(one.digits) }));
    // One order of claims in every process: two batches never wait for each other in a circle.
    const numbers = new Map(indexed.map((one) => [nameOf(one), one] as const));
    const distinct = [...numbers.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return store.transaction(async (tx) => {
      const version = indexed[0]?.indexes[0]?.version ?? ring.index;
      if (!(await this.#holdIndex(tx, version))) return undefined;
      const bound = await this.#known(tx, indexed);
      const fresh = distinct.filter(([name]) => !bound.has(name)).map(([, one]) => one);
      if (fresh.length > 0) {
        const key = await this.#reserve(tx, fresh.length);
        if (key === undefined || !(await this.#addIn(tx, { fresh, key, bound }))) return undefined;
      }
      return new Map(indexed.map((one) => [one.digits, bound.get(nameOf(one)) as BoundCard]));
    });
  }

  /** Writes the cards of numbers that were free; false if one of them no longer is. */
  async #addIn(
    tx: Tx,
    asked: {
      readonly fresh: readonly Indexed[];
      readonly key: CardKey;
      readonly bound: Map<string, BoundCard>;
    },
  ): Promise<boolean> {
    const { fresh, key, bound } = asked;
    const sealed = fresh.map((one) => cardOf(one, key));
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
    return free.size === fresh.length;
  }

  /** Cards that are there already, by the name of their number. */
  async #known(tx: Tx, ready: readonly Indexed[]): Promise<Map<string, BoundCard>> {
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

  /** Undefined if a key turned; "taken" if the number is another card's, "done" if all is as told. */
  async #renumberIn(
    tx: Tx,
    asked: CardPlace & NewNumber & { readonly face: CardFace; readonly digits: string },
  ): Promise<"done" | "taken" | undefined> {
    const { home, ref, expiry, seq, face, digits } = asked;
    const known = await lockCardIn(tx, { home, ref });
    // A card that was erased has no number any more; a later word was heard: both are as told.
    if (!known || known.renumbered >= seq) return "done";
    const indexes = this.#at.ring.indexesOf(digits);
    const [newest] = indexes as readonly [BlindIndex];
    if (!(await this.#holdIndex(tx, newest.version))) return undefined;
    const claims = await claimsIn(tx, indexes);
    if (claims.some((claim) => claim.ref !== ref)) return "taken";
    const key = await this.#reserve(tx, 1);
    if (!key) return undefined;
    if (claims.length === 0) {
      const free = await claimIn(tx, [{ ...newest, home, ref }]);
      if (free.size === 0) return undefined;
    }
    await unclaimIn(tx, { home, ref }, indexes);
    await renumberIn(tx, { home, ref, expiry, seq, ...face, ...sealNumber(key, ref, digits) });
    return "done";
  }

  /** Holds the version of the index key that we write by; where it is old, the ring is read anew. */
  async #holdIndex(tx: Tx, version: number): Promise<boolean> {
    if (await holdIndexIn(tx, version)) return true;
    await this.#at.ring.load();
    return false;
  }

  /** Counts the uses before they are made. A key that is spent is replaced, and the batch tried again. */
  async #reserve(tx: Tx, uses: number): Promise<CardKey | undefined> {
    const { ring } = this.#at;
    const version = ring.current;
    if (await reserveUsesIn(tx, version, uses)) {
      const key = await ring.cardKey(version);
      assert(key, "the current key is there");
      return { version, key };
    }
    await ring.replaceSpent(version);
    return undefined;
  }
}

/** The name of a number within a batch: its index under the newest key. */
function nameOf({ indexes }: Indexed): string {
  return hexOf((indexes[0] as BlindIndex).index);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** A number that somebody else bound is refused without saying so. */
function answerFor(one: Ready, bound: ReadonlyMap<string, BoundCard>): BoundCard | Refusal {
  const card = bound.get(one.digits);
  assert(card, "every number of a batch is bound by its end");
  return card.holder === one.card.holder ? card : refuse("card_bound_elsewhere");
}

/** A card under a fresh reference, its number sealed. */
function cardOf({ card, digits, face }: Indexed, key: CardKey): VaultCard {
  const { home: partition, holder, expiry } = card;
  const ref = uuidv7();
  return {
    ...{ ...face, partition, ref, holder, par: drawPar(), expiry },
    ...sealNumber(key, ref, digits),
  };
}

/** What the rest of the system may know of a card. */
export function boundOf(card: VaultCard): BoundCard {
  const { ref, partition: home, holder, par, bin, last4, kind, expiry, commitment } = card;
  return { ref, home, holder, par, bin, last4, kind, expiry, commitment };
}

/** Drawn, not derived: nothing leads from it to the number, and after erasure nothing leads back. */
function drawPar(): string {
  let tail = "";
  for (let i = 0; i < PAR_TAIL; i += 1) tail += PAR_ALPHABET[randomBelow(PAR_ALPHABET.length)];
  return PAR_CONTROLLER + tail;
}

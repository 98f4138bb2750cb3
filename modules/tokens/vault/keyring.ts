/**
 * The vault's keys in memory, as key objects: the data keys that cards lie under, the keys of the
 * blind index by version, and the key of cryptograms. They come out of `vault.key` by unwrapping and go in by wrapping;
 * their bytes are wiped once they are keys, and none is ever written anywhere else.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { type Instant, randomBytes } from "@sandbank/kernel/clock";
import type { Store, Tx } from "@sandbank/kernel/store";
import type { Custody } from "./custody.ts";
import { hkdfSha256, hmacOf, hmacSha256, INDEX_ALGORITHMS, type IndexAlgorithm } from "./derive.ts";
import { addKeyIn, type KeyKind, type KeyRow, lockCurrentIn, readKeys } from "./key.store.ts";
import { VaultProblem } from "./problem.ts";
import { keyOf } from "./seal.ts";
import type { BlindIndex } from "./vault.store.ts";

const KEY_BYTES = 32;
/** Length of a cryptogram: 128 bits, so that nobody guesses one of a token. */
const CRYPTOGRAM_BYTES = 16;
/** SP 800-38D §8.3: at most 2^32 vectors drawn at random under one key. We stop a batch earlier. */
export const USES_MAX = 2n ** 32n - 4096n;

export interface KeyringSettings {
  readonly store: Store;
  readonly custody: Custody;
  /** What a new index key hashes with; keys that stand keep theirs. */
  readonly index: IndexAlgorithm;
  /** How often one data key seals; only tests say less than 2^32. */
  readonly uses_max?: bigint;
  readonly now: () => Instant;
}

interface IndexKey {
  readonly version: number;
  readonly key: KeyObject;
  readonly algorithm: IndexAlgorithm;
}

export class Keyring {
  readonly #settings: KeyringSettings;
  readonly #cardKeys = new Map<number, KeyObject>();
  #indexKeys: readonly IndexKey[] = [];
  #current = 0;
  #destroyed = false;
  #cryptograms: KeyObject | undefined;

  private constructor(settings: KeyringSettings) {
    this.#settings = settings;
  }

  /** Opens the ring, and makes the first keys where there are none. Throws VaultProblem. */
  static async open(settings: KeyringSettings): Promise<Keyring> {
    const ring = new Keyring(settings);
    await ring.load();
    if (ring.destroyed) return ring;
    if (ring.#indexKeys.length === 0) await ring.#first("index");
    if (ring.#current === 0) await ring.#first("card");
    if (!ring.#cryptograms) await ring.#first("cryptogram");
    await ring.load();
    return ring;
  }

  /** True once every key was destroyed: none is made again. */
  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** The version of the data key that seals from now on. */
  get current(): number {
    return this.#current;
  }

  /** How often a data key that is made now may seal. */
  get usesMax(): number {
    return Number(this.#settings.uses_max ?? USES_MAX);
  }

  /** The version of the index key that is written by. */
  get index(): number {
    return this.#indexKeys[0]?.version ?? 0;
  }

  /** The data key of a version, looked up once more if it is new here; undefined once destroyed. */
  async cardKey(version: number): Promise<KeyObject | undefined> {
    const known = this.#cardKeys.get(version);
    if (known) return known;
    await this.load();
    return this.#cardKeys.get(version);
  }

  /** A data key is used up: the next version takes over, ours or that of a quicker process. */
  async replaceSpent(spent: number): Promise<void> {
    if (spent === this.#current) await this.load();
    if (spent !== this.#current) return;
    await this.#settings.store.transaction((tx) => this.turnIn(tx, "card", spent));
    await this.load();
  }

  /** The number's index under every version of the key, the one to write by first. */
  indexesOf(digits: string): readonly BlindIndex[] {
    const bytes = Buffer.from(digits);
    return this.#indexKeys.map(({ version, key, algorithm }) => ({
      version,
      index: hmacOf[algorithm](key, bytes),
    }));
  }

  /** The code of a message under the key of one token, which is derived and kept nowhere. */
  cryptogramOf(token: string, message: string): Buffer {
    assert(this.#cryptograms, "an open ring has a key of cryptograms");
    const key = keyOf(hmacSha256(this.#cryptograms, Buffer.from(token)));
    return hmacSha256(key, Buffer.from(message)).subarray(0, CRYPTOGRAM_BYTES);
  }

  /**
   * Adds the version after the one that is current, wrapped under the same key-encryption key;
   * answers which version is current then. Where `from` is not current any more nothing is added.
   */
  async turnIn(tx: Tx, kind: KeyKind, from?: number): Promise<number> {
    const row = await lockCurrentIn(tx, kind);
    assert(row, "a ring that is open has a current key of each kind");
    if (from !== undefined && row.version !== from) return row.version;
    await this.#addIn(tx, { kind, version: row.version + 1, kek: row.kek });
    return row.version + 1;
  }

  /** Reads the keys anew: those that others made, and those that were destroyed. */
  async load(): Promise<void> {
    const indexKeys: IndexKey[] = [];
    const rows = await readKeys(this.#settings.store);
    this.#destroyed = rows.length > 0 && rows.every(({ wrapped }) => wrapped === null);
    for (const row of rows) {
      if (row.wrapped === null) this.#forget(row);
      else if (row.kind === "index") indexKeys.push(await this.#indexKey(row, row.wrapped));
      else if (row.kind === "cryptogram") {
        this.#cryptograms ??= await this.#derived(row, row.wrapped, "cryptogram");
      } else {
        if (!this.#cardKeys.has(row.version)) {
          this.#cardKeys.set(row.version, await this.#open(row, row.wrapped));
        }
        if (row.state === "current") this.#current = row.version;
      }
    }
    this.#indexKeys = indexKeys.sort((a, b) => b.version - a.version);
  }

  #forget({ kind, version }: KeyRow): void {
    if (kind === "card") this.#cardKeys.delete(version);
    if (kind === "cryptogram") this.#cryptograms = undefined;
  }

  /** The key that indexes is derived, so that the one that lies in the database does one thing. */
  async #indexKey(row: KeyRow, wrapped: Uint8Array): Promise<IndexKey> {
    const algorithm = INDEX_ALGORITHMS.find((name) => name === row.algorithm);
    assert(algorithm, "an index key names its hash");
    const key = await this.#derived(row, wrapped, `blind-index/${row.version}/${algorithm}`);
    return { version: row.version, key, algorithm };
  }

  async #derived(row: KeyRow, wrapped: Uint8Array, what: string): Promise<KeyObject> {
    const bytes = await this.unwrap(row.kek, wrapped);
    const purpose = Buffer.from(`sandbank/vault/${what}`);
    const derived = hkdfSha256(bytes, { salt: new Uint8Array(0), purpose, size: KEY_BYTES });
    bytes.fill(0);
    assert(derived);
    const key = keyOf(derived);
    derived.fill(0);
    return key;
  }

  async #open(row: KeyRow, wrapped: Uint8Array): Promise<KeyObject> {
    const bytes = await this.unwrap(row.kek, wrapped);
    const key = keyOf(bytes);
    bytes.fill(0);
    return key;
  }

  /** The bytes of a wrapped key; whoever asks wipes them. Throws VaultProblem. */
  async unwrap(name: string, wrapped: Uint8Array): Promise<Buffer> {
    const kek = await this.#settings.custody.open(name);
    const bytes = await kek.unwrap(wrapped);
    if (!bytes) throw new VaultProblem("kek_does_not_fit", { name });
    return bytes;
  }

  /** The first key of a kind lies under the key-encryption key of the others, or the only one kept. */
  async #first(kind: KeyKind): Promise<void> {
    const { store, custody } = this.#settings;
    const [known] = await readKeys(store);
    const kept = known ? [] : await custody.kept();
    if (kept.length > 1) throw new VaultProblem("kek_several", custody.about);
    const kek = known?.kek ?? kept[0]?.name;
    if (kek === undefined) throw new VaultProblem("kek_absent", { name: "", ...custody.about });
    await store.transaction((tx) => this.#addIn(tx, { kind, version: 1, kek }));
  }

  async #addIn(
    tx: Tx,
    of: { readonly kind: KeyKind; readonly version: number; readonly kek: string },
  ): Promise<void> {
    const { custody, index, uses_max, now } = this.#settings;
    const kek = await custody.open(of.kek);
    const bytes = randomBytes(KEY_BYTES);
    const wrapped = await kek.wrap(bytes);
    bytes.fill(0);
    const algorithm = { card: "aes-256-gcm", index, cryptogram: "sha256" }[of.kind];
    const most = uses_max ?? USES_MAX;
    await addKeyIn(tx, { ...of, wrapped, algorithm, uses_max: most, made: now() });
  }
}

/**
 * The vault's keys in memory, as key objects: the data keys that cards lie under, the keys of the
 * blind index by version, and the key of cryptograms. They come out of `vault.key` by unwrapping and go in by wrapping;
 * their bytes are wiped once they are keys, and none is ever written anywhere else.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { randomBytes } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { hkdfSha256, hmacOf, hmacSha256, INDEX_ALGORITHMS, type IndexAlgorithm } from "./derive.ts";
import { type Kek, VaultProblem } from "./kek.ts";
import { keyOf } from "./seal.ts";
import { addKey, type BlindIndex, type KeyRow, readKeys } from "./vault.store.ts";
import { aesKwUnwrap, aesKwWrap } from "./wrap.ts";

const KEY_BYTES = 32;
/** Length of a cryptogram: 128 bits, so that nobody guesses one of a token. */
const CRYPTOGRAM_BYTES = 16;
/** SP 800-38D §8.3: at most 2^32 vectors drawn at random under one key. We stop a batch earlier. */
export const USES_MAX = 2n ** 32n - 4096n;

export interface KeyringSettings {
  readonly store: Store;
  readonly kek: Kek;
  /** What a new index key hashes with; keys that stand keep theirs. */
  readonly index: IndexAlgorithm;
  /** How often one data key seals; only tests say less than 2^32. */
  readonly uses_max?: bigint;
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
  #cryptograms: KeyObject | undefined;

  private constructor(settings: KeyringSettings) {
    this.#settings = settings;
  }

  /** Opens the ring, and makes the first keys where there are none. Throws VaultProblem. */
  static async open(settings: KeyringSettings): Promise<Keyring> {
    const ring = new Keyring(settings);
    await ring.#load();
    if (ring.#indexKeys.length === 0) await ring.#add("index", 1);
    if (ring.#current === 0) await ring.#add("card", 1);
    if (!ring.#cryptograms) await ring.#add("cryptogram", 1);
    await ring.#load();
    return ring;
  }

  /** The version of the data key that seals from now on. */
  get current(): number {
    return this.#current;
  }

  /** The data key of a version; one that another process made is looked up once. */
  async cardKey(version: number): Promise<KeyObject> {
    const known = this.#cardKeys.get(version);
    if (known) return known;
    await this.#load();
    const loaded = this.#cardKeys.get(version);
    assert(loaded, "a card names a key that is there");
    return loaded;
  }

  /** A data key is used up: the next version takes over, ours or that of a quicker process. */
  async rotate(spent: number): Promise<void> {
    if (spent === this.#current) await this.#load();
    if (spent !== this.#current) return;
    await this.#add("card", spent + 1);
    await this.#load();
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

  /** Adds a version of the index key; numbers are then looked up under both. */
  async rotateIndex(): Promise<void> {
    await this.#add("index", (this.#indexKeys[0]?.version ?? 0) + 1);
    await this.#load();
  }

  async #load(): Promise<void> {
    const indexKeys: IndexKey[] = [];
    for (const row of await readKeys(this.#settings.store)) {
      if (row.kind === "index") indexKeys.push(this.#indexKey(row));
      else if (row.kind === "cryptogram") this.#cryptograms ??= this.#derived(row, "cryptogram");
      else {
        if (!this.#cardKeys.has(row.version)) this.#cardKeys.set(row.version, this.#open(row));
        this.#current = Math.max(this.#current, row.version);
      }
    }
    this.#indexKeys = indexKeys.sort((a, b) => b.version - a.version);
  }

  /** The key that indexes is derived, so that the one that lies in the database does one thing. */
  #indexKey(row: KeyRow): IndexKey {
    const algorithm = INDEX_ALGORITHMS.find((name) => name === row.algorithm);
    assert(algorithm, "an index key names its hash");
    const key = this.#derived(row, `blind-index/${row.version}/${algorithm}`);
    return { version: row.version, key, algorithm };
  }

  #derived(row: KeyRow, what: string): KeyObject {
    const bytes = this.#unwrap(row);
    const purpose = Buffer.from(`sandbank/vault/${what}`);
    const derived = hkdfSha256(bytes, { salt: new Uint8Array(0), purpose, size: KEY_BYTES });
    bytes.fill(0);
    assert(derived);
    const key = keyOf(derived);
    derived.fill(0);
    return key;
  }

  #open(row: KeyRow): KeyObject {
    const bytes = this.#unwrap(row);
    const key = keyOf(bytes);
    bytes.fill(0);
    return key;
  }

  #unwrap(row: KeyRow): Buffer {
    const { kek } = this.#settings;
    const bytes = row.kek === kek.name ? aesKwUnwrap(kek.key, row.wrapped) : undefined;
    if (!bytes) throw new VaultProblem("kek_does_not_fit", kek.path);
    return bytes;
  }

  async #add(kind: KeyRow["kind"], version: number): Promise<void> {
    const { store, kek, index, uses_max } = this.#settings;
    const bytes = randomBytes(KEY_BYTES);
    const wrapped = aesKwWrap(kek.key, bytes);
    bytes.fill(0);
    const algorithm = { card: "aes-256-gcm", index, cryptogram: "sha256" }[kind];
    const most = uses_max ?? USES_MAX;
    await addKey(store, { kind, version, wrapped, kek: kek.name, algorithm, uses_max: most });
  }
}

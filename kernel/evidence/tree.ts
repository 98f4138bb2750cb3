/**
 * The Merkle tree of RFC 6962 §2.1 and RFC 9162: leaves are hashed with 0x00 before them, nodes with
 * 0x01. A frontier is the tree's right edge, all that appending needs; proofs are made from any
 * reader of hashes. Sizes are numbers: a log of 2^53 leaves is not ours to see.
 */
import { hash } from "node:crypto";

export const HASH_BYTES = 32;
/** Root of the tree without leaves, RFC 6962 §2.1. */
export const EMPTY_ROOT = hash("sha256", "", "buffer");

/** What leaves are written to before they are hashed; a longer one gets a buffer of its own. */
const scratch = Buffer.alloc(4096);

/** Hash of a leaf: of its bytes, or of a text's bytes in UTF-8. */
export function leafHash(body: Uint8Array | string): Buffer {
  const most = 1 + (typeof body === "string" ? body.length * 3 : body.length);
  const bytes = most <= scratch.length ? scratch : Buffer.allocUnsafe(most);
  bytes[0] = 0;
  let length = 1 + body.length;
  if (typeof body === "string") length = 1 + bytes.write(body, 1, "utf8");
  else bytes.set(body, 1);
  return hash("sha256", bytes.subarray(0, length), "buffer");
}

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** Hash of a node over its two children. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return hash("sha256", pair, "buffer");
}

/** The right edge of a tree: roots of its perfect subtrees, largest first. */
export class Frontier {
  #size: number;
  readonly #edge: Buffer[];

  constructor(size = 0, edge: readonly Uint8Array[] = []) {
    this.#size = size;
    this.#edge = edge.map((one) => Buffer.from(one));
  }

  /** Reads what `encode` wrote. Throws if the number of hashes does not fit the size. */
  static decode(size: number, bytes: Uint8Array): Frontier {
    const edge: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += HASH_BYTES) {
      edge.push(Buffer.from(bytes.subarray(at, at + HASH_BYTES)));
    }
    if (edge.length !== onesIn(size) || bytes.length % HASH_BYTES !== 0) {
      throw new Error("the frontier does not fit the size of the tree");
    }
    return new Frontier(size, edge);
  }

  get size(): number {
    return this.#size;
  }

  append(leaf: Buffer): void {
    let node = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      node = nodeHash(this.#edge.pop() as Buffer, node);
    }
    this.#edge.push(node);
    this.#size += 1;
  }

  root(): Buffer {
    return this.#edge.length === 0
      ? EMPTY_ROOT
      : this.#edge.reduceRight((right, left) => nodeHash(left, right));
  }

  encode(): Buffer {
    return Buffer.concat(this.#edge);
  }
}

function onesIn(size: number): number {
  return size.toString(2).replaceAll("0", "").length;
}

/**
 * Reads the hash of a perfect subtree: `level` 0 is leaves, `index` counts subtrees of that level.
 */
export type HashReader = (level: number, index: number) => Promise<Buffer> | Buffer;

/** Root of the leaves from `start` (a multiple of its own width's powers) to `end`. */
async function rangeRoot(read: HashReader, start: number, end: number): Promise<Buffer> {
  const width = end - start;
  if (width === 1) return read(0, start);
  const level = Math.log2(width);
  if (Number.isInteger(level) && start % width === 0) return read(level, start / width);
  const split = start + splitOf(width);
  return nodeHash(await rangeRoot(read, start, split), await rangeRoot(read, split, end));
}

/** The largest power of two smaller than `n`. */
function splitOf(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

/** Root of the first `size` leaves. */
export async function rootOf(read: HashReader, size: number): Promise<Buffer> {
  return size === 0 ? EMPTY_ROOT : rangeRoot(read, 0, size);
}

/** Audit path of a leaf in a tree of `size`, RFC 9162 §2.1.3.1. */
export async function inclusionProof(
  read: HashReader,
  index: number,
  size: number,
): Promise<Buffer[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const path: Buffer[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const split = start + splitOf(end - start);
    if (index < split) {
      path.unshift(await rangeRoot(read, split, end));
      end = split;
    } else {
      path.unshift(await rangeRoot(read, start, split));
      start = split;
    }
  }
  return path;
}

/** Consistency proof between two sizes, RFC 9162 §2.1.4.1. Empty where either side says nothing. */
export async function consistencyProof(
  read: HashReader,
  older: number,
  size: number,
): Promise<Buffer[]> {
  if (older < 0 || older > size) throw new RangeError(`a tree of ${size} was never ${older}`);
  if (older === 0 || older === size) return [];
  const proof: Buffer[] = [];
  let [start, end] = [0, size];
  let whole = true;
  let rest = older;
  while (rest !== end - start) {
    const split = splitOf(end - start);
    if (rest <= split) {
      proof.unshift(await rangeRoot(read, start + split, end));
      end = start + split;
    } else {
      proof.unshift(await rangeRoot(read, start, start + split));
      start += split;
      rest -= split;
      whole = false;
    }
  }
  if (!whole) proof.unshift(await rangeRoot(read, start, end));
  return proof;
}

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** True if the path leads from the leaf's hash to the root, RFC 9162 §2.1.3.2. */
export function verifyInclusion({ index, size, leaf, path, root }: Inclusion): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, root, ...path].every(isHash)) return false;
  let [at, last] = [index, size - 1];
  let node: Uint8Array = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(node, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && Buffer.compare(node, root) === 0;
}

export interface Consistency {
  readonly older: number;
  readonly size: number;
  readonly olderRoot: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * True if the older tree is a prefix of the newer, RFC 9162 §2.1.4.2. An older size of 0 needs an
 * empty proof and is then accepted, as C2SP has it.
 */
export function verifyConsistency({ older, size, olderRoot, root, proof }: Consistency): boolean {
  if (!isCount(older) || !isCount(size) || older > size) return false;
  if (![olderRoot, root, ...proof].every(isHash)) return false;
  if (older === 0) return proof.length === 0;
  if (older === size) return proof.length === 0 && Buffer.compare(olderRoot, root) === 0;
  const path = Number.isInteger(Math.log2(older)) ? [olderRoot, ...proof] : [...proof];
  let [at, last] = [older - 1, size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [oldNode, newNode]: [Uint8Array, Uint8Array] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldNode = nodeHash(sibling, oldNode);
      newNode = nodeHash(sibling, newNode);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newNode = nodeHash(newNode, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  const same = Buffer.compare(oldNode, olderRoot) === 0 && Buffer.compare(newNode, root) === 0;
  return last === 0 && same;
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

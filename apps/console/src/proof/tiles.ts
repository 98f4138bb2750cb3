/**
 * A log as static files, c2sp.org/tlog-tiles: the leaves are read from its bundles, the path from a
 * leaf to the root is built from its tiles and folded by RFC 9162 §2.1.3.2.
 */
import { type Bytes, isSame, joined, nodeHash } from "./bytes.ts";

const WIDTH = 256;
const HASH = 32;

/** Reads a file of the log; undefined where there is none. */
export type Source = (path: string) => Promise<Bytes | undefined>;

/** `tile/0/x001/067`, with `.p/<width>` for a partial one. */
export function tilePath(level: number | "entries", index: number, width = WIDTH): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/\d{3}/g) ?? [];
  const path = groups.map((part, at) => (at === groups.length - 1 ? part : `x${part}`)).join("/");
  return `tile/${level}/${path}${width === WIDTH ? "" : `.p/${width}`}`;
}

/** A tile or bundle as far as a log of `size` has it; a partial one that is gone as the full one. */
async function fetchTile(
  source: Source,
  of: { readonly level: number | "entries"; readonly index: number; readonly size: number },
): Promise<Bytes> {
  const { level, index, size } = of;
  const span = level === "entries" ? 1 : WIDTH ** level;
  const width = Math.min(WIDTH, Math.floor(size / span) - index * WIDTH);
  const bytes =
    (await source(tilePath(level, index, width))) ?? (await source(tilePath(level, index)));
  if (bytes === undefined) throw new Error(`the log lacks ${tilePath(level, index, width)}`);
  return bytes;
}

/** The leaves of a bundle, in order. */
export async function leavesOf(source: Source, index: number, size: number): Promise<Bytes[]> {
  const bytes = await fetchTile(source, { level: "entries", index, size });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const leaves: Bytes[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const end = at + 2 + view.getUint16(at);
    if (end > bytes.length) throw new Error("a bundle of the log is cut short");
    leaves.push(bytes.slice(at + 2, end));
    at = end;
  }
  return leaves.slice(0, Math.min(WIDTH, size - index * WIDTH));
}

type HashOf = (level: number, index: number) => Promise<Bytes>;

/** Hashes of perfect subtrees, read from tiles and, inside of a tile, computed. */
function hashesOf(source: Source, size: number): HashOf {
  const kept = new Map<string, Promise<Bytes>>();
  const tile = (level: number, index: number) => {
    const name = `${level}/${index}`;
    const known = kept.get(name) ?? fetchTile(source, { level, index, size });
    kept.set(name, known);
    return known;
  };
  return async (level, index) => {
    const inside = level % 8;
    const first = index * 2 ** inside;
    const bytes = await tile((level - inside) / 8, Math.floor(first / WIDTH));
    const at = (first % WIDTH) * HASH;
    return perfectRoot(bytes.slice(at, at + HASH * 2 ** inside), 2 ** inside);
  };
}

async function perfectRoot(hashes: Bytes, count: number): Promise<Bytes> {
  if (hashes.length !== count * HASH) throw new Error("a tile of the log is too short");
  let row = hashes;
  while (row.length > HASH) {
    const above: Bytes[] = [];
    for (let at = 0; at < row.length; at += 2 * HASH) {
      above.push(await nodeHash(row.slice(at, at + HASH), row.slice(at + HASH, at + 2 * HASH)));
    }
    row = joined(above);
  }
  return row;
}

/** The largest power of two smaller than `n`. */
function splitOf(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

async function rangeRoot(read: HashOf, start: number, end: number): Promise<Bytes> {
  const width = end - start;
  const level = Math.log2(width);
  if (Number.isInteger(level) && start % width === 0) return read(level, start / width);
  const split = start + splitOf(width);
  return nodeHash(await rangeRoot(read, start, split), await rangeRoot(read, split, end));
}

/** The path from a leaf to the root of the first `size` leaves, RFC 9162 §2.1.3.1. */
export async function pathOf(source: Source, index: number, size: number): Promise<Bytes[]> {
  const read = hashesOf(source, size);
  const path: Bytes[] = [];
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

export interface Claim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Bytes;
  readonly path: readonly Bytes[];
  readonly root: Bytes;
}

/** True if the path leads from the leaf's hash to the root, RFC 9162 §2.1.3.2. */
export async function leadsTo({ index, size, leaf, path, root }: Claim): Promise<boolean> {
  if (index < 0 || index >= size) return false;
  let [at, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(hash, root);
}

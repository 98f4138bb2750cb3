/**
 * Tiles, c2sp.org/tlog-tiles: a log as static files. A tile holds up to 256 hashes of one level, an
 * entry bundle up to 256 leaves with their length before each. Full ones never change.
 */
import { HASH_BYTES, type HashReader, leafHash, nodeHash } from "./tree.ts";

export const TILE_WIDTH = 256;
/** Bytes of a full tile. */
export const HASHES_OF_TILE = TILE_WIDTH * HASH_BYTES;
/** A leaf's length is written in two bytes. */
export const LEAF_BYTES_MAX = 65_535;
const TILE_LEVELS = 8;

/** `tile/0/x001/x234/067`, with `.p/<width>` for a partial one. Level "entries" is the bundles. */
export function tilePath(level: number | "entries", index: number, width = TILE_WIDTH): string {
  const parts: string[] = [];
  let rest = index;
  do {
    parts.unshift(String(rest % 1000).padStart(3, "0"));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const last = parts.length - 1;
  const path = parts.map((part, at) => (at === last ? part : `x${part}`)).join("/");
  return `tile/${level}/${path}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** One file of a log. */
export interface TileName {
  readonly level: number | "entries";
  readonly index: number;
  readonly width: number;
}

/** Tiles and bundles that a log of `size` has and one of `older` had not, partial ones included. */
export function tilesBetween(older: number, size: number): TileName[] {
  const names: TileName[] = [];
  for (let level = 0; level < TILE_LEVELS; level++) {
    const span = TILE_WIDTH ** level;
    const [before, now] = [Math.floor(older / span), Math.floor(size / span)];
    if (now === 0) break;
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < now; index++) {
      const width = Math.min(TILE_WIDTH, now - index * TILE_WIDTH);
      const had = Math.min(TILE_WIDTH, Math.max(0, before - index * TILE_WIDTH));
      if (width === had) continue;
      names.push({ level, index, width });
      if (level === 0) names.push({ level: "entries", index, width });
    }
  }
  return names;
}

/** Leaves as a bundle: each with its length in two bytes, big-endian. Too long a leaf is a bug. */
export function encodeBundle(leaves: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const leaf of leaves) {
    if (leaf.length > LEAF_BYTES_MAX) throw new RangeError(`a leaf of ${leaf.length} bytes`);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(leaf.length);
    parts.push(length, leaf);
  }
  return Buffer.concat(parts);
}

/** Leaves of a bundle as far as they can be read; `whole` if its bytes end with a leaf. */
export function decodeBundle(bytes: Buffer): {
  readonly leaves: Buffer[];
  readonly whole: boolean;
} {
  const leaves: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) break;
    leaves.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { leaves, whole: at === bytes.length };
}

/** Fetches a file of a log by its path; undefined where there is none. */
export type TileSource = (path: string) => Promise<Buffer | undefined>;

/**
 * Reads hashes of a log of `size` out of its tiles. A partial tile that is gone is looked for as
 * the full one, as clients may. Throws where the log lacks what it must have.
 */
export function tileHashes(source: TileSource, size: number): HashReader {
  const cache = new Map<string, Promise<Buffer>>();
  const tile = (level: number, index: number): Promise<Buffer> =>
    cache.getOrInsertComputed(tilePath(level, index), () =>
      fetchTile(source, { level, index, size }),
    );
  return async (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const inside = level - tileLevel * 8;
    const first = index * 2 ** inside;
    const bytes = await tile(tileLevel, Math.floor(first / TILE_WIDTH));
    const at = (first % TILE_WIDTH) * HASH_BYTES;
    const hashes = bytes.subarray(at, at + HASH_BYTES * 2 ** inside);
    if (hashes.length !== HASH_BYTES * 2 ** inside) throw new Error("a tile is too short");
    return perfectRoot(hashes);
  };
}

async function fetchTile(
  source: TileSource,
  { level, index, size }: { readonly level: number; readonly index: number; readonly size: number },
): Promise<Buffer> {
  const there = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
  const width = Math.min(TILE_WIDTH, there);
  const bytes =
    (await source(tilePath(level, index, width))) ?? (await source(tilePath(level, index)));
  if (bytes === undefined || bytes.length < width * HASH_BYTES) {
    throw new Error(`the log lacks ${tilePath(level, index, width)}`);
  }
  return bytes;
}

/** Root over 2^n hashes lying side by side. */
export function perfectRoot(hashes: Uint8Array): Buffer {
  let row: Buffer[] = [];
  for (let at = 0; at < hashes.length; at += HASH_BYTES) {
    row.push(Buffer.from(hashes.subarray(at, at + HASH_BYTES)));
  }
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < row.length; at += 2) {
      above.push(nodeHash(row[at] as Buffer, row[at + 1] as Buffer));
    }
    row = above;
  }
  return row[0] as Buffer;
}

/** The hashes of a bundle's leaves side by side: the level-0 tile that goes with it. */
export function tileOfLeaves(leaves: readonly Uint8Array[]): Buffer {
  return Buffer.concat(leaves.map(leafHash));
}

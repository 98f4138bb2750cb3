/**
 * Builds a log's tree again out of its leaves, a bundle at a time, and finds where leaves and tiles
 * part. Only hashes above the leaves are kept, one for 256 leaves, so that a log of millions is
 * walked in little memory.
 */
import { perfectRoot, TILE_WIDTH, tilePath, type TileSource } from "./tiles.ts";
import { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from "./tree.ts";

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** The tiles of a tree that only grows. */
export class GrowingTree {
  #size = 0;
  /** Hashes of the last, unfinished level-0 tile. */
  readonly #edge = Buffer.alloc(TILE_BYTES);
  /** Level 1 and above: one hash for each full tile below. */
  readonly #levels: Buffer[][] = [];

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    const at = this.#size % TILE_WIDTH;
    this.#edge.set(leafHash(leaf), at * HASH_BYTES);
    this.#size += 1;
    if (at === TILE_WIDTH - 1) this.#rise(0, perfectRoot(this.#edge));
  }

  #rise(level: number, root: Buffer): void {
    const row = (this.#levels[level] ??= []);
    row.push(root);
    if (row.length % TILE_WIDTH !== 0) return;
    this.#rise(level + 1, perfectRoot(Buffer.concat(row.slice(-TILE_WIDTH))));
  }

  /** Hash `index` of tile level `level` ≥ 1; undefined where it is not full yet. */
  above(level: number, index: number): Buffer | undefined {
    return this.#levels[level - 1]?.[index];
  }

  /** Hashes of a row of tile level `level` ≥ 1, side by side. */
  row(level: number, range: { readonly from: number; readonly width: number }): Buffer {
    const { from, width } = range;
    return Buffer.concat((this.#levels[level - 1] ?? []).slice(from, from + width));
  }

  /** The level-0 tile that the last `width` leaves filled. */
  tile(width: number): Buffer {
    return this.#edge.subarray(0, width * HASH_BYTES);
  }

  /** The unfinished level-0 tile: what stands in the last `size % 256` places. */
  edge(): Buffer {
    return this.#edge.subarray(0, (this.#size % TILE_WIDTH) * HASH_BYTES);
  }

  /** Root of all leaves so far. */
  root(): Buffer {
    const tiles = [...this.#levels.toReversed().map((row) => partOf(row)), this.edge()];
    return rootOfEdge(tiles);
  }
}

function partOf(row: readonly Buffer[]): Buffer {
  return Buffer.concat(row.slice(row.length - (row.length % TILE_WIDTH)));
}

/** Root over the partial tiles of a log, from the highest level down. */
export function rootOfEdge(tiles: readonly Buffer[]): Buffer {
  const perfect: Buffer[] = [];
  for (const tile of tiles) {
    let from = 0;
    for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
      if (((tile.length / HASH_BYTES) & width) === 0) continue;
      perfect.push(perfectRoot(tile.subarray(from, from + width * HASH_BYTES)));
      from += width * HASH_BYTES;
    }
  }
  if (perfect.length === 0) return EMPTY_ROOT;
  return perfect.reduceRight((right, left) => nodeHash(left, right));
}

/** A file as it was found. */
export interface Part {
  readonly bytes: Buffer;
  readonly path: string;
}

/** Fetches a partial file, or the full one in its place, as clients may. */
export async function fetchPart(
  source: TileSource,
  file: { readonly level: number | "entries"; readonly index: number; readonly width: number },
): Promise<Part | undefined> {
  const { level, index, width } = file;
  for (const path of new Set([tilePath(level, index, width), tilePath(level, index)])) {
    const bytes = await source(path);
    if (bytes !== undefined) return { bytes, path };
  }
  return undefined;
}

/** An entry bundle with the tile that belongs to it. */
export interface Bundle {
  readonly index: number;
  readonly width: number;
  readonly entries: Part | undefined;
  readonly tile: Part | undefined;
}

/** How many bundles are fetched ahead of the one that is being hashed. */
const AHEAD = 8;

/** The bundles of a log of `size` in order. */
export async function* bundles(source: TileSource, size: number): AsyncGenerator<Bundle> {
  const count = Math.ceil(size / TILE_WIDTH);
  const waiting: Promise<Bundle>[] = [];
  for (let next = 0; next < count || waiting.length > 0;) {
    while (next < count && waiting.length < AHEAD) {
      const fetched = fetchBundle(source, next, size);
      // A failure is thrown when its turn comes, not while others are waited for.
      fetched.catch(() => undefined);
      waiting.push(fetched);
      next += 1;
    }
    yield (await waiting.shift()) as Bundle;
  }
}

async function fetchBundle(source: TileSource, index: number, size: number): Promise<Bundle> {
  const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
  const [entries, tile] = await Promise.all([
    fetchPart(source, { level: "entries", index, width }),
    fetchPart(source, { level: 0, index, width }),
  ]);
  return { index, width, entries, tile };
}

/** Where leaves and tiles part: `index` to `to`, one and the same where a single leaf is named. */
export interface Difference {
  readonly index: number;
  readonly to: number;
}

/** What the search needs: the tree of the leaves as they are, the files, and a way to the leaves. */
export interface Search {
  /** May be unfinished; what it does not reach is passed over. */
  readonly tree: GrowingTree;
  readonly source: TileSource;
  readonly size: number;
  /** Root that was signed. */
  readonly root: Uint8Array;
  /** Hashes of the leaves of a bundle side by side, hashed again. */
  leafHashes(bundle: number): Promise<Buffer>;
}

/**
 * The first leaf that differs from what was signed, as near as the tiles tell. Only tiles that the
 * signed root proves are believed, from the top down; undefined where they do not give that root.
 */
export async function firstDifference(search: Search): Promise<Difference | undefined> {
  const edge = await edgeOf(search.source, search.size);
  if (edge === undefined) return undefined;
  const parts = edge.map(({ bytes }) => bytes);
  if (Buffer.compare(rootOfEdge(parts), search.root) !== 0) return undefined;
  for (const { level, first, bytes } of edge) {
    const found = await differenceIn(search, { level, first, tile: bytes });
    if (found) return found;
  }
  return undefined;
}

export interface EdgeTile {
  readonly level: number;
  /** Place of its first hash within the level. */
  readonly first: number;
  readonly bytes: Buffer;
}

/** The partial tiles of a log of `size`, from the highest level down. */
export async function edgeOf(source: TileSource, size: number): Promise<EdgeTile[] | undefined> {
  const edge: EdgeTile[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    const width = count % TILE_WIDTH;
    if (width === 0) continue;
    const index = Math.floor(count / TILE_WIDTH);
    const got = await fetchPart(source, { level, index, width });
    if (got === undefined || got.bytes.length < width * HASH_BYTES) return undefined;
    const bytes = got.bytes.subarray(0, width * HASH_BYTES);
    edge.unshift({ level, first: index * TILE_WIDTH, bytes });
  }
  return edge;
}

/** The first hash of a proven tile that the leaves do not give, followed down to its leaf. */
async function differenceIn(
  search: Search,
  proven: { readonly level: number; readonly first: number; readonly tile: Buffer },
): Promise<Difference | undefined> {
  const { level, first, tile } = proven;
  const mine = level === 0 ? await search.leafHashes(Math.floor(first / TILE_WIDTH)) : undefined;
  for (let at = 0; at * HASH_BYTES < tile.length; at++) {
    const signed = slot(tile, at);
    const own = mine ? slot(mine, at) : search.tree.above(level, first + at);
    if (own !== undefined && signed !== undefined && Buffer.compare(own, signed) === 0) continue;
    if (level === 0) return own && { index: first + at, to: first + at };
    const found = await descend(search, {
      level,
      index: first + at,
      signed,
      known: own !== undefined,
    });
    if (found || own === undefined) return found;
  }
  return undefined;
}

function slot(hashes: Buffer, at: number): Buffer | undefined {
  const hash = hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  return hash.length === HASH_BYTES ? hash : undefined;
}

/** Goes below a hash that differs or is not reached, if the tile below is proven by it. */
async function descend(
  search: Search,
  at: {
    readonly level: number;
    readonly index: number;
    readonly signed: Uint8Array | undefined;
    readonly known: boolean;
  },
): Promise<Difference | undefined> {
  const { level, index, signed, known } = at;
  const span = TILE_WIDTH ** level;
  const range = { index: index * span, to: Math.min((index + 1) * span, search.size) - 1 };
  const tile = await search.source(tilePath(level - 1, index));
  if (tile?.length !== TILE_BYTES || !signed || !perfectRoot(tile).equals(signed)) {
    return known ? range : undefined;
  }
  const found = await differenceIn(search, { level: level - 1, first: index * TILE_WIDTH, tile });
  return found ?? (known ? range : undefined);
}

/**
 * The tiles of a log as they are written: the unfinished row of each level, which is all that
 * appending needs. A row that is full becomes a tile and one hash of the row above.
 */
import assert from "node:assert/strict";
import { perfectRoot, TILE_WIDTH, tilePath } from "./tiles.ts";
import { HASH_BYTES } from "./tree.ts";
import { rootOfEdge } from "./walk.ts";

/** A file to be written. */
export interface TileFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export class TileRows {
  #size: number;
  /** Hashes of each level's unfinished row, level 0 first. */
  readonly #rows: Buffer[];

  constructor(size = 0, rows: readonly Buffer[] = []) {
    this.#size = size;
    this.#rows = rows.map((row) => Buffer.from(row));
    for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
      const width = (this.#rows[level]?.length ?? 0) / HASH_BYTES;
      assert.equal(width, count % TILE_WIDTH, "the rows are those of a tree of this size");
    }
  }

  get size(): number {
    return this.#size;
  }

  copy(): TileRows {
    return new TileRows(this.#size, this.#rows);
  }

  root(): Buffer {
    return rootOfEdge(this.#rows.toReversed());
  }

  /** Hashes of the unfinished row of leaves, side by side. */
  leaves(): Buffer {
    return this.#rows[0] ?? Buffer.alloc(0);
  }

  /** Appends leaf hashes that do not go beyond the end of a row; answers with tiles that are full. */
  append(hashes: Buffer): TileFile[] {
    this.#size += hashes.length / HASH_BYTES;
    return this.#add(0, hashes);
  }

  #add(level: number, hashes: Buffer): TileFile[] {
    const row = Buffer.concat([this.#rows[level] ?? Buffer.alloc(0), hashes]);
    const full = row.length === TILE_WIDTH * HASH_BYTES;
    assert(row.length <= TILE_WIDTH * HASH_BYTES, "a row ends with its tile");
    this.#rows[level] = full ? Buffer.alloc(0) : row;
    if (!full) return [];
    const index = Math.floor(this.#size / TILE_WIDTH ** (level + 1)) - 1;
    return [
      { path: tilePath(level, index), bytes: row },
      ...this.#add(level + 1, perfectRoot(row)),
    ];
  }

  /** The partial tiles of this size. */
  partials(): TileFile[] {
    return this.#rows.flatMap((row, level) => {
      if (row.length === 0) return [];
      const index = Math.floor(this.#size / TILE_WIDTH ** (level + 1));
      return [{ path: tilePath(level, index, row.length / HASH_BYTES), bytes: row }];
    });
  }
}

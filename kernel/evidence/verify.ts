/**
 * Verifies a whole log from its files, trusting nobody: every entry is hashed again, every tile and
 * the checkpoint must follow from the entries, signatures must be those of the given keys, and the
 * totals that the log states must stay within the caps of the policies that it states.
 */
import { isRefusal } from "../words/index.ts";
import { type Canonical, parseCanonical } from "./canonical.ts";
import { Caps, type Breach } from "./caps.ts";
import { openCheckpoint, readCheckpoint, readNote, signedBy, type Verifier } from "./note.ts";
import { decodeBundle, tileOfLeaves, tilePath, type TileSource, TILE_WIDTH } from "./tiles.ts";
import { Frontier, leafHash } from "./tree.ts";

export interface VerifyOptions {
  readonly source: TileSource;
  readonly log: Verifier;
  readonly witnesses?: readonly Verifier[];
  /** A checkpoint seen earlier: the log must have grown out of it. */
  readonly older?: string;
  /** Told after every bundle how many of how many leaves are done. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** What is wrong first, in words and, where it is a leaf, its index. */
export interface Finding {
  readonly code:
    | "checkpoint_missing"
    | "checkpoint_wrong"
    | "entries_missing"
    | "entry_wrong"
    | "tile_wrong"
    | "root_differs"
    | "older_differs"
    | "order_broken"
    | "cap_exceeded";
  readonly sentence: string;
  readonly index?: number;
}

export interface Verified {
  readonly origin: string;
  readonly size: number;
  readonly acts: number;
  readonly members: number;
  /** Names of the witnesses whose cosignature is valid. */
  readonly witnessedBy: readonly string[];
  /** Use of each pilot-wide limit as the log last stated it. */
  readonly totals: ReadonlyMap<string, { readonly used: bigint; readonly cap: bigint }>;
  readonly finding?: Finding;
}

/** Walks the log. The answer carries the first finding, if there is one. */
export async function verifyLog(options: VerifyOptions): Promise<Verified> {
  const walk = new Walk(options);
  const finding = await walk.run();
  return walk.result(finding);
}

class Walk {
  readonly #options: VerifyOptions;
  readonly #caps = new Caps();
  readonly #frontier = new Frontier();
  #origin = "";
  #size = 0;
  #witnessedBy: string[] = [];

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  result(finding: Finding | undefined): Verified {
    const { acts, members, totals } = this.#caps;
    const seen = { origin: this.#origin, size: this.#size, acts, members, totals };
    return { ...seen, witnessedBy: this.#witnessedBy, ...(finding ? { finding } : {}) };
  }

  async run(): Promise<Finding | undefined> {
    const note = (await this.#options.source("checkpoint"))?.toString("utf8");
    if (note === undefined) return found("checkpoint_missing", "the log has no checkpoint");
    const checkpoint = openCheckpoint(note, this.#options.log);
    if (isRefusal(checkpoint)) return found("checkpoint_wrong", `the checkpoint: ${checkpoint.code}`);
    this.#origin = checkpoint.origin;
    this.#size = checkpoint.size;
    const witnesses = this.#options.witnesses ?? [];
    this.#witnessedBy = witnesses
      .filter((witness) => signedBy(checkpoint.note, witness))
      .map((witness) => witness.name);
    const older = this.#olderOne();
    if (older === undefined) return found("checkpoint_wrong", "the older checkpoint is malformed");
    const wrong = await this.#leaves(older);
    if (wrong) return wrong;
    if (Buffer.compare(this.#frontier.root(), checkpoint.root) !== 0) {
      return found("root_differs", "the entries do not give the root of the checkpoint");
    }
    return undefined;
  }

  #olderOne(): { size: number; root: Buffer } | undefined {
    const { older } = this.#options;
    if (older === undefined) return { size: -1, root: Buffer.alloc(0) };
    const note = readNote(older);
    const checkpoint = isRefusal(note) ? note : readCheckpoint(note.text);
    return isRefusal(checkpoint) ? undefined : checkpoint;
  }

  async #leaves(older: { size: number; root: Buffer }): Promise<Finding | undefined> {
    if (older.size > this.#size) return found("older_differs", "the log is smaller than it was");
    for (let bundle = 0; bundle * TILE_WIDTH < this.#size; bundle++) {
      const wrong = await this.#bundle(bundle, older);
      if (wrong) return wrong;
      this.#options.onProgress?.(this.#frontier.size, this.#size);
    }
    return undefined;
  }

  async #bundle(
    bundle: number,
    older: { size: number; root: Buffer },
  ): Promise<Finding | undefined> {
    const width = Math.min(TILE_WIDTH, this.#size - bundle * TILE_WIDTH);
    const { source } = this.#options;
    const fetchOne = async (level: 0 | "entries") =>
      (await source(tilePath(level, bundle, width))) ?? (await source(tilePath(level, bundle)));
    const bytes = await fetchOne("entries");
    const first = bundle * TILE_WIDTH;
    const leaves = bytes === undefined ? undefined : decodeBundle(bytes)?.slice(0, width);
    if (leaves?.length !== width) {
      return found("entries_missing", `entries from ${first} on cannot be read`, first);
    }
    const tile = (await fetchOne(0))?.subarray(0, width * 32);
    const hashes = tileOfLeaves(leaves);
    if (tile === undefined || Buffer.compare(tile, hashes) !== 0) {
      const at = first + firstDifference(hashes, tile ?? Buffer.alloc(0));
      return found("tile_wrong", `entry ${at} is not the one that was recorded`, at);
    }
    for (const leaf of leaves) {
      const index = this.#frontier.size;
      this.#frontier.append(leafHash(leaf));
      const wrong = this.#meaning(leaf, index);
      if (wrong) return wrong;
      if (this.#frontier.size === older.size && Buffer.compare(this.#frontier.root(), older.root)) {
        return found("older_differs", "the log did not grow out of the older checkpoint");
      }
    }
    return undefined;
  }

  #meaning(leaf: Buffer, index: number): Finding | undefined {
    const value = parseCanonical(leaf.toString("utf8"));
    if (isRefusal(value)) return found("entry_wrong", `entry ${index} is not canonical`, index);
    const breach = this.#caps.read(value as Canonical);
    return breach && found(CODE_OF[breach.kind], breach.sentence, index);
  }
}

const CODE_OF: Record<Breach["kind"], Finding["code"]> = {
  form: "entry_wrong",
  order: "order_broken",
  cap: "cap_exceeded",
};

function found(code: Finding["code"], sentence: string, index?: number): Finding {
  return { code, sentence, ...(index === undefined ? {} : { index }) };
}

function firstDifference(hashes: Buffer, tile: Buffer): number {
  let at = 0;
  while (at * 32 < tile.length) {
    const [start, end] = [at * 32, at * 32 + 32];
    if (Buffer.compare(hashes.subarray(start, end), tile.subarray(start, end)) !== 0) break;
    at += 1;
  }
  return at;
}

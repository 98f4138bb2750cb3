/**
 * Verifies a whole log from its files, trusting nobody: every leaf is hashed again, tiles and
 * checkpoint must follow from the leaves, signatures must be those of the given keys, and what the
 * leaves say must hold together. With a facts file every act is opened and replayed. It names the
 * first leaf that is wrong and never writes anything.
 */
import { isUtf8 } from "node:buffer";
import { isRefusal, type Refusal } from "../words/index.ts";
import { Chronicle, type LastTotal, type Tally } from "./chronicle.ts";
import { finding, Findings, indexOf } from "./findings.ts";
import { type Checkpoint, type Note, openCheckpoint, readCheckpoint, readNote } from "./note.ts";
import { signedBy, type Verifier } from "./note.ts";
import { Replay } from "./replay.ts";
import { decodeBundle, TILE_WIDTH, tileOfLeaves, tilePath, type TileSource } from "./tiles.ts";
import { type Bundle, bundles, type Difference, fetchPart, firstDifference } from "./walk.ts";
import { GrowingTree } from "./walk.ts";

export interface VerifyOptions {
  /** The log's files, `checkpoint` among them. */
  readonly source: TileSource;
  /** The log's key. Without it nothing says whose log this is, and `signed` stays false. */
  readonly log?: Verifier;
  readonly witnesses?: readonly Verifier[];
  /** How many of these witnesses must have cosigned; all of them unless told. */
  readonly quorum?: number;
  /** A checkpoint kept from earlier, whole: the log must have grown out of it. */
  readonly older?: string;
  /** Lines of a facts file in the order of the acts. */
  readonly facts?: Iterable<string>;
  /** Told after every bundle how many of how many leaves are done. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** What a walk found. `findings` is empty for a log that can be believed. */
export interface Verified {
  readonly origin: string;
  readonly size: number;
  /** Base64, as in the checkpoint. */
  readonly root: string;
  /** True if the checkpoint carries the signature of the given log key. */
  readonly signed: boolean;
  /** Names of the witnesses whose cosignature is valid. */
  readonly witnessedBy: readonly string[];
  readonly acts: number;
  readonly members: number;
  readonly tally: Tally;
  /** Use of each pilot-wide limit as last stated, by `limit period`. */
  readonly totals: ReadonlyMap<string, LastTotal>;
  /**
   * Acts that the facts file opened, that it left closed, and that were erased, of which only their
   * part in pilot-wide limits could be replayed; absent without a file.
   */
  readonly replayed?: {
    readonly opened: number;
    readonly unopened: number;
    readonly erased: number;
  };
  /** In the order of the leaves, at most `FINDINGS_MAX`; what concerns no single leaf comes first. */
  readonly findings: readonly Refusal[];
  /** How many there are in all. */
  readonly found: number;
  /** The first of them. */
  readonly finding?: Refusal;
  /** The lowest index that any of them names. */
  readonly firstBad?: number;
}

/** Walks the log from its first leaf to its checkpoint. Throws only where files cannot be read. */
export async function verifyLog(options: VerifyOptions): Promise<Verified> {
  const walk = new Walk(options);
  await walk.run();
  return walk.result();
}

class Walk {
  readonly #options: VerifyOptions;
  readonly #findings = new Findings();
  readonly #replay: Replay | undefined;
  readonly #chronicle: Chronicle;
  readonly #tree = new GrowingTree();
  #checkpoint: Checkpoint = { origin: "", size: 0, root: Buffer.alloc(0) };
  #older: Checkpoint | undefined;
  #olderHolds = false;
  #signed = false;
  #witnessedBy: string[] = [];
  #tileDiffers: { readonly path: string; readonly index: number } | undefined;

  constructor(options: VerifyOptions) {
    this.#options = options;
    if (options.facts) this.#replay = new Replay(options.facts, this.#findings);
    this.#chronicle = new Chronicle(this.#findings, this.#replay);
  }

  async run(): Promise<void> {
    const note = (await this.#options.source("checkpoint"))?.toString("utf8");
    if (note === undefined) return this.#missing("checkpoint", 0);
    const opened = open(note, this.#options.log);
    if (isRefusal(opened)) return this.#findings.add(opened);
    this.#checkpoint = opened;
    this.#signed = this.#options.log !== undefined;
    this.#askWitnesses(opened.note);
    if (this.#options.older !== undefined) this.#openOlder(this.#options.older);
    const whole = await this.#leaves();
    if (whole) this.#chronicle.close();
    await this.#compareRoots(whole);
  }

  #askWitnesses(note: Note): void {
    const witnesses = this.#options.witnesses ?? [];
    const valid = witnesses.filter((witness) => signedBy(note, witness));
    this.#witnessedBy = valid.map((witness) => witness.name);
    const needed = this.#options.quorum ?? witnesses.length;
    if (valid.length >= needed) return;
    const params = { asked_for: String(needed), signed: String(valid.length) };
    this.#findings.add(finding("witnesses_too_few", { params }));
  }

  #openOlder(note: string): void {
    const opened = open(note, this.#options.log);
    if (isRefusal(opened)) return this.#findings.add(opened);
    const { origin, size } = opened;
    const now = this.#checkpoint;
    if (origin !== now.origin) {
      return this.#findings.add(finding("origin_of_another", { params: { origin } }));
    }
    this.#older = opened;
    if (size <= now.size) return;
    const params = { size: String(size), now: String(now.size) };
    this.#findings.add(finding("log_shrunk", { params }));
  }

  /** Reads every leaf; false where the walk had to end before the last. */
  async #leaves(): Promise<boolean> {
    const { source, onProgress } = this.#options;
    const { size } = this.#checkpoint;
    this.#markOlder();
    for await (const bundle of bundles(source, size)) {
      if (!this.#bundle(bundle)) return false;
      onProgress?.(this.#tree.size, size);
    }
    return true;
  }

  /** Takes in one bundle and holds it against its tile; false where it cannot be read. */
  #bundle({ index, width, entries, tile }: Bundle): boolean {
    const first = index * TILE_WIDTH;
    if (entries === undefined) {
      this.#missing(tilePath("entries", index, width), first);
      return false;
    }
    const { leaves, whole } = decodeBundle(entries.bytes);
    for (const [at, leaf] of leaves.slice(0, width).entries()) {
      this.#tree.append(leaf);
      // Bytes that are no text are no record either; an empty text is none.
      this.#chronicle.read(first + at, isUtf8(leaf) ? leaf.toString("utf8") : "");
      this.#markOlder();
    }
    if (leaves.length < width || !whole) {
      const params = { path: entries.path, index: String(first + Math.min(leaves.length, width)) };
      this.#findings.add(finding("bundle_malformed", { params }));
      return false;
    }
    if (tile === undefined) this.#missing(tilePath(0, index, width), first);
    else this.#compareTile(tile, this.#tree.tile(width), first);
    return true;
  }

  #compareTile(
    tile: { readonly bytes: Buffer; readonly path: string },
    hashes: Buffer,
    first: number,
  ): void {
    if (this.#tileDiffers || Buffer.compare(tile.bytes.subarray(0, hashes.length), hashes) === 0) {
      return;
    }
    let at = 0;
    while (Buffer.compare(tile.bytes.subarray(at, at + 32), hashes.subarray(at, at + 32)) === 0) {
      at += 32;
    }
    this.#tileDiffers = { path: tile.path, index: first + at / 32 };
  }

  /** Where the walk stands at the older checkpoint's size, its root must be that of the leaves. */
  #markOlder(): void {
    const older = this.#older;
    if (older?.size !== this.#tree.size) return;
    this.#olderHolds = Buffer.compare(this.#tree.root(), older.root) === 0;
    if (this.#olderHolds) return;
    const params = { size: String(older.size) };
    this.#findings.add(finding("older_not_a_prefix", { params }));
  }

  async #compareRoots(whole: boolean): Promise<void> {
    const { root, size } = this.#checkpoint;
    const { source } = this.#options;
    if (whole && Buffer.compare(this.#tree.root(), root) === 0) {
      const differs = this.#tileDiffers ?? (await this.#upperTile());
      if (differs === undefined) return;
      const params = { path: differs.path, index: String(differs.index) };
      return this.#findings.add(finding("tile_altered", { params }));
    }
    const leafHashes = async (bundle: number) => {
      const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
      const part = await fetchPart(source, { level: "entries", index: bundle, width });
      return tileOfLeaves(part ? decodeBundle(part.bytes).leaves : []);
    };
    const difference = await firstDifference({ tree: this.#tree, source, size, root, leafHashes });
    if (difference) return this.#differs(difference);
    if (!whole) return;
    const from = this.#olderHolds ? (this.#older?.size ?? 0) : 0;
    if (from > 0) this.#differs({ index: from, to: size - 1 });
    else this.#findings.add(finding("root_not_signed"));
  }

  #differs({ index, to }: Difference): void {
    this.#findings.add(differenceFound({ index, to }));
  }

  /** The first tile of level 1 and above that does not follow from the leaves. */
  async #upperTile(): Promise<{ readonly path: string; readonly index: number } | undefined> {
    for (let level = 1, span = TILE_WIDTH; span <= this.#tree.size; level++, span *= TILE_WIDTH) {
      const count = Math.floor(this.#tree.size / span);
      for (let index = 0; index * TILE_WIDTH < count; index++) {
        const width = Math.min(TILE_WIDTH, count - index * TILE_WIDTH);
        const got = await fetchPart(this.#options.source, { level, index, width });
        const mine = this.#tree.row(level, { from: index * TILE_WIDTH, width });
        if (got && Buffer.compare(got.bytes.subarray(0, mine.length), mine) === 0) continue;
        return { path: tilePath(level, index, width), index: index * TILE_WIDTH * span };
      }
    }
    return undefined;
  }

  #missing(path: string, index: number): void {
    const params = { path, index: String(index) };
    this.#findings.add(finding("log_file_missing", { params }));
  }

  result(): Verified {
    const { origin, size, root } = this.#checkpoint;
    const { tally, lastTotals } = this.#chronicle;
    const findings = this.#findings.list.toSorted(byIndex);
    const [first] = findings;
    const firstBad = findings.map(indexOf).find((index) => index !== undefined);
    const replay = this.#replay && {
      opened: this.#replay.opened,
      unopened: this.#replay.unopened,
      erased: this.#replay.erased,
    };
    return {
      ...{ origin, size, root: root.toString("base64"), signed: this.#signed },
      ...{ witnessedBy: this.#witnessedBy, acts: tally.acts, members: tally.members, tally },
      ...{ totals: lastTotals, findings, found: this.#findings.count },
      ...(replay === undefined ? {} : { replayed: replay }),
      ...(first === undefined ? {} : { finding: first }),
      ...(firstBad === undefined ? {} : { firstBad }),
    };
  }
}

/** Opens a checkpoint; without a key it is read and not believed. */
function open(note: string, log: Verifier | undefined): (Checkpoint & { note: Note }) | Refusal {
  if (log) return openCheckpoint(note, log);
  const read = readNote(note);
  if (isRefusal(read)) return read;
  const checkpoint = readCheckpoint(read.text);
  return isRefusal(checkpoint) ? checkpoint : { ...checkpoint, note: read };
}

/** A difference as a finding: one leaf, or a range where nothing tells which. */
export function differenceFound({ index, to }: Difference): Refusal {
  const params = { index: String(index), to: String(to) };
  return finding(index === to ? "leaf_altered" : "leaves_altered", { params });
}

function byIndex(one: Refusal, other: Refusal): number {
  return (indexOf(one) ?? -1) - (indexOf(other) ?? -1);
}

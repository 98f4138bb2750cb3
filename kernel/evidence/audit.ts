/**
 * Audits a log where it lives: the rows of the database against what was published and signed, and
 * against the head they claim. A byte that was changed, a row that is gone, two that changed places:
 * the first of them is named. It reads in slices, locks nothing and repairs nothing.
 */
import type { Store } from "../store/index.ts";
import { isRefusal, type Refusal } from "../words/index.ts";
import { finding, Findings, indexOf } from "./findings.ts";
import { type LogRow, readLeaves, readLogs } from "./log.store.ts";
import {
  type Checkpoint,
  openCheckpoint,
  readCheckpoint,
  readNote,
  type Verifier,
} from "./note.ts";
import { TILE_WIDTH, tileOfLeaves, type TileSource } from "./tiles.ts";
import { differenceFound } from "./verify.ts";
import { firstDifference, GrowingTree } from "./walk.ts";

/** Leaves read in one statement. */
const SLICE = 4096;

export interface AuditOptions {
  /** A store that may read leaves: the reading role or the publishing one. */
  readonly store: Store;
  readonly partition: number;
  /** The published files: they say what each leaf was. Without them only the head is held against. */
  readonly published?: TileSource;
  /** The log's key, so that the published checkpoint is believed only if it is signed. */
  readonly log?: Verifier;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface Audited {
  readonly origin: string;
  readonly size: number;
  /** Size up to which published tiles were there to compare with. */
  readonly published: number;
  readonly findings: readonly Refusal[];
  readonly firstBad?: number;
}

/** Audits one log. Throws if the partition has none. */
export async function verifyStore(options: AuditOptions): Promise<Audited> {
  const log = (await readLogs(options.store)).find((one) => one.partition === options.partition);
  if (!log) throw new Error(`partition ${options.partition} has no log`);
  const findings = new Findings();
  const checkpoint = await publishedCheckpoint(options, findings);
  const size = Number(log.size);
  if (checkpoint && checkpoint.size > size) {
    const params = { size: String(checkpoint.size), now: String(size), index: String(size) };
    findings.add(finding("log_shrunk", { params }));
  }
  await walkRows(options, { log, checkpoint, findings });
  const firstBad = findings.list.map(indexOf).find((index) => index !== undefined);
  return {
    ...{ origin: log.origin, size, published: checkpoint?.size ?? 0, findings: findings.list },
    ...(firstBad === undefined ? {} : { firstBad }),
  };
}

async function publishedCheckpoint(
  { published, log }: AuditOptions,
  findings: Findings,
): Promise<Checkpoint | undefined> {
  const note = (await published?.("checkpoint"))?.toString("utf8");
  if (note === undefined) return undefined;
  const read = log ? openCheckpoint(note, log) : readNote(note);
  const checkpoint = isRefusal(read) || "root" in read ? read : readCheckpoint(read.text);
  if (!isRefusal(checkpoint)) return checkpoint;
  findings.add(checkpoint);
  return undefined;
}

interface Rows {
  readonly log: LogRow;
  readonly checkpoint: Checkpoint | undefined;
  readonly findings: Findings;
}

async function walkRows(options: AuditOptions, rows: Rows): Promise<void> {
  const { log, checkpoint, findings } = rows;
  const size = Number(log.size);
  const tree = new GrowingTree();
  const asked = { tree, checkpoint };
  while (tree.size < size) {
    const range = { first: tree.size, most: Math.min(SLICE, size - tree.size) };
    const slice = await readLeaves(options.store, options.partition, range);
    for (const { idx, body } of slice) {
      if (Number(idx) !== tree.size) break;
      tree.append(Buffer.from(body));
      if (tree.size === checkpoint?.size && !(await holds(options, { ...asked, findings }))) return;
    }
    const missing = tree.size < range.first + range.most;
    if (missing) {
      // What stands before the gap may already differ, and then that is the first.
      const before = checkpoint && tree.size < checkpoint.size && (await compare(options, asked));
      if (before) findings.add(differenceFound(before));
      return findings.add(finding("leaf_missing", { params: { index: String(tree.size) } }));
    }
    options.onProgress?.(tree.size, size);
  }
  const head = tree.root().equals(log.root);
  if (
    head &&
    (await readLeaves(options.store, log.partition, { first: size, most: 1 })).length === 0
  ) {
    return;
  }
  const from = Math.min(checkpoint?.size ?? 0, size);
  if (head || from === size) findings.add(finding("head_not_its_leaves"));
  else findings.add(differenceFound({ index: from, to: size - 1 }));
}

interface Compared {
  readonly tree: GrowingTree;
  readonly checkpoint: Checkpoint | undefined;
}

/** True if the leaves up to the published checkpoint are those it was signed over. */
async function holds(
  options: AuditOptions,
  asked: Compared & { readonly findings: Findings },
): Promise<boolean> {
  const { tree, checkpoint, findings } = asked;
  if (!checkpoint || tree.root().equals(checkpoint.root)) return true;
  const found = await compare(options, asked);
  findings.add(differenceFound(found ?? { index: 0, to: checkpoint.size - 1 }));
  return false;
}

async function compare(options: AuditOptions, { tree, checkpoint }: Compared) {
  const { published: source, store, partition } = options;
  if (!source || !checkpoint) return undefined;
  const { size, root } = checkpoint;
  const leafHashes = async (bundle: number) => {
    const range = { first: bundle * TILE_WIDTH, most: TILE_WIDTH };
    const rows = await readLeaves(store, partition, range);
    const gap = rows.findIndex(({ idx }, at) => Number(idx) !== range.first + at);
    const there = gap < 0 ? rows : rows.slice(0, gap);
    return tileOfLeaves(there.map(({ body }) => Buffer.from(body)));
  };
  return firstDifference({ tree, source, size, root, leafHashes });
}

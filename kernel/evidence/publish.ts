/**
 * Publishes one log: everything between the head in the database and the `checkpoint` that strangers
 * read. The order is what makes it safe: prove that the head grew out of what was last signed, write
 * and sync the tiles, remember beside the key what is about to be signed, sign, ask the witnesses,
 * and only with their quorum replace `checkpoint`. A crash between any two steps is made good by the
 * next round, which signs the same head again or a larger one, never another.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { machineNow } from "../clock/index.ts";
import type { Store } from "../store/index.ts";
import { isRefusal } from "../words/index.ts";
import { type Answer, type WitnessDoor, type Witnesses } from "./ask.ts";
import { keepSigned, lastSigned, syncFolders, writeDurably } from "./keys.ts";
import { latestCheckpoint, type LogRow, putCheckpoint, readLeaves } from "./log.store.ts";
import { checkpointText, openCheckpoint, type Signer, signText } from "./note.ts";
import { TileRows } from "./rows.ts";
import { folderSource } from "./source.ts";
import { encodeBundle, TILE_WIDTH, tileHashes, tileOfLeaves, tilePath } from "./tiles.ts";
import { consistencyProof, HASH_BYTES } from "./tree.ts";
import { edgeOf, rootOfEdge } from "./walk.ts";

/** Leaves read in one statement: whole bundles. */
const SLICE = 16 * TILE_WIDTH;

/** The steps between which a process may die; tests stop at each. */
export const PUBLISH_STEPS = [
  "proven",
  "written",
  "remembered",
  "signed",
  "witnessed",
  "published",
  "recorded",
] as const;
export type PublishStep = (typeof PUBLISH_STEPS)[number];

/** Why a head was not signed: the log in the database is not the one that was signed before. */
export class LogAltered extends Error {
  readonly origin: string;
  /** The first leaf at which the database differs, where that can be told. */
  readonly index: number | undefined;
  constructor(origin: string, reason: string, index?: number) {
    super(`${origin} will not be signed: ${reason}`);
    this.name = "LogAltered";
    this.origin = origin;
    this.index = index;
  }
}

/** What a round did with a log. */
export type Published =
  | { readonly origin: string; readonly state: "unchanged" | "leased_elsewhere" }
  | { readonly origin: string; readonly state: "recorded" | "witnessed"; readonly size: number };

/** Where one log is published, and with what. */
export interface Desk {
  readonly store: Store;
  readonly keys: string;
  /** Folder of this log's files. */
  readonly folder: string;
  readonly signer: Signer;
  readonly doors: readonly WitnessDoor[];
  readonly witnesses: Witnesses;
  readonly quorum: number;
  readonly witnessTimeoutMs: number;
  readonly onStep: (step: PublishStep) => void;
}

/** Publishes a log as it stands. Throws LogAltered where it must not be signed. */
export async function publishLog(desk: Desk, log: LogRow): Promise<Published> {
  const { origin, partition } = log;
  const size = Number(log.size);
  const root = Buffer.from(log.root);
  const signed = remembered(desk, origin);
  refuseSetBack(origin, { size, root, signed });
  const published = publishedCheckpoint(desk);
  if (published?.size === size && (await isRecorded(desk, log))) {
    return { origin, state: "unchanged" };
  }
  const rows = await startRows(desk, signed);
  await prove(desk, { log, rows: rows.copy(), signed });
  desk.onStep("proven");
  await writeTiles(desk, { log, rows });
  desk.onStep("written");
  keepSigned(desk.keys, origin, { size, root: root.toString("base64") });
  desk.onStep("remembered");
  const text = checkpointText({ origin, size, root });
  const note = `${text}\n${signText(desk.signer, text)}`;
  desk.onStep("signed");
  const lines = await cosignatures(desk, { origin, size, note });
  const witnessed = lines.length >= desk.quorum;
  desk.onStep("witnessed");
  const whole = `${note}${lines.join("")}`;
  if (witnessed) writeDurably(join(desk.folder, "checkpoint"), whole);
  desk.onStep("published");
  await putCheckpoint(desk.store, partition, {
    size,
    root,
    note: whole,
    witnessed,
    at: machineNow(),
  });
  if (witnessed) dropPartials(desk.folder, published?.size ?? 0, size);
  desk.onStep("recorded");
  return { origin, state: witnessed ? "witnessed" : "recorded", size };
}

interface Mark {
  readonly size: number;
  /** Base64; of the empty tree it is not looked at. */
  readonly root: string;
}

/** What was last signed: as kept beside the key, or as published if that is more. */
function remembered(desk: Desk, origin: string): Mark {
  const kept = lastSigned(desk.keys, origin) ?? { size: 0, root: "" };
  const published = publishedCheckpoint(desk);
  if (!published || published.size <= kept.size) return kept;
  return { size: published.size, root: published.root.toString("base64") };
}

function publishedCheckpoint(desk: Desk) {
  const path = join(desk.folder, "checkpoint");
  if (!existsSync(path)) return undefined;
  const opened = openCheckpoint(readFileSync(path, "utf8"), desk.signer);
  return isRefusal(opened) ? undefined : opened;
}

function refuseSetBack(
  origin: string,
  now: { readonly size: number; readonly root: Buffer; readonly signed: Mark },
): void {
  const { size, root, signed } = now;
  if (size < signed.size) throw new LogAltered(origin, `it shrank from ${signed.size} to ${size}`);
  if (size === signed.size && size > 0 && signed.root !== root.toString("base64")) {
    throw new LogAltered(origin, `its root at ${size} is another one than was signed`);
  }
}

async function isRecorded(desk: Desk, log: LogRow): Promise<boolean> {
  const latest = await latestCheckpoint(desk.store, log.partition);
  return latest !== undefined && latest.size === log.size && latest.witnessed;
}

/**
 * The rows to go on from: the tiles of what was last signed, if they are there and prove it, else
 * none, and then every leaf is read again.
 */
async function startRows(desk: Desk, signed: Mark): Promise<TileRows> {
  if (signed.size === 0) return new TileRows();
  const edge = await edgeOf(folderSource(desk.folder), signed.size);
  if (edge === undefined) return new TileRows();
  const tiles = edge.map(({ bytes }) => bytes);
  if (rootOfEdge(tiles).toString("base64") !== signed.root) return new TileRows();
  const rows: Buffer[] = [];
  for (const { level, bytes } of edge) rows[level] = bytes;
  return new TileRows(
    signed.size,
    Array.from(rows, (row) => row ?? Buffer.alloc(0)),
  );
}

interface Growing {
  readonly log: LogRow;
  readonly rows: TileRows;
}

/** Hashes what is new and throws LogAltered unless signed and new leaves give the head's root. */
async function prove(
  desk: Desk,
  { log, rows, signed }: Growing & { readonly signed: Mark },
): Promise<void> {
  const { origin } = log;
  await grow(desk, { log, rows }, (bodies, known) => {
    const hashes = tileOfLeaves(bodies);
    const altered = firstDifferent(hashes, known);
    if (altered !== undefined) {
      const index = rows.size - known.length / HASH_BYTES + altered;
      throw new LogAltered(origin, `leaf ${index} is not the one that was signed`, index);
    }
    // A tree that is built again from the first leaf must pass through the root that was signed.
    const until = (signed.size - rows.size) * HASH_BYTES;
    const fresh = hashes.subarray(known.length);
    if (until > 0 && until <= fresh.length) {
      const at = rows.copy();
      at.append(fresh.subarray(0, until));
      if (at.root().toString("base64") !== signed.root) {
        throw new LogAltered(
          origin,
          `its first ${signed.size} leaves are not those that were signed`,
        );
      }
    }
    rows.append(fresh);
  });
  if (rows.root().equals(log.root)) return;
  throw new LogAltered(origin, "its leaves do not give the root of its head");
}

/** Place of the first hash that is not the known one; undefined where all are. */
function firstDifferent(hashes: Buffer, known: Buffer): number | undefined {
  for (let at = 0; at < known.length; at += HASH_BYTES) {
    const [one, other] = [
      hashes.subarray(at, at + HASH_BYTES),
      known.subarray(at, at + HASH_BYTES),
    ];
    if (!one.equals(other)) return at / HASH_BYTES;
  }
  return undefined;
}

/** Reads leaves from the beginning of the unfinished bundle on; `take` gets a bundle's at a time. */
async function grow(
  desk: Desk,
  { log, rows }: Growing,
  take: (bodies: readonly Buffer[], known: Buffer) => void,
): Promise<void> {
  const size = Number(log.size);
  let first = rows.size - (rows.size % TILE_WIDTH);
  while (first < size) {
    const most = Math.min(SLICE, size - first);
    const slice = await readLeaves(desk.store, log.partition, { first, most });
    const gap = slice.findIndex(({ idx }, at) => Number(idx) !== first + at);
    const missing = gap >= 0 ? gap : slice.length < most ? slice.length : -1;
    if (missing >= 0) {
      throw new LogAltered(log.origin, `leaf ${first + missing} is missing`, first + missing);
    }
    for (let at = 0; at < slice.length; at += TILE_WIDTH) {
      const bodies = slice.slice(at, at + TILE_WIDTH).map(({ body }) => Buffer.from(body));
      take(bodies, first + at < rows.size ? rows.leaves() : Buffer.alloc(0));
    }
    first += slice.length;
  }
}

/** Writes bundles and tiles, full ones first, and syncs them and their folders. */
async function writeTiles(desk: Desk, { log, rows }: Growing): Promise<void> {
  const folders = new Set<string>();
  const write = (path: string, bytes: Uint8Array) => {
    folders.add(writeDurably(join(desk.folder, path), bytes, { syncFolder: false }));
  };
  await grow(desk, { log, rows }, (bodies, known) => {
    const index = Math.floor(rows.size / TILE_WIDTH);
    write(tilePath("entries", index, bodies.length), encodeBundle(bodies));
    const fresh = tileOfLeaves(bodies).subarray(known.length);
    for (const { path, bytes } of rows.append(fresh)) write(path, bytes);
  });
  for (const { path, bytes } of rows.partials()) write(path, bytes);
  syncFolders(folders);
  // The rows were read a second time: what was written is what was proven, or nothing is signed.
  if (rows.root().equals(log.root)) return;
  throw new LogAltered(log.origin, "its leaves changed while they were written");
}

/** Signature lines of the witnesses that gave a valid one. */
async function cosignatures(
  desk: Desk,
  signed: { readonly origin: string; readonly size: number; readonly note: string },
): Promise<string[]> {
  const { origin, size, note } = signed;
  const read = tileHashes(folderSource(desk.folder), size);
  const proofFrom = (older: number) => consistencyProof(read, older, size);
  const request = { note, size, proofFrom, timeoutMs: desk.witnessTimeoutMs };
  const answers = await Promise.all(
    desk.doors.map((door) => desk.witnesses.ask(door, origin, request)),
  );
  const ahead = answers.find(
    (answer): answer is Answer & { kind: "ahead" } => answer.kind === "ahead",
  );
  if (ahead)
    throw new LogAltered(origin, `a witness has seen ${ahead.size} leaves, here are ${size}`);
  return answers.flatMap((answer) => (answer.kind === "cosigned" ? [answer.line] : []));
}

/** Partial files of tiles that are full now are dropped; clients fall back to the full one. */
function dropPartials(folder: string, from: number, size: number): void {
  for (let level = 0, span = TILE_WIDTH; span <= size; level++, span *= TILE_WIDTH) {
    for (let index = Math.floor(from / span); index < Math.floor(size / span); index++) {
      for (const kind of level === 0 ? ([0, "entries"] as const) : [level]) {
        rmSync(`${join(folder, tilePath(kind, index))}.p`, { recursive: true, force: true });
      }
    }
  }
}

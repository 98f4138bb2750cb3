/**
 * Publishes one log as static files. Each round: read the head, prove that it grew out of what was
 * last signed, write full tiles and the partial ones of this size, sync them, sign, ask the
 * witnesses, and only then replace `checkpoint`. What was last signed stands beside the key, outside
 * the database: a restored backup or a fork is noticed here and never signed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Instant, machineNow, uuidv7 } from "../clock/index.ts";
import type { Store } from "../store/index.ts";
import { keepSigned, keepSigner, lastSigned, writeDurably } from "./keys.ts";
import { latestCheckpoint, leaseLog, type LogRow, putCheckpoint, readLeaves } from "./log.store.ts";
import { readLogs } from "./log.store.ts";
import {
  checkpointText,
  readNote,
  signText,
  signedBy,
  type Signer,
  type Verifier,
} from "./note.ts";
import { encodeBundle, HASHES_OF_TILE, perfectRoot, TILE_WIDTH, tileHashes } from "./tiles.ts";
import { tileOfLeaves, tilePath, tilesBetween, type TileName } from "./tiles.ts";
import { consistencyProof, rootOf } from "./tree.ts";

/** A witness as the publisher asks it. */
export interface WitnessDoor {
  readonly url: string;
  readonly verifier: Verifier;
}

export interface PublisherOptions {
  /** A store that logs in as the publishing role. */
  readonly store: Store;
  /** Folder of key files and of what was last signed. */
  readonly keys: string;
  /** Folder under which `<pilot>/<partition>/…` is written. */
  readonly logs: string;
  readonly witnesses: readonly WitnessDoor[];
  /** How many witnesses must cosign before a checkpoint is published. */
  readonly quorum: number;
  readonly witnessTimeoutMs: number;
  readonly leaseMs: number;
}

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

export interface Publisher {
  /** One round over all logs. Throws LogAltered for the first log that must not be signed. */
  round(): Promise<Published[]>;
  /** The signer of a log, for `logs[].vkey`. */
  signerOf(origin: string): Signer;
}

/** Folder of a log below the logs folder: the origin without its first part. */
export function logFolder(origin: string): string {
  return origin.split("/").slice(1).join("/");
}

export function openPublisher(options: PublisherOptions): Publisher {
  const holder = uuidv7();
  const signers = new Map<string, Signer>();
  const signerOf = (origin: string) =>
    signers.getOrInsertComputed(origin, () => keepSigner(options.keys, origin, "log"));
  return {
    signerOf,
    async round() {
      const done: Published[] = [];
      for (const log of await readLogs(options.store)) {
        const now = machineNow();
        const until = (now + options.leaseMs) as Instant;
        const held = await leaseLog(options.store, log.partition, { holder, now, until });
        if (!held) done.push({ origin: log.origin, state: "leased_elsewhere" });
        else done.push(await publish(options, log, signerOf(log.origin)));
      }
      return done;
    },
  };
}

async function publish(options: PublisherOptions, log: LogRow, signer: Signer): Promise<Published> {
  const { origin } = log;
  const size = Number(log.size);
  const root = Buffer.from(log.root);
  const signed = lastSigned(options.keys, origin) ?? { size: 0, root: "" };
  const folder = join(options.logs, logFolder(origin));
  if (size < signed.size) throw new LogAltered(origin, `it shrank from ${signed.size} to ${size}`);
  if (size === signed.size && size > 0 && signed.root !== root.toString("base64")) {
    throw new LogAltered(origin, `its root at ${size} is another one`);
  }
  const latest = await latestCheckpoint(options.store, log.partition);
  if (
    Number(latest?.size ?? -1n) === size &&
    latest?.witnessed &&
    existsSync(join(folder, "checkpoint"))
  ) {
    return { origin, state: "unchanged" };
  }
  await writeTiles(options.store, { log, folder, from: publishedSize(folder), size });
  const read = tileHashes(async (path) => readIfThere(join(folder, path)), size);
  const computed = await rootOf(read, size);
  if (Buffer.compare(computed, root) !== 0) {
    throw new LogAltered(origin, "its leaves do not give the root of its head");
  }
  if (signed.size > 0 && (await rootOf(read, signed.size)).toString("base64") !== signed.root) {
    throw new LogAltered(origin, `its first ${signed.size} leaves are not those that were signed`);
  }
  const text = checkpointText({ origin, size, root });
  keepSigned(options.keys, origin, { size, root: root.toString("base64") });
  let note = `${text}\n${signText(signer, text)}`;
  const cosigned = await askWitnesses(options, note, (older) =>
    consistencyProof(read, older, size),
  );
  note += cosigned.join("");
  const witnessed = cosigned.length >= options.quorum;
  const row = { size, root, note, witnessed, at: machineNow() };
  await putCheckpoint(options.store, log.partition, row);
  if (witnessed) writeDurably(join(folder, "checkpoint"), note);
  return { origin, state: witnessed ? "witnessed" : "recorded", size };
}

/** Size of the checkpoint that is published, 0 before the first. */
function publishedSize(folder: string): number {
  const note = readIfThere(join(folder, "checkpoint"))?.toString("utf8");
  return note === undefined ? 0 : Number(note.split("\n", 2)[1] ?? "0");
}

function readIfThere(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}

interface Writing {
  readonly log: LogRow;
  readonly folder: string;
  readonly from: number;
  readonly size: number;
}

/** Writes bundles and level-0 tiles from leaves, then each level above from the one below. */
async function writeTiles(store: Store, { log, folder, from, size }: Writing): Promise<void> {
  for (const name of tilesBetween(from, size)) {
    const path = join(folder, tilePath(name.level, name.index, name.width));
    if (name.level === "entries") continue;
    if (name.level > 0) {
      writeFile(path, upperTile(folder, name));
      continue;
    }
    const first = name.index * TILE_WIDTH;
    const rows = await readLeaves(store, log.partition, { first, most: name.width });
    rows.forEach((row, at) => {
      if (Number(row.idx) === first + at) return;
      throw new LogAltered(log.origin, `leaf ${first + at} is missing`, first + at);
    });
    if (rows.length < name.width) {
      const missing = first + rows.length;
      throw new LogAltered(log.origin, `leaf ${missing} is missing`, missing);
    }
    const leaves = rows.map((row) => Buffer.from(row.body));
    writeFile(join(folder, tilePath("entries", name.index, name.width)), encodeBundle(leaves));
    writeFile(path, tileOfLeaves(leaves));
  }
}

/** Tiles are written whole or not at all; a full one that stands is never written again. */
function writeFile(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  if (path.includes(".p/")) writeFileSync(path, bytes, { flush: true });
  else writeDurably(path, bytes);
}

function upperTile(folder: string, { level, index, width }: TileName): Buffer {
  const below = Number(level) - 1;
  const hashes: Buffer[] = [];
  for (let at = 0; at < width; at++) {
    const tile = readFileSync(join(folder, tilePath(below, index * TILE_WIDTH + at)));
    hashes.push(perfectRoot(tile.subarray(0, HASHES_OF_TILE)));
  }
  return Buffer.concat(hashes);
}

/** Signature lines of the witnesses that answered with a valid one. */
async function askWitnesses(
  options: PublisherOptions,
  note: string,
  proofFrom: (older: number) => Promise<Buffer[]>,
): Promise<string[]> {
  const asked = options.witnesses.map(async (door) => {
    const line = await askWitness(door, { note, proofFrom, timeout: options.witnessTimeoutMs });
    const read = readNote(`${note}${line}`);
    return "refused" in read || !signedBy(read, door.verifier) ? "" : line;
  });
  const lines = await Promise.all(asked.map((one) => one.catch(() => "")));
  return lines.filter((line) => line !== "");
}

async function askWitness(
  door: WitnessDoor,
  asked: {
    readonly note: string;
    readonly proofFrom: (older: number) => Promise<Buffer[]>;
    readonly timeout: number;
  },
): Promise<string> {
  let older = 0;
  // A witness that remembers another size says which (409); it is asked once more from there.
  for (let tries = 0; tries < 2; tries++) {
    const proof = (await asked.proofFrom(older))
      .map((one) => `${one.toString("base64")}\n`)
      .join("");
    const reply = await fetch(new URL("/add-checkpoint", door.url), {
      method: "POST",
      body: `old ${older}\n${proof}\n${asked.note}`,
      signal: AbortSignal.timeout(asked.timeout),
    });
    const body = await reply.text();
    if (reply.status === 200) return body;
    if (reply.status !== 409) return "";
    older = Number(body.trim());
  }
  return "";
}

/**
 * Publishes the logs of this installation once a second and, in the demonstration, keeps a witness:
 * its own process, key and folder. What is altered is never signed, and is said loudly.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Evidence } from "@sandbank/disclosure";
import { type Config, limits, LOOPBACK } from "@sandbank/kernel/config";
import type { NewPartition } from "@sandbank/kernel/guard";
import {
  latestCheckpoint,
  logFolder,
  openPublisher,
  type Publisher,
  publisherRole,
  readCheckpoint,
  readNote,
  readLogs,
  readVerifier,
  receiptOf,
  signedBy,
  type Verifier,
  type WitnessDoor,
} from "@sandbank/kernel/evidence";
import type { Logger } from "@sandbank/kernel/http";
import { outside } from "@sandbank/kernel/outside";
import type { Database, Store } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";

const WITNESS_NAME = "witness.sandbank.example";
const WITNESS_TRIES = 6;
const WITNESS_PAUSE_MS = 500;
const VKEY_BYTES_MAX = 1_024;
const CLI = new URL("../../cli/src/main.ts", import.meta.url).pathname;

/** One log as `/.well-known/sandbank` names it. */
export interface LogAddress {
  readonly origin: string;
  readonly url: string;
  readonly vkey: string;
}

export interface Logs {
  readonly folder: string;
  readonly witnesses: readonly Verifier[];
  addresses(site: string): LogAddress[];
  /** Tells where this installation is reached, once that is known. */
  servedAt(site: string): void;
  /** Signs and publishes whatever was appended, now instead of within the second. */
  publish(): Promise<void>;
  evidence(slug: string): Promise<Evidence | undefined>;
  end(): Promise<void>;
}

interface Desk {
  site: string;
  readonly folder: string;
  readonly publisher: Publisher;
  readonly store: Store;
  readonly partitions: readonly NewPartition[];
  readonly witnesses: readonly Verifier[];
}

/** Starts publishing. The witness of a live installation is somebody else's; the demo brings one. */
export async function startLogs(
  config: Config,
  parts: {
    readonly database: Database;
    readonly partitions: readonly NewPartition[];
    readonly log: Logger;
  },
): Promise<Logs> {
  const { database, partitions, log } = parts;
  const folder = join(config.dataFolder, "logs");
  const keys = join(config.dataFolder, "keys");
  mkdirSync(folder, { recursive: true });
  const store = database.as(publisherRole.role, { connections: 2 });
  const options = {
    ...{ store, keys, logs: folder, witnessTimeoutMs: limits.witnessTimeoutMs },
    leaseMs: limits.checkpointIntervalMs * 10,
  };
  const own = openPublisher({ ...options, witnesses: [], quorum: 0 });
  const vkeys = partitions.map(({ origin }) => `${origin}=${own.signerOf(origin).vkey}`);
  const demo = config.mode === "demo";
  const witness = demo ? await startWitness(config.dataFolder, vkeys) : undefined;
  if (demo && !witness) log.error("The witness did not start: logs are recorded, not published.");
  const doors = witness ? [witness.door] : [];
  const publisher = openPublisher({ ...options, witnesses: doors, quorum: demo ? 1 : 0 });
  const rounds = new Rounds(publisher, log);
  const witnesses = doors.map((door) => door.verifier);
  const desk: Desk = { site: "", folder, publisher, store, partitions, witnesses };
  return {
    ...{ folder, witnesses },
    addresses: (site) =>
      partitions.map(({ origin }) => ({
        origin,
        url: `${site}/logs/${logFolder(origin)}`,
        vkey: publisher.signerOf(origin).vkey,
      })),
    servedAt(site) {
      desk.site = site;
    },
    publish: () => rounds.now(),
    evidence: (slug) => evidenceOf(desk, slug),
    async end() {
      await rounds.end();
      await publisher.release();
      witness?.child.kill();
    },
  };
}

/** One round after the other, a second apart; a fault ends no later round. */
class Rounds {
  readonly #publisher: Publisher;
  readonly #log: Logger;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(publisher: Publisher, log: Logger) {
    this.#publisher = publisher;
    this.#log = log;
    this.#next();
  }

  now(): Promise<void> {
    this.#running = this.#running.then(() => this.#round());
    return this.#running;
  }

  end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    return this.now();
  }

  #next(): void {
    if (this.#ended) return;
    this.#timer = setTimeout(
      () => void this.now().then(() => this.#next()),
      limits.checkpointIntervalMs,
    );
  }

  async #round(): Promise<void> {
    try {
      await this.#publisher.round();
    } catch (error) {
      this.#log.error({ err: error }, "A log was not published.");
    }
  }
}

interface StartedWitness {
  readonly child: ChildProcess;
  readonly door: WitnessDoor;
}

/** Tries a few times: a witness that was killed a moment ago may still hold its folder. */
async function startWitness(
  dataFolder: string,
  vkeys: readonly string[],
): Promise<StartedWitness | undefined> {
  for (let tries = 0; tries < WITNESS_TRIES; tries++) {
    const started = await startWitnessOnce(dataFolder, vkeys);
    if (started) return started;
    await new Promise((resolve) => setTimeout(resolve, WITNESS_PAUSE_MS));
  }
  return undefined;
}

async function startWitnessOnce(
  dataFolder: string,
  vkeys: readonly string[],
): Promise<StartedWitness | undefined> {
  const folder = join(dataFolder, "witness");
  const logs = vkeys.flatMap((vkey) => ["--log", vkey]);
  const options = ["--lang", "en", "--folder", folder, "--name", WITNESS_NAME, ...logs];
  // It listens on this machine, wherever else the installation may call.
  const own = outside({ inside: LOOPBACK });
  const child = spawn(process.execPath, [CLI, "witness", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    const told = await own.call({
      ...{ url: new URL(`${url}/vkey`), method: "GET", bytesMax: VKEY_BYTES_MAX },
      signal: AbortSignal.timeout(limits.witnessTimeoutMs),
    });
    const verifier = isRefusal(told) ? told : readVerifier(told.body.toString("utf8"));
    if (isRefusal(verifier)) break;
    return { child, door: { url, verifier, outside: own } };
  }
  child.kill();
  return undefined;
}

/** The state of a pilot's log and the receipt of its newest published record. */
async function evidenceOf(desk: Desk, slug: string): Promise<Evidence | undefined> {
  const row = desk.partitions.find((one) => one.pilot === slug);
  if (row === undefined) return undefined;
  const folder = join(desk.folder, logFolder(row.origin));
  const path = join(folder, "checkpoint");
  if (!existsSync(path)) return undefined;
  const checkpoint = readFileSync(path, "utf8");
  const note = readNote(checkpoint);
  const read = isRefusal(note) ? note : readCheckpoint(note.text);
  if (isRefusal(read) || isRefusal(note)) return undefined;
  const source = async (file: string) => {
    const full = join(folder, file);
    return existsSync(full) ? readFileSync(full) : undefined;
  };
  const { size } = read;
  const [receipt, logs, latest] = await Promise.all([
    receiptOf(source, { checkpoint, size }, size - 1),
    readLogs(desk.store),
    latestCheckpoint(desk.store, row.partition, true),
  ]);
  const seen = desk.witnesses.map((one) => signedBy(note, one)?.seconds).find((one) => one);
  return {
    ...{
      origin: row.origin,
      url: `${desk.site}/logs/${logFolder(row.origin)}`,
      checkpoint,
      size: BigInt(size),
    },
    recordedSize: logs.find((one) => one.partition === row.partition)?.size ?? BigInt(size),
    root: read.root.toString("base64"),
    ...(seen === undefined || latest === undefined ? {} : { witnessedAt: (seen * 1000) as never }),
    keys: [
      { role: "log", vkey: desk.publisher.signerOf(row.origin).vkey },
      ...desk.witnesses.map((one) => ({ role: "witness" as const, vkey: one.vkey })),
    ],
    ...(receipt === undefined ? {} : { receipt }),
  };
}

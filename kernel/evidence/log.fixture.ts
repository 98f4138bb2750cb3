/**
 * A log on a real database with its publisher, its files served over HTTP and, where asked, a witness
 * in a process of its own. For tests.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LOOPBACK } from "../config/index.ts";
import { ledgerMigrations } from "../ledger/index.ts";
import { outside } from "../outside/index.ts";
import { statement, type Store } from "../store/index.ts";
import { testDatabase } from "../testing/index.ts";
import { isRefusal } from "../words/index.ts";
import type { WitnessDoor } from "./ask.ts";
import {
  appendLeavesIn,
  evidenceMigrations,
  headIn,
  openLogIn,
  publisherRole,
} from "./log.store.ts";
import { readVerifier, type Signer } from "./note.ts";
import type { PublishStep } from "./publish.ts";
import { logFolder, openPublisher, type Publisher } from "./publisher.ts";
import { folderSource } from "./source.ts";
import { ORIGIN } from "./story.fixture.ts";
import type { TileSource } from "./tiles.ts";
import { Frontier, leafHash } from "./tree.ts";

export { ORIGIN } from "./story.fixture.ts";

/** The way to servers of tests. */
export const HERE = outside({ inside: LOOPBACK });

const OWN = statement("test.own", "select ledger.open_partition($1, $2)");
const SPOIL = statement("test.spoil", "update evidence.leaf set body = $2 where idx = $1");
const REMOVE = statement("test.remove", "delete from evidence.leaf where idx = $1");
const RESTORE = statement("test.restore", "insert into evidence.leaf values (1, $1, $2)");
const CUT = statement("test.cut", "delete from evidence.leaf where idx >= $1");
const REWRITE = statement(
  "test.rewrite",
  "update evidence.leaf l set body = t.body from unnest($1::text[]) with ordinality t(body, n) where l.idx = t.n - 1",
);
const SHRINK = statement(
  "test.shrink",
  "update evidence.head set size = $1, root = $2, frontier = $3",
);

export interface Bed {
  readonly folder: string;
  readonly logFolder: string;
  readonly source: TileSource;
  readonly reader: Store;
  /** Appends leaves of a list up to `size`, in one transaction. */
  grow(leaves: readonly string[], size: number): Promise<void>;
  /** A publisher as after a start of the process. */
  publisher(onStep?: (step: PublishStep) => void, doors?: readonly WitnessDoor[]): Publisher;
  /** Publishes in a process of its own that kills itself after the step; answers with its end. */
  publishAndDie(step: PublishStep): Promise<NodeJS.Signals | number | null>;
  log(): Signer;
  url(): string;
  witness(): WitnessDoor;
  startWitness(): Promise<void>;
  stopWitness(): void;
  spoil(index: number, body: string): Promise<unknown>;
  remove(index: number): Promise<unknown>;
  restore(index: number, body: string): Promise<unknown>;
  /** What a restored backup is: fewer leaves, and the head that went with them. */
  setBack(leaves: readonly string[], size: number): Promise<void>;
  end(): Promise<void>;
}

export async function openBed(asked: {
  readonly witness: boolean;
  readonly leaseMs?: number;
}): Promise<Bed> {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-log-"));
  const database = await testDatabase({
    migrations: [ledgerMigrations, evidenceMigrations],
    roles: [publisherRole],
  });
  const { owner } = database;
  await owner.query(OWN, [1, "sandbank_owner"]);
  await owner.transaction((tx) => openLogIn(tx, { partition: 1, origin: ORIGIN }));
  const reader = database.as(publisherRole.role);
  const logs = join(folder, "logs");
  const files = await serveFiles(logs);
  const own = join(logs, logFolder(ORIGIN));
  const witness = new WitnessProcess(folder);
  const publisher: Bed["publisher"] = (onStep = () => undefined, doors) => {
    const witnesses = doors ?? (witness.door ? [witness.door] : []);
    return openPublisher({
      ...{ store: reader, keys: join(folder, "keys"), logs, witnesses, onStep },
      ...{ quorum: witnesses.length, witnessTimeoutMs: 5_000, leaseMs: asked.leaseMs ?? 0 },
    });
  };
  const log = () => publisher().signerOf(ORIGIN);
  const startWitness = () => witness.start(log().vkey);
  if (asked.witness) await startWitness();
  return {
    ...{ folder, logFolder: own, source: folderSource(own), reader, publisher, log, startWitness },
    publishAndDie: (step) =>
      publishAndDie({
        login: database.login(publisherRole.role),
        keys: join(folder, "keys"),
        logs,
        step,
      }),
    grow: (leaves, size) => grow(owner, leaves, size),
    url: () => `http://127.0.0.1:${(files.address() as AddressInfo).port}/${logFolder(ORIGIN)}`,
    witness: () => witness.door as WitnessDoor,
    stopWitness: () => witness.stop(),
    spoil: (index, body) => owner.query(SPOIL, [index, body]),
    remove: (index) => owner.query(REMOVE, [index]),
    restore: (index, body) => owner.query(RESTORE, [index, body]),
    async setBack(leaves, size) {
      const frontier = new Frontier();
      const kept = leaves.slice(0, size);
      for (const body of kept) frontier.append(leafHash(Buffer.from(body)));
      await owner.query(CUT, [size]);
      await owner.query(REWRITE, [kept]);
      await owner.query(SHRINK, [size, frontier.root(), frontier.encode()]);
    },
    async end() {
      files.close();
      files.closeAllConnections();
      witness.stop();
      await database.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function publishAndDie(orders: object): Promise<NodeJS.Signals | number | null> {
  const program = new URL("./dying.fixture.ts", import.meta.url).pathname;
  const env = { ...process.env, SANDBANK_DYING: JSON.stringify(orders) };
  const child = spawn(process.execPath, [program], {
    stdio: ["ignore", "inherit", "inherit"],
    env,
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return signal ?? code;
}

async function grow(owner: Store, leaves: readonly string[], size: number): Promise<void> {
  await owner.transaction(async (tx) => {
    const head = await headIn(tx, 1);
    const frontier = Frontier.decode(head.size, head.frontier);
    const bodies = leaves.slice(head.size, size);
    for (const body of bodies) frontier.append(leafHash(Buffer.from(body)));
    await appendLeavesIn(tx, { partition: 1, from: head.size, bodies, frontier });
  });
}

class WitnessProcess {
  readonly #folder: string;
  #child: ChildProcess | undefined;
  door: WitnessDoor | undefined;

  constructor(folder: string) {
    this.#folder = join(folder, "witness");
  }

  async start(vkey: string): Promise<void> {
    const program = new URL("../../apps/cli/src/main.ts", import.meta.url).pathname;
    const options = ["--folder", this.#folder, "--name", "witness.test", "--lang", "en"];
    const args = [program, "witness", ...options, "--log", `${ORIGIN}=${vkey}`];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\S+/.exec(line)?.[0];
      if (url === undefined) continue;
      const verifier = readVerifier(await (await fetch(`${url}/vkey`)).text());
      assert.ok(!isRefusal(verifier));
      this.door = { url, verifier, outside: HERE };
      return;
    }
    throw new Error("the witness did not start");
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
  }
}

function serveFiles(folder: string): Promise<Server> {
  const server = createServer((request, reply) => {
    const file = join(folder, request.url ?? "");
    if (existsSync(file)) reply.end(readFileSync(file));
    else reply.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/**
 * The log as strangers meet it: published over HTTP, read by a client that was written from C2SP's
 * pages alone, cosigned by a witness in another process, and never signed once it was tampered with.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { ledgerMigrations } from "../ledger/index.ts";
import { statement } from "../store/index.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { isRefusal } from "../words/index.ts";
import {
  appendLeavesIn,
  evidenceMigrations,
  headIn,
  openLogIn,
  publisherRole,
} from "./log.store.ts";
import { checkpointText, readVerifier, signText } from "./note.ts";
import { LogAltered } from "./publish.ts";
import { openPublisher, type Publisher } from "./publisher.ts";
import { receiptOf, verifyReceipt } from "./receipt.ts";
import { Frontier, leafHash } from "./tree.ts";
import { verifyLog } from "./verify.ts";

const ORIGIN = "test.sandbank/pilot/1";
const OWN = statement("test.own", "select ledger.open_partition($1, $2)");
const SPOIL = statement(
  "test.spoil",
  "update evidence.leaf set body = $3 where partition = $1 and idx = $2",
);
const SHRINK = statement(
  "test.shrink",
  "update evidence.head set size = $2, root = $3, frontier = $4 where partition = $1",
);

let database: TestDatabase;
let folder: string;
let publisher: Publisher;
let files: Server;
let witness: ChildProcess;
let witnessUrl: string;

const HEX = "0".repeat(64);
const act = (seq: number) =>
  `{"change":"${HEX}","class":"USE","command":"t.t","facts":"${HEX}","outcome":"accepted","policy":"","postings":"${HEX}","seq":"${seq}","t":"act"}`;

/** Appends acts up to `size` leaves, in one go. */
async function grow(size: number): Promise<void> {
  await database.owner.transaction(async (tx) => {
    const head = await headIn(tx, 1);
    const frontier = Frontier.decode(head.size, head.frontier);
    const bodies = Array.from({ length: size - head.size }, (_, i) => act(head.size + i + 1));
    for (const body of bodies) frontier.append(leafHash(Buffer.from(body)));
    await appendLeavesIn(tx, { partition: 1, from: head.size, bodies, frontier });
  });
}

const logs = () => join(folder, "logs");
const source = async (path: string) => {
  const file = join(logs(), "pilot/1", path);
  return existsSync(file) ? readFileSync(file) : undefined;
};

describe("a log that is published", () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sandbank-log-"));
    database = await testDatabase({
      migrations: [ledgerMigrations, evidenceMigrations],
      roles: [publisherRole],
    });
    await database.owner.query(OWN, [1, "sandbank_owner"]);
    await database.owner.transaction((tx) => openLogIn(tx, { partition: 1, origin: ORIGIN }));
    publisher = openWith([]);
    const started = await startWitness(publisher.signerOf(ORIGIN).vkey);
    publisher = openWith([started]);
    files = await serveFiles();
  });
  after(async () => {
    files.close();
    witness.kill();
    await database.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test("each size is witnessed and read back over HTTP by a client that knows only C2SP", async () => {
    for (const size of [1, 2, 255, 256, 257, 700]) {
      await grow(size);
      assert.deepEqual(await publisher.round(), [{ origin: ORIGIN, state: "witnessed", size }]);
      const { port } = files.address() as AddressInfo;
      const read = await strangerReads(`http://127.0.0.1:${port}/pilot/1`);
      assert.deepEqual(read, { origin: ORIGIN, size, entries: size });
    }
    assert.deepEqual(await publisher.round(), [{ origin: ORIGIN, state: "unchanged" }]);
  });

  test("a receipt proves its record, and no other record", async () => {
    const checkpoint = String(await source("checkpoint"));
    const log = publisher.signerOf(ORIGIN);
    const receipt = await receiptOf(source, { checkpoint, size: 700 }, 411);
    assert.ok(receipt);
    assert.equal(receipt.record, act(412));
    assert.equal(verifyReceipt(receipt, log), true);
    assert.equal(verifyReceipt({ ...receipt, record: act(413) }, log), false);
  });

  test("verify walks it whole, names the witness, and finds the first record that was changed", async () => {
    const log = publisher.signerOf(ORIGIN);
    const seen = readVerifier((await (await fetch(`${witnessUrl}/vkey`)).text()).trim());
    assert.ok(!isRefusal(seen));
    const good = await verifyLog({ source, log, witnesses: [seen] });
    assert.deepEqual([good.finding, good.size, good.acts], [undefined, 700, 700]);
    assert.deepEqual(good.witnessedBy, ["witness.test"]);
    const changed = async (path: string) => {
      const bytes = await source(path);
      const inside = 42 * (act(300).length + 2) + 20;
      if (bytes && path.startsWith("tile/entries/001")) bytes[inside] = 0x21;
      return bytes;
    };
    const bad = await verifyLog({ source: changed, log });
    assert.equal(bad.finding?.code, "leaf_not_understood");
    assert.equal(bad.firstBad, 256 + 42);
  });

  test("a witness refuses a fork and a shrunk head", async () => {
    const signer = publisher.signerOf(ORIGIN);
    const ask = async (size: number, older: number) => {
      const text = checkpointText({ origin: ORIGIN, size, root: Buffer.alloc(32, 7) });
      const body = `old ${older}\n\n${text}\n${signText(signer, text)}`;
      const reply = await fetch(`${witnessUrl}/add-checkpoint`, { method: "POST", body });
      return { status: reply.status, body: await reply.text() };
    };
    assert.deepEqual(await ask(700, 700), { status: 409, body: "700\n" });
    assert.deepEqual(await ask(600, 600), { status: 409, body: "700\n" });
    assert.equal((await ask(701, 700)).status, 422);
    assert.equal((await ask(699, 700)).status, 400);
  });

  test("a changed leaf, a swapped pair or an older backup: the publisher will not sign", async () => {
    await grow(900);
    await database.owner.query(SPOIL, [1, 800, act(999)]);
    await assert.rejects(publisher.round(), LogAltered);
    await database.owner.query(SPOIL, [1, 800, act(801)]);
    assert.deepEqual(await publisher.round(), [{ origin: ORIGIN, state: "witnessed", size: 900 }]);
    const frontier = new Frontier();
    for (let seq = 1; seq <= 300; seq++) frontier.append(leafHash(Buffer.from(act(seq))));
    const older = [1, 300, frontier.root(), frontier.encode()];
    await database.owner.query(SHRINK, older);
    await assert.rejects(publisher.round(), /shrank from 900 to 300/);
  });
});

function openWith(witnesses: Parameters<typeof openPublisher>[0]["witnesses"]): Publisher {
  return openPublisher({
    store: database.as(publisherRole.role),
    keys: join(folder, "keys"),
    logs: logs(),
    witnesses,
    quorum: witnesses.length,
    witnessTimeoutMs: 5_000,
    leaseMs: 1,
  });
}

async function startWitness(vkey: string) {
  const program = new URL("../../apps/cli/src/main.ts", import.meta.url).pathname;
  const options = ["--folder", join(folder, "witness"), "--port", "0", "--name", "witness.test"];
  witness = spawn(
    process.execPath,
    [program, "witness", ...options, "--log", `${ORIGIN}=${vkey}`],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  assert.ok(witness.stdout);
  for await (const line of createInterface({ input: witness.stdout })) {
    witnessUrl = /http:\S+/.exec(line)?.[0] ?? "";
    if (witnessUrl) break;
  }
  const verifier = readVerifier(await (await fetch(`${witnessUrl}/vkey`)).text());
  assert.ok(!isRefusal(verifier));
  return { url: witnessUrl, verifier };
}

function serveFiles(): Promise<Server> {
  const server = createServer((request, reply) => {
    const file = join(logs(), request.url ?? "");
    if (existsSync(file)) reply.end(readFileSync(file));
    else reply.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** A client from c2sp.org/tlog-tiles and RFC 6962 only: nothing of this project is used in it. */
async function strangerReads(url: string) {
  const sha = (...parts: (string | Buffer)[]) => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const get = async (path: string) => {
    const reply = await fetch(`${url}/${path}`);
    assert.equal(reply.status, 200, path);
    return Buffer.from(await reply.arrayBuffer());
  };
  const [origin = "", sizeLine = "", root] = (await get("checkpoint")).toString().split("\n");
  const size = Number(sizeLine);
  const hashes: Buffer[] = [];
  for (let n = 0; n * 256 < size; n++) {
    const width = Math.min(256, size - n * 256);
    const suffix = width === 256 ? "" : `.p/${width}`;
    const bundle = await get(`tile/entries/${String(n).padStart(3, "0")}${suffix}`);
    const tile = await get(`tile/0/${String(n).padStart(3, "0")}${suffix}`);
    let at = 0;
    for (let i = 0; i < width; i++) {
      const length = bundle.readUInt16BE(at);
      const leaf = sha(Buffer.of(0), bundle.subarray(at + 2, at + 2 + length));
      assert.deepEqual(leaf, tile.subarray(i * 32, i * 32 + 32));
      hashes.push(leaf);
      at += 2 + length;
    }
    assert.equal(at, bundle.length);
  }
  const fold = (from: number, to: number): Buffer => {
    if (to - from === 1) return hashes[from] as Buffer;
    let k = 1;
    while (k * 2 < to - from) k *= 2;
    return sha(Buffer.of(1), fold(from, from + k), fold(from + k, to));
  };
  assert.equal(fold(0, size).toString("base64"), root);
  return { origin, size, entries: hashes.length };
}

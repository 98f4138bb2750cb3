/**
 * The log as strangers meet it: published over HTTP, read by a client that was written from C2SP's
 * pages alone, cosigned by a witness in another process, and never signed once it was tampered with.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { verifyStore } from "./audit.ts";
import { type Bed, HERE, openBed, ORIGIN } from "./log.fixture.ts";
import { checkpointText, cosign, newSigner, signText } from "./note.ts";
import { LogAltered, PUBLISH_STEPS } from "./publish.ts";
import { receiptOf, verifyReceipt } from "./receipt.ts";
import { httpSource } from "./source.ts";
import { acts } from "./story.fixture.ts";
import { outside } from "../outside/index.ts";
import { verifyLog } from "./verify.ts";

const ACTS = acts(2_000);
const act = (index: number) => ACTS[index] as string;

describe("a log that is published", () => {
  let bed: Bed;
  before(async () => {
    bed = await openBed({ witness: true });
  });
  after(() => bed.end());

  test("each size is witnessed and read back over HTTP by a client that knows only C2SP", async () => {
    for (const size of [1, 2, 255, 256, 257, 700]) {
      await bed.grow(ACTS, size);
      assert.deepEqual(await bed.publisher().round(), [
        { origin: ORIGIN, state: "witnessed", size },
      ]);
      assert.deepEqual(await strangerReads(bed.url()), { origin: ORIGIN, size, entries: size });
    }
    assert.deepEqual(await bed.publisher().round(), [{ origin: ORIGIN, state: "unchanged" }]);
  });

  test("partial tiles go once the full one stands", () => {
    assert.ok(existsSync(join(bed.logFolder, "tile/0/001")));
    assert.ok(!existsSync(join(bed.logFolder, "tile/0/001.p")));
    assert.ok(existsSync(join(bed.logFolder, "tile/0/002.p/188")));
  });

  test("a receipt proves its record, and no other record", async () => {
    const source = httpSource(bed.url(), HERE);
    const checkpoint = String(await source("checkpoint"));
    const receipt = await receiptOf(source, { checkpoint, size: 700 }, 411);
    assert.ok(receipt);
    assert.equal(receipt.record, act(411));
    assert.equal(verifyReceipt(receipt, bed.log()), true);
    assert.equal(verifyReceipt({ ...receipt, record: act(412) }, bed.log()), false);
  });

  test("verify walks it whole over HTTP and names the witness", async () => {
    const witnesses = [bed.witness().verifier];
    const good = await verifyLog({
      source: httpSource(bed.url(), HERE),
      log: bed.log(),
      witnesses,
    });
    assert.deepEqual([good.findings, good.size, good.acts], [[], 700, 700]);
    assert.deepEqual(good.witnessedBy, ["witness.test"]);
  });

  test("the witness refuses what did not grow out of what it saw, each with its status", async () => {
    const signer = bed.log();
    const post = (body: string | Uint8Array<ArrayBuffer>) =>
      fetch(`${bed.witness().url}/add-checkpoint`, { method: "POST", body });
    const ask = async (
      size: number,
      older: number,
      more: { proof?: string; root?: Buffer } = {},
    ) => {
      const text = checkpointText({ origin: ORIGIN, size, root: more.root ?? Buffer.alloc(32, 7) });
      const reply = await post(
        `old ${older}\n${more.proof ?? ""}\n${text}\n${signText(signer, text)}`,
      );
      return [reply.status, reply.headers.get("content-type"), await reply.text()];
    };
    const conflict = [409, "text/x.tlog.size", "700\n"];
    assert.equal((await ask(700, 700))[0], 422, "a fork at the same size");
    assert.deepEqual(await ask(600, 600), conflict, "a head that shrank");
    assert.deepEqual(await ask(900, 0), conflict, "one that would have it forget");
    assert.equal((await ask(701, 700))[0], 422, "a fork that is larger");
    assert.equal((await ask(699, 700))[0], 400);
    const hash = `${Buffer.alloc(32).toString("base64")}\n`;
    assert.equal((await ask(701, 700, { proof: hash.repeat(64) }))[0], 400);
    assert.equal((await ask(701, 700, { proof: "AAAA\n" }))[0], 400);
    const other = newSigner(ORIGIN, "log").signer;
    const text = checkpointText({ origin: ORIGIN, size: 701, root: Buffer.alloc(32) });
    assert.equal((await post(`old 700\n\n${text}\n${signText(other, text)}`)).status, 403);
    const valid = signText(signer, text);
    const twice = `${valid}${valid.slice(0, -8)}AAA=\n`;
    assert.notEqual((await post(`old 700\n\n${text}\n${twice}`)).status, 200);
    const foreign = checkpointText({ origin: "other.test", size: 1, root: Buffer.alloc(32) });
    assert.equal((await post(`old 0\n\n${foreign}\n${signText(signer, foreign)}`)).status, 404);
    assert.equal((await post("")).status, 400);
    assert.equal((await post(new Uint8Array([0xff, 0xfe]))).status, 400);
    assert.equal((await post("x".repeat(70_000))).status, 413);
  });

  test("the witness shows the checkpoint that it cosigned, and its key", async () => {
    const { url, verifier } = bed.witness();
    const hash = createHash("sha256").update(ORIGIN).digest("hex");
    const shown = await (await fetch(`${url}/${hash}/checkpoint`)).text();
    assert.equal(shown, readFileSync(join(bed.logFolder, "checkpoint"), "utf8"));
    assert.equal((await (await fetch(`${url}/vkey`)).text()).trim(), verifier.vkey);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.equal((await fetch(`${url}/${"0".repeat(64)}/checkpoint`)).status, 404);
  });

  test("without the quorum the old checkpoint stays, and what is new is recorded only", async () => {
    bed.stopWitness();
    await bed.grow(ACTS, 710);
    const [done] = await bed.publisher().round();
    assert.deepEqual(done, { origin: ORIGIN, state: "recorded", size: 710 });
    assert.equal((await strangerReads(bed.url())).size, 700);
    await bed.startWitness();
    assert.deepEqual(await bed.publisher().round(), [
      { origin: ORIGIN, state: "witnessed", size: 710 },
    ]);
    assert.equal((await strangerReads(bed.url())).size, 710);
  });

  test("a witness that was started again still refuses the fork it refused before", async () => {
    bed.stopWitness();
    await bed.startWitness();
    const text = checkpointText({ origin: ORIGIN, size: 711, root: Buffer.alloc(32, 9) });
    const body = `old 0\n\n${text}\n${signText(bed.log(), text)}`;
    const reply = await fetch(`${bed.witness().url}/add-checkpoint`, { method: "POST", body });
    assert.deepEqual([reply.status, await reply.text()], [409, "710\n"]);
  });

  test("an answer that is not the witness's own signature on this head does not count", async () => {
    const own = newSigner("witness.test", "witness").signer;
    const text = checkpointText({ origin: ORIGIN, size: 712, root: Buffer.alloc(32) });
    const stranger = newSigner("witness.test", "witness").signer;
    const body = (asked: string) => asked.slice(asked.indexOf("\n\n") + 2).split("\n\n")[0] ?? "";
    const answers: readonly ((asked: string) => string)[] = [
      () => cosign(own, text, 1),
      (asked) => cosign(stranger, `${body(asked)}\n`, 1),
      () => "",
      () => "nonsense\n",
      () => "x".repeat(100_000),
      (asked) => cosign(own, `${body(asked)}\n`, 1),
    ];
    for (const [at, says] of answers.entries()) {
      const door = await fakeWitness(says);
      await bed.grow(ACTS, 712 + at);
      const publisher = bed.publisher(undefined, [{ url: door.url, verifier: own, outside: HERE }]);
      const [done] = await publisher.round();
      door.end();
      assert.equal(done?.state, at === answers.length - 1 ? "witnessed" : "recorded", String(at));
    }
  });

  test("a witness that has seen more than there is stops the log: it was set back", async () => {
    const own = newSigner("witness.test", "witness").signer;
    const door = await fakeWitness(() => "9000\n", 409);
    await bed.grow(ACTS, 730);
    const publisher = bed.publisher(undefined, [{ url: door.url, verifier: own, outside: HERE }]);
    await assert.rejects(publisher.round(), /a witness has seen 9000 leaves, here are 730/);
    door.end();
  });
});

describe("a witness by name", () => {
  test("is asked where its name points, and not once it points to a machine of ours", async () => {
    const bed = await openBed({ witness: false });
    const own = newSigner("witness.test", "witness").signer;
    let asked = 0;
    const door = await fakeWitness((body) => {
      asked += 1;
      return cosign(own, body.slice(body.indexOf("\n\n") + 2).split("\n\n")[0] + "\n", 1);
    });
    const { port } = new URL(door.url);
    const url = `http://witness.example:${port}`;
    let points = "127.0.0.1";
    const way = outside({ inside: ["127.0.0.1"], resolve: async () => [{ address: points }] });
    const publisher = bed.publisher(undefined, [{ url, verifier: own, outside: way }]);
    const states: string[] = [];
    for (const [at, address] of ["127.0.0.1", "127.0.0.2", "192.168.0.9", "127.0.0.1"].entries()) {
      points = address;
      await bed.grow(ACTS, at + 1);
      const [done] = await publisher.round();
      states.push(`${done?.state} ${asked}`);
    }
    assert.deepEqual(states, ["witnessed 1", "recorded 1", "recorded 1", "witnessed 2"]);
    door.end();
    await bed.end();
  });
});

describe("a publisher that dies", { concurrency: 3 }, () => {
  for (const step of PUBLISH_STEPS) {
    test(`after "${step}": the next one goes on, and every file is what a stranger expects`, async () => {
      const bed = await openBed({ witness: false });
      await bed.grow(ACTS, 300);
      await bed.publisher().round();
      await bed.grow(ACTS, 1_000);
      assert.equal(await bed.publishAndDie(step), "SIGKILL");
      const between = await strangerReads(bed.url());
      assert.ok(between.size === 300 || between.size === 1_000, "what is published is whole");
      await bed.grow(ACTS, 1_100);
      const done = await bed.publisher().round();
      assert.deepEqual(done, [{ origin: ORIGIN, state: "witnessed", size: 1_100 }]);
      assert.deepEqual((await strangerReads(bed.url())).size, 1_100);
      assert.deepEqual(
        (await verifyLog({ source: httpSource(bed.url(), HERE), log: bed.log() })).findings,
        [],
      );
      await bed.end();
    });
  }
});

describe("a database that was tampered with", () => {
  let bed: Bed;
  before(async () => {
    bed = await openBed({ witness: false });
    await bed.grow(ACTS, 1_000);
    await bed.publisher().round();
  });
  after(() => bed.end());

  const audit = async () => {
    const seen = await verifyStore({
      ...{ store: bed.reader, partition: 1, published: bed.source, log: bed.log() },
    });
    return [seen.findings.map(({ code }) => code), seen.firstBad];
  };

  test("untouched it is what was published", async () =>
    assert.deepEqual(await audit(), [[], undefined]));

  test("a byte that was flipped, a row that is gone, two that changed places: the first is named", async () => {
    const flipped = act(613).replace("USE", "USF");
    await bed.spoil(613, flipped);
    await bed.spoil(900, flipped);
    assert.deepEqual(await audit(), [["leaf_altered"], 613]);
    await bed.spoil(613, act(613));
    await bed.spoil(900, act(900));
    await bed.spoil(100, act(701));
    await bed.spoil(701, act(100));
    assert.deepEqual(await audit(), [["leaf_altered"], 100]);
    await bed.remove(500);
    assert.deepEqual(await audit(), [["leaf_altered", "leaf_missing"], 100]);
    await bed.spoil(100, act(100));
    await bed.spoil(701, act(701));
    assert.deepEqual(await audit(), [["leaf_missing"], 500]);
    await bed.restore(500, act(500));
    assert.deepEqual(await audit(), [[], undefined]);
    await bed.remove(999);
    assert.deepEqual(await audit(), [["leaf_missing"], 999]);
    await bed.restore(999, act(999));
  });

  test("beyond what was published the head says that something differs, and from where", async () => {
    await bed.grow(ACTS, 1_100);
    await bed.spoil(1_050, act(3));
    assert.deepEqual(await audit(), [["leaves_altered"], 1_000]);
    await bed.spoil(1_050, act(1_050));
  });

  test("the publisher signs none of it, names the leaf, and goes on once it is put right", async () => {
    await bed.grow(ACTS, 1_100);
    await bed.spoil(1_050, act(3));
    await assert.rejects(bed.publisher().round(), /do not give the root of its head/);
    await bed.spoil(1_050, act(1_050));
    await bed.spoil(800, act(3));
    await assert.rejects(bed.publisher().round(), (error: LogAltered) => error.index === 800);
    await bed.spoil(800, act(800));
    await bed.remove(1_099);
    await assert.rejects(bed.publisher().round(), (error: LogAltered) => error.index === 1_099);
    await bed.restore(1_099, act(1_099));
    const done = await bed.publisher().round();
    assert.deepEqual(done, [{ origin: ORIGIN, state: "witnessed", size: 1_100 }]);
    assert.equal((await strangerReads(bed.url())).size, 1_100);
  });

  test("with the published files gone the log is built again, and only if it is the one that was signed", async () => {
    rmSync(bed.logFolder, { recursive: true });
    await bed.grow(ACTS, 1_200);
    await bed.spoil(5, act(6));
    await assert.rejects(bed.publisher().round(), LogAltered);
    await bed.spoil(5, act(5));
    await bed.publisher().round();
    assert.equal((await strangerReads(bed.url())).size, 1_200);
  });

  test("an older backup, or another history of the same size, is never signed", async () => {
    await bed.setBack(ACTS, 300);
    await assert.rejects(bed.publisher().round(), /shrank from 1200 to 300/);
    assert.deepEqual(await audit(), [["log_shrunk"], 300]);
    const other = ACTS.with(299, act(3));
    await bed.setBack(other, 300);
    await bed.grow(other, 1_200);
    await assert.rejects(bed.publisher().round(), /root at 1200 is another one/);
    await bed.grow(other, 1_250);
    await assert.rejects(bed.publisher().round(), LogAltered);
    assert.equal((await strangerReads(bed.url())).size, 1_200, "what was published stays");
  });

  test("a key that is gone or open to others needs a person: none is made in its place", async () => {
    const path = join(bed.folder, "keys", `${ORIGIN.replaceAll("/", "~")}.key`);
    chmodSync(path, 0o644);
    assert.throws(() => bed.log(), /can be read by others/);
    rmSync(path);
    assert.throws(() => bed.log(), /is gone, and .* has signed before/);
    await assert.rejects(bed.publisher().round(), /is gone/);
    assert.ok(!existsSync(path));
  });
});

test("two publishers of one log: the second waits until the lease of the first is over", async () => {
  const bed = await openBed({ witness: false, leaseMs: 60_000 });
  await bed.grow(ACTS, 3);
  const [one, other] = [bed.publisher(), bed.publisher()];
  assert.equal((await one.round())[0]?.state, "witnessed");
  await bed.grow(ACTS, 4);
  assert.equal((await other.round())[0]?.state, "leased_elsewhere");
  assert.equal((await one.round())[0]?.state, "witnessed");
  await bed.end();
});

/** A server that answers `add-checkpoint` with whatever it likes. */
async function fakeWitness(says: (asked: string) => string, status = 200) {
  const server = createServer((request, reply) => {
    void request.toArray().then((chunks) => {
      reply.writeHead(status).end(says(Buffer.concat(chunks as Buffer[]).toString()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, end };
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
  const full = Math.floor(size / 256);
  if (full > 0) {
    const upper = await get(`tile/1/000.p/${full}`);
    for (let i = 0; i < full; i++) {
      assert.deepEqual(upper.subarray(i * 32, i * 32 + 32), fold(i * 256, i * 256 + 256));
    }
  }
  return { origin, size, entries: hashes.length };
}

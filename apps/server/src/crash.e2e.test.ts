/**
 * Crash anywhere, over HTTP: a server under load is killed with SIGKILL, and so is its PostgreSQL.
 * Every key is asked again: what was acknowledged is answered the same, every retry is one effect,
 * the books balance, and the published log verifies.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, test } from "node:test";
import {
  endChildren,
  freshFolder,
  killDatabase,
  processesOf,
  runCli,
  serve,
  type Served,
} from "./child.fixture.ts";
import {
  type Answer,
  asking,
  openShop,
  paymentAt,
  proveBooks,
  REQUESTOR,
  type Shop,
} from "./shop.fixture.ts";

const LONG = process.env["SANDBANK_LONG"] === "1";
const KILLS = LONG ? 20 : 2;
const FLIGHT = 32;
const FEN = 100n;
/** Payments of one life of a server, and how many are answered before the blow falls. */
const PAYMENTS = 300;
const WAITS_MAX = 100;

let folder: string;
let server: Served;
let shop: Shop;
before(async () => {
  folder = freshFolder();
  server = await serve(folder);
  shop = await openShop(asking(server), "crash", 10_000_000n);
});
after(endChildren);

type Answers = Map<string, Answer>;

/** Asks for every payment, 32 in flight. A connection that breaks leaves a key without an answer. */
async function pay(keys: readonly string[], onAnswer: (count: number) => void): Promise<Answers> {
  const ask = asking(server);
  const answers: Answers = new Map();
  const waiting = [...keys];
  const lane = async (): Promise<void> => {
    for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
      const body = paymentAt(shop, FEN, key);
      const asked = {
        method: "POST",
        path: "/api/authorisations",
        of: REQUESTOR,
        id: key,
      } as const;
      const answer = await ask({ ...asked, body }).catch(() => undefined);
      if (answer === undefined) continue;
      answers.set(key, answer);
      onAnswer(answers.size);
    }
  };
  await Promise.all(Array.from({ length: FLIGHT }, lane));
  return answers;
}

/** Asks until each key has a clear answer: a server that has lost its database says so meanwhile. */
async function settle(keys: readonly string[]): Promise<Answers> {
  const answers: Answers = new Map();
  for (let waits = 0; answers.size < keys.length; waits++) {
    assert.ok(waits < WAITS_MAX, `${keys.length - answers.size} keys stay without an answer`);
    if (waits > 0) await sleep(100);
    const again = await pay(
      keys.filter((key) => !answers.has(key)),
      () => {},
    );
    for (const [key, answer] of again) if (answer.status < 500) answers.set(key, answer);
  }
  return answers;
}

interface Tally {
  readonly acknowledged: number;
  readonly unanswered: number;
}

/** A life under load that ends by `blow` after some answers, and what the next one says. */
async function lifeAndDeath(life: string, blow: () => Promise<void>): Promise<Tally> {
  const keys = Array.from({ length: PAYMENTS }, (_, i) => `${life}-${i}`);
  const fall = 40 + ((life.length * 37 + Number(/\d+$/.exec(life)?.[0] ?? 0) * 53) % 160);
  let fallen: Promise<void> | undefined;
  const first = await pay(keys, (count) => {
    if (count === fall) fallen = blow();
  });
  assert.ok(fallen, "the blow fell while payments were under way");
  await fallen;
  const acknowledged = [...first].filter(([, { status }]) => status < 500);
  for (const [key, { status, body }] of acknowledged) {
    assert.equal(status, 201, `${key} ${JSON.stringify(body)}`);
  }
  const second = await settle(keys);
  for (const [key, answer] of acknowledged) assert.deepEqual(second.get(key), answer, key);
  for (const [key, { status }] of second) assert.equal(status, 201, key);
  const payments = [...second.values()].map(({ body }) => (body as { payment: string }).payment);
  assert.equal(new Set(payments).size, PAYMENTS, "each key is a payment of its own");
  await proveEffects();
  return { acknowledged: acknowledged.length, unanswered: PAYMENTS - acknowledged.length };
}

let lives = 0;

/** Every payment so far is reserved once, to the fen. */
async function proveEffects(): Promise<void> {
  lives += 1;
  const { books } = await proveBooks(asking(server));
  const money = books.find(({ book }) => book === "money:CNY");
  assert.equal(money?.pending_debits, String(FEN * BigInt(lives * PAYMENTS)));
}

async function serverDies(): Promise<void> {
  const ended = await server.end("SIGKILL");
  assert.equal(ended.signal, "SIGKILL");
  server = await serve(folder);
}

test(`the server is killed ${KILLS} times under load`, { timeout: 1_200_000 }, async (t) => {
  for (let kill = 0; kill < KILLS; kill++) {
    const tally = await lifeAndDeath(`server-${kill}`, serverDies);
    t.diagnostic(`kill ${kill + 1}: ${JSON.stringify(tally)}`);
  }
});

test(`its PostgreSQL is killed ${KILLS} times under load`, { timeout: 1_200_000 }, async (t) => {
  for (let kill = 0; kill < KILLS; kill++) {
    const tally = await lifeAndDeath(`postgres-${kill}`, async () => killDatabase(folder));
    t.diagnostic(`kill ${kill + 1}: ${JSON.stringify(tally)}`);
  }
});

test("both are killed at once", { timeout: 1_200_000 }, async () => {
  await lifeAndDeath("both-0", async () => {
    killDatabase(folder);
    await serverDies();
  });
});

interface Log {
  readonly url: string;
  readonly vkey: string;
}

test("the published log of all these lives verifies, and nothing stays behind", async () => {
  const { origin } = server;
  const known = (await (await fetch(`${origin}/.well-known/sandbank`)).json()) as {
    readonly logs: readonly Log[];
    readonly witnesses: readonly string[];
  };
  assert.equal((await server.end("SIGINT")).code, 0);
  for (const { url, vkey } of known.logs) {
    const place = join(folder, url.replace(/^.*\/logs\//, "logs/"));
    const keys = [vkey, ...known.witnesses].flatMap((one) => ["--vkey", one]);
    const { code, out, err } = await runCli(["verify", place, ...keys, "--json"], folder);
    assert.equal(code, 0, out + err);
    const said = JSON.parse(out) as { signed: boolean; witnessedBy: string[]; findings: [] };
    assert.deepEqual(said.findings, []);
    assert.ok(said.signed && said.witnessedBy.length === 1);
  }
  assert.deepEqual(processesOf(folder), []);
});

/**
 * A process with a Sandbank of its own that throws what it is told to, outside the test runner,
 * whose hooks on every promise would cost more than the requests do. Answers are judged here; the
 * test has the counts.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { isConfigProblem, readConfig } from "@sandbank/kernel/config";
import { journalPage, partitionHeads } from "@sandbank/kernel/guard";
import type { Served } from "@sandbank/kernel/http";
import { isRefusal } from "@sandbank/kernel/words";
import { type Sandbank, startSandbank } from "../compose.ts";
import { sharedPages } from "../pages.fixture.ts";
import { READER } from "../parts.ts";
import { type Ask, proveBooks } from "../shop.fixture.ts";
import { poolsOf } from "./hostile.fixture.ts";
import type { FromThrower, Order, Proof, Report, ToThrower } from "./orders.fixture.ts";
import { isRead, readingAt } from "./reading.fixture.ts";
import { type Means, type Person, type Request, throwerAt } from "./request.fixture.ts";
import { type Depth, DEPTHS, type Verdict, verdictOf } from "./verdict.fixture.ts";
import { learn, openWorld } from "./world.fixture.ts";

/** Requests of one order that are under way at once. */
const LANES = 10;
const WRONG_MAX = 5;
const PAGE = 5_000;

const folder = mkdtempSync(join(tmpdir(), "sandbank-fuzz-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
const say = (word: FromThrower): void => void process.send?.(word);

/** What each request heard, by its number: the place of its code in `codes`, from 1. */
let heard = new Uint16Array(1 << 16);
const codes: string[] = [];
let count = 0;
/** What this process had used when it was ready. */
let cpu = process.cpuUsage();

try {
  const sandbank = await start();
  const means = await meansOf(sandbank);
  const { served } = sandbank.server;
  const labelOf = ({ method, path }: Served) => `${method} ${path}`;
  const things = new Map(served.map((one) => [labelOf(one), one]));
  const take = async (word: ToThrower): Promise<void> => {
    if ("prove" in word) return say({ proof: await prove(sandbank, means.keys) });
    const served = things.get(word.order.thing);
    assert.ok(served, `not served: ${word.order.thing}`);
    const order = { ...word.order, served };
    say({ report: await (order.way === "read" ? readEvery : follow)(sandbank, means, order) });
  };
  process.on("message", (word: ToThrower) => void take(word).catch(die));
  process.once("disconnect", () => void sandbank.end().then(() => process.exit(0)));
  cpu = process.cpuUsage();
  const thingOf = (one: Served) => ({ thing: labelOf(one), kind: one.kind, isRead: isRead(one) });
  say({ ready: served.map(thingOf) });
} catch (error) {
  die(error);
}

function die(error: unknown): void {
  process.exitCode = 1;
  process.send?.({ died: String((error as Error).stack) }, () => process.exit(1));
}

async function start(): Promise<Sandbank> {
  const config = readConfig({ PORT: "0", SANDBANK_DATA: folder });
  assert.ok(!isConfigProblem(config));
  const started = await startSandbank({ ...config, ...sharedPages() });
  assert.ok(!isRefusal(started));
  await started.pages.built;
  return started;
}

async function meansOf(sandbank: Sandbank): Promise<Means> {
  const demo = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as {
    readonly keys: readonly { organisation: string; name: string; key: string }[];
    readonly people: readonly { id: string; link: string }[];
  };
  const keys = new Map(demo.keys.map((one) => [`${one.organisation}/${one.name}`, one.key]));
  const people = await Promise.all(demo.people.map(({ link }) => signIn(sandbank, link)));
  const seed = Number(process.env["SANDBANK_SEED"]);
  const { origin } = sandbank;
  const world = await openWorld(askOf(sandbank, keys), {
    people: demo.people.map(({ id }) => id),
    origin,
  });
  return { seed, pools: poolsOf(seed), world, people, keys, openapi: sandbank.server.openapi };
}

async function signIn({ server }: Sandbank, link: string): Promise<Person> {
  const answer = await server.inject({
    ...{ method: "POST", url: "/api/session/link", headers: { host: "localhost" } },
    payload: { link: link.split("/").at(-1) },
  });
  assert.equal(answer.statusCode, 200, answer.body);
  const [cookie = ""] = String(answer.headers["set-cookie"]).split(";", 1);
  return { cookie, csrf: answer.json<{ csrf: string }>().csrf };
}

function askOf({ server }: Sandbank, keys: ReadonlyMap<string, string>): Ask {
  return async ({ method = "GET", path, of, id, body }) => {
    const answer = await server.inject({
      ...{ method, url: path },
      headers: {
        ...{ host: "localhost", authorization: `Bearer ${keys.get(of)}` },
        ...(id === undefined ? {} : { "idempotency-key": id }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return { status: answer.statusCode, body: answer.json() as unknown };
  };
}

type Stretch = Order & { readonly served: Served };

/** Throws a stretch of inputs and reports how it went. */
async function follow(sandbank: Sandbank, means: Means, order: Stretch): Promise<Report> {
  const { thing, from, count: many, served } = order;
  const draw = throwerAt(served, means);
  const tally = tallyOf(thing);
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + many && tally.wrong.length < WRONG_MAX) {
      const input = next++;
      try {
        enter(tally, await throwOne(sandbank, means, { thing, sent: draw(input) }));
      } catch (error) {
        tally.wrong.push(`${thing} #${input}: ${String((error as Error).message)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return tally;
}

/** Reads a stretch of inputs by the contracts alone. */
async function readEvery(_: Sandbank, means: Means, order: Stretch): Promise<Report> {
  const { thing, from, count: many, served } = order;
  const read = readers.get(thing) ?? readingAt(served, means);
  readers.set(thing, read);
  const tally = tallyOf(thing);
  for (let input = from; input < from + many && tally.wrong.length < WRONG_MAX; input++) {
    try {
      const code = read(input);
      enter(tally, { code, depth: DEPTH_READ[code] ?? "contract" });
    } catch (error) {
      tally.wrong.push(`${thing} #${input}: ${String((error as Error).stack)}`);
    }
  }
  return tally;
}

/** Contracts are compiled once for all stretches of a thing. */
const readers = new Map<string, (input: number) => string>();

/** `not_routed`: the address that was drawn leads elsewhere. */
const DEPTH_READ: Readonly<Record<string, Depth>> = { read: "taken", not_routed: "edge" };

interface Tally extends Report {
  readonly depths: Record<Depth, number>;
  readonly codes: Record<string, number>;
  readonly wrong: string[];
}

function tallyOf(thing: string): Tally {
  const depths = Object.fromEntries(DEPTHS.map((one) => [one, 0])) as Record<Depth, number>;
  return { thing, depths, codes: {}, wrong: [] };
}

function enter(tally: Tally, { code, depth }: Verdict): void {
  tally.depths[depth] += 1;
  tally.codes[code] = (tally.codes[code] ?? 0) + 1;
}

interface Throwing {
  readonly thing: string;
  readonly sent: Request;
}

async function throwOne({ server }: Sandbank, means: Means, { thing, sent }: Throwing) {
  const number = ++count;
  const { method, url, headers, body, lang, person } = sent;
  const isOurs = headers["idempotency-key"] === undefined;
  const answer = await server.inject({
    ...{ method: method as "GET", url },
    // Visitors come from everywhere, so that their rate is no wall.
    remoteAddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    headers: isOurs ? { ...headers, "idempotency-key": `thrown-${number}` } : headers,
    ...(body === undefined ? {} : { payload: body }),
  });
  const type = String(answer.headers["content-type"] ?? "");
  const answered = { status: answer.statusCode, type, body: answer.body, lang };
  const asked = () =>
    `${sent.aim} ${method} ${url.slice(0, 300)} ${JSON.stringify(headers).slice(0, 600)} ${body?.toString().slice(0, 600)}`;
  const verdict = verdictOf(answered, asked);
  if (isOurs) remember(number, verdict.code);
  if (verdict.depth === "taken" && type.startsWith("application/json") && method !== "GET") {
    learn(means.world, thing.slice(thing.indexOf(" ") + 1), {
      answer: JSON.parse(answered.body),
      person,
    });
  }
  return verdict;
}

function remember(number: number, code: string): void {
  if (number >= heard.length) {
    const longer = new Uint16Array(heard.length * 2);
    longer.set(heard);
    heard = longer;
  }
  if (!codes.includes(code)) codes.push(code);
  heard[number] = codes.indexOf(code) + 1;
}

/**
 * What stands in the journals is what was answered: an act that was taken was answered so, and what
 * was refused stands there as that refusal or, where it was invalid, not at all. Then the books.
 */
async function prove(sandbank: Sandbank, keys: Means["keys"]): Promise<Proof> {
  const store = sandbank.database.as(READER);
  let [refused, acts] = [0, 0];
  for (const { partition, seq } of await partitionHeads(store)) {
    for (let before = seq + 1n; before > 1n;) {
      const lines = await journalPage(store, partition, { before, most: PAGE });
      for (const { id, outcome } of lines) {
        const number = Number(/^thrown-(\d+)$/.exec(id)?.[1] ?? "0");
        const said = codes[(heard[number] ?? 0) - 1];
        if (said === undefined) continue;
        acts += 1;
        const isTaken = /^[23]\d\d$/.test(said);
        const isSame = outcome === said || COARSE.has(said);
        const agrees = outcome === "accepted" || outcome === "parked" ? isTaken : isSame;
        assert.ok(agrees, `${id} stands as ${outcome}, but ${said} was said`);
        refused += isTaken ? 0 : 1;
      }
      before = lines.at(-1)?.seq ?? 0n;
    }
  }
  await proveBooks(askOf(sandbank, keys));
  const { user, system } = process.cpuUsage(cpu);
  return { acts, refused, cpu_ms: Math.round((user + system) / 1_000) };
}

/** Said to requestors in place of whatever else was the reason. */
const COARSE: ReadonlySet<string> = new Set(["payment_declined"]);

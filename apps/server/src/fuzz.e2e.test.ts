/**
 * Draws requests at everything that the composed server serves. Each is first read by the contracts
 * of what it is drawn at, where nothing else is asked and a hundred thousand are soon read; and as
 * many as time allows are thrown at the whole server, with credentials that fit. Each is answered or
 * refused in full, never with a fault, and what is refused as invalid leaves no trace in the journal.
 *
 * 500 are read and 60 thrown at each; with SANDBANK_LONG=1, 100,000 and 2,000; with another number, as
 * many of both. SANDBANK_SEED repeats a run, SANDBANK_THROW names the one thing to throw at.
 */
import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { after, before, describe, test, type TestContext } from "node:test";
import { machineNow } from "@sandbank/kernel/clock";
import type { FromThrower, Order, Proof, Report, Thing, ToThrower } from "./fuzz/orders.fixture.ts";
import { type Depth, DEPTHS } from "./fuzz/verdict.fixture.ts";

const LONG = Number(process.env["SANDBANK_LONG"] ?? "0");
const READS = LONG > 1 ? LONG : LONG === 1 ? 100_000 : 500;
const THROWS = LONG > 1 ? LONG : LONG === 1 ? 2_000 : 60;
const SEED = process.env["SANDBANK_SEED"] ?? String(machineNow() % 2 ** 31);
const ONLY = process.env["SANDBANK_THROW"];
const HOURS_MS = 12 * 3_600_000;
const THROWER = new URL("./fuzz/thrower.fixture.ts", import.meta.url).pathname;
/** Each has a server and a PostgreSQL of its own. */
const PROCESSES = LONG > 0 ? Math.max(1, Math.min(4, availableParallelism())) : 1;
/** Orders that one process works on side by side: acts then share batches. */
const SIDE_BY_SIDE = 6;
const STRETCH = 1_000;
/** What closes a pilot or turns the clock comes last, when the rest has been tried on an open one. */
const LAST = /directives|tasks|POST \/api\/clock/;
/** What reads all that there is comes first, while there is little. */
const FIRST = /(books|facts|journal)$/;

interface Thrower {
  readonly child: ChildProcess;
  readonly hear: () => Promise<FromThrower>;
  readonly things: readonly Thing[];
}

let throwers: readonly Thrower[] = [];
/** All that is served, or the one thing that was named. */
let served: readonly Thing[] = [];

before(async () => {
  throwers = await Promise.all(Array.from({ length: PROCESSES }, startThrower));
  served = (throwers[0]?.things ?? []).filter(({ thing }) => (ONLY ?? thing) === thing);
});
after(async () => {
  await Promise.all(throwers.map(({ child }) => endThrower(child)));
});

async function startThrower(): Promise<Thrower> {
  const child = fork(THROWER, {
    env: { ...process.env, SANDBANK_SEED: SEED },
    execArgv: ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=64"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const hear = listen(child);
  const word = await hear();
  assert.ok("ready" in word, "died" in word ? word.died : "out of turn");
  return { child, hear, things: word.ready };
}

async function endThrower(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
}

/** The words of a process in their order; its end is the last of them. */
function listen(child: ChildProcess): () => Promise<FromThrower> {
  const words: FromThrower[] = [];
  let waiting: ((word: FromThrower) => void) | undefined;
  const heard = (word: FromThrower) => {
    words.push(word);
    const [first] = words;
    if (waiting === undefined || first === undefined) return;
    words.shift();
    waiting(first);
    waiting = undefined;
  };
  child.on("message", heard);
  child.once("exit", (code) => heard({ died: `a process ended with ${String(code)}` }));
  return () =>
    new Promise((resolve) => {
      const first = words.shift();
      if (first === undefined) waiting = resolve;
      else resolve(first);
    });
}

function tell(child: ChildProcess, word: ToThrower): void {
  child.send(word);
}

/** Every stretch of what is to be thrown at, those of different things after each other. */
function throws(): Order[] {
  const rank = (thing: string) => (FIRST.test(thing) ? 0 : LAST.test(thing) ? 2 : 1);
  return [0, 1, 2].flatMap((wanted) =>
    stretches(
      "throw",
      THROWS,
      served.filter(({ thing }) => rank(thing) === wanted),
    ),
  );
}

function stretches(way: Order["way"], runs: number, things: readonly Thing[]): Order[] {
  const orders: Order[] = [];
  for (let from = 0; from < runs; from += STRETCH) {
    const count = Math.min(STRETCH, runs - from);
    orders.push(...things.map(({ thing }) => ({ way, thing, from, count })));
  }
  return orders;
}

/** Hands out the orders; stops handing out at the first answer that may not be. */
async function runAll(orders: Order[], t: TestContext): Promise<readonly Report[]> {
  const reports: Report[] = [];
  const work = async ({ child, hear }: Thrower): Promise<void> => {
    let underWay = 0;
    const next = () => {
      const order = orders.shift();
      if (order === undefined) return;
      underWay += 1;
      tell(child, { order });
    };
    for (let side = 0; side < SIDE_BY_SIDE; side++) next();
    while (underWay > 0) {
      const word = await hear();
      assert.ok("report" in word, "died" in word ? word.died : "out of turn");
      underWay -= 1;
      reports.push(word.report);
      if (word.report.wrong.length > 0) orders.length = 0;
      next();
    }
  };
  const began = machineNow();
  await Promise.all(throwers.map(work));
  const seconds = Math.max(1, machineNow() - began) / 1_000;
  const done = reports.reduce((sum, one) => sum + total(one), 0);
  t.diagnostic(
    `seed ${SEED}, ${PROCESSES} processes: ${done} requests at ${new Set(reports.map(({ thing }) => thing)).size} things in ${seconds} s, ${Math.round(done / seconds)} a second`,
  );
  const wrong = reports.flatMap((one) => one.wrong);
  assert.deepEqual(wrong, [], `SANDBANK_SEED=${SEED}\n${wrong.join("\n")}`);
  return reports;
}

/** Asserts that each thing had its number, and tells in the long form how it went. */
function tellEach(reports: readonly Report[], runs: number, t: TestContext): void {
  for (const thing of new Set(reports.map((one) => one.thing))) {
    const own = reports.filter((one) => one.thing === thing);
    const sum = own.reduce((all, one) => all + total(one), 0);
    assert.equal(sum, runs, thing);
    if (LONG > 0)
      t.diagnostic(`${thing} ${JSON.stringify(sharesOf(own))} ${JSON.stringify(codesOf(own))}`);
  }
}

function total({ depths }: Report): number {
  return DEPTHS.reduce((sum, depth) => sum + depths[depth], 0);
}

/** Of a hundred requests at things of a kind, how many came how deep. */
function sharesOf(chosen: readonly Report[]): Record<Depth, number> {
  const all = chosen.reduce((sum, one) => sum + total(one), 0);
  const share = (depth: Depth) =>
    Math.round((1_000 * chosen.reduce((sum, { depths }) => sum + depths[depth], 0)) / all) / 10;
  return Object.fromEntries(DEPTHS.map((depth) => [depth, share(depth)])) as never;
}

function codesOf(chosen: readonly Report[]): Record<string, number> {
  const codes: Record<string, number> = {};
  for (const one of chosen) {
    for (const [code, n] of Object.entries(one.codes)) codes[code] = (codes[code] ?? 0) + n;
  }
  return codes;
}

describe("everything that is served, answered or refused in full", () => {
  test("whatever is read by a contract", { timeout: HOURS_MS }, async (t) => {
    const things = served.filter(({ isRead }) => isRead);
    const reports = await runAll(stretches("read", READS, things), t);
    assert.equal(new Set(reports.map(({ thing }) => thing)).size, things.length);
    tellEach(reports, READS, t);
    if (ONLY !== undefined) return;
    const shares = sharesOf(reports);
    t.diagnostic(`of 100: ${JSON.stringify(shares)}`);
    // Few may be drawn past the address, and a good part must be right enough to be taken.
    assert.ok(shares.edge < 15 && shares.taken > 10, JSON.stringify(shares));
  });

  test("whatever is thrown at the whole server", { timeout: HOURS_MS }, async (t) => {
    const reports = await runAll(throws(), t);
    tellEach(reports, THROWS, t);
    const api = new Set(served.filter(({ kind }) => kind === "api").map(({ thing }) => thing));
    const ofApi = reports.filter((one) => api.has(one.thing));
    const others = reports.filter((one) => !api.has(one.thing));
    if (others.length > 0)
      t.diagnostic(`pages and folders, of 100: ${JSON.stringify(sharesOf(others))}`);
    if (ONLY !== undefined) return;
    const shares = sharesOf(ofApi);
    t.diagnostic(`routes, of 100: ${JSON.stringify(shares)}`);
    // Most must come past the edge, and of those many past the contract to PostgreSQL.
    assert.ok(shares.edge < 40 && shares.contract > 20, JSON.stringify(shares));
    assert.ok(shares.judged + shares.taken > 30 && shares.taken > 10, JSON.stringify(shares));
  });

  test(
    "what was refused has no effect, and the books balance",
    { timeout: HOURS_MS },
    async (t) => {
      const proofs: Proof[] = [];
      for (const { child, hear } of throwers) {
        tell(child, { prove: true });
        const word = await hear();
        assert.ok("proof" in word, "died" in word ? word.died : "out of turn");
        proofs.push(word.proof);
      }
      const sum = (of: keyof Proof) => proofs.reduce((all, proof) => all + proof[of], 0);
      t.diagnostic(
        `${sum("acts")} acts stand in the journals, ${sum("refused")} as a refusal so answered`,
      );
      t.diagnostic(`${sum("cpu_ms") / 1_000} s of the processors, PostgreSQL not counted`);
      assert.ok(ONLY !== undefined || sum("acts") > THROWS, "hardly anything was acted");
    },
  );
});

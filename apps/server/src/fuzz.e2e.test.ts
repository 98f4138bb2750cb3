/**
 * Throws drawn requests at everything that the composed server serves, with credentials that fit.
 * Each is answered or refused in full, never with a fault, and what is refused as invalid leaves no
 * trace in the journal. 60 requests for each thing served; 100,000 with SANDBANK_LONG=1, another
 * number with that number. SANDBANK_SEED repeats a run, SANDBANK_THROW names the one thing to throw at.
 */
import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { after, before, describe, test, type TestContext } from "node:test";
import { machineNow } from "@sandbank/kernel/clock";
import type { FromThrower, Order, Proof, Report, ToThrower } from "./fuzz/orders.fixture.ts";
import { type Depth, DEPTHS } from "./fuzz/verdict.fixture.ts";

const LONG = Number(process.env["SANDBANK_LONG"] ?? "0");
const RUNS = LONG > 1 ? LONG : LONG === 1 ? 100_000 : 60;
const SEED = process.env["SANDBANK_SEED"] ?? String(machineNow() % 2 ** 31);
const ONLY = process.env["SANDBANK_THROW"];
const HOURS_MS = 12 * 3_600_000;
const THROWER = new URL("./fuzz/thrower.fixture.ts", import.meta.url).pathname;
/** Each has a server and a PostgreSQL of its own. */
const PROCESSES = LONG > 0 ? Math.max(1, Math.min(4, availableParallelism())) : 1;
/** Orders that one process works on side by side: acts then share batches. */
const SIDE_BY_SIDE = 6;
const STRETCH = 5_000;
/** What closes a pilot or turns the clock comes last, when the rest has been tried on an open one. */
const LAST = /directives|tasks|POST \/api\/clock/;
/** What reads all that there is comes first, while there is little. */
const FIRST = /(books|facts|journal)$/;

interface Thrower {
  readonly child: ChildProcess;
  readonly hear: () => Promise<FromThrower>;
  readonly things: readonly { readonly thing: string; readonly kind: string }[];
}

let throwers: readonly Thrower[] = [];
const reports: Report[] = [];

before(async () => {
  throwers = await Promise.all(Array.from({ length: PROCESSES }, startThrower));
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

/** Every stretch of every thing, those of different things after each other. */
function ordersFor(things: readonly string[]): Order[] {
  const orders: Order[] = [];
  const rank = (thing: string) => (FIRST.test(thing) ? 0 : LAST.test(thing) ? 2 : 1);
  for (const wanted of [0, 1, 2]) {
    const chosen = things.filter((thing) => rank(thing) === wanted);
    for (let from = 0; from < RUNS; from += STRETCH) {
      const count = Math.min(STRETCH, RUNS - from);
      orders.push(...chosen.map((thing) => ({ thing, from, count })));
    }
  }
  return orders;
}

/** Hands out the orders; stops handing out at the first answer that may not be. */
async function throwAll(orders: Order[], t: TestContext): Promise<void> {
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
  const thrown = reports.reduce((sum, one) => sum + total(one), 0);
  t.diagnostic(`${thrown} requests in ${seconds} s: ${Math.round(thrown / seconds)} a second`);
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
  test("whatever is thrown", { timeout: HOURS_MS }, async (t) => {
    const [first] = throwers;
    const served = first?.things ?? [];
    const things = served.map(({ thing }) => thing).filter((one) => (ONLY ?? one) === one);
    t.diagnostic(
      `seed ${SEED}: ${RUNS} at each of ${things.length} things, ${PROCESSES} processes`,
    );
    await throwAll(ordersFor(things), t);
    const wrong = reports.flatMap((one) => one.wrong);
    assert.deepEqual(wrong, [], `SANDBANK_SEED=${SEED}\n${wrong.join("\n")}`);
    for (const thing of things) {
      const own = reports.filter((one) => one.thing === thing);
      assert.equal(
        own.reduce((sum, one) => sum + total(one), 0),
        RUNS,
        thing,
      );
      if (LONG > 0)
        t.diagnostic(`${thing} ${JSON.stringify(sharesOf(own))} ${JSON.stringify(codesOf(own))}`);
    }
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
      assert.ok(ONLY !== undefined || sum("acts") > RUNS, "hardly anything was acted");
    },
  );
});

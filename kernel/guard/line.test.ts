/** Two batches under way: the second builds on the first before that is committed, or never was. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { limits, enforceLimits } from "../config/index.ts";
import { readLogs } from "../evidence/index.ts";
import { balances, differingAccounts } from "../ledger/index.ts";
import type { Store } from "../store/index.ts";
import type { Command, Outcome } from "./command.ts";
import { startGuard } from "./guard.ts";
import type { RunningGuard } from "./running.ts";
import { type Bed, CUSTOMER, roomyPolicy, sampleBed } from "./sample/bed.ts";
import { poison, sampleCommands } from "./sample/sample.ts";

const CAP = 500n;
const usual = { classes: ["USE"], window: "none", clause: "1.10" } as const;
const policy = roomyPolicy({
  limits: [{ ...usual, id: "pilot_amount", measure: "amount", scope: "pilot", cap: `${CAP}` }],
});
const careless: Command = { ...poison, name: "sample.poison_alongside", alongside: true };

const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

/** Holds each transaction open, decided and its writes sent, until it is let go. */
function heldStore(store: Store) {
  const decided: (() => void)[] = [];
  const waiting: (() => void)[] = [];
  return {
    store: {
      ...store,
      transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]) =>
        store.transaction<T>(async (tx) => {
          const answer = await work(tx);
          const { promise, resolve } = Promise.withResolvers<void>();
          decided.push(resolve);
          waiting.shift()?.();
          await promise;
          return answer;
        }),
    } satisfies Store,
    /** Waits until one more transaction than before is decided. */
    oneMore: () =>
      new Promise<void>((resolve) => {
        if (decided.length > 0) resolve();
        else waiting.push(resolve);
      }),
    letGo: () => decided.shift()?.(),
    count: () => decided.length,
  };
}

/** Another process that has just begun states every total: that moves the log, and no order. */
async function stateTotals(bed: Bed): Promise<void> {
  const size = async () =>
    (await readLogs(bed.readings)).find(({ partition }) => partition === 1)?.size ?? 0n;
  const before = await size();
  const usualMs = limits.totalsIntervalMs;
  enforceLimits({ totalsIntervalMs: 10 });
  const other = await startGuard({
    ...{ commands: sampleCommands, mode: "demo" as const },
    stores: new Map([["sample", bed.store]]),
  });
  await new Promise((resolve) => setTimeout(resolve, 15));
  await other.tick(1);
  await other.close();
  enforceLimits({ totalsIntervalMs: usualMs });
  assert.ok((await size()) > before);
}

describe("a batch decided while another is being committed", () => {
  let bed: Bed;
  let n = 0;
  before(async () => {
    bed = await sampleBed(policy);
    for (const jar of ["a", "b", "c"]) await bed.act("sample.open", { jar, customer: jar });
  });
  after(() => bed.end());

  const guardOver = (store: Store): Promise<RunningGuard> =>
    startGuard({
      commands: [...sampleCommands, careless],
      stores: new Map([["sample", store]]),
      mode: "demo",
    });
  const call = (command: string, content: unknown) => ({
    ...{ partition: 1, id: `line-${++n}`, command, content, principal: CUSTOMER },
  });
  const used = async () => {
    const [row] = await balances(bed.readings, 1, "limit/pilot_amount/pilot/all");
    return row ? row.debits + row.pending_debits - row.credits : 0n;
  };

  test("sees what the one before decided, and both are committed in order", async () => {
    const held = heldStore(bed.store);
    const guard = await guardOver(held.store);
    const first = guard.act(call("sample.put", { jar: "a", coins: "100" }));
    await held.oneMore();
    const second = guard.act(call("sample.put", { jar: "b", coins: "401" }));
    const third = guard.act(call("sample.put", { jar: "c", coins: "400" }));
    while (held.count() < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await used(), 0n, "nothing is committed yet");
    held.letGo();
    held.letGo();
    assert.equal(codeOf(await first), "accepted");
    assert.equal(codeOf(await second), "pilot_limit_exceeded", "100 were used before it");
    assert.equal(codeOf(await third), "accepted");
    assert.equal(await used(), CAP);
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
    await guard.close();
  });

  test("waits where it would write what the one before writes, and where it is not alongside", async (t) => {
    const held = heldStore(bed.store);
    const guard = await guardOver(held.store);
    await bed.put({ ...policy, version: 2, limits: [] });
    const first = guard.act(call("sample.put", { jar: "a", coins: "1" }));
    await held.oneMore();
    const same = guard.act(call("sample.put", { jar: "a", coins: "2" }));
    const other = guard.act(call("sample.poison", { jar: "z", customer: "z" }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(held.count(), 1, "nothing follows while the first is under way");
    const letting = setInterval(held.letGo, 1);
    t.after(() => clearInterval(letting));
    assert.equal(codeOf(await first), "accepted");
    const answer = await same;
    assert.ok(answer.kind === "accepted");
    assert.deepEqual(answer.answer, { coins: "103" }, "it read what the first had written");
    await assert.rejects(other);
    await guard.close();
  });

  test("is decided anew where the one before fails", async (t) => {
    await bed.put({ ...policy, version: 3, limits: [{ ...policy.limits[0]!, cap: "100000" }] });
    const held = heldStore(bed.store);
    let tries = 0;
    const guard = await guardOver({
      ...held.store,
      transaction: async (work) => {
        // Both together, then the first two alone: the last is tried again when those are over.
        if (++tries === 5) await stateTotals(bed);
        return held.store.transaction(work);
      },
    });
    const bad = guard.act(call(careless.name, { jar: "x", customer: "x" }));
    const good = guard.act(call("sample.put", { jar: "b", coins: "5" }));
    await held.oneMore();
    const next = guard.act(call("sample.put", { jar: "c", coins: "6" }));
    while (held.count() < 2) await new Promise((resolve) => setImmediate(resolve));
    const letting = setInterval(held.letGo, 1);
    t.after(() => clearInterval(letting));
    await assert.rejects(bad);
    assert.equal(codeOf(await good), "accepted");
    assert.equal(codeOf(await next), "accepted");
    assert.ok(tries >= 5);
    const seqs = [await good, await next].map((one) => one.kind === "accepted" && one.seq);
    assert.equal(new Set(seqs).size, 2);
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
    await guard.close();
  });
});

describe("two processes on one partition", () => {
  let bed: Bed;
  before(async () => {
    bed = await sampleBed(policy);
    for (let i = 0; i < 64; i++) await bed.act("sample.open", { jar: `j${i}`, customer: `c${i}` });
  });
  after(() => bed.end());

  test("an act goes on where the other has stated totals, which moves the log and no order", async () => {
    const put = (id: string) =>
      bed.guard.act({
        ...{ partition: 1, id, principal: CUSTOMER, command: "sample.put" },
        content: { jar: "j0", coins: "1" },
      });
    assert.equal(codeOf(await put("totals-1")), "accepted");
    await stateTotals(bed);
    assert.equal(codeOf(await put("totals-2")), "accepted");
  });

  for (const [i, keptBalances] of [limits.keptBalances, 0, 40].entries()) {
    test(`keep a cap to the unit from 64 callers, keeping at most ${keptBalances}`, async () => {
      enforceLimits({ keptBalances });
      const version = i + 2;
      const id = `pilot_amount_${keptBalances}`;
      await bed.put({ ...policy, version, limits: [{ ...policy.limits[0]!, id }] });
      const other = await startGuard({
        ...{ commands: sampleCommands, mode: "demo" as const },
        stores: new Map([["sample", bed.store]]),
      });
      const caller = async (nth: number) => {
        let accepted = 0;
        for (let turn = 0; turn < 16; turn++) {
          const outcome = await (nth % 2 === 0 ? bed.guard : other).act({
            ...{ partition: 1, id: `${keptBalances}-${nth}-${turn}`, principal: CUSTOMER },
            ...{ command: "sample.put", content: { jar: `j${nth}`, coins: "1" } },
          });
          if (outcome.kind === "accepted") accepted += 1;
          else assert.equal(codeOf(outcome), "pilot_limit_exceeded");
        }
        return accepted;
      };
      const accepted = await Promise.all(Array.from({ length: 64 }, (_, nth) => caller(nth)));
      assert.equal(BigInt(accepted.reduce((sum, one) => sum + one, 0)), CAP);
      assert.deepEqual(await differingAccounts(bed.readings, 1), []);
      await other.close();
      enforceLimits({ keptBalances: 200_000 });
    });
  }
});

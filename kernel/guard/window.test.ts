/** Windows that are over for good: dropped with their totals, and nothing else changes by it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { fromIso, type Instant, toIso } from "../clock/index.ts";
import { enforceLimits, limits } from "../config/index.ts";
import { accountStatement, balances, differingAccounts, trialBalance } from "../ledger/index.ts";
import type { Outcome } from "./command.ts";
import { type Bed, roomyPolicy, sampleBed, SYSTEM } from "./sample/bed.ts";
import { leavesOf, proof } from "./sample/proof.ts";
import { dropOverWindows } from "./window.ts";

const DAY_MS = 86_400_000;
const NOON = fromIso("2060-03-01T12:00:00+08:00");
const HORIZON_DAYS = 3;

const rule = (id: string, more: { scope: string; window: string; cap: string }) =>
  ({ id, ...more, measure: "amount", classes: ["USE"], clause: "1.10" }) as never;

const POLICY = roomyPolicy({
  limits: [
    rule("pilot_day_amount", { scope: "pilot", window: "day", cap: "1000" }),
    rule("pilot_month_amount", { scope: "pilot", window: "month", cap: "9000" }),
    rule("customer_day_amount", { scope: "customer", window: "day", cap: "300" }),
    rule("customer_amount", { scope: "customer", window: "none", cap: "100000" }),
  ],
});

const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
const onDay = (n: number) => (NOON + n * DAY_MS) as Instant;

/** Limits belong to the process, so the usual horizon stands again after each part. */
const usual = limits.refundHorizonDays;
const usualTotals = limits.totalsIntervalMs;
const shorten = () => enforceLimits({ refundHorizonDays: HORIZON_DAYS });
const restore = () => enforceLimits({ refundHorizonDays: usual });

describe("dropping windows", () => {
  let bed: Bed;
  const dayKey = (day: string) => `limit/pilot_day_amount/pilot/${day}`;
  const live = async (prefix: string) =>
    (await balances(bed.readings, 1, prefix)).map(({ key }) => key);
  const drop = (day: string) =>
    bed.act("guard.drop_windows", { before: day }, { principal: SYSTEM });

  before(async () => {
    shorten();
    bed = await sampleBed(POLICY);
    await bed.turn(NOON);
    await bed.act("sample.open", { jar: "honey", customer: "c1" });
    await bed.act("sample.put", { jar: "honey", coins: "70" });
  });
  after(async () => {
    restore();
    await bed.end();
  });

  test("within the horizon nothing is dropped, and asking for it is refused", async () => {
    await bed.turn(onDay(HORIZON_DAYS));
    assert.equal(await dropOverWindows(bed.guard, bed.readings), 0);
    assert.equal(codeOf(await drop("2060-03-02")), "windows_not_over");
    assert.equal(codeOf(await drop("2060-03-01")), "windows_none_over");
    assert.deepEqual(await live(dayKey("")), [dayKey("2060-03-01")]);
  });

  test("the last refund within the horizon still returns to its day", async () => {
    const content = { jar: "honey", coins: "20", at: toIso(NOON) };
    await bed.act("sample.give_back", content);
    const [day] = await balances(bed.readings, 1, dayKey(""));
    assert.deepEqual([day?.debits, day?.credits], [70n, 20n]);
  });

  test("a day after it the days go, with what was used of the pilot's in the clear", async () => {
    await bed.turn(onDay(HORIZON_DAYS + 1));
    assert.equal(await dropOverWindows(bed.guard, bed.readings), 1);
    assert.deepEqual(await live("limit/pilot"), ["limit/pilot_month_amount/pilot/2060-03"]);
    assert.deepEqual(await live("limit/customer"), ["limit/customer_amount/honey/all"]);
    const leaves = (await leavesOf(bed.readings, 1)).map((body) => JSON.parse(body));
    const leaf = leaves.findLast(({ t }) => t === "windows_dropped");
    assert.deepEqual(leaf.pilot, [
      { limit: "pilot_day_amount", period: "2060-03-01", used: "50", cap: "1000" },
    ]);
    assert.equal(leaf.before, "2060-03-02");
    assert.equal(leaf.others.count, "1");
    assert.match(leaf.others.commitment, /^[0-9a-f]{64}$/);
    assert.doesNotMatch(JSON.stringify(leaf), /honey|customer/);
  });

  test("a refund after the horizon returns nothing and is no fault", async () => {
    const content = { jar: "honey", coins: "20", at: toIso(NOON) };
    assert.equal(codeOf(await bed.act("sample.give_back", content)), "accepted");
    assert.deepEqual(await live(dayKey("")), []);
    const [month] = await balances(bed.readings, 1, "limit/pilot_month_amount/");
    assert.deepEqual([month?.debits, month?.credits], [70n, 40n], "the month is not over yet");
    assert.equal(bed.faults.length, 0);
  });

  test("history, books and statements speak of dropped windows as before", async () => {
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
    const lines = await accountStatement(bed.readings, 1, {
      ...{ key: dayKey("2060-03-01"), before: 1_000n, most: 10 },
    });
    assert.deepEqual(
      lines.map(({ kind, amount }) => [kind, amount]),
      [
        ["credit", 20n],
        ["debit", 70n],
      ],
    );
    const books = await trialBalance(bed.readings, 1, onDay(9));
    const used = books.find(({ book }) => book === "limits");
    assert.equal(used?.debits, 4n * 70n);
  });

  test("the log verifies, every act opens and the dropped total is the one that was replayed", async () => {
    const seen = await proof(bed.readings, 1);
    assert.deepEqual(seen.findings, []);
    assert.equal(seen.replayed?.unopened, 0);
    assert.equal(seen.totals.get("pilot_day_amount 2060-03-01")?.used, 50n);
  });

  test("a window of which something is held stays until the hold has ended", async () => {
    await bed.turn(onDay(20));
    const reserved = await bed.act("sample.reserve", { jar: "honey", coins: "10" });
    assert.equal(codeOf(reserved), "accepted");
    await bed.turn(onDay(30));
    await dropOverWindows(bed.guard, bed.readings);
    assert.deepEqual(await live(dayKey("")), [dayKey("2060-03-21")]);
    await bed.guard.tick(1);
    await dropOverWindows(bed.guard, bed.readings);
    assert.deepEqual(await live(dayKey("")), []);
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
  });

  test("totals that are owed of a dropped window are not stated after it", async () => {
    await bed.turn(onDay(40));
    await bed.act("sample.put", { jar: "honey", coins: "10" });
    enforceLimits({ totalsIntervalMs: 10 });
    await bed.turn(onDay(60));
    await pause(20);
    assert.equal(await dropOverWindows(bed.guard, bed.readings), 1);
    enforceLimits({ totalsIntervalMs: usualTotals });
    assert.deepEqual((await proof(bed.readings, 1)).findings, []);
  });

  test("nobody but the system drops windows", async () => {
    const outcome = await bed.act("guard.drop_windows", { before: "2060-03-02" });
    assert.equal(codeOf(outcome), "role_may_not");
  });
});

type Step =
  | { readonly verb: "put"; readonly coins: number }
  | { readonly verb: "back"; readonly coins: number; readonly ago: number }
  | { readonly verb: "wait"; readonly days: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ verb: fc.constant("put" as const), coins: fc.integer({ min: 1, max: 260 }) }),
  fc.record({
    ...{ verb: fc.constant("back" as const), coins: fc.integer({ min: 1, max: 260 }) },
    ago: fc.nat(7),
  }),
  fc.record({ verb: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 3 }) }),
);

describe("dropping changes no decision", () => {
  let bed: Bed;
  const runs = 12;
  before(async () => {
    shorten();
    bed = await sampleBed(POLICY, runs * 2);
    await bed.turn(NOON);
  });
  after(async () => {
    restore();
    await bed.end();
  });

  test("two partitions live the same life, one drops after each step: same answers, same use", async () => {
    let pair = 0;
    let day = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        const [drops, keeps] = [++pair, ++pair];
        const both = (command: string, content: object) =>
          Promise.all(
            [drops, keeps].map(async (partition) =>
              codeOf(await bed.act(command, content, { partition })),
            ),
          );
        await both("sample.open", { jar: "honey", customer: "c1" });
        for (const one of steps) {
          if (one.verb === "wait") await bed.turn(onDay((day += one.days)));
          else {
            const coins = `${one.coins}`;
            const [dropped, kept] =
              one.verb === "put"
                ? await both("sample.put", { jar: "honey", coins })
                : await both("sample.give_back", { jar: "honey", coins, at: at(one.ago) });
            assert.equal(dropped, kept, `${one.verb} on day ${day}`);
          }
          await dropIn(drops);
        }
        await compare(drops, keeps);
      }),
      // A smaller life would need partitions of its own, of which there are no more.
      { numRuns: runs, endOnFailure: true },
    );
    function at(ago: number): string {
      return toIso(onDay(Math.max(0, day - ago)));
    }
  });

  /** Drops in one partition only, as the round would in all. */
  async function dropIn(partition: number): Promise<void> {
    const one = { ...bed.guard, partitions: [{ partition }], act: bed.guard.act.bind(bed.guard) };
    await dropOverWindows(one as never, bed.readings);
  }

  async function compare(drops: number, keeps: number): Promise<void> {
    const [left, all] = await Promise.all(
      [drops, keeps].map(async (partition) => {
        const rows = await balances(bed.readings, partition, "limit/");
        return new Map(rows.map((row) => [row.key, row.debits - row.credits]));
      }),
    );
    assert(left && all);
    for (const [key, used] of left) assert.equal(used, all.get(key), key);
    assert(left.size <= all.size);
    assert.deepEqual(await differingAccounts(bed.readings, drops), []);
    assert.deepEqual((await proof(bed.readings, drops)).findings, []);
  }
});

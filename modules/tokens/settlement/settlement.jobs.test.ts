/** Days close by the clock, once each and in their order, whoever is late, twice or cut short. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { addDays, businessClock, type CalendarDate, type Instant } from "@sandbank/kernel/clock";
import { shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import { advance, clockRow, type Guard, journalPage } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import { asker } from "../testing/asker.ts";
import { type Bed, furnishedBed, ISSUER, payment, roomy, SYSTEM } from "../testing/bed.ts";
import { tokensBed, TRAVEL, TRID, TUESDAY } from "../testing/bed.ts";
import { dueSettlements } from "./settlement.jobs.ts";

const SHOPS_TRID = "99900000002";
const FIRST = shanghaiDate(TUESDAY);
const dayOf = (days: number) => addDays(FIRST, days);
const midnightAfter = (day: CalendarDate) => shanghaiMidnight(addDays(day, 1));
const travel = { principal: TRAVEL };
const NEWEST = 9_223_372_036_854_775_807n;

const ROWS = statement(
  "test.settlements",
  `select partition, trid, day, opening, captured, refunded, paid, closing, at
     from tokens.settlement order by trid, day, partition`,
);
interface Row {
  readonly partition: number;
  readonly trid: string;
  readonly day: CalendarDate;
  readonly opening: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly paid: bigint;
  readonly closing: bigint;
  readonly at: Instant;
}

const nowOf = async (bed: Bed) => businessClock(await clockRow(bed.readings)).now();
/** A job of its own over a bed, as another process would have it. */
const jobOf = (bed: Bed, guard: Guard = bed.guard) =>
  dueSettlements({ ...bed, guard, now: () => nowOf(bed) });
const rowsOf = (bed: Bed, trid = TRID): Promise<Row[]> =>
  bed.store.query<Row>(ROWS).then((rows) => rows.filter((row) => row.trid === trid));
const daysOf = async (bed: Bed, trid = TRID) => (await rowsOf(bed, trid)).map(({ day }) => day);
/** Settling as the journal has it: how often it was done. */
async function actsOf(bed: Bed): Promise<string[]> {
  const lines = await journalPage(bed.readings, 1, { before: NEWEST, most: 500 });
  return lines.filter(({ command }) => command === "tokens.settle").map(({ outcome }) => outcome);
}

async function turnTo(bed: Bed, to: Instant): Promise<void> {
  const turn = { id: `turn-${to}`, to, principal: SYSTEM, partition: 0 };
  const turned = await advance(bed.guard, bed.tokens.dues, turn);
  assert(!isRefusal(turned));
}

/** Authorises and captures in the travel scene; answers with the payment. */
async function paid(bed: Bed, token: string, amount: string): Promise<string> {
  const asked = payment(token, amount);
  const { payment: id } = await bed.done<{ payment: string }>("tokens.authorise", asked, travel);
  await bed.done("tokens.capture", { payment: id, amount, final: true }, travel);
  return id;
}

describe("P4.1: days close by the clock", () => {
  let bed: Bed;
  let token: string;

  before(async () => {
    bed = await furnishedBed("1000000");
    token = (await bed.issue()).number;
  });
  after(() => bed.end());

  test("at midnight in Shanghai, not a millisecond before, and each payment in its own day", async () => {
    const midnight = midnightAfter(FIRST);
    const job = jobOf(bed);
    await bed.turn((midnight - 1) as Instant);
    await paid(bed, token, "10000");
    assert.equal(await job.next((midnight - 1) as Instant), undefined);
    assert.equal(await job.next(midnight), midnight);
    await job.fire();
    assert.deepEqual(await rowsOf(bed), []);
    await turnTo(bed, midnight);
    await paid(bed, token, "700");
    const [row, ...more] = await rowsOf(bed);
    assert.deepEqual(
      [row?.day, row?.captured, row?.paid, more.length],
      [FIRST, 10_000n, 10_000n, 0],
    );
    assert.equal(row?.at, midnight);
    assert.deepEqual(await daysOf(bed, SHOPS_TRID), [FIRST]);
  });

  test("a day without payments is closed too, and has a signed file without lines", async () => {
    await turnTo(bed, midnightAfter(dayOf(2)));
    const rows = await rowsOf(bed);
    assert.deepEqual(
      rows.map(({ day, captured, paid: given, closing }) => [day, captured, given, closing]),
      [
        [dayOf(0), 10_000n, 10_000n, 0n],
        [dayOf(1), 700n, 700n, 0n],
        [dayOf(2), 0n, 0n, 0n],
      ],
    );
    assert.deepEqual(
      rows.map(({ at }) => at),
      [0, 1, 2].map((days) => midnightAfter(dayOf(days))),
    );
    const file = await asker(bed)<{ text: string; signature: string }>(
      "GET /api/settlements/{trid}/files/{day}",
      { params: { trid: TRID, day: dayOf(2) }, query: {}, ...travel },
    );
    assert.deepEqual((JSON.parse(file.text) as { lines: unknown[] }).lines, []);
    assert.match(file.signature, /^— /);
  });

  test("days that were missed are made up for in their order, each carrying into the next", async () => {
    const given = await paid(bed, token, "500");
    await bed.done("tokens.refund", { payment: given, amount: "500" }, travel);
    await bed.turn((midnightAfter(dayOf(3)) + 3_600_000) as Instant);
    const early = await paid(bed, token, "300");
    await bed.turn((midnightAfter(dayOf(4)) + 3_600_000) as Instant);
    await bed.done("tokens.refund", { payment: early, amount: "300" }, travel);
    await bed.turn((midnightAfter(dayOf(6)) + 3_600_000) as Instant);
    await paid(bed, token, "900");
    assert.equal(await jobOf(bed).next(await nowOf(bed)), await nowOf(bed));
    await jobOf(bed).fire();
    const rows = (await rowsOf(bed)).slice(3);
    assert.deepEqual(
      rows.map(({ day, opening, paid: out, closing }) => [day, opening, out, closing]),
      [
        [dayOf(3), 0n, 0n, 0n],
        [dayOf(4), 0n, 300n, 0n],
        [dayOf(5), 0n, 0n, -300n],
        [dayOf(6), -300n, 0n, -300n],
      ],
    );
    await turnTo(bed, midnightAfter(dayOf(7)));
    const last = (await rowsOf(bed)).at(-1);
    assert.deepEqual([last?.opening, last?.paid, last?.closing], [-300n, 600n, 0n]);
    assert.equal(await bed.used(`settlement/${TRID}`), 0n);
    await bed.booksAgree();
  });

  test("two jobs at once close a day once", async () => {
    const before = await actsOf(bed);
    await paid(bed, token, "100");
    await bed.turn((midnightAfter(dayOf(10)) + 1) as Instant);
    const paidOut = await bed.used(`payout/${TRID}`);
    await Promise.all([jobOf(bed), jobOf(bed), jobOf(bed)].map((job) => job.fire()));
    assert.deepEqual((await daysOf(bed)).slice(-3), [8, 9, 10].map(dayOf));
    const made = (await actsOf(bed)).slice(0, -before.length);
    // Three days with two requestors, and not one try that found a day closed.
    assert.deepEqual(made, Array(6).fill("accepted"));
    assert.equal(await bed.used(`payout/${TRID}`), paidOut - 100n);
    await jobOf(bed).fire();
    assert.equal((await actsOf(bed)).length, before.length + 6);
  });

  test("a job that was cut short goes on where it was cut", async () => {
    await bed.turn((midnightAfter(dayOf(13)) + 1) as Instant);
    const before = (await actsOf(bed)).length;
    const acts: ReturnType<Guard["act"]>[] = [];
    const dying: Guard = {
      act(call) {
        if (acts.length === 3) return Promise.reject(new Error("stopped"));
        acts.push(bed.guard.act(call));
        return acts.at(-1)!;
      },
    };
    await assert.rejects(jobOf(bed, dying).fire(), /stopped/);
    await Promise.all(acts);
    assert.equal((await actsOf(bed)).length, before + 3);
    await jobOf(bed).fire();
    for (const trid of [TRID, SHOPS_TRID]) {
      assert.deepEqual((await daysOf(bed, trid)).slice(-3), [11, 12, 13].map(dayOf));
    }
    assert.equal((await actsOf(bed)).length, before + 6);
  });

  test("a day that the bank settled by hand is not closed again, and the next one follows it", async () => {
    await bed.turn((midnightAfter(dayOf(14)) + 1) as Instant);
    const by = { principal: ISSUER };
    await bed.done("tokens.settle", { trid: TRID, day: dayOf(14) }, by);
    await turnTo(bed, midnightAfter(dayOf(15)));
    assert.deepEqual((await daysOf(bed)).slice(-2), [14, 15].map(dayOf));
    assert((await actsOf(bed)).every((outcome) => outcome === "accepted"));
  });

  test("one that only applied has no days, and one that has ended those in which money moved", async () => {
    const given = await paid(bed, token, "4000");
    const late = await paid(bed, token, "6000");
    const by = { principal: ISSUER };
    const name = { zh: "候补机构（虚构）", en: "Waiting firm (fictional)" };
    const asked = { trid: "99900000008", organisation: "waiting", name };
    await bed.done("tokens.register_requestor", asked, by);
    await bed.done("tokens.end_requestor", { trid: TRID }, by);
    await turnTo(bed, midnightAfter(dayOf(18)));
    assert.deepEqual(await daysOf(bed, "99900000008"), []);
    assert.deepEqual((await daysOf(bed)).slice(-1), [dayOf(16)]);
    assert.deepEqual((await daysOf(bed, SHOPS_TRID)).slice(-1), [dayOf(18)]);
    await bed.done("tokens.refund", { payment: given, amount: "4000" }, travel);
    await bed.done("tokens.refund", { payment: late, amount: "1" }, travel);
    await turnTo(bed, midnightAfter(dayOf(20)));
    const last = (await rowsOf(bed)).at(-1);
    assert.deepEqual([last?.day, last?.refunded, last?.closing], [dayOf(19), 4_001n, -4_001n]);
  });

  test("what the pilot refuses is asked for once a day, and stops no clock", async () => {
    const closed = { ...roomy, version: 2, classes: { ...roomy.classes, SERVICE: false } };
    await bed.put(closed);
    await turnTo(bed, (midnightAfter(dayOf(22)) + 1) as Instant);
    const refused = (await actsOf(bed)).filter((outcome) => outcome === "class_closed");
    assert.equal(refused.length, 2);
    await bed.put({ ...roomy, version: 3 });
    await turnTo(bed, midnightAfter(dayOf(23)));
    assert.deepEqual((await daysOf(bed, SHOPS_TRID)).slice(-3), [21, 22, 23].map(dayOf));
    assert.equal((await actsOf(bed)).filter((one) => one === "class_closed").length, 2);
  });
});

test("a day closes in every partition, and its file is whole then", async (t) => {
  const bed = await tokensBed(3);
  t.after(() => bed.end());
  await bed.put(roomy);
  await bed.turn(TUESDAY);
  const name = { zh: "演示机构（虚构）", en: "Demo firm (fictional)" };
  const body = { trid: TRID, organisation: "farsail", name };
  const ask = asker(bed);
  await ask("POST /api/requestors", { body, principal: ISSUER });
  for (const partition of bed.partitions.all) {
    await bed.byTwo("tokens.activate_requestor", { trid: TRID }, partition);
  }
  const file = { params: { trid: TRID, day: FIRST }, query: {}, ...travel };
  const FILE = "GET /api/settlements/{trid}/files/{day}";
  assert.equal(await ask(FILE, file), "settlement_file_absent");
  await turnTo(bed, midnightAfter(FIRST));
  assert.deepEqual(
    (await rowsOf(bed)).map(({ partition, day }) => [partition, day]),
    bed.partitions.all.map((partition) => [partition, FIRST]),
  );
  assert.equal((await ask<{ day: string }>(FILE, file)).day, FIRST);
});

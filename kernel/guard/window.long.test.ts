/** A pilot of eight months: its live accounts stay as few as those of a few days. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant, toIso } from "../clock/index.ts";
import { enforceLimits, limits } from "../config/index.ts";
import { balances, differingAccounts } from "../ledger/index.ts";
import { type Bed, roomyPolicy, sampleBed } from "./sample/bed.ts";
import { proof } from "./sample/proof.ts";
import { dropOverWindows } from "./window.ts";

const DAY_MS = 86_400_000;
const NOON = fromIso("2060-03-01T12:00:00+08:00");
const [DAYS, HORIZON_DAYS, JARS] = [240, 20, 10];

const usual = limits.refundHorizonDays;

describe("a pilot of eight months", () => {
  let bed: Bed;
  before(async () => {
    enforceLimits({ refundHorizonDays: HORIZON_DAYS });
    const rule = { window: "day", measure: "amount", classes: ["USE"], clause: "1.10" };
    const wide = { ...rule, id: "pilot_day_amount", scope: "pilot", cap: "100000" };
    const own = { ...rule, id: "customer_day_amount", scope: "customer", cap: "1000" };
    bed = await sampleBed(roomyPolicy({ limits: [wide, own] as never }));
  });
  after(async () => {
    enforceLimits({ refundHorizonDays: usual });
    await bed.end();
  });

  test("240 days of 10 customers: at most 21 days of windows live, the log verifies, books agree", async () => {
    const jars = Array.from({ length: JARS }, (_, n) => `jar-${n}`);
    await bed.turn(NOON);
    await Promise.all(jars.map((jar) => bed.act("sample.open", { jar, customer: jar })));
    let most = 0;
    for (let day = 0; day < DAYS; day++) {
      await bed.turn((NOON + day * DAY_MS) as Instant);
      await Promise.all(jars.map((jar) => bed.act("sample.put", { jar, coins: "10" })));
      const at = toIso((NOON + Math.max(0, day - 7) * DAY_MS) as Instant);
      await bed.act("sample.give_back", { jar: "jar-3", coins: "1", at });
      await dropOverWindows(bed.guard, bed.readings);
      if (day % 30 === 0) most = Math.max(most, (await balances(bed.readings, 1, "limit/")).length);
    }
    assert.equal(most, (HORIZON_DAYS + 1) * (JARS + 1));
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
    const seen = await proof(bed.readings, 1);
    assert.deepEqual([seen.findings, seen.replayed?.unopened], [[], 0]);
  });
});

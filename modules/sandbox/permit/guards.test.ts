/**
 * Every kind of limit and check exact while 64 clients ask at once, and every "no" with limit, used,
 * cap, asked and clause. Named by the kinds of reference/sandbox §5.1; the predicates stand as tables
 * in kernel/guard/checks.test.ts. G13's consent is in statement.test.ts, what closes a pilot by itself
 * (G18, G20, G21) in trigger.test.ts, the loss cap (G19) in pool.test.ts, tokens' own limits (G22) in
 * modules/tokens/tokens.test.ts.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CheckRule, LimitRule } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { codeOf, failedOf, limitOf, type PermitBed, permitBed } from "../testing/permits.ts";
import type { PermitReserve } from "./permit.contract.ts";

const CLIENTS = 64;
const RESERVE = "POST /api/permits/{slug}";
const DAY = "2026-11-26";

/** One kind: its limit, what the n-th act asks, and how many of `asks` may pass. */
interface Kind {
  readonly limit: LimitRule;
  readonly asks: number;
  readonly passes: number;
  /** Account of the limit after all, and what is used of it. */
  readonly accounts: Readonly<Record<string, bigint>>;
  ask(n: number): Partial<PermitReserve>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  "G3 · distinct customers, some of whom ask twice": {
    limit: limitOf("customers", { measure: "customers", classes: ["OPEN"], cap: "90" }),
    ...{ asks: 200, passes: 180 },
    accounts: { "limit/customers/pilot/all": 90n },
    ask: (n) => ({ class: "OPEN", customer: `new-${n % 100}` }),
  },
  "G4 · single amount": {
    limit: limitOf("single", { measure: "single", cap: "500" }),
    ...{ asks: 128, passes: 64, accounts: {} },
    ask: (n) => ({ amount: n % 2 === 0 ? "500" : "501" }),
  },
  "G5 · a customer's amount of a day": {
    limit: limitOf("customer_day", { scope: "customer", window: "day", cap: "1000" }),
    ...{ asks: 200, passes: 12 },
    accounts: { [`limit/customer_day/c-0/${DAY}`]: 999n, [`limit/customer_day/c-3/${DAY}`]: 999n },
    ask: (n) => ({ customer: `c-${n % 4}`, amount: "333" }),
  },
  "G6 · a customer's stock": {
    limit: limitOf("customer_stock", { scope: "customer", cap: "1000" }),
    ...{ asks: 100, passes: 20 },
    accounts: { "limit/customer_stock/c-0/all": 1_000n, "limit/customer_stock/c-1/all": 1_000n },
    ask: (n) => ({ customer: `c-${n % 2}`, amount: "100" }),
  },
  "G7 · the pilot's amount of a month": {
    limit: limitOf("month", { window: "month", cap: "100000" }),
    ...{ asks: 150, passes: 100 },
    accounts: { "limit/month/pilot/2026-11": 100_000n },
    ask: () => ({ amount: "1000" }),
  },
  "G7 · the pilot's count of a year": {
    limit: limitOf("year", { measure: "count", window: "year", cap: "77" }),
    ...{ asks: 130, passes: 77 },
    accounts: { "limit/year/pilot/2026": 77n },
    ask: () => ({}),
  },
  "G8 · the pilot's stock": {
    limit: limitOf("stock", { classes: ["OPEN", "USE"], cap: "33333" }),
    ...{ asks: 120, passes: 33 },
    accounts: { "limit/stock/pilot/all": 33_000n },
    ask: (n) => ({ class: n % 2 === 0 ? "OPEN" : "USE", amount: "1000" }),
  },
  "G11 · a partner's count of a day": {
    limit: limitOf("partner_day", { measure: "count", scope: "partner", window: "day", cap: "20" }),
    ...{ asks: 150, passes: 60 },
    accounts: { [`limit/partner_day/p-2/${DAY}`]: 20n },
    ask: (n) => ({ partner: `p-${n % 3}` }),
  },
  "P6.1 · a merchant's amount of a day": {
    limit: limitOf("merchant_day", { scope: "merchant", window: "day", cap: "250" }),
    ...{ asks: 64, passes: 4 },
    accounts: { [`limit/merchant_day/m-1/${DAY}`]: 200n },
    ask: (n) => ({ merchant: `m-${n % 2}`, amount: "100" }),
  },
  "G9 · a region's amount of a day": {
    limit: limitOf("region_day", { scope: "region", window: "day", cap: "550" }),
    ...{ asks: 128, passes: 10 },
    accounts: { [`limit/region_day/110000/${DAY}`]: 500n },
    ask: (n) => ({ region: n % 2 === 0 ? "110000" : "310000", amount: "100" }),
  },
  "a channel's count of a month": {
    limit: limitOf("channel_month", {
      ...{ measure: "count", scope: "channel", window: "month", cap: "15" },
    }),
    ...{ asks: 128, passes: 30 },
    accounts: { "limit/channel_month/app/2026-11": 15n },
    ask: (n) => ({ channel: n % 2 === 0 ? "app" : "branch" }),
  },
  "G12 · a stock of each product": {
    limit: limitOf("product_stock", { scope: "product", cap: "850" }),
    ...{ asks: 128, passes: 16 },
    accounts: { "limit/product_stock/loan/all": 800n },
    ask: (n) => ({ product: n % 2 === 0 ? "loan" : "line", amount: "100" }),
  },
  "G12 · an amount of one product, another left alone": {
    limit: limitOf("loans", { products: ["loan"], cap: "5000" }),
    ...{ asks: 100, passes: 55 },
    accounts: { "limit/loans/pilot/all": 5_000n },
    ask: (n) => ({ product: n % 2 === 0 ? "loan" : "other", amount: "1000" }),
  },
};

/** One kind of check: what the n-th act of four states, of which some keep it. */
interface Kept {
  readonly check: CheckRule;
  /** How many of four consecutive acts keep it. */
  readonly ofFour: number;
  ask(n: number): Partial<PermitReserve>;
}

const USE_ONLY = { classes: ["USE"], clause: "1.7-C1" } as const;
const secured = (debt: string, guaranteed: boolean) => ({ debt, value: "10000", guaranteed });
const purpose = (name: string, authorisedFor: string) => ({
  ...{ name, business: "loan-1", authorisedFor },
});

/** The n-th act asks what its turn asks. */
function turns(...all: readonly Partial<PermitReserve>[]): Kept["ask"] {
  return (n) => all[n % all.length] ?? {};
}

const CHECKS: Readonly<Record<string, Kept>> = {
  "G9 · region": {
    ...{ check: { kind: "region", allowed: ["110000", "310000"], ...USE_ONLY }, ofFour: 2 },
    ask: turns({ region: "110000" }, { region: "310000" }, { region: "440000" }, {}),
  },
  channel: {
    ...{ check: { kind: "channel", allowed: ["app"], ...USE_ONLY }, ofFour: 1 },
    ask: turns({ channel: "app" }, { channel: "branch" }, { channel: "phone" }, {}),
  },
  "G11 · partner": {
    ...{ check: { kind: "partner", allowed: ["p-1", "p-2", "p-3"], ...USE_ONLY }, ofFour: 3 },
    ask: (n) => ({ partner: `p-${n % 4}` }),
  },
  "G12 · product": {
    ...{ check: { kind: "product", allowed: ["loan"], ...USE_ONLY }, ofFour: 2 },
    ask: (n) => ({ product: n % 2 === 0 ? "loan" : "line" }),
  },
  "G13 · type of customer": {
    ...{ check: { kind: "customer_type", allowed: ["small_business"], ...USE_ONLY }, ofFour: 1 },
    ask: (n) => ({ eligibility: { customerType: n % 4 === 0 ? "small_business" : "person" } }),
  },
  "G13 · how well the customer is known": {
    ...{ check: { kind: "kyc", least: 2, ...USE_ONLY }, ofFour: 2 },
    ask: (n) => ({ eligibility: { kyc: n % 4 } }),
  },
  "G16 · loan to value, at the bound, above it, guaranteed, not stated": {
    ...{ check: { kind: "loan_to_value", above: 7_500, ...USE_ONLY }, ofFour: 2 },
    ask: turns(
      { secured: secured("7500", false) },
      { secured: secured("7501", false) },
      { secured: secured("7501", true) },
      {},
    ),
  },
  "G17 · purpose of the data, and for which business it was authorised": {
    ...{ check: { kind: "purpose", allowed: ["credit_review"], ...USE_ONLY }, ofFour: 1 },
    ask: turns(
      { purpose: purpose("credit_review", "loan-1") },
      { purpose: purpose("credit_review", "loan-2") },
      { purpose: purpose("marketing", "loan-1") },
      {},
    ),
  },
};

describe("every kind of limit and check under 64 clients", () => {
  let bed: PermitBed;
  let run = 0;
  before(async () => {
    bed = await permitBed();
    await bed.turn(`${DAY}T02:00:00.000Z`);
  });
  after(() => bed.end());

  /** `asks` acts from 64 clients, each of whom asks again as soon as it is answered. */
  async function rush(kind: Kind): Promise<unknown[]> {
    run += 1;
    const answers: unknown[] = [];
    let next = 0;
    const client = async () => {
      while (next < kind.asks) {
        const n = next++;
        const usual = { class: "USE", customer: "c-0", amount: "1", currency: "CNY" };
        const body = { ...usual, id: `run-${run}.${n}`, ...kind.ask(n) };
        answers.push(await bed.ask(RESERVE, { body }));
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    return answers;
  }

  for (const [name, kind] of Object.entries(KINDS)) {
    test(`${name}: exactly ${kind.passes} of ${kind.asks}`, async () => {
      await bed.policy({ limits: [kind.limit] });
      const answers = await rush(kind);
      const refused = answers.filter(isRefusal);
      assert.equal(answers.length - refused.length, kind.passes);
      for (const [key, used] of Object.entries(kind.accounts)) {
        assert.equal(await bed.used(key), used, key);
      }
      for (const one of refused) {
        const [failed] = one.failed;
        const { limit, cap, clause } = failed ?? {};
        assert.equal(one.failed.length, 1);
        assert.deepEqual([limit, cap, clause], [kind.limit.id, BigInt(kind.limit.cap), "1.10-C1"]);
        const { used = 0n, asked = 0n } = failed ?? {};
        assert.ok(used + asked > BigInt(kind.limit.cap), `${used} and ${asked} would have fitted`);
      }
    });
  }

  for (const [name, { check, ofFour, ask }] of Object.entries(CHECKS)) {
    test(`${name}: what fails it takes nothing from the limit that the others fill`, async () => {
      const [asks, cap] = [256, 50];
      const limit = limitOf(`of_${check.kind}`, { measure: "count", cap: `${cap}` });
      await bed.policy({ limits: [limit], checks: [check] });
      const answers = await rush({ limit, asks, passes: cap, accounts: {}, ask });
      const refused = answers.filter(isRefusal);
      const unkept = refused.filter(({ failed }) => failed[0]?.limit === check.kind);
      assert.equal(answers.length - refused.length, cap);
      assert.equal(unkept.length, (asks / 4) * (4 - ofFour));
      assert.equal(refused.length - unkept.length, (asks / 4) * ofFour - cap);
      assert.equal(await bed.used(`limit/${limit.id}/pilot/all`), BigInt(cap));
      for (const one of unkept) assert.equal(one.failed[0]?.clause, check.clause);
    });
  }

  test("G2 · a class that closes while 64 clients ask: nothing after", async () => {
    const limits = [limitOf("open", { cap: "1000000" })];
    await bed.policy({ limits });
    const before = await bed.used("limit/open/pilot/all");
    const kind = { limit: limits[0]!, asks: 300, passes: 0, accounts: {}, ask: () => ({}) };
    const closing = bed.policy({ limits, classes: { OPEN: false, USE: false, SERVICE: true } });
    const [answers] = await Promise.all([rush(kind), closing]);
    const passed = answers.filter((one) => codeOf(one) === "reserved").length;
    assert.equal(answers.filter((one) => codeOf(one) === "class_closed").length, 300 - passed);
    assert.equal(await bed.used("limit/open/pilot/all"), before + BigInt(passed));
  });

  /** Turns the clock while 64 clients ask: what is counted is what was answered with a yes. */
  async function rushInto(instant: string, { id, code }: { id: string; code: string }) {
    const limit = limitOf(id, { measure: "count", cap: "1000000" });
    const kind: Kind = { limit, asks: 200, passes: 0, accounts: {}, ask: () => ({}) };
    const first = await rush({ ...kind, asks: 64 });
    assert.equal(first.filter(isRefusal).length, 0, "until then everybody passes");
    const [answers] = await Promise.all([rush(kind), bed.turn(instant)]);
    const late = answers.filter(isRefusal);
    assert.ok(late.every((one) => one.code === code));
    const passed = BigInt(64 + answers.length - late.length);
    assert.equal(await bed.used(`limit/${id}/pilot/all`), passed);
    const after = await rush({ ...kind, asks: 64 });
    assert.deepEqual([...new Set(after.map(codeOf))], [code], "from then on nobody does");
    assert.equal(await bed.used(`limit/${id}/pilot/all`), passed);
  }

  test("G10 · the hour at which service ends comes while 64 clients ask", async () => {
    const hours: CheckRule = { kind: "hours", from: 540, to: 1_080, ...USE_ONLY };
    const limits = [limitOf("of_hours", { measure: "count", cap: "1000000" })];
    await bed.turn(`${DAY}T09:59:59.999Z`);
    await bed.policy({ limits, checks: [hours] });
    await rushInto(`${DAY}T10:00:00.000Z`, { id: "of_hours", code: "outside_service_hours" });
  });

  test("G1 · the period ends while 64 clients ask", async () => {
    const period = { from: "2026-01-01T00:00:00+08:00", to: `${DAY}T19:00:00+08:00` };
    const limits = [limitOf("of_period", { measure: "count", cap: "1000000" })];
    await bed.turn(`${DAY}T10:59:59.999Z`);
    await bed.policy({ limits, period });
    await rushInto(`${DAY}T11:00:00.000Z`, { id: "of_period", code: "outside_test_period" });
  });

  test("checks and limits that fail together are all named, in one fixed order", async () => {
    const checks: CheckRule[] = [
      { kind: "partner", allowed: ["p-1"], classes: ["USE"], clause: "1.7-C7" },
      { kind: "loan_to_value", above: 7_500, classes: ["USE"], clause: "1.7-C8" },
    ];
    const limits = [
      limitOf("tight", { cap: "10", clause: "1.10-C2" }),
      limitOf("wide", { cap: "1000000", clause: "1.10-C3" }),
      limitOf("narrow", { scope: "customer", cap: "20", clause: "1.10-C4" }),
    ];
    await bed.policy({ limits, checks });
    const secured = { debt: "7501", value: "10000", guaranteed: false };
    const body = {
      id: "all",
      class: "USE",
      customer: "c-77",
      partner: "p-2",
      amount: "21",
      secured,
    };
    assert.deepEqual(
      failedOf(await bed.ask(RESERVE, { body })).map(({ code, clause, used, cap, asked }) => [
        ...[code, clause, used, cap, asked],
      ]),
      [
        ["partner_not_declared", "1.7-C7", undefined, undefined, undefined],
        ["guarantee_required_above_loan_to_value", "1.7-C8", 0n, 7_500n, 7_501n],
        ["pilot_limit_exceeded", "1.10-C2", 0n, 10n, 21n],
        ["customer_limit_exceeded", "1.10-C4", 0n, 20n, 21n],
      ],
    );
  });
});

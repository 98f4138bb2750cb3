/** A declaration held against regimes: tables of what is missing, outside, or nobody's to compute. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { calendarDate } from "@sandbank/kernel/clock";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { shippedDeclarations } from "../declaration/shipped.ts";
import { declared } from "../testing/declared.ts";
import { conformity, lastDayOf } from "./conformity.ts";
import type { Regime, RegimeItem, Verdict } from "./regime.contract.ts";
import { regimeOf } from "./regime.ts";

type Form = NonNullable<Declaration["form"]>;

const AGREEMENT: Form["agreement"] = {
  ...{ hash: "a".repeat(64), name: "agreement.pdf", type: "application/pdf", bytes: 1 },
};
const WHOLE = declared(AGREEMENT);

/** The declaration with these fields, and these of its form, changed. */
function drafted(facts: Partial<Declaration>, form: Partial<Form> = {}): Declaration {
  assert.ok(WHOLE.form !== null);
  return { ...WHOLE, ...facts, form: { ...WHOLE.form, ...form } };
}

const against = (id: string, declaration = WHOLE) =>
  conformity(declaration, regimeOf(id) ?? assert.fail(id));
const of = (verdicts: readonly Verdict[], item: string) =>
  verdicts.filter((one) => one.item === item).map(({ outcome, clause }) => [outcome, clause]);
const counted = (verdicts: readonly Verdict[]) => {
  const counts: Record<string, number> = {};
  for (const { outcome } of verdicts) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

/** A regime of one item, in the words of the real ones. */
function only(item: Partial<RegimeItem> & Pick<RegimeItem, "kind">): Regime {
  const base = at("taiwan");
  const text = { zh: "测试", en: "a test" };
  const one = { id: "only", mark: "seen", source: "rules", text, ...item } as RegimeItem;
  return { ...base, items: [one] };
}
const at = (id: string) => regimeOf(id) ?? assert.fail(id);
const single = (declaration: Declaration, regime: Regime) => {
  const [verdict] = conformity(declaration, regime);
  return verdict ?? assert.fail("a verdict");
};

describe("a whole declaration against each regime", () => {
  const ROWS = [
    ["pboc", { met: 35, people: 7, later: 9 }],
    ["fca", { met: 10, people: 6, outside: 1, later: 6 }],
    ["mas", { met: 1, people: 1, later: 2 }],
    ["mas-express", { met: 1, people: 2, outside: 1, later: 4 }],
    ["taiwan", { met: 13, missing: 5, no_clause: 3, later: 6 }],
  ] as const;
  for (const [id, expected] of ROWS) {
    test(`${id}: ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(counted(against(id)), expected);
    });
  }

  test("every verdict names its source and its mark, and what is outside says both numbers", () => {
    for (const [id] of ROWS) {
      for (const { outcome, source, required, stated, text } of against(id)) {
        assert.ok(source.zh.length > 0 && source.en.length > 0 && text.en.length > 0);
        if (outcome === "outside") assert.ok(required !== null && stated !== null, id);
      }
    }
    const test1 = against("fca").find(({ item }) => item === "test");
    assert.deepEqual(
      [test1?.outcome, test1?.required?.en, test1?.stated?.en, test1?.clause],
      ["outside", "at most 6 months", "2027-03-01 to 2028-02-28, 365 days", "1.11"],
    );
  });

  test("reported facts lack most of what any regime asks for, each by its own clause", () => {
    const [reported] = shippedDeclarations();
    assert.ok(reported !== undefined);
    const verdicts = against("taiwan", reported);
    assert.deepEqual(of(verdicts, "contract"), [["missing", "2.4"]]);
    assert.deepEqual(of(verdicts, "systems"), [
      ["missing", "4"],
      ["missing", "5.4"],
    ]);
    assert.deepEqual(of(verdicts, "security"), [["missing", "5.2"]]);
    assert.deepEqual(of(against("fca", reported), "test"), [["missing", "1.11"]]);
  });
});

describe("持牌机构: the criterion of entry that a machine can look at", () => {
  const bank = WHOLE.institutions[0] ?? assert.fail();
  const firm = { ...bank, kind: "technology_firm" as const };
  const rows = [
    [[bank], "met"],
    [[firm], "missing"],
    [[firm, bank], "met"],
  ] as const;
  for (const [institutions, outcome] of rows) {
    test(`${institutions.map(({ kind }) => kind).join(", ")}: ${outcome}`, () => {
      const verdicts = against("pboc", drafted({ institutions: [...institutions] }));
      assert.deepEqual(of(verdicts, "licensed"), [[outcome, "1.4"]]);
    });
  }
});

describe("the length of a test in calendar periods, to the day", () => {
  const rows = [
    ["fca", "test", "2027-03-01", "2027-08-31", "met"],
    ["fca", "test", "2027-03-01", "2027-09-01", "outside"],
    ["fca", "test", "2027-08-31", "2028-02-28", "met"],
    ["fca", "test", "2027-08-31", "2028-02-29", "outside"],
    ["mas-express", "test", "2027-03-01", "2027-11-30", "met"],
    ["mas-express", "test", "2027-03-01", "2027-12-01", "outside"],
    ["pboc", "test_least", "2027-03-01", "2027-08-27", "met"],
    ["pboc", "test_least", "2027-03-01", "2027-08-26", "outside"],
  ] as const;
  for (const [id, item, from, to, outcome] of rows) {
    test(`${id}, ${from} to ${to}: ${outcome}`, () => {
      const verdicts = against(id, drafted({ testPeriod: { from, to } }));
      assert.deepEqual(of(verdicts, item), [[outcome, "1.11"]]);
    });
  }

  test("a period ends on the day before the same day", () => {
    const first = calendarDate("2028-01-31");
    const last = (n: number, unit: "day" | "week" | "month" | "year") =>
      lastDayOf(first, { n, unit });
    assert.equal(last(1, "day"), "2028-01-31");
    assert.equal(last(2, "week"), "2028-02-13");
    assert.equal(last(1, "month"), "2028-02-28");
    assert.equal(last(1, "year"), "2029-01-30");
    assert.equal(lastDayOf(first, { n: 5, unit: "business_day" }), undefined);
  });
});

describe("clocks of complaints and assessments", () => {
  const handling = (daysMax: number) => ({
    handling: { ...(WHOLE.form?.handling ?? assert.fail()), daysMax },
  });
  const rows = [
    ["pboc", 15, "met"],
    ["pboc", 16, "outside"],
    ["fca", 56, "met"],
    ["fca", 57, "outside"],
  ] as const;
  for (const [id, days, outcome] of rows) {
    test(`${id}: ${days} days are ${outcome}`, () => {
      const verdicts = against(id, drafted({}, handling(days)));
      assert.deepEqual(of(verdicts, "complaint"), [[outcome, "7.1"]]);
    });
  }

  test("working days and months are not counted as days: that is for people", () => {
    for (const unit of ["business_day", "month"] as const) {
      const clock = { kind: "clock", what: "complaint", comparator: "atMost" } as const;
      const verdict = single(WHOLE, only({ ...clock, period: { n: 1, unit } }));
      assert.deepEqual([verdict.outcome, verdict.stated?.en], ["people", "within 15 days"]);
    }
  });

  test("an assessment of three years ends on the day before; both are looked at", () => {
    const legal = { ...(WHOLE.form?.legal ?? assert.fail()) };
    assert.deepEqual([legal.assessedOn, legal.validUntil], ["2026-10-01", "2029-09-30"]);
    const late = drafted({}, { technical: { ...legal, validUntil: "2029-10-01" } });
    assert.deepEqual(of(against("pboc", late), "assessment"), [
      ["met", "3"],
      ["outside", "4"],
    ]);
    const none = drafted({}, { legal: null });
    assert.deepEqual(of(against("pboc", none), "assessment"), [
      ["missing", "3"],
      ["met", "4"],
    ]);
  });
});

describe("保函或信托须覆盖实验期加6个月", () => {
  const pledge = WHOLE.form?.pledge ?? assert.fail();
  // The test ends on 2028-02-28: six months more end on 2028-08-28.
  const rows = [
    ["bank_guarantee", "2028-08-28", "met"],
    ["bank_guarantee", "2028-08-27", "outside"],
    ["trust", "2028-08-28", "met"],
    ["insurance", "2029-12-31", "outside"],
    ["own_capital", "2029-12-31", "outside"],
  ] as const;
  for (const [form, validUntil, outcome] of rows) {
    test(`${form} to ${validUntil}: ${outcome}`, () => {
      const verdicts = against("taiwan", drafted({}, { pledge: { ...pledge, form, validUntil } }));
      assert.deepEqual(of(verdicts, "security"), [[outcome, "5.2"]]);
    });
  }

  test("without a pledge, or without an end of the test, something is missing", () => {
    assert.deepEqual(of(against("taiwan", drafted({}, { pledge: null })), "security"), [
      ["missing", "5.2"],
    ]);
    const endless = drafted({ testPeriod: { from: "2027-03-01", to: null } });
    assert.deepEqual(of(against("taiwan", endless), "security"), [["missing", "1.11"]]);
  });
});

describe("money in its own currency", () => {
  const [cap] = WHOLE.form?.caps ?? [];
  assert.ok(cap !== undefined);
  const stock = (amount: string, scope: "customer" | "pilot" = "customer") =>
    drafted(
      {},
      { caps: [{ ...cap, id: "stock", measure: "amount", scope, window: "none", cap: amount }] },
    );
  const limited = (currency: "CNY" | "TWD", amount: string) =>
    only({
      ...{ kind: "limit", role: "cap", of: "customer", about: null },
      money: { amount, currency },
    });

  test("at the number is within it, one minor unit more is outside", () => {
    const rows = [
      ["5000000", "met"],
      ["5000001", "outside"],
    ] as const;
    for (const [amount, outcome] of rows) {
      const verdict = single(stock(amount), limited("CNY", "5000000"));
      assert.deepEqual([verdict.outcome, verdict.required?.en], [outcome, "CNY 50,000.00"]);
    }
  });

  test("in two currencies nothing is converted: both numbers stand side by side", () => {
    const verdicts = against("taiwan", stock("5000000"));
    for (const item of ["loan", "premium", "insured", "other"]) {
      assert.deepEqual(of(verdicts, item), [["other_currency", "1.10"]]);
    }
    const loan = verdicts.find(({ item }) => item === "loan");
    assert.deepEqual([loan?.required?.en, loan?.stated?.en], ["TWD 500,000.00", "CNY 50,000.00"]);
    assert.deepEqual(of(verdicts, "aggregate"), [["missing", "1.10"]]);
    assert.deepEqual(of(against("taiwan", stock("1", "pilot")), "aggregate"), [
      ["other_currency", "1.10"],
    ]);
  });

  test("a limit without a number, and a target, are for people", () => {
    assert.deepEqual(of(against("fca"), "customers"), [["people", "1.10"]]);
    assert.deepEqual(of(against("pboc"), "declared_scale"), [["people", "1.10"]]);
  });
});

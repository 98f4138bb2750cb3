/** The templates that ship, one table for each regime: what it states, and how firmly. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as contract from "../contract.ts";
import { SECTIONS } from "../declaration/form.words.ts";
import type { Regime } from "./regime.contract.ts";
import { figureOf, flawsOf, regimeAnswers, regimeOf, shippedRegimes } from "./regime.ts";
import { moneyText, periodText } from "./regime.words.ts";

const at = (id: string): Regime => regimeOf(id) ?? assert.fail(id);

/** Id, kind, mark and number of every item of a regime, written a second time by hand. */
const PUBLISHED: Readonly<Record<string, readonly (readonly [string, string, string, string?])[]>> =
  {
    taiwan: [
      ["funds", "section", "seen"],
      ["business", "section", "seen"],
      ["innovation", "section", "seen"],
      ["extent", "section", "seen"],
      ["managers", "section", "seen"],
      ["contract", "section", "seen"],
      ["protection", "section", "seen"],
      ["risks", "section", "seen"],
      ["laundering", "section", "seen"],
      ["systems", "section", "seen"],
      ["benefit", "section", "seen"],
      ["loan", "limit", "seen", "TWD 500,000.00"],
      ["premium", "limit", "seen", "TWD 100,000.00"],
      ["insured", "limit", "seen", "TWD 1,000,000.00"],
      ["other", "limit", "seen", "TWD 250,000.00"],
      ["aggregate", "limit", "seen", "TWD 100,000,000.00"],
      ["security", "guarantee", "seen", "the test and 6 months more"],
      ["liability", "duty", "seen"],
      ["on_request", "duty", "seen"],
      ["result", "duty", "seen"],
      ["revocation", "duty", "seen"],
      ["start", "clock", "seen", "at most 3 months"],
      ["notify", "clock", "seen", "at most 5 working days"],
    ],
    fca: [
      ["scope", "entry", "seen"],
      ["innovation", "entry", "seen"],
      ["benefit", "entry", "seen"],
      ["need", "entry", "seen"],
      ["readiness", "entry", "seen"],
      ["standards", "section", "seen"],
      ["plan", "section", "unverified"],
      ["customers", "limit", "seen"],
      ["bespoke", "duty", "seen"],
      ["calls", "duty", "unverified"],
      ["final_report", "duty", "seen"],
      ["after", "duty", "unverified"],
      ["design", "clock", "seen", "about 10 weeks"],
      ["test", "clock", "seen", "at most 6 months"],
      ["complaint", "clock", "unverified", "at most 8 weeks"],
      ["complaint_summary", "clock", "unverified", "at most 3 working days"],
    ],
    mas: [
      ["template", "section", "seen"],
      ["customers", "limit", "unverified"],
      ["progress", "duty", "unverified"],
      ["exit", "duty", "seen"],
    ],
    "mas-express": [
      ["constructs", "entry", "seen"],
      ["disclosures", "section", "unverified"],
      ["preset", "limit", "unverified"],
      ["answer", "clock", "unverified", "at most 21 days"],
      ["test", "clock", "unverified", "at most 9 months"],
      ["report", "clock", "unverified", "at most 2 months"],
      ["final", "duty", "unverified"],
      ["exit", "duty", "seen"],
    ],
    pboc: [
      ["inclusive", "entry", "seen"],
      ["novel", "entry", "seen"],
      ["controllable", "entry", "seen"],
      ["needs_support", "entry", "seen"],
      ["licensed", "entry", "seen"],
      ["clean", "entry", "seen"],
      ["within_law", "entry", "seen"],
      ["basics", "section", "seen"],
      ["scale", "section", "seen"],
      ["assessments", "section", "seen"],
      ["emergency", "section", "seen"],
      ["service", "section", "unverified"],
      ["added", "section", "design"],
      ["declared_scale", "limit", "seen"],
      ["reports", "duty", "seen"],
      ["collection", "duty", "seen"],
      ["checks_before", "duty", "seen"],
      ["notice", "duty", "seen"],
      ["evaluation", "duty", "seen"],
      ["exit", "duty", "seen"],
      ["complaint", "clock", "seen", "at most 15 days"],
      ["complaint_complex", "clock", "seen", "at most 30 days"],
      ["complaint_longest", "clock", "seen", "at most 60 days"],
      ["comment", "clock", "unverified", "about 1 week"],
      ["assessment", "clock", "unverified", "at most 3 years"],
      ["test_least", "clock", "design", "at least 180 days"],
    ],
  };

describe("the templates of regimes", () => {
  for (const [id, expected] of Object.entries(PUBLISHED)) {
    test(`${id}: every item with its mark and its number`, () => {
      const found = at(id).items.map((item) => {
        const figure = figureOf(item)?.value.en;
        return [item.id, item.kind, item.mark, ...(figure === undefined ? [] : [figure])];
      });
      assert.deepEqual(found, expected);
    });
  }

  test("no other ships, none has a flaw, and the one in use comes first", () => {
    const ids = shippedRegimes().map(({ id }) => id);
    assert.deepEqual(ids, ["pboc", "fca", "mas", "mas-express", "taiwan"]);
    assert.deepEqual(ids.toSorted(), Object.keys(PUBLISHED).toSorted());
    assert.deepEqual(shippedRegimes().flatMap(flawsOf), []);
    assert.deepEqual(
      shippedRegimes().map(({ inUse }) => inUse),
      [true, false, false, false, false],
    );
  });

  test("the regime in use asks for every section of our own form, and for nothing twice", () => {
    const asked = at("pboc").items.flatMap((item) =>
      item.kind === "section" ? item.sections : [],
    );
    assert.deepEqual(asked.toSorted(), Object.keys(SECTIONS).toSorted());
  });

  test("the browser's sections are those of the form", () => {
    assert.deepEqual(contract.sectionContract.options.toSorted(), Object.keys(SECTIONS).toSorted());
  });

  test("what is unverified rests on no source, and what rests on a source is not unverified", () => {
    const regime = at("fca");
    const [first, ...rest] = regime.items;
    assert.ok(first !== undefined);
    const flawed = (item: object): Regime => ({
      ...regime,
      items: [{ ...first, ...item } as Regime["items"][number], ...rest],
    });
    assert.deepEqual(flawsOf(flawed({ mark: "unverified" })), [
      "scope is unverified and rests on another ground",
    ]);
    assert.deepEqual(flawsOf(flawed({ source: "recalled" })), [
      "scope is seen and rests on another ground",
    ]);
    assert.deepEqual(flawsOf(flawed({ source: "hearsay" })), ["scope has no source"]);
    assert.deepEqual(flawsOf(flawed({ id: "need" })), ["two items have one name"]);
  });

  test("answers keep their contract and name each source in words", () => {
    const { regimes } = contract.regimesAnswerContract.parse({ regimes: regimeAnswers() });
    for (const { items } of regimes) {
      for (const { source, mark } of items) {
        assert.ok(source.zh.length > 3 && source.en.length > 3);
        if (mark === "unverified") assert.match(source.en, /nobody has verified/);
      }
    }
  });

  test("periods and money read exactly, in their own currency", () => {
    assert.deepEqual(periodText({ n: 1, unit: "month" }), { zh: "1个月", en: "1 month" });
    assert.deepEqual(periodText({ n: 5, unit: "business_day" }), {
      ...{ zh: "5个工作日", en: "5 working days" },
    });
    const rows = [
      ["1", "TWD", "TWD 0.01"],
      ["99999", "CNY", "CNY 999.99"],
      ["100000", "GBP", "GBP 1,000.00"],
      ["123456789012345678", "SGD", "SGD 1,234,567,890,123,456.78"],
    ] as const;
    for (const [amount, currency, text] of rows) {
      assert.equal(moneyText({ amount, currency }).en, text);
    }
  });
});

/** The six declarations against PILOTS.md, and the checks that a declaration has to pass. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { refusalEntry } from "@sandbank/kernel/words";
import { declarationContract, type Declaration, type ScaleItem } from "./declaration.contract.ts";
import { clausesOf, failedCheck, hashOf, isLicensed } from "./declaration.ts";
import { shippedAdmissions } from "../admission/admission.ts";
import { ORDER, shippedDeclarations } from "./shipped.ts";

const declarations = shippedDeclarations();
const of = (pilot: string): Declaration => {
  const found = declarations.find((one) => one.pilot === pilot);
  assert.ok(found, pilot);
  return found;
};

test("S1: all six pilots of the first batch are on file, in the order of publication", () => {
  assert.deepEqual(
    declarations.map((one) => one.pilot),
    ORDER,
  );
});

test("S2: each was published on 14 January and registered on 16 March 2020", () => {
  for (const { source, pilot } of declarations) {
    assert.deepEqual([source?.published, source?.registered], ["2020-01-14", "2020-03-16"], pilot);
  }
});

/** PILOTS.md line, pilot, item: kind, comparator, value, unit, window, as of, firmness. */
const SCALE: readonly (readonly [string, string, string, ...(string | null)[]])[] = [
  [
    "P1.7",
    "item-provenance",
    "persons_served",
    "distinct",
    "atLeast",
    "300000",
    "person",
    null,
    null,
    "stated",
  ],
  [
    "P1.7",
    "item-provenance",
    "transactions_year",
    "flow",
    "atLeast",
    "1000000",
    "transaction",
    "year",
    null,
    "stated",
  ],
  [
    "P1.7",
    "item-provenance",
    "amount_year",
    "flow",
    "atLeast",
    "5000000000",
    "fen",
    "year",
    null,
    "stated",
  ],
  [
    "P2.4",
    "small-business-credit",
    "borrowers_end_2020",
    "stock",
    "atLeast",
    "150000",
    "enterprise",
    null,
    "2020-12-31",
    "stated",
  ],
  [
    "P2.4",
    "small-business-credit",
    "balance_end_2020",
    "stock",
    "atLeast",
    "10000000000000",
    "fen",
    null,
    "2020-12-31",
    "stated",
  ],
  [
    "P3.5",
    "mortgage-credit",
    "lines_2020",
    "flow",
    "about",
    "250000000000",
    "fen",
    "year",
    "2020",
    "estimate",
  ],
  [
    "P3.5",
    "mortgage-credit",
    "drawdowns_2020",
    "flow",
    "about",
    "380000000000",
    "fen",
    "year",
    "2020",
    "estimate",
  ],
  [
    "P4.5",
    "payment-tokens",
    "users",
    "distinct",
    "about",
    "10000000",
    "person",
    null,
    null,
    "estimate",
  ],
  [
    "P5.7",
    "open-bank",
    "partner_platforms",
    "stock",
    "atLeast",
    "100",
    "partner",
    null,
    null,
    "open_ended",
  ],
  [
    "P5.7",
    "open-bank",
    "consumer_users",
    "distinct",
    "atLeast",
    "10000000",
    "person",
    null,
    null,
    "open_ended",
  ],
  [
    "P6.6",
    "phone-pos",
    "terminals",
    "stock",
    "about",
    "1000000000",
    "terminal",
    null,
    null,
    "ambition",
  ],
  ["P6.6", "phone-pos", "cards", "stock", "about", "4000000000", "card", null, null, "ambition"],
];

test("S3: every stated scale stands with its own kind, comparator, value and firmness", () => {
  for (const [line, pilot, id, ...rest] of SCALE) {
    const item = of(pilot).scale.find((one) => one.id === id);
    assert.ok(item, `${line} ${id}`);
    const { kind, comparator, value, unit, window, asOf, firmness } = item;
    assert.deepEqual([kind, comparator, value, unit, window, asOf, firmness], rest, line);
  }
  const stated = declarations.flatMap((one) => one.scale);
  assert.equal(
    stated.length,
    SCALE.length,
    "nothing else is a scale: P5's own customers are context",
  );
});

test("S7: no stated number is a ceiling: each is a target and none reads “at most”", () => {
  for (const { scale, pilot } of declarations) {
    for (const item of scale) {
      assert.equal(item.role, "target", `${pilot} ${item.id}`);
      assert.notEqual(item.comparator, "atMost", `${pilot} ${item.id}`);
    }
  }
});

test("S3: where the source is silent the text says so, and P4's exit is marked as our design", () => {
  const from = (pilot: string) => [of(pilot).compensation.from, of(pilot).exit.from];
  assert.deepEqual(from("item-provenance"), ["silent", "source"]);
  assert.deepEqual(from("small-business-credit"), ["source", "source"]);
  assert.deepEqual(from("mortgage-credit"), ["source", "source"]);
  assert.deepEqual(from("payment-tokens"), ["silent", "design"]);
  assert.deepEqual(from("open-bank"), ["silent", "source"]);
  assert.deepEqual(from("phone-pos"), ["silent", "source"]);
  for (const one of declarations) {
    for (const part of [one.compensation, one.exit, one.graduation, one.complaints]) {
      if (part.from === "source") continue;
      assert.match(part.text.zh, /来源未说明/, one.pilot);
      assert.match(part.text.en, /source (does not )?states? /, one.pilot);
    }
  }
});

test("P3.6: only the mortgage pilot's exit lets existing business run on", () => {
  const runsOn = declarations.filter((one) => one.exit.useRunsOn).map((one) => one.pilot);
  assert.deepEqual(runsOn, ["mortgage-credit"]);
});

test("S1: no identifier is invented, and every declaration passes its checks", () => {
  for (const one of declarations) {
    assert.equal(one.number, null);
    for (const { uscc, lei } of one.institutions) assert.deepEqual([uscc, lei], [null, null]);
    assert.equal(one.institutions.filter((each) => each.role === "lead").length, 1);
    assert.equal(failedCheck(one), undefined, one.pilot);
  }
});

test("the demonstration's terms name fictional institutions and cite a clause for every cap", () => {
  for (const terms of shippedAdmissions()) {
    assert.equal(terms.demo, true);
    assert.ok(clausesOf(of(terms.pilot)).includes("1.10"));
    for (const { name } of terms.operators) {
      assert.match(name.zh, /（虚构）$/);
      assert.match(name.en, /\(fictional\)$/);
    }
    const clauses = [...terms.caps, ...terms.checks].map((cap) => cap.clause);
    assert.equal(new Set(clauses).size, clauses.length);
  }
});

test("the hash is the same whatever the order of fields, and another for another word", () => {
  const one = of("payment-tokens");
  const turned = Object.fromEntries(Object.entries(one).reverse());
  assert.equal(hashOf(turned), hashOf(one));
  assert.match(hashOf(one), /^[0-9a-f]{64}$/);
  assert.notEqual(hashOf({ ...one, number: "x" }), hashOf(one));
});

const base = of("payment-tokens");
const [lead] = base.institutions;
const [users] = base.scale;
assert.ok(lead && users);
const firm = { ...lead, kind: "technology_firm" as const };
const scaled = (more: Partial<ScaleItem>) => ({ ...base, scale: [{ ...users, ...more }] });

const licence = {
  name: { zh: "支付业务许可证", en: "Payment licence" },
  code: null,
  authority: { zh: "监管机构", en: "The supervisor" },
};

const WRONG: readonly (readonly [string, string | undefined, Declaration])[] = [
  [
    "a wrong social credit code",
    "uscc_does_not_check",
    { ...base, institutions: [{ ...lead, uscc: "911100001000054749" }] },
  ],
  ["a right one", undefined, { ...base, institutions: [{ ...lead, uscc: "911100001000054748" }] }],
  [
    "the LEI as published, with the digit 0",
    "lei_does_not_check",
    { ...base, institutions: [{ ...lead, lei: "549300E7TSGLC0VSY746" }] },
  ],
  [
    "the LEI with the letter O",
    undefined,
    { ...base, institutions: [{ ...lead, lei: "549300E7TSGLCOVSY746" }] },
  ],
  [
    "a credit code before an LEI, by precedence",
    "uscc_does_not_check",
    {
      ...base,
      institutions: [
        { ...lead, lei: "549300E7TSGLC0VSY746" },
        { ...lead, uscc: "911100001000054749" },
      ],
    },
  ],
  ["a number that is none", "pilot_number_does_not_check", { ...base, number: "2020-0002" }],
  ["a number that is one", undefined, { ...base, number: "911100001000054748-2020-0002" }],
  ["a technology firm alone", "no_licensed_institution", { ...base, institutions: [firm] }],
  [
    "a technology firm with a licence",
    undefined,
    { ...base, institutions: [{ ...firm, licences: [licence] }] },
  ],
  ["a technology firm with a bank", undefined, { ...base, institutions: [firm, lead] }],
  [
    "a floor as a cap",
    "scale_item_contradicts_itself",
    scaled({ role: "cap", comparator: "atLeast" }),
  ],
  [
    "an ambition as a cap",
    "scale_item_contradicts_itself",
    scaled({ role: "cap", comparator: "atMost", firmness: "ambition" }),
  ],
  [
    "an open-ended ceiling",
    "scale_item_contradicts_itself",
    scaled({ comparator: "atMost", firmness: "open_ended" }),
  ],
  ["a flow without a window", "scale_item_contradicts_itself", scaled({ kind: "flow" })],
  [
    "a stock with a window",
    "scale_item_contradicts_itself",
    scaled({ kind: "stock", window: "day" }),
  ],
  ["one item twice", "scale_item_contradicts_itself", { ...base, scale: [users, users] }],
  [
    "a cap that is one",
    undefined,
    scaled({ role: "cap", comparator: "atMost", firmness: "stated" }),
  ],
  [
    "a clause twice",
    "clause_given_twice",
    { ...base, functions: [...base.functions, ...base.functions] },
  ],
];

test("a declaration with a fault is refused with the code of the first fault", () => {
  for (const [why, code, declaration] of WRONG) {
    assert.equal(failedCheck(declaration)?.code, code, why);
    if (code !== undefined) assert.ok(refusalEntry(code)?.text.zh, code);
  }
});

test("S1: a bank, the card network and a payment institution are licensed by what they are", () => {
  const kinds = ["bank", "card_network", "payment_institution", "technology_firm", "internet_firm"];
  const licensed = kinds.map((kind) => isLicensed({ ...lead, kind: kind as typeof lead.kind }));
  assert.deepEqual(licensed, [true, true, true, false, false]);
});

test("the contract takes what it gave, and no amount as a number", () => {
  fc.assert(
    fc.property(fc.constantFrom(...declarations), (one) => {
      assert.deepEqual(declarationContract.parse(JSON.parse(JSON.stringify(one))), one);
    }),
  );
  const numbers = { ...base, scale: [{ ...users, value: 10_000_000 }] };
  assert.equal(declarationContract.safeParse(numbers).success, false);
  assert.equal(declarationContract.safeParse({ ...base, more: 1 }).success, false);
});

/** Every predicate of a policy as a table, named by its kind in reference/sandbox §5.1. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fromIso } from "../clock/index.ts";
import { fen } from "../money/index.ts";
import { failedChecks } from "./checks.ts";
import type { CommandClass, Counts } from "./command.ts";
import type { CheckRule, LimitRule, Policy } from "./policy.ts";

const NOON = fromIso("2026-11-24T04:00:00Z");
const CLASSES = ["OPEN", "USE"] as const;

const policyOf = (more: Partial<Policy>): Policy => ({
  ...{ pilot: "sample", version: 1, phase: "testing" },
  classes: { OPEN: true, USE: true, SERVICE: true },
  period: { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" },
  ...{ limits: [], checks: [], ...more },
});

/** The codes that an act fails by under one check. */
function codes(
  check: CheckRule,
  counts: Partial<Counts>,
  at: { readonly cls?: CommandClass; readonly now?: typeof NOON } = {},
): string[] {
  const act = { cls: at.cls ?? "USE", counts: { as: "use", ...counts }, now: at.now ?? NOON };
  return failedChecks(policyOf({ checks: [check] }), act as never).map((one) => one.code);
}

describe("facts on a list", () => {
  const rows = [
    ["G9", "region", { region: "110000" }, { region: "990000" }],
    ["G11", "partner", { partner: "110000" }, { partner: "elsewhere" }],
    ["G12", "product", { product: "110000" }, { product: "loan" }],
    ["channel", "channel", { channel: "110000" }, { channel: "post" }],
    ["currency", "currency", { currency: "110000" }, { currency: "USD" }],
    [
      "G13",
      "customer_type",
      { eligibility: { customerType: "110000" } },
      { eligibility: { customerType: "large" } },
    ],
  ] as const;
  for (const [name, kind, good, bad] of rows) {
    test(`${name} · ${kind}: on the list passes; off it and unstated do not; SERVICE is not asked`, () => {
      const check: CheckRule = { kind, allowed: ["110000"], classes: CLASSES, clause: "2.1" };
      const code = `${kind}_not_declared`;
      assert.deepEqual(codes(check, good), []);
      assert.deepEqual(codes(check, bad), [code]);
      assert.deepEqual(codes(check, {}), [code]);
      assert.deepEqual(codes(check, bad, { cls: "SERVICE" }), []);
      assert.deepEqual(codes(check, { ...bad, as: "give_back" }), []);
    });
  }
});

test("an act that opens a partner or a scene is no customer's; its partner is asked for all the same", () => {
  const clause = "2.1";
  const allowed = ["person"];
  const of = { classes: CLASSES, clause };
  const opening = { opens: "partner", partner: "elsewhere" } as const;
  for (const kind of ["customer_type", "channel", "region"] as const) {
    assert.deepEqual(codes({ kind, allowed, ...of }, opening), [], kind);
    assert.deepEqual(codes({ kind, allowed, ...of }, {}), [`${kind}_not_declared`]);
  }
  assert.deepEqual(codes({ kind: "kyc", least: 1, ...of }, opening), []);
  assert.deepEqual(codes({ kind: "consent", version: 1, ...of }, opening), []);
  const partner: CheckRule = { kind: "partner", allowed: ["alder"], ...of };
  assert.deepEqual(codes(partner, opening), ["partner_not_declared"]);
});

test("who may act at the permit edge: its operators; a module's own commands name none", () => {
  const check: CheckRule = {
    ...{ kind: "operator", allowed: ["alder-bank"], classes: CLASSES, clause: "1.4" },
  };
  assert.deepEqual(codes(check, { operator: "alder-bank" }), []);
  assert.deepEqual(codes(check, { operator: "rowan-bank" }), ["operator_not_declared"]);
  assert.deepEqual(codes(check, {}), []);
});

test("G10 · service hours are minutes of the day in Shanghai, the end exclusive", () => {
  const check: CheckRule = { kind: "hours", from: 540, to: 1260, classes: CLASSES, clause: "2.2" };
  const rows = [
    ["2026-11-24T00:59:59.999Z", ["outside_service_hours"]],
    ["2026-11-24T01:00:00.000Z", []],
    ["2026-11-24T12:59:59.999Z", []],
    ["2026-11-24T13:00:00.000Z", ["outside_service_hours"]],
  ] as const;
  for (const [at, failed] of rows) {
    assert.deepEqual(codes(check, {}, { now: fromIso(at) }), failed, at);
  }
});

test("G13 · the customer is known well enough, and unknown is not known", () => {
  const check: CheckRule = { kind: "kyc", least: 2, classes: CLASSES, clause: "2.3" };
  for (const [kyc, failed] of [
    [3, []],
    [2, []],
    [1, ["kyc_level_too_low"]],
    [0, ["kyc_level_too_low"]],
  ] as const) {
    assert.deepEqual(codes(check, { eligibility: { kyc } }), failed);
  }
  assert.deepEqual(codes(check, {}), ["kyc_level_too_low"]);
});

test("G13 · consent to the statement in force or a later one; SERVICE needs none", () => {
  const check: CheckRule = { kind: "consent", version: 3, classes: CLASSES, clause: "6" };
  assert.deepEqual(codes(check, { eligibility: { consent: 3 } }), []);
  assert.deepEqual(codes(check, { eligibility: { consent: 4 } }), []);
  assert.deepEqual(codes(check, { eligibility: { consent: 2 } }), ["consent_not_current"]);
  assert.deepEqual(codes(check, {}), ["consent_not_current"]);
  assert.deepEqual(codes(check, {}, { cls: "SERVICE" }), []);
});

test("G16 · P3.3 抵押率超过75%须担保：恰为75%不须，多一分即须", () => {
  const check: CheckRule = {
    kind: "loan_to_value",
    above: 7_500,
    classes: CLASSES,
    clause: "1.7.2",
  };
  const needs = ["guarantee_required_above_loan_to_value"];
  const rows = [
    [{ debt: 75n, value: 100n, guaranteed: false }, []],
    [{ debt: 76n, value: 100n, guaranteed: false }, needs],
    [{ debt: 76n, value: 100n, guaranteed: true }, []],
    [{ debt: 75_000_000_000_001n, value: 100_000_000_000_000n, guaranteed: false }, needs],
    // 75 % of 101 fen is 75.75: 75 fen lie below it, 76 above.
    [{ debt: 75n, value: 101n, guaranteed: false }, []],
    [{ debt: 76n, value: 101n, guaranteed: false }, needs],
  ] as const;
  for (const [secured, failed] of rows) assert.deepEqual(codes(check, { secured }), failed);
  assert.deepEqual(codes(check, {}), ["loan_to_value_not_stated"]);
});

test("G17 · P3.4 数据仅用于本笔贷款: a declared purpose, and the very business it was authorised for", () => {
  const check: CheckRule = {
    ...{ kind: "purpose", allowed: ["this_loan"], classes: CLASSES, clause: "1.7.3" },
  };
  const purpose = { name: "this_loan", business: "loan-1", authorisedFor: "loan-1" };
  assert.deepEqual(codes(check, { purpose }), []);
  assert.deepEqual(codes(check, { purpose: { ...purpose, name: "marketing" } }), [
    "purpose_not_declared",
  ]);
  assert.deepEqual(codes(check, { purpose: { ...purpose, authorisedFor: "loan-2" } }), [
    "data_authorised_for_other_business",
  ]);
  assert.deepEqual(codes(check, {}), ["purpose_not_declared"]);
});

describe("what a limit counts must be stated", () => {
  const usual = { classes: ["USE"], window: "none", cap: "100", clause: "1.10" } as const;
  const rows: readonly (readonly [string, Partial<LimitRule>, Partial<Counts>])[] = [
    ["G3", { measure: "customers", classes: ["USE"] }, { amount: fen(1n) }],
    ["G4", { measure: "single" }, { customer: "c" }],
    ["G5", { measure: "amount", scope: "customer" }, { amount: fen(1n) }],
    ["G7", { measure: "amount" }, { customer: "c" }],
    ["G11", { measure: "count", scope: "partner" }, { amount: fen(1n) }],
  ];
  for (const [name, rule, counts] of rows) {
    test(`${name} · an act that leaves it out is refused, naming limit and clause`, () => {
      const limit = { id: "cap_of_it", scope: "pilot", ...usual, ...rule } as LimitRule;
      const act = { cls: "USE" as const, counts: { as: "use" as const, ...counts }, now: NOON };
      assert.deepEqual(failedChecks(policyOf({ limits: [limit] }), act), [
        { code: "fact_not_stated", limit: "cap_of_it", clause: "1.10" },
      ]);
    });
  }
});

test("G12 · a rule of some products is silent about the others", () => {
  const products = ["loan"];
  const single = { measure: "single", classes: CLASSES, scope: "pilot", window: "none" } as const;
  const limit: LimitRule = { id: "loan", ...single, products, cap: "5", clause: "1.10" };
  const check: CheckRule = {
    ...{ kind: "currency", allowed: ["CNY"], classes: CLASSES, products, clause: "1.11" },
  };
  const policy = policyOf({ limits: [limit], checks: [check] });
  const failed = (counts: Partial<Counts>) =>
    failedChecks(policy, { cls: "USE", counts: { as: "use", ...counts }, now: NOON });
  assert.deepEqual(failed({ product: "trace" }), []);
  assert.deepEqual(
    failed({ product: "loan", amount: fen(6n) }).map((one) => one.code),
    ["currency_not_declared", "single_amount_exceeded"],
  );
});

test("all that fail are named in the policy's order: checks first, then single bounds", () => {
  const checks: CheckRule[] = [
    { kind: "region", allowed: ["110000"], classes: CLASSES, clause: "2.1" },
    { kind: "kyc", least: 1, classes: CLASSES, clause: "2.3" },
  ];
  const limits: LimitRule[] = [
    {
      ...{ id: "single", measure: "single", scope: "pilot", window: "none" },
      ...{ classes: CLASSES, cap: "5", clause: "1.10" },
    },
  ];
  const counts: Counts = { as: "use", amount: fen(9n) };
  assert.deepEqual(failedChecks(policyOf({ checks, limits }), { cls: "USE", counts, now: NOON }), [
    { code: "region_not_declared", limit: "region", clause: "2.1" },
    { code: "kyc_level_too_low", limit: "kyc", clause: "2.3" },
    {
      ...{ code: "single_amount_exceeded", limit: "single", unit: "fen" },
      ...{ used: 0n, cap: 5n, asked: 9n, clause: "1.10" },
    },
  ]);
});

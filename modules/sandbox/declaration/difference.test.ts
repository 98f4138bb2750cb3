/** What differs between two versions, and which differences ask the public again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { declared } from "../testing/declared.ts";
import { clauseList } from "./clauses.ts";
import { missingOf } from "./completeness.ts";
import type { Declaration } from "./declaration.contract.ts";
import { declarationContract } from "./declaration.contract.ts";
import { differences, lasts, WEIGHTS, weightsOf } from "./difference.ts";
import type { DeclarationForm } from "./form.contract.ts";
import { SECTIONS } from "./form.words.ts";
import { shippedDeclarations } from "./shipped.ts";

const base = declared({
  ...{ hash: "0".repeat(64), name: "a.txt", type: "text/plain", bytes: 1 },
});
const { form } = base;
assert.ok(form);
const text = { zh: "另一句话", en: "other words" };
const formed = (part: Partial<DeclarationForm>): Declaration => ({
  ...base,
  form: { ...form, ...part },
});
const cap = (at: number, part: Partial<DeclarationForm["caps"][number]>) =>
  formed({ caps: form.caps.map((one, n) => (n === at ? { ...one, ...part } : one)) });
const [lead] = base.institutions;
const [threshold] = base.graduation.thresholds;
const [trigger] = form.triggers;
const { pledge, handling, segment } = form;
assert.ok(lead && threshold && trigger && pledge && handling && segment);
const { exitPlan } = form;
assert.ok(exitPlan);
const planned = (part: Partial<typeof exitPlan>) => formed({ exitPlan: { ...exitPlan, ...part } });
const step = (at: number, part: Partial<(typeof exitPlan.steps)[number]>) =>
  planned({ steps: exitPlan.steps.map((one, n) => (n === at ? { ...one, ...part } : one)) });
const partner = { id: "ferry", name: text, does: text };

const CHANGES: readonly (readonly [string, Declaration, readonly string[]])[] = [
  ["nothing", base, []],
  ["other words of what it is", { ...base, summary: text }, []],
  [
    "the institution's name written otherwise",
    { ...base, institutions: [{ ...lead, name: text }] },
    [],
  ],
  ["a cap lowered", cap(0, { cap: "4999" }), []],
  ["a cap raised by one", cap(0, { cap: "5001" }), ["cap_raised"]],
  ["a cap gone", formed({ caps: form.caps.slice(1) }), ["cap_raised"]],
  ["a cap over another window", cap(0, { window: "day" }), ["cap_raised"]],
  ["a cap called otherwise", cap(0, { label: text }), []],
  [
    "a cap more",
    formed({ caps: [...form.caps, { ...form.caps[0]!, id: "more", clause: "1.10-C3" }] }),
    [],
  ],
  ["a partner more", formed({ partners: [partner] }), ["partner_added"]],
  [
    "a purpose more",
    formed({ purposes: [...form.purposes, { id: "ads", text }] }),
    ["purpose_added"],
  ],
  ["a purpose in other words", formed({ purposes: [{ id: "payment", text }] }), ["purpose_added"]],
  ["a purpose less", formed({ purposes: [] }), []],
  [
    "less behind the promise",
    formed({ pledge: { ...pledge, amount: "99999999" } }),
    ["compensation_weakened"],
  ],
  ["more behind the promise", formed({ pledge: { ...pledge, amount: "100000001" } }), []],
  [
    "a pledge that ends earlier",
    formed({ pledge: { ...pledge, validUntil: "2029-09-29" } }),
    ["compensation_weakened"],
  ],
  [
    "another order of payment",
    formed({ pledge: { ...pledge, order: text } }),
    ["compensation_weakened"],
  ],
  [
    "other words of compensation",
    { ...base, compensation: { ...base.compensation, text } },
    ["compensation_weakened"],
  ],
  ["no exit plan any more", formed({ exitPlan: null }), ["exit_weakened"]],
  ["an exit step gone", planned({ steps: exitPlan.steps.slice(1) }), ["exit_weakened"]],
  ["exit steps turned round", planned({ steps: exitPlan.steps.toReversed() }), ["exit_weakened"]],
  [
    "an exit step between",
    planned({ steps: exitPlan.steps.toSpliced(1, 0, { ...exitPlan.steps[1]!, id: "tell" }) }),
    [],
  ],
  ["an exit step in other words", step(1, { text }), ["exit_weakened"]],
  ["an exit step of another office", step(2, { by: "operator" }), ["exit_weakened"]],
  ["an exit step that waits for less", step(3, { until: ["claims_paid"] }), ["exit_weakened"]],
  [
    "an exit step that waits for more",
    step(1, { until: ["permits_finished", "holds_finished"] }),
    [],
  ],
  [
    "an exit step that closes less",
    step(0, { closes: { classes: ["OPEN"], segments: ["all"] } }),
    ["exit_weakened"],
  ],
  ["an exit step a day longer", step(1, { days: 8 }), ["exit_weakened"]],
  ["an exit step of no stated length", step(1, { days: null }), ["exit_weakened"]],
  ["an exit step a day shorter", step(1, { days: 6 }), []],
  ["an exit step at another cost", step(1, { costFen: "1" }), []],
  ["an exit that runs on for a day", planned({ runOffDays: 1 }), ["exit_weakened"]],
  [
    "items of the exit told apart otherwise",
    planned({ items: [{ id: "certificate", text }] }),
    ["exit_weakened"],
  ],
  ["a kind of items more", planned({ items: [...exitPlan.items, { id: "notice", text }] }), []],
  [
    "a day longer",
    { ...base, testPeriod: { from: "2027-03-01", to: "2028-02-29" } },
    ["period_lengthened"],
  ],
  [
    "as long, a day later",
    { ...base, testPeriod: { from: "2027-03-02", to: "2028-02-29" } },
    ["period_lengthened"],
  ],
  ["a day shorter", { ...base, testPeriod: { from: "2027-03-01", to: "2028-02-27" } }, []],
  ["another region", formed({ regions: ["330200", "330100"] }), ["reach_widened"]],
  ["the whole country", formed({ regions: [] }), ["reach_widened"]],
  ["younger users", formed({ segment: { ...segment, ageMin: 16 } }), ["reach_widened"]],
  [
    "slower answers to complaints",
    formed({ handling: { ...handling, daysMax: 16 } }),
    ["complaints_weakened"],
  ],
  ["a looser trigger", formed({ triggers: [{ ...trigger, value: "501" }] }), ["trigger_loosened"]],
  ["a tighter trigger", formed({ triggers: [{ ...trigger, value: "499" }] }), []],
  [
    "a trigger that only restricts as before, later",
    formed({ triggers: [{ ...trigger, periods: 4 }] }),
    ["trigger_loosened"],
  ],
  [
    "another threshold",
    { ...base, graduation: { ...base.graduation, thresholds: [{ ...threshold, value: "9899" }] } },
    ["graduation_loosened"],
  ],
  [
    "another institution",
    { ...base, institutions: [lead, { ...lead, role: "participant", uscc: null }] },
    ["institution_changed"],
  ],
];

test("a change is material for exactly the reasons of the rule, else editorial", () => {
  for (const [why, after, weights] of CHANGES) {
    assert.deepEqual(weightsOf(base, after), weights, why);
    assert.equal(differences(base, after).length === 0, why === "nothing", why);
  }
});

test("every reason for which a change is material stands in the table", () => {
  const seen = new Set(CHANGES.flatMap(([, , weights]) => weights));
  assert.deepEqual([...seen].sort(), [...WEIGHTS].sort());
});

test("a difference names the clause, what it said and what it says", () => {
  const [found, ...others] = differences(base, cap(0, { cap: "6000" }));
  assert.deepEqual(others, []);
  assert.deepEqual(
    [found?.key, found?.clause, found?.title.en],
    ["caps/pilot_customers", "1.10-C1", "Caps"],
  );
  assert.equal(found?.before.at(-1)?.en, "at most 5,000 over the test, the whole pilot");
  assert.equal(found?.after.at(-1)?.zh, "整个试点测试期内不高于6,000");
});

test("what is in one version only stands with nothing on the other side", () => {
  const without = formed({ riskNotice: null });
  const [gone] = differences(base, without);
  assert.deepEqual([gone?.key, gone?.after], ["riskNotice", []]);
  const [come] = differences(without, base);
  assert.deepEqual([come?.key, come?.before], ["riskNotice", []]);
});

test("back and forth the same clauses differ, whatever was changed", () => {
  const any = fc.constantFrom(...CHANGES.map(([, declaration]) => declaration));
  fc.assert(
    fc.property(any, any, (one, other) => {
      const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key).sort();
      assert.deepEqual(keys(differences(one, other)), keys(differences(other, one)));
      assert.deepEqual(differences(one, one), []);
      assert.deepEqual(weightsOf(one, one), []);
    }),
  );
});

test("another summary is a difference under the name, and weighs nothing", () => {
  const other = { ...base, summary: { zh: "另一句话", en: "Another sentence" } };
  assert.deepEqual(
    differences(base, other).map(({ key }) => key),
    ["name"],
  );
  assert.deepEqual(weightsOf(base, other), []);
});

test("clauses have keys of their own and say themselves in both languages", () => {
  for (const declaration of [base, ...shippedDeclarations()]) {
    const clauses = clauseList(declaration);
    assert.equal(new Set(clauses.map(({ key }) => key)).size, clauses.length, declaration.pilot);
    for (const { lines, key } of clauses) {
      for (const line of lines) assert.ok(line.zh !== "" && line.en !== "", key);
    }
  }
});

test("the test period is counted with both of its ends", () => {
  assert.equal(lasts(base), 365);
  assert.equal(lasts({ ...base, testPeriod: { from: "2027-03-01", to: "2027-03-01" } }), 1);
  assert.equal(lasts({ ...base, testPeriod: { from: "2027-03-02", to: "2027-03-01" } }), 0);
  assert.equal(lasts({ ...base, testPeriod: { from: null, to: "2027-03-01" } }), 0);
});

test("a whole declaration lacks nothing, and each part left out is missing under its clause", () => {
  assert.deepEqual(missingOf(declarationContract.parse(base)), []);
  const lacks = (declaration: Declaration) => missingOf(declaration).map(({ field }) => field);
  for (const key of Object.keys(form) as (keyof DeclarationForm)[]) {
    const empty: unknown =
      Array.isArray(form[key]) && key !== "regions" && key !== "partners" ? [] : null;
    assert.deepEqual(lacks(formed({ [key]: empty })), [`/form/${key}`], key);
  }
  const [found] = missingOf({ ...base, exit: { ...base.exit, from: "silent" } });
  const { clause } = SECTIONS.exit;
  assert.deepEqual(found, { code: "clause_missing", clause, section: "exit", field: "/exit" });
  const flawed = missingOf(planned({ steps: exitPlan.steps.slice(0, -1) }));
  assert.deepEqual(
    flawed.map(({ code, section }) => [code, section]),
    [["exit_plan_not_ended_by_archive", "exit"]],
  );
  const nobody = { ...base, institutions: [{ ...lead, uscc: null }] };
  assert.deepEqual(lacks(nobody), ["/institutions/0/uscc"]);
  assert.ok(lacks(shippedDeclarations()[0]!).length > 20, "facts of a source are no whole form");
});

/** What makes an exit plan incomplete: each flaw by the smallest change that brings it about. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalEntry } from "@sandbank/kernel/words";
import { declared } from "../testing/declared.ts";
import type { Declaration } from "./declaration.contract.ts";
import type { ExitPlan, PlanStep } from "./exit-plan.contract.ts";
import { planParts } from "./exit-plan.clauses.ts";
import { declaredFlaws } from "./exit-plan.ts";
import { refusePlan } from "./exit-plan.refusals.ts";
import { type FlawCode, FLAWS } from "./exit-plan.words.ts";

const base = declared({
  ...{ hash: "0".repeat(64), name: "a.txt", type: "text/plain", bytes: 1 },
});
const { form } = base;
assert.ok(form?.exitPlan);
const { exitPlan: plan } = form;
const text = { zh: "另一句话", en: "other words" };
const of = (part: Partial<ExitPlan>): Declaration => ({
  ...base,
  form: { ...form, exitPlan: { ...plan, ...part } },
});
const step = (at: number, part: Partial<PlanStep>): Declaration =>
  of({ steps: plan.steps.map((one, n) => (n === at ? { ...one, ...part } : one)) });
const ordered = (...places: readonly number[]) =>
  of({ steps: places.map((at) => plan.steps[at]!) });
const stock = { ...form.caps[1]!, measure: "amount", window: "none" } as const;
const partner = { id: "ferry", name: text, does: text };

/** The steps are: 0 stop, 1 settle, 2 delete data, 3 people, 4 archive. */
const ROWS: readonly (readonly [string, Declaration, readonly (readonly [FlawCode, string])[]])[] =
  [
    ["a whole plan", base, []],
    ["a step twice", ordered(0, 1, 1, 2, 3, 4), [["exit_step_given_twice", "settle"]]],
    [
      "items that are not listed",
      step(2, { items: "seal" }),
      [
        ["exit_step_and_items_disagree", "delete_data"],
        ["exit_leaves_data_kept", ""],
      ],
    ],
    [
      "items that it does not wait for",
      step(1, { items: "certificate" }),
      [["exit_step_and_items_disagree", "settle"]],
    ],
    [
      "items waited for and not named",
      step(1, { until: ["permits_finished", "items_finished"] }),
      [["exit_step_and_items_disagree", "settle"]],
    ],
    [
      "a segment that is not listed",
      step(0, { closes: { classes: ["OPEN", "USE"], segments: ["all", "some"] } }),
      [["exit_step_closes_no_segment", "stop"]],
    ],
    [
      "classes of no segment",
      step(1, { closes: { classes: ["USE"], segments: [] } }),
      [["exit_step_closes_no_segment", "settle"]],
    ],
    [
      "a class that stays open",
      step(0, { closes: { classes: ["OPEN"], segments: ["all"] } }),
      [["exit_leaves_classes_open", "USE/all"]],
    ],
    [
      "a segment more, closed by nobody",
      of({ segments: [...plan.segments, { id: "risk", text }] }),
      [
        ["exit_leaves_classes_open", "OPEN/risk"],
        ["exit_leaves_classes_open", "USE/risk"],
      ],
    ],
    [
      "nobody waits for the partitions",
      step(0, { until: ["holds_finished"] }),
      [["exit_leaves_classes_open", "OPEN, USE"]],
    ],
    ["no step for reservations", ordered(0, 2, 3, 4), [["exit_leaves_reservations_open", ""]]],
    [
      "no step for people",
      ordered(0, 1, 2, 4),
      [
        ["exit_leaves_complaints_open", ""],
        ["exit_leaves_claims_unpaid", ""],
      ],
    ],
    [
      "no step for claims",
      step(3, { until: ["complaints_ended"] }),
      [["exit_leaves_claims_unpaid", ""]],
    ],
    ["no step for the data", ordered(0, 1, 3, 4), [["exit_leaves_data_kept", ""]]],
    [
      "a kind that ends no data",
      of({ items: [{ id: "certificate", text }] }),
      [["exit_leaves_data_kept", ""]],
    ],
    [
      "no data taken, none to delete",
      { ...ordered(0, 1, 3, 4), form: { ...ordered(0, 1, 3, 4).form!, purposes: [] } },
      [],
    ],
    [
      "something may be outstanding",
      { ...base, form: { ...form, caps: [...form.caps, stock] } },
      [["exit_leaves_balances_open", ""]],
    ],
    [
      "what is outstanding is settled",
      {
        ...base,
        form: {
          ...step(1, { until: ["permits_finished", "stocks_zero"] }).form!,
          caps: [...form.caps, stock],
        },
      },
      [],
    ],
    [
      "a cap of each day leaves nothing outstanding",
      { ...base, form: { ...form, caps: [...form.caps, { ...stock, window: "day" }] } },
      [],
    ],
    [
      "partners take part",
      { ...base, form: { ...form, partners: [partner] } },
      [["exit_leaves_partners_bound", ""]],
    ],
    [
      "settled before it is closed",
      ordered(1, 0, 2, 3, 4),
      [["exit_step_before_the_close", "settle"]],
    ],
    ["data deleted before the close", ordered(2, 0, 1, 3, 4), []],
    [
      "the archive before people are settled with",
      ordered(0, 1, 2, 4, 3),
      [["exit_plan_not_ended_by_archive", ""]],
    ],
    ["items after the archive", ordered(0, 1, 3, 4, 2), []],
    ["no archive", ordered(0, 1, 2, 3), [["exit_plan_not_ended_by_archive", ""]]],
    [
      "two archives",
      step(2, { until: ["items_finished", "archive_verified"], by: "supervisor" }),
      [["exit_plan_not_ended_by_archive", ""]],
    ],
    [
      "an archive that the institution confirms itself",
      step(4, { by: "compliance" }),
      [["exit_plan_not_ended_by_archive", ""]],
    ],
    ["a run-off of one day", of({ runOffDays: 1 }), [["exit_run_off_contradicts", ""]]],
    [
      "a run-off of no day",
      { ...base, exit: { ...base.exit, useRunsOn: true } },
      [["exit_run_off_contradicts", ""]],
    ],
    ["no days", step(1, { days: null }), [["exit_step_without_term", "settle"]]],
    ["no cost", step(3, { costFen: null }), [["exit_step_without_term", "people"]]],
  ];

for (const [name, declaration, flaws] of ROWS) {
  test(`S6: ${name}: ${flaws.map(([code]) => code).join(", ") || "no flaw"}`, () => {
    const found = declaredFlaws(declaration).map((flaw) => [flaw.code, flaw.of]);
    assert.deepEqual(found, flaws);
  });
}

test("every flaw has a row, and stands in the table of refusals", () => {
  const told = new Set(ROWS.flatMap(([, , flaws]) => flaws.map(([code]) => code)));
  assert.deepEqual([...told].toSorted(), Object.keys(FLAWS).toSorted());
  for (const code of Object.keys(FLAWS) as FlawCode[]) {
    assert.equal(refusePlan(code).category, "conflicting");
    assert.deepEqual(refusalEntry(code)?.text, FLAWS[code].text);
  }
});

test("a flaw points at its field of the declaration", () => {
  const [flaw] = declaredFlaws(step(1, { days: null }));
  assert.equal(flaw?.field, "/form/exitPlan/steps/1/days");
});

test("a plan reads clause by clause in both languages, each step by its name", () => {
  const parts = planParts(plan);
  assert.deepEqual(
    parts.map(({ item }) => item),
    ["whole-plan", "stop", "settle", "delete_data", "people", "archive"],
  );
  const lines = parts[3]?.lines ?? [];
  assert.deepEqual(
    lines.map(({ en }) => en),
    [
      "Step 3: Delete the data",
      "Done when: everything listed has ended",
      "Items: Certificate of deletion",
      "Confirmed by: its compliance",
      "Within 7 days",
      "Expected to cost CNY 0.00",
    ],
  );
  assert.equal(lines[4]?.zh, "至多7日");
  assert.equal(parts[1]?.lines[1]?.zh, "停止：全部业务的新增业务、使用");
});

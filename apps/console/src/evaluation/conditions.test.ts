/** Conditions of a ruling on a watch: which fields there are, and what is sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { WatchAnswer } from "@sandbank/sandbox/contract";
import { actFaults, readValues, type Values } from "../parts/act-field.ts";
import { sayIn } from "../setting.ts";
import { conditionFields, conditionsOf } from "./conditions.ts";

const say = sayIn("en");
const label = { zh: "可用率", en: "Availability" };
const ratio = {
  ...{ criterion: "G1", subject: "availability_bp", label, clause: "7.1", unit: "ppm" },
  ...{ comparator: "atLeast", required: "995000", measured: "990000", sums: null, over: null },
  ...{ indicator: "I1", formula: label, met: false, lacks: null },
} as const;
const fraud = {
  ...{ ...ratio, criterion: "G2", subject: "records_leaked", unit: "count" },
  ...{ comparator: "atMost", required: "0" },
} as const;
const uncomputed = { ...ratio, criterion: "G3", subject: "bad_loans_bp", indicator: null } as const;

/** A watch whose last comparing was of these; the fields read nothing else of it. */
function watchOf(criteria: readonly unknown[]): WatchAnswer {
  return { checks: [{ criteria: [] }, { criteria }] } as unknown as WatchAnswer;
}
const watch = watchOf([ratio, fraud, uncomputed]);

const names = (values: Values, of: WatchAnswer | undefined = watch) =>
  conditionFields(values, of, say).map(({ name }) => name);
const one = { condition_1_zh: "达到99%。", condition_1_en: "Reach 99%." };

test("one more condition is asked for than has begun, ten at most", () => {
  assert.deepEqual(names({}), ["condition_1"]);
  assert.deepEqual(names(one), ["condition_1", "by_1", "bound_1", "condition_2"]);
  const all = Array.from({ length: 10 }, (_, at) => [`condition_${at + 1}_en`, "So."]);
  const last = names(Object.fromEntries(all)).filter((name) => name.startsWith("condition"));
  assert.deepEqual([last.length, last.at(-1)], [10, "condition_10"]);
});

test("what nobody computes cannot judge a condition, and without a figure nothing is chosen", () => {
  const [, , choice] = conditionFields(one, watch, say);
  assert.ok(choice?.kind === "choice");
  assert.deepEqual(
    choice.options.map(({ value }) => value),
    ["none", "G1", "G2"],
  );
  assert.deepEqual(names(one, watchOf([uncomputed])), ["condition_1", "by_1", "condition_2"]);
  assert.deepEqual(names(one, watchOf([])), ["condition_1", "by_1", "condition_2"]);
});

test("a figure is typed in the unit in which people read it and sent in that of its threshold", () => {
  const text = { zh: one.condition_1_zh, en: one.condition_1_en };
  const by = "2027-03-01";
  const cases = [
    [{ bound_1: "none" }, undefined],
    [
      { bound_1: "G1", value_1: "99.05%" },
      { indicator: "availability_bp", comparator: "atLeast", value: "9905", unit: "basis_point" },
    ],
    [
      { bound_1: "G2", value_1: "0" },
      { indicator: "records_leaked", comparator: "atMost", value: "0", unit: "count" },
    ],
  ] as const;
  for (const [typed, bound] of cases) {
    const values = { ...one, by_1: by, ...typed };
    const fields = conditionFields(values, watch, say);
    assert.deepEqual(actFaults(fields, values, say), []);
    const sent = conditionsOf(readValues(fields, values), watch);
    assert.deepEqual(sent, [bound === undefined ? { text, by } : { text, by, bound }]);
  }
});

test("a condition that has begun needs both texts, its day, its judge and a figure that can be read", () => {
  const faults = (values: Values) =>
    actFaults(conditionFields(values, watch, say), values, say).map(({ field }) => field);
  assert.deepEqual(faults({}), []);
  assert.deepEqual(faults({ condition_1_zh: "达标。" }), ["condition_1_en", "by_1", "bound_1"]);
  const whole = { ...one, by_1: "2027-03-01", bound_1: "G1" };
  for (const value_1 of ["", "99.123", "-1", "1e3", "९९"]) {
    assert.deepEqual(faults({ ...whole, value_1 }), ["value_1"], value_1);
  }
});

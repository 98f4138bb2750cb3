/** A threshold missed by any part of a point is said to be missed, and by how much. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CriterionAnswer } from "@sandbank/sandbox/contract";
import { exactText, missText, requiredText } from "./figures.ts";

const criterion = (more: Partial<CriterionAnswer>) =>
  ({ comparator: "atLeast", unit: "ppm", required: "990000", met: false, ...more }) as never;

test("a miss is told to the exact unit", () => {
  const ratio = criterion({ measured: "989900", sums: "9899", over: "10000" });
  assert.equal(requiredText(ratio, "en"), "at least 99%");
  assert.equal(missText(ratio, "en"), "Missed by 0.01 percentage points");
  assert.equal(missText(ratio, "zh"), "差0.01个百分点");
  assert.equal(exactText(ratio, "en"), "9,899 of 10,000");
  const money = criterion({ unit: "fen", required: "10000", measured: "9999" });
  assert.equal(missText(money, "en"), "Missed by CNY 0.01");
});

test("a ratio that rounds to what is required and is over it is still missed", () => {
  const over = criterion({ comparator: "atMost", measured: "990000" });
  assert.equal(missText(over, "en"), "Missed by less than 0.0001 percentage points");
});

test("what is met, or was never measured, is missed by nothing", () => {
  assert.equal(missText(criterion({ met: true, measured: "999999" }), "en"), undefined);
  assert.equal(missText(criterion({ measured: null }), "en"), undefined);
});

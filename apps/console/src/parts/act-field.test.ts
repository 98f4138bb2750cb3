/** What is typed into the form of an act: what is wrong with it, and what is sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sayIn } from "../setting.ts";
import { type ActField, actFaults, readValues } from "./act-field.ts";

const FIELDS: readonly ActField[] = [
  { kind: "choice", name: "outcome", label: "Outcome", options: [] },
  { kind: "amount", name: "amount", label: "Amount" },
  { kind: "words", name: "words", label: "Words" },
  { kind: "words", name: "remark", label: "Remark", optional: true },
];

test("each field says what is wrong with it, and an optional one may stay empty", () => {
  const good = { outcome: "upheld", amount: "1,812.50", words: "So it is." };
  const cases = [
    [good, []],
    [{}, ["outcome", "amount", "words"]],
    [{ ...good, amount: "0" }, ["amount"]],
    [{ ...good, amount: "-1" }, ["amount"]],
    [{ ...good, amount: "1.234" }, ["amount"]],
    [{ ...good, amount: "¥5" }, ["amount"]],
    [{ ...good, words: "  " }, ["words"]],
    [{ ...good, remark: "x".repeat(5001) }, ["remark"]],
  ] as const;
  for (const [typed, faults] of cases) {
    const found = actFaults(FIELDS, typed, sayIn("en")).map((one) => one.field);
    assert.deepEqual(found, faults, JSON.stringify(typed).slice(0, 60));
  }
});

test("amounts go out in fen, and what was left empty is left out", () => {
  const typed = { outcome: " upheld ", amount: "1,812.5", words: "", remark: " a " };
  const sent = { outcome: "upheld", amount: "181250", remark: "a" };
  assert.deepEqual(readValues(FIELDS, typed), sent);
});

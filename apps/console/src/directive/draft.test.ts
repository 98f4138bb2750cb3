/** The draft of a directive: figures read exactly, faults at their fields, the order that it makes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LimitsAnswer } from "@sandbank/sandbox/contract";
import { sayIn } from "../setting.ts";
import { type Draft, faultsOf, orderOf, readCap } from "./draft.ts";

const written = {
  ...{ reason_zh: "原因", reason_en: "Reason", notice_zh: "说明", notice_en: "Notice" },
  ...{ until_zh: "条件", until_en: "Condition" },
};
const draft: Draft = { id: "a", classes: [], caps: {}, directive: "", ...written };
const limit: LimitsAnswer["limits"][number] = {
  ...{ id: "payment_amount", label: { zh: "单笔", en: "One payment" }, measure: "single" },
  ...{ unit: "fen", scope: "pilot", window: "none", cap: "500000" },
  ...{ admittedCap: null, clause: "1.10-C2", used: null, left: null, period: null },
  classes: ["USE"],
};
const limits: LimitsAnswer = {
  ...{ pilot: "payment-tokens", policyVersion: 2, demo: true, at: null },
  limits: [limit],
};

function faults(kind: "suspension" | "restriction" | "resumption", part: Partial<Draft>) {
  const judged = {
    kind,
    draft: { ...draft, ...part },
    limits,
    lang: "en",
    say: sayIn("en"),
  } as const;
  return faultsOf(judged).map(({ field }) => field);
}

test("a cap is read exactly, and nothing else is taken for one", () => {
  assert.equal(readCap("5000", "fen"), 500_000n);
  assert.equal(readCap(" ¥1,234.5 ", "fen"), 123_450n);
  assert.equal(readCap("0.01", "fen"), 1n);
  assert.equal(readCap("100,000", "count"), 100_000n);
  for (const typed of ["", "0", "0.00", "-1", "1.234", "1e3", "abc", "五千", "1.", ".5"]) {
    assert.equal(readCap(typed, "fen"), undefined, typed);
  }
  assert.equal(readCap("1.5", "count"), undefined);
});

test("a draft says what is missing at its field, and nothing of what is not asked", () => {
  assert.deepEqual(faults("suspension", {}), ["class-OPEN"]);
  assert.deepEqual(faults("suspension", { classes: ["USE"], reason_en: " " }), ["reason_en"]);
  assert.deepEqual(faults("resumption", { until_zh: "", until_en: "" }), []);
  assert.deepEqual(faults("resumption", { notice_zh: "长".repeat(1_001) }), ["notice_zh"]);
});

test("a cap has to be lower than the one in force", () => {
  assert.deepEqual(faults("restriction", {}), ["cap-payment_amount"]);
  assert.deepEqual(faults("restriction", { caps: { payment_amount: "5000" } }), [
    "cap-payment_amount",
  ]);
  assert.deepEqual(faults("restriction", { caps: { payment_amount: "4999.99" } }), []);
});

test("the order holds fen as text and what its kind asks for, no more", () => {
  const order = orderOf("restriction", { ...draft, caps: { payment_amount: "3,000" } }, limits);
  assert.deepEqual(order, {
    kind: "restriction",
    caps: [{ limit: "payment_amount", cap: "300000" }],
    liftedWhen: { zh: "条件", en: "Condition" },
    reason: { zh: "原因", en: "Reason" },
    notice: { zh: "说明", en: "Notice" },
  });
  assert.equal("liftedWhen" in orderOf("resumption", draft, limits), false);
});

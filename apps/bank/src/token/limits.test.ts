/** Limits as they are typed: what is taken, what is not, and that nothing is lifted by leaving it out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Controls } from "@sandbank/tokens/contract";
import { sayIn } from "../setting.ts";
import { limitFaults, type TypedLimits, typedOf, withLimits } from "./limits.ts";

const EMPTY: TypedLimits = typedOf({});

test("each limit says what is expected of it, and an empty one bounds nothing", () => {
  const cases: readonly (readonly [Partial<TypedLimits>, readonly string[]])[] = [
    [{}, []],
    [{ paymentAmount: "500", dayAmount: "1,200.50", dayCount: "5", monthAmount: "0.01" }, []],
    [{ paymentAmount: "0" }, ["paymentAmount"]],
    [{ dayAmount: "-1" }, ["dayAmount"]],
    [{ monthAmount: "1.234" }, ["monthAmount"]],
    [{ dayCount: "0" }, ["dayCount"]],
    [{ dayCount: "1.5" }, ["dayCount"]],
    [{ dayCount: "1000000" }, ["dayCount"]],
    [{ firstDay: "2026-13-01" }, ["firstDay"]],
    [{ firstDay: "2026-12-02", lastDay: "2026-12-01" }, ["lastDay"]],
    [{ firstDay: "2026-12-01", lastDay: "2026-12-01" }, []],
    [{ paymentAmount: "abc", dayCount: "x" }, ["paymentAmount", "dayCount"]],
  ];
  for (const [typed, faults] of cases) {
    const found = limitFaults({ ...EMPTY, ...typed }, sayIn("en")).map(({ field }) => field);
    assert.deepEqual(found, faults, JSON.stringify(typed));
  }
});

test("what a Chinese keyboard gives means the same: full-width digits, comma and point", () => {
  const typed = { ...EMPTY, dayAmount: "１，２００．５０", dayCount: "５" };
  assert.deepEqual(limitFaults(typed, sayIn("zh")), []);
  assert.deepEqual(withLimits({}, typed), { dayAmount: "120050", dayCount: "5" });
});

test("amounts go out in fen and come back in yuan, to the fen", () => {
  const controls = { paymentAmount: "50001", dayCount: "3", lastDay: "2026-12-31" };
  const typed = typedOf(controls);
  assert.deepEqual([typed.paymentAmount, typed.dayCount], ["500.01", "3"]);
  assert.deepEqual(withLimits(controls, typed), controls);
});

test("what the form does not know stays as it was; what was emptied is lifted", () => {
  const hours = "1".repeat(168);
  const controls = { hours, dayAmount: "100", unknown: "kept" } as unknown as Controls;
  const after = withLimits(controls, { ...typedOf(controls), dayAmount: "" });
  assert.deepEqual(after, { hours, unknown: "kept" });
});

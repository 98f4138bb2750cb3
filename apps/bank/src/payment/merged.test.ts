/** What a payer reads of payments: their order, and what a declined one fell short by. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeclineAnswer, HeldPayment } from "@sandbank/tokens/contract";
import { gapOf, merged } from "./merged.ts";

const paid = (payment: string, at: string) => ({ payment, at }) as HeldPayment;
const declined = (act: string, at: string) => ({ act, at }) as DeclineAnswer;
const failing = (one: object) => ({ failed: [{ code: "x", ...one }] });

test("both kinds stand in one order, newest first, and none is lost", () => {
  const entries = merged(
    [paid("b", "2026-11-24T02:00:00.000Z"), paid("a", "2026-11-24T01:00:00.000Z")],
    [declined("c", "2026-11-24T01:30:00.000Z")],
  );
  const ids = entries.map((one) => (one.kind === "paid" ? one.payment.payment : one.decline.act));
  assert.deepEqual(ids, ["b", "c", "a"]);
});

test("500.01 of 500.00: short by one fen; figures that fit are no gap", () => {
  const day = { unit: "fen", cap: "100000", used: "81250", asked: "38600" };
  const cases = [
    [{ unit: "fen", cap: "50000", used: "0", asked: "50001" }, [50000n, 1n]],
    [day, [18750n, 19850n]],
    [{ unit: "count", cap: "5", used: "5", asked: "1" }, [0n, 1n]],
    [{ unit: "fen", cap: "100", used: "900", asked: "1" }, [0n, 1n]],
    [{ unit: "fen", cap: "50000", used: "0", asked: "50000" }, undefined],
    [{}, undefined],
  ] as const;
  for (const [one, expected] of cases) {
    const gap = gapOf(failing(one) as DeclineAnswer);
    assert.deepEqual(gap && [gap.left, gap.short], expected, JSON.stringify(one));
  }
  assert.equal(gapOf({ failed: [] }), undefined);
});

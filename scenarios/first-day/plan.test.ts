/** The plan of a first day: the same for the same seed, and below the cap until its last minute. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CLOSED_STEPS, PILOT_DAY_FEN, planDay } from "./plan.ts";

test("one seed gives one plan, another seed another", () => {
  assert.deepEqual(planDay({ seed: 7, payments: 200 }), planDay({ seed: 7, payments: 200 }));
  assert.notDeepEqual(
    planDay({ seed: 7, payments: 200 }).steps,
    planDay({ seed: 8, payments: 200 }).steps,
  );
});

for (const payments of [100, 200, 1_000, 5_000]) {
  test(`a plan of ${payments} payments fills the cap to the fen and not before the end`, () => {
    for (const seed of [1, 2, 3]) {
      const plan = planDay({ seed, payments });
      const used = plan.used.at(-1) ?? 0n;
      const filled = plan.fill.reduce((sum, { amount }) => sum + amount, 0n);
      assert.equal(used + filled, plan.cap);
      assert.equal(plan.fill.at(-1)?.amount, 1n);
      assert.ok(used * 100n > plan.cap * 80n, `${used} of ${plan.cap}`);
      const orders = plan.steps.flat().filter((act) => act.verb === "order");
      assert.equal(orders.length, payments);
    }
  });
}

test("5,000 payments run under the cap of the terms, and every reason and fate occurs", () => {
  const plan = planDay({ seed: 1, payments: 5_000 });
  assert.equal(plan.cap, PILOT_DAY_FEN);
  assert.equal(plan.counts.size, 13);
  const closed = CLOSED_STEPS.flatMap((step) => plan.steps[step] ?? []);
  for (const verb of ["order", "capture", "refund", "void"]) {
    assert.ok(
      closed.some((act) => act.verb === verb),
      verb,
    );
  }
});

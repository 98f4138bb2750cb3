/** The plan of a life: the same for the same seed, below every cap but where it says so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { calendarDate } from "@sandbank/kernel/clock";
import {
  CAPS,
  FULL_DAYS,
  isDeclined,
  ordersOfAll,
  ordersOfDay,
  SUSPENDED_DAY,
  takenOf,
} from "./business-plan.ts";
import { planLife } from "./plan.ts";

const first = calendarDate("2027-01-01");

test("one seed gives one life, another seed another", () => {
  const asked = { seed: 7, size: 40, first };
  assert.deepEqual(planLife(asked), planLife(asked));
  assert.notDeepEqual(planLife(asked).days, planLife({ ...asked, seed: 8 }).days);
});

for (const size of [20, 21, 37, 100, 2_000]) {
  test(`${size} customers fill the cap of a day to the fen on three days, and exceed none`, () => {
    for (const seed of [1, 2, 3]) {
      const plan = planLife({ seed, size, first });
      for (const day of plan.days) {
        const { nth, fill, used } = day;
        const passing = ordersOfDay(day).filter((one) => !isDeclined(one));
        const ordinary = passing.filter((one) => !fill.includes(one));
        const gross = ordinary.reduce((sum, { amount }) => sum + amount, 0n);
        assert.ok(gross < plan.dayCap, `day ${nth} stays below the cap whatever comes first`);
        assert.equal(used === plan.dayCap, FULL_DAYS.includes(nth), `day ${nth} uses ${used}`);
        assert.equal(fill.at(-1)?.fate, FULL_DAYS.includes(nth) ? "pilot_full" : undefined);
        const people = Map.groupBy(passing, ({ customer }) => customer);
        for (const [customer, own] of people) {
          const sum = own.reduce((total, { amount }) => total + amount, 0n);
          assert.ok(sum <= CAPS.customerDay, `customer ${customer} buys for ${sum} on day ${nth}`);
        }
        if (nth === SUSPENDED_DAY) assert.deepEqual(passing, []);
      }
    }
  });
}

test("every card has money for all that its holder buys, and every fate occurs", () => {
  const plan = planLife({ seed: 1, size: 2_000, first });
  const all = [...ordersOfAll(plan), ...plan.inFlight].filter((one) => !isDeclined(one));
  const people = Map.groupBy(all, ({ customer }) => customer);
  for (const [at, { funds }] of plan.customers.entries()) {
    const held = people.get(at) ?? [];
    const gross = held.reduce((sum, { amount }) => sum + amount, 0n);
    assert.ok(gross <= funds, `customer ${at}`);
  }
  assert.equal(new Set(ordersOfAll(plan).map(({ fate }) => fate)).size, 13);
  assert.equal(new Set(plan.inFlight.map(({ fate }) => fate)).size, 3);
});

test("what is refunded was captured before, and what is declined is never taken", () => {
  for (const order of ordersOfAll(planLife({ seed: 5, size: 200, first }))) {
    const { captured, refunded } = takenOf(order);
    assert.ok(refunded <= captured && captured <= order.amount, order.number);
    if (isDeclined(order)) assert.equal(captured, 0n, order.number);
  }
});

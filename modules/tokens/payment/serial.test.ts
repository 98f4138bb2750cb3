/**
 * P4.3: whatever comes at once is decided as if it had come one by one: payments of one token in a
 * burst, each taken or refused as a plain sum over those before it says.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Outcome } from "@sandbank/kernel/guard";
import fc from "fast-check";
import type { Controls } from "../contract.ts";
import { type Bed, furnishedBed, payment, TRAVEL } from "../testing/bed.ts";
import { failedOf } from "../testing/outcomes.ts";

const RUNS = 12;
const requestor = { principal: TRAVEL };

describe("payments of one token at once", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed();
  });
  after(() => bed.end());

  const cap = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });
  const caps = fc.record({
    ...{ dayAmount: cap, weekAmount: cap, monthAmount: cap, lifeAmount: cap },
    ...{ dayCount: cap, lifeCount: cap, sceneAmount: cap, sceneCount: cap },
  });
  type Caps = typeof caps extends fc.Arbitrary<infer C> ? C : never;

  function controlsOf({ sceneAmount, sceneCount, ...own }: Caps): Controls {
    const text = (of: object) =>
      JSON.parse(JSON.stringify(of, (_, v) => (typeof v === "number" ? `${v}` : v)));
    const within = { scene: "travel", monthAmount: sceneAmount, dayCount: sceneCount };
    return { ...text(own), sceneBounds: [text(within)] };
  }

  /** Which caps a payment fails by a plain sum over what was taken before it, in the order of refusals. */
  function failing(of: Caps, taken: readonly number[], amount: number): string[] {
    const sum = taken.reduce((total, one) => total + one, amount);
    const number = taken.length + 1;
    const rows: readonly [string, number | undefined, number][] = [
      ["token_day_amount", of.dayAmount, sum],
      ["token_day_count", of.dayCount, number],
      ["token_week_amount", of.weekAmount, sum],
      ["token_month_amount", of.monthAmount, sum],
      ["token_life_amount", of.lifeAmount, sum],
      ["token_life_count", of.lifeCount, number],
      ["token_scene_day_count", of.sceneCount, number],
      ["token_scene_month_amount", of.sceneAmount, sum],
    ];
    return rows.flatMap(([limit, most, used]) =>
      most !== undefined && used > most ? [limit] : [],
    );
  }

  const placeOf = (outcome: Outcome) =>
    outcome.kind === "accepted" || outcome.kind === "refused" ? (outcome.seq ?? 0n) : 0n;

  test("P4.3: a burst is decided as its payments one by one", async () => {
    await fc.assert(
      fc.asyncProperty(
        caps,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 40 }),
        async (of, amounts) => {
          const { number } = await bed.issue(controlsOf(of));
          const asked = amounts.map(async (amount) => {
            const content = payment(number, String(amount));
            return { amount, outcome: await bed.act("tokens.authorise", content, requestor) };
          });
          const done = await Promise.all(asked);
          done.sort((a, b) => (placeOf(a.outcome) < placeOf(b.outcome) ? -1 : 1));
          const taken: number[] = [];
          for (const { amount, outcome } of done) {
            const expected = failing(of, taken, amount);
            assert.deepEqual(
              failedOf(outcome).map(({ limit }) => limit),
              expected,
            );
            if (expected.length === 0) taken.push(amount);
          }
        },
      ),
      { numRuns: RUNS },
    );
    await bed.booksAgree();
  });
});

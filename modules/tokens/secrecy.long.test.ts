/** The whole of the thief's patience: a million guesses at a copy of the database without the key. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { busyLife } from "./testing/busy.ts";
import { dumpOf, opened } from "./testing/thief.ts";
import { cardNumber } from "./vault/vault.fixture.ts";

test("a copy of the database without the key gives no number against 1,000,000 guesses", async () => {
  const { bed, numbers } = await busyLife();
  after(() => bed.end());
  const guesses = function* () {
    for (let n = 0; n < 1_000_000; n += 1) yield cardNumber(n);
  };
  const among = new Set(numbers);
  let met = 0;
  const counted = function* () {
    for (const guess of guesses()) {
      if (among.has(guess)) met += 1;
      yield guess;
    }
  };
  assert.deepEqual(opened(await dumpOf(bed.owner), counted(), { keyed: 6 }), []);
  assert.equal(met, numbers.length, "every number was among the guesses");
});

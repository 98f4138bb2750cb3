/** What stands where in an installation, asked by names that anybody may send. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { operatorOf, numbersOf } from "./parts.ts";

test("a pilot is known by its own name only, and never by what every object has", () => {
  assert.deepEqual(
    [numbersOf("payment-tokens"), operatorOf("payment-tokens")],
    [[4], "sandbar-bank"],
  );
  for (const name of ["constructor", "toString", "__proto__", "nothing"]) {
    assert.deepEqual([numbersOf(name), operatorOf(name)], [[], undefined], name);
  }
});

/** Pilots that a demonstration leaves out are pilots that there are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOut } from "./left-out.ts";

test("nothing is left out unless told, and nothing that there is not", () => {
  assert.deepEqual(leftOut({}), []);
  assert.deepEqual(leftOut({ demoWithout: ["payment-tokens"] }), ["payment-tokens"]);
  assert.throws(() => leftOut({ demoWithout: ["payment-tokens", "tokens"] }), {
    message: 'SANDBANK_DEMO_WITHOUT names "tokens", which is no pilot here.',
  });
});

/** Whose rule it was: the holder's own, the bank's, or the pilot's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleOf } from "./rule.ts";

test("a clause names its party and version, or stands in the pilot's terms", () => {
  assert.deepEqual(ruleOf("control v12"), { by: "holder", version: "12" });
  assert.deepEqual(ruleOf("issuer control v3"), { by: "issuer", version: "3" });
  for (const clause of ["1.10-C3", "control", "no control v1", "control v1a"]) {
    assert.deepEqual(ruleOf(clause), { by: "pilot", clause });
  }
});

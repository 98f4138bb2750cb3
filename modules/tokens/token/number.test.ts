/** Numbers of tokens: ours alone, checked, and telling their slot. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { luhnHolds } from "../vault/number.ts";
import { luhnDigit } from "../vault/number.ts";
import { drawNumbers, slotOfNumber } from "./number.ts";

test("drawn numbers have sixteen digits of our own range, check, and tell their slot", () => {
  for (const slot of [0, 1, 4, 99]) {
    for (const number of drawNumbers(slot)) {
      assert.match(number, /^999988[0-9]{10}$/);
      assert(luhnHolds(number));
      assert.equal(slotOfNumber(number), slot);
    }
  }
});

test("the check digit is that of ISO/IEC 7812-1", () => {
  assert.equal(luhnDigit("7992739871"), "3");
  assert.equal(luhnDigit("411111111111111"), "1");
});

test("a number of another range tells no slot", () => {
  assert.equal(slotOfNumber("4111111111111111"), undefined);
  assert.equal(slotOfNumber("99998801234567"), undefined);
});

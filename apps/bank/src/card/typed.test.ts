/** A card as people type it from its front. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEMO_DRAWN, demoNumber, readExpiry, readNumber } from "./typed.ts";

test("a number is 12 to 19 digits, with blanks and hyphens as it is printed", () => {
  const cases = [
    ["9999 0200 0000 0010", "9999020000000010"],
    ["9999-0200-0000-0010", "9999020000000010"],
    ["９９９９０２００００００００１０", "9999020000000010"],
    ["12345678901", undefined],
    ["123456789012", "123456789012"],
    ["1234567890123456789", "1234567890123456789"],
    ["12345678901234567890", undefined],
    ["9999 0200 0000 001x", undefined],
    ["", undefined],
  ] as const;
  for (const [typed, expected] of cases) assert.equal(readNumber(typed), expected, typed);
});

test("month and year are read as they are printed, and no others", () => {
  const cases = [
    ["12/30", "2030-12"],
    ["1/30", "2030-01"],
    ["01/2030", "2030-01"],
    ["１２／３０", "2030-12"],
    ["13/30", undefined],
    ["0/30", undefined],
    ["12/1930", undefined],
    ["2030-12", undefined],
    ["", undefined],
  ] as const;
  for (const [typed, expected] of cases) assert.equal(readExpiry(typed), expected, typed);
});

test("a card of the demonstration is of its range and carries the right check digit", () => {
  assert.equal(demoNumber(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1)), "9999 0200 0000 0010");
  assert.equal(demoNumber(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 7)), "9999 0200 0000 0077");
  assert.equal(demoNumber(new Uint8Array(DEMO_DRAWN).fill(255)), "9999 0255 5555 5557");
  for (const seed of [0, 37, 91, 255]) {
    const bytes = Uint8Array.from({ length: DEMO_DRAWN }, (_, at) => (seed + at * 53) % 256);
    assert.match(readNumber(demoNumber(bytes)) ?? "", /^999902\d{10}$/);
  }
});

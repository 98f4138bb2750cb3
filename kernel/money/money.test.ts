/** Amounts, parts and roundings, with exact fen and against rational definitions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  FEN_MAX,
  add,
  allocate,
  basisPoints,
  fen,
  fenText,
  fenTextOrZero,
  fraction,
  max,
  min,
  parseYuan,
  ppm,
  ppmOfBasisPoints,
  rateOf,
  share,
  subtract,
  sum,
  yuanText,
} from "./index.ts";
import type { Rounding } from "./index.ts";

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((value) => fen(value));
const rate = fc.integer({ min: 0, max: 2_000_000 }).map((value) => ppm(value));
const ROUNDINGS: readonly Rounding[] = ["half_up", "half_even", "down"];

test("amounts are added, subtracted, summed and compared in fen", () => {
  assert.equal(add(fen(150), fen(-50)), 100n);
  assert.equal(subtract(fen(100), fen(250)), -150n);
  assert.equal(sum([fen(1), fen(2), fen(3)]), 6n);
  assert.equal(sum([]), 0n);
  assert.equal(min(fen(-1), fen(1)), -1n);
  assert.equal(max(fen(-1), fen(1)), 1n);
});

test("an amount that the ledger cannot carry is a bug and throws", () => {
  assert.throws(() => add(FEN_MAX, fen(1)), RangeError);
  assert.throws(() => subtract(fen(-FEN_MAX), fen(1)), RangeError);
  assert.throws(() => sum([FEN_MAX, FEN_MAX]), RangeError);
  assert.throws(() => fen(0.5), RangeError);
});

test("yuan as people type them are read exactly", () => {
  const rows = [
    ["0", 0n],
    ["0.01", 1n],
    ["1234.56", 123_456n],
    ["1,234.56", 123_456n],
    ["1234.5", 123_450n],
    ["1234", 123_400n],
    ["1,234,567", 123_456_700n],
    ["-0.01", -1n],
    ["92233720368547758.07", FEN_MAX],
  ] as const;
  for (const [text, expected] of rows) assert.equal(parseYuan(text), expected, text);
});

test("text that could be meant in two ways is no amount", () => {
  const wrong = [
    "",
    " 1",
    "1.",
    ".5",
    "01",
    "1.234",
    "1,23",
    "12,34.00",
    "1234,567",
    "1,2345",
    "1e3",
    "+1",
    "--1",
    "¥1",
    "１２",
    "1.2.3",
    "NaN",
    "92233720368547758.08",
    "999,999,999,999,999,999,999",
  ];
  for (const text of wrong) assert.equal(parseYuan(text), undefined, text);
});

test("what is written in yuan is read back", () => {
  fc.assert(fc.property(amount, (value) => parseYuan(yuanText(value)) === value));
  assert.equal(yuanText(fen(-5)), "-0.05");
});

test("a share is rounded by the rule that was named", () => {
  const rows = [
    [25n, 100_000, { half_up: 3n, half_even: 2n, down: 2n }],
    [35n, 100_000, { half_up: 4n, half_even: 4n, down: 3n }],
    [-25n, 100_000, { half_up: -3n, half_even: -2n, down: -2n }],
    [26n, 100_000, { half_up: 3n, half_even: 3n, down: 2n }],
    [24n, 100_000, { half_up: 2n, half_even: 2n, down: 2n }],
    [10_000n, 6_000, { half_up: 60n, half_even: 60n, down: 60n }],
    [1n, 0, { half_up: 0n, half_even: 0n, down: 0n }],
  ] as const;
  for (const [value, part, expected] of rows) {
    for (const rounding of ROUNDINGS) {
      assert.equal(share(fen(value), ppm(part), rounding), expected[rounding], `${value}`);
    }
  }
});

test("a share is the nearest whole fen, and down never exceeds the exact value", () => {
  fc.assert(
    fc.property(amount, rate, (value, part) => {
      const exact = value * BigInt(part);
      for (const rounding of ROUNDINGS) {
        const error = exact - share(value, part, rounding) * 1_000_000n;
        const size = error < 0n ? -error : error;
        if (rounding === "down") {
          assert.ok(size < 1_000_000n && (error === 0n || error > 0n === value > 0n));
        } else assert.ok(size * 2n <= 1_000_000n);
        assert.equal(share(fen(-value), part, rounding), -share(value, part, rounding));
      }
    }),
  );
});

test("a fraction is rounded once, at the end", () => {
  // CNY 100,000.00 at 4.35 % a year for 30 days of 360.
  const part = { of: 43_500n * 30n, per: 1_000_000n * 360n };
  assert.equal(fraction(fen(10_000_000), part, "half_up"), 36_250n);
  assert.throws(() => fraction(fen(1), { of: 1n, per: 0n }, "down"));
});

test("rates are whole, quoted in basis points and counted in ppm", () => {
  assert.equal(ppmOfBasisPoints(basisPoints(435)), 43_500);
  assert.equal(rateOf({ part: 3n, whole: 4n }, "down"), 750_000);
  assert.equal(rateOf({ part: 750_001n, whole: 1_000_000n }, "down"), 750_001);
  assert.throws(() => rateOf({ part: 1n, whole: 0n }, "down"));
  assert.throws(() => ppm(0.5), RangeError);
  assert.throws(() => ppm(2_000_000_000), RangeError);
  assert.throws(() => basisPoints(Number.NaN), RangeError);
});

test("allocation by largest remainder gives the odd fen to the largest rest, then to the first", () => {
  assert.deepEqual(allocate(fen(100), [1n, 1n, 1n]), [34n, 33n, 33n]);
  assert.deepEqual(allocate(fen(100), [1n, 2n, 3n]), [17n, 33n, 50n]);
  assert.deepEqual(allocate(fen(-100), [1n, 2n, 3n]), [-17n, -33n, -50n]);
  assert.deepEqual(allocate(fen(5), [0n, 1n, 0n]), [0n, 5n, 0n]);
  assert.deepEqual(allocate(fen(0), [0n, 0n]), [0n, 0n]);
  assert.deepEqual(allocate(fen(1), [7n]), [1n]);
  assert.throws(() => allocate(fen(1), [0n, 0n]));
  assert.throws(() => allocate(fen(1), []));
  assert.throws(() => allocate(fen(1), [-1n, 2n]));
});

test("allocated parts sum exactly, stay within a fen, and leave a weight of zero with nothing", () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(amount, weights, (total, shares) => {
      const whole = shares.reduce((all, weight) => all + weight, 0n);
      fc.pre(whole > 0n);
      const parts = allocate(total, shares);
      assert.equal(sum(parts), total);
      parts.forEach((part, index) => {
        const error = part * whole - total * shares[index]!;
        assert.ok((error < 0n ? -error : error) < whole);
        if (shares[index] === 0n) assert.equal(part, 0n);
      });
    }),
  );
});

test("amounts in JSON are decimal strings without sign, spaces or leading zeros", () => {
  for (const text of ["1", "38600", "99999999999999999"])
    assert.ok(fenText.safeParse(text).success);
  for (const text of ["0", "-1", "01", "1.0", "", "100000000000000000"]) {
    assert.equal(fenText.safeParse(text).success, false, text);
  }
  assert.ok(fenTextOrZero.safeParse("0").success);
});

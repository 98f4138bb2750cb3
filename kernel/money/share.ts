/**
 * Parts of amounts: rates in whole millionths, rounding by a rule that is named at each call, and
 * allocation that loses nothing. It refuses floats, rates that are not whole, and division without
 * a rule for the remainder.
 */
import { fen } from "./money.ts";
import type { Fen } from "./money.ts";

declare const ppmBrand: unique symbol;
declare const basisPointsBrand: unique symbol;

/** Parts per million, whole: 1 % is 10,000. A number, since it is never an amount. */
export type Ppm = number & { readonly [ppmBrand]: "ppm" };

/** Hundredths of a percent, whole: 1 % is 100. How rates are quoted; a basis point is 100 ppm. */
export type BasisPoints = number & { readonly [basisPointsBrand]: "basis_points" };

/** The whole: 100 %. */
export const PPM_WHOLE = 1_000_000 as Ppm;

/** Rates beyond ±1,000 times the whole are typing errors. */
const PPM_MAX = 1_000_000_000;

/**
 * What becomes of the part below one fen. `half_up`: the nearer, halves away from zero (四舍五入).
 * `half_even`: the nearer, halves to the even one, so that many roundings do not drift. `down`:
 * towards zero, so that nobody is charged or credited more than the exact value.
 */
export type Rounding = "half_up" | "half_even" | "down";

/** Brands a rate in ppm; throws a RangeError unless whole and within ±1,000,000,000. */
export function ppm(value: number): Ppm {
  if (!Number.isInteger(value) || Math.abs(value) > PPM_MAX) {
    throw new RangeError(`not a rate in whole ppm: ${value}`);
  }
  return value as Ppm;
}

/** Brands a rate in basis points; throws a RangeError unless whole and within ±10,000,000. */
export function basisPoints(value: number): BasisPoints {
  if (!Number.isInteger(value) || Math.abs(value) > PPM_MAX / 100) {
    throw new RangeError(`not a rate in whole basis points: ${value}`);
  }
  return value as BasisPoints;
}

/** The same rate in ppm. */
export function ppmOfBasisPoints(rate: BasisPoints): Ppm {
  return ppm(rate * 100);
}

/** `rate` of an amount: `share(fen(10000), ppm(6000), "half_up")` is 60 fen. */
export function share(amount: Fen, rate: Ppm, rounding: Rounding): Fen {
  return fen(divide(amount * BigInt(rate), BigInt(PPM_WHOLE), rounding));
}

/**
 * An amount times a fraction, rounded once at the end: interest for 30 days at 43,500 ppm a year is
 * `fraction(amount, { of: 43_500n * 30n, per: 1_000_000n * 360n }, "half_up")`.
 */
export function fraction(
  amount: Fen,
  part: { readonly of: bigint; readonly per: bigint },
  rounding: Rounding,
): Fen {
  hold(part.per > 0n, "a fraction is of something above zero");
  return fen(divide(amount * part.of, part.per, rounding));
}

/** `part` as a rate of `whole`, which is above zero: LTV, a bad-loan ratio, a cap used. */
export function rateOf(
  amounts: { readonly part: bigint; readonly whole: bigint },
  rounding: Rounding,
): Ppm {
  hold(amounts.whole > 0n, "a rate is of something above zero");
  return ppm(Number(divide(amounts.part * BigInt(PPM_WHOLE), amounts.whole, rounding)));
}

/**
 * Splits `total` in proportion to `weights` by largest remainder: the parts sum to `total` exactly,
 * none differs from its exact share by a fen or more, equal remainders go to the earlier one, and a
 * weight of 0 gets 0. A negative total is split as its positive is. Weights are whole, 0 or more,
 * and not all 0 unless `total` is.
 */
export function allocate(total: Fen, weights: readonly bigint[]): Fen[] {
  let whole = 0n;
  for (const weight of weights) {
    hold(weight >= 0n, "weights are not negative");
    whole += weight;
  }
  if (total === 0n) return weights.map(() => total);
  hold(whole > 0n, "there is nobody to allocate to");
  const size = total < 0n ? -total : total;
  const parts = weights.map((weight) => (size * weight) / whole);
  const rests = weights.map((weight, index) => ({ index, rest: (size * weight) % whole }));
  let left = size - parts.reduce((sum, part) => sum + part, 0n);
  rests.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of rests) {
    if (left === 0n) break;
    parts[index]! += 1n;
    left -= 1n;
  }
  hold(left === 0n, "every fen is allocated");
  return parts.map((part) => (total < 0n ? -part : part) as Fen);
}

function divide(value: bigint, by: bigint, rounding: Rounding): bigint {
  const quotient = value / by;
  const rest = value % by;
  if (rest === 0n || rounding === "down") return quotient;
  const away = value < 0n ? -1n : 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice > by) return quotient + away;
  if (twice < by) return quotient;
  return rounding === "half_up" || quotient % 2n !== 0n ? quotient + away : quotient;
}

// Browsers run this file too, so it asserts by itself and not by node:assert.
function hold(condition: boolean, law: string): void {
  if (!condition) throw new RangeError(law);
}

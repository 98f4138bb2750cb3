/**
 * Money is a whole number of fen (1 CNY = 100 fen) in a bigint, and nothing else. This file refuses
 * floats, other currencies and silent rounding: a division of money names its remainder rule.
 */
declare const fenBrand: unique symbol;

/** An amount of money in fen. Never a float; in JSON a decimal string such as "123456". */
export type Fen = bigint & { readonly [fenBrand]: "fen" };

/** The largest amount the ledger's int8 columns can carry. */
export const FEN_MAX = 9_223_372_036_854_775_807n as Fen;

/** Brands a bigint as fen. Throws a RangeError (a bug of the caller) outside ±FEN_MAX. */
export function fen(amount: bigint | number): Fen {
  const value = BigInt(amount);
  if (value > FEN_MAX || value < -FEN_MAX) throw new RangeError(`amount out of range: ${value}`);
  return value as Fen;
}

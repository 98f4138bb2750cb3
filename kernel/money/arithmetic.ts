/**
 * The few things that are done with amounts: add, subtract, sum, compare. Every result is checked
 * against the range of the ledger's columns, so that an overflow is a thrown bug and never a row.
 */
import { fen } from "./money.ts";
import type { Fen } from "./money.ts";

/** Nothing. */
export const ZERO = 0n as Fen;

/** a + b. */
export function add(a: Fen, b: Fen): Fen {
  return fen(a + b);
}

/** a − b; may be negative. */
export function subtract(a: Fen, b: Fen): Fen {
  return fen(a - b);
}

/** The sum of all; 0 of none. */
export function sum(amounts: Iterable<Fen>): Fen {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return fen(total);
}

/** The smaller of the two. */
export function min(a: Fen, b: Fen): Fen {
  return a < b ? a : b;
}

/** The larger of the two. */
export function max(a: Fen, b: Fen): Fen {
  return a > b ? a : b;
}

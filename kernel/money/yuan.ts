/**
 * Amounts as people type them, in yuan with at most two decimals, to fen and back. It reads digits
 * and refuses everything that could be meant in two ways; how amounts are shown is kernel/words.
 */
import { FEN_MAX } from "./money.ts";
import type { Fen } from "./money.ts";

const YUAN_TEXT = /^(-?)(0|[1-9]\d{0,16}|[1-9]\d{0,2}(?:,\d{3}){1,6})(?:\.(\d{1,2}))?$/;

/**
 * Reads `1234.56`, `1,234.56`, `1234.5`, `1234` or `-0.01` as fen. Undefined for anything else:
 * signs of currency, spaces, full-width digits, commas in wrong places, leading zeros, a third
 * decimal, or more than the ledger can carry.
 */
export function parseYuan(text: string): Fen | undefined {
  const found = YUAN_TEXT.exec(text);
  if (!found) return undefined;
  const [, sign, whole, cents = ""] = found;
  const size = BigInt(whole!.replaceAll(",", "")) * 100n + BigInt(cents.padEnd(2, "0"));
  if (size > FEN_MAX) return undefined;
  return (sign === "-" ? -size : size) as Fen;
}

/** An amount as `parseYuan` reads it back, always with two decimals: `1234.50`. For form fields. */
export function yuanText(amount: Fen): string {
  const size = amount < 0n ? -amount : amount;
  const cents = `${size % 100n}`.padStart(2, "0");
  return `${amount < 0n ? "-" : ""}${size / 100n}.${cents}`;
}

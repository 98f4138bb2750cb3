/**
 * Card numbers: their shape, their check digit, and the ranges they come from (ISO/IEC 7812). It
 * keeps no number and writes none anywhere; what it answers about a number is its first digits, its
 * last four, and the range. Which numbers may be bound at all is decided by the table it is given.
 */
import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";

/** A card number has 12 to 19 digits (ISO/IEC 7812-1; 12 occurs with Maestro). */
const DIGITS = /^[0-9]{12,19}$/;

/** The digits of a number as people type it, with spaces or hyphens; undefined for anything else. */
export function readDigits(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const digits = text.replaceAll(/[ -]/g, "");
  return DIGITS.test(digits) ? digits : undefined;
}

/** The sum of ISO/IEC 7812-1 annex B over all digits, the check digit included. */
function luhnSum(digits: string): number {
  let sum = 0;
  const odd = digits.length % 2;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - 48;
    const doubled = at % 2 === odd ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** True if the last digit checks the others. */
export function luhnHolds(digits: string): boolean {
  return /^[0-9]{2,}$/.test(digits) && luhnSum(digits) % 10 === 0;
}

/** The digit that completes `head`. */
export function luhnDigit(head: string): string {
  return String((10 - (luhnSum(`${head}0`) % 10)) % 10);
}

/** A range of numbers, by its first 6 to 10 digits. */
export interface BinRange {
  readonly prefix: string;
  /** Lengths that occur in it. */
  readonly lengths: readonly number[];
  readonly kind: "debit" | "credit" | "prepaid";
  /** False where numbers of the range need not check: UnionPay has such ranges. */
  readonly luhn: boolean;
}

/** Ranges of numbers, the longest prefix first. */
export class BinTable {
  readonly #byPrefix = new Map<string, BinRange>();
  readonly #lengths: readonly number[];

  constructor(ranges: readonly BinRange[]) {
    for (const range of ranges) {
      if (!/^[0-9]{6,10}$/.test(range.prefix)) throw new Error(`not a range: ${range.prefix}`);
      if (this.#byPrefix.has(range.prefix)) throw new Error(`range twice: ${range.prefix}`);
      this.#byPrefix.set(range.prefix, range);
    }
    this.#lengths = [...new Set(ranges.map(({ prefix }) => prefix.length))].sort((a, b) => b - a);
  }

  /** The range with the longest prefix of the number, or undefined. */
  find(digits: string): BinRange | undefined {
    for (const length of this.#lengths) {
      const found = this.#byPrefix.get(digits.slice(0, length));
      if (found) return found;
    }
    return undefined;
  }
}

/**
 * The ranges of the demonstration. Their country code 999 is one that ISO 3166 leaves to users, so
 * no card of any bank begins like this.
 */
export const DEMO_BINS: readonly BinRange[] = [
  { prefix: "999901", lengths: [19], kind: "debit", luhn: true },
  { prefix: "999902", lengths: [16], kind: "credit", luhn: true },
  { prefix: "99990388", lengths: [16, 19], kind: "prepaid", luhn: false },
];

/** The first digits of the demonstration's payment tokens; no card has them. */
export const DEMO_TOKEN_BIN = "99998801";

/** What may be shown of a card: as PCI DSS 3.4.1 allows. */
export interface CardFace {
  readonly bin: string;
  readonly last4: string;
  readonly kind: BinRange["kind"];
}

/** What a number tells of itself under a table; undefined if it is none of the table's. */
export function readCard(table: BinTable, digits: string): CardFace | undefined {
  const range = table.find(digits);
  if (!range?.lengths.includes(digits.length)) return undefined;
  if (range.luhn && !luhnHolds(digits)) return undefined;
  return { bin: range.prefix.slice(0, 8), last4: digits.slice(-4), kind: range.kind };
}

/**
 * Ties a record to a number without telling it: SHA-256 of salt and digits. The salt lies only
 * inside the sealed card, so without opening that nobody can try numbers; with it gone, nobody ever.
 */
export function commitmentOf(salt: Uint8Array, digits: string): string {
  return createHash("sha256").update(salt).update(Buffer.from(digits)).digest("hex");
}

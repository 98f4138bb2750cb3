/**
 * Finds card numbers in text that people type where none belongs. It has to err towards finding:
 * whatever has the length and the first digits of a scheme's cards counts, and must check by Luhn
 * only where all cards of the scheme do. Ranges as the schemes publish them (ISO/IEC 7812); our own
 * tokens begin with 999988 and are no card numbers.
 */
import { BinTable, DEMO_BINS, luhnHolds, readCard } from "./number.ts";

interface Scheme {
  readonly begins: RegExp;
  readonly lengths: readonly number[];
  /** False where numbers of the scheme need not check: UnionPay has such ranges. */
  readonly luhn: boolean;
}

const SCHEMES: readonly Scheme[] = [
  { begins: /^(62|81)/, lengths: [16, 17, 18, 19], luhn: false },
  { begins: /^4/, lengths: [13, 16, 19], luhn: true },
  { begins: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16], luhn: true },
  { begins: /^3[47]/, lengths: [15], luhn: true },
  { begins: /^3(0[0-5]|095|[689])/, lengths: [14, 16, 19], luhn: true },
  { begins: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19], luhn: true },
  { begins: /^(6011|64[4-9]|65)/, lengths: [16, 17, 18, 19], luhn: true },
  { begins: /^(50|5[6-9]|6)/, lengths: [12, 13, 14, 15, 16, 17, 18, 19], luhn: true },
];
const DEMO = new BinTable(DEMO_BINS);
const DIGITS_MAX = 19;

/** Digits as people write them: together, or in groups with a single sign between. */
const RUN = /\d(?:[ ._:/-]?\d){11,}/g;
const BETWEEN = /[ ._:/-]/;

/**
 * The digits of the first card number in a text, or undefined: any groups side by side may be one,
 * so that an expiry or a date behind it hides nothing. Digits of other scripts' width count as such.
 */
export function cardNumberIn(text: string): string | undefined {
  for (const [run] of text.normalize("NFKC").matchAll(RUN)) {
    const groups = run.split(BETWEEN);
    for (let from = 0; from < groups.length; from += 1) {
      let digits = "";
      let longest: string | undefined;
      for (let to = from; to < groups.length && digits.length < DIGITS_MAX; to += 1) {
        digits += groups[to] ?? "";
        if (looksLikeCard(digits)) longest = digits;
      }
      if (longest !== undefined) return longest;
    }
  }
  return undefined;
}

function looksLikeCard(digits: string): boolean {
  if (readCard(DEMO, digits)) return true;
  return SCHEMES.some(
    ({ begins, lengths, luhn }) =>
      lengths.includes(digits.length) && begins.test(digits) && (!luhn || luhnHolds(digits)),
  );
}

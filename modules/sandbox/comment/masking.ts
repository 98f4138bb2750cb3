/**
 * Numbers that nobody should publish about himself or others: what looks like a card number, an
 * identity number or a mobile number in a text is masked before the text is kept. Pure. It errs
 * towards masking; credit codes of institutions, which check as such, stay readable.
 */
import { maskCard, maskIdNumber, maskPhone } from "@sandbank/kernel/words";
import { usccChecks } from "../declaration/identifier.ts";

/** A run of 13 to 19 digits, single blanks or dashes between them. */
const CARD = /(?<![0-9A-Za-z])\d(?:[ -]?\d){12,18}(?![0-9A-Za-z])/g;
/** GB 11643: region, day of birth, sequence, check character; the older kind has 15 digits. */
const IDENTITY =
  /(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])/g;
const MOBILE = /(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g;

/** From a full-width digit to the plain one. */
const FULL_WIDTH = 0xfee0;

/** The text with such numbers masked. */
export function maskNumbersIn(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - FULL_WIDTH))
    .replace(IDENTITY, (found) => maskIdNumber(found))
    .replace(CARD, (found) => {
      const digits = found.replace(/\D/g, "");
      return usccChecks(found) ? found : isCard(digits) ? maskCard(digits) : found;
    })
    .replace(MOBILE, (found) => maskPhone(found));
}

/** The check digit of ISO/IEC 7812, or one of the heads that cards here begin with. */
function isCard(digits: string): boolean {
  return /^(62|9999)/.test(digits) || luhn(digits);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (const [at, digit] of [...digits].toReversed().entries()) {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/**
 * Numbers that nobody should publish about himself or others, masked before a text is kept: card
 * numbers, resident identity numbers and mobile numbers, however they are grouped. Pure. It errs
 * towards masking: thirteen digits or more that may be one number go, but for credit codes of
 * institutions, which check as such; dates and sums beside a number are not taken for a part of it.
 */
import { maskCard, maskIdNumber, maskPhone } from "@sandbank/kernel/words";
import { usccChecks } from "../declaration/identifier.ts";

/** From a full-width sign to the plain one. */
const FULL_WIDTH = 0xfee0;
const FULL_WIDTH_SIGNS = /[０-９Ｘｘ]/g;

/** What may stand within one number: blanks, dashes, dots, strokes, signs that nobody sees. */
const GAP = String.raw`[\p{Zs}\p{Pd}\p{Cf}\t._．·•‧/\\|~～]{0,3}`;
/** A number begins where no digit goes before, nor what an earlier mask has left; so it ends. */
const BEGIN = String.raw`(?<!\d|\*{4} ?)`;
const END = String.raw`(?![\d*])`;

/** Thirteen digits or more, with the X that may end an identity number. */
const LONG = new RegExp(
  String.raw`${BEGIN}(\d(?:${GAP}\d){12,})${END}(${GAP}[Xx](?![A-Za-z]))?`,
  "gu",
);
/** Groups of four with one sign of any kind between them; a list looks alike, so it must check. */
const GROUPED = new RegExp(
  String.raw`${BEGIN}\d{4}([^\p{L}\p{N}*]{1,3})\d{4}\1\d{4}(?:\1\d{1,4}){1,2}${END}`,
  "gu",
);
const MOBILE = new RegExp(String.raw`${BEGIN}1[3-9]\d(?:${GAP}\d{4}){2}${END}`, "gu");

const DATE = String.raw`(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])`;
/** A date, a mobile number or a sum, which stands for itself although digits stand beside it. */
const APART = new RegExp(
  String.raw`(?<!\d|\d\.)(${DATE}|1[3-9]\d{9}|\d{1,12}\.\d\d)(?!\d|\.\d)`,
  "g",
);

const BORN = String.raw`(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;
/** GB 11643: region, day of birth, sequence, check character; the older kind has 15 digits. */
const IDENTITY = new RegExp(
  String.raw`^[1-9]\d{5}(?:(?:18|19|20)\d\d${BORN}\d{3}[\dX]|\d\d${BORN}\d{3})$`,
);
const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const IDENTITY_CHECKS = "10X98765432";

/** Where a credit code may stand. */
const EIGHTEEN = /(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])/g;

/** The text with such numbers masked and its digits plain. Masking it again changes nothing. */
export function maskNumbersIn(text: string): string {
  const plain = text.replaceAll(FULL_WIDTH_SIGNS, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH),
  );
  let masked = "";
  let from = 0;
  for (const { 0: code, index } of plain.matchAll(EIGHTEEN)) {
    if (!isCreditCode(code.toUpperCase())) continue;
    masked += maskBetween(plain.slice(from, index)) + code;
    from = index + code.length;
  }
  return masked + maskBetween(plain.slice(from));
}

/**
 * GB 32100, and not rather a number of a person: of two readings the one that needs masking holds.
 * Codes of that standard that begin with 62 belong to offices of a kind that has no such business.
 */
function isCreditCode(code: string): boolean {
  return usccChecks(code) && !/^62\d+$/.test(code) && !identityChecks(code);
}

function identityChecks(number: string): boolean {
  if (!IDENTITY.test(number)) return false;
  const sum = IDENTITY_WEIGHTS.reduce((total, by, at) => total + by * Number(number[at]), 0);
  return IDENTITY_CHECKS[sum % 11] === number[17];
}

/** What stands between credit codes, masked. */
function maskBetween(text: string): string {
  return text
    .replaceAll(LONG, maskLong)
    .replaceAll(GROUPED, (found) => (isCard(digitsOf(found)) ? maskCard(found) : found))
    .replaceAll(MOBILE, (found) => maskPhone(found));
}

function maskLong(found: string, run: string, x = ""): string {
  const digits = digitsOf(run);
  const number = `${digits}${x.slice(-1)}`;
  if (IDENTITY.test(number.toUpperCase())) return maskIdNumber(number);
  if (/^(?:00)?861[3-9]\d{9}$/.test(digits)) return `86 ${maskPhone(digits)}${x}`;
  // Every third part is the separator that a date was written with.
  const parts = run.split(APART).filter((_, at) => at % 3 < 2);
  const isOneNumber = parts.length === 1 || (parts.some(isLoose) && isCard(digits));
  return (isOneNumber ? maskCard(run) : parts.map(maskPart).join("")) + x;
}

/** Whether digits stand in a part that nothing sets apart; parts of both kinds take turns. */
function isLoose(part: string, at: number): boolean {
  return at % 2 === 0 && /\d/.test(part);
}

function maskPart(part: string, at: number): string {
  if (at % 2 === 0) return maskBetween(part);
  return /^1\d{10}$/.test(part) ? maskPhone(part) : part;
}

/** 13 to 19 digits with the check digit of ISO/IEC 7812, or a head that cards here begin with. */
function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19) return false;
  return /^(?:62|9999)/.test(digits) || luhn(digits);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (const [at, digit] of [...digits].toReversed().entries()) {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, "");
}

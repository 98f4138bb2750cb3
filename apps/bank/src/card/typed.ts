/** A card as it is typed from its front: digits with blanks, and month and year as they are printed. */

const NUMBER = /^\d{12,19}$/;
const PRINTED = /^(0?[1-9]|1[0-2])\s*[/.-]\s*(?:20)?(\d{2})$/;

/** The digits of a number as people type it, or undefined. Nothing of it is kept here. */
export function readNumber(typed: string): string | undefined {
  const digits = typed.normalize("NFKC").replaceAll(/[\s-]/g, "");
  return NUMBER.test(digits) ? digits : undefined;
}

/** `12/30`, `12/2030` or `1-30` as `2030-12`, or undefined. */
export function readExpiry(typed: string): string | undefined {
  const [, month = "", year] = PRINTED.exec(typed.normalize("NFKC").trim()) ?? [];
  return year === undefined ? undefined : `20${year}-${month.padStart(2, "0")}`;
}

/** A range of the demonstration, which no card of any bank has. */
const DEMO_RANGE = "999902";
/** Digits that are drawn between the range and the check digit. */
export const DEMO_DRAWN = 9;

/** The check digit after ISO/IEC 7812-1: every second digit doubled from the right, tens cast out. */
function checkDigit(digits: string): number {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** A card of the demonstration, by nine drawn bytes: `9999 0212 3456 7890`. */
export function demoNumber(drawn: Uint8Array): string {
  const digits = DEMO_RANGE + [...drawn.subarray(0, DEMO_DRAWN)].map((one) => one % 10).join("");
  return `${digits}${checkDigit(digits)}`.replaceAll(/(.{4})(?=.)/g, "$1 ");
}

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

/** Card numbers for this world's customers: of the demonstration's credit range, which no bank uses. */

const RANGE = "999902";

/** The nth number of the range, with its check digit (ISO/IEC 7812-1, annex B); n has up to 9 digits. */
export function demoCardNumber(n: number): string {
  const head = `${RANGE}${String(n).padStart(9, "0")}`;
  let sum = 0;
  for (const [place, sign] of [...head].toReversed().entries()) {
    const digit = Number(sign) * (place % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${head}${(10 - (sum % 10)) % 10}`;
}

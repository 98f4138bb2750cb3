/** A customer of the bank as a plan draws him: who he is, his card, his money, and his token's bounds. */

/** Hours in which a token with a grid may be used: 08:00 to 21:59. */
export const OPEN_HOURS = { from: 8, to: 22 } as const;

/** What a customer's token is there to show; most are ordinary. */
export type Trait = "ordinary" | "night" | "small" | "day" | "sleeper" | "filler";

export interface Customer {
  readonly holder: string;
  readonly card: string;
  readonly trait: Trait;
  /** The holder's bound on one payment, or on a day, where the trait has one. */
  readonly bound: bigint;
  readonly funds: bigint;
}

/** Pages of the bank's app show examples of the numbers before it. */
const FIRST_CARD = 1_000;

/** A card number of the demonstration's credit range, which no bank uses, with its check digit. */
export function cardNumber(at: number): string {
  const head = `999902${String(FIRST_CARD + at).padStart(9, "0")}`;
  let sum = 0;
  for (const [place, sign] of [...head].toReversed().entries()) {
    const digit = Number(sign) * (place % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${head}${(10 - (sum % 10)) % 10}`;
}

/** A customer of the bank as a plan draws him: who he is, his card, his money, and his token's bounds. */
import { demoCardNumber } from "@sandbank/world";

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

/** The number of the nth customer's card. */
export function cardNumber(at: number): string {
  return demoCardNumber(FIRST_CARD + at);
}

/**
 * The payments by token of a year: who buys what in which month, and what becomes of it. Pure: the
 * same seed is the same year, and it foretells what both strangers are owed at the end of each month.
 */
import { FARSAIL, LANTERN } from "@sandbank/world";
import { type Draw, drawFrom } from "../draw.ts";
import { cardNumber, type Customer } from "../customer.ts";

export const SHOPS = [FARSAIL, LANTERN] as const;

/** One payment of a month. */
export interface Payment {
  readonly number: string;
  readonly customer: number;
  readonly shop: number;
  readonly article: number;
  readonly amount: bigint;
  readonly fate: "kept" | "voided" | "part_refunded" | "unknown_token";
}

/** Payments of one month, and what is not given back of all months so far. */
export interface PaymentMonth {
  readonly nth: number;
  readonly payments: readonly Payment[];
  readonly outstanding: bigint;
  /** What went through in the month, in fen. */
  readonly taken: bigint;
}

export interface PaymentYear {
  readonly customers: readonly Customer[];
  readonly months: readonly PaymentMonth[];
}

const FATES: readonly (readonly [Payment["fate"], number])[] = [
  ["kept", 80],
  ["voided", 7],
  ["part_refunded", 10],
  ["unknown_token", 3],
];
const PER_CUSTOMER = 12;

/** What comes back where a part of a payment is refunded. */
export function thirdOf({ amount: whole }: Payment): bigint {
  return whole / 3n;
}

function backOf(one: Payment): bigint {
  if (one.fate === "voided" || one.fate === "unknown_token") return one.amount;
  return one.fate === "part_refunded" ? thirdOf(one) : 0n;
}

export function paymentsOf(of: {
  readonly seed: number;
  readonly size: number;
  readonly months: readonly string[];
}): PaymentYear {
  const { seed, months } = of;
  const count = Math.max(5, Math.floor(of.size / 2));
  const people = Math.max(5, Math.ceil(count / PER_CUSTOMER));
  const draw = drawFrom(seed);
  let outstanding = 0n;
  const lived = months.map((month, at): PaymentMonth => {
    const payments = Array.from({ length: count }, (_, one) => drawn(draw, { month, one, people }));
    const kept = payments.map((one) => one.amount - backOf(one));
    const taken = kept.reduce((sum, amount) => sum + amount, 0n);
    outstanding += taken;
    return { nth: at + 1, payments, outstanding, taken };
  });
  const all = lived.flatMap(({ payments }) => payments);
  const customers = Array.from({ length: people }, (_, at) => ({
    holder: `year-${seed}-${String(at).padStart(3, "0")}`,
    card: cardNumber(at),
    ...{ trait: "ordinary" as const, bound: 0n },
    funds: all.reduce((sum, one) => (one.customer === at ? sum + one.amount : sum), 100n),
  }));
  return { customers, months: lived };
}

function drawn(
  draw: Draw,
  of: { readonly month: string; readonly one: number; readonly people: number },
): Payment {
  const shop = draw.below(SHOPS.length);
  return {
    number: `${of.month}-${String(of.one + 1).padStart(4, "0")}`,
    ...{ customer: draw.below(of.people), shop },
    article: draw.below(SHOPS[shop]?.articles.length ?? 1),
    amount: BigInt(900 + draw.below(40_000)),
    fate: draw.weighted(FATES),
  };
}

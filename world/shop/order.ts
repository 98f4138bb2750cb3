/**
 * An order of a shop and how it stands, in the shop's own words. Amounts are bigint fen inside and
 * decimal strings in files. It decides nothing about the bank: an order stands as the bank answered.
 *
 *   placed ──▶ authorised ──▶ part_captured ──▶ captured (refunds from both)
 *      │           │  └─────▶ voided
 *      └▶ declined └────────▶ expired
 */

export type OrderState =
  | "placed"
  | "declined"
  | "authorised"
  | "part_captured"
  | "captured"
  | "voided"
  | "expired";

/** What a customer puts into the basket. */
export interface Basket {
  /** The shop's own number of the order: every key that goes to the bank is derived from it. */
  readonly number: string;
  readonly token: string;
  readonly amount: bigint;
  readonly article: string;
  readonly merchant: string;
  readonly mcc: string;
  readonly channel: string;
  readonly scene: string;
}

/** One act of the shop on an order, and what the bank said. */
export interface Deed {
  readonly verb: "capture" | "void" | "refund";
  readonly amount: bigint;
  /** Code of the bank's "no"; absent if it was done. */
  readonly code?: string;
}

export interface Order extends Basket {
  readonly state: OrderState;
  readonly captured: bigint;
  readonly refunded: bigint;
  /** The bank's id of the payment. */
  readonly payment?: string;
  /** Why it was declined, as the bank told it. */
  readonly code?: string;
  /** When each message about it was first sent, by its type, where a message says so. */
  readonly times?: Readonly<Record<string, string>>;
  /** By the key under which each act was sent. */
  readonly deeds: Readonly<Record<string, Deed>>;
}

export function placed(basket: Basket): Order {
  return { ...basket, state: "placed", captured: 0n, refunded: 0n, deeds: {} };
}

/** What the bank still holds for the order. */
export function heldOf(order: Order): bigint {
  const open = order.state === "authorised" || order.state === "part_captured";
  return open ? order.amount - order.captured : 0n;
}

/** What the bank owes for the order. */
export function owedOf(order: Order): bigint {
  return order.captured - order.refunded;
}

/** Reads an order from a book's file. */
export function readOrder(kept: unknown): Order {
  const row = kept as Record<string, string> & { deeds: Record<string, Record<string, string>> };
  const deeds = Object.entries(row.deeds).map(([key, deed]) => {
    return [key, { ...deed, amount: BigInt(deed["amount"] ?? "0") }];
  });
  return {
    ...(row as unknown as Order),
    amount: BigInt(row["amount"] ?? "0"),
    captured: BigInt(row["captured"] ?? "0"),
    refunded: BigInt(row["refunded"] ?? "0"),
    deeds: Object.fromEntries(deeds) as Record<string, Deed>,
  };
}

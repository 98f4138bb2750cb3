/**
 * Thirty days of payments by token, near every cap of the pilot: drawn day by day, with what each
 * order becomes and why each "no" is said. On some days the cap of the whole pilot is reached to the
 * fen; every day one customer reaches his own. Pure.
 */
import assert from "node:assert/strict";
import { FARSAIL, LANTERN } from "@sandbank/world";
import type { Trait } from "../customer.ts";
import type { Draw } from "../draw.ts";

export const BUSINESS_DAYS = 30;
/** The day of business on which USE is suspended from nine in the morning until six. */
export const SUSPENDED_DAY = 20;
/** Days of business on which the cap of the pilot's day is reached to the fen. */
export const FULL_DAYS: readonly number[] = [10, 25, 30];
/** The day of business in whose morning cards are replaced: one in twenty. */
export const REPLACED_DAY = 24;
/** Caps that the declaration states, in fen; those of a day and of customers follow from the plan. */
export const CAPS = { payment: 500_000n, customerDay: 800_000n } as const;
/** A bound that a tenth of the holders set on one payment; above every ordinary one. */
const BOUND_FEN = 60_000n;
/** Money on a card beyond what its holder buys in the thirty days, so that only limits refuse him. */
const SPARE_FEN = 800_123n;
/** How far the day's cap lies above the busiest day's ordinary payments, in fen. */
const ROOM_FEN = 50_000n;

/** What becomes of an order that is authorised, or why it is not. */
export type Fate =
  | ("kept" | "parts" | "voided" | "part_refunded" | "next_day" | "expires")
  | "unknown_token"
  | "above_bound"
  | "above_payment"
  | "customer_full"
  | "pilot_full"
  | "class_closed"
  | "card_lost";

export interface Order {
  readonly number: string;
  readonly customer: number;
  readonly shop: number;
  readonly article: number;
  readonly amount: bigint;
  readonly fate: Fate;
}

/** A card that is lost and replaced: what its holder tries in between, and what he buys after it. */
export interface Replacing {
  readonly customer: number;
  readonly lost: Order;
  readonly after: Order;
}

/** One day of business in its order: what is bought, what fills the day, what is then refused. */
export interface BusinessDay {
  /** From 1. */
  readonly nth: number;
  /** In the morning. */
  readonly replacing: readonly Replacing[];
  readonly orders: readonly Order[];
  /** Sold one after the other, and after them one fen too much. */
  readonly fill: readonly Order[];
  /** Use of the pilot's cap of the day at its end, in fen. */
  readonly used: bigint;
}

export interface Business {
  readonly days: readonly BusinessDay[];
  readonly traits: readonly Trait[];
  readonly bound: bigint;
  /** The pilot's cap of a day, in fen. */
  readonly dayCap: bigint;
  /** Authorised on the eve of the exit, and finished in it. */
  readonly inFlight: readonly Order[];
}

const SHOPS = [FARSAIL, LANTERN] as const;

const FATES: readonly (readonly [Fate, number])[] = [
  ["kept", 70],
  ["parts", 8],
  ["voided", 6],
  ["part_refunded", 8],
  ["next_day", 3],
  ["expires", 3],
  ["unknown_token", 1],
  ["above_bound", 1],
];

const DECLINED: readonly Fate[] = [
  ...(["unknown_token", "above_bound", "above_payment"] as const),
  ...(["customer_full", "pilot_full", "class_closed", "card_lost"] as const),
];

export function isDeclined({ fate }: Order): boolean {
  return DECLINED.includes(fate);
}

/** What comes back where a part of a payment is refunded, or is taken first where it is in parts. */
export function thirdOf({ amount: whole }: Pick<Order, "amount">): bigint {
  return whole / 3n;
}

/** What the shop has in the end: captured, and of it refunded; fen. */
export function takenOf(order: Order): { readonly captured: bigint; readonly refunded: bigint } {
  const captured = ["kept", "parts", "part_refunded", "next_day"].includes(order.fate);
  if (!captured) return { captured: 0n, refunded: 0n };
  const refunded = order.fate === "part_refunded" ? thirdOf(order) : 0n;
  return { captured: order.amount, refunded };
}

/** What an order leaves of the day's cap used at the end of its day, in fen. */
function usedBy(order: Order): bigint {
  if (isDeclined(order) || order.fate === "voided") return 0n;
  return order.amount - takenOf(order).refunded;
}

export function businessOf(draw: Draw, size: number): Business {
  const traits = Array.from({ length: size }, (_, at): Trait => {
    return at % 10 === 3 ? "small" : "ordinary";
  });
  const drawn = Array.from({ length: BUSINESS_DAYS }, (_, at) =>
    ordersOf(draw, { nth: at + 1, traits }),
  );
  const replacing = replacingOf(draw, traits);
  const mornings = drawn.map((_, at) => (at + 1 === REPLACED_DAY ? replacing : []));
  const gross = drawn.map((orders, at) =>
    sum([...purchasesOf(mornings[at] ?? []), ...orders].filter((one) => !isDeclined(one))),
  );
  const dayCap = gross.reduce((most, one) => (one > most ? one : most), 0n) + ROOM_FEN;
  const days = drawn.map((orders, at): BusinessDay => {
    const [nth, morning] = [at + 1, mornings[at] ?? []];
    const all = [...purchasesOf(morning), ...orders];
    const used = all.reduce((total, one) => total + usedBy(one), 0n);
    const day = { nth, replacing: morning, orders };
    if (!FULL_DAYS.includes(nth)) return { ...day, fill: [], used };
    const fill = fillOf({ nth, traits, left: dayCap - used, orders });
    return { ...day, fill, used: dayCap };
  });
  return { days, traits, bound: BOUND_FEN, dayCap, inFlight: inFlightOf(draw, traits) };
}

const purchasesOf = (replacing: readonly Replacing[]) =>
  replacing.flatMap(({ lost, after }) => [lost, after]);

/** One in twenty customers loses his card and gets another. */
function replacingOf(draw: Draw, traits: readonly Trait[]): Replacing[] {
  const heavy = heavyOf({ nth: REPLACED_DAY, traits });
  const those = [...traits.keys()].filter((at) => at % 20 === 5 && at !== heavy);
  return those.map((customer, at): Replacing => {
    const name = `D${REPLACED_DAY}-C${String(at + 1).padStart(3, "0")}`;
    const amount = BigInt(1_000 + draw.below(40_000));
    const order = { customer, shop: at % SHOPS.length, article: 0, amount };
    return {
      customer,
      lost: { ...order, number: `${name}-lost`, fate: "card_lost" },
      after: { ...order, number: `${name}-after`, fate: "kept" },
    };
  });
}

/** One of fifty customers has a payment under way when the pilot leaves; of three, each ends otherwise. */
function inFlightOf(draw: Draw, traits: readonly Trait[]): Order[] {
  const count = Math.max(6, Math.floor(traits.length / 50));
  const fates = ["kept", "voided", "expires"] as const;
  return shuffled(draw, traits.length)
    .slice(0, count)
    .map((customer, at): Order => {
      const shop = draw.below(SHOPS.length);
      const article = draw.below(SHOPS[shop]?.articles.length ?? 1);
      const amount = BigInt(1_000 + draw.below(40_000));
      const fate = fates[at % fates.length] ?? "kept";
      return {
        number: `X-${String(at + 1).padStart(4, "0")}`,
        customer,
        shop,
        article,
        amount,
        fate,
      };
    });
}

const sum = (orders: readonly Order[]) => orders.reduce((total, { amount }) => total + amount, 0n);

interface OfDay {
  readonly nth: number;
  readonly traits: readonly Trait[];
}

/** One in three of the customers buys something; one more takes his own day to its cap. */
function ordersOf(draw: Draw, { nth, traits }: OfDay): Order[] {
  const heavy = heavyOf({ nth, traits });
  const people = shuffled(draw, traits.length).filter((one) => one !== heavy);
  const buyers = people.slice(0, Math.max(5, Math.floor(traits.length / 3)));
  const isClosed = nth === SUSPENDED_DAY;
  const orders = buyers.map((customer, at): Order => {
    const shop = draw.below(SHOPS.length);
    const article = draw.below(SHOPS[shop]?.articles.length ?? 1);
    const amount = BigInt(1_000 + draw.below(40_000));
    const drawn = fateOf(draw, traits[customer] ?? "ordinary");
    // One payment at least waits for its capture when the pilot is suspended.
    const fate = nth === SUSPENDED_DAY - 1 && at === 0 ? "next_day" : drawn;
    const order = { number: numberOf(nth, at), customer, shop, article, amount, fate };
    if (isClosed) return { ...order, fate: "class_closed" };
    return fate === "above_bound" ? { ...order, amount: BOUND_FEN + 1n } : order;
  });
  return isClosed ? orders : [...orders, ...heavyOrders(nth, heavy)];
}

/** Only who has set a bound can exceed it. */
function fateOf(draw: Draw, trait: Trait): Fate {
  const fate = draw.weighted(FATES);
  return fate === "above_bound" && trait !== "small" ? "kept" : fate;
}

const numberOf = (nth: number, at: number) =>
  `D${String(nth).padStart(2, "0")}-${String(at + 1).padStart(4, "0")}`;

/** An ordinary customer, another one each day. */
function heavyOf({ nth, traits }: OfDay): number {
  const at = (nth * 7 + 1) % traits.length;
  return traits[at] === "small" ? (at + 1) % traits.length : at;
}

/** To the customer's cap in two payments; above the cap of one, and one fen above the day's. */
function heavyOrders(nth: number, customer: number): Order[] {
  const all: readonly (readonly [string, bigint, Fate])[] = [
    ["H1", CAPS.payment, "kept"],
    ["H2", CAPS.payment + 1n, "above_payment"],
    ["H3", CAPS.customerDay - CAPS.payment, "kept"],
    ["H4", 1n, "customer_full"],
  ];
  return all.map(([name, amount, fate]) => {
    const number = `D${String(nth).padStart(2, "0")}-${name}`;
    return { number, customer, shop: 0, article: 0, amount, fate };
  });
}

/** All that is left of the day's cap, by customers who have bought nothing; then one fen more. */
function fillOf(
  of: OfDay & { readonly left: bigint; readonly orders: readonly Order[] },
): readonly Order[] {
  const { nth, traits, orders } = of;
  const busy = new Set(orders.map(({ customer }) => customer));
  const idle = [...traits.keys()].filter((at) => traits[at] === "ordinary" && !busy.has(at));
  const fill: Order[] = [];
  for (let left = of.left; left > 0n;) {
    const amount = left < CAPS.payment ? left : CAPS.payment;
    fill.push(filling(nth, { customer: idle[fill.length], at: fill.length, amount, fate: "kept" }));
    left -= amount;
  }
  const customer = idle[fill.length];
  return [...fill, filling(nth, { customer, at: fill.length, amount: 1n, fate: "pilot_full" })];
}

function filling(
  nth: number,
  of: {
    readonly customer: number | undefined;
    readonly at: number;
    readonly amount: bigint;
    readonly fate: Fate;
  },
): Order {
  const { customer, at, amount, fate } = of;
  assert(customer !== undefined, "enough customers are left to fill a day");
  const number = `D${String(nth).padStart(2, "0")}-F${String(at + 1).padStart(3, "0")}`;
  return { number, customer, shop: 1, article: 0, amount, fate };
}

function shuffled(draw: Draw, length: number): number[] {
  const all = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at--) {
    const other = draw.below(at + 1);
    [all[at], all[other]] = [all[other] ?? 0, all[at] ?? 0];
  }
  return all;
}

/** Every order of a day, in its order. */
export function ordersOfDay({ replacing, orders, fill }: BusinessDay): readonly Order[] {
  return [...purchasesOf(replacing), ...orders, ...fill];
}

/** Every order of the thirty days. */
export function ordersOfAll({ days }: Pick<Business, "days">): readonly Order[] {
  return days.flatMap(ordersOfDay);
}

/** What each customer needs on his card so that only limits ever refuse him, in fen. */
export function fundsOf(business: Pick<Business, "days" | "traits">): readonly bigint[] {
  const funds = business.traits.map(() => SPARE_FEN);
  for (const order of ordersOfAll(business)) {
    if (isDeclined(order)) continue;
    funds[order.customer] = (funds[order.customer] ?? 0n) + order.amount;
  }
  return funds;
}

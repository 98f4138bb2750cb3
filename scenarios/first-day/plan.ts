/**
 * The plan of a first day, drawn from a seed: who buys what, when, for how much, and what becomes of
 * it. Pure: the same seed and size give the same plan, so a day that was cut short goes on where it
 * stopped. It also foretells every answer and the use of the pilot's cap, which the day then checks.
 */
import assert from "node:assert/strict";
import { FARSAIL, LANTERN, type ShopFront } from "@sandbank/world";
import { cardNumber, type Customer, OPEN_HOURS, type Trait } from "../customer.ts";
import { type Draw, drawFrom } from "../draw.ts";

/** Steps of a day: one for each half hour. */
export const STEPS = 48;
/** The steps in which the supervisor has closed USE: 13:00 and 13:30. */
export const CLOSED_STEPS: readonly number[] = [26, 27];
/** A token that its holder puts to sleep lies still from 10:00 to 16:00. */
export const ASLEEP = { from: 20, to: 32 } as const;
/** Caps of the pilot's terms, in fen. */
export const PILOT_DAY_FEN = 100_000_000n;
export const PAYMENT_FEN = 500_000n;
export const CUSTOMER_DAY_FEN = 2_000_000n;
/** The mean that the demonstration's cap leaves to each of 5,000 payments. */
const MEAN_FEN = 20_000n;

/** Why a payment is declined, as its holder reads it; `class_closed` is all that anybody reads. */
export type Reason =
  | "token_hour_closed"
  | "token_payment_amount_exceeded"
  | "token_day_amount_exceeded"
  | "token_unknown"
  | "token_suspended"
  | "class_closed";

interface OfCustomer {
  readonly step: number;
  readonly customer: number;
}

/** One act, in the order in which its customer's acts happen. */
export type Act = OfCustomer &
  (
    | {
        readonly verb: "order";
        readonly number: string;
        readonly shop: number;
        readonly article: number;
        readonly amount: bigint;
        readonly reason: Reason | undefined;
      }
    | {
        readonly verb: "capture";
        readonly number: string;
        readonly shop: number;
        readonly part: number;
        readonly amount: bigint;
        readonly final: boolean;
      }
    | { readonly verb: "void"; readonly number: string; readonly shop: number }
    | {
        readonly verb: "refund";
        readonly number: string;
        readonly shop: number;
        readonly amount: bigint;
      }
    | { readonly verb: "suspend" | "resume" }
  );

export interface Plan {
  readonly seed: number;
  readonly payments: number;
  /** The cap under which the day runs; below the terms' own it is a restriction, by two. */
  readonly cap: bigint;
  readonly shops: readonly ShopFront[];
  readonly customers: readonly Customer[];
  /** By step. */
  readonly steps: readonly (readonly Act[])[];
  /** Use of the cap after each step. */
  readonly used: readonly bigint[];
  /** What is left for the last minute, in payments of at most the cap of one: the last is 1 fen. */
  readonly fill: readonly { readonly customer: number; readonly amount: bigint }[];
  /** How many orders each fate and reason has. */
  readonly counts: ReadonlyMap<string, number>;
}

type Fate = "kept" | "parts" | "short" | "voided" | "part_refunded" | "refunded" | "expires";

const FATES: readonly (readonly [Fate, number])[] = [
  ["kept", 62],
  ["parts", 10],
  ["short", 5],
  ["voided", 7],
  ["part_refunded", 7],
  ["refunded", 5],
  ["expires", 4],
];
/** Of 1,000 payments, how many are made to be declined. */
const DECLINED_PER_MILLE = 50;
const REASONS: readonly (readonly [Exclude<Reason, "class_closed">, number])[] = [
  ["token_hour_closed", 1],
  ["token_payment_amount_exceeded", 1],
  ["token_day_amount_exceeded", 1],
  ["token_unknown", 1],
  ["token_suspended", 1],
];
const TRAIT_OF: Readonly<Record<Exclude<Reason, "class_closed">, Trait>> = {
  token_hour_closed: "night",
  token_payment_amount_exceeded: "small",
  token_day_amount_exceeded: "day",
  token_unknown: "ordinary",
  token_suspended: "sleeper",
};
/** How busy each hour is. */
const HOURS = [3, 2, 1, 1, 1, 2, 5, 9, 14, 17, 18, 20, 22, 4, 16, 15, 15, 17, 20, 21, 19, 15, 9, 5];
/** The last step of the day's own payments; the day's token is exhausted after `DAY_LAST`. */
const LAST = STEPS - 2;
const DAY_LAST = 38;

interface Drawn {
  readonly number: string;
  readonly step: number;
  readonly customer: number;
  readonly shop: number;
  readonly article: number;
  readonly fate: Fate;
  readonly reason: Reason | undefined;
  /** Thousandths of the mean. */
  readonly weight: number;
  /** Steps until the first and the second act after it. */
  readonly later: readonly [number, number];
}

const SHOPS = [FARSAIL, LANTERN] as const;

/** Draws the plan. `payments` from 100 to 100,000. */
export function planDay(asked: { readonly seed: number; readonly payments: number }): Plan {
  const { seed, payments } = asked;
  assert(payments >= 100 && payments <= 100_000, "a day has 100 to 100,000 payments");
  const draw = drawFrom(seed);
  const full = BigInt(payments) * MEAN_FEN;
  const cap = full < PILOT_DAY_FEN ? full : PILOT_DAY_FEN;
  const traits = traitsOf(Math.max(15, Math.ceil(payments / 25)));
  const drawn = Array.from({ length: payments }, (_, at) => drawOne(draw, { at, traits }));
  const scale = scaleOf(drawn, cap);
  const amounts = drawn.map((one) => amountOf(one, scale));
  const bounds = boundsOf(traits, { drawn, amounts });
  const acts = drawn.flatMap((one, at) => actsOf(one, { amount: amounts[at] ?? 0n, bounds }));
  const naps = traits.flatMap((trait, customer) => (trait === "sleeper" ? napOf(customer) : []));
  const steps = Array.from({ length: STEPS }, (_, step) =>
    [...naps, ...acts].filter((act) => act.step === step),
  );
  const used = useOf(steps, cap);
  const fillers = fillOf(cap - (used.at(-1) ?? 0n), traits.length);
  const gross = grossOf(acts, traits.length);
  const customers = [...traits, ...fillers.traits].map((trait, at) => ({
    holder: `first-day-${seed}-${String(at).padStart(4, "0")}`,
    card: cardNumber(at),
    ...{ trait, bound: bounds[at] ?? 0n },
    funds: (gross[at] ?? 0n) + CUSTOMER_DAY_FEN,
  }));
  const counts = new Map<string, number>();
  for (const { reason, fate } of drawn) {
    counts.set(reason ?? fate, (counts.get(reason ?? fate) ?? 0) + 1);
  }
  return { seed, payments, cap, shops: SHOPS, customers, steps, used, fill: fillers.fill, counts };
}

function traitsOf(count: number): Trait[] {
  const special: readonly Trait[] = ["night", "small", "day", "sleeper"];
  return Array.from({ length: count }, (_, at) => special[at % 10] ?? "ordinary");
}

function drawOne(
  draw: Draw,
  of: { readonly at: number; readonly traits: readonly Trait[] },
): Drawn {
  const { at, traits } = of;
  const isDeclined = draw.below(1_000) < DECLINED_PER_MILLE;
  const aimed = isDeclined ? draw.weighted(REASONS) : undefined;
  const trait = aimed === undefined ? undefined : TRAIT_OF[aimed];
  const those = [...traits.keys()].filter((one) => trait === undefined || traits[one] === trait);
  const customer = those[draw.below(those.length)] ?? 0;
  const step = stepFor(draw, { trait: traits[customer] ?? "ordinary", aimed });
  const shop = draw.below(SHOPS.length);
  const articles = SHOPS[shop]?.articles.length ?? 1;
  const isDay = traits[customer] === "day";
  return {
    number: `${shop === 0 ? "F" : "L"}-${String(at + 1).padStart(6, "0")}`,
    ...{ step, customer, shop, article: draw.below(articles) },
    fate: isDay ? "kept" : draw.weighted(FATES),
    reason: CLOSED_STEPS.includes(step) ? "class_closed" : aimed,
    weight: 200 + draw.below(1_600),
    later: [draw.below(7), 1 + draw.below(6)],
  };
}

/** A step that fits the trait: refused payments fall where they are refused, others where not. */
function stepFor(
  draw: Draw,
  of: { readonly trait: Trait; readonly aimed: Reason | undefined },
): number {
  const fits = (step: number): boolean => {
    const hour = step >> 1;
    if (step > LAST) return false;
    if (of.trait === "night") {
      const open = hour >= OPEN_HOURS.from && hour < OPEN_HOURS.to;
      return open === (of.aimed === undefined);
    }
    if (of.trait === "sleeper") {
      const asleep = step >= ASLEEP.from && step < ASLEEP.to && !CLOSED_STEPS.includes(step);
      return asleep === (of.aimed !== undefined);
    }
    if (of.trait === "day") return step > DAY_LAST === (of.aimed !== undefined);
    return of.aimed === undefined || !CLOSED_STEPS.includes(step);
  };
  const steps = Array.from({ length: STEPS }, (_, step) => step).filter(fits);
  return draw.weighted(steps.map((step) => [step, HOURS[step >> 1] ?? 1] as const));
}

/** Fen to a thousandth of weight, so that the day's worst moment stays at 97 % of the cap. */
function scaleOf(drawn: readonly Drawn[], cap: bigint): bigint {
  const unit = 1_000n;
  const acts = drawn.flatMap((one) => actsOf(one, { amount: amountOf(one, unit), bounds: [] }));
  const steps = Array.from({ length: STEPS }, (_, step) => acts.filter((act) => act.step === step));
  const worst = peakOf(steps);
  assert(worst > 0n, "nobody pays");
  return (unit * cap * 97n) / (worst * 100n);
}

function amountOf({ weight }: Drawn, scale: bigint): bigint {
  const amount = (BigInt(weight) * scale) / 1_000n;
  return amount < 10n ? 10n : amount > PAYMENT_FEN ? PAYMENT_FEN : amount;
}

/** The bound that a trait puts on its customer: just what the day needs and not a fen more. */
function boundsOf(
  traits: readonly Trait[],
  of: { readonly drawn: readonly Drawn[]; readonly amounts: readonly bigint[] },
): bigint[] {
  const bounds = traits.map(() => 1n);
  for (const [at, { customer, reason }] of of.drawn.entries()) {
    if (reason !== undefined) continue;
    const [amount, known] = [of.amounts[at] ?? 0n, bounds[customer] ?? 0n];
    if (traits[customer] === "day") bounds[customer] = known + amount;
    else if (amount > known) bounds[customer] = amount;
  }
  // The day's bound began at 1 fen, which nobody spends; without payments it is all there is.
  return bounds.map((bound, at) => (traits[at] === "day" && bound > 1n ? bound - 1n : bound));
}

function actsOf(
  one: Drawn,
  of: { readonly amount: bigint; readonly bounds: readonly bigint[] },
): Act[] {
  const { number, step, customer, shop, article, reason, fate } = one;
  const bound = of.bounds[customer] ?? 0n;
  const amount = askedFor(reason, { bound, amount: of.amount });
  const order: Act = { step, customer, verb: "order", number, shop, article, amount, reason };
  if (reason !== undefined || fate === "expires") return [order];
  const first = Math.min(LAST, step + one.later[0]);
  const second = Math.min(LAST, first + one.later[1]);
  const on = { customer, number, shop };
  const take = (at: number, part: readonly [number, bigint, boolean]): Act => {
    return { step: at, ...on, verb: "capture", part: part[0], amount: part[1], final: part[2] };
  };
  const whole = take(first, [1, amount, true]);
  const third = thirdOf(of);
  switch (fate) {
    case "kept":
      return [order, whole];
    case "parts":
      return [order, take(first, [1, third, false]), take(second, [2, amount - third, true])];
    case "short":
      return [order, take(first, [1, amount - third, true])];
    case "voided":
      return [order, { step: first, ...on, verb: "void" }];
    case "part_refunded":
      return [order, whole, { step: second, ...on, verb: "refund", amount: third }];
    case "refunded":
      return [order, whole, { step: second, ...on, verb: "refund", amount }];
  }
}

function thirdOf({ amount: whole }: { readonly amount: bigint }): bigint {
  return whole / 3n;
}

/** Exactly one fen too much, where the amount is what is refused. */
function askedFor(
  reason: Reason | undefined,
  of: { readonly bound: bigint; readonly amount: bigint },
): bigint {
  if (reason === "token_payment_amount_exceeded") return of.bound + 1n;
  if (reason === "token_day_amount_exceeded") return of.bound === 1n ? 2n : 1n;
  return of.amount;
}

function napOf(customer: number): Act[] {
  return [
    { step: ASLEEP.from, customer, verb: "suspend" },
    { step: ASLEEP.to, customer, verb: "resume" },
  ];
}

/** What an act adds to the use of the cap, and what it gives back; `held` follows the orders. */
function moved(act: Act, held: Map<string, bigint>): bigint {
  if (!("number" in act)) return 0n;
  const rest = held.get(act.number) ?? 0n;
  switch (act.verb) {
    case "order":
      if (act.reason !== undefined) return 0n;
      held.set(act.number, act.amount);
      return act.amount;
    case "capture":
      held.set(act.number, act.final ? 0n : rest - act.amount);
      return act.final ? act.amount - rest : 0n;
    case "void":
      held.set(act.number, 0n);
      return -rest;
    case "refund":
      return -act.amount;
  }
}

function peakOf(steps: readonly (readonly Act[])[]): bigint {
  const held = new Map<string, bigint>();
  let [used, peak] = [0n, 0n];
  for (const acts of steps) {
    const moves = acts.map((act) => moved(act, held));
    const taken = moves.filter((move) => move > 0n).reduce((sum, move) => sum + move, 0n);
    if (used + taken > peak) peak = used + taken;
    used += moves.reduce((sum, move) => sum + move, 0n);
  }
  return peak;
}

function useOf(steps: readonly (readonly Act[])[], cap: bigint): bigint[] {
  assert(peakOf(steps) < cap, "the day's own payments stay below the cap at every moment");
  const held = new Map<string, bigint>();
  let used = 0n;
  return steps.map((acts) => {
    for (const act of acts) used += moved(act, held);
    return used;
  });
}

function grossOf(acts: readonly Act[], count: number): bigint[] {
  const gross = Array.from({ length: count }, () => 0n);
  for (const act of acts) {
    if (act.verb === "order" && act.reason === undefined) {
      gross[act.customer] = (gross[act.customer] ?? 0n) + act.amount;
    }
  }
  assert(
    gross.every((sum) => sum <= CUSTOMER_DAY_FEN),
    "no customer reaches his day's cap",
  );
  return gross;
}

/** Customers of the last minute and their payments: all that is left, the last fen by itself. */
function fillOf(left: bigint, first: number): { traits: Trait[]; fill: Plan["fill"] } {
  assert(left > 1n, "something is left for the last minute");
  const fill: { customer: number; amount: bigint }[] = [];
  const perCustomer = 3;
  for (let rest = left - 1n; rest > 0n;) {
    const amount = rest < PAYMENT_FEN ? rest : PAYMENT_FEN;
    fill.push({ customer: first + Math.floor(fill.length / perCustomer), amount });
    rest -= amount;
  }
  fill.push({ customer: first + Math.floor(fill.length / perCustomer), amount: 1n });
  const count = (fill.at(-1)?.customer ?? first) - first + 1;
  return { fill, traits: Array.from({ length: count }, () => "filler" as const) };
}

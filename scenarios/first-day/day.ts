/**
 * A first day as it happens: steps of half an hour with the clock in hand, acts of many customers
 * side by side and each customer's own in order. After each step the use of the cap is what the plan
 * foretold, or the day ends there and says so.
 */
import { join } from "node:path";
import { addDays, type CalendarDate, type Instant, shanghaiMidnight } from "@sandbank/kernel/clock";
import { type Order, OrderBook, SandbankClient, Shop, type ShopFront } from "@sandbank/world";
import type { Check } from "../check.ts";
import { bodyOf, turnClock } from "../front-door.ts";
import { inLanes } from "../lanes.ts";
import type { Progress } from "../progress.ts";
import type { Server } from "../server.ts";
import { demand } from "../stage.ts";
import { type Act, CLOSED_STEPS, type Plan, STEPS } from "./plan.ts";
import type { Customer } from "../customer.ts";
import { type Kept, openProgress } from "./progress.ts";
import { type Held, prepare } from "../readying.ts";
import {
  id,
  nap,
  orderByTwo,
  PILOT,
  restriction,
  resumption,
  type Staff,
  staffOf,
  suspension,
} from "./staff.ts";

const STEP_MS = 1_800_000;
/** The eve: cards, tokens and terms are ready four hours before the day begins. */
const EVE_MS = 4 * 3_600_000;
/** 23:59 is when the last minute is sold. */
const LAST_MINUTE_MS = 60_000;
/** A number that no token has: its check digit is wrong. */
export const NO_TOKEN = "9999880000000001";

/** A limit as `GET /api/pilots/{slug}/limits` shows it. */
export interface Limit {
  readonly id: string;
  readonly cap: string;
  readonly used: string | null;
  readonly left: string | null;
  readonly period: string | null;
}

/** One decline as its holder reads it. */
export interface Decline {
  readonly reference: string;
  readonly code: string;
  readonly failed: readonly {
    readonly code: string;
    readonly limit?: string;
    readonly used?: string;
    readonly cap?: string;
    readonly asked?: string;
  }[];
}

export interface Day {
  readonly plan: Plan;
  readonly server: Server;
  readonly staff: Staff;
  readonly shops: readonly Shop[];
  readonly progress: Progress<Kept>;
  readonly data: string;
  readonly midnight: Instant;
  readonly lanes: number;
  tokens: readonly Held[];
  /** Acts that were sent in this run. */
  acts: number;
  onProgress(done: number, of: number): void;
}

/** Opens a day on a running server: books and progress as an earlier run left them. */
export function openDay(of: {
  readonly plan: Plan;
  readonly server: Server;
  readonly data: string;
  readonly nextMonday: CalendarDate;
  readonly lanes: number;
  readonly onProgress: (done: number, of: number) => void;
}): Day {
  const { plan, server, data, nextMonday, lanes, onProgress } = of;
  const { seed, payments } = plan;
  const progress = openProgress(data, { seed, payments, day: nextMonday });
  const midnight = shanghaiMidnight(progress.kept.day as CalendarDate);
  const shops = plan.shops.map((front) => openShop(front, { server, data }));
  const staff = staffOf(server);
  return {
    ...{ plan, server, staff, shops, progress, data, midnight, lanes },
    ...{ tokens: [], acts: 0, onProgress },
  };
}

function openShop(front: ShopFront, of: { readonly server: Server; readonly data: string }): Shop {
  const organisation = front.id === "farsail" ? "farsail-travel" : "lantern-finance";
  const { origin } = of.server;
  const client = new SandbankClient({ origin, key: of.server.key(organisation, "requestor") });
  return new Shop(front, { client, book: new OrderBook(join(of.data, `${front.id}.json`)) });
}

/** Everything before the first payment. On a day that has begun it only learns the tokens again. */
export async function setUp(day: Day): Promise<void> {
  const { plan, staff, progress, lanes } = day;
  const isBegun = progress.kept.done > 0;
  if (!isBegun) await turnClock(staff.clock, (day.midnight - EVE_MS) as Instant, `${id(plan)}.eve`);
  if (!isBegun && plan.payments < 5_000) {
    const order = restriction(plan.cap);
    await orderByTwo(staff, { id: `${id(plan)}.restriction`, order, open: true });
  }
  const onCustomer = () => tick(day);
  const { shops, customers } = plan;
  day.tokens = await prepare(staff, { key: id(plan), shops, customers, lanes, onCustomer });
}

/** Steps from where an earlier run stopped to 23:30. */
export async function liveThrough(day: Day): Promise<void> {
  for (let step = day.progress.kept.done; step < STEPS; step++) {
    await turnClock(day.staff.clock, at(day, step * STEP_MS), `${id(day.plan)}.step-${step}`);
    if (step === CLOSED_STEPS[0]) await order(day, "suspension", suspension());
    if (step === (CLOSED_STEPS.at(-1) ?? 0) + 1) await order(day, "resumption", resumption());
    await liveStep(day, day.plan.steps[step] ?? []);
    const used = await dayUse(day);
    keepBooks(day);
    const expected = day.plan.used[step] ?? 0n;
    const { readings } = day.progress.kept;
    demand(used === expected, `after step ${step} the cap's use is ${used}, not ${expected}`);
    const seen = [...readings.slice(0, step), String(used)];
    day.progress.write({ done: step + 1, readings: seen });
  }
}

function order(day: Day, name: string, asked: unknown): Promise<void> {
  const open = name !== "suspension";
  return orderByTwo(day.staff, { id: `${id(day.plan)}.${name}`, order: asked, open });
}

async function liveStep(day: Day, acts: readonly Act[]): Promise<void> {
  const chains = Map.groupBy(acts, ({ customer }) => customer);
  const tasks = [...chains.values()].map((chain) => async () => {
    for (const act of chain) {
      await live(day, act);
      tick(day);
    }
  });
  await inLanes(day.lanes, tasks);
}

async function live(day: Day, act: Act): Promise<void> {
  if (!("number" in act)) {
    const token = tokenOf(day, act.customer);
    return nap(day.staff, { plan: day.plan, at: act.customer, token }, act.verb);
  }
  if (act.verb === "order") return place(day, act);
  const shop = shopOf(day, act.shop);
  const deed =
    act.verb === "capture"
      ? await shop.capture(act.number, act)
      : act.verb === "void"
        ? await shop.void(act.number)
        : await shop.refund(act.number, { part: 1, amount: act.amount });
  demand(deed.code === undefined, `${act.verb} of ${act.number} was refused: ${deed.code}`);
}

async function place(day: Day, act: Act & { readonly verb: "order" }): Promise<void> {
  const { number, amount, reason, customer } = act;
  const token = reason === "token_unknown" ? NO_TOKEN : tokenOf(day, customer).number;
  const placed = await buy(day, { shop: act.shop, article: act.article, number, amount, token });
  if (reason === undefined) {
    return demand(placed.state === "authorised", `${number} was declined: ${placed.code}`);
  }
  const heard = reason === "class_closed" ? "class_closed" : "payment_declined";
  demand(placed.code === heard, `${number} heard ${placed.code ?? placed.state}, not ${heard}`);
  if (reason === "class_closed" || reason === "token_unknown") return;
  const read = await declineOf(day, { customer, number });
  const codes = [read?.code, ...(read?.failed ?? []).map((one) => one.code)];
  demand(codes.includes(reason), `${number} reads ${codes.join(", ")}, not ${reason}`);
}

/** A shop takes an order and asks for the money. */
export function buy(
  day: Day,
  of: {
    readonly shop: number;
    readonly article: number;
    readonly number: string;
    readonly amount: bigint;
    readonly token: string;
  },
): Promise<Order> {
  const shop = shopOf(day, of.shop);
  const article = shop.front.articles[of.article];
  if (!article) throw new Error(`${shop.front.id} has no article ${of.article}`);
  const { merchant, mcc, scene, channel } = article;
  const { number, token, amount } = of;
  const sold = { merchant, mcc, scene, channel, article: article.id };
  return shop.order({ number, token, amount, ...sold });
}

/** Why an order was declined, as its holder reads it in the bank's app. */
export async function declineOf(
  day: Day,
  of: { readonly customer: number; readonly number: string },
): Promise<Decline | undefined> {
  const path = `/api/declines?holder=${customerOf(day, of.customer).holder}`;
  const heard = await day.staff.customers.get(path);
  const { declines } = bodyOf<{ declines: readonly Decline[] }>(heard, "reading declines");
  return declines.find(({ reference }) => reference === of.number);
}

export async function limitsOf(day: Day): Promise<ReadonlyMap<string, Limit>> {
  const heard = await day.staff.officer.get(`/api/pilots/${PILOT}/limits`);
  const { limits } = bodyOf<{ limits: readonly Limit[] }>(heard, "reading the limits");
  return new Map(limits.map((limit) => [limit.id, limit]));
}

export async function dayUse(day: Day): Promise<bigint> {
  return BigInt((await limitsOf(day)).get("pilot_day_amount")?.used ?? "-1");
}

/**
 * 23:59: what is left of the cap is sold in payments of at most the cap of one. With one fen left,
 * two are refused, one passes, and then not one more.
 */
export async function sellTheRest(day: Day): Promise<void> {
  const { plan } = day;
  const lastMinute = at(day, STEPS * STEP_MS - LAST_MINUTE_MS);
  await turnClock(day.staff.clock, lastMinute, `${id(plan)}.last-minute`);
  const last = plan.fill.length - 1;
  for (const [number, { customer, amount }] of plan.fill.entries()) {
    if (number === last) await refusedAtCap(day, { number: "F-TWO-FEN", customer, amount: 2n });
    const name = `F-REST-${String(number).padStart(4, "0")}`;
    const token = tokenOf(day, customer).number;
    const sold = await buy(day, { shop: 0, article: 0, number: name, amount, token });
    demand(sold.state === "authorised", `${name} was declined: ${sold.code}`);
    const deed = await shopOf(day, 0).capture(name, { part: 1, amount, final: true });
    demand(deed.code === undefined, `${name} was not captured: ${deed.code}`);
    tick(day);
  }
  const { customer } = plan.fill[last] ?? { customer: 0 };
  await refusedAtCap(day, { number: "F-ONE-FEN", customer, amount: 1n });
  keepBooks(day);
  await check(day, {
    ...{ name: "cap", zh: "当日已用额度恰为上限", en: "The day's use is the cap, to the fen" },
    ...{ expected: String(plan.cap), seen: String(await dayUse(day)) },
  });
}

/** An order that is one fen too much, and what its holder reads. */
async function refusedAtCap(
  day: Day,
  of: { readonly number: string; readonly customer: number; readonly amount: bigint },
): Promise<void> {
  const { number, customer, amount } = of;
  const token = tokenOf(day, customer).number;
  const order = await buy(day, { shop: 0, article: 0, number, amount, token });
  const read = await declineOf(day, of);
  const failed = read?.failed.find(({ limit }) => limit === "pilot_day_amount");
  const before = amount === 2n ? day.plan.cap - 1n : day.plan.cap;
  await check(day, {
    name: number,
    zh: `到上限时，再付 ${amount} 分被拒绝，持有人看到原因`,
    en: `At the cap ${amount} fen more is refused, and the holder reads why`,
    expected: `payment_declined: used ${before}, cap ${day.plan.cap}, asked ${amount}`,
    seen: `${order.code}: used ${failed?.used}, cap ${failed?.cap}, asked ${failed?.asked}`,
  });
}

/** Writes a check down once; a run that comes by again keeps the first. */
export async function check(day: Day, made: Check): Promise<void> {
  const { checks } = day.progress.kept;
  if (checks.some(({ name }) => name === made.name)) return;
  day.progress.write({ checks: [...checks, made] });
}

export function keepBooks(day: Day): void {
  for (const shop of day.shops) shop.book.keep();
}

/** An instant of the day, or after it. */
export function at(day: Day, ms: number): Instant {
  return (day.midnight + ms) as Instant;
}

export function afterDays(day: Day, days: number): Instant {
  return shanghaiMidnight(addDays(day.progress.kept.day as CalendarDate, days));
}

/** Acts of the whole plan, setup and last minute included. */
export function actsOf({ customers, steps, fill }: Plan): number {
  return customers.length + steps.flat().length + fill.length;
}

function tick(day: Day): void {
  day.acts += 1;
  day.onProgress(day.acts, actsOf(day.plan));
}

export function shopOf(day: Day, at: number): Shop {
  const shop = day.shops[at];
  if (!shop) throw new Error(`no shop ${at}`);
  return shop;
}

export function tokenOf(day: Day, customer: number): Held {
  const token = day.tokens[customer];
  if (!token) throw new Error(`customer ${customer} has no token`);
  return token;
}

function customerOf(day: Day, at: number): Customer {
  const customer = day.plan.customers[at];
  if (!customer) throw new Error(`no customer ${at}`);
  return customer;
}

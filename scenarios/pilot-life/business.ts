/**
 * Thirty days of business through the front door: every customer's orders in their order and all
 * customers side by side, every "no" read by its holder, and after each day the use of the pilot's cap
 * as the plan foretold it, or the life ends there.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Failed, Shop } from "@sandbank/world";
import { bodyOf } from "../front-door.ts";
import { inLanes } from "../lanes.ts";
import { cardNumber } from "../customer.ts";
import { type Held, prepare } from "../readying.ts";
import { as, check, demand, read, tell } from "../stage.ts";
import {
  CAPS,
  type Fate,
  FULL_DAYS,
  isDeclined,
  type Order,
  ordersOfAll,
  SUSPENDED_DAY,
  takenOf,
  thirdOf,
} from "./business-plan.ts";
import type { Life, Step } from "./life.ts";
import { dayOfBusiness, DAYS, type LifePlan, on, PILOT, SHOPS } from "./plan.ts";

/** A number that no token has: its check digit is wrong. */
const NO_TOKEN = "9999880000000001";
/** Business is done in the afternoon, after whatever the supervisor does in the morning. */
const OPENS = 12;

export function businessSteps(plan: LifePlan): Step[] {
  const days = plan.days.map(({ nth }): Step => {
    const at = on(plan, dayOfBusiness(nth), OPENS);
    return { name: `day-${nth}`, at, run: (life) => liveDay(life, nth) };
  });
  const eve = { name: "readied", at: on(plan, DAYS.started, OPENS), run: ready };
  const after = { at: on(plan, DAYS.lastBusiness + 1, OPENS), run: finishLast };
  return [eve, ...days, { name: "finished", ...after }];
}

/** The bank's requestors, scenes and customers, and one customer more than the pilot may have. */
async function ready(life: Life): Promise<void> {
  await tokensOf(life);
  const { plan } = life;
  const customers = as(life, "sandbar-bank customers");
  const heard = await customers.post("/api/cards", `${life.key}.one-too-many`, {
    ...{ holder: `life-${plan.seed}-one-too-many`, number: cardNumber(plan.size) },
    expires: "2036-12",
  });
  check(life, {
    name: "customers",
    zh: "客户数到上限，再多一人被拒",
    en: "At the cap of customers one more is refused",
    expected: said("pilot_customers", { used: plan.size, cap: plan.size, asked: 1 }),
    seen: heard.said === "no" ? saidOf(heard.failed, "pilot_customers") : "taken in",
  });
  tell(life, {
    ...{ at: on(plan, DAYS.started, OPENS), pilot: PILOT },
    zh: `${plan.size}名客户绑卡，各得一个支付标记`,
    en: `${plan.size} customers bind a card and get a token each`,
  });
}

/** The tokens of all customers: made once, and kept beside the life for a run that goes on. */
export async function tokensOf(life: Life): Promise<readonly Held[]> {
  if (life.tokens.length > 0) return life.tokens;
  const path = join(life.data, "tokens.json");
  if (existsSync(path)) {
    life.tokens = JSON.parse(readFileSync(path, "utf8")) as Held[];
    return life.tokens;
  }
  const bank = {
    operator: as(life, "sandbar-bank operator"),
    second: as(life, "sandbar-bank approver"),
    customers: as(life, "sandbar-bank customers"),
  };
  const { key, lanes, plan } = life;
  const onCustomer = () => life.onAct();
  const of = { key, shops: SHOPS, customers: plan.customers, lanes, onCustomer };
  life.tokens = await prepare(bank, of);
  writeFileSync(path, JSON.stringify(life.tokens), { mode: 0o600 });
  return life.tokens;
}

type Figures = { readonly used: unknown; readonly cap: unknown; readonly asked: unknown };

const said = (limit: string, { used, cap, asked }: Figures) =>
  `${limit}: used ${used}, cap ${cap}, asked ${asked}`;

/** One limit that said no, as it was heard. */
function saidOf(failed: readonly Failed[], limit: string): string {
  const found = failed.find((one) => one.limit === limit);
  return found ? said(limit, found as Figures) : `${limit} said nothing`;
}

/** Captures left from the day before, then the day's orders, then what fills the cap. */
async function liveDay(life: Life, nth: number): Promise<void> {
  const day = life.plan.days[nth - 1];
  demand(day !== undefined, `there is no day ${nth}`);
  await tokensOf(life);
  await finishNextDay(life, nth - 1);
  const chains = Map.groupBy(day.orders, ({ customer }) => customer);
  const tasks = [...chains.values()].map((chain) => async () => {
    for (const order of chain) await live(life, order);
  });
  await inLanes(life.lanes, tasks);
  for (const order of day.fill) await live(life, order);
  keepBooks(life);
  const used = await usedOf(life, "pilot_day_amount");
  demand(used === day.used, `on day ${nth} the cap's use is ${used}, not ${day.used}`);
  const seen = [...life.progress.kept.readings.slice(0, nth - 1), String(used)];
  life.progress.write({ readings: seen });
  if (!FULL_DAYS.includes(nth)) return;
  tell(life, {
    ...{ at: on(life.plan, dayOfBusiness(nth), OPENS), pilot: PILOT },
    ...{ zh: "当日总额恰好用满", en: "the cap of a day is reached to the fen" },
  });
}

/** Buys, and whatever the plan has next: reads why not, or finishes. */
export async function live(life: Life, order: Order): Promise<void> {
  await buy(life, order);
  if (isDeclined(order)) await readDecline(life, order);
  else if (order.fate !== "next_day" && order.fate !== "expires") await finish(life, order);
  life.onAct();
}

/** What a shop hears at once of each fate that is declined. */
const HEARD: Readonly<Partial<Record<Fate, string>>> = {
  ...{ unknown_token: "payment_declined", above_bound: "payment_declined" },
  ...{ above_payment: "payment_declined", customer_full: "payment_declined" },
  ...{ pilot_full: "payment_declined", class_closed: "class_closed" },
  card_lost: "payment_declined",
};

export async function buy(life: Life, order: Order): Promise<void> {
  const { number, amount, fate } = order;
  const shop = shopOf(life, order);
  const article = shop.front.articles[order.article];
  const held = (await tokensOf(life))[order.customer];
  demand(article !== undefined && held !== undefined, `${number} has no article or no token`);
  const { merchant, mcc, scene, channel, id } = article;
  const token = fate === "unknown_token" ? NO_TOKEN : held.number;
  const sold = { merchant, mcc, scene, channel, article: id };
  const { code } = await shop.order({ number, token, amount, ...sold });
  demand(code === HEARD[fate], `${number} heard ${code ?? "yes"}, not ${HEARD[fate] ?? "yes"}`);
}

/** Takes, voids or refunds what was authorised, as the plan has it. */
export async function finish(life: Life, order: Order): Promise<void> {
  const { number, amount, fate } = order;
  const shop = shopOf(life, order);
  const third = thirdOf(order);
  const deeds = [];
  if (fate === "voided") deeds.push(await shop.void(number));
  else if (fate === "parts") {
    deeds.push(await shop.capture(number, { part: 1, amount: third, final: false }));
    deeds.push(await shop.capture(number, { part: 2, amount: amount - third, final: true }));
  } else deeds.push(await shop.capture(number, { part: 1, amount, final: true }));
  if (fate === "part_refunded") deeds.push(await shop.refund(number, { part: 1, amount: third }));
  const no = deeds.find(({ code }) => code !== undefined);
  demand(no === undefined, `${no?.verb} of ${number} was refused: ${no?.code}`);
}

interface Decline {
  readonly reference: string;
  readonly code: string;
  readonly failed: readonly Failed[];
}

/** What its holder has to read of a "no": one limit with its figures, or one code; else nothing. */
function foretold({ plan }: Life, { fate, amount: asked }: Order): string | undefined {
  const own = CAPS.customerDay;
  const { dayCap: all, bound } = plan;
  const read: Readonly<Partial<Record<Fate, string>>> = {
    above_bound: `token_payment_amount_exceeded: cap ${bound}`,
    above_payment: said("payment_amount", { used: 0n, cap: CAPS.payment, asked }),
    customer_full: said("customer_day_amount", { used: own, cap: own, asked }),
    card_lost: "token_suspended",
    pilot_full: said("pilot_day_amount", { used: all, cap: all, asked }),
  };
  return read[fate];
}

const LIMIT_OF: Readonly<Partial<Record<Fate, string>>> = {
  above_payment: "payment_amount",
  ...{ customer_full: "customer_day_amount", pilot_full: "pilot_day_amount" },
};

/** What its holder reads of it, in the words of `foretold`. */
function readOf({ fate }: Order, failed: readonly Failed[]): string {
  const limit = LIMIT_OF[fate];
  if (limit !== undefined) return saidOf(failed, limit);
  if (fate === "card_lost") return failed[0]?.code ?? "nothing";
  const bound = failed.find(({ code }) => code === "token_payment_amount_exceeded");
  return `${bound?.code}: cap ${bound?.cap}`;
}

/** The holder reads why, to the fen; of an unknown token and a closed class there is no more. */
async function readDecline(life: Life, order: Order): Promise<void> {
  const { number, customer } = order;
  const expected = foretold(life, order);
  if (expected === undefined) return;
  const holder = life.plan.customers[customer]?.holder;
  const path = `/api/declines?holder=${holder}`;
  const who = "sandbar-bank customers";
  const { declines } = await read<{ declines: readonly Decline[] }>(life, path, who);
  const failed = declines.find(({ reference }) => reference === number)?.failed ?? [];
  const seen = readOf(order, failed);
  demand(seen === expected, `of ${number} its holder reads ${seen}, not ${expected}`);
}

/** What waits for the next day is captured then, also while the pilot is suspended. */
async function finishNextDay(life: Life, nth: number): Promise<void> {
  const orders = life.plan.days[nth - 1]?.orders ?? [];
  const waiting = orders.filter(({ fate }) => fate === "next_day");
  await inLanes(
    life.lanes,
    waiting.map((order) => () => finish(life, order)),
  );
  if (nth !== SUSPENDED_DAY - 1) return;
  check(life, {
    name: "suspended",
    zh: "暂停期间新支付被拒，已授权的照常请款",
    en: "While suspended new payments are refused, and what was authorised is captured",
    expected: `${waiting.length} captured`,
    seen: `${waiting.filter((order) => isCaptured(life, order)).length} captured`,
  });
}

function isCaptured(life: Life, order: Order): boolean {
  return shopOf(life, order).book.find(order.number)?.state === "captured";
}

async function finishLast(life: Life): Promise<void> {
  await tokensOf(life);
  await finishNextDay(life, life.plan.days.length);
  keepBooks(life);
}

interface Limit {
  readonly id: string;
  readonly used: string | null;
}

export async function usedOf(life: Life, limit: string): Promise<bigint> {
  const { limits } = await read<{ limits: readonly Limit[] }>(life, `/api/pilots/${PILOT}/limits`);
  return BigInt(limits.find(({ id }) => id === limit)?.used ?? "-1");
}

/** What is left on every card, asked in the holder's own name; those that differ from `expected`. */
export async function differingFunds(
  life: Life,
  expected: (customer: number) => bigint,
): Promise<string[]> {
  const differing: string[] = [];
  const customers = as(life, "sandbar-bank customers");
  const [article] = SHOPS[0].articles;
  demand(article !== undefined, "the first shop sells something");
  const { merchant, mcc, scene, channel } = article;
  const asked = { amount: "1", currency: "CNY", merchant, mcc, scene, channel };
  const tokens = await tokensOf(life);
  const tasks = tokens.map(({ id }, at) => async () => {
    const holder = life.plan.customers[at]?.holder;
    const heard = await customers.post(`/api/tokens/${id}/explain`, undefined, {
      holder,
      ...asked,
    });
    const { funds } = bodyOf<{ funds: string }>(heard, "asking what is left");
    if (BigInt(funds) !== expected(at)) differing.push(`${holder}: ${funds}, not ${expected(at)}`);
    life.onAct();
  });
  await inLanes(life.lanes, tasks);
  return differing;
}

/** What a customer's card holds once these orders are finished, in fen. */
export function fundsAfter(plan: LifePlan, orders: readonly Order[]): (customer: number) => bigint {
  const spent = new Map<number, bigint>();
  for (const order of orders) {
    const { captured, refunded } = takenOf(order);
    spent.set(order.customer, (spent.get(order.customer) ?? 0n) + captured - refunded);
  }
  return (at) => (plan.customers[at]?.funds ?? 0n) - (spent.get(at) ?? 0n);
}

export function shopOf(life: Life, { shop, number }: Pick<Order, "shop" | "number">): Shop {
  const found = life.shops[shop];
  demand(found !== undefined, `${number} is of no shop`);
  return found;
}

export function keepBooks(life: Life): void {
  for (const { book } of life.shops) book.keep();
}

/** Acts of the whole life that are counted one by one, for whoever shows how far it has come. */
export function actsOf(plan: LifePlan): number {
  return plan.customers.length * 3 + ordersOfAll(plan).length + plan.inFlight.length;
}

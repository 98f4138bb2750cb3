/**
 * Business of the year, month by month: each institution asks for permits, finishes, gives back what
 * earlier months left and puts into its pool what new business needs; two strangers are paid by
 * token. After each month the limits say what the plan foretold, or the year ends there.
 */
import { Institution, type Order, type Shop } from "@sandbank/world";
import { prepare } from "../readying.ts";
import { inLanes } from "../lanes.ts";
import { doesBusiness, type HouseYear } from "./houses.ts";
import { type Payment, SHOPS, thirdOf } from "./payments.ts";
import { after, MONTHS, on, type YearPlan } from "./plan.ts";
import { act, as, demand, read, tell } from "../stage.ts";
import type { Step, Year } from "./year.ts";

/** A number that no token has: its check digit is wrong. */
const NO_TOKEN = "9999880000000001";
const TOKENS_PILOT = "payment-tokens";
/** The day of a month on which all business is done. */
const BUSINESS_DAY = 3;
const HOUSES_AT_ONCE = 3;

interface Limit {
  readonly id: string;
  readonly used: string | null;
}

export function businessSteps(plan: YearPlan): Step[] {
  const months = Array.from({ length: MONTHS }, (_, at) => at + 1);
  return [
    { name: "tokens", at: on(plan, 1, 2), run: readyTokens },
    ...months.flatMap((nth): Step[] => [
      {
        name: `month-${nth}`,
        at: after(on(plan, nth, BUSINESS_DAY), 60),
        run: (year) => liveThrough(year, nth),
      },
      // What nobody confirmed has been let go of within a quarter of an hour.
      {
        name: `books-${nth}`,
        at: after(on(plan, nth, BUSINESS_DAY), 180),
        run: (year) => compareBooks(year, nth),
      },
    ]),
  ];
}

/** Everybody's business of a month, some institutions side by side. */
async function liveThrough(year: Year, nth: number): Promise<void> {
  const open = year.plan.houses.filter(({ house }) => doesBusiness(house, nth));
  const lives = open.map((of) => () => liveMonth(year, of, nth));
  await inLanes(HOUSES_AT_ONCE, [...lives, () => payMonth(year, nth)]);
}

async function liveMonth(year: Year, { house, months }: HouseYear, nth: number): Promise<void> {
  const month = months[nth - 1];
  if (!month) throw new Error(`no month ${nth}`);
  const { front } = house;
  if (nth === house.from) {
    tell(year, {
      ...{ at: after(on(year.plan, nth, BUSINESS_DAY), 60), pilot: front.pilot },
      ...{ zh: `${front.name.zh}开始业务`, en: `${front.name.en} begins business` },
    });
  }
  const institution = new Institution(front, as(year, `${front.organisation} permits`));
  await institution.giveBack(month.returns);
  await fund(year, { pilot: front.pilot, who: front.organisation, nth, taken: month.taken });
  await institution.liveThrough(month.business);
  for (const { business, code, failed = [] } of institution.book) {
    const heard = `${business.number} heard ${code}, not ${business.refusedBy}`;
    demand(code === business.refusedBy, heard);
    if (code === undefined) continue;
    year.heard.refused({ pilot: front.pilot, permit: business.number, code, failed });
  }
}

/** One hundredth of new business goes into the pool: that is what the terms ask of each exposure. */
async function fund(
  year: Year,
  of: {
    readonly pilot: string;
    readonly who: string;
    readonly nth: number;
    readonly taken: bigint;
  },
): Promise<void> {
  const { pilot, who, nth, taken } = of;
  if (taken === 0n || pilot === "harbour-pay") return;
  await act(year, {
    ...{ who: `${who} trustee`, path: `/api/pilots/${pilot}/compensation/funding` },
    ...{ key: `${pilot}.funds-${nth}`, body: { to: "pool", amount: String(taken / 100n + 1n) } },
  });
}

async function readyTokens(year: Year): Promise<void> {
  const { plan, lanes } = year;
  const bank = {
    operator: as(year, "sandbar-bank operator"),
    second: as(year, "sandbar-bank approver"),
    customers: as(year, "sandbar-bank customers"),
  };
  const { customers } = plan.payments;
  year.tokens = await prepare(bank, {
    ...{ key: year.key, shops: SHOPS, customers, lanes, onCustomer: () => undefined },
  });
}

async function payMonth(year: Year, nth: number): Promise<void> {
  if (year.tokens.length === 0) await readyTokens(year);
  const month = year.plan.payments.months[nth - 1];
  if (!month) throw new Error(`no month ${nth}`);
  await fund(year, { pilot: TOKENS_PILOT, who: "sandbar-bank", nth, taken: month.taken });
  const chains = Map.groupBy(month.payments, ({ customer }) => customer);
  await inLanes(
    year.lanes,
    [...chains.values()].map((chain) => async () => {
      for (const one of chain) await pay(year, one);
    }),
  );
  for (const shop of year.shops) shop.book.keep();
}

async function pay(year: Year, one: Payment): Promise<void> {
  const { number, amount, fate } = one;
  const shop = shopOf(year, one.shop);
  const order = await buy(year, one);
  if (fate === "unknown_token") {
    return demand(order.code === "payment_declined", `${number} heard ${order.code}`);
  }
  demand(order.code === undefined, `${number} was declined: ${order.code}`);
  const deed =
    fate === "voided"
      ? await shop.void(number)
      : await shop.capture(number, { part: 1, amount, final: true });
  demand(deed.code === undefined, `${number} was not finished: ${deed.code}`);
  if (fate !== "part_refunded") return;
  const back = await shop.refund(number, { part: 1, amount: thirdOf(one) });
  demand(back.code === undefined, `${number} was not refunded: ${back.code}`);
}

function buy(year: Year, one: Payment): Promise<Order> {
  const shop = shopOf(year, one.shop);
  const article = shop.front.articles[one.article];
  const held = year.tokens[one.customer];
  if (!article || !held) throw new Error(`${one.number} has no article or no token`);
  const { merchant, mcc, scene, channel } = article;
  const token = one.fate === "unknown_token" ? NO_TOKEN : held.number;
  const sold = { merchant, mcc, scene, channel, article: article.id };
  return shop.order({ number: one.number, token, amount: one.amount, ...sold });
}

function shopOf(year: Year, at: number): Shop {
  const shop = year.shops[at];
  if (!shop) throw new Error(`no shop ${at}`);
  return shop;
}

/** The limits of every pilot say what its institution's own book says. */
async function compareBooks(year: Year, nth: number): Promise<void> {
  for (const { house, months } of year.plan.houses) {
    if (!doesBusiness(house, nth)) continue;
    const { pilot, counts } = house.front;
    const stated = await usedOf(year, pilot, counts.limit);
    const used = months[nth - 1]?.used ?? 0n;
    demand(stated === used, `${pilot} has used ${stated} after month ${nth}, not ${used}`);
    keepReading(year, { pilot, nth, used });
  }
  const used = year.plan.payments.months[nth - 1]?.outstanding ?? 0n;
  const stated = await usedOf(year, TOKENS_PILOT, "pilot_outstanding_amount");
  demand(stated === used, `payments have used ${stated} after month ${nth}, not ${used}`);
  keepReading(year, { pilot: TOKENS_PILOT, nth, used });
}

export async function usedOf(year: Year, pilot: string, limit: string): Promise<bigint> {
  const { limits } = await read<{ limits: readonly Limit[] }>(year, `/api/pilots/${pilot}/limits`);
  return BigInt(limits.find(({ id }) => id === limit)?.used ?? "0");
}

function keepReading(
  year: Year,
  of: { readonly pilot: string; readonly nth: number; readonly used: bigint },
): void {
  const { pilot, nth, used } = of;
  const { readings } = year.progress.kept;
  const own = [...(readings[pilot] ?? [])];
  own[nth - 1] = String(used);
  const filled = Array.from(own, (one) => one ?? "0");
  year.progress.write({ readings: { ...readings, [pilot]: filled } });
}

/** Acts of the institutions that a plan foresees, for the report. */
export function piecesOf(plan: YearPlan): number {
  const houses = plan.houses.flatMap(({ months }) => months);
  const pieces = houses.reduce((sum, { business, returns }) => {
    return sum + business.length + returns.length;
  }, 0);
  return pieces + plan.payments.months.reduce((sum, { payments }) => sum + payments.length, 0);
}

/**
 * The books once every hold has ended: both strangers', what the bank has paid them day by day as it
 * closes its days, and what is left on every card, each as the plan foretold it to the fen.
 */
import { check, read, tell } from "../stage.ts";
import { differingFunds, fundsAfter, shopOf } from "./business.ts";
import { type Order, ordersOfAll, ordersOfDay, takenOf } from "./business-plan.ts";
import type { Life, Step } from "./life.ts";
import { dateOf, dayOfBusiness, DAYS, type LifePlan, on, PILOT, SHOPS } from "./plan.ts";

export function settlingSteps(plan: LifePlan): Step[] {
  return [
    { name: "settled", at: on(plan, DAYS.settled), run: settleAll },
    { name: "balanced", at: on(plan, DAYS.settled, 10), run: balance },
  ];
}

async function settleAll(life: Life): Promise<void> {
  const orders = ordersOfAll(life.plan);
  await lookAtExpired(life, orders, "expired");
  await compareShops(life, { when: "thirty-days", orders });
  await comparePaid(life, { when: "thirty-days", until: DAYS.settled });
  tell(life, {
    ...{ at: on(life.plan, DAYS.settled), pilot: PILOT },
    ...{ zh: "三十个营业日逐日结清", en: "every one of thirty days of business is settled" },
  });
}

/** What a day brings a shop, by day of the life; in fen, less what it refunds. */
function earnedBy(plan: LifePlan, shop: number): ReadonlyMap<number, bigint> {
  const earned = new Map<number, bigint>();
  const add = (day: number, order: Order) => {
    if (order.shop !== shop) return;
    const { captured, refunded } = takenOf(order);
    earned.set(day, (earned.get(day) ?? 0n) + captured - refunded);
  };
  for (const day of plan.days) {
    for (const order of ordersOfDay(day)) {
      add(dayOfBusiness(day.nth) + (order.fate === "next_day" ? 1 : 0), order);
    }
  }
  for (const order of plan.inFlight) add(DAYS.captured, order);
  return earned;
}

interface SettledDay {
  readonly day: string;
  readonly paid: string;
}

interface Statement {
  readonly days: readonly SettledDay[];
  readonly next: string | null;
}

/** The bank's statement of one shop, page by page. */
async function statementOf(life: Life, shop: number): Promise<SettledDay[]> {
  const path = `/api/settlements/${SHOPS[shop]?.trid}/files`;
  const days: SettledDay[] = [];
  for (let query: string | null = ""; query !== null;) {
    const page: Statement = await read(life, `${path}${query}`, "sandbar-bank operator");
    days.push(...page.days);
    query = page.next === null ? null : `?before=${page.next}`;
  }
  return days;
}

/** Each day from the first with a requestor on is closed and paid, also one on which nothing moves. */
export async function comparePaid(
  life: Life,
  of: { readonly when: string; readonly until: number },
): Promise<void> {
  for (const [shop, front] of SHOPS.entries()) {
    const earned = earnedBy(life.plan, shop);
    const due = new Map<string, bigint>();
    for (let day = DAYS.started; day < of.until; day++) {
      due.set(dateOf(life.plan, day), earned.get(day) ?? 0n);
    }
    const told = await statementOf(life, shop);
    const stray = told.find(({ day, paid }) => due.get(day) !== BigInt(paid));
    const all = told.reduce((sum, { paid }) => sum + BigInt(paid), 0n);
    check(life, {
      name: `${of.when}.paid.${front.id}`,
      zh: `${front.name.zh}每日所得与预告一致，无一日缺失`,
      en: `${front.name.en} is paid each day what was foretold, and no day is missing`,
      expected: `${due.size} days, ${[...due.values()].reduce((sum, one) => sum + one, 0n)} paid`,
      seen: `${told.length} days, ${all} paid${stray ? `, on ${stray.day} ${stray.paid}` : ""}`,
    });
  }
}

/** Every authorisation that nobody finished has ended by itself. */
export async function lookAtExpired(
  life: Life,
  orders: readonly Order[],
  name: string,
): Promise<void> {
  const left = orders.filter(({ fate }) => fate === "expires");
  const states: string[] = [];
  for (const order of left) {
    const { state } = await shopOf(life, order).look(order.number);
    if (state !== "expired") states.push(`${order.number} ${state}`);
  }
  check(life, {
    ...{ name, zh: "无人请款的授权均已过期", en: "What nobody captured has expired" },
    expected: `${left.length} expired`,
    seen: `${left.length - states.length} expired${states.map((one) => `, ${one}`).join("")}`,
  });
}

/** What each stranger earned, by the plan, by his book and by the bank, and that nothing is held. */
export async function compareShops(
  life: Life,
  of: { readonly when: string; readonly orders: readonly Order[] },
): Promise<void> {
  for (const [at, shop] of life.shops.entries()) {
    const earned = of.orders
      .filter((order) => order.shop === at)
      .map(takenOf)
      .reduce((sum, { captured, refunded }) => sum + captured - refunded, 0n);
    const { owed, held } = await shop.reconcile();
    const { zh, en } = shop.front.name;
    check(life, {
      name: `${of.when}.${shop.front.id}`,
      zh: `${zh}的账、银行与预告一致`,
      en: `The book of ${en}, the bank and the plan agree`,
      expected: `earned ${earned} and ${earned}, held 0 and 0`,
      seen: `earned ${owed.book} and ${owed.bank}, held ${held.book} and ${held.bank}`,
    });
    shop.book.keep();
  }
}

async function balance(life: Life): Promise<void> {
  const differing = await differingFunds(life, fundsAfter(life.plan, ordersOfAll(life.plan)));
  check(life, {
    name: "balances",
    zh: "每张卡的余额与预告一致",
    en: "What is left on every card is what was foretold",
    expected: `0 of ${life.plan.size} differ`,
    seen: `${differing.length} of ${life.plan.size} differ${differing
      .slice(0, 3)
      .map((one) => `; ${one}`)
      .join("")}`,
  });
}

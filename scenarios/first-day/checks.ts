/**
 * Whether everybody tells the same story: the strangers' books, the bank's settlements, the limits,
 * the public page and the published log. Each check is written down with what was expected and seen.
 */
import { pause, type Shop } from "@sandbank/world";
import { audit, bodyOf, turnClock } from "../front-door.ts";
import type { Verified } from "../server.ts";
import {
  afterDays,
  buy,
  check,
  type Day,
  keepBooks,
  limitsOf,
  NO_TOKEN,
  shopOf,
  tokenOf,
} from "./day.ts";
import { id, PILOT } from "./staff.ts";

/** The log states totals with the first act that comes a second after it last did. */
const TOTALS_MS = 1_100;
/** Authorisations end seven days after the day's last minute. */
const DAYS_UNTIL_EXPIRED = 8;

/** At 23:59, with the cap reached. */
export async function checkEvening(day: Day): Promise<void> {
  await checkStrangers(day, "evening");
  await checkUses(day, "evening");
  await checkPublicPage(day, "evening");
  await checkTrialBalance(day, "evening");
  await checkLog(day, "evening");
}

/** Midnight opens a day of its own, whose first fen passes and goes back. */
export async function checkNextDay(day: Day): Promise<void> {
  await turnClock(day.staff.clock, afterDays(day, 1), `${id(day.plan)}.next-day`);
  const { customer } = day.plan.fill.at(-1) ?? { customer: 0 };
  const number = "F-NEXT-DAY";
  const token = tokenOf(day, customer).number;
  const order = await buy(day, { shop: 0, article: 0, number, amount: 1n, token });
  const shop = shopOf(day, 0);
  const deed = await shop.void(number);
  keepBooks(day);
  await check(day, {
    ...{
      name: "next-day",
      zh: "次日零时额度重新起算",
      en: "At midnight the day's use begins anew",
    },
    ...{ expected: "payment passed, void passed" },
    seen: `payment ${order.code ?? "passed"}, void ${deed.code ?? "passed"}`,
  });
}

/** Seven days on: what nobody captured has gone back, and everybody agrees on the rest. */
export async function checkExpiry(day: Day): Promise<void> {
  const due = afterDays(day, DAYS_UNTIL_EXPIRED);
  await turnClock(day.staff.clock, due, `${id(day.plan)}.expiry`);
  const left: string[] = [];
  for (const shop of day.shops) {
    for (const { number, state } of shop.book.all()) {
      if (state !== "authorised" && state !== "part_captured") continue;
      const order = await shop.look(number);
      if (order.state !== "expired") left.push(`${number} ${order.state}`);
    }
  }
  keepBooks(day);
  await check(day, {
    ...{ name: "expired", zh: "无人请款的授权均已过期", en: "What nobody captured has expired" },
    ...{ expected: "none left", seen: left.length === 0 ? "none left" : left.join(", ") },
  });
  await checkStrangers(day, "end");
  await checkUses(day, "end");
  await checkPublicPage(day, "end");
  await checkTrialBalance(day, "end");
  await checkLog(day, "end");
}

async function checkStrangers(day: Day, when: string): Promise<void> {
  for (const shop of day.shops) {
    const { owed, held } = await shop.reconcile();
    await check(day, {
      name: `${when}.${shop.front.id}`,
      zh: `${shop.front.name.zh}的账与银行结算一致`,
      en: `The books of ${shop.front.name.en} are the bank's settlement`,
      expected: `owed ${owed.book}, held ${held.book}`,
      seen: `owed ${owed.bank}, held ${held.bank}`,
    });
  }
}

/** Over the whole test: what the strangers are owed and what is held for them, in fen. */
function outstandingOf(shops: readonly Shop[]): bigint {
  return shops
    .map((shop) => shop.book.totals())
    .reduce((sum, { owed, held }) => sum + owed + held, 0n);
}

async function checkUses(day: Day, when: string): Promise<void> {
  const limits = await limitsOf(day);
  const used = (limit: string) => limits.get(limit)?.used ?? "none";
  await check(day, {
    name: `${when}.outstanding`,
    zh: "试点未退回的支付总额等于两家商户的账",
    en: "The pilot's outstanding amount is what both strangers' books say",
    expected: String(outstandingOf(day.shops)),
    seen: used("pilot_outstanding_amount"),
  });
  await check(day, {
    ...{ name: `${when}.customers`, zh: "客户数", en: "Customers of the pilot" },
    ...{ expected: String(day.plan.customers.length), seen: used("pilot_customers") },
  });
}

interface Twin {
  readonly phase: string;
  readonly limits: readonly { readonly id: string; readonly used?: string; readonly cap: string }[];
}

async function checkPublicPage(day: Day, when: string): Promise<void> {
  const limits = await limitsOf(day);
  const path = `/en/pilots/${PILOT}.json`;
  const twin = bodyOf<Twin>(await day.staff.officer.get(path), "reading the public page");
  const ids = ["pilot_customers", "pilot_day_amount", "pilot_outstanding_amount"];
  const line = (limit: { readonly used?: string | null; readonly cap: string } | undefined) =>
    `${limit?.used ?? "none"} of ${limit?.cap}`;
  await check(day, {
    ...{ name: `${when}.page`, zh: "公示页与限额一致", en: "The public page shows the limits" },
    expected: ids.map((limit) => `${limit} ${line(limits.get(limit))}`).join(", "),
    seen: ids
      .map((limit) => `${limit} ${line(twin.limits.find((one) => one.id === limit))}`)
      .join(", "),
  });
}

interface Books {
  readonly books: readonly {
    readonly book: string;
    readonly debits: string;
    readonly credits: string;
    readonly pending_debits: string;
    readonly pending_credits: string;
  }[];
  readonly differing: readonly string[];
}

/** What went onto cards, to the strangers and back, and out to them: the money book, from outside. */
async function checkTrialBalance(day: Day, when: string): Promise<void> {
  const heard = await day.staff.auditor.get(`/api/pilots/${PILOT}/books`);
  const { books, differing } = bodyOf<Books>(heard, "reading the books");
  const money = books.find(({ book }) => book === "money:CNY");
  const funded = day.plan.customers.reduce((sum, { funds }) => sum + funds, 0n);
  const totals = day.shops.map(({ book }) => book.totals());
  const reconciled = await Promise.all(day.shops.map((shop) => shop.reconcile()));
  const paid = reconciled.reduce((sum, one) => sum + one.paid, funded);
  const moved = totals.reduce((sum, { captured, refunded }) => sum + captured + refunded, paid);
  const held = totals.reduce((sum, one) => sum + one.held, 0n);
  await check(day, {
    name: `${when}.balance`,
    zh: "试算平衡等于发卡行入金与两家商户的账之和",
    en: "The trial balance is the issuer's funding and both strangers' books",
    expected: `debits ${moved}, credits ${moved}, held ${held} and ${held}, 0 accounts differ`,
    seen: `debits ${money?.debits}, credits ${money?.credits}, held ${money?.pending_debits} and ${money?.pending_credits}, ${differing.length} accounts differ`,
  });
}

/**
 * The log states totals when an act comes by, so that a quiet pilot's last second is not in them. A
 * payment that nobody can make is an act that moves nothing.
 */
async function stateTotals(day: Day, when: string): Promise<void> {
  await pause(TOTALS_MS);
  const number = `F-QUIET-${when}`;
  await buy(day, { shop: 0, article: 0, number, amount: 1n, token: NO_TOKEN });
  keepBooks(day);
}

async function checkLog(day: Day, when: string): Promise<void> {
  await stateTotals(day, when);
  const { server, data } = day;
  const { code, said } = await audit(day.staff.auditor, { server, pilot: PILOT, data });
  await check(day, {
    name: `${when}.log`,
    zh: "公开日志核对一致，已签名并有见证",
    en: "The published log verifies, signed and witnessed",
    expected: "exit 0, signed, 1 witness, no finding",
    seen: `exit ${code}, ${said.signed ? "signed" : "not signed"}, ${said.witnessedBy.length} witness, ${
      said.findings.length === 0 ? "no finding" : said.findings[0]?.sentence
    }`,
  });
  await check(day, {
    name: `${when}.facts`,
    zh: "审计用事实文件打开每一项承诺，重放后无一超过上限",
    en: "The auditor's facts open every act, and replayed none goes above a cap",
    ...{ expected: `${said.acts} opened, 0 closed` },
    seen: `${said.replayed?.opened} opened, ${said.replayed?.unopened} closed`,
  });
  await checkTotals(day, when, said);
}

async function checkTotals(day: Day, when: string, said: Verified): Promise<void> {
  const limits = await limitsOf(day);
  const stated = said.totals.find((one) => one.limit === "pilot_outstanding_amount");
  await check(day, {
    name: `${when}.totals`,
    zh: "日志公布的累计额等于限额",
    en: "The totals that the log states are the limits' use",
    expected: limits.get("pilot_outstanding_amount")?.used ?? "none",
    seen: stated?.used ?? "none",
  });
  if (when === "evening") {
    const dayTotal = said.totals.find(
      (one) => one.limit === "pilot_day_amount" && one.period === day.progress.kept.day,
    );
    await check(day, {
      ...{
        name: "evening.day-total",
        zh: "日志公布的当日累计额",
        en: "The log's total of the day",
      },
      expected: `${day.plan.cap} of ${day.plan.cap}`,
      seen: `${dayTotal?.used ?? "none"} of ${dayTotal?.cap ?? "none"}`,
    });
  }
  await check(day, {
    name: `${when}.members`,
    zh: "日志中的客户数",
    en: "Customers that the log counts",
    ...{ expected: String(day.plan.customers.length), seen: String(said.members) },
  });
  await check(day, {
    name: `${when}.refused`,
    zh: "日志中被拒绝的操作数等于两家商户听到的拒绝",
    en: "The log's refused acts are the declines that both strangers heard",
    expected: String(declinesOf(day.shops)),
    seen: String(said.tally.refused),
  });
}

function declinesOf(shops: readonly Shop[]): number {
  return shops.flatMap(({ book }) => book.all()).filter(({ state }) => state === "declined").length;
}

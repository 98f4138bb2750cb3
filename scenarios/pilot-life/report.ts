/** The report of a pilot's life on one page: what happened, thirty days against the cap, every check. */
import { fromIso, shanghaiDate } from "@sandbank/kernel/clock";
import { owedOf, yuan } from "@sandbank/world";
import { checkLine, verdictOf } from "../check.ts";
import { type Fate, FULL_DAYS, ordersOfAll, SUSPENDED_DAY } from "./business-plan.ts";
import type { Life } from "./life.ts";

export type Lang = "zh" | "en";

const BAR = 48;

const FATES: Readonly<Record<Fate, Readonly<Record<Lang, string>>>> = {
  kept: { zh: "一次请款", en: "captured whole" },
  parts: { zh: "分两次请款", en: "captured in two parts" },
  voided: { zh: "撤销", en: "voided" },
  part_refunded: { zh: "部分退款", en: "refunded in part" },
  next_day: { zh: "次日请款", en: "captured on the next day" },
  expires: { zh: "任其过期", en: "left to expire" },
  unknown_token: { zh: "拒绝：没有该标记", en: "declined: unknown token" },
  above_bound: { zh: "拒绝：持有人的单笔上限", en: "declined: the holder's bound on one payment" },
  above_payment: { zh: "拒绝：试点的单笔上限", en: "declined: the pilot's cap on one payment" },
  customer_full: { zh: "拒绝：客户当日上限", en: "declined: a customer's cap of a day" },
  pilot_full: { zh: "拒绝：试点当日上限", en: "declined: the pilot's cap of a day" },
  class_closed: { zh: "拒绝：暂停期间", en: "declined: while suspended" },
  card_lost: { zh: "拒绝：卡片挂失", en: "declined: the card is lost" },
};

/** Markdown that also reads well on a terminal. */
export function reportOf(life: Life, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { plan, progress } = life;
  const { checks, events, runs, seconds, first } = progress.kept;
  const orders = ordersOfAll(plan).length + plan.inFlight.length;
  return `${[
    say("# 智令的一生（模拟）", "# The whole life of payment tokens (simulated)"),
    "",
    say(
      `自 ${first} 起，种子 ${plan.seed}，客户 ${plan.size} 人，订单 ${orders} 笔，用时 ${seconds} 秒，第 ${runs} 次运行。`,
      `From ${first}, seed ${plan.seed}, ${plan.size} customers, ${orders} orders, ${seconds} seconds, run ${runs}.`,
    ),
    verdictOf(checks, lang),
    "",
    say("## 发生了什么", "## What happened"),
    ...events
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map((one) => `- ${shanghaiDate(fromIso(one.at))} ${one[lang]}`),
    "",
    say("## 三十个营业日的支付", "## Payments of thirty days of business"),
    ...fates(life, lang),
    "",
    say("## 商户（虚构）", "## Shops (fictional)"),
    ...life.shops.map(({ front, book }) => {
      const owed = book.all().reduce((sum, order) => sum + owedOf(order), 0n);
      return `- ${front.name[lang]}: ${yuan(owed)} ${say("元", "CNY")}`;
    }),
    "",
    say("## 每日额度的使用", "## Use of the cap of a day"),
    ...plot(life, lang),
    "",
    say("## 核对", "## Checks"),
    ...checks.map((one) => checkLine(one, lang)),
  ].join("\n")}\n`;
}

function fates({ plan }: Life, lang: Lang): string[] {
  const counts = Map.groupBy(ordersOfAll(plan), ({ fate }) => fate);
  return Object.entries(FATES).map(([fate, text]) => {
    return `- ${text[lang]}: ${counts.get(fate as Fate)?.length ?? 0}`;
  });
}

/** A bar for each day; `|` is the cap. */
function plot({ plan, progress }: Life, lang: Lang): string[] {
  const lines = progress.kept.readings.map((reading, at) => {
    const [used, nth] = [BigInt(reading), at + 1];
    const full = Number((used * BigInt(BAR)) / plan.dayCap);
    const bar = `${"█".repeat(full)}${"·".repeat(BAR - full)}|`;
    return `${String(nth).padStart(2, "0")} ${bar} ${yuan(used).padStart(13)}${noteOf(nth, lang)}`;
  });
  return ["```text", ...lines, "```"];
}

function noteOf(nth: number, lang: Lang): string {
  if (nth === SUSPENDED_DAY) return lang === "zh" ? "  暂停" : "  suspended";
  if (FULL_DAYS.includes(nth)) return lang === "zh" ? "  上限" : "  the cap";
  return "";
}

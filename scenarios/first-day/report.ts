/** The report of a day on one page: figures, checks, and use against the cap by the hour. */
import { owedOf, yuan } from "@sandbank/world";
import { type Check, verdictOf } from "../check.ts";
import type { Day } from "./day.ts";
import { CLOSED_STEPS, STEPS } from "./plan.ts";

export type Lang = "zh" | "en";

const BAR = 48;
const YUAN = { zh: "元", en: "CNY" } as const;

const FATES: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  kept: { zh: "一次请款", en: "captured whole" },
  parts: { zh: "分两次请款", en: "captured in two parts" },
  short: { zh: "少于授权额请款", en: "captured for less" },
  voided: { zh: "撤销", en: "voided" },
  part_refunded: { zh: "部分退款", en: "refunded in part" },
  refunded: { zh: "全额退款", en: "refunded whole" },
  expires: { zh: "任其过期", en: "left to expire" },
  token_hour_closed: { zh: "拒绝：时段之外", en: "declined: outside the hours" },
  token_payment_amount_exceeded: { zh: "拒绝：单笔上限", en: "declined: bound on one payment" },
  token_day_amount_exceeded: { zh: "拒绝：当日上限", en: "declined: bound on a day" },
  token_unknown: { zh: "拒绝：没有该标记", en: "declined: unknown token" },
  token_suspended: { zh: "拒绝：标记已暂停", en: "declined: suspended token" },
  class_closed: { zh: "拒绝：新支付暂停期间", en: "declined: while new payments were closed" },
};

/** Markdown that also reads well on a terminal. `seconds` is machine time of this run. */
export function reportOf(
  day: Day,
  said: { readonly lang: Lang; readonly seconds: number },
): string {
  const { lang, seconds } = said;
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { plan, progress } = day;
  const { checks, runs, day: date } = progress.kept;
  return `${[
    say("# 支付标记试点的第一天（模拟）", "# A first day of payment tokens (simulated)"),
    "",
    say(
      `营业日 ${date}，种子 ${plan.seed}，支付 ${plan.payments} 笔，客户 ${plan.customers.length} 人，用时 ${seconds} 秒，第 ${runs} 次运行。`,
      `Business day ${date}, seed ${plan.seed}, ${plan.payments} payments, ${plan.customers.length} customers, ${seconds} seconds, run ${runs}.`,
    ),
    verdictOf(checks, lang),
    "",
    say("## 支付", "## Payments"),
    ...payments(day, lang),
    "",
    say("## 商户（虚构）", "## Shops (fictional)"),
    ...day.shops.map((shop) => shopLine(shop, lang)),
    "",
    say("## 当日额度的使用", "## Use of the day's cap"),
    ...plot(day, lang),
    "",
    say("## 核对", "## Checks"),
    ...checks.map((one) => checkLine(one, lang)),
  ].join("\n")}\n`;
}

function payments({ plan }: Day, lang: Lang): string[] {
  const lines = Object.entries(FATES).map(([name, text]) => {
    return `- ${text[lang]}: ${plan.counts.get(name) ?? 0}`;
  });
  const rest = { zh: "最后一分钟售出余下额度", en: "the rest of the cap, in the last minute" };
  return [...lines, `- ${rest[lang]}: ${plan.fill.length}`];
}

function shopLine({ front, book }: Day["shops"][number], lang: Lang): string {
  const { orders, captured, refunded } = book.totals();
  const owed = book.all().reduce((sum, order) => sum + owedOf(order), 0n);
  const money = (fen: bigint) => `${yuan(fen)} ${YUAN[lang]}`;
  return lang === "zh"
    ? `- ${front.name.zh}：${orders} 单，请款 ${money(captured)}，退款 ${money(refunded)}，应收 ${money(owed)}`
    : `- ${front.name.en}: ${orders} orders, captured ${money(captured)}, refunded ${money(refunded)}, owed ${money(owed)}`;
}

/** A bar for each hour; `|` is the cap. */
function plot({ plan, progress }: Day, lang: Lang): string[] {
  const bar = (used: bigint) => {
    const full = Number((used * BigInt(BAR)) / plan.cap);
    return `${"█".repeat(full)}${"·".repeat(BAR - full)}|`;
  };
  const line = (name: string, used: bigint, note: string) =>
    `${name} ${bar(used)} ${yuan(used).padStart(13)}${note}`;
  const lines = ["```text"];
  for (let step = 1; step < STEPS; step += 2) {
    const used = BigInt(progress.kept.readings[step] ?? "0");
    const closed = CLOSED_STEPS.includes(step);
    const note = closed ? (lang === "zh" ? "  新支付暂停" : "  new payments closed") : "";
    lines.push(line(`${String((step + 1) >> 1).padStart(2, "0")}:00`, used, note));
  }
  const end = lang === "zh" ? "  上限" : "  the cap";
  return [...lines, line("23:59", plan.cap, end), "```"];
}

function checkLine(one: Check, lang: Lang): string {
  const agrees = one.expected === one.seen;
  const when = one.name.startsWith("end.")
    ? lang === "zh"
      ? "（到期后）"
      : " (after expiry)"
    : "";
  const figures = agrees ? one.seen : `${one.expected} ≠ ${one.seen}`;
  return `- ${agrees ? "✓" : "✗"} ${one[lang]}${when}: ${figures}`;
}

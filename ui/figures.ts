/**
 * Figures with their unit. Numbers and money are formatted by kernel/words; this file only knows
 * which measure word or noun goes with which unit, and never joins a number to a unit elsewhere.
 */
import {
  type Lang,
  formatCount,
  formatCountShort,
  formatMoney,
  formatMoneyShort,
  formatPercent,
} from "@sandbank/kernel/words";
import { type CountedText, sayCounted } from "./words.ts";

/** What is counted. `fen` is money; everything else is a whole number of things. */
export const UNITS = {
  fen: { zh: "{n}", en: { one: "{n}", other: "{n}" } },
  persons: { zh: "{n}人", en: { one: "{n} person", other: "{n} persons" } },
  enterprises: { zh: "{n}户", en: { one: "{n} enterprise", other: "{n} enterprises" } },
  borrowers: { zh: "{n}户", en: { one: "{n} borrower", other: "{n} borrowers" } },
  users: { zh: "{n}人", en: { one: "{n} user", other: "{n} users" } },
  customers: { zh: "{n}户", en: { one: "{n} customer", other: "{n} customers" } },
  platforms: { zh: "{n}家", en: { one: "{n} platform", other: "{n} platforms" } },
  terminals: { zh: "{n}台", en: { one: "{n} terminal", other: "{n} terminals" } },
  cards: { zh: "{n}张", en: { one: "{n} card", other: "{n} cards" } },
  transactions: { zh: "{n}笔", en: { one: "{n} transaction", other: "{n} transactions" } },
  days: { zh: "{n}天", en: { one: "{n} day", other: "{n} days" } },
} as const satisfies Record<string, CountedText>;

export type Unit = keyof typeof UNITS;

/** "131,480户", "131,480 borrowers"; money with two decimals and all its digits. */
export function figure(value: bigint, unit: Unit, lang: Lang): string {
  if (unit === "fen") return formatMoney(value, lang);
  return sayCounted(UNITS[unit], lang, { n: value, figure: formatCount(value, lang) });
}

// From here on the digits of a count are no longer read one by one; a round one is said by its unit.
const COUNT_LONG = 100_000_000n;
const COUNT_ROUND = { zh: 10_000n, en: 1_000_000n } as const satisfies Record<Lang, bigint>;

function shortCount(value: bigint, lang: Lang): string {
  const round = value >= COUNT_ROUND[lang] && value % COUNT_ROUND[lang] === 0n;
  return value >= COUNT_LONG || round ? formatCountShort(value, lang) : formatCount(value, lang);
}

/** As `figure`, with money, round counts and counts from 亿 on in 万 / 亿 or million / bn: for summaries. */
export function figureShort(value: bigint, unit: Unit, lang: Lang): string {
  if (unit === "fen") return formatMoneyShort(value, lang);
  return sayCounted(UNITS[unit], lang, { n: value, figure: shortCount(value, lang) });
}

/** The number without its noun, for places whose label names the unit; money in short form. */
export function bareFigure(value: bigint, unit: Unit, lang: Lang): string {
  return unit === "fen" ? formatMoneyShort(value, lang) : shortCount(value, lang);
}

/**
 * `value` as a percentage of `of`, to one decimal; undefined where there is nothing to compare. What
 * is more than nothing never reads as 0.0%.
 */
export function share(value: bigint, of: bigint | undefined): string | undefined {
  if (of === undefined || of <= 0n) return undefined;
  if (value > 0n && value * 1000n < of) return "<0.1%";
  return formatPercent(Number((value * 1_000_000n) / of), 1);
}

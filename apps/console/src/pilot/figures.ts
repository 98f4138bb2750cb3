/** Figures of limits as people read them: from the decimal strings of the API, never through floats. */
import {
  formatCount,
  formatInstant,
  formatMoney,
  formatPercent,
  type Lang,
} from "@sandbank/kernel/words";
import type { LimitsAnswer } from "@sandbank/sandbox/contract";
import type { Saying } from "../setting.ts";
import { pilotWords as words } from "../words/pilot.words.ts";

export type Limit = LimitsAnswer["limits"][number];

/** The amount or the number in full. */
export function figureOf(value: string, unit: Limit["unit"], lang: Lang): string {
  return unit === "fen" ? formatMoney(BigInt(value), lang) : formatCount(BigInt(value), lang);
}

/** Use as parts of a million of the cap; undefined where there is no one total. */
export function shareOf({ used, cap }: Limit): number | undefined {
  if (used === null || BigInt(cap) <= 0n) return undefined;
  return Number((BigInt(used) * 1_000_000n) / BigInt(cap));
}

export function shareText(limit: Limit): string {
  const share = shareOf(limit);
  if (share === undefined) return "";
  return limit.used !== "0" && share < 1000 ? "<0.1%" : formatPercent(share, 1);
}

/** What the use is counted over. */
export function periodText({ window, period }: Limit, say: Saying): string {
  if (period === null || window === "none") return say(words.period_all);
  const text = { day: words.period_day, month: words.period_month, year: words.period_year }[
    window
  ];
  return say(text, { period });
}

/** An instant of the API in Shanghai time. */
export function momentText(instant: string | null | undefined): string {
  return instant === null || instant === undefined ? "…" : formatInstant(Date.parse(instant));
}

/** The last day that is in time, given the first instant that is late. */
export function lastDayOf(due: string): string {
  return formatInstant(Date.parse(due) - 1).slice(0, 10);
}

export const SCOPES = {
  pilot: words.scope_pilot,
  customer: words.scope_customer,
  partner: words.scope_partner,
  merchant: words.scope_merchant,
  region: words.scope_region,
  channel: words.scope_channel,
  product: words.scope_product,
} as const;

export const CLASS_WORDS = {
  OPEN: { name: words.open_class, means: words.open_means },
  USE: { name: words.use_class, means: words.use_means },
  SERVICE: { name: words.service_class, means: words.service_means },
} as const;

/**
 * Amounts, counts and rates as people read them, in zh and en. Units are joined to figures here and
 * nowhere else. What is exact is shown exact; the short forms are for summaries and round half up.
 */
import type { Fen, Ppm } from "../money/index.ts";
import type { Lang } from "./text.ts";

interface Scale {
  readonly size: bigint;
  readonly unit: string;
}

// Largest first. Chinese counts in ten thousands, English in thousands.
const SCALES: Readonly<Record<Lang, readonly Scale[]>> = {
  zh: [
    { size: 100_000_000n, unit: "亿" },
    { size: 10_000n, unit: "万" },
  ],
  en: [
    { size: 1_000_000_000n, unit: " bn" },
    { size: 1_000_000n, unit: " million" },
  ],
};

/** The amount in full: `¥1,234.50`, `CNY 1,234.50`; a debit is `-¥0.05`, `-CNY 0.05`. */
export function formatMoney(amount: Fen | bigint, lang: Lang): string {
  const size = amount < 0n ? -amount : amount;
  const figure = `${grouped(size / 100n)}.${`${size % 100n}`.padStart(2, "0")}`;
  return `${amount < 0n ? "-" : ""}${lang === "zh" ? "¥" : "CNY "}${figure}`;
}

/**
 * The amount for a summary, to two decimals of its unit: `1,000亿元`, `5,000万元`, `CNY 100 bn`,
 * `CNY 2.5 million`. Below 10,000 yuan in zh and a million in en it is shown in full.
 */
export function formatMoneyShort(amount: Fen | bigint, lang: Lang): string {
  const size = amount < 0n ? -amount : amount;
  const short = shortened(size, 100n, lang);
  if (short === undefined) return formatMoney(amount, lang);
  const sign = amount < 0n ? "-" : "";
  return lang === "zh" ? `${sign}${short}元` : `${sign}CNY ${short}`;
}

/** A whole number with separators: `1,234,567`, which both languages write alike. */
export function formatCount(count: bigint | number, _lang: Lang): string {
  const value = BigInt(count);
  return `${value < 0n ? "-" : ""}${grouped(value < 0n ? -value : value)}`;
}

/** A count for a summary: `15万`, `10亿`, `10 million`, `1 bn`; in full below 10,000 or a million. */
export function formatCountShort(count: bigint | number, lang: Lang): string {
  const value = BigInt(count);
  const short = shortened(value < 0n ? -value : value, 1n, lang);
  if (short === undefined) return formatCount(value, lang);
  return `${value < 0n ? "-" : ""}${short}`;
}

/**
 * A rate in ppm as a percentage, exact to four decimals with trailing zeros left out: `75%`,
 * `4.35%`. With `decimals` (0 to 4) it has that many, rounded half up.
 */
export function formatPercent(rate: Ppm | number, decimals?: number): string {
  const sign = rate < 0 ? "-" : "";
  const ppm = BigInt(Math.abs(rate));
  if (decimals === undefined) return `${sign}${trimmed(ppm, 4)}%`;
  const unit = 10n ** BigInt(4 - decimals);
  return `${sign}${fixed((ppm * 2n + unit) / (unit * 2n), decimals)}%`;
}

// The unit is chosen after rounding, so that 99,999,999.99 reads 1亿 and not 10,000万.
function shortened(size: bigint, minor: bigint, lang: Lang): string | undefined {
  for (const { size: scale, unit } of SCALES[lang]) {
    const divisor = scale * minor;
    const hundredths = (size * 200n + divisor) / (divisor * 2n);
    if (hundredths >= 100n) return `${trimmed(hundredths, 2)}${unit}`;
  }
  return undefined;
}

function trimmed(value: bigint, decimals: number): string {
  const text = fixed(value, decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function fixed(value: bigint, decimals: number): string {
  if (decimals === 0) return grouped(value);
  const unit = 10n ** BigInt(decimals);
  return `${grouped(value / unit)}.${`${value % unit}`.padStart(decimals, "0")}`;
}

function grouped(value: bigint): string {
  return `${value}`.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

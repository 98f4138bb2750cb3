/**
 * Figures of indicators as people read them, and the words for where they stand against their
 * thresholds. Values come as whole numbers with their unit and are never divided into floats.
 */
import {
  type Lang,
  type Text,
  formatCount,
  formatDuration,
  formatPercent,
  say,
} from "@sandbank/kernel/words";
import type { Tone } from "./state.ts";

/** What a figure is counted in; `thousandth` is a ratio or rate times 1,000. */
export type IndicatorUnit =
  | "ppm"
  | "thousandth"
  | "count"
  | "microsecond"
  | "second"
  | "day"
  | "index"
  | "grade";

/** Stands for longer than any bucket of the histogram of requests. */
const BEYOND_US = 10_000_000n;

const TEXTS = {
  milliseconds: { zh: "{n}毫秒", en: "{n} ms" },
  beyond: { zh: "超过10秒", en: "more than 10 s" },
  days: { zh: "{n}天", en: "{n} days" },
} as const satisfies Record<string, Text>;

/** 0 good, 1 watch, 2 act. */
const GRADES: readonly Text[] = [
  { zh: "正常", en: "good" },
  { zh: "关注", en: "watch" },
  { zh: "处置", en: "act" },
];

/** "99.97%", "25 ms", "4 h 10 min": a value in words for a cell, a sentence or an axis. */
export function indicatorFigure(value: bigint, unit: IndicatorUnit, lang: Lang): string {
  switch (unit) {
    case "ppm":
      return formatPercent(Number(value));
    case "thousandth":
      return `${formatCount(value / 1000n, lang)}.${String(value % 1000n).padStart(3, "0")}`;
    case "microsecond": {
      if (value > BEYOND_US) return say(TEXTS.beyond, lang);
      const rest = value % 1000n;
      const whole = formatCount(value / 1000n, lang);
      const n =
        rest === 0n ? whole : `${whole}.${String(rest).padStart(3, "0").replace(/0+$/, "")}`;
      return say(TEXTS.milliseconds, lang, { n });
    }
    case "second":
      return formatDuration(Number(value) * 1000, lang);
    case "day":
      return say(TEXTS.days, lang, { n: formatCount(value, lang) });
    case "grade":
      return say(GRADES[Number(value)] ?? { zh: String(value), en: String(value) }, lang);
    case "count":
    case "index":
      return formatCount(value, lang);
  }
}

/** Where an indicator stands: the word beside its mark, the same on every page. */
export const STANDING_WORDS = {
  good: { word: { zh: "正常", en: "Good" }, tone: "ok" },
  watch: { word: { zh: "关注", en: "Watch" }, tone: "warn" },
  act: { word: { zh: "处置", en: "Act" }, tone: "stop" },
  none: { word: { zh: "不设阈值", en: "No threshold" }, tone: "off" },
  nothing: { word: { zh: "本期无数据", en: "Nothing to measure" }, tone: "off" },
  absent: { word: { zh: "尚无来源", en: "No source yet" }, tone: "off" },
} as const satisfies Record<string, { readonly word: Text; readonly tone: Tone }>;

export type StandingName = keyof typeof STANDING_WORDS;

/** Where a figure comes from, in words. */
export const SOURCE_WORDS = {
  prober: { zh: "箱内探测（机器时间）", en: "in-box prober, machine time" },
  requests: { zh: "请求直方图（机器时间）", en: "histograms of requests, machine time" },
  journal: { zh: "操作日志", en: "the journal" },
  ledger: { zh: "账本", en: "the ledger" },
  incidents: { zh: "事件记录", en: "incidents on record" },
  complaints: { zh: "投诉记录", en: "complaints on record" },
  compensation: { zh: "补偿金账户", en: "the compensation pool" },
  consultation: { zh: "公众意见", en: "the consultation" },
  exit: { zh: "退出计划", en: "the exit plan" },
  indicators: { zh: "其他各项指标", en: "the other indicators" },
} as const satisfies Record<string, Text>;

/** "关注：低于99.90%；处置：低于99.50%" */
export function thresholdText(
  figure: {
    readonly unit: IndicatorUnit;
    readonly bad: "low" | "high" | null;
    readonly watch: string | null;
    readonly act: string | null;
  },
  lang: Lang,
): string | undefined {
  const { bad, watch, act, unit } = figure;
  if (bad === null || watch === null || act === null) return undefined;
  const text = (value: string) => indicatorFigure(BigInt(value), unit, lang);
  const said = bad === "low" ? THRESHOLDS.low : THRESHOLDS.high;
  return say(said, lang, { watch: text(watch), act: text(act) });
}

const THRESHOLDS = {
  low: { zh: "低于{watch}关注，低于{act}处置", en: "watch below {watch}, act below {act}" },
  high: { zh: "达到{watch}关注，达到{act}处置", en: "watch from {watch}, act from {act}" },
} as const satisfies Record<string, Text>;

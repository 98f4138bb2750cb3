/**
 * Instants, days and durations as people read them, always in Asia/Shanghai. Instants come in as
 * milliseconds since 1970 and days as `YYYY-MM-DD`, since the clock stands above the words. For
 * pages and letters, not for hot paths: the time zone comes from Intl.
 */
import { say } from "./fill.ts";
import type { Lang, Text } from "./text.ts";

// Swedish writes dates as ISO 8601 does.
const CLOCK = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "medium",
});
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

interface Unit {
  readonly milliseconds: number;
  readonly one: Text;
  readonly many: Text;
}

const UNITS: readonly Unit[] = [
  unit(86_400_000, "{n}天", "day"),
  unit(3_600_000, "{n}小时", "hour"),
  unit(60_000, "{n}分钟", "minute"),
  unit(1000, "{n}秒", "second"),
];
const MILLISECONDS: Text = { zh: "{n}毫秒", en: "{n} ms" };

/** `2026-11-23 14:08:00` in both languages, Shanghai time. */
export function formatInstant(instant: number): string {
  return CLOCK.format(instant);
}

/** The Shanghai day of an instant: `2026-11-23`. */
export function formatInstantDate(instant: number): string {
  return CLOCK.format(instant).slice(0, 10);
}

/** The Shanghai time of day of an instant: `14:08`. */
export function formatInstantTime(instant: number): string {
  return CLOCK.format(instant).slice(11, 16);
}

/** A day in words, for letters and headings: `2026年11月23日`, `23 November 2026`. */
export function formatDate(date: string, lang: Lang): string {
  const [year, month, day] = date.split("-").map(Number);
  if (lang === "zh") return `${year}年${month}月${day}日`;
  return `${day} ${MONTHS[month! - 1]!} ${year}`;
}

/** A month in words: `2026年11月`, `November 2026`. Takes `2026-11`. */
export function formatMonth(month: string, lang: Lang): string {
  const [year, number] = month.split("-").map(Number);
  return lang === "zh" ? `${year}年${number}月` : `${MONTHS[number! - 1]!} ${year}`;
}

/**
 * A duration in its two largest units, the rest cut off: `3天4小时`, `3 days 4 hours`; below a
 * second in milliseconds. Negative durations are shown by their size.
 */
export function formatDuration(milliseconds: number, lang: Lang): string {
  let left = Math.abs(Math.trunc(milliseconds));
  if (left < 1000) return say(MILLISECONDS, lang, { n: `${left}` });
  const first = UNITS.findIndex((each) => left >= each.milliseconds);
  const words: string[] = [];
  for (const each of UNITS.slice(first, first + 2)) {
    const n = Math.floor(left / each.milliseconds);
    left -= n * each.milliseconds;
    if (n > 0) words.push(say(n === 1 ? each.one : each.many, lang, { n: `${n}` }));
  }
  return words.join(lang === "zh" ? "" : " ");
}

/** What is left of a term in working days: `还剩3个工作日`, `今天到期`, `已逾期2个工作日`. */
export function formatWorkingDaysLeft(days: number, lang: Lang): string {
  if (days === 0) return say({ zh: "今天到期", en: "due today" }, lang);
  const n = `${Math.abs(days)}`;
  const noun = n === "1" ? "working day" : "working days";
  return days > 0
    ? say({ zh: "还剩{n}个工作日", en: `{n} ${noun} left` }, lang, { n })
    : say({ zh: "已逾期{n}个工作日", en: `{n} ${noun} overdue` }, lang, { n });
}

function unit(milliseconds: number, zh: string, en: string): Unit {
  return { milliseconds, one: { zh, en: `{n} ${en}` }, many: { zh, en: `{n} ${en}s` } };
}

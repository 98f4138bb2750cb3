/** The report of a year on one page: what happened, each pilot's twelve months, and every check. */
import { fromIso, shanghaiDate } from "@sandbank/kernel/clock";
import { yuan } from "@sandbank/world";
import { checkLine, verdictOf } from "../check.ts";
import { piecesOf } from "./business.ts";
import { PILOTS } from "./year-end.ts";
import type { Year } from "./year.ts";

export type Lang = "zh" | "en";

const BARS = "▁▂▃▄▅▆▇█";

/** What both forms of the report begin with. */
export function headOf(
  { plan, progress }: Year,
  lang: Lang,
): { readonly title: string; readonly figures: string; readonly verdict: string } {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { checks, runs, seconds } = progress.kept;
  const pieces = piecesOf(plan);
  return {
    title: say("监管者的一年（模拟）", "A year of the regulator's (simulated)"),
    figures: say(
      `自 ${plan.first} 起十二个月，种子 ${plan.seed}，业务 ${pieces} 件，用时 ${seconds} 秒，第 ${runs} 次运行。`,
      `Twelve months from ${plan.first}, seed ${plan.seed}, ${pieces} pieces of business, ${seconds} seconds, run ${runs}.`,
    ),
    verdict: verdictOf(checks, lang),
  };
}

/** Markdown that also reads well on a terminal. */
export function reportOf(year: Year, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { progress } = year;
  const { checks, events } = progress.kept;
  const { title, figures, verdict } = headOf(year, lang);
  return `${[
    `# ${title}`,
    "",
    figures,
    verdict,
    "",
    say("## 发生了什么", "## What happened"),
    ...events
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map((one) => `- ${shanghaiDate(fromIso(one.at))} ${one.pilot}: ${one[lang]}`),
    "",
    say("## 月末余额或当日交易额（元）", "## Outstanding, or takings of the day, in CNY"),
    "```text",
    ...PILOTS.map((pilot) => lineOf(pilot, progress.kept.readings[pilot] ?? [])),
    "```",
    "",
    say("## 按条款的拒绝", "## Refusals by clause"),
    say(
      "| 试点 | 条款 | 上限或检查 | 代码 | 次数 | 末次已用 | 上限 | 所请求 |",
      "| pilot | clause | limit or check | code | times | used, the last time | cap | asked |",
    ),
    "|---|---|---|---|---|---|---|---|",
    ...denialRows(year).map((cells) => `| ${cells.join(" | ")} |`),
    "",
    say("## 核对", "## Checks"),
    ...checks.map((one) => checkLine(one, lang)),
  ].join("\n")}\n`;
}

/** Cells of the table of refusals, in the order of pilots and clauses. */
export function denialRows({ progress }: Pick<Year, "progress">): string[][] {
  const place = (pilot: string) => PILOTS.findIndex((one) => one === pilot);
  return progress.kept.denials
    .toSorted((a, b) => place(a.pilot) - place(b.pilot) || (a.clause < b.clause ? -1 : 1))
    .map(({ pilot, clause, rule, code, count, used, cap, asked }) => [
      ...[pilot, clause || "–", rule || "–", code, String(count)],
      ...[used ?? "–", cap ?? "–", asked ?? "–"],
    ]);
}

/** A bar for each month, and the highest of them. */
function lineOf(pilot: string, readings: readonly string[]): string {
  const months = readings.map((one) => BigInt(one));
  const most = months.reduce((top, one) => (one > top ? one : top), 0n);
  const bar = (one: bigint) => BARS[Number((one * 7n) / (most === 0n ? 1n : most))] ?? " ";
  const bars = months.map((one) => (one === 0n ? "·" : bar(one))).join("");
  return `${pilot.padEnd(22)} ${bars.padEnd(12)} ${yuan(most).padStart(16)}`;
}

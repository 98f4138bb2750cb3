/**
 * The report of a year as one page of HTML with its plots in it: no script, no other file, readable
 * from the folder in which it lies and on paper.
 */
import { fromIso, shanghaiDate } from "@sandbank/kernel/clock";
import { yuan } from "@sandbank/world";
import { failed } from "../check.ts";
import { barsOf, escaped, lanesOf } from "./plots.ts";
import { midnightOf, MONTHS } from "./plan.ts";
import { denialRows, headOf, type Lang } from "./report.ts";
import { PILOTS } from "./year-end.ts";
import type { Year } from "./year.ts";

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1a1f24;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d7dde3;vertical-align:top}
svg{max-width:100%;height:auto}svg text{font-size:11px;fill:#44505c}svg rect,svg circle{fill:#0b6e6e}svg line{stroke:#b8c2cc}
.no{color:#9c1c1c;font-weight:600}.quiet{color:#5b6771}ol{padding-left:1.2rem}`;

export function reportPage(year: Year, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { title, figures, verdict } = headOf(year, lang);
  return `<!doctype html>
<html lang="${lang === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body>
<h1>${title}</h1>
<p>${figures}</p>
<p><strong>${verdict}</strong></p>
<p class="quiet">${say("机构、商户和客户均为虚构；数字为模拟。", "Institutions, shops and customers are fictional; every figure is simulated.")}</p>
<h2>${say("发生了什么", "What happened")}</h2>
${timeline(year, lang)}
<ol>${happened(year, lang)}</ol>
<h2>${say("十二个月", "Twelve months")}</h2>
${months(year, lang)}
<h2>${say("按条款的拒绝", "Refusals by clause")}</h2>
${denials(year, lang)}
<h2>${say("核对", "Checks")}</h2>
<table><thead><tr><th></th><th>${say("核对", "check")}</th><th>${say("所见", "seen")}</th></tr></thead><tbody>${checks(year, lang)}</tbody></table>
</body></html>
`;
}

function timeline({ plan, progress }: Year, lang: Lang): string {
  const begins = midnightOf(plan, 1, 1);
  const whole = midnightOf(plan, MONTHS + 1, 1) - begins;
  return lanesOf({
    ...{ lanes: PILOTS, months: plan.months },
    title: lang === "zh" ? "各试点的事件" : "What happened to each pilot",
    marks: progress.kept.events.map((event) => ({
      ...{ lane: event.pilot, said: `${shanghaiDate(fromIso(event.at))} ${event[lang]}` },
      thousandth: Math.round(((fromIso(event.at) - begins) * 1_000) / whole),
    })),
  });
}

function happened({ progress }: Year, lang: Lang): string {
  return progress.kept.events
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, pilot, ...said }) => {
      return `<li>${shanghaiDate(fromIso(at))} <b>${pilot}</b> ${escaped(said[lang])}</li>`;
    })
    .join("");
}

/** Three plots for each pilot: what stood or was taken, acts, and acts that were refused. */
function months({ plan, progress }: Year, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { readings } = progress.kept;
  const plot = (name: string, title: string, said: (value: bigint) => string) => {
    const values = (readings[name] ?? []).map((one) => BigInt(one));
    return barsOf({ months: plan.months, values, said, title });
  };
  const count = (value: bigint) => String(value);
  const rows = PILOTS.map((pilot) => {
    const cells = [
      plot(pilot, say("余额或当日交易", "outstanding or takings"), yuan),
      plot(`${pilot}/acts`, say("操作", "acts"), count),
      plot(`${pilot}/refused`, say("拒绝", "refused"), count),
    ];
    return `<tr><th>${pilot}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  const heads = [
    "",
    say("月末余额或当日交易（元）", "outstanding, or takings of the day (CNY)"),
    say("操作数", "acts"),
    say("被拒绝", "refused"),
  ];
  return `<table><thead><tr>${heads.map((one) => `<th>${one}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** How often each clause said no; used, cap and asked are those of the last time, in fen or counts. */
function denials(year: Year, lang: Lang): string {
  const heads =
    lang === "zh"
      ? ["试点", "条款", "上限或检查", "代码", "次数", "末次已用", "上限", "所请求"]
      : [
          "pilot",
          "clause",
          "limit or check",
          "code",
          "times",
          "used, the last time",
          "cap",
          "asked",
        ];
  const cells = (kind: "th" | "td", row: readonly string[]) =>
    `<tr>${row.map((one) => `<${kind}>${escaped(one)}</${kind}>`).join("")}</tr>`;
  const rows = denialRows(year).map((row) => cells("td", row));
  return `<table><thead>${cells("th", heads)}</thead><tbody>${rows.join("")}</tbody></table>`;
}

function checks({ progress }: Year, lang: Lang): string {
  const bad = failed(progress.kept.checks);
  return progress.kept.checks
    .map((one) => {
      const isBad = bad.includes(one);
      const seen = isBad ? `${one.expected} ≠ ${one.seen}` : one.seen;
      const mark = isBad ? '<td class="no">✗</td>' : "<td>✓</td>";
      return `<tr>${mark}<td>${escaped(one[lang])}</td><td>${escaped(seen)}</td></tr>`;
    })
    .join("");
}

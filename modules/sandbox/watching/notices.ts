/** What the public and those concerned are told of a watch period. Pure. */
import type { CalendarDate } from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";
import { comparedAs, type Criterion } from "../evaluation/criterion.ts";
import { figureText } from "../graduating/notices.ts";
import type { WatchRuling } from "../watch/watch.contract.ts";

/** The days of a check, both of them in it. */
export interface Days {
  readonly first: CalendarDate;
  readonly last: CalendarDate;
}

const SIGNS = {
  atLeast: { zh: "不低于", en: "at least" },
  atMost: { zh: "不高于", en: "at most" },
} as const;

function missedText({ label, comparator, unit, required, measured }: Criterion): Text {
  const [asked, seen] = [figureText(unit, required), figureText(unit, measured)];
  const sign = SIGNS[comparator];
  return {
    zh: `${label.zh}（要求${sign.zh}${asked.zh}，实测${seen.zh}）`,
    en: `${label.en} (required ${sign.en} ${asked.en}, measured ${seen.en})`,
  };
}

/** Says which thresholds were missed, over which days. */
export function missText(name: Text, days: Days, missed: readonly Criterion[]): Text {
  const each = missed.map(missedText);
  return {
    zh: `${name.zh}在毕业观察期内（${days.first}至${days.last}）有${missed.length}项毕业标准未达到：${each.map(({ zh }) => zh).join("；")}。由监管机构两人作出决定并公布理由。`,
    en: `${name.en} missed ${missed.length} of its graduation thresholds in its watch period (${days.first} to ${days.last}): ${each.map(({ en }) => en).join("; ")}. Two people of the supervisor rule on it and publish their reason.`,
  };
}

/** Says which condition was missed, and by what. `by` is its last day. */
export function conditionText(
  name: Text,
  of: { readonly ruling: number; readonly by: CalendarDate; readonly missed: Criterion },
): Text {
  const { ruling, by, missed } = of;
  const said = missedText(missed);
  return {
    zh: `${name.zh}未在${by}前达到第${ruling}次决定所设的条件：${said.zh}。由监管机构两人作出决定并公布理由。`,
    en: `By ${by}, ${name.en} has not met a condition of ruling ${ruling}: ${said.en}. Two people of the supervisor rule on it and publish their reason.`,
  };
}

/** What a bound asks for, to stand behind the words of its condition. */
function boundText({ bound }: Pick<Accepted[number], "bound">, lang: "zh" | "en"): string {
  if (bound === undefined) return "";
  const { unit, required } = comparedAs(bound);
  const asked = figureText(unit, required)[lang];
  const sign = SIGNS[bound.comparator][lang];
  return lang === "zh" ? `，${sign}${asked}` : `, ${sign} ${asked}`;
}

type Accepted = Extract<WatchRuling, { readonly ruling: "accept" }>["conditions"];

/** Says that the monitoring fell silent. `since` is machine time, RFC 3339. */
export function silenceText(name: Text, since: string, seconds: number): Text {
  return {
    zh: `${name.zh}在毕业观察期内自 ${since} 起没有心跳，超过约定的${seconds}秒。由监管机构两人作出决定并公布理由。`,
    en: `${name.en} has sent no heartbeat in its watch period since ${since}, longer than the ${seconds} seconds agreed. Two people of the supervisor rule on it and publish their reason.`,
  };
}

/** Says what was ruled, and why. `until` is the last day of the watch. */
export function rulingText(name: Text, ruling: WatchRuling, until: CalendarDate): Text {
  const { reason } = ruling;
  if (ruling.ruling === "accept") {
    const list = ruling.conditions;
    const each = (lang: "zh" | "en") =>
      list.map(({ text, by, bound }) => {
        const asked = boundText({ bound }, lang);
        return lang === "zh" ? `${text.zh}（${by}前${asked}）` : `${text.en} (by ${by}${asked})`;
      });
    const but = {
      zh: list.length === 0 ? "" : `，条件：${each("zh").join("；")}`,
      en: list.length === 0 ? "" : ` on conditions: ${each("en").join("; ")}`,
    };
    return {
      zh: `监管机构接受${name.zh}观察期内的发现${but.zh}。理由：${reason.zh}`,
      en: `The supervisor accepts what was found of ${name.en} in its watch period${but.en}. Reason: ${reason.en}`,
    };
  }
  if (ruling.ruling === "extend") {
    return {
      zh: `${name.zh}的毕业观察期延长至${until}。理由：${reason.zh}`,
      en: `The watch period of ${name.en} is extended to ${until}. Reason: ${reason.en}`,
    };
  }
  return {
    zh: `监管机构根据观察期内的发现，要求${name.zh}按退出方案退出。不再办理新业务；已有业务继续办理至结束，投诉照常受理。理由：${reason.zh}`,
    en: `For what was found in its watch period, the supervisor requires ${name.en} to leave by its exit plan. It takes no new business; what exists is finished, and complaints are taken as before. Reason: ${reason.en}`,
  };
}

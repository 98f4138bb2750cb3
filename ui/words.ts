/**
 * What the parts of every page say, in both languages, and how a text is filled. A catalogue is an
 * object that `satisfies Catalogue`: a text without one of its languages does not compile. Nothing
 * is joined from halves of sentences; a text names its holes as `{name}`.
 */
import type { Lang, Text } from "@sandbank/kernel/words";
import { type Html, escapeText, raw } from "./html.ts";

export type Catalogue = Readonly<Record<string, Text | CountedText>>;

/** A text that names a number: English has two forms, Chinese one. The hole is `{n}`. */
export interface CountedText {
  readonly zh: string;
  readonly en: { readonly one: string; readonly other: string };
}

/** Values of `{lang}` in the addresses, and what `lang` says to a screen reader. */
export const LANG_TAGS = { zh: "zh-Hans", en: "en" } as const satisfies Record<Lang, string>;

export function isLang(value: string | undefined): value is Lang {
  return value === "zh" || value === "en";
}

/** As `say`, for sentences that hold a link or other markup; everything else is escaped. */
export function sayHtml(text: Text, lang: Lang, holes: Readonly<Record<string, Html>>): Html {
  const parts = text[lang].split(/\{(\w+)\}/g).map((part, at) => {
    if (at % 2 === 0) return escapeText(part);
    const value = holes[part];
    if (value === undefined) throw new Error(`no value for {${part}} of: ${text[lang]}`);
    return value.toString();
  });
  return raw(parts.join(""));
}

/** A text with a number in it; `figure` is the number as it is to be read, such as "1,204". */
export function sayCounted(
  text: CountedText,
  lang: Lang,
  count: { readonly n: bigint | number; readonly figure: string },
): string {
  const one = BigInt(count.n) === 1n ? text.en.one : text.en.other;
  return (lang === "zh" ? text.zh : one).replaceAll("{n}", count.figure);
}

/** The language that a browser prefers of the two, from its Accept-Language header; zh if neither. */
export function preferredLang(header: string | undefined): Lang {
  const ranked = (header ?? "")
    .split(",")
    .map((part, at) => {
      const [tag = "", ...rest] = part.trim().toLowerCase().split(";");
      const weight = /^\s*q=([01](?:\.\d{1,3})?)$/.exec(rest.join(";"))?.[1];
      return { tag: tag.slice(0, 2), weight: weight === undefined ? 1 : Number(weight), at };
    })
    .filter(({ tag, weight }) => isLang(tag) && weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.at - b.at);
  return ranked[0]?.tag === "en" ? "en" : "zh";
}

export const uiWords = {
  brand: { zh: "沙岸", en: "沙岸" },
  skip: { zh: "跳到正文", en: "Skip to content" },
  nav: { zh: "主导航", en: "Main" },
  crumbs: { zh: "位置", en: "Breadcrumb" },
  other_language: { zh: "English", en: "中文" },
  demo_label: { zh: "演示说明", en: "About this demonstration" },
  demo: {
    zh: "演示环境：申报机构、项目名称、规模目标、补偿与退出安排取自2020年1月的公开报道；其余机构和人物均属虚构，数字和上限均为演示数据。演示时间{now}。",
    en: "Demonstration: the declaring institutions, pilot names, target scale, and the compensation and exit arrangements come from press reports of January 2020. All other institutions and people are fictional, and all other figures and caps are demo data. Demo time {now}.",
  },
  zone: { zh: "时间为北京时间，金额为人民币。", en: "Times are Beijing time. Amounts are in CNY." },
  phase_label: { zh: "试点阶段", en: "Phase of the pilot" },
  actual: { zh: "实际", en: "Actual" },
  target: { zh: "目标", en: "Target" },
  cap: { zh: "上限", en: "Cap" },
  no_cap: { zh: "未设", en: "Not set" },
  used: { zh: "已用", en: "Used" },
  asked: { zh: "本次", en: "Asked" },
  left: { zh: "还可用", en: "Left" },
  of_target: { zh: "达到目标的{share}", en: "{share} of the target" },
  off_the_bar: { zh: "远高于上限，未画出", en: "far above the cap, not drawn" },
  pages_label: { zh: "分页", en: "Pages" },
  page_of: { zh: "第{page}页，共{pages}页", en: "Page {page} of {pages}" },
  previous: { zh: "上一页", en: "Previous" },
  next: { zh: "下一页", en: "Next" },
  errors: {
    zh: "有{n}处要改",
    en: { one: "There is one thing to correct", other: "There are {n} things to correct" },
  },
  error: { zh: "错误：", en: "Error: " },
  refused: { zh: "未受理", en: "Not accepted" },
  rule: { zh: "依据", en: "Rule" },
  rule_clause: { zh: "声明书{clause}条", en: "Clause {clause} of the declaration" },
  reason: { zh: "原因", en: "Reason" },
  remedy: { zh: "可以怎么办", en: "What you can do" },
  try_again: { zh: "再读一次", en: "Read again" },
  reference: { zh: "编号", en: "Reference" },
  appeal: { zh: "不同意这个结果", en: "If you disagree" },
} as const satisfies Catalogue;

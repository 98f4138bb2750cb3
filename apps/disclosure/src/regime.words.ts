/** What the page of regimes says. */
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const regimeWords = {
  title: { zh: "各地监管沙盒对照", en: "Regimes side by side" },
  lead: {
    zh: "不同监管机构的沙盒要求什么、限到多少、何时报告、怎样退出，逐项列明出处。只有标为“本系统采用”的一项在这里执行，其余仅供对照。",
    en: "What the sandboxes of different supervisors ask for, up to which numbers, when to report and how to end, each with its source. Only the one marked as in use is enforced here; the others are for comparison.",
  },
  marks: {
    zh: "标为“未核对”的出自记忆，没有人核对过，不可当作事实引用；标为“本系统设计”的是本系统在已知要求之外增加的。",
    en: "What is marked “not verified” is from memory and was checked by nobody: do not cite it as a fact. What is marked “our design” is asked by this system beyond what is known of the regime.",
  },
  empty: { zh: "没有模板。", en: "There are no templates." },
  regimes: { zh: "监管制度", en: "Regimes" },
  lead_one: {
    zh: "{authority}的沙盒要求什么，逐项列明出处。",
    en: "What the sandbox of {authority} asks for, each item with its source.",
  },
  authority: { zh: "监管机构", en: "Supervisor" },
  in_force: { zh: "施行", en: "In force from" },
  unknown: { zh: "未查明", en: "Not found out" },
  compiled: { zh: "整理日期", en: "Written down on" },
  in_use: { zh: "本系统采用", en: "In use here" },
  figures: { zh: "数字对照", en: "The numbers side by side" },
  figures_text: {
    zh: "金额按各自的币种写明，不作换算。",
    en: "Amounts stand in their own currencies and are not converted.",
  },
  here: { zh: "本系统采用：{value}", en: "in use here: {value}" },
  asked: { zh: "要求逐项对照", en: "What they ask for, matter by matter" },
  items: { zh: "{n}项", en: { one: "{n} item", other: "{n} items" } },
  none: { zh: "没有查到。", en: "Nothing was found." },
  source: { zh: "出处：{source}", en: "Source: {source}" },
  link: { zh: "各地监管沙盒对照", en: "Regimes side by side" },
} as const satisfies Catalogue;

/** What the items of a regime are about, in the order of the page. */
export const ASPECTS = {
  entry: { zh: "准入条件", en: "Entry criteria" },
  section: { zh: "须写明的内容", en: "What has to be stated" },
  limit: { zh: "规模与上限", en: "Scale and limits" },
  safeguard: { zh: "保护措施", en: "Safeguards" },
  clock: { zh: "期限与保障", en: "Clocks and security" },
  report: { zh: "报告义务", en: "Reporting" },
  exit: { zh: "结束与退出", en: "Evaluation and exit" },
} as const satisfies Readonly<Record<string, Text>>;

export const MARKS = {
  seen: { zh: "已见于公开资料", en: "seen in a published source" },
  unverified: { zh: "未核对", en: "not verified" },
  design: { zh: "本系统设计", en: "our design" },
} as const satisfies Readonly<Record<string, Text>>;

/** What the panel says that holds a declaration against a regime. */
import type { Text } from "@sandbank/kernel/words";
import type { ConformityOutcome } from "@sandbank/sandbox/contract";
import type { Catalogue, Tone } from "@sandbank/ui";

export const regimeWords = {
  title: { zh: "按其他监管制度对照", en: "Held against a regime" },
  lead: {
    zh: "逐条列出按所选制度会缺什么、哪些超出其数字。只供参考，不影响本申报。",
    en: "Clause by clause: what would be missing under a regime, and what lies outside its numbers. It is for information and changes nothing here.",
  },
  choose: { zh: "监管制度", en: "Regime" },
  none: { zh: "尚未选择", en: "Choose one" },
  counted: { zh: "{n}项", en: "{n}" },
  asked: { zh: "该制度的要求", en: "What the regime asks" },
  clause: { zh: "声明书条款", en: "Our clause" },
  numbers: { zh: "数字", en: "Numbers" },
  required: { zh: "要求{text}", en: "Asked: {text}" },
  stated: { zh: "声明{text}", en: "Declared: {text}" },
  source: { zh: "出处：{source}", en: "Source: {source}" },
  unverified: { zh: "未核对", en: "Not verified" },
  design: { zh: "本系统设计", en: "Our design" },
} as const satisfies Catalogue;

interface OutcomeWord {
  readonly word: Text;
  readonly tone: Tone;
}

/** What each outcome is called, those first that something would have to be done about. */
export const OUTCOMES: Readonly<Record<ConformityOutcome, OutcomeWord>> = {
  outside: { word: { zh: "超出", en: "Outside" }, tone: "stop" },
  missing: { word: { zh: "缺", en: "Missing" }, tone: "stop" },
  no_clause: { word: { zh: "表格中没有此项", en: "No such clause in our form" }, tone: "warn" },
  other_currency: { word: { zh: "币种不同，不作换算", en: "In another currency" }, tone: "warn" },
  people: { word: { zh: "由人判断", en: "For people to judge" }, tone: "off" },
  later: { word: { zh: "测试中的义务", en: "A duty of the test" }, tone: "off" },
  met: { word: { zh: "符合", en: "Met" }, tone: "ok" },
};

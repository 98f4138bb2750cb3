/**
 * What a notice says outside: that a letter of a kind waits, its subject, and where it is read. No
 * name, no amount, nothing of a customer; a text message leaves out the subject as well.
 */
import type { Lang, Text } from "@sandbank/kernel/words";
import type { LetterKind } from "../inbox/inbox.contract.ts";

const KINDS: Readonly<Record<LetterKind, Text>> = {
  incident_opened: { zh: "登记了一起事件", en: "An incident was put on record" },
  incident_resolved: {
    zh: "一起事件已排除，等待结案",
    en: "An incident was resolved and waits to be closed",
  },
  incident_reopened: { zh: "一起事件被退回", en: "An incident was sent back" },
  incident_closed: { zh: "一起事件已结案", en: "An incident was closed" },
  watch_begun: { zh: "毕业观察期开始", en: "A watch period after graduation began" },
  watch_missed: { zh: "观察期内一项标准未达标", en: "A threshold was missed under watch" },
  watch_finding: { zh: "观察期内有发现，等待决定", en: "A finding under watch waits for a ruling" },
  watch_ruled: { zh: "观察期内的发现已有决定", en: "A finding under watch was ruled on" },
  watch_ended: { zh: "毕业观察期结束", en: "A watch period after graduation ended" },
};

const WORDS = {
  name: { zh: "沙岸", en: "Sandbank" },
  pilot: { zh: "试点：", en: "Pilot: " },
  read: { zh: "在收件箱中查看：", en: "Read it in your inbox: " },
  why: {
    zh: "这个地址登记为沙岸的通知地址，所以收到本信。停用后地址即删除。这是自动发出的，不必回复。",
    en: "This address is on record at Sandbank for notices. Closing it there erases it. Sent by a program; nobody reads answers.",
  },
  demo: {
    zh: "演示：人物、机构和事件都是虚构的。",
    en: "A demonstration: people, organisations and events are fictional.",
  },
} as const satisfies Record<string, Text>;

/** Longest subject, in characters. */
const SUBJECT_LENGTH = 150;

/** What a letter is about, as far as a notice says it. */
interface Told {
  readonly kind: LetterKind;
  readonly pilot: string;
  readonly title: Text;
  readonly lang: Lang;
  readonly link: string;
  readonly demo: boolean;
}

export function mailOf(told: Told): { readonly subject: string; readonly text: string } {
  const { lang, link, demo, pilot } = told;
  const kind = KINDS[told.kind][lang];
  const title = told.title[lang].replaceAll(/\p{Cc}+/gu, " ").trim();
  const colon = lang === "zh" ? "：" : ": ";
  const lines = [
    ...[kind + colon + title, WORDS.pilot[lang] + pilot, "", WORDS.read[lang] + link, ""],
    ...(demo ? [WORDS.demo[lang]] : []),
    WORDS.why[lang],
  ];
  const subject = `[${WORDS.name[lang]}] ${kind}${colon}${title}`.slice(0, SUBJECT_LENGTH);
  return { subject, text: `${lines.join("\n")}\n` };
}

export function smsOf({ kind, pilot, lang, link, demo }: Told): string {
  const end = demo ? ` ${WORDS.demo[lang]}` : "";
  return `[${WORDS.name[lang]}] ${KINDS[kind][lang]} (${pilot}) ${link}${end}`;
}

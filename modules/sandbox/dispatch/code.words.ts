/**
 * What goes out with a code: its digits, how long they hold, where they are typed in, and what to do
 * if one asked for none. The subject leaves them out, since devices show subjects to whoever passes.
 */
import { limits } from "@sandbank/kernel/config";
import { type Lang, say, type Text } from "@sandbank/kernel/words";

const MINUTE_MS = 60_000;

const WORDS = {
  subject: {
    zh: "[沙岸] 验证这个通知地址",
    en: "[Sandbank] Prove this address for notices",
  },
  code: { zh: "验证码：{digits}", en: "Code: {digits}" },
  where: {
    zh: "{minutes} 分钟内有效，在登记这个地址的页面输入：{link}",
    en: "It holds for {minutes} minutes. Type it in where this address was put on record: {link}",
  },
  unasked: {
    zh: "如果这个地址不是您或贵机构登记的，不必理会：没有输入验证码，这里不会收到任何通知。没有人会向您索要验证码。",
    en: "If neither you nor your organisation put this address on record, do nothing: without the code no notice ever comes here. Nobody will ask you for it.",
  },
  demo: { zh: "演示，内容是虚构的。", en: "A demonstration; what it says is fictional." },
  sms: {
    zh: "[沙岸] 验证码 {digits}，{minutes} 分钟内有效，用于登记通知地址，不要告诉他人。",
    en: "[Sandbank] {digits} is the code that proves your number for notices. It holds for {minutes} minutes; tell it to nobody.",
  },
} as const satisfies Record<string, Text>;

interface Told {
  readonly digits: string;
  readonly lang: Lang;
  /** The page on which it is typed in. */
  readonly link: string;
  readonly demo: boolean;
}

export function codeMailOf({ digits, lang, link, demo }: Told): {
  readonly subject: string;
  readonly text: string;
} {
  const lines = [
    ...[say(WORDS.code, lang, { digits }), ""],
    ...[say(WORDS.where, lang, { minutes: minutes(), link }), ""],
    ...(demo ? [WORDS.demo[lang]] : []),
    WORDS.unasked[lang],
  ];
  return { subject: WORDS.subject[lang], text: `${lines.join("\n")}\n` };
}

export function codeSmsOf({ digits, lang, demo }: Omit<Told, "link">): string {
  const text = say(WORDS.sms, lang, { digits, minutes: minutes() });
  return demo ? `${text} ${WORDS.demo[lang]}` : text;
}

function minutes(): string {
  return String(Math.ceil(limits.contactCodeMs / MINUTE_MS));
}

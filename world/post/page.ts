/** The page on which simulated letters can be read, latest first, in Chinese and English. */
import type { Arrived } from "./letter.ts";

type Lang = "zh" | "en";
type Text = Readonly<Record<Lang, string>>;

const SHOWN = 100;

const WORDS = {
  title: { zh: "模拟邮局", en: "Simulated post office" },
  tag: { zh: "模拟", en: "simulated" },
  simulated: {
    zh: "模拟：这里收下演示发出的邮件和短信，不再转发给任何人。",
    en: "Simulated: mails and text messages of the demonstration end here and go to nobody.",
  },
  mail: { zh: "邮件", en: "Mail" },
  sms: { zh: "短信", en: "Text message" },
  to: { zh: "收件人", en: "To" },
  id: { zh: "编号", en: "Id" },
  code: { zh: "验证码", en: "Code" },
  again: { zh: "又收到一次", en: "came again" },
  none: { zh: "还没有来信。", en: "Nothing has come yet." },
  other: { zh: "English", en: "中文" },
} satisfies Record<string, Text>;

const STYLE = `body{font:16px/1.5 system-ui,"Noto Sans SC",sans-serif;max-width:50rem;margin:2rem auto;
padding:0 1rem;color:#1b1b1b;background:#fff}.tag{border:2px solid #8a4b00;color:#8a4b00;
border-radius:.3rem;padding:0 .5rem;font-size:1rem}article{border-top:1px solid #ddd;padding:.5rem 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem;color:#555}dd{margin:0;overflow-wrap:anywhere}
.code{font-size:1.75rem;font-variant-numeric:tabular-nums;letter-spacing:.15em}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The whole page as HTML. */
export function postPage(letters: readonly Arrived[], lang: Lang): string {
  const other: Lang = lang === "zh" ? "en" : "zh";
  const shown = letters.slice(-SHOWN).map((letter, at, all) => {
    const again = all.slice(0, at).some(({ kind, id }) => kind === letter.kind && id === letter.id);
    return articleOf(letter, lang, again);
  });
  const list = shown.toReversed().join("");
  return `<!doctype html><html lang="${lang === "zh" ? "zh-Hans" : "en"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${WORDS.title[lang]}</title><style>${STYLE}</style></head>
<body><header><a href="/${other}/" lang="${other}">${WORDS.other[lang]}</a>
<h1>${WORDS.title[lang]} <span class="tag">${WORDS.tag[lang]}</span></h1><p>${WORDS.simulated[lang]}</p></header>
<main>${list === "" ? `<p>${WORDS.none[lang]}</p>` : list}</main></body></html>\n`;
}

function articleOf(letter: Arrived, lang: Lang, again: boolean): string {
  const { kind, to, id, subject, text } = letter;
  const heading = subject === "" ? WORDS[kind][lang] : escape(subject);
  const repeated = again ? ` <span class="tag">${WORDS.again[lang]}</span>` : "";
  // A code that somebody waits for is to be found at a glance, and copied whole.
  const code = /(?<![0-9])[0-9]{6}(?![0-9])/.exec(text)?.[0];
  const shown = code === undefined ? "" : `<p>${WORDS.code[lang]} <b class="code">${code}</b></p>`;
  return `<article><h2>${heading}${repeated}</h2><dl><dt>${WORDS[kind][lang]}</dt><dd></dd>
<dt>${WORDS.to[lang]}</dt><dd>${escape(to)}</dd><dt>${WORDS.id[lang]}</dt><dd>${escape(id)}</dd></dl>
${shown}<pre>${escape(text)}</pre></article>`;
}

/**
 * Two languages are two texts: on a page of one language no word of the other may stand, except
 * proper names, codes, and what is marked with a `lang` of its own. Works on the markup, without a
 * browser.
 */

/** Names and codes that are the same in both languages. */
const NAMES: readonly RegExp[] = [
  /Sandbank/g,
  /AIBank Inside/g,
  /\bPOS\b/g,
  /\bJSON\b/g,
  /\bCNY\b/g,
  /\bAPI\b/g,
  /\bSDK\b/g,
  /\bIC\b/g,
  /\bLTV\b/g,
  /\bC2SP\b/g,
  /\bRFC \d+\b/g,
  /\b[A-Z]{1,4}-\d{4}-\d+\b/g,
  /\bEd25519\b/g,
  /\bSHA-256\b/g,
  /\btlog-(?:tiles|checkpoint|proof|cosignature)\b/g,
];

const HAN = /[\u3400-\u9fff\uf900-\ufaff]+/g;
const LATIN = /[A-Za-z][A-Za-z'’-]+/g;
const FOREIGN = { zh: LATIN, en: HAN } as const;
const CHINESE_SIGNS = /[，。；：、！？“”‘’（）《》]/g;

/** The words on the page that are in the wrong language, in the order of the page. */
export function strayWords(page: string, lang: "zh" | "en"): readonly string[] {
  let text = readable(page, lang);
  for (const name of NAMES) text = text.replaceAll(name, " ");
  const words = text.match(FOREIGN[lang]) ?? [];
  if (lang === "zh") return words;
  // Curly quotation marks are English as well; the rest of Chinese punctuation is not.
  return [...words, ...(text.match(CHINESE_SIGNS) ?? []).filter((sign) => !/[“”‘’]/.test(sign))];
}

/** What is read out: text and speaking attributes, without code, data and parts in a `lang` of their own. */
function readable(page: string, lang: "zh" | "en"): string {
  const own = lang === "zh" ? "zh-Hans" : "en";
  const body = page
    .replace(/<(script|style|svg|pre|code)\b[\s\S]*?<\/\1\s*>/g, " ")
    .replace(/<(\w+)\b[^>]*\bclass="mono"[^>]*>[^<]*<\/\1\s*>/g, " ")
    .replace(/<(\w+)\b(?=[^>]*\slang="([^"]+)")[^>]*>[^<]*<\/\1\s*>/g, (whole, _tag, tongue) =>
      tongue === own ? whole : " ",
    );
  const spoken = [...body.matchAll(/\s(?:aria-label|alt|title|placeholder|content)="([^"]*)"/g)]
    .map(([, value]) => value)
    .filter((value) => !/^(?:width=device-width|noindex)/.test(value ?? ""));
  const words = `${body.replace(/<[^>]*>/g, " ")} ${spoken.join(" ")}`;
  return words.replace(/&[a-z#0-9]+;/g, " ").replace(/\bhttps?:\/\/\S+/g, " ");
}

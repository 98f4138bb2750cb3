/** Which of the two languages a caller reads. Pages say it in their path, programs in a header. */
import type { Lang } from "../words/index.ts";

/** The language that Accept-Language prefers, zh or en; zh if it names neither. Never throws. */
export function readLanguage(header: unknown): Lang {
  if (typeof header !== "string" || header.length > 500) return "zh";
  let best: Lang = "zh";
  let weight = 0;
  for (const part of header.split(",", 20)) {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const lang = /^(zh|en)(-|$)/.exec(tag.trim())?.[1];
    if (lang === undefined) continue;
    const q = /^q=([01](?:\.\d{1,3})?)$/.exec((parameters[0] ?? "q=1").trim())?.[1];
    if (q !== undefined && Number(q) > weight) {
      weight = Number(q);
      best = lang as Lang;
    }
  }
  return best;
}

/** Whose pilot it is, in one phrase: who declared it, and whose the figures of a demonstration are. */
import { type Lang, say } from "@sandbank/kernel/words";
import { LANG_TAGS } from "@sandbank/ui";
import type { PilotSummary } from "./ports.ts";
import { words } from "./words.ts";

/** The names in one phrase: "A、B和C", "A, B, and C". */
export function namesOf(pilot: PilotSummary, lang: Lang): string {
  const list = new Intl.ListFormat(LANG_TAGS[lang], { type: "conjunction" });
  return list.format(pilot.declaredBy.map((name) => name[lang]));
}

export function whose(pilot: PilotSummary, lang: Lang): string {
  const declared = namesOf(pilot, lang);
  return pilot.runBy === undefined
    ? say(words.whose_live, lang, { declared })
    : say(words.whose_demo, lang, { declared, run: pilot.runBy[lang] });
}

/** Whose pilot it is, in one phrase: who declared it, and whose the figures of a demonstration are. */
import { type Lang, say } from "@sandbank/kernel/words";
import { LANG_TAGS } from "@sandbank/ui";
import type { PilotSummary, Setting } from "./ports.ts";
import { words } from "./words.ts";

/** The names in one phrase: "A、B和C", "A, B, and C". */
export function namesOf(pilot: PilotSummary, lang: Lang): string {
  const list = new Intl.ListFormat(LANG_TAGS[lang], { type: "conjunction" });
  return list.format(pilot.declaredBy.map((name) => name[lang]));
}

/** In a demonstration a pilot that nobody runs here has its declarer, as reported, and no figures. */
export function whose(pilot: PilotSummary, lang: Lang, mode: Setting["mode"]): string {
  const declared = namesOf(pilot, lang);
  if (pilot.runBy !== undefined) {
    return say(words.whose_demo, lang, { declared, run: pilot.runBy[lang] });
  }
  return say(mode === "demo" ? words.whose_reported : words.whose_live, lang, { declared });
}

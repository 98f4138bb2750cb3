/** The way to the page of an exit, for the register and the pilot's own page. */
import { type Lang, say } from "@sandbank/kernel/words";
import { type Html, html } from "@sandbank/ui";
import type { PilotSummary } from "../ports.ts";
import { exitWords as words } from "./exit.words.ts";

/** False for a pilot that is not leaving. */
export function exitLink(
  { slug, phase }: Pick<PilotSummary, "slug" | "phase">,
  lang: Lang,
): Html | false {
  if (phase !== "exiting" && phase !== "exited") return false;
  const word = phase === "exited" ? words.to_report : words.to_progress;
  return html`<p class="links"><a href="/${lang}/pilots/${slug}/exit">${say(word, lang)}</a></p>`;
}

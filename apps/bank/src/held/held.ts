/** A person's tokens and the scenes there are, as the pages of tokens read them, and what each is called. */
import type { Lang } from "@sandbank/kernel/words";
import type { Cause, SceneAnswer, TokenAnswer } from "@sandbank/tokens/contract";
import type { Tone } from "@sandbank/ui";
import { type Reading, useAsk } from "../ask.ts";
import { ofHolder, type Saying, useSetting } from "../setting.ts";
import { causeWords, tokenWords as words } from "../words/token.words.ts";

const TOKENS_EVERY_MS = 15_000;

export function useTokens(): Reading<{ readonly tokens: readonly TokenAnswer[] }> {
  const { lang, who } = useSetting();
  return useAsk(ofHolder("/api/tokens", who), { lang, every_ms: TOKENS_EVERY_MS });
}

export function useScenes(): Reading<{ readonly scenes: readonly SceneAnswer[] }> {
  const { lang } = useSetting();
  return useAsk("/api/scenes", { lang });
}

/** What a scene is called; its id where the scene is not among those that are read. */
export function sceneName(
  id: string,
  scenes: readonly SceneAnswer[] | undefined,
  lang: Lang,
): string {
  return scenes?.find((one) => one.id === id)?.name[lang] ?? id;
}

/** A token is called by its scenes: "机票、酒店", "Flights, hotels". */
export function tokenName(
  { scenes: ids }: Pick<TokenAnswer, "scenes">,
  scenes: readonly SceneAnswer[] | undefined,
  lang: Lang,
): string {
  return ids.map((id) => sceneName(id, scenes, lang)).join(lang === "zh" ? "、" : ", ");
}

/** The last four digits by which a holder tells his tokens apart. */
export function tailOf({ number }: Pick<TokenAnswer, "number">): string {
  return number.slice(-4);
}

/** How a token stands, in a word: a suspension says whose it is, the holder's own first. */
export function standingOf(
  { state, causes }: Pick<TokenAnswer, "state" | "causes">,
  say: Saying,
): { readonly word: string; readonly tone: Tone } {
  if (state === "active") return { word: say(words.active), tone: "ok" };
  if (state === "expired") return { word: say(words.expired), tone: "off" };
  if (state === "deleted") return { word: say(words.deleted), tone: "off" };
  const [cause = "holder"] = causes;
  return { word: say(causeWords[cause].word), tone: cause === "holder" ? "off" : "warn" };
}

/** True if the holder himself suspended it; another's cause stays whatever he does. */
export function isPausedByHolder({ causes }: { readonly causes: readonly Cause[] }): boolean {
  return causes.includes("holder");
}

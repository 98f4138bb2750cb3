/** States as words with a mark, the same as on the public pages. */
import type { Text } from "@sandbank/kernel/words";
import { PHASE_WORDS, type PhaseName, type Tone } from "@sandbank/ui";
import { sayIn, useSetting } from "../setting.ts";

export function Tag({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}

/** Results of an evaluation are a stage of it on every page. */
export function phaseName(state: string): PhaseName {
  if (state === "passed" || state === "failed") return "evaluation";
  return state as PhaseName;
}

export function PhaseTag({ state }: { readonly state: string }) {
  const { lang } = useSetting();
  const { word, tone } = PHASE_WORDS[phaseName(state)];
  return <Tag tone={tone}>{sayIn(lang)(word as Text)}</Tag>;
}

/** How requestors and scenes of payment tokens stand, as words with a mark. */
import type { RequestorState, SceneState } from "@sandbank/tokens/contract";
import { sayIn, useSetting } from "../setting.ts";
import { REQUESTOR_STATES } from "../words/requestor.words.ts";
import { SCENE_STATES } from "../words/scene.words.ts";
import { Tag } from "./state.tsx";

export function RequestorTag({ state }: { readonly state: RequestorState }) {
  const { lang } = useSetting();
  const { word, tone } = REQUESTOR_STATES[state];
  return <Tag tone={tone}>{sayIn(lang)(word)}</Tag>;
}

export function SceneTag({ state }: { readonly state: SceneState }) {
  const { lang } = useSetting();
  const { word, tone } = SCENE_STATES[state];
  return <Tag tone={tone}>{sayIn(lang)(word)}</Tag>;
}

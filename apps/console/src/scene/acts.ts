/** Acts on scenes: which are open in which state, and to whom. */
import type { SceneState } from "@sandbank/tokens/contract";
import { type Command, isOf, mayTake } from "../offices.ts";
import type { Run } from "../requestor/acts.ts";
import type { Who } from "../setting.ts";
import type { sceneActs } from "../words/scene.words.ts";

export type SceneAct = keyof typeof sceneActs;

const ACTS = {
  suspend: { from: ["open"], command: "suspend_scene", two: false, grave: true },
  resume: { from: ["suspended"], command: "resume_scene", two: true, grave: false },
  end: { from: ["open", "suspended"], command: "end_scene", two: false, grave: true },
} as const satisfies Readonly<Record<SceneAct, Act>>;

interface Act {
  readonly from: readonly SceneState[];
  readonly command: Command;
  /** True if another person must approve it. */
  readonly two: boolean;
  readonly grave: boolean;
}

export const sceneAct = (act: SceneAct): Act => ACTS[act];

export function isSceneAct(name: string | undefined): name is SceneAct {
  return name !== undefined && name in ACTS;
}

export function mayRegisterScene({ runBy }: Run, who: Who): boolean {
  return mayTake(who, "register_scene") && isOf(who, runBy);
}

/** What this person may do with a scene in this state. */
export function sceneActsOpen(
  { state }: { readonly state: SceneState },
  { runBy }: Run,
  who: Who,
): readonly SceneAct[] {
  if (!isOf(who, runBy)) return [];
  return (Object.keys(ACTS) as SceneAct[]).filter((act) => {
    const { from, command } = sceneAct(act);
    return from.includes(state) && mayTake(who, command);
  });
}

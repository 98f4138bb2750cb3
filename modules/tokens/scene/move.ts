/** The steps of a scene, each a command of the bank's staff; see the table in `scene.ts`. */
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { sceneIdContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { SCENE, type Scene, type SceneEvent } from "./scene.ts";
import { putScene, scenesIn } from "./scene.store.ts";

const content = z.strictObject({ scene: sceneIdContract });
type Moving = z.infer<typeof content>;
type Found = Scene | undefined;

const keys = ({ scene }: Moving) => ({ reads: [], writes: [`scene/${scene}`] });
const shown = (found: Found) => found?.state ?? "";

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Moving, unknown>[],
): Promise<Found[]> {
  const ids = questions.map(({ command }) => command.scene);
  const known = await scenesIn(tx, partition, ids);
  return ids.map((id) => known.get(id));
}

/** Takes a step of the table. */
function moved(found: Found, event: SceneEvent): Decision | Refusal {
  if (!found) return refuse("scene_absent");
  const step = SCENE[found.state][event];
  if ("no" in step) return refuse(step.no);
  const { id } = found;
  return {
    entries: [],
    changes: [change(putScene, { id, state: step.to })],
    answer: { scene: id, state: step.to },
  };
}

const common = { contract: content, keys, load, shown } as const;

/** Stops payments in a scene from the next authorisation on; by one, at once. Refuses `scene_absent`, `scene_suspended_already`, `scene_ended`. */
export const suspendScene: Command<Moving, Found> = {
  ...{ name: "tokens.suspend_scene", class: "SERVICE", ...common },
  may: ["institution_operator", "compliance_officer"],
  decide: ({ state }) => moved(state, "suspend"),
};

/** Lets tokens pay in a scene again. By two. Refuses `scene_absent`, `scene_not_suspended`, `scene_ended`. */
export const resumeScene: Command<Moving, Found> = {
  ...{ name: "tokens.resume_scene", class: "SERVICE", ...common },
  ...{ may: ["institution_operator"], fourEyes: { approvers: ["institution_approver"] } },
  decide: ({ state }) => moved(state, "resume"),
};

/** Cuts a scene off for good; its payments under way are finished. Refuses `scene_absent`, `scene_ended`. */
export const endScene: Command<Moving, Found> = {
  ...{ name: "tokens.end_scene", class: "SERVICE", ...common },
  may: ["institution_operator"],
  decide: ({ state }) => moved(state, "end"),
};

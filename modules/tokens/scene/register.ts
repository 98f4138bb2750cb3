/** Registering a scene of a requestor. */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { type NewScene, newSceneContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import type { Requestor } from "../requestor/requestor.ts";
import { requestorsIn } from "../requestor/requestor.store.ts";
import { addScene, scenesIn } from "./scene.store.ts";

interface Known {
  readonly requestor: Requestor | undefined;
  readonly scene: boolean;
}

/** Registers a scene. Refuses `requestor_unknown`, `requestor_ended`, `scene_exists`. */
export const registerScene: Command<NewScene, Known> = {
  name: "tokens.register_scene",
  class: "OPEN",
  contract: newSceneContract,
  may: ["institution_operator"],
  keys: ({ id, trid }) => ({ reads: [`requestor/${trid}`], writes: [`scene/${id}`] }),
  async load(tx, partition, questions) {
    const asked = questions.map(({ command }) => command);
    const [requestors, scenes] = await Promise.all([
      requestorsIn(
        tx,
        partition,
        asked.map(({ trid }) => trid),
      ),
      scenesIn(
        tx,
        partition,
        asked.map(({ id }) => id),
      ),
    ]);
    return asked.map(({ id, trid }) => ({
      requestor: requestors.get(trid),
      scene: scenes.has(id),
    }));
  },
  decide({ state, command, now }) {
    if (!state.requestor) return refuse("requestor_unknown");
    if (state.requestor.state === "ended") return refuse("requestor_ended");
    if (state.scene) return refuse("scene_exists");
    const { id, trid, merchants, mccs, channels, name } = command;
    const lists = {
      merchants: merchants.join(" "),
      mccs: mccs.join(" "),
      channels: channels.join(" "),
    };
    const more = { name_zh: name.zh, name_en: name.en, cryptogram: command.cryptogram ?? false };
    return {
      entries: [],
      counts: { as: "use", opens: "scene", partner: trid },
      changes: [change(addScene, { id, trid, ...lists, ...more, at: toIso(now) })],
      answer: { scene: id },
    };
  },
};

/** Scenes over HTTP: the issuer registers and moves them; whoever is signed in may see where tokens pay. */
import { route, type Route } from "@sandbank/kernel/http";
import type { Text } from "@sandbank/kernel/words";
import {
  movedSceneContract,
  newSceneContract,
  sceneContract,
  sceneParams,
  scenesContract,
} from "../contract.ts";
import { isOurs } from "../issuer.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse, type TokensRefusal } from "../refusals.ts";
import { actEverywhere } from "../requestor/everywhere.ts";
import type { SceneEvent } from "./scene.ts";
import { findScenes } from "./scene.store.ts";

/** POST and GET /api/scenes, POST /api/scenes/{scene}/suspend, resume, end. */
export function sceneRoutes(ports: TokensPorts): Route[] {
  return [
    registerRoute(ports),
    listRoute(ports),
    moveRoute(ports, "suspend", "scene_suspended_already"),
    moveRoute(ports, "resume", "scene_not_suspended"),
    moveRoute(ports, "end", "scene_ended"),
  ];
}

function registerRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/scenes",
    summary: { zh: "登记支付场景", en: "Register a scene" },
    auth: "any",
    body: newSceneContract,
    answer: sceneContract,
    status: 201,
    refusals: ["for_issuer_only", "requestor_unknown", "requestor_ended", "scene_exists"],
    async handle({ body, principal, id }) {
      if (!isOurs(ports, principal)) return refuse("for_issuer_only");
      return actEverywhere(ports, {
        call: { id, principal, command: "tokens.register_scene", content: body },
        exists: "scene_exists",
        answer: { scene: body.id },
      });
    },
  });
}

const wordsOf = (text: string) => (text === "" ? [] : text.split(" "));

function listRoute({ partitions, store }: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/scenes",
    summary: { zh: "支付标记可用的场景", en: "The scenes in which tokens can pay" },
    auth: "any",
    answer: scenesContract,
    async handle() {
      const found = await findScenes(store, partitions.all[0] ?? 0);
      return {
        scenes: found.map((scene) => {
          const { id, trid, organisation, state, requestor, cryptogram } = scene;
          const { name_zh, name_en, by_zh, by_en } = scene;
          return {
            ...{ id, trid, organisation, state, requestor, cryptogram },
            name: { zh: name_zh, en: name_en },
            by: { zh: by_zh, en: by_en },
            merchants: wordsOf(scene.merchants),
            mccs: wordsOf(scene.mccs),
            channels: wordsOf(scene.channels),
          };
        }),
      };
    },
  });
}

const SUMMARIES: Readonly<Record<SceneEvent, Text>> = {
  suspend: { zh: "暂停场景，立即生效", en: "Suspend a scene, at once" },
  resume: { zh: "恢复场景，须两人", en: "Resume a scene, by two" },
  end: { zh: "终止场景", en: "End a scene for good" },
};

const STATE_AFTER = {
  suspend: "suspended",
  resume: "open",
  end: "ended",
} as const satisfies Record<SceneEvent, string>;

/** `done` is what a partition says in which the step was taken before. */
function moveRoute(ports: TokensPorts, event: SceneEvent, done: TokensRefusal): Route {
  return route({
    method: "POST",
    path: `/api/scenes/{scene}/${event}`,
    summary: SUMMARIES[event],
    auth: "any",
    params: sceneParams,
    answer: movedSceneContract,
    refusals: ["for_issuer_only", "scene_absent", done, "scene_ended"],
    async handle({ params: { scene }, principal, id }) {
      if (!isOurs(ports, principal)) return refuse("for_issuer_only");
      return actEverywhere(ports, {
        call: { id, principal, command: `tokens.${event}_scene`, content: { scene } },
        exists: done,
        answer: { scene, state: STATE_AFTER[event] },
      });
    },
  });
}

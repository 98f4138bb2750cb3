/** Scenes over HTTP. */
import { route, type Route } from "@sandbank/kernel/http";
import { newSceneContract, sceneContract } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { actEverywhere } from "../requestor/everywhere.ts";

/** POST /api/scenes. */
export function sceneRoutes(ports: TokensPorts): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/scenes",
      summary: { zh: "登记支付场景", en: "Register a scene" },
      auth: "any",
      body: newSceneContract,
      answer: sceneContract,
      status: 201,
      refusals: ["requestor_unknown", "scene_exists"],
      handle: ({ body, principal, id }) =>
        actEverywhere(ports, {
          call: { id, principal, command: "tokens.register_scene", content: body },
          exists: "scene_exists",
          answer: { scene: body.id },
        }),
    }),
  ];
}

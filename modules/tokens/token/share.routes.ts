/** The scenes of a token over HTTP, for its holder. */
import { route, type Route } from "@sandbank/kernel/http";
import {
  holderQuery,
  idParams,
  sharedSceneContract,
  tokenScenesContract,
  tokenSceneParams,
} from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { actOnToken } from "./act.ts";

/** POST …/{id}/scenes, DELETE …/{id}/scenes/{scene}. */
export function shareRoutes(ports: TokensPorts): Route[] {
  return [shareRoute(ports), unshareRoute(ports)];
}

type Scenes = {
  readonly token: string;
  readonly scenes: string[];
  readonly version: number;
};

function shareRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/tokens/{id}/scenes",
    summary: { zh: "将支付标记共享到另一场景", en: "Let a token serve one more scene" },
    auth: "any",
    params: idParams,
    body: sharedSceneContract,
    answer: tokenScenesContract,
    refusals: [
      ...["token_absent", "scene_unknown", "scene_shared_already", "scenes_too_many"],
      "loosening_needs_step_up",
    ],
    handle: ({ params, body: content, principal, id }) => {
      const command = "tokens.share_token";
      return actOnToken<Scenes>(ports, { token: params.id, id, principal, command, content });
    },
  });
}

function unshareRoute(ports: TokensPorts): Route {
  return route({
    method: "DELETE",
    path: "/api/tokens/{id}/scenes/{scene}",
    summary: { zh: "取消支付标记在某场景的使用", en: "Take a scene off a token" },
    auth: "any",
    params: tokenSceneParams,
    query: holderQuery,
    answer: tokenScenesContract,
    refusals: ["token_absent", "scene_not_shared", "scene_is_last"],
    handle: ({ params, query, principal, id }) => {
      const command = "tokens.unshare_token";
      const content = { ...query, scene: params.scene };
      return actOnToken<Scenes>(ports, { token: params.id, id, principal, command, content });
    },
  });
}

/**
 * The controls of a token over HTTP: for its holder, who changes them and looks at what a change
 * would loosen; for the issuer, who bounds him; and every version that ever was, for both.
 */
import { toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import type { Refusal } from "@sandbank/kernel/words";
import { actsFor } from "../account/account.ts";
import {
  changedBoundsContract,
  changedControlsContract,
  type Controls,
  controlVersionsContract,
  holderQuery,
  idParams,
  previewContract,
  versionContract,
} from "../contract.ts";
import { refuseControl } from "../control/control.refusals.ts";
import { findVersions } from "../control/control.store.ts";
import { agree } from "../control/terms.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { actOnToken } from "./act.ts";
import { looseningOf } from "./change.ts";
import { findPlace, findToken, type ShownToken } from "./token.store.ts";

/** Versions that are shown, newest first. */
const VERSIONS_MAX = 200;

/** PUT and GET …/{id}/controls, POST …/controls/preview, PUT …/bounds, POST …/bounds/loosening. */
export function changeRoutes(ports: TokensPorts): Route[] {
  return [
    controlsRoute(ports),
    versionsRoute(ports),
    previewRoute(ports),
    boundsRoute(ports),
    looseningRoute(ports),
  ];
}

type Changed = { readonly token: string; readonly version: number };

function controlsRoute(ports: TokensPorts): Route {
  return route({
    method: "PUT",
    path: "/api/tokens/{id}/controls",
    summary: { zh: "修改支付标记的限制", en: "Change the controls of a token" },
    auth: "any",
    params: idParams,
    body: changedControlsContract,
    answer: versionContract,
    refusals: [
      ...["token_absent", "controls_contradict", "controls_changed_since"],
      "loosening_needs_step_up",
    ],
    handle: ({ params, body: content, principal, id }) => {
      const command = "tokens.change_controls";
      return actOnToken<Changed>(ports, { token: params.id, id, principal, command, content });
    },
  });
}

/** The token of an id as its holder or the issuer may see it, with its partition. */
export async function seenToken(
  { partitions, store }: Pick<TokensPorts, "partitions" | "store">,
  asked: { readonly token: string; readonly holder: string; readonly principal: Principal },
): Promise<{ readonly token: ShownToken; readonly partition: number } | Refusal> {
  const { holder, principal } = asked;
  const issuer = principal.roles.includes("institution_operator");
  const place = await findPlace(store, partitions.all, asked.token);
  if (place?.holder !== holder || !(issuer || actsFor(principal, holder))) {
    return refuse("token_absent");
  }
  const { partition } = place;
  const token = await findToken(store, partition, asked.token);
  return token ? { token, partition } : refuse("token_absent");
}

function versionsRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/tokens/{id}/controls",
    summary: { zh: "支付标记限制的历次版本", en: "Every version of a token's controls" },
    auth: "any",
    params: idParams,
    query: holderQuery,
    answer: controlVersionsContract,
    refusals: ["token_absent"],
    async handle({ params, query: { holder }, principal }) {
      const seen = await seenToken(ports, { token: params.id, holder, principal });
      if ("refused" in seen) return seen;
      const of = { token: params.id, most: VERSIONS_MAX };
      const versions = await findVersions(ports.store, seen.partition, of);
      return {
        versions: versions.map(({ version, by, at, holder: controls, issuer: bounds }) => ({
          ...{ version, by, at: toIso(at) },
          controls: JSON.parse(controls) as Controls,
          bounds: JSON.parse(bounds) as Controls,
        })),
      };
    },
  });
}

function previewRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/tokens/{id}/controls/preview",
    summary: { zh: "这样修改会放宽什么", en: "What a change of the controls would loosen" },
    auth: "any",
    params: idParams,
    body: changedControlsContract,
    answer: previewContract,
    refusals: ["token_absent", "controls_contradict", "controls_changed_since"],
    async handle({ params, body: { holder, controls, version }, principal }) {
      if (!agree(controls)) return refuseControl("controls_contradict", { field: "/controls" });
      const seen = await seenToken(ports, { token: params.id, holder, principal });
      if ("refused" in seen) return seen;
      const { token } = seen;
      const current = token.control.version;
      if (version !== undefined && version !== current) {
        return refuseControl("controls_changed_since", { params: { version: String(current) } });
      }
      return { version: current, ...looseningOf(token, controls) };
    },
  });
}

function boundsRoute(ports: TokensPorts): Route {
  return route({
    method: "PUT",
    path: "/api/tokens/{id}/bounds",
    summary: { zh: "发卡机构收紧支付标记", en: "Bound the holder of a token, as its issuer" },
    auth: "any",
    params: idParams,
    body: changedBoundsContract,
    answer: versionContract,
    refusals: [
      ...["token_absent", "controls_contradict", "controls_changed_since"],
      "bounds_loosening_needs_two",
    ],
    handle: ({ params, body: content, principal, id }) => {
      const command = "tokens.bound_token";
      return actOnToken<Changed>(ports, { token: params.id, id, principal, command, content });
    },
  });
}

function looseningRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/tokens/{id}/bounds/loosening",
    summary: {
      zh: "提交放宽发卡机构限制的申请，由另一人复核",
      en: "Propose to loosen the issuer's bounds, for another person to approve",
    },
    auth: "any",
    params: idParams,
    body: changedBoundsContract,
    answer: versionContract,
    refusals: ["token_absent", "controls_contradict", "controls_changed_since"],
    handle: ({ params, body: content, principal, id }) => {
      const command = "tokens.loosen_bounds";
      return actOnToken<Changed>(ports, { token: params.id, id, principal, command, content });
    },
  });
}

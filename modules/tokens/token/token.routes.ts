/**
 * Tokens over HTTP. In the demonstration one customers' key acts for many fictional holders, so each
 * body names the holder; a person who signed in acts for himself only. What is not the holder's
 * answers like what does not exist.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { actsFor } from "../account/account.ts";
import {
  causeBodyContract,
  changedControlsContract,
  holderBodyContract,
  holderQuery,
  idParams,
  newTokenContract,
  type TokenAnswer,
  tokenContract,
  tokensContract,
  tokenStateContract,
  versionContract,
} from "../contract.ts";
import { controlsOf } from "../control/control.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { causesOf, standingOf } from "./token.ts";
import { findPlace, findToken, findTokens, type ShownToken } from "./token.store.ts";

/** POST and GET /api/tokens, PUT …/{id}/controls, POST …/{id}/suspend and resume, DELETE …/{id}. */
export function tokenRoutes(ports: TokensPorts): Route[] {
  return [
    issueRoute(ports),
    listRoute(ports),
    controlsRoute(ports),
    causeRoute(ports, "suspend"),
    causeRoute(ports, "resume"),
    deleteRoute(ports),
  ];
}

function shownOf(token: ShownToken, now: Instant): TokenAnswer {
  const { number, id, holder, card, last4, scenes, causes, expires, control } = token;
  return {
    ...{ number, id, holder, card, last4, scenes: scenes.split(" "), expires: toIso(expires) },
    state: standingOf(token, now),
    causes: causesOf(causes),
    controls: controlsOf(control),
    version: control.version,
  };
}

function issueRoute({ guard, partitions, store, now }: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/tokens",
    summary: { zh: "申领支付标记", en: "Issue a payment token" },
    auth: "any",
    body: newTokenContract,
    answer: tokenContract,
    status: 201,
    refusals: ["holder_is_another", "card_unknown", "scene_unknown", "controls_contradict"],
    async handle({ body, principal, id }) {
      const partition = partitions.ofHolder(body.holder);
      const content = { ...body, slot: partitions.slotOf(partition) };
      const call = { partition, id, principal, command: "tokens.issue_token", content };
      const outcome = await guard.act(call);
      if (outcome.kind !== "accepted") return answerOf(outcome, never);
      const { token: issued } = outcome.answer as { readonly token: string };
      const token = await findToken(store, partition, issued);
      return token ? shownOf(token, await now()) : refuse("token_absent");
    },
  });
}

function listRoute({ partitions, store, now }: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/tokens",
    summary: { zh: "持卡人的全部支付标记", en: "Every token of a holder" },
    auth: "any",
    query: holderQuery,
    answer: tokensContract,
    refusals: ["for_holder_and_issuer_only"],
    async handle({ query: { holder }, principal }) {
      const issuer = principal.roles.includes("institution_operator");
      if (!issuer && !actsFor(principal, holder)) return refuse("for_holder_and_issuer_only");
      const at = await now();
      const tokens = await findTokens(store, partitions.ofHolder(holder), holder);
      return { tokens: tokens.map((token) => shownOf(token, at)) };
    },
  });
}

function controlsRoute({ guard, partitions, store }: TokensPorts): Route {
  return route({
    method: "PUT",
    path: "/api/tokens/{id}/controls",
    summary: { zh: "修改支付标记的限制", en: "Change the controls of a token" },
    auth: "any",
    params: idParams,
    body: changedControlsContract,
    answer: versionContract,
    refusals: ["token_absent", "controls_changed_since", "loosening_needs_step_up"],
    async handle({ params, body, principal, id }) {
      const place = await findPlace(store, partitions.all, params.id);
      if (!place) return refuse("token_absent");
      const { partition, number: token } = place;
      const content = { ...body, token };
      const call = { partition, id, principal, command: "tokens.change_controls", content };
      type Changed = { readonly token: string; readonly version: number };
      return answerOf(await guard.act(call), (answer) => answer as Changed);
    },
  });
}

type StateAnswer = {
  readonly token: string;
  readonly state: "live" | "deleted";
  readonly causes: TokenAnswer["causes"];
};

const CAUSE_WORDS = {
  suspend: { zh: "暂停支付标记", en: "Suspend a token" },
  resume: { zh: "恢复支付标记", en: "Resume a token" },
} as const;

function causeRoute(ports: TokensPorts, verb: "suspend" | "resume"): Route {
  const { guard, partitions, store } = ports;
  return route({
    method: "POST",
    path: `/api/tokens/{id}/${verb}`,
    summary: CAUSE_WORDS[verb],
    auth: "any",
    params: idParams,
    body: causeBodyContract,
    answer: tokenStateContract,
    refusals: ["token_absent", "cause_of_another_role"],
    async handle({ params, body, principal, id }) {
      const place = await findPlace(store, partitions.all, params.id);
      if (!place) return refuse("token_absent");
      const content = { ...body, token: place.number };
      const command = `tokens.${verb}_token`;
      const call = { partition: place.partition, id, principal, command, content };
      return answerOf(await guard.act(call), (answer) => answer as StateAnswer);
    },
  });
}

function deleteRoute({ guard, partitions, store }: TokensPorts): Route {
  return route({
    method: "DELETE",
    path: "/api/tokens/{id}",
    summary: { zh: "删除支付标记", en: "Delete a token" },
    auth: "any",
    params: idParams,
    query: holderBodyContract,
    answer: tokenStateContract,
    refusals: ["token_absent"],
    async handle({ params, query, principal, id }) {
      const place = await findPlace(store, partitions.all, params.id);
      if (!place) return refuse("token_absent");
      const content = { ...query, token: place.number };
      const command = "tokens.delete_token";
      const call = { partition: place.partition, id, principal, command, content };
      return answerOf(await guard.act(call), (answer) => answer as StateAnswer);
    },
  });
}

function never(): never {
  throw new Error("an accepted act is answered from state");
}

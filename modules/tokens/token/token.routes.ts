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
  type ConsentAnswer,
  holderBodyContract,
  holderQuery,
  idParams,
  newTokenContract,
  type TokenAnswer,
  tokenContract,
  tokensContract,
  tokenStateContract,
} from "../contract.ts";
import { saidBy } from "../control/control.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { actOnToken } from "./act.ts";
import { causesOf, standingOf } from "./token.ts";
import { findToken, findTokens, type ShownConsent, type ShownToken } from "./token.store.ts";

/** POST and GET /api/tokens, POST …/{id}/suspend, resume and consent/withdraw, DELETE …/{id}. */
export function tokenRoutes(ports: TokensPorts): Route[] {
  return [
    issueRoute(ports),
    listRoute(ports),
    causeRoute(ports, "suspend"),
    causeRoute(ports, "resume"),
    deleteRoute(ports),
    withdrawRoute(ports),
  ];
}

function shownOf(token: ShownToken, now: Instant): TokenAnswer {
  const { number, id, holder, card, last4, par, type, assurance, control, consent } = token;
  return {
    ...{ number, id, holder, card, last4, par, type, assurance, scenes: [...token.scenes] },
    expires: toIso(token.expires),
    state: standingOf(token, now),
    causes: causesOf(token.causes),
    controls: saidBy(control, "holder"),
    bounds: saidBy(control, "issuer"),
    version: control.version,
    consent: consent ? consentShown(consent) : null,
  };
}

function consentShown({ given, until, withdrawn, ...text }: ShownConsent): ConsentAnswer {
  const times = { given: toIso(given), until: toIso(until) };
  return { ...text, ...times, withdrawn: withdrawn === null ? null : toIso(withdrawn) };
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
    refusals: [
      ...["holder_is_another", "card_unknown", "scene_unknown", "controls_contradict"],
      ...["consent_text_not_current", "token_expiry_out_of_range"],
    ],
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
  return route({
    method: "POST",
    path: `/api/tokens/{id}/${verb}`,
    summary: CAUSE_WORDS[verb],
    auth: "any",
    params: idParams,
    body: causeBodyContract,
    answer: tokenStateContract,
    refusals: ["token_absent", "cause_of_another_role"],
    handle: ({ params, body: content, principal, id }) => {
      const command = `tokens.${verb}_token` as const;
      const asked = { token: params.id, id, principal, command, content };
      return actOnToken<StateAnswer>(ports, asked);
    },
  });
}

function deleteRoute(ports: TokensPorts): Route {
  return route({
    method: "DELETE",
    path: "/api/tokens/{id}",
    summary: { zh: "删除支付标记", en: "Delete a token" },
    auth: "any",
    params: idParams,
    query: holderBodyContract,
    answer: tokenStateContract,
    refusals: ["token_absent"],
    handle: ({ params, query: content, principal, id }) => {
      const command = "tokens.delete_token";
      return actOnToken<StateAnswer>(ports, { token: params.id, id, principal, command, content });
    },
  });
}

function withdrawRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/tokens/{id}/consent/withdraw",
    summary: {
      zh: "撤回同意，支付标记随即停用",
      en: "Withdraw the consent to a token, which ends it",
    },
    auth: "any",
    params: idParams,
    body: holderBodyContract,
    answer: tokenStateContract,
    refusals: ["token_absent"],
    handle: ({ params, body: content, principal, id }) => {
      const command = "tokens.withdraw_consent";
      return actOnToken<StateAnswer>(ports, { token: params.id, id, principal, command, content });
    },
  });
}

function never(): never {
  throw new Error("an accepted act is answered from state");
}

/** What a token would allow and what is left of it, over HTTP, for its holder and the issuer. */
import { fromIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import {
  explainedContract,
  holderQuery,
  idParams,
  tokenWindowsContract,
  triedPaymentContract,
} from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { seenToken } from "../token/change.routes.ts";
import { explain, windowsOf } from "./explain.ts";

/** POST /api/tokens/{id}/explain, GET /api/tokens/{id}/windows. */
export function explainRoutes(ports: TokensPorts): Route[] {
  return [explainRoute(ports), windowsRoute(ports)];
}

function explainRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/tokens/{id}/explain",
    summary: {
      zh: "这笔支付能否通过，哪项限制不允许，还剩多少",
      en: "Would this payment pass, and if not, which control is against it and what is left",
    },
    auth: "any",
    params: idParams,
    body: triedPaymentContract,
    answer: explainedContract,
    refusals: ["token_absent"],
    async handle({ params, body: payment, principal }) {
      const { holder, at } = payment;
      const seen = await seenToken(ports, { token: params.id, holder, principal });
      if ("refused" in seen) return seen;
      const now = at === undefined ? await ports.now() : fromIso(at);
      return explain(ports, seen, { payment, now });
    },
  });
}

function windowsRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/tokens/{id}/windows",
    summary: {
      zh: "支付标记各项额度的已用与剩余",
      en: "What of a token's windows is used and left",
    },
    auth: "any",
    params: idParams,
    query: holderQuery,
    answer: tokenWindowsContract,
    refusals: ["token_absent"],
    async handle({ params, query: { holder }, principal }) {
      const seen = await seenToken(ports, { token: params.id, holder, principal });
      if ("refused" in seen) return seen;
      return { windows: await windowsOf(ports, seen, await ports.now()) };
    },
  });
}

/**
 * What a holder has, over HTTP: for himself and for the issuer. What is another's answers like what
 * does not exist.
 */
import { route, type Route } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { actsFor } from "../account/account.ts";
import { holderQuery } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { actsOf, cardsOf, paymentsOf } from "./holding.ts";
import {
  beforeContract,
  heldCardsContract,
  heldPaymentsContract,
  holderActsContract,
} from "../holding.contract.ts";

const pageQuery = holderQuery.extend({ before: beforeContract.optional() });

/** GET /api/cards, /api/payments, /api/acts. */
export function holdingRoutes(ports: TokensPorts): Route[] {
  return [cardsRoute(ports), paymentsRoute(ports), actsRoute(ports)];
}

function maySee(principal: Principal, holder: string): boolean {
  return principal.roles.includes("institution_operator") || actsFor(principal, holder);
}

const placeOf = (before: string | undefined) =>
  before === undefined ? {} : { before: BigInt(before) };

function cardsRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/cards",
    summary: { zh: "持卡人的卡片与余额", en: "A holder's cards with the money on them" },
    auth: "any",
    query: holderQuery,
    answer: heldCardsContract,
    refusals: ["for_holder_and_issuer_only"],
    async handle({ query: { holder }, principal }) {
      if (!maySee(principal, holder)) return refuse("for_holder_and_issuer_only");
      return { cards: await cardsOf(ports, holder) };
    },
  });
}

function paymentsRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/payments",
    summary: { zh: "持卡人的支付", en: "A holder's payments" },
    auth: "any",
    query: pageQuery,
    answer: heldPaymentsContract,
    refusals: ["for_holder_and_issuer_only"],
    async handle({ query: { holder, before }, principal }) {
      if (!maySee(principal, holder)) return refuse("for_holder_and_issuer_only");
      const { lines, next } = await paymentsOf(ports, { holder, ...placeOf(before) });
      return { payments: [...lines], next };
    },
  });
}

function actsRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/acts",
    summary: {
      zh: "对持卡人的卡片和支付标记做过的操作",
      en: "What was done with a holder's cards and tokens",
    },
    auth: "any",
    query: pageQuery,
    answer: holderActsContract,
    refusals: ["for_holder_and_issuer_only"],
    async handle({ query: { holder, before }, principal }) {
      if (!maySee(principal, holder)) return refuse("for_holder_and_issuer_only");
      const asked = { holder, reader: principal.id, ...placeOf(before) };
      const { lines, next } = await actsOf(ports, asked);
      return { acts: [...lines], next };
    },
  });
}

/** The reasons of declined payments over HTTP, for the holder and the issuer; never for a requestor. */
import { route, type Route } from "@sandbank/kernel/http";
import { actsFor } from "../account/account.ts";
import { declinesContract, holderQuery } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { declinesOf } from "./decline.ts";

/** GET /api/declines?holder=. */
export function declineRoutes(ports: TokensPorts): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/declines",
      summary: { zh: "被拒支付及其全部原因", en: "Declined payments with their whole reason" },
      auth: "any",
      query: holderQuery,
      answer: declinesContract,
      refusals: ["for_holder_and_issuer_only"],
      async handle({ query: { holder }, principal }) {
        const issuer = principal.roles.includes("institution_operator");
        if (!issuer && !actsFor(principal, holder)) return refuse("for_holder_and_issuer_only");
        return { declines: await declinesOf(ports, holder) };
      },
    }),
  ];
}

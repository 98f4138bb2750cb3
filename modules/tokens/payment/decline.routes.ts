/** The reasons of declined payments over HTTP, for the holder and the issuer; never for a requestor. */
import { route, type Route } from "@sandbank/kernel/http";
import { actsFor } from "../account/account.ts";
import { declinesContract, declinesQuery } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { declinesOf } from "./decline.ts";

/** GET /api/declines?holder=, page by page. */
export function declineRoutes(ports: TokensPorts): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/declines",
      summary: { zh: "被拒支付及其全部原因", en: "Declined payments with their whole reason" },
      auth: "any",
      query: declinesQuery,
      answer: declinesContract,
      refusals: ["for_holder_and_issuer_only"],
      async handle({ query: { holder, before }, principal, lang }) {
        const issuer = principal.roles.includes("institution_operator");
        if (!issuer && !actsFor(principal, holder)) return refuse("for_holder_and_issuer_only");
        const page = before === undefined ? {} : { before: BigInt(before) };
        return declinesOf(ports, { holder, lang, ...page });
      },
    }),
  ];
}

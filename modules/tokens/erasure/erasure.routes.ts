/** Erasing a holder over HTTP: at once for the holder himself, proposed for two where the bank asks. */
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { z } from "zod";
import { erasedContract, holderQuery } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";

/** POST /api/holders/{holder}/erasure. */
export function erasureRoutes({ guard, partitions }: TokensPorts): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/holders/{holder}/erasure",
      summary: {
        zh: "删除持卡人的个人信息；由银行提出时须另一人批准",
        en: "Erase what names a holder; where the bank asks, another person approves",
      },
      auth: "any",
      params: holderQuery,
      body: z.strictObject({}),
      answer: erasedContract,
      refusals: ["holder_is_another", "holder_unknown", "holder_has_tokens", "account_not_empty"],
      async handle({ params: { holder }, principal, id }) {
        const bank = principal.roles.includes("compliance_officer");
        const outcome = await guard.act({
          ...{ partition: partitions.ofHolder(holder), id, principal, content: { holder } },
          command: bank ? "tokens.erase_holder" : "tokens.erase_me",
        });
        return answerOf(outcome, (answer) => answer as { erased: number });
      },
    }),
  ];
}

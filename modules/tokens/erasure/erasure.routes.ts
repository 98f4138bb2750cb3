/** Erasing a holder over HTTP: at once for the holder himself, proposed for two where the bank asks. */
import { toIso } from "@sandbank/kernel/clock";
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import type { Lang } from "@sandbank/kernel/words";
import { z } from "zod";
import {
  erasedContract,
  holderQuery,
  idParams,
  type ReceiptAnswer,
  receiptContract,
} from "../contract.ts";
import { isOurs } from "../issuer.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "./erasure.refusals.ts";
import { type Erasure, findErasure } from "./erasure.store.ts";
import { COVERS, STAYS } from "./erasure.words.ts";

/** POST /api/holders/{holder}/erasure, GET /api/erasures/{id}. */
export function erasureRoutes(ports: TokensPorts): Route[] {
  return [eraseRoute(ports), receiptRoute(ports)];
}

function eraseRoute(ports: TokensPorts): Route {
  const { guard, partitions } = ports;
  return route({
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
      const bank = principal.roles.includes("compliance_officer") && isOurs(ports, principal);
      const outcome = await guard.act({
        ...{ partition: partitions.ofHolder(holder), id, principal, content: { holder } },
        command: bank ? "tokens.erase_holder" : "tokens.erase_me",
      });
      return answerOf(outcome, (answer) => answer as z.infer<typeof erasedContract>);
    },
  });
}

/** Open to whoever has its id: who was erased has no account any more, and it names nobody. */
function receiptRoute({ partitions, store }: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/erasures/{id}",
    summary: { zh: "查看删除凭证", en: "See the receipt of an erasure" },
    auth: "none",
    params: idParams,
    answer: receiptContract,
    refusals: ["erasure_unknown"],
    async handle({ params: { id }, lang }) {
      const erasure = await findErasure(store, partitions.all, id);
      return erasure ? shown(erasure, lang) : refuse("erasure_unknown");
    },
  });
}

function shown(erasure: Erasure, lang: Lang): ReceiptAnswer {
  const { id: receipt, cards, acts, payments, at, sealed, claims, destroyed_at } = erasure;
  const done = sealed !== null && claims !== null && destroyed_at !== null;
  return {
    ...{ receipt, at: toIso(at), cards, acts, payments },
    destroyed: done ? { sealed, claims, at: toIso(destroyed_at) } : null,
    covers: COVERS.map((text) => text[lang]),
    stays: STAYS.map((text) => text[lang]),
  };
}

/**
 * Looking at card numbers over HTTP: first the act, then the vault opens. Of the banks only the cards'
 * own may look; the supervisor and the system are nobody's bank.
 */
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { isRefusal } from "@sandbank/kernel/words";
import { findCardPartition } from "../account/account.store.ts";
import { isOurs } from "../issuer.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { refuse as refuseByVault } from "../vault/vault.refusals.ts";
import { newLookContract, seenContract } from "../vault.contract.ts";

/** POST /api/looks. */
export function lookRoutes(ports: TokensPorts): Route[] {
  const { guard, partitions, store, vault } = ports;
  return [
    route({
      method: "POST",
      path: "/api/looks",
      summary: {
        zh: "按用途查看卡号，逐次留痕，计入当日额度",
        en: "See card numbers for a purpose; each look is on record and counts against a day's quota",
      },
      auth: "any",
      body: newLookContract,
      answer: seenContract,
      refusals: [
        ...["detokenise_purpose_not_yours", "card_unknown", "detokenise_quota_spent"],
        "detokenise_delivered",
      ],
      async handle({ body, principal, id }) {
        if (!isOurs(ports, principal)) return refuseByVault("detokenise_purpose_not_yours");
        const home = await findCardPartition(store, partitions.all, body.cards[0] ?? "");
        if (home === undefined) return refuse("card_unknown");
        const call = { partition: home, id, principal, command: "tokens.look", content: body };
        const granted = answerOf(await guard.act(call), (answer) => answer as { look: string });
        if (!("look" in granted)) return granted;
        const cards = body.cards.map((cardRef) => ({ cardRef, home }));
        const asked = { id: granted.look, cards, purpose: body.purpose, principal };
        const seen = await vault.look(asked);
        if (isRefusal(seen)) return seen;
        return {
          cards: seen.map(({ cardRef, number, expires }) => ({ card: cardRef, number, expires })),
        };
      },
    }),
  ];
}

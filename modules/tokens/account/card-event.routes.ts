/** The issuer core's words about cards, over HTTP: a new number goes to the vault and nowhere else. */
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { isRefusal } from "@sandbank/kernel/words";
import { isOurs } from "../issuer.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse as refuseCommon } from "../refusals.ts";
import { cardEventContract, type NewCardEvent, newCardEventContract } from "./account.contract.ts";
import { refuse } from "./account.refusals.ts";
import { findCardPartition } from "./account.store.ts";

/** POST /api/card-events. */
export function cardEventRoutes(ports: TokensPorts): Route[] {
  const { guard, partitions, store } = ports;
  return [
    route({
      method: "POST",
      path: "/api/card-events",
      summary: {
        zh: "发卡系统报告卡片挂失、换卡或销卡",
        en: "The issuer's system reports a card lost, replaced or closed",
      },
      auth: "key",
      body: newCardEventContract,
      answer: cardEventContract,
      refusals: [
        ...["issuer_system_only", "card_unknown", "card_number_not_recognised"],
        ...["card_bound_elsewhere", "card_event_place_taken"],
      ],
      async handle({ body, principal }) {
        const issuer = principal.kind === "key" && principal.roles.includes("institution_operator");
        if (!issuer || !isOurs(ports, principal)) return refuse("issuer_system_only");
        const partition = await findCardPartition(store, partitions.all, body.card);
        if (partition === undefined) return refuseCommon("card_unknown");
        const content = await contentOf(ports, body, partition);
        if (isRefusal(content)) return content;
        // The event is the act: told again, by whatever request, it answers as it did.
        const id = `card-event.${body.event}`;
        const call = { partition, id, principal, command: "tokens.hear_card_event", content };
        return answerOf(await guard.act(call), (answer) => cardEventContract.parse(answer));
      },
    }),
  ];
}

/** The command's content: where there is a new number, what the vault says of it. */
async function contentOf({ vault }: TokensPorts, body: NewCardEvent, home: number) {
  if (body.kind !== "replaced") return body;
  const { event, card, seq, kind, number, expires } = body;
  const face = await vault.renumber({ cardRef: card, home, number, expires, seq: BigInt(seq) });
  if (isRefusal(face)) return face;
  return { event, card, seq, kind, last4: face.last4, bin: face.bin, expires };
}

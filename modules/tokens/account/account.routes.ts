/**
 * Cards over HTTP. The number goes to the vault and nowhere else: the command gets what the vault
 * says of it. In the demonstration one customers' key acts for many fictional holders, so the body
 * names the holder; a person who signed in acts for himself only.
 */
import { toIso } from "@sandbank/kernel/clock";
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { isRefusal } from "@sandbank/kernel/words";
import {
  cardContract,
  fundedContract,
  fundsContract,
  idParams,
  newCardContract,
} from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { actsFor } from "./account.ts";
import { findCard, findCardPartition } from "./account.store.ts";

/** POST /api/cards, POST /api/cards/{id}/funds, POST /api/cards/{id}/returns. */
export function cardRoutes(ports: TokensPorts): Route[] {
  return [addRoute(ports), fundRoute(ports), returnRoute(ports)];
}

function addRoute({ guard, partitions, store, vault }: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/cards",
    summary: { zh: "添加一张卡", en: "Add a card" },
    auth: "any",
    body: newCardContract,
    answer: cardContract,
    status: 201,
    refusals: ["holder_is_another", "card_exists", "card_expired", "card_number_not_recognised"],
    async handle({ body: { holder, number, expires }, principal, id }) {
      if (!actsFor(principal, holder)) return refuse("holder_is_another");
      const partition = partitions.ofHolder(holder);
      const sealed = await vault.seal({ number, expires, holder, home: partition });
      if (isRefusal(sealed)) return sealed;
      const { cardRef, par, last4, bin } = sealed;
      const content = { cardRef, holder, par, last4, bin, expires };
      const call = { partition, id, principal, command: "tokens.add_card", content };
      const outcome = await guard.act(call);
      if (outcome.kind !== "accepted") return answerOf(outcome, () => never());
      const card = await findCard(store, partition, cardRef);
      return card ? { ...card, expires: toIso(card.expires) } : refuse("card_unknown");
    },
  });
}

function fundRoute({ guard, partitions, store }: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/cards/{id}/funds",
    summary: { zh: "向卡内存入资金", en: "Put money on a card" },
    auth: "any",
    params: idParams,
    body: fundsContract,
    answer: fundedContract,
    refusals: ["card_unknown", "card_closed"],
    async handle({ params, body, principal, id }) {
      const partition = await findCardPartition(store, partitions.all, params.id);
      if (partition === undefined) return refuse("card_unknown");
      const content = { card: params.id, amount: body.amount };
      const call = { partition, id, principal, command: "tokens.fund_card", content };
      return answerOf(await guard.act(call), () => content);
    },
  });
}

function returnRoute({ guard, partitions, store }: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/cards/{id}/returns",
    summary: {
      zh: "把卡内资金转回持卡人的账户",
      en: "Return money from a card to its holder's account",
    },
    auth: "any",
    params: idParams,
    body: fundsContract,
    answer: fundedContract,
    refusals: ["card_unknown", "funds_insufficient"],
    async handle({ params, body, principal, id }) {
      const partition = await findCardPartition(store, partitions.all, params.id);
      if (partition === undefined) return refuse("card_unknown");
      const content = { card: params.id, amount: body.amount };
      const call = { partition, id, principal, command: "tokens.return_funds", content };
      return answerOf(await guard.act(call), () => content);
    },
  });
}

function never(): never {
  throw new Error("an accepted act is answered from state");
}

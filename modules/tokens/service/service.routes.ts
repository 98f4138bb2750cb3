/**
 * Serving a holder over HTTP: first the act, then what may be shown of his things. For the issuer's
 * own people; what fits nobody and what fits several tell nothing of anybody.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { type Lang, maskCard, maskCardEnd } from "@sandbank/kernel/words";
import { cardsOf, paymentsOf } from "../holding/holding.ts";
import { declinesOf } from "../payment/decline.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { newServiceContract, servedContract } from "../service.contract.ts";
import { causesOf, standingOf } from "../token/token.ts";
import { findTokens } from "../token/token.store.ts";
import { isEnough } from "./service.ts";
import { holdersSaidIn } from "./service.store.ts";

/** Payments and declines that one look shows. */
const SHOWN = 20;

/** POST /api/service-looks. */
export function serviceRoutes(ports: TokensPorts): Route[] {
  const { guard, partitions, store } = ports;
  return [
    route({
      method: "POST",
      path: "/api/service-looks",
      summary: {
        zh: "按用途查看来询客户的支付标记，信息屏蔽，逐次留痕",
        en: "See what a holder who asks has, masked and for a purpose; each look is on record",
      },
      auth: "any",
      body: newServiceContract,
      answer: servedContract,
      refusals: [
        ...["for_issuer_only", "service_said_too_little", "service_nobody", "service_several"],
        "service_looks_spent",
      ],
      async handle({ body, principal, id, lang }) {
        if (principal.organisation !== ports.issuer) return refuse("for_issuer_only");
        const { said } = body;
        const fits = isEnough(said)
          ? await Promise.all(partitions.all.map((of) => holdersSaidIn(store, of, said)))
          : [];
        const at = whereOf(fits);
        const partition = partitions.all[at] ?? 0;
        const call = { partition, id, principal, command: "tokens.serve_holder", content: body };
        const outcome = await guard.act(call);
        const [holder, ...others] = fits.flat();
        // One in each of two partitions: that somebody looked is on record, and nobody is shown.
        if (outcome.kind === "accepted" && others.length > 0) return refuse("service_several");
        // Erased between the look and the showing: there is nothing left to show.
        if (outcome.kind !== "accepted" || holder === undefined) {
          return answerOf(outcome, () => refuse("service_nobody"));
        }
        const { look } = outcome.answer as { readonly look: string };
        return servedOf(ports, { act: look, at: outcome.at, partition, holder, lang });
      },
    }),
  ];
}

/** The partition whose act the look is: one that has several who fit, or else one, or the first. */
function whereOf(fits: readonly (readonly string[])[]): number {
  const most = Math.max(0, ...fits.map((holders) => holders.length));
  return Math.max(
    0,
    fits.findIndex((holders) => holders.length === most),
  );
}

interface Serving {
  readonly act: string;
  readonly at: Instant;
  readonly partition: number;
  readonly holder: string;
  readonly lang: Lang;
}

async function servedOf(ports: TokensPorts, { partition, holder, lang, ...look }: Serving) {
  const [cards, tokens, payments, { declines }, now] = await Promise.all([
    cardsOf(ports, holder),
    findTokens(ports.store, partition, holder),
    paymentsOf(ports, { holder }),
    declinesOf(ports, { holder, lang }),
    ports.now(),
  ]);
  return {
    ...{ act: look.act, at: toIso(look.at), holder: masked(holder) },
    cards: cards.map(({ last4, expires, state }) => ({
      ...{ number: maskCardEnd(last4), expires, state },
    })),
    tokens: tokens.map((token) => ({
      ...{ number: maskCard(token.number), state: standingOf(token, now) },
      ...{ causes: causesOf(token.causes), scenes: [...token.scenes] },
      expires: toIso(token.expires),
    })),
    payments: payments.lines
      .slice(0, SHOWN)
      .map(({ at, merchant, scene, state, amount, captured, refunded }) => ({
        ...{ at, merchant, scene, state, amount, captured, refunded },
      })),
    declines: declines
      .slice(0, SHOWN)
      .map(({ at, merchant, scene, amount, sentence, figures }) => ({
        ...{ at, merchant, scene, amount, says: sentence, figures },
      })),
  };
}

/** A customer number by its first and last character. */
function masked(holder: string): string {
  return holder.length < 4 ? "****" : `${holder[0]}****${holder.at(-1)}`;
}

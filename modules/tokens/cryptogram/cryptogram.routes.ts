/** Cryptograms over HTTP, for the holder's app; asked again under one id, the same one is given. */
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { cryptogramContract, idParams, newCryptogramContract } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { findPlace } from "../token/token.store.ts";
import { codeOf } from "./cryptogram.ts";

/** POST /api/tokens/{id}/cryptograms. */
export function cryptogramRoutes({ guard, partitions, store, codes }: TokensPorts): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/tokens/{id}/cryptograms",
      summary: { zh: "为一笔支付生成密文", en: "Make a cryptogram for one payment" },
      auth: "any",
      params: idParams,
      body: newCryptogramContract,
      answer: cryptogramContract,
      status: 201,
      refusals: [
        ...["token_absent", "token_expired", "token_suspended"],
        ...["scene_unknown", "scene_not_of_token"],
      ],
      async handle({ params, body, principal, id }) {
        const place = await findPlace(store, partitions.all, params.id);
        if (!place) return refuse("token_absent");
        const { partition, number: token } = place;
        const content = { ...body, token };
        const call = { partition, id, principal, command: "tokens.make_cryptogram", content };
        return answerOf(await guard.act(call), (answer) => {
          const { counter, organisation, expires } = answer as unknown as Made;
          const { scene, amount, currency } = body;
          const bound = { counter, scene, organisation, amount: BigInt(amount), currency };
          return { counter: String(counter), code: codeOf(codes, token, bound), expires };
        });
      },
    }),
  ];
}

interface Made {
  readonly counter: number;
  readonly organisation: string;
  readonly expires: string;
}

/** Confirming a payment ahead of it, over HTTP, for the holder of the token. */
import { route, type Route } from "@sandbank/kernel/http";
import { confirmationContract, confirmedPaymentContract, idParams } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { actOnToken } from "../token/act.ts";

type Confirmed = { readonly confirmation: string; readonly until: string };

/** POST /api/tokens/{id}/confirmations. */
export function confirmationRoutes(ports: TokensPorts): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/tokens/{id}/confirmations",
      summary: { zh: "事先确认一笔支付", en: "Confirm one payment ahead of it" },
      auth: "any",
      params: idParams,
      body: confirmedPaymentContract,
      answer: confirmationContract,
      status: 201,
      refusals: ["token_absent", "loosening_needs_step_up"],
      handle: ({ params, body: content, principal, id }) => {
        const command = "tokens.confirm_payment";
        return actOnToken<Confirmed>(ports, { token: params.id, id, principal, command, content });
      },
    }),
  ];
}

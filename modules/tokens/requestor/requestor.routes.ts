/** Requestors over HTTP. */
import { route, type Route } from "@sandbank/kernel/http";
import { newRequestorContract, requestorContract } from "../contract.ts";
import { actEverywhere } from "./everywhere.ts";
import type { TokensPorts } from "../ports.ts";

/** POST /api/requestors. */
export function requestorRoutes(ports: TokensPorts): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/requestors",
      summary: { zh: "登记标记请求方", en: "Register a token requestor" },
      auth: "any",
      body: newRequestorContract,
      answer: requestorContract,
      status: 201,
      refusals: ["requestor_exists"],
      handle: ({ body, principal, id }) =>
        actEverywhere(ports, {
          call: { id, principal, command: "tokens.register_requestor", content: body },
          exists: "requestor_exists",
          answer: { trid: body.trid },
        }),
    }),
  ];
}

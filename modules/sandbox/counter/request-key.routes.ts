/** Keys for signing requests, over HTTP: which there are, enrolling one, ending one. */
import { toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { outcomeContract } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { answerOf } from "../task/task.ts";
import {
  newRequestKeyContract,
  requestKeyParams,
  requestKeysContract,
} from "../request-key/request-key.contract.ts";
import { requestKeysOf } from "../request-key/standing.ts";

/** GET and POST /api/request-keys, POST …/{key}/end. */
export function requestKeyRoutes(store: Store, guard: Guard): Route[] {
  const partition = SANDBOX_PARTITION;
  return [
    route({
      method: "GET",
      path: "/api/request-keys",
      summary: { zh: "本机构的请求签名公钥", en: "The keys for requests of one's institution" },
      auth: "any",
      answer: requestKeysContract,
      async handle({ principal: { organisation } }) {
        const found = await requestKeysOf(store, organisation);
        const keys = found.map((key) => ({
          ...{ id: key.id, name: key.name, enrolledBy: key.enrolled_by, state: key.state },
          publicKey: Buffer.from(key.public_key).toString("base64url"),
          ...{ at: toIso(key.created), expires: toIso(key.expires) },
          endedAt: key.ended && toIso(key.ended),
        }));
        return { organisation, keys };
      },
    }),
    route({
      method: "POST",
      path: "/api/request-keys",
      summary: { zh: "登记请求签名公钥", en: "Enrol a key for signing requests" },
      auth: "any",
      body: newRequestKeyContract,
      answer: outcomeContract,
      status: 201,
      refusals: ["request_key_not_held", "request_key_exists", "request_key_signs_declarations"],
      async handle({ body, principal, id }) {
        const call = { partition, id, principal, content: body };
        return answerOf(await guard.act({ ...call, command: "sandbox.enrol_request_key" }));
      },
    }),
    route({
      method: "POST",
      path: "/api/request-keys/{key}/end",
      summary: { zh: "停用请求签名公钥", en: "End a key for signing requests" },
      auth: "any",
      params: requestKeyParams,
      answer: outcomeContract,
      refusals: ["request_key_not_in_use"],
      async handle({ params, principal, id }) {
        const call = { partition, id, principal, content: { key: params.key } };
        return answerOf(await guard.act({ ...call, command: "sandbox.end_request_key" }));
      },
    }),
  ];
}

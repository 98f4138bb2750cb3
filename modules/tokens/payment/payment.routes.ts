/** Payments over HTTP in JSON, for requestors; the issuer may look. */
import { route, type Route } from "@sandbank/kernel/http";
import {
  authorisationContract,
  authorisedContract,
  captureBodyContract,
  idParams,
  increaseBodyContract,
  paymentContract,
  refundBodyContract,
  standingContract,
} from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { authorisePayment, finishPayment, lookAtPayment, raisePayment } from "./desk.ts";

/** A program acts, by its key or by signing; the Idempotency-Key says which act it is. */
const byProgram = { auth: "key", signed: "act_in_key" } as const;

/** POST and GET /api/authorisations…. */
export function paymentRoutes(ports: TokensPorts): Route[] {
  return [
    authoriseRoute(ports),
    increaseRoute(ports),
    captureRoute(ports),
    voidRoute(ports),
    refundRoute(ports),
    showRoute(ports),
  ];
}

function authoriseRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations",
    summary: { zh: "以支付标记授权一笔支付", en: "Authorise a payment with a token" },
    ...byProgram,
    body: authorisationContract,
    answer: authorisedContract,
    status: 201,
    refusals: ["payment_declined"],
    handle: ({ body, principal, id }) => authorisePayment(ports, { body, principal, id }),
  });
}

function increaseRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/increases",
    summary: { zh: "在扣款前增加授权金额", en: "Raise a payment before anything is captured" },
    ...byProgram,
    params: idParams,
    body: increaseBodyContract,
    answer: authorisedContract,
    refusals: [
      ...["payment_unknown", "payment_captured_in_part", "payment_expired"],
      "payment_declined",
    ],
    handle: ({ params, body: { amount }, principal, id }) =>
      raisePayment(ports, { payment: params.id, amount, principal, id }),
  });
}

function captureRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/captures",
    summary: { zh: "扣款，全部或部分", en: "Capture a payment, whole or in part" },
    ...byProgram,
    params: idParams,
    body: captureBodyContract,
    answer: standingContract,
    refusals: ["payment_unknown", "payment_expired", "capture_above_hold"],
    handle: ({ params, body, principal, id }) =>
      finishPayment(ports, { payment: params.id, verb: "capture", principal, id, more: body }),
  });
}

function voidRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/void",
    summary: { zh: "撤销授权", en: "Void what is still held" },
    ...byProgram,
    params: idParams,
    answer: standingContract,
    refusals: ["payment_unknown", "payment_captured"],
    handle: ({ params, principal, id }) =>
      finishPayment(ports, { payment: params.id, verb: "void", principal, id }),
  });
}

function refundRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/refunds",
    summary: { zh: "退款", en: "Refund what was captured" },
    ...byProgram,
    params: idParams,
    body: refundBodyContract,
    answer: standingContract,
    refusals: ["payment_unknown", "payment_not_captured", "refund_above_captured"],
    handle: ({ params, body, principal, id }) =>
      finishPayment(ports, { payment: params.id, verb: "refund", principal, id, more: body }),
  });
}

function showRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/authorisations/{id}",
    summary: { zh: "一笔支付的状态", en: "How a payment stands" },
    auth: "any",
    params: idParams,
    answer: paymentContract,
    refusals: ["payment_unknown"],
    handle: ({ params, principal }) => lookAtPayment(ports, { payment: params.id, principal }),
  });
}

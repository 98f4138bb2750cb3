/** Payments over HTTP, for requestors; the issuer may look. */
import { toIso } from "@sandbank/kernel/clock";
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import {
  authorisationContract,
  authorisedContract,
  captureBodyContract,
  idParams,
  increaseBodyContract,
  paymentContract,
  type PaymentState,
  refundBodyContract,
  standingContract,
} from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { slotOfNumber } from "../token/number.ts";
import { coarse } from "./coarse.ts";
import { stateAt } from "./payment.ts";
import { findPayment, findPaymentPartition } from "./payment.store.ts";

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

function authoriseRoute({ guard, partitions }: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations",
    summary: { zh: "以支付标记授权一笔支付", en: "Authorise a payment with a token" },
    ...{ auth: "key", signed: "act_in_key" },
    body: authorisationContract,
    answer: authorisedContract,
    status: 201,
    refusals: ["payment_declined"],
    async handle({ body, principal, id }) {
      const partition = partitions.ofSlot(slotOfNumber(body.token) ?? 0);
      const call = { partition, id, principal, command: "tokens.authorise", content: body };
      const outcome = await guard.act(call);
      if (outcome.kind === "refused") return coarse(outcome.refusal);
      return answerOf(outcome, (answer) => answer as Authorised);
    },
  });
}

function increaseRoute({ guard, partitions, store }: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/increases",
    summary: { zh: "在扣款前增加授权金额", en: "Raise a payment before anything is captured" },
    ...{ auth: "key", signed: "act_in_key" },
    params: idParams,
    body: increaseBodyContract,
    answer: authorisedContract,
    refusals: [
      "payment_unknown",
      "payment_captured_in_part",
      "payment_expired",
      "payment_declined",
    ],
    async handle({ params: { id: payment }, body, principal, id }) {
      const partition = await findPaymentPartition(store, partitions.all, payment);
      const content = { payment, ...body };
      const call = { partition, id, principal, command: "tokens.increase", content };
      const outcome = await guard.act(call);
      if (outcome.kind === "refused" && !ABOUT_PAYMENT.has(outcome.refusal.code)) {
        return coarse(outcome.refusal);
      }
      return answerOf(outcome, (answer) => answer as Authorised);
    },
  });
}

/** What a requestor hears of a payment of its own: nothing of customers, tokens or limits. */
const ABOUT_PAYMENT: ReadonlySet<string> = new Set([
  ...["payment_unknown", "payment_captured_in_part", "payment_captured"],
  ...["payment_voided", "payment_expired"],
]);

type Authorised = {
  readonly payment: string;
  readonly state: "authorised";
  readonly amount: string;
  readonly expires: string;
};
type Standing = {
  readonly payment: string;
  readonly state: PaymentState;
  readonly captured: string;
  readonly refunded: string;
};

interface Finishing {
  readonly payment: string;
  readonly command: string;
  readonly id: string;
  readonly principal: Parameters<Route["handle"]>[0]["principal"];
  readonly more?: object;
}

async function finish({ guard, partitions, store }: TokensPorts, asked: Finishing) {
  const { payment, command, id, principal, more } = asked;
  const partition = await findPaymentPartition(store, partitions.all, payment);
  const call = { partition, id, principal, command, content: { payment, ...more } };
  return answerOf(await guard.act(call), (answer) => answer as Standing);
}

function captureRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/captures",
    summary: { zh: "扣款，全部或部分", en: "Capture a payment, whole or in part" },
    ...{ auth: "key", signed: "act_in_key" },
    params: idParams,
    body: captureBodyContract,
    answer: standingContract,
    refusals: ["payment_unknown", "payment_expired", "capture_above_hold"],
    handle: ({ params, body, principal, id }) =>
      finish(ports, { payment: params.id, command: "tokens.capture", id, principal, more: body }),
  });
}

function voidRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/void",
    summary: { zh: "撤销授权", en: "Void what is still held" },
    ...{ auth: "key", signed: "act_in_key" },
    params: idParams,
    answer: standingContract,
    refusals: ["payment_unknown", "payment_captured"],
    handle: ({ params, principal, id }) =>
      finish(ports, { payment: params.id, command: "tokens.void", id, principal }),
  });
}

function refundRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/authorisations/{id}/refunds",
    summary: { zh: "退款", en: "Refund what was captured" },
    ...{ auth: "key", signed: "act_in_key" },
    params: idParams,
    body: refundBodyContract,
    answer: standingContract,
    refusals: ["payment_unknown", "payment_not_captured", "refund_above_captured"],
    handle: ({ params, body, principal, id }) =>
      finish(ports, { payment: params.id, command: "tokens.refund", id, principal, more: body }),
  });
}

function showRoute({ partitions, store, now }: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/authorisations/{id}",
    summary: { zh: "一笔支付的状态", en: "How a payment stands" },
    auth: "any",
    params: idParams,
    answer: paymentContract,
    refusals: ["payment_unknown"],
    async handle({ params, principal }) {
      const payment = await findPayment(store, partitions.all, params.id);
      const issuer = principal.roles.includes("institution_operator");
      const requestor = principal.roles.includes("requestor");
      const own = requestor && payment?.organisation === principal.organisation;
      if (!payment || !(issuer || own)) return refuse("payment_unknown");
      const { id, scene, trid, merchant, channel, reference, at, expires } = payment;
      return {
        ...{ payment: id, scene, trid, merchant, channel, reference },
        state: stateAt(payment, await now()),
        amount: String(payment.amount),
        captured: String(payment.captured),
        refunded: String(payment.refunded),
        at: toIso(at),
        expires: toIso(expires),
      };
    },
  });
}

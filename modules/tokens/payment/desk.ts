/**
 * What a requestor does with payments, and what it hears: one desk behind every edge. Of customers,
 * tokens and limits it hears one coarse code.
 */
import { toIso } from "@sandbank/kernel/clock";
import { answerOf, type Parked } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import type { Refusal } from "@sandbank/kernel/words";
import type { Authorisation, PaymentAnswer, PaymentState } from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { slotOfNumber } from "../token/number.ts";
import { coarse } from "./coarse.ts";
import { stateAt } from "./payment.ts";
import { findPayment, findPaymentPartition } from "./payment.store.ts";

export type Authorised = {
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

/** Who asks, under which id. */
interface Asker {
  readonly id: string;
  readonly principal: Principal;
}

/** Where a token of this number lives, or would. */
export function homeOf({ partitions }: Pick<TokensPorts, "partitions">, token: string): number {
  return partitions.ofSlot(slotOfNumber(token) ?? 0);
}

/** Authorises a payment where its token lives. */
export async function authorisePayment(
  { guard, partitions }: TokensPorts,
  { body, ...asker }: Asker & { readonly body: Authorisation },
): Promise<Authorised | Refusal | Parked> {
  const partition = homeOf({ partitions }, body.token);
  const outcome = await guard.act({
    ...{ partition, ...asker, command: "tokens.authorise", content: body },
  });
  if (outcome.kind === "refused") return coarse(outcome.refusal);
  return answerOf(outcome, (answer) => answer as Authorised);
}

/** What a requestor hears of a payment of its own, as it stands. */
const ABOUT_PAYMENT: ReadonlySet<string> = new Set([
  ...["payment_unknown", "payment_captured_in_part", "payment_captured"],
  ...["payment_voided", "payment_expired"],
]);

/** Raises a payment. */
export async function raisePayment(
  { guard, partitions, store }: TokensPorts,
  { payment, amount, ...asker }: Asker & { readonly payment: string; readonly amount: string },
): Promise<Authorised | Refusal | Parked> {
  const partition = await findPaymentPartition(store, partitions.all, payment);
  const content = { payment, amount };
  const outcome = await guard.act({ partition, ...asker, command: "tokens.increase", content });
  if (outcome.kind === "refused" && !ABOUT_PAYMENT.has(outcome.refusal.code)) {
    return coarse(outcome.refusal);
  }
  return answerOf(outcome, (answer) => answer as Authorised);
}

/** A capture, a void or a refund of a payment. */
export interface Finishing extends Asker {
  readonly payment: string;
  readonly verb: "capture" | "void" | "refund";
  readonly more?: { readonly amount: string; readonly final?: boolean };
}

/** Finishes a payment, whole or in part. */
export async function finishPayment(
  { guard, partitions, store }: TokensPorts,
  { payment, verb, more, ...asker }: Finishing,
): Promise<Standing | Refusal | Parked> {
  const partition = await findPaymentPartition(store, partitions.all, payment);
  const content = { payment, ...more };
  const outcome = await guard.act({ partition, ...asker, command: `tokens.${verb}`, content });
  return answerOf(outcome, (answer) => answer as Standing);
}

/** How a payment stands, for its requestor and the issuer; to others it is unknown. */
export async function lookAtPayment(
  { partitions, store, now }: TokensPorts,
  { payment: asked, principal }: { readonly payment: string; readonly principal: Principal },
): Promise<PaymentAnswer | Refusal> {
  const payment = await findPayment(store, partitions.all, asked);
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
}

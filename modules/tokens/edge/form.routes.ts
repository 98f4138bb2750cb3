/**
 * The form edge: the same desk as the JSON edge behind messages as UnionPay's gateway has them. Every
 * message is signed by a key that its requestor has enrolled, and names its act by itself: merchant,
 * order, time and type. Sent again it is the same act, and with another content it is refused. Whoever
 * shows a message for the first time has to show it when it was sent; what was answered once is
 * answered alike ever after.
 */
import { createHash } from "node:crypto";
import { isKnown } from "@sandbank/kernel/guard";
import { OutcomeUnknown, type Parked, route, type Route } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { formAnswerContract, formMessageContract, type PaymentAnswer } from "../contract.ts";
import { authorisePayment, finishPayment, homeOf, lookAtPayment } from "../payment/desk.ts";
import { findPaymentPartition } from "../payment/payment.store.ts";
import type { BankSigner, TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { findRequestor } from "../requestor/requestor.store.ts";
import { digestOf, type Fields, FIELDS_MAX, readSignature, writeGroup } from "./form.ts";
import { ASK_AGAIN, DONE, refusedResponse, responseOf } from "./response.ts";
import { isTimely, SENT_AHEAD_MS, SENT_BEFORE_MS } from "./sent.ts";
import { readTransaction, type Transaction } from "./transaction.ts";

/** What was sent under each name; a list where a name came twice. */
type Sent = Readonly<Record<string, string | readonly string[]>>;

/** What became of a transaction: the payment, and where it was asked how that stands. */
interface Done {
  readonly queryId: string;
  readonly stands?: Pick<PaymentAnswer, "state" | "amount" | "captured" | "refunded">;
}

/** POST /api/unionpay/back-trans. */
export function formRoutes(ports: TokensPorts): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/unionpay/back-trans",
      summary: {
        zh: "表单接口：支付、授权、请款、撤销、退款、查询",
        en: "The form edge: pay, authorise, capture, void, refund, look",
      },
      ...{ auth: "none", form: true },
      body: formMessageContract,
      answer: formAnswerContract,
      refusals: [
        ...["form_field_missing", "form_field_wrong", "form_signature_wrong"],
        ...["form_requestor_of_another", "form_host_not_of_requestor"],
        "form_time_outside_window",
      ],
      async handle({ body, lang }) {
        const asked = transactionOf(body);
        if (isRefusal(asked)) return answer(ports.signer, {}, refusedResponse(asked, lang));
        const { repeated } = asked;
        const done = await carriedOut(ports, asked, body as Fields);
        if (done === undefined) return answer(ports.signer, repeated, responseOf(ASK_AGAIN, lang));
        if (isRefusal(done)) return answer(ports.signer, repeated, refusedResponse(done, lang));
        const more = { ...repeated, ...shown(done), ...responseOf(DONE, lang) };
        return answer(ports.signer, more, {});
      },
    }),
  ];
}

function transactionOf(sent: Sent): Transaction | Refusal {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent)) {
    const isOdd = typeof value !== "string" || value === "" || name.length > 40;
    if (isOdd || Object.keys(fields).length === FIELDS_MAX) {
      return refuse("form_field_wrong", { params: { field: name.slice(0, 40) } });
    }
    fields[name] = value;
  }
  return readTransaction(fields);
}

/** Who signed, if it may ask this; then what comes of it. Undefined where the outcome is not known. */
async function carriedOut(
  ports: TokensPorts,
  asked: Transaction,
  fields: Fields,
): Promise<Done | Refusal | undefined> {
  const signature = readSignature(asked.signature);
  if (!signature) return refuse("form_signature_wrong");
  const signed = { keyid: asked.certId, text: digestOf(fields), signature };
  const principal = await ports.signers.findSigner(signed);
  if (isRefusal(principal)) return refuse("form_signature_wrong");
  const requestor = await findRequestor(ports.store, ports.partitions.all, asked.trid);
  if (requestor?.organisation !== principal.organisation) {
    return refuse("form_requestor_of_another");
  }
  if (asked.host !== undefined && !requestor.domains.split(" ").includes(asked.host)) {
    return refuse("form_host_not_of_requestor");
  }
  const asker = { principal, id: idOf(asked) };
  if (!isTimely(asked.sent, await ports.now()) && !(await isRepeat(ports, asked, asker))) {
    const minutes = (ms: number) => String(ms / 60_000);
    const params = { before: minutes(SENT_BEFORE_MS), ahead: minutes(SENT_AHEAD_MS) };
    return refuse("form_time_outside_window", { params });
  }
  try {
    const done = await acted(ports, asked, asker);
    if ("parked" in done) throw new Error("no act of a payment waits for a second person");
    return done;
  } catch (error) {
    if (error instanceof OutcomeUnknown) return undefined;
    throw error;
  }
}

/** The id of an act: whoever sends the message again asks for the same. */
function idOf({ trid, repeated, verb }: Transaction): string {
  const { merId, orderId, txnTime } = repeated;
  const key = ["unionpay", trid, merId, orderId, txnTime, verb].join("\n");
  return createHash("sha256").update(key).digest("hex");
}

interface Asker {
  readonly principal: Principal;
  readonly id: string;
}

/**
 * Whether the act that a message names was answered before. A look is no act: it tells how a payment
 * stands now, so that one which was kept must not be answered anew.
 */
async function isRepeat(
  ports: TokensPorts,
  asked: Transaction,
  { principal: { organisation }, id }: Asker,
): Promise<boolean> {
  if (asked.verb === "look") return false;
  const { store, partitions } = ports;
  const partition =
    "payment" in asked
      ? homeOf(ports, asked.payment.token)
      : await findPaymentPartition(store, partitions.all, asked.of);
  return isKnown(store, partition, { organisation, id });
}

async function acted(
  ports: TokensPorts,
  asked: Transaction,
  { principal, id }: Asker,
): Promise<Done | Refusal | Parked> {
  switch (asked.verb) {
    case "authorise":
      return known(await authorisePayment(ports, { body: asked.payment, principal, id }));
    case "pay": {
      const held = await authorisePayment(ports, { body: asked.payment, principal, id });
      if (!("payment" in held)) return held;
      const more = { amount: asked.payment.amount, final: true };
      const taking = { payment: held.payment, verb: "capture" as const, more };
      return known(await finishPayment(ports, { ...taking, principal, id: `${id}.capture` }));
    }
    case "look": {
      const stands = await lookAtPayment(ports, { payment: asked.of, principal });
      return isRefusal(stands) ? stands : { queryId: asked.of, stands };
    }
    case "void":
      return known(await finishPayment(ports, { payment: asked.of, verb: "void", principal, id }));
    case "capture":
    case "refund": {
      const { of: payment, verb, amount } = asked;
      const more = verb === "capture" ? { amount, final: true } : { amount };
      return known(await finishPayment(ports, { payment, verb, more, principal, id }));
    }
  }
}

function known(done: { readonly payment: string } | Refusal | Parked): Done | Refusal | Parked {
  return "payment" in done ? { queryId: done.payment } : done;
}

function shown({ queryId, stands }: Done): Fields {
  if (!stands) return { queryId };
  const { state, amount, captured, refunded } = stands;
  return { queryId, reserved: writeGroup({ state, amount, captured, refunded }) };
}

/** The fields of an answer, signed by the bank over the line that their digest makes. */
function answer(signer: BankSigner, repeated: Fields, more: Fields): Record<string, string> {
  const [name = "", id = ""] = signer.vkey.split("+");
  const fields = { ...repeated, ...more, signMethod: "ED25519", certId: `${name}+${id}` };
  const [, , signature = ""] = signer
    .sign(`${digestOf(fields)}\n`)
    .trim()
    .split(" ");
  return { ...fields, signature };
}

/** What becomes of an authorised payment: captured, whole or in parts, voided, or refunded. */
import { type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { fen } from "@sandbank/kernel/money";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { cardAccount } from "../account/account.ts";
import { captureBodyContract, refundBodyContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { addMovement } from "../settlement/movement.store.ts";
import { momentOf } from "./moment.ts";
import { type KeptState, PAYMENT, type Payment, type PaymentEvent, stateAt } from "./payment.ts";
import { paymentsIn, putPayment } from "./payment.store.ts";
import { givenBack } from "./windows.ts";

/** Written in small letters, as the database writes it: the key of a payment is the same for all. */
const payment = z.uuid().toLowerCase();
const voiding = z.strictObject({ payment });
const capturing = captureBodyContract.extend({ payment });
const refunding = refundBodyContract.extend({ payment });

type Voiding = z.infer<typeof voiding>;
type Capturing = z.infer<typeof capturing>;
type Refunding = z.infer<typeof refunding>;
type Found = Payment | undefined;

const keys = (command: Voiding) => ({ reads: [], writes: [`payment/${command.payment}`] });
const alongside = true;

const subject = (found: Found) => found?.holder;

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Voiding, unknown>[],
): Promise<Found[]> {
  const ids = questions.map(({ command }) => command.payment);
  const payments = await paymentsIn(tx, partition, ids);
  return ids.map((id) => payments.get(id));
}

/** Takes a step of the table. A foreign payment answers like one that does not exist. */
export function step(
  found: Found,
  asked: { readonly event: PaymentEvent; readonly principal: Principal; readonly now: Instant },
): { readonly of: Payment; readonly to: KeptState } | Refusal {
  const own = found?.organisation === asked.principal.organisation;
  if (!found || !own) return refuse("payment_unknown");
  const next = PAYMENT[stateAt(found, asked.now)][asked.event];
  if ("no" in next) return refuse(next.no);
  return { of: found, to: next.to as KeptState };
}

interface Standing {
  readonly state: KeptState;
  readonly captured: bigint;
  readonly refunded: bigint;
  /** What the requestor's settlement of the day has to know. */
  readonly moved?: {
    readonly id: string;
    readonly kind: "capture" | "refund";
    readonly amount: bigint;
    readonly now: Instant;
  };
}

function standing(of: Payment, next: Standing): Pick<Decision, "changes" | "answer"> {
  const { state, captured, refunded, moved } = next;
  const figures = { captured: String(captured), refunded: String(refunded) };
  const put = change(putPayment, { id: of.id, state, captured, refunded });
  return {
    changes: moved ? [put, change(addMovement, movementOf(of, moved))] : [put],
    answer: { payment: of.id, state, ...figures },
  };
}

function movementOf(
  { id: payment, trid, merchant, scene }: Payment,
  { now, ...moved }: NonNullable<Standing["moved"]>,
) {
  return { ...moved, payment, trid, merchant, scene, day: shanghaiDate(now), at: momentOf(now).at };
}

/**
 * Captures of a payment at most what is still held; `final` lets the rest go. Posting: debit
 * `card/{id}`, credit `settlement/{trid}`. Refuses `payment_unknown`, `payment_captured`,
 * `payment_voided`, `payment_expired`, and by the ledger `capture_above_hold`.
 */
export const capture: Command<Capturing, Found> = {
  ...{ name: "tokens.capture", class: "SERVICE", contract: capturing, may: ["requestor"] },
  ...{ keys, subject, load, alongside },
  decide({ state, command, principal, now, id }) {
    const amount = fen(BigInt(command.amount));
    const rest = state ? state.amount - state.captured - amount : 0n;
    const event = command.final || rest <= 0n ? "finish" : "capture";
    const taken = step(state, { event, principal, now });
    if ("refused" in taken) return taken;
    const { of, to } = taken;
    return {
      entries: [{ kind: "capture", hold: of.hold, amount, final: command.final }],
      ...standing(of, {
        ...{ state: to, captured: of.captured + amount, refunded: of.refunded },
        moved: { id, kind: "capture", amount, now },
      }),
    };
  },
};

/** Lets go of what is still held. Refuses as capturing does. */
export const voidPayment: Command<Voiding, Found> = {
  ...{ name: "tokens.void", class: "SERVICE", contract: voiding, may: ["requestor"] },
  ...{ keys, subject, load, alongside },
  decide({ state, principal, now }) {
    const taken = step(state, { event: "void", principal, now });
    if ("refused" in taken) return taken;
    const { of, to } = taken;
    return {
      entries: [{ kind: "release", hold: of.hold }],
      ...standing(of, { state: to, captured: of.captured, refunded: of.refunded }),
    };
  },
};

/**
 * Refunds at most what was captured and not refunded. Posting: debit `settlement/{trid}`, credit
 * `card/{id}`; the limits of the payment's own day and month get the amount back. Refuses
 * `payment_unknown`, `payment_not_captured`, `payment_voided`, `payment_expired`,
 * `refund_above_captured`.
 */
export const refund: Command<Refunding, Found> = {
  ...{ name: "tokens.refund", class: "SERVICE", contract: refunding, may: ["requestor"] },
  ...{ keys, subject, load, alongside },
  decide({ state, command, principal, now, id }) {
    const taken = step(state, { event: "refund", principal, now });
    if ("refused" in taken) return taken;
    const { of, to } = taken;
    const amount = fen(BigInt(command.amount));
    const refunded = of.refunded + amount;
    if (refunded > of.captured) {
      const code = "refund_above_captured";
      const figures = { used: of.refunded, cap: of.captured, asked: amount };
      return refuse(code, { failed: [{ code, limit: "captured", unit: "fen", ...figures }] });
    }
    const { trid, organisation, holder, merchant, channel } = of;
    const settlement = {
      key: `settlement/${trid}`,
      book: "money:CNY" as const,
      owner: organisation,
    };
    const from = { customer: holder, partner: trid, merchant, channel, currency: "CNY" };
    return {
      entries: [
        { kind: "transfer", debit: settlement, credit: cardAccount(of.card), amount },
        ...givenBack(of, amount, now),
      ],
      counts: { as: "give_back", amount, at: of.at, of: "USE", held: of.hold, ...from },
      ...standing(of, {
        ...{ state: to, captured: of.captured, refunded },
        moved: { id, kind: "refund", amount, now },
      }),
    };
  },
};

/**
 * A payment between its authorisation and its end. Refunds move no state: they are bounded by what
 * was captured. Expiry is not kept: it follows from the instant, and the ledger ends the hold.
 *
 *                            ┌─ capture ─┐
 *                            ▼           │
 *   [ authorised ] ─capture─▶ [ part_captured ] ─finish, void, expire─▶ [ captured ]
 *      │   │   │                                                           ▲
 *      │   │   └───────────────────────── finish ──────────────────────────┘
 *      │   └─ expire ─▶ [ expired ]
 *      └───── void ───▶ [ voided ]
 *
 *   increase: authorised stays what it is, under a hold of the whole new amount.
 *   refund: part_captured and captured stay what they are.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { PaymentState } from "../contract.ts";
import type { TokensRefusal } from "../refusals.ts";

/** `finish` is a capture that leaves nothing held. */
export const PAYMENT_EVENTS = [
  ...(["capture", "finish", "increase", "void", "expire", "refund"] as const),
] as const;
export type PaymentEvent = (typeof PAYMENT_EVENTS)[number];

/** Where an event leads, or the code by which it is refused. */
export type Step = { readonly to: PaymentState } | { readonly no: TokensRefusal };

const to = (state: PaymentState): Step => ({ to: state });
const no = (code: TokensRefusal): Step => ({ no: code });

/** The whole life of a payment. */
export const PAYMENT: Readonly<Record<PaymentState, Readonly<Record<PaymentEvent, Step>>>> = {
  authorised: {
    capture: to("part_captured"),
    finish: to("captured"),
    increase: to("authorised"),
    void: to("voided"),
    expire: to("expired"),
    refund: no("payment_not_captured"),
  },
  part_captured: {
    capture: to("part_captured"),
    finish: to("captured"),
    increase: no("payment_captured_in_part"),
    void: to("captured"),
    expire: to("captured"),
    refund: to("part_captured"),
  },
  captured: {
    capture: no("payment_captured"),
    finish: no("payment_captured"),
    increase: no("payment_captured"),
    void: no("payment_captured"),
    expire: to("captured"),
    refund: to("captured"),
  },
  voided: {
    capture: no("payment_voided"),
    finish: no("payment_voided"),
    increase: no("payment_voided"),
    void: no("payment_voided"),
    expire: to("voided"),
    refund: no("payment_voided"),
  },
  expired: {
    capture: no("payment_expired"),
    finish: no("payment_expired"),
    increase: no("payment_expired"),
    void: no("payment_expired"),
    expire: to("expired"),
    refund: no("payment_expired"),
  },
};

/** States that are kept in the database; the instant does the rest. */
export type KeptState = Exclude<PaymentState, "expired">;

/** A payment as decisions see it. Amounts are fen. */
export interface Payment {
  readonly id: string;
  /** The hold that it stands on: its own id until it is raised. */
  readonly hold: string;
  readonly token: string;
  readonly card: string;
  readonly holder: string;
  readonly trid: string;
  readonly organisation: string;
  readonly scene: string;
  readonly merchant: string;
  /** Null for payments from before it was written down. */
  readonly mcc: string | null;
  /** As `mcc`. */
  readonly country: string | null;
  readonly channel: string;
  readonly reference: string;
  readonly amount: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly state: KeptState;
  /** Which windows of the token it counts in, see `WINDOWS`. */
  readonly windows: number;
  /** When it was authorised, or raised last. */
  readonly at: Instant;
  readonly expires: Instant;
}

/** How long an authorisation holds. */
export const HOLD_MS = 7 * 86_400_000;

/** The state at an instant: at its expiry exactly, an authorisation is over. */
export function stateAt(
  { state, expires }: Pick<Payment, "state" | "expires">,
  now: Instant,
): PaymentState {
  if (now < expires) return state;
  const step = PAYMENT[state].expire;
  return "to" in step ? step.to : state;
}

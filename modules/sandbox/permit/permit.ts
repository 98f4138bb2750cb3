/**
 * A permit: an act of a pilot that runs on its institution's own systems, asked for before it is
 * done. What it needs of the limits is held until it is confirmed, cancelled or over; expiry is not
 * kept, it follows from the instant, and the ledger ends the hold.
 *
 *                  ┌─ confirm ─▶ [ confirmed ] ─ close ─▶ [ closed ]
 *   [ reserved ] ──┼─ cancel ──▶ [ cancelled ]   │   ▲
 *                  └─ expire ──▶ [ expired ]     └───┘ give_back
 *
 * A confirmed permit outlives its hold: repayments and refunds give back what it took. It refuses to
 * confirm what has expired: an act that was done all the same is reported as a new permit, so that
 * whatever it takes above a cap is seen.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { CommandClass } from "@sandbank/kernel/guard";
import type { PermitRefusal } from "./permit.refusals.ts";

export const PERMIT_STATES = ["reserved", "confirmed", "cancelled", "expired", "closed"] as const;
export type PermitState = (typeof PERMIT_STATES)[number];

export const PERMIT_EVENTS = ["confirm", "cancel", "expire", "give_back", "close"] as const;
export type PermitEvent = (typeof PERMIT_EVENTS)[number];

/** Where an event leads, or the code by which it is refused. */
export type PermitStep = { readonly to: PermitState } | { readonly no: PermitRefusal };

const to = (state: PermitState): PermitStep => ({ to: state });
const no = (code: PermitRefusal): PermitStep => ({ no: code });

function ended(state: PermitState, code: PermitRefusal): Record<PermitEvent, PermitStep> {
  const refused = no(code);
  return {
    confirm: refused,
    cancel: refused,
    expire: to(state),
    give_back: refused,
    close: refused,
  };
}

/** The whole life of a permit; `sandbox.keep_permit` holds it a second time. */
export const PERMIT: Readonly<Record<PermitState, Readonly<Record<PermitEvent, PermitStep>>>> = {
  reserved: {
    confirm: to("confirmed"),
    cancel: to("cancelled"),
    expire: to("expired"),
    give_back: no("permit_not_confirmed"),
    close: no("permit_not_confirmed"),
  },
  confirmed: {
    confirm: no("permit_confirmed"),
    cancel: no("permit_confirmed"),
    expire: to("confirmed"),
    give_back: to("confirmed"),
    close: to("closed"),
  },
  cancelled: ended("cancelled", "permit_cancelled"),
  expired: ended("expired", "permit_expired"),
  closed: ended("closed", "permit_closed"),
};

/** States that are kept in the database; the instant does the rest. */
export type KeptState = Exclude<PermitState, "expired">;

/** A permit as decisions see it. Amounts are fen; an act without money has none. */
export interface Permit {
  readonly organisation: string;
  /** The institution's own id of its act. */
  readonly id: string;
  /** Id of the act that reserved it: the hold stands under it. */
  readonly act: string;
  readonly class: CommandClass;
  readonly customer: string | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly region: string | null;
  readonly channel: string | null;
  readonly partner: string | null;
  readonly merchant: string | null;
  readonly product: string | null;
  readonly confirmed: bigint;
  readonly given_back: bigint;
  readonly state: KeptState;
  readonly at: Instant;
  readonly expires: Instant;
}

/** How long a permit holds unless told, and at most, in seconds. */
export const HOLD_SECONDS = { usual: 900, most: 604_800 } as const;

/** The state at an instant: at its expiry exactly, a reservation is over. */
export function stateAt(
  { state, expires }: Pick<Permit, "state" | "expires">,
  now: Instant,
): PermitState {
  if (now < expires) return state;
  const step = PERMIT[state].expire;
  return "to" in step ? step.to : state;
}

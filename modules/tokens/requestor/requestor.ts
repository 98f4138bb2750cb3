/**
 * Token requestors: who may ask for payments with tokens, by TRID (EMV Payment Tokenisation §3.5).
 *
 *   apply ──▶ [ applied ] ─activate─▶ [ active ] ─suspend─▶ [ suspended ]
 *                 │                     │    ◀────resume────      │
 *                 └──────── end ────────┴───────── end ───────────┴──▶ [ ended ]
 *
 * While a requestor is not active, no token pays in its scenes: that is the cause `requestor` of all
 * of them at once, read when they pay and written to none. What was authorised before is finished in
 * every state. Steps that let more pass (activate, resume) take two people of the bank.
 */
import type { RequestorState } from "../contract.ts";
import type { TokensRefusal } from "../refusals.ts";

export const REQUESTOR_EVENTS = ["activate", "suspend", "resume", "end"] as const;
export type RequestorEvent = (typeof REQUESTOR_EVENTS)[number];

/** Where an event leads, or the code by which it is refused. */
type Step = { readonly to: RequestorState } | { readonly no: TokensRefusal };

const to = (state: RequestorState): Step => ({ to: state });
const no = (code: TokensRefusal): Step => ({ no: code });

/** The whole life of a requestor. */
export const REQUESTOR: Readonly<Record<RequestorState, Readonly<Record<RequestorEvent, Step>>>> = {
  applied: {
    activate: to("active"),
    suspend: no("requestor_not_active"),
    resume: no("requestor_not_suspended"),
    end: to("ended"),
  },
  active: {
    activate: no("requestor_admitted_already"),
    suspend: to("suspended"),
    resume: no("requestor_not_suspended"),
    end: to("ended"),
  },
  suspended: {
    activate: no("requestor_admitted_already"),
    suspend: no("requestor_suspended_already"),
    resume: to("active"),
    end: to("ended"),
  },
  ended: {
    activate: no("requestor_ended"),
    suspend: no("requestor_ended"),
    resume: no("requestor_ended"),
    end: no("requestor_ended"),
  },
};

/** A requestor as decisions see it. */
export interface Requestor {
  readonly trid: string;
  readonly organisation: string;
  readonly state: RequestorState;
}

/**
 * A token between its issue and its deletion. It is suspended while any cause stands; each cause is
 * set by one party only, and lifted by whoever set it.
 *
 *             suspend / resume (one cause each)
 *               ┌──────┐
 *   issue ──▶ [ live ] ─┘── delete ──▶ [ deleted ]
 *
 * `expired` and `suspended` are not kept: they follow from the instant and from the causes.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { actsFor } from "../account/account.ts";
import { type Cause, CAUSES, type TokenAnswer } from "../contract.ts";
import type { Control } from "../control/control.ts";

/** A token as decisions see it. */
export interface Token {
  readonly number: string;
  readonly id: string;
  readonly holder: string;
  readonly card: string;
  readonly cardOpen: boolean;
  readonly scenes: readonly string[];
  readonly state: "live" | "deleted";
  /** Bit set of the causes that stand. */
  readonly causes: number;
  readonly expires: Instant;
  readonly control: Control;
}

/** The bit of a cause: holder 1, issuer 2, requestor 4, risk 8, sandbox 16. */
export function bitOf(cause: Cause): number {
  return 1 << CAUSES.indexOf(cause);
}

/** The causes of a bit set, in fixed order. */
export function causesOf(bits: number): Cause[] {
  return CAUSES.filter((cause) => (bits & bitOf(cause)) !== 0);
}

/** Whose cause it is. */
export const ROLE_OF_CAUSE: Readonly<Record<Cause, Role>> = {
  holder: "customer",
  issuer: "institution_operator",
  requestor: "requestor",
  risk: "compliance_officer",
  sandbox: "supervisor_officer",
};

/** How a token stands at an instant, the strongest first. */
export function standingOf(
  token: Pick<Token, "state" | "causes" | "expires">,
  now: Instant,
): TokenAnswer["state"] {
  if (token.state === "deleted") return "deleted";
  if (token.expires <= now) return "expired";
  return token.causes === 0 ? "active" : "suspended";
}

/** True if the principal is the token's holder, or acts for him. */
export function isHolder(
  principal: Principal,
  token: Pick<Token, "holder">,
  holder: string | undefined,
): boolean {
  return token.holder === holder && actsFor(principal, holder);
}

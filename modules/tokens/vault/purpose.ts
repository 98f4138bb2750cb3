/**
 * What card numbers may be looked at for, by whom, and how often in a day. A closed set: a purpose
 * that is not here does not exist, and nobody looks without one.
 */
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { LookPurpose } from "../vault.contract.ts";

interface PurposeRule {
  readonly roles: readonly Role[];
  /** Numbers that one principal may see in a day of Asia/Shanghai. */
  readonly day_cap: number;
}

export const PURPOSES = {
  /** The card network needs the number to route a payment: software only. */
  network_routing: { roles: ["system"], day_cap: 50_000_000 },
  /** A dispute with the holder or the network is being worked on. */
  dispute: { roles: ["compliance_officer"], day_cap: 200 },
  /** The supervisor or a court ordered it. */
  order: { roles: ["supervisor_approver"], day_cap: 500 },
  /** The pilot ends and its cards go back to the bank's own system. */
  exit: { roles: ["system"], day_cap: 50_000_000 },
} as const satisfies Record<LookPurpose, PurposeRule>;

export type Purpose = LookPurpose;

/** The rule of a purpose if this principal may look for it. */
export function ruleFor(purpose: Purpose, principal: Principal): PurposeRule | undefined {
  const rule: PurposeRule = PURPOSES[purpose];
  return principal.roles.some((role) => rule.roles.includes(role)) ? rule : undefined;
}

/**
 * Who acts. A principal is what the edge proved about a caller; the guard and every narrowed reader
 * take one. Roles belong to a person or key within one organisation.
 */
import type { Instant } from "../clock/index.ts";

/** The closed set of roles; what each may do stands with the commands (`may`). */
export const ROLES = [
  "supervisor_officer",
  "supervisor_approver",
  "institution_operator",
  "institution_approver",
  "compliance_officer",
  "permit_client",
  "complaint_handler",
  "compensation_trustee",
  "requestor",
  "customer",
  "auditor",
  "expert",
  "clock_keeper",
  "administrator",
  "system",
] as const;
export type Role = (typeof ROLES)[number];

export interface Principal {
  readonly kind: "person" | "key" | "system";
  /** Stable id of the person, of the line of keys or of the system part: it outlives a rotation. */
  readonly id: string;
  /** The organisation for which it acts; idempotency keys are unique within it. */
  readonly organisation: string;
  readonly roles: readonly Role[];
  /** Until when a fresh second factor counts, if one was given. */
  readonly steppedUpUntil?: Instant;
  /** What was confirmed last by a second factor that was asked about that and nothing else. */
  readonly confirmed?: Confirmed;
}

/** One thing that a person confirmed. */
export interface Confirmed {
  /** SHA-256 of it, in hex: whoever asks for the confirmation says of what. */
  readonly digest: string;
  readonly until: Instant;
}

/** A part of Sandbank acting by itself: relaying a message, releasing an expired hold. */
export function systemPrincipal(part: string): Principal {
  return { kind: "system", id: part, organisation: "sandbank", roles: ["system"] };
}

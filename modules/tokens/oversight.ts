/**
 * Who looks over requestors, scenes and misuse: the issuer's own people, the supervisor and auditors.
 * What is done with requestors and scenes is done by the issuer's people alone.
 */
import type { Principal, Role } from "@sandbank/kernel/identity";
import { isOurs } from "./issuer.ts";
import type { TokensPorts } from "./ports.ts";

const OVERSEERS: ReadonlySet<Role> = new Set([
  ...(["institution_operator", "institution_approver", "compliance_officer"] as const),
  ...(["supervisor_officer", "supervisor_approver", "auditor"] as const),
]);

/** True for whoever may look. */
export function oversees(ports: Pick<TokensPorts, "issuer">, principal: Principal): boolean {
  return isOurs(ports, principal) && principal.roles.some((role) => OVERSEERS.has(role));
}

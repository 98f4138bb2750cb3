/**
 * Whose cards these are. Several banks may have people and programs here, with the same roles: what
 * concerns cards and the vault is for those of the issuer, beside the supervisor, auditors and the
 * system, who belong to no bank.
 */
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { TokensPorts } from "./ports.ts";

const OF_A_BANK: ReadonlySet<Role> = new Set([
  ...(["institution_operator", "institution_approver", "compliance_officer"] as const),
]);

/** False for the people and programs of another bank. */
export function isOurs(
  { issuer }: Pick<TokensPorts, "issuer">,
  { organisation, roles }: Principal,
): boolean {
  return organisation === issuer || !roles.some((role) => OF_A_BANK.has(role));
}

/**
 * What a requestor hears of a refused payment. Only what concerns the call itself or the pilot as a
 * whole goes through; everything about a customer, a token or a limit becomes one code.
 */
import type { Refusal } from "@sandbank/kernel/words";
import { refuse } from "../refusals.ts";

const THROUGH: ReadonlySet<string> = new Set([
  "command_id_reused",
  "command_id_of_another",
  "role_may_not",
  "queue_full",
  "pilot_not_armed",
  "class_closed",
  "outside_test_period",
]);

/** The refusal as a requestor may see it: never with limits, uses or caps. */
export function coarse(refusal: Refusal): Refusal {
  if (refusal.category === "invalid" || refusal.category === "unauthenticated") return refusal;
  return THROUGH.has(refusal.code) ? { ...refusal, failed: [] } : refuse("payment_declined");
}

/** Whether a holder confirmed a request by a second factor that was asked about that request alone. */
import { hash } from "node:crypto";
import type { Instant } from "@sandbank/kernel/clock";
import { hasConfirmed, type Principal } from "@sandbank/kernel/identity";
import { textToConfirm, type ToConfirm } from "./confirm.contract.ts";

/** SHA-256 of what a request says, in hex: what a second factor is asked about. */
export function digestOf(request: ToConfirm): string {
  return hash("sha256", textToConfirm(request), "hex");
}

/** What was confirmed, and until when: read outside the act, since it runs on machine time. */
export interface Freshness {
  /** Digest of what counts as confirmed still, or null. */
  readonly confirmed: string | null;
}

/** The confirmation of a principal that counts at this machine time. */
export function freshnessOf(principal: Principal, now: Instant): Freshness {
  const { confirmed } = principal;
  const holds = confirmed !== undefined && hasConfirmed(principal, confirmed.digest, now);
  return { confirmed: holds ? confirmed.digest : null };
}

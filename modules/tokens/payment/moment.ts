/** Texts of the instant that a whole batch is decided at: made once for all its payments. */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { HOLD_MS } from "./payment.ts";

let knownNow = -1;
let known = { at: "", expires: "" };

/** The instant as text, and that at which an authorisation of it is over. */
export function momentOf(now: Instant): { readonly at: string; readonly expires: string } {
  if (now !== knownNow) {
    known = { at: toIso(now), expires: toIso((now + HOLD_MS) as Instant) };
    knownNow = now;
  }
  return known;
}

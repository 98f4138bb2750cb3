/** How a key for requests stands at an instant of the machine's clock. Pure. */
import type { Instant } from "@sandbank/kernel/clock";
import type { RequestKeyState } from "./request-key.contract.ts";
import type { RequestKeyRow } from "./request-key.store.ts";

const DAY_MS = 86_400_000;
/** From how many days before its end a key is said to expire soon. */
const SOON_DAYS = 30;

export function standingOf(
  { expires, ended }: Pick<RequestKeyRow, "expires" | "ended">,
  at: Instant,
): RequestKeyState {
  if (ended !== null) return "ended";
  if (expires <= at) return "expired";
  return expires - at <= SOON_DAYS * DAY_MS ? "soon" : "in_use";
}

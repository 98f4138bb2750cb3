/** How keys for requests stand, by the machine's clock. */
import { type Instant, machineNow } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { SANDBOX_PARTITION } from "../ports.ts";
import type { RequestKeyState } from "./request-key.contract.ts";
import { readRequestKeys, type RequestKeyRow, type RequestKeyShown } from "./request-key.store.ts";

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

/** A key as it stands now. */
export interface StandingKey extends RequestKeyShown {
  readonly state: RequestKeyState;
}

/** The keys of one organisation as they stand, oldest first, at most 200. */
export async function requestKeysOf(store: Store, organisation: string): Promise<StandingKey[]> {
  const rows = await readRequestKeys(store, SANDBOX_PARTITION, organisation);
  const now = machineNow();
  return rows.map((row) => ({ ...row, state: standingOf(row, now) }));
}

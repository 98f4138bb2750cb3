/** How often the heartbeat of a pilot was missing for longer than its terms allow, in one window. */
import { toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { readSilences } from "../heartbeat/silence.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import type { SideReadings } from "./side.ts";

/** A pilot whose terms ask for no heartbeat has no source. */
export function heartbeatReadings(store: Store): NonNullable<SideReadings["heartbeatGaps"]> {
  return ({ pilot, window }) => {
    const span = { from: toIso(window.begins), to: toIso(window.ends) };
    return readSilences(store, SANDBOX_PARTITION, { pilot, ...span });
  };
}

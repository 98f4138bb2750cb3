/** The readings of other nouns, joined: what each indicator that is not made of acts is made of. */
import type { Store } from "@sandbank/kernel/store";
import type { Pools } from "../pool/pool.ts";
import { complaintReadings } from "./complaints.ts";
import { consultationReadings } from "./consultations.ts";
import { exitReadings } from "./exits.ts";
import { heartbeatReadings } from "./heartbeats.ts";
import { poolReadings } from "./pools.ts";
import type { SideReadings } from "./side.ts";

export function openSides(store: Store, pools: Pick<Pools, "detail" | "now">): SideReadings {
  return {
    complaints: complaintReadings(store),
    compensation: poolReadings(pools),
    consultation: consultationReadings(store),
    exit: exitReadings(store),
    heartbeatGaps: heartbeatReadings(store),
  };
}

/** What a compensation pool says of a pilot now. A pool keeps no figures of earlier windows. */
import type { CompensationFacts } from "../indicator/facts.ts";
import type { Pools } from "../pool/pool.ts";
import type { SideReadings } from "./side.ts";

const NOTHING: CompensationFacts = { freeFen: 0n, requiredFen: 0n, claimedFen: 0n, paidFen: 0n };

/** A pilot without terms of compensation has no source; a window that is over, nothing to measure. */
export function poolReadings(
  pools: Pick<Pools, "detail" | "now">,
): NonNullable<SideReadings["compensation"]> {
  return async ({ pilot, window }) => {
    const [detail, now] = await Promise.all([pools.detail(pilot), pools.now()]);
    if (detail === undefined) return undefined;
    if (now < window.begins || now >= window.ends) return NOTHING;
    return {
      freeFen: BigInt(detail.free),
      requiredFen: BigInt(detail.required),
      claimedFen: BigInt(detail.claimed),
      paidFen: BigInt(detail.paid),
    };
  };
}

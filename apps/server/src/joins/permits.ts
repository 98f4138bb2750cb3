/** Where the pilots live that run by permits: every supervised partition of the sandbox's own. */
import type { PermitPlaces } from "@sandbank/sandbox";
import { businessNow, type Reading } from "./readings.ts";

export function permitPlaces({ guard, store }: Reading): PermitPlaces {
  return {
    partitionOf: (pilot) =>
      guard.partitions.find(
        (row) => row.module === "sandbox" && row.supervised && row.pilot === pilot,
      )?.partition,
    now: () => businessNow(store),
  };
}

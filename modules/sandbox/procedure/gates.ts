/**
 * What has to stand before a pilot is armed, read from where it is kept: a pool that its terms call
 * adequate, and a beat of its monitoring that is no older than the terms allow. A pilot without terms
 * of compensation has no pool, so it is not armed either. It decides nothing.
 */
import { type Instant, machineNow } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { findBeat } from "../heartbeat/heartbeat.store.ts";
import {
  ARMING_GATES,
  type ArmingGate,
  type ArmingGates,
  type CompensationReader,
  SANDBOX_PARTITION,
} from "../ports.ts";

const SECOND_MS = 1_000;

export function openGates(
  { store, pools }: { readonly store: Store; readonly pools: CompensationReader },
  clock: () => Instant = machineNow,
): ArmingGates {
  return {
    async unmet(pilot, silentSeconds) {
      const [pool, beat] = await Promise.all([
        pools.read(pilot),
        silentSeconds === undefined ? undefined : findBeat(store, SANDBOX_PARTITION, pilot),
      ]);
      const silent = beat === undefined || clock() - beat > (silentSeconds ?? 0) * SECOND_MS;
      const closed: Readonly<Record<ArmingGate, boolean>> = {
        funded_pool: pool?.adequate !== true,
        fresh_heartbeat: silentSeconds !== undefined && silent,
      };
      return ARMING_GATES.filter((gate) => closed[gate]);
    },
  };
}

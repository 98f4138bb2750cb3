/**
 * The watch: looks at the pilots under test again and again, and trips the triggers of their terms.
 * It acts through the guard like anybody else and decides nothing itself; whoever dies in the middle
 * is followed by the next round, and one trip has one id.
 */
import { type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { systemPrincipal } from "@sandbank/kernel/identity";
import type { State } from "../pilot/pilot.ts";
import { type CompensationReader, SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { Listening } from "./listening.ts";
import { COMPENSATION, HEARTBEAT, isSilent, trippedBy } from "./trigger.ts";
import { readTrips, readWatched, type TripRow, type WatchedRow } from "./trigger.store.ts";

interface Ports extends Pick<SandboxPorts, "store" | "guard" | "indicators"> {
  readonly pools: CompensationReader;
}

/** States in which a directive can reach a pilot. */
const WATCHED: readonly State[] = ["testing", "restricted", "suspended", "evaluation", "passed"];

/** What a round found beyond its terms. */
export interface Tripped {
  readonly pilot: string;
  readonly trigger: string;
}

export interface Watch {
  /** Looks once at every pilot. Answers with what it tripped. */
  round(): Promise<Tripped[]>;
}

/** `up`: since when this server listens, by its own clock. Silence before that is nobody's. */
export function openWatch(ports: Ports, up: Instant, clock: () => Instant = machineNow): Watch {
  const listening = new Listening(up);
  return {
    async round() {
      listening.look(clock());
      const watched = await readWatched(ports.store, SANDBOX_PARTITION, WATCHED);
      if (watched.length === 0) return [];
      const slugs = watched.map(({ slug }) => slug);
      const trips = await readTrips(ports.store, SANDBOX_PARTITION, slugs);
      const tripped: Tripped[] = [];
      for (const row of watched) {
        const own = trips.filter(({ pilot }) => pilot === row.slug);
        for (const found of await beyond(ports, row, listening)) {
          if (await act(ports, { row, own, found })) {
            tripped.push({ pilot: row.slug, trigger: found.trigger });
          }
        }
      }
      return tripped;
    },
  };
}

interface Found {
  readonly trigger: string;
  readonly measured: string;
  readonly clause?: string;
}

/** What of a pilot is beyond its terms now, whether or not it has tripped already. */
async function beyond(
  { indicators, pools }: Ports,
  { slug, heartbeat, triggers, machine_at: beat }: WatchedRow,
  listening: Listening,
): Promise<Found[]> {
  const found: Found[] = [];
  // Monitoring begins with the first beat; without one nothing is armed but a demonstration.
  if (heartbeat !== null && beat !== null && isSilent(heartbeat, listening.silentMs(slug, beat))) {
    found.push({ trigger: HEARTBEAT, measured: toIso(beat) });
  }
  const pool = await pools.read(slug);
  if (pool?.adequate === false) {
    const measured = `${pool.free}/${pool.required}`;
    found.push({ trigger: COMPENSATION, measured, clause: pool.clause });
  }
  for (const trigger of triggers ?? []) {
    const readings = await indicators.latest(slug, trigger.indicator, trigger.windows);
    const reading = trippedBy(trigger, readings);
    if (reading !== undefined) found.push({ trigger: trigger.id, measured: String(reading.value) });
  }
  return found;
}

async function act(
  { guard }: Ports,
  of: { readonly row: WatchedRow; readonly own: readonly TripRow[]; readonly found: Found },
): Promise<boolean> {
  const { trigger } = of.found;
  const before = of.own.filter((row) => row.trigger === trigger);
  if (before.some((row) => row.binds)) return false;
  const outcome = await guard.act({
    partition: SANDBOX_PARTITION,
    id: `trip-${of.row.slug}-${trigger}-${before.length + 1}`.slice(0, 80),
    command: "sandbox.trip",
    content: { pilot: of.row.slug, ...of.found },
    principal: systemPrincipal("sandbox"),
  });
  return outcome.kind === "accepted";
}

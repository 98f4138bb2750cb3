/**
 * Watch periods follow the clock: at the end of each month, and of the watch, thresholds are compared;
 * a watch with nothing open then ends. A comparing waits until every act of its days is counted: the
 * clock goes on meanwhile, and what it compares stays the same days.
 */
import { businessClock, type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { clockRow, type DueSource } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { type MeasureReader, SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { readWatchesDue, type WatchRow } from "../watch/watch.store.ts";
import { daysOf } from "./check.ts";

type Ports = Pick<SandboxPorts, "store" | "guard"> & { readonly measures: MeasureReader };

interface Due {
  readonly row: WatchRow;
  readonly at: Instant;
  readonly command: "sandbox.check_watch" | "sandbox.end_watch";
  /** Says which step of which watch, so that firing twice is one act. */
  readonly id: string;
}

function dueOf(row: WatchRow): Due {
  const { pilot, next_at: next, ends_at: ends } = row;
  return next === null
    ? { row, at: ends, command: "sandbox.end_watch", id: `watch-end-${pilot}-${ends}` }
    : { row, at: next, command: "sandbox.check_watch", id: `watch-check-${pilot}-${next}` };
}

export function dueWatches({ store, guard, measures }: Ports): DueSource {
  const refused = new Set<string>();
  const clock = async () => businessClock(await clockRow(store)).now();
  const due = async (until: Instant) => {
    const rows = await readWatchesDue(store, SANDBOX_PARTITION, toIso(until));
    return rows.map(dueOf).filter(({ id }) => !refused.has(id));
  };
  const isCounted = async ({ row }: Due) => {
    const days = daysOf(row, machineNow());
    return days === undefined || (await measures.over(row.pilot, [], days))?.complete === true;
  };
  return {
    async next(until) {
      const now = await clock();
      for (const one of await due(until)) {
        // What lies behind is done as soon as it can be, at an instant that the clock can stand at.
        if (one.at > now) return one.at;
        if (await isCounted(one)) return now;
      }
      return undefined;
    },
    async fire() {
      for (const one of await due(await clock())) {
        if (!(await isCounted(one))) continue;
        const outcome = await guard.act({
          ...{ partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox"), id: one.id },
          ...{ command: one.command, content: { pilot: one.row.pilot } },
        });
        if (outcome.kind === "unknown") throw new Error(`${one.id}: its outcome is unknown`);
        // Why it could not is on record; asking again under the same id would answer the same.
        if (outcome.kind === "refused") refused.add(one.id);
      }
    },
  };
}

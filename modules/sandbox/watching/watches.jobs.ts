/**
 * Watch periods follow the clock: at the end of each month, and of the watch, thresholds are compared;
 * a condition is judged once its last day is over; a watch with nothing open then ends. A comparing waits until every act of its days is counted: the
 * clock goes on meanwhile, and what it compares stays the same days.
 */
import { businessClock, type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { clockRow, type DueSource } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import {
  type MeasuredDays,
  type MeasureReader,
  SANDBOX_PARTITION,
  type SandboxPorts,
} from "../ports.ts";
import {
  type ConditionRow,
  readConditionsDue,
  readWatchesDue,
  type WatchRow,
} from "../watch/watch.store.ts";
import { daysOf } from "./check.ts";
import { daysOf as judgedOver } from "./condition.ts";

type Ports = Pick<SandboxPorts, "store" | "guard"> & { readonly measures: MeasureReader };

interface Due {
  readonly pilot: string;
  readonly at: Instant;
  readonly command: string;
  readonly content: object;
  /** The days that it measures, up to this instant of machine time; undefined where none. */
  days(machineTo: Instant): MeasuredDays | undefined;
  /** Says which step of which watch, so that firing twice is one act. */
  readonly id: string;
}

function dueOf(row: WatchRow): Due {
  const { pilot, next_at: next, ends_at: ends } = row;
  const of = { pilot, content: { pilot }, days: (to: Instant) => daysOf(row, to) };
  return next === null
    ? { ...of, at: ends, command: "sandbox.end_watch", id: `watch-end-${pilot}-${ends}` }
    : { ...of, at: next, command: "sandbox.check_watch", id: `watch-check-${pilot}-${next}` };
}

function judgementOf(row: ConditionRow): Due {
  const { pilot, ruling, number, due_at: at } = row;
  return {
    ...{ pilot, at, command: "sandbox.judge_watch_condition", content: { pilot, ruling, number } },
    days: (to) => judgedOver(row, to),
    id: `watch-condition-${pilot}-${ruling}-${number}`,
  };
}

export function dueWatches({ store, guard, measures }: Ports): DueSource {
  const refused = new Set<string>();
  const clock = async () => businessClock(await clockRow(store)).now();
  const due = async (until: Instant) => {
    const [watches, conditions] = await Promise.all([
      readWatchesDue(store, SANDBOX_PARTITION, toIso(until)),
      readConditionsDue(store, SANDBOX_PARTITION, toIso(until)),
    ]);
    return [...watches.map(dueOf), ...conditions.map(judgementOf)]
      .filter(({ id }) => !refused.has(id))
      .toSorted((one, other) => one.at - other.at);
  };
  const isCounted = async (one: Due) => {
    const days = one.days(machineNow());
    return days === undefined || (await measures.over(one.pilot, [], days))?.complete === true;
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
          ...{ command: one.command, content: one.content },
        });
        if (outcome.kind === "unknown") throw new Error(`${one.id}: its outcome is unknown`);
        // Why it could not is on record; asking again under the same id would answer the same.
        if (outcome.kind === "refused") refused.add(one.id);
      }
    },
  };
}

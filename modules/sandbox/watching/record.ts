/** What everybody may read of a watch period, for routes and for the public site. It decides nothing. */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { findPublicPilot, type PilotRow } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import type { WatchAnswer } from "../watch/watch.contract.ts";
import {
  type ConditionRow,
  readWatchCriteria,
  type WatchCriterionRow,
  watchesIn,
  type WatchRow,
  type WatchRows,
} from "../watch/watch.store.ts";

/** Readers of watch periods. */
export interface Watches {
  /** Undefined for a pilot that the public does not know, or that was never watched. */
  watch(pilot: string): Promise<WatchAnswer | undefined>;
}

export function openWatches(store: Store): Watches {
  return {
    async watch(slug) {
      const [pilot, rows, criteria] = await Promise.all([
        findPublicPilot(store, SANDBOX_PARTITION, slug),
        watchesIn(store, SANDBOX_PARTITION, [slug]),
        readWatchCriteria(store, SANDBOX_PARTITION, slug),
      ]);
      const [watch] = rows.watches;
      return pilot && watch && answerOf(pilot, watch, { ...rows, criteria });
    },
  };
}

type Beside = WatchRows & { readonly criteria: readonly WatchCriterionRow[] };

function answerOf(pilot: PilotRow, watch: WatchRow, beside: Beside): WatchAnswer {
  const { checks, findings, rulings, conditions: judgements, criteria } = beside;
  return {
    ...{ pilot: pilot.slug, name: pilot.body.name, state: watch.state },
    ...{ organisation: watch.organisation, days: watch.days },
    daysFrom: watch.from_terms ? "terms" : "design",
    ...{ begunAt: toIso(watch.begun_at), endsAt: toIso(watch.ends_at) },
    ...{ checkedTo: toIso(watch.checked_to), nextAt: when(watch.next_at) },
    endedAt: when(watch.ended_at),
    checks: checks.map((row) => ({
      ...{ number: row.number, at: toIso(row.at), from: toIso(row.from_at), to: toIso(row.to_at) },
      ...{ machineFrom: toIso(row.machine_from), machineTo: toIso(row.machine_to) },
      criteria: criteria.filter(({ number }) => number === row.number).map(criterionShown),
    })),
    findings: findings.map(({ id, number, kind, state, at, ruling, ...row }) => ({
      ...{ id, number, kind, state, at: toIso(at), check: row.check_number },
      ...{ silentSince: when(row.silent_since), ruling },
      condition:
        row.of_ruling === null || row.of_condition === null
          ? null
          : { ruling: row.of_ruling, number: row.of_condition },
    })),
    rulings: rulings.map(({ number, ruling, reason, conditions, days, at }) => ({
      ...{ number, ruling, at: toIso(at), reason, days },
      conditions: conditions.map((one, place) => {
        const of = (row: ConditionRow) => row.ruling === number && row.number === place + 1;
        return conditionShown(one, judgements.find(of));
      }),
    })),
  };
}

type Condition = WatchAnswer["rulings"][number]["conditions"][number];

/** A condition in its own words, and how it was judged where the clock judges it. */
function conditionShown(
  { text, by, bound }: WatchRows["rulings"][number]["conditions"][number],
  row: ConditionRow | undefined,
): Condition {
  return {
    ...{ text, by, bound: bound ?? null, state: row?.state ?? null, lacks: row?.lacks ?? null },
    ...{ measured: whole(row?.measured ?? null), sums: whole(row?.sums ?? null) },
    ...{ over: whole(row?.over ?? null), judgedAt: when(row?.judged_at ?? null) },
  };
}

function criterionShown(row: WatchCriterionRow): WatchAnswer["checks"][number]["criteria"][number] {
  const { criterion, subject, label, clause, comparator, unit, met, lacks, indicator } = row;
  return {
    ...{ criterion, subject, label, clause, comparator, unit, met, lacks, indicator },
    ...{ formula: row.formula, required: String(row.required) },
    ...{ measured: whole(row.measured), sums: whole(row.sums), over: whole(row.over) },
  };
}

const whole = (value: bigint | null) => (value === null ? null : String(value));
const when = (at: Instant | null) => (at === null ? null : toIso(at));

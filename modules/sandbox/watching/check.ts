/**
 * The clock's own steps of a watch: comparing every threshold over the days that are over, and ending
 * a watch that has nothing open. The same formulas and the same exact comparison as in an evaluation;
 * nothing comes from whoever asks, and a miss by any part of a point is a finding.
 */
import {
  fromIso,
  type Instant,
  machineNow,
  shanghaiDate,
  toIso,
  uuidv7,
} from "@sandbank/kernel/clock";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { hashOf } from "../declaration/declaration.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import { type Criterion, thresholdsOf } from "../evaluation/criterion.ts";
import { factsOf, type MeasuredFacts, measuredOf } from "../graduating/graduating.ts";
import { thresholdCriteria } from "../graduating/measure.ts";
import { write } from "../inbox/inbox.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { findPilot } from "../pilot/pilot.store.ts";
import { type EndingPorts, type MeasuredDays, SANDBOX_PARTITION } from "../ports.ts";
import { noteCheck, noteWatchCriterion } from "../watch/effects.store.ts";
import { after, nextCheck, WATCH_TABLE } from "../watch/watch.ts";
import { refuse } from "../watch/watch.refusals.ts";
import { findWatch, type WatchRow } from "../watch/watch.store.ts";
import { missText } from "./notices.ts";
import {
  finding,
  loadWatching,
  moving,
  type Standing,
  standingFor,
  STEPS,
  type Watching,
} from "./watching.ts";

const asking = z.strictObject({ pilot: slugContract });
type Asking = Readonly<z.infer<typeof asking>>;

/** What is measured, up to which machine time, and the id of a letter that may be written. */
export interface CheckFacts extends MeasuredFacts {
  readonly machine: string;
  readonly letter: string;
}

/** The days that a watch is compared over next; undefined where everything is. */
export function daysOf(
  { checked_to: from, next_at: to, machine_to: machineFrom }: WatchRow,
  machineTo: Instant,
): MeasuredDays | undefined {
  return to === null ? undefined : { from, to, machineFrom, machineTo };
}

async function prepared(ports: EndingPorts, slug: string): Promise<CheckFacts> {
  const machine = machineNow();
  const [pilot, watch] = await Promise.all([
    findPilot(ports.store, SANDBOX_PARTITION, slug),
    findWatch(ports.store, SANDBOX_PARTITION, slug),
  ]);
  const days = watch && daysOf(watch, machine);
  const names = pilot === undefined ? [] : thresholdsOf(pilot).map(({ indicator }) => indicator);
  const measured = days && (await ports.measures.over(slug, [...new Set(names)], days));
  return { ...factsOf(measured), machine: toIso(machine), letter: uuidv7() };
}

/**
 * `sandbox.check_watch`. Refuses with pilot_unknown, watch_unknown, the watch's own code,
 * watch_check_not_due, evaluation_nothing_to_measure, evaluation_figures_behind,
 * watch_check_of_other_days.
 */
export function checkWatch(ports: EndingPorts): Command<Asking, Watching, CheckFacts> {
  return {
    ...STEPS,
    name: "sandbox.check_watch",
    contract: asking,
    may: ["system"],
    prepare: ({ pilot }) => prepared(ports, pilot),
    load: loadWatching,
    decide({ state, facts, now, id }) {
      const at = standingFor(state, "check");
      if (isRefusal(at)) return at;
      const { checked_to: from, next_at: to } = at.watch;
      if (to === null || now < to) return refuse("watch_check_not_due");
      const measured = measuredOf(facts);
      if (isRefusal(measured)) return measured;
      if (measured.from !== from || measured.to !== to) return refuse("watch_check_of_other_days");
      const criteria = thresholdCriteria(at.pilot, measured);
      return compared(state, at, { criteria, to, facts, now, id });
    },
  };
}

interface Compared {
  readonly criteria: readonly Criterion[];
  /** The first instant after the days that are compared. */
  readonly to: Instant;
  readonly facts: CheckFacts;
  readonly now: Instant;
  readonly id: string;
}

function compared(state: Watching, at: Standing, of: Compared): Decision | Refusal {
  const { criteria, to, facts, now, id } = of;
  const { pilot, checked_to: from, ends_at: ends } = at.watch;
  const number = state.checks.length + 1;
  const missed = criteria.filter(({ met }) => !met);
  const found = missed.length > 0;
  const next = found ? after(WATCH_TABLE, at.watch.state, "find") : at.to;
  if (isRefusal(next)) return next;
  const days = { first: shanghaiDate(from), last: shanghaiDate((to - 1) as Instant) };
  const text = missText(at.pilot.body.name, days, missed);
  const { letter } = facts;
  const told = { id, letter, kind: "thresholds", check: number, silentSince: null } as const;
  const unmet = missed.map(({ criterion }) => criterion);
  return {
    entries: [],
    changes: [
      change(noteCheck, {
        ...{ pilot, number, from_at: toIso(from), to_at: toIso(to), at: toIso(now) },
        ...{ machine_from: toIso(at.watch.machine_to), machine_to: facts.machine },
      }),
      ...criteria.map(({ kind: _, ...one }) =>
        change(noteWatchCriterion, { pilot, number, ...one }),
      ),
      moving(at.watch, next, {
        ...{ checked_to: to, next_at: nextCheck(to, ends) ?? null },
        machine_to: fromIso(facts.machine),
      }),
      ...(found ? finding(state, at, { ...told, text, now }) : []),
      ...(found ? [publish({ id, pilot, at: now, kind: "watch_finding", text })] : []),
    ],
    answer: { pilot, check: number, watch: next, unmet },
    leaves: [
      { t: "watch_check", pilot, check: number, unmet: unmet.length, hash: toldOf(criteria) },
    ],
  };
}

/** The hash of what was compared, in the words in which an evaluation tells it. */
function toldOf(criteria: readonly Criterion[]): string {
  return hashOf(
    criteria.map(({ criterion, subject, comparator, unit, met, required, measured }) => ({
      ...{ criterion, subject, comparator, unit, met, required: String(required) },
      measured: measured === null ? null : String(measured),
    })),
  );
}

/**
 * `sandbox.end_watch`: nothing is open, every day is compared and no condition is to be judged. Refuses with pilot_unknown,
 * watch_unknown, the watch's own code, watch_not_over.
 */
export const endWatch: Command<Asking, Watching> = {
  ...STEPS,
  name: "sandbox.end_watch",
  contract: asking,
  may: ["system"],
  load: loadWatching,
  decide({ state, now, id }) {
    const at = standingFor(state, "end");
    if (isRefusal(at)) return at;
    const { watch } = at;
    const { pilot, organisation } = watch;
    const pending = state.conditions.some((one) => one.state === "pending");
    if (watch.next_at !== null || now < watch.ends_at || pending) return refuse("watch_not_over");
    const text = STEP_NOTICES.watch_ended(at.pilot.body.name);
    return {
      entries: [],
      changes: [
        moving(watch, at.to, { ended_at: now }),
        publish({ id, pilot, at: now, kind: "watch_ended", text }),
        write({ id, kind: "watch_ended", organisation, pilot, about: id, title: text, now }),
      ],
      answer: { pilot, watch: at.to },
      leaves: [{ t: "watch", pilot, at: at.to, checks: state.checks.length }],
    };
  },
};

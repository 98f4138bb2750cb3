/**
 * Figures over a whole test, or over some whole days: the same formulas as for any window, over the
 * counters of all these days. Nothing is averaged: counts are added up, a ratio is made of its two
 * sums, a quantile of all requests. What is about the machine is counted in machine time: of a whole
 * test since it was first looked at.
 */
import {
  fromIso,
  type Instant,
  machineNow,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import type { PilotDetail } from "../contract.ts";
import { windowOf, type Window, type WindowFacts } from "../indicator/facts.ts";
import {
  readActs,
  readDenials,
  readMeasured,
  readProbed,
  readRecounts,
  readRequested,
  readSlices,
  readUses,
  readWatermarks,
} from "../indicator/indicator.store.ts";
import { indicatorOf } from "../indicator/table.ts";
import {
  type Measured,
  type MeasuredDays,
  type MeasuredFigure,
  SANDBOX_PARTITION,
} from "../ports.ts";
import type { Register } from "../register/register.ts";
import { gather, incidentsOf } from "./gather.ts";
import { NAMED } from "./named.ts";
import type { RowParts } from "./rows.ts";
import type { SideReadings } from "./side.ts";

export interface PeriodParts extends RowParts {
  readonly register: Register;
  readonly sides: SideReadings;
}

/** The machine's windows before any that there is. */
const FIRST_WINDOW = "1970-01-01T00:00:00.000Z";

/** Undefined for a pilot that is unknown, and where no day that is asked for is over. */
export async function measureOver(
  parts: PeriodParts,
  slug: string,
  { names, days }: { readonly names: readonly string[]; readonly days?: MeasuredDays | undefined },
): Promise<Measured | undefined> {
  const [pilot, limits, now] = await Promise.all([
    parts.register.detail(slug),
    parts.register.limits(slug),
    parts.acts.now(),
  ]);
  const period = pilot?.period ?? null;
  if (pilot === undefined || period === null) return undefined;
  const midnight = shanghaiMidnight(shanghaiDate(now));
  const from = days?.from ?? shanghaiMidnight(shanghaiDate(fromIso(period.from)));
  const to = days?.to ?? midnight;
  if (to <= from || to > midnight) return undefined;
  const asked = { pilot, limits: limits?.limits ?? [], span: "day" as const, count: 1, now };
  const [facts, complete, [today]] = await Promise.all([
    factsOf(parts, pilot, { begins: from, ends: to, now, days }),
    isComplete(parts, pilot, to),
    gather(parts.store, parts.sides, asked),
  ]);
  const figures = names.flatMap((name) => figureOf(name, facts) ?? []);
  return { from, to, complete, figures, targets: today?.targets ?? [] };
}

/** The figure of a name; undefined for one that nobody computes. */
function figureOf(name: string, facts: WindowFacts): MeasuredFigure | undefined {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const indicator = named && indicatorOf(named.indicator);
  const kind = named && indicator?.figures[named.figure];
  if (named === undefined || indicator === undefined || kind === undefined) return undefined;
  const { id, formula } = indicator;
  const found = indicator.read(facts)?.find(({ figure }) => figure === named.figure);
  return {
    ...{ name, indicator: id, formula, unit: kind.unit, value: found?.value ?? null },
    ...{ sums: found?.sums ?? null, over: found?.over ?? null },
  };
}

interface Period extends Pick<Window, "begins" | "ends"> {
  readonly now: Instant;
  readonly days: MeasuredDays | undefined;
}

async function factsOf(
  { store, sides }: PeriodParts,
  pilot: PilotDetail,
  { begins, ends, now, days }: Period,
): Promise<WindowFacts> {
  const partitions = pilot.partitions.map(({ partition }) => partition);
  const range = { partitions, span: "day" as const, from: toIso(begins), to: toIso(ends) };
  const window = { span: "day" as const, begins, ends };
  const at = { pilot: pilot.slug, window, now };
  // A pool keeps no figures of earlier days: it is measured as it stands now.
  const upToNow = { ...at, window: { ...window, ends: (now + 1) as Instant } };
  const [acts, denials, uses, slices, recounts, incidents, machine] = await Promise.all([
    readActs(store, range),
    readDenials(store, range),
    readUses(store, range),
    readSlices(store, range),
    readRecounts(store, range),
    incidentsOf(store, pilot.slug),
    machineOf(store, pilot.slug, days),
  ]);
  const differing = recounts.reduce((sum, one) => sum + one.differing, 0n);
  return {
    ...{ window, seconds: BigInt(Math.floor((ends - begins) / 1000)), caps: [], targets: [] },
    journal: {
      ...{ acts, denials, uses, slices },
      differing: recounts.length === 0 ? undefined : differing,
    },
    ...{ incidents, ...machine },
    complaints: await sides.complaints?.(at),
    compensation: await sides.compensation?.(upToNow),
    consultation: await sides.consultation?.(at),
    exit: await sides.exit?.(at),
    heartbeatGaps: await sides.heartbeatGaps?.(at),
  };
}

async function machineOf(
  store: Store,
  pilot: string,
  days: MeasuredDays | undefined,
): Promise<Pick<WindowFacts, "probes" | "requests">> {
  const of = { partition: SANDBOX_PARTITION, pilot, span: "day" as const };
  const range = { ...of, ...(days === undefined ? everSince() : machineDays(days)) };
  const [measured, probed, requested] = await Promise.all([
    readMeasured(store, of),
    readProbed(store, range),
    readRequested(store, range),
  ]);
  const probes = { probes: 0n, failed: 0n, observedMs: 0n, downMs: 0n };
  for (const one of probed) {
    probes.probes += one.probes;
    probes.failed += one.failed;
    probes.observedMs += one.observed_ms;
    probes.downMs += one.down_ms;
  }
  const requests = requested.map(({ bucket_us: bucketUs, answered, refused, failed }) => {
    return { bucketUs, answered, refused, failed };
  });
  return {
    probes: measured.probed ? probes : undefined,
    requests: measured.requested ? requests : undefined,
  };
}

function everSince(): { readonly from: string; readonly to: string } {
  return { from: FIRST_WINDOW, to: toIso(windowOf("day", machineNow()).ends) };
}

/**
 * The days of machine time from the one to before the other, so that days that follow each other
 * count nothing twice; on one day, as where business time is turned by hand, that day.
 */
function machineDays({ machineFrom, machineTo }: MeasuredDays) {
  const [first, last] = [windowOf("day", machineFrom), windowOf("day", machineTo)];
  const to = last.begins > first.begins ? last.begins : first.ends;
  return { from: toIso(first.begins), to: toIso(to) };
}

/** True if no act before `to` is left to count: each partition is followed to its end or beyond it. */
async function isComplete(
  { store, acts }: PeriodParts,
  pilot: PilotDetail,
  to: Instant,
): Promise<boolean> {
  const partitions = pilot.partitions.map(({ partition }) => partition);
  const [marks, heads] = await Promise.all([readWatermarks(store, partitions), acts.heads()]);
  return heads
    .filter(({ partition }) => partitions.includes(partition))
    .every(({ partition, seq }) => {
      const mark = marks.find((one) => one.partition === partition);
      return (mark?.seq ?? 0n) >= seq || (mark?.at ?? 0) >= to;
    });
}

/**
 * Gathers the facts of a pilot's windows from where they are kept: a handful of statements whatever
 * the number of windows. Figures in business time stand in the windows of business time; probes and
 * requests are about the machine and stand in those of machine time.
 */
import {
  addDays,
  type Instant,
  machineNow,
  shanghaiDate,
  shanghaiMidnight,
  shanghaiMonth,
  toIso,
} from "@sandbank/kernel/clock";
import { periodOf } from "@sandbank/kernel/guard";
import type { Store } from "@sandbank/kernel/store";
import type { LimitsAnswer, PilotDetail } from "../contract.ts";
import { readIncidents } from "../incident/incident.store.ts";
import {
  type CapFact,
  type IncidentFact,
  type JournalFacts,
  type TargetFact,
  type Window,
  type WindowFacts,
  windowsUpTo,
} from "../indicator/facts.ts";
import type { Span } from "../indicator/indicator.contract.ts";
import {
  type Carried,
  type In,
  readActs,
  readCarried,
  readDenials,
  readMeasured,
  readProbed,
  readRecounts,
  readRequested,
  readSlices,
  readUses,
} from "../indicator/indicator.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import type { SideReadings } from "./side.ts";

/** What is asked for: windows of one span, up to now. */
export interface Asked {
  readonly pilot: PilotDetail;
  readonly limits: LimitsAnswer["limits"];
  readonly span: Span;
  readonly count: number;
  /** Business time. */
  readonly now: Instant;
}

const WEEK_DAYS = 7;

/** The facts of the latest windows, oldest first. */
export async function gather(
  store: Store,
  sides: SideReadings,
  asked: Asked,
): Promise<WindowFacts[]> {
  const windows = windowsUpTo(asked.span, asked.now, asked.count);
  const [journal, machine, incidents] = await Promise.all([
    journalOf(store, asked, windows),
    machineOf(store, asked),
    incidentsOf(store, asked.pilot.slug),
  ]);
  return Promise.all(
    windows.map(async (window, i): Promise<WindowFacts> => {
      const over = Math.max(0, Math.min(window.ends, asked.now) - window.begins);
      const at = { pilot: asked.pilot.slug, window, now: asked.now };
      const caps = journal?.caps(window) ?? [];
      return {
        ...{ window, seconds: BigInt(Math.floor(over / 1000)), caps },
        incidents: journal === undefined && incidents.length === 0 ? undefined : incidents,
        journal: journal?.facts(window),
        targets: targetsOf(asked, caps),
        ...machine(i),
        complaints: journal === undefined ? undefined : await sides.complaints?.(at),
        compensation: await sides.compensation?.(at),
        consultation: await sides.consultation?.(at),
        exit: await sides.exit?.(at),
        heartbeatGaps: await sides.heartbeatGaps?.(at),
      };
    }),
  );
}

function rangeOf(windows: readonly Window[]): { readonly from: Instant; readonly to: Instant } {
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) throw new Error("no window was asked for");
  return { from: first.begins, to: last.ends };
}

/** Counters of the journal and the use of limits; undefined where nobody serves the pilot yet. */
async function journalOf(store: Store, asked: Asked, windows: readonly Window[]) {
  const partitions = asked.pilot.partitions.map(({ partition }) => partition);
  if (partitions.length === 0) return undefined;
  const { from, to } = rangeOf(windows);
  const range = { partitions, span: asked.span, from: toIso(from), to: toIso(to) };
  const firstDay = shanghaiMidnight(addDays(shanghaiDate(from), -WEEK_DAYS));
  const days = { ...range, span: "day" as const, from: toIso(firstDay) };
  const dayOfFrom = toIso(shanghaiMidnight(shanghaiDate(from)));
  const [slices, acts, denials, uses, carried, byDay, recounts] = await Promise.all([
    readSlices(store, range),
    readActs(store, range),
    readDenials(store, range),
    readUses(store, range),
    readCarried(store, range, shanghaiDate(from)),
    readUses(store, days),
    readRecounts(store, { ...range, from: dayOfFrom }),
  ]);
  const within = <Row extends { readonly begins: Instant }>(rows: readonly Row[], of: Window) =>
    rows.filter(({ begins }) => of.begins <= begins && begins < of.ends);
  const facts = (window: Window): JournalFacts => {
    const day = shanghaiMidnight(shanghaiDate(window.begins));
    const compared = within(recounts, { ...window, begins: day });
    return {
      ...{ acts: within(acts, window), denials: within(denials, window) },
      ...{ uses: within(uses, window), slices: within(slices, window) },
      differing:
        compared.length === 0
          ? undefined
          : compared.reduce((sum, { differing }) => sum + differing, 0n),
    };
  };
  const pilotWide = (rows: readonly In<JournalFacts["uses"][number]>[]) =>
    rows.filter(({ scope }) => scope === "pilot");
  const moved = { uses: pilotWide(uses), carried, byDay: pilotWide(byDay) };
  return { facts, caps: (window: Window) => capsOf(asked, window, moved) };
}

interface Moved {
  readonly uses: readonly In<JournalFacts["uses"][number]>[];
  readonly carried: readonly Carried[];
  readonly byDay: readonly In<JournalFacts["uses"][number]>[];
}

/** The use of each pilot-wide limit at the end of a window, against the cap in force now. */
function capsOf(asked: Asked, window: Window, moved: Moved): CapFact[] {
  const counted = asked.limits.filter(
    (limit) => limit.scope === "pilot" && limit.measure !== "single",
  );
  return counted.map((limit) => ({
    ...{ id: limit.id, label: limit.label, unit: limit.unit, cap: BigInt(limit.cap) },
    windowed: limit.window !== "none",
    used: usedAt(limit, window, moved),
    moved7: limit.window === "none" ? movedInWeek(limit.id, asked, { window, moved }) : undefined,
  }));
}

/** Of the fullest of the limit's periods in the window; its only one, mostly. */
function usedAt(
  limit: LimitsAnswer["limits"][number],
  window: Window,
  { uses, carried }: Moved,
): bigint {
  const longer = limit.window === "day" && window.span === "month";
  const month = shanghaiMonth(window.begins);
  const period = periodOf(limit.window, window.begins);
  const reaches = (one: string) => (longer ? one.startsWith(month) : one === period);
  const used = new Map<string, bigint>();
  const count = (row: {
    readonly rule: string;
    readonly period: string;
    readonly moved: bigint;
  }) => {
    if (row.rule !== limit.id || !reaches(row.period)) return;
    used.set(row.period, (used.get(row.period) ?? 0n) + row.moved);
  };
  carried.forEach(count);
  uses.filter(({ begins }) => begins < window.ends).forEach(count);
  return [...used.values()].reduce((most, one) => (one > most ? one : most), 0n);
}

function movedInWeek(
  rule: string,
  asked: Asked,
  { window, moved }: { readonly window: Window; readonly moved: Moved },
): bigint {
  const last = (Math.min(window.ends, asked.now + 1) - 1) as Instant;
  const day = shanghaiDate(last);
  const from = shanghaiMidnight(addDays(day, 1 - WEEK_DAYS));
  const to = shanghaiMidnight(addDays(day, 1));
  return moved.byDay.reduce(
    (sum, row) =>
      row.rule === rule && from <= row.begins && row.begins < to ? sum + row.moved : sum,
    0n,
  );
}

/** Declared targets; a distinct count of people is what the limit on customers counts. */
function targetsOf({ pilot }: Asked, caps: readonly CapFact[]): TargetFact[] {
  const customers = caps.find(({ unit, windowed }) => unit === "count" && !windowed);
  return pilot.scale
    .filter(({ role }) => role === "target")
    .map((item) => ({
      ...{ id: item.id, label: item.label, target: BigInt(item.value) },
      actual: item.kind === "distinct" && item.unit === "person" ? customers?.used : undefined,
    }));
}

/** What is about the machine, by the place of the window counted from the latest. */
async function machineOf(store: Store, { pilot, span, count }: Asked) {
  const windows = windowsUpTo(span, machineNow(), count);
  const { from, to } = rangeOf(windows);
  const of = { partition: SANDBOX_PARTITION, pilot: pilot.slug, span };
  const range = { ...of, from: toIso(from), to: toIso(to) };
  const [measured, probed, requested] = await Promise.all([
    readMeasured(store, of),
    readProbed(store, range),
    readRequested(store, range),
  ]);
  return (i: number): Pick<WindowFacts, "probes" | "requests"> => {
    const begins = windows[i]?.begins;
    const [one] = probed.filter((row) => row.begins === begins);
    const probes = {
      ...{ probes: one?.probes ?? 0n, failed: one?.failed ?? 0n },
      ...{ observedMs: one?.observed_ms ?? 0n, downMs: one?.down_ms ?? 0n },
    };
    const requests = requested
      .filter((row) => row.begins === begins)
      .map(({ bucket_us: bucketUs, answered, refused, failed }) => {
        return { bucketUs, answered, refused, failed };
      });
    return {
      probes: measured.probed ? probes : undefined,
      requests: measured.requested ? requests : undefined,
    };
  };
}

/** Every incident of a pilot that is known to have begun. */
export async function incidentsOf(store: Store, pilot: string): Promise<IncidentFact[]> {
  const rows = await readIncidents(store, SANDBOX_PARTITION, pilot);
  return rows.flatMap((row) =>
    row.started_at === null || row.detected_at === null
      ? []
      : [
          {
            ...{ category: row.category, severity: row.severity },
            ...{ startedAt: row.started_at, detectedAt: row.detected_at },
            ...{ resolvedAt: row.resolved_at, lossFen: row.loss_fen },
            recordsLeaked: row.records_leaked,
          },
        ],
  );
}

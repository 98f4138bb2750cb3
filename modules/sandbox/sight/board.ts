/**
 * What is seen of a pilot: all indicators in one window, one indicator over its latest windows, and
 * the rows that a figure sums. One engine for routes, pages, and whoever acts on an indicator.
 */
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import type { LimitsAnswer, PilotDetail } from "../contract.ts";
import { windowOf, type WindowFacts } from "../indicator/facts.ts";
import { type Indicator, tell, worst } from "../indicator/indicator.ts";
import type {
  BoardAnswer,
  FigureAnswer,
  RowsAnswer,
  SeriesAnswer,
  Span,
} from "../indicator/indicator.contract.ts";
import { readWatermarks } from "../indicator/indicator.store.ts";
import { indicatorOf, INDICATORS } from "../indicator/table.ts";
import type { IndicatorReader, IndicatorReading, MeasureReader } from "../ports.ts";
import { gather } from "./gather.ts";
import { NAMED } from "./named.ts";
import { measureOver, type PeriodParts } from "./period.ts";
import { rowsOf } from "./rows.ts";

/** Most windows that one question may look at. */
const WINDOWS_MAX = 200;

export interface Board extends IndicatorReader, MeasureReader {
  /** Undefined for an unknown pilot. `open` leaves out what is for staff only. */
  all(
    pilot: string,
    asked: { readonly span: Span; readonly open: boolean },
  ): Promise<BoardAnswer | undefined>;
  /** Undefined for an unknown pilot or indicator. */
  series(
    pilot: string,
    asked: { readonly indicator: string; readonly span: Span; readonly windows: number },
  ): Promise<SeriesAnswer | undefined>;
  rows(
    pilot: string,
    asked: {
      readonly indicator: string;
      readonly span: Span;
      readonly begins: string;
      readonly subject: string | undefined;
      readonly before: bigint | undefined;
    },
  ): Promise<RowsAnswer | undefined>;
}

/** What all of it is read from: the same as what a whole test is measured by. */
export type BoardParts = PeriodParts;

export function openBoard(parts: BoardParts): Board {
  return {
    async all(slug, { span, open }) {
      const seen = await look(parts, slug, { span, count: 1 });
      const facts = seen?.facts.at(-1);
      if (seen === undefined || facts === undefined) return undefined;
      const { window } = facts;
      return {
        ...{ pilot: slug, span, begins: toIso(window.begins), ends: toIso(window.ends) },
        ...(await reachOf(parts, seen.pilot, seen.now)),
        indicators: INDICATORS.filter((one) => !open || one.public).map((one) => {
          const figures = tell(one, facts);
          return { ...headOf(one, figures), figures };
        }),
      };
    },
    async series(slug, { indicator: id, span, windows }) {
      const indicator = indicatorOf(id);
      const seen = indicator && (await look(parts, slug, { span, count: windows }));
      if (seen === undefined || indicator === undefined) return undefined;
      const told = seen.facts.map((facts) => ({ facts, figures: tell(indicator, facts) }));
      return {
        ...{ pilot: slug, ...headOf(indicator, told.at(-1)?.figures ?? []) },
        ...(await reachOf(parts, seen.pilot, seen.now)),
        windows: told.map(({ facts: { window }, figures }) => ({
          ...{ span, begins: toIso(window.begins), ends: toIso(window.ends), figures },
        })),
      };
    },
    latest: (pilot, name, windows) => latest(parts, { pilot, name, windows }),
    over: (pilot, names, days) => measureOver(parts, pilot, { names, days }),
    async rows(slug, { indicator: id, span, begins, subject, before }) {
      const indicator = indicatorOf(id);
      const pilot = indicator && (await parts.register.detail(slug));
      if (pilot === undefined || indicator === undefined) return undefined;
      const window = windowOf(span, fromIso(begins));
      return rowsOf(parts, { indicator, pilot, window, subject, before });
    },
  };
}

/** The window that goes on now is not over and no reading of anybody's. */
async function latest(
  parts: BoardParts,
  {
    pilot,
    name,
    windows,
  }: { readonly pilot: string; readonly name: string; readonly windows: number },
): Promise<readonly IndicatorReading[]> {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const indicator = named && indicatorOf(named.indicator);
  if (named === undefined || indicator === undefined || windows < 1) return [];
  const count = Math.min(windows, WINDOWS_MAX) + 1;
  const seen = await look(parts, pilot, { span: "hour", count });
  const readings: IndicatorReading[] = [];
  for (const facts of (seen?.facts.slice(0, -1) ?? []).toReversed()) {
    const told = tell(indicator, facts).find(({ figure }) => figure === named.figure);
    if (told === undefined || told.value === null) break;
    const { begins: from, ends: to } = facts.window;
    readings.push({ value: BigInt(told.value) / named.by, from, to });
  }
  return readings;
}

function headOf(indicator: Indicator, figures: readonly FigureAnswer[]) {
  const { id, dimension, name, formula, source } = indicator;
  const standing = worst(figures.map((one) => one.standing));
  return { id, dimension, name, formula, source, public: indicator.public, standing };
}

async function look(
  { store, register, acts, sides }: BoardParts,
  slug: string,
  { span, count }: { readonly span: Span; readonly count: number },
): Promise<
  | { readonly pilot: PilotDetail; readonly now: Instant; readonly facts: readonly WindowFacts[] }
  | undefined
> {
  const [pilot, limits, now] = await Promise.all([
    register.detail(slug),
    register.limits(slug),
    acts.now(),
  ]);
  if (pilot === undefined) return undefined;
  const known: LimitsAnswer["limits"] = limits?.limits ?? [];
  const facts = await gather(store, sides, { pilot, limits: known, span, count, now });
  return { pilot, now, facts };
}

/** Up to which instant acts are counted: now, if none is left, else that of the last one counted. */
async function reachOf({ store, acts }: BoardParts, pilot: PilotDetail, now: Instant) {
  const partitions = pilot.partitions.map(({ partition }) => partition);
  const [marks, heads] = await Promise.all([readWatermarks(store, partitions), acts.heads()]);
  const behind = heads
    .filter(({ partition }) => partitions.includes(partition))
    .map(({ partition, seq }) => ({
      left: seq - (marks.find((one) => one.partition === partition)?.seq ?? 0n),
      at: marks.find((one) => one.partition === partition)?.at ?? null,
    }));
  const left = behind.reduce((sum, one) => sum + (one.left > 0n ? one.left : 0n), 0n);
  const late = behind.filter((one) => one.left > 0n).map(({ at }) => at);
  const asOf = late.reduce<Instant | null>(
    (least, at) => (least === null || at === null ? null : (Math.min(least, at) as Instant)),
    now,
  );
  const none = partitions.length === 0 || asOf === null;
  return { behind: String(left), asOf: none ? null : toIso(asOf) };
}

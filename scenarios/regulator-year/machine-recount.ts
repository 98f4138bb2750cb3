/**
 * I1 to I3 computed a second time. They are about the machine and stand in its months: availability
 * from single knocks, the success rate from what callers wrote down themselves, latency from hours of
 * the histogram and held against the callers' own times.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { shanghaiMonth } from "@sandbank/kernel/clock";
import type { TriedThen } from "./heard.ts";
import type { Figure } from "./recount.ts";
import { share } from "./recount.ts";
import type { Answered, Knocked } from "./recount.store.ts";

/** 1 − time down ÷ time observed. */
export function availability(knocked: Knocked | undefined): Figure[] {
  if (knocked === undefined) return [share("availability", 0n, 0n)];
  const { observed_ms: observed, down_ms: down } = knocked;
  return [share("availability", observed - down, observed)];
}

/** How many tries ended how; `least` and `most` differ only where somebody may not have counted. */
export interface Tries {
  readonly done: Bounds;
  readonly failed: Bounds;
  /** True if every try was answered and heard, in one run: then the bounds are one figure. */
  readonly exact: boolean;
  /** Times of what was answered without a failure, microseconds, shortest first. */
  readonly tookUs: readonly number[];
}

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** A server adds up its answers this often; those since the last time die with it. */
const COUNTED_MS = 5_000;
/** Calls under way at once when a run is killed: each may have been answered and not heard. */
const UNDER_WAY_MAX = 64;

/** What callers of a pilot wrote down of a month of machine time, such as `2026-11`. */
export function triesOf(
  all: readonly TriedThen[],
  { pilot, month }: { readonly pilot: string; readonly month: string },
): Tries {
  const own = all.filter(
    (one) => one.pilot === pilot && shanghaiMonth(one.at as Instant) === month,
  );
  const runs = new Set(all.map(({ run }) => run));
  const latest = Math.max(0, ...runs);
  // A run that was cut short took with it what its server had not added up.
  const ends = Map.groupBy(all, ({ run }) => run);
  const lost = own.filter(({ run, at }) => {
    const end = ends.get(run)?.at(-1)?.at ?? 0;
    return run < latest && at > end - 2 * COUNTED_MS;
  });
  const unheard = own.filter(({ status }) => status === 0).length;
  const extra = unheard + (runs.size - 1) * UNDER_WAY_MAX;
  const bounds = (is: (status: number) => boolean): Bounds => {
    const count = own.filter(({ status }) => is(status)).length;
    const gone = lost.filter(({ status }) => is(status)).length;
    return { least: count - gone, most: count + extra };
  };
  const isDone = (status: number) => status > 0 && status < 400;
  const answered = own.filter(({ status }) => status > 0 && status < 500);
  return {
    done: bounds(isDone),
    failed: bounds((status) => status >= 500),
    exact: extra === 0,
    tookUs: answered.map(({ tookUs }) => tookUs).toSorted((a, b) => a - b),
  };
}

/** Ends of the buckets that the edge counts times in, microseconds. */
const ENDS_US = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000]
  .concat([2_500_000, 5_000_000, 10_000_000])
  .map(BigInt);
/** What is told of times beyond every bucket. */
const BEYOND_US = 10_000_001n;
const PERCENTILES = [50n, 95n, 99n] as const;

/** Percentiles of what was answered, each as the end of the bucket that it falls in. */
export function latency(answered: readonly Answered[]): Figure[] {
  const ends = [...ENDS_US, 0n];
  const counts = ends.map((end) =>
    answered.reduce(
      (sum, one) => (one.bucket_us === end ? sum + one.answered + one.refused : sum),
      0n,
    ),
  );
  const all = counts.reduce((sum, one) => sum + one, 0n);
  return PERCENTILES.map((percent) => {
    let below = 0n;
    // The first bucket with at least so many of a hundred at or below its end.
    const at = counts.findIndex((count) => (below += count) * 100n >= all * percent);
    const end = ends[at] === 0n ? BEYOND_US : (ends[at] ?? null);
    return { figure: `p${percent}`, subject: "", value: all === 0n ? null : end };
  });
}

/**
 * Percentiles that cannot be: a caller waits for all of the time that the server takes, so the bucket
 * that is told begins below the time that callers waited.
 */
export function impossible(told: readonly Figure[], { tookUs, exact }: Tries): string[] {
  if (!exact || tookUs.length === 0) return [];
  return told.flatMap(({ figure, value }) => {
    const percent = Number(figure.slice(1));
    const waited = tookUs[Math.ceil((tookUs.length * percent) / 100) - 1] ?? 0;
    const begins = ENDS_US.findLast((end) => value !== null && end < value) ?? 0n;
    if (value === null || begins < BigInt(waited)) return [];
    return [`${figure}: told above ${begins} µs, and callers waited ${waited}`];
  });
}

/**
 * Knocks at the endpoints that people use, as they would, and keeps what it heard. Machine time: it
 * is about the machine. While the server is not up nobody knocks, and that time is not observed; a
 * prober inside the box cannot see the network before it, and says so where its figures are shown.
 */
import { type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { SANDBOX_PARTITION } from "../ports.ts";
import { type Answers, countRequests, forgetProbes, latestProbes } from "./probe.store.ts";
import { noteProbeIn } from "./probe.store.ts";

/** An endpoint is down while so many of its latest probes failed. */
export const FAILED_MIN = 3;
export const LATEST_OF = 5;
/** Pause between two knocks at one endpoint. A longer one is not observed beyond twice of it. */
const PAUSE_MS = 15_000;
/** How long single probes are kept; what they counted stays. */
const KEPT_MS = 40 * 86_400_000;

export interface Endpoint {
  readonly pilot: string;
  readonly target: "page" | "api";
  readonly url: string;
}

/** What a knock heard: the status, 0 if nobody answered, and how long it took. */
export interface Heard {
  readonly status: number;
  readonly tookMs: number;
}

/** True if, with this result and those before it (latest first), the endpoint counts as down. */
export function isDown(results: readonly boolean[]): boolean {
  return results.slice(0, LATEST_OF).filter((ok) => !ok).length >= FAILED_MIN;
}

/** The time that a probe speaks for: since the one before, as far as anybody was knocking. */
export function observedSince(before: Instant | undefined, at: Instant): number {
  if (before === undefined || before > at) return 0;
  return Math.min(at - before, 2 * PAUSE_MS);
}

export interface ProberSettings {
  /** Logs in as `sandbank_follower`. */
  readonly store: Store;
  endpoints(): Promise<readonly Endpoint[]>;
  knock(url: string): Promise<Heard>;
  readonly log: { error(facts: object, sentence: string): void };
  /** Machine time; only tests turn it. */
  readonly now?: () => Instant;
}

export interface Prober {
  /** Knocks at every endpoint once, now. */
  round(): Promise<void>;
  end(): Promise<void>;
}

/** Starts to knock. */
export function startProber(settings: ProberSettings): Prober {
  let running = Promise.resolve();
  const round = () =>
    (running = running.then(async () => {
      for (const endpoint of await endpointsOf(settings)) await probe(settings, endpoint);
    }));
  const timer = setInterval(() => void round(), PAUSE_MS);
  timer.unref();
  return {
    round,
    async end() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Nobody knocks in a round in which it cannot be told where. */
async function endpointsOf({ endpoints, log }: ProberSettings): Promise<readonly Endpoint[]> {
  try {
    return await endpoints();
  } catch (error) {
    log.error({ err: error }, "Where to knock could not be told.");
    return [];
  }
}

async function probe(settings: ProberSettings, endpoint: Endpoint): Promise<void> {
  const { store, knock, log, now = machineNow } = settings;
  const { pilot, target, url } = endpoint;
  try {
    const before = await latestProbes(store, SANDBOX_PARTITION, {
      ...{ pilot, target, most: LATEST_OF - 1 },
    });
    const { status, tookMs } = await knock(url);
    const at = now();
    const ok = status >= 200 && status < 400;
    const down = isDown([ok, ...before.map((one) => one.ok)]);
    const observedMs = observedSince(before[0]?.at, at);
    const kept = { pilot, target, at: toIso(at), ok, status, tookMs, observedMs, down };
    await store.transaction((tx) => noteProbeIn(tx, SANDBOX_PARTITION, kept));
    const old = toIso((at - KEPT_MS) as Instant);
    await forgetProbes(store, SANDBOX_PARTITION, { pilot, target, before: old });
  } catch (error) {
    log.error({ err: error, url }, "A probe was not kept.");
  }
}

/** What one route answered so far: how many requests within each bucket, by kind of status. */
export interface AnsweredSoFar {
  readonly pilot: string;
  /** Upper ends of the buckets in microseconds, 0 for longer than any; counts since the start. */
  readonly buckets: readonly Answers[];
}

/** Adds to the counters what was answered since the last call. The counts given only ever grow. */
export function requestCounter(store: Store): (all: readonly AnsweredSoFar[]) => Promise<void> {
  const seen = new Map<string, Answers>();
  return async (all) => {
    for (const { pilot, buckets } of all) {
      const rows = buckets
        .map((row) => grown(seen.get(`${pilot} ${row.bucketUs}`), row))
        .filter((row) => row.answered + row.refused + row.failed > 0);
      if (rows.length === 0) continue;
      const at = toIso(machineNow());
      await countRequests(store, SANDBOX_PARTITION, { pilot, at, rows });
      for (const row of buckets) seen.set(`${pilot} ${row.bucketUs}`, row);
    }
  };
}

function grown(before: Answers | undefined, after: Answers): Answers {
  return {
    bucketUs: after.bucketUs,
    answered: after.answered - (before?.answered ?? 0),
    refused: after.refused - (before?.refused ?? 0),
    failed: after.failed - (before?.failed ?? 0),
  };
}

/**
 * Measures this installation as its users meet it: knocks at the public page and the API of every
 * pilot that runs, over the socket like anybody else, and counts how its routes answered. The
 * follower of the journals runs beside it. All three end with the server.
 */
import { LOOPBACK } from "@sandbank/kernel/config";
import { partitionHeads, type RunningGuard } from "@sandbank/kernel/guard";
import type { HttpServer, Logger } from "@sandbank/kernel/http";
import { outside } from "@sandbank/kernel/outside";
import type { Database } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import {
  type AnsweredSoFar,
  followerRole,
  followRounds,
  openFollower,
  requestCounter,
  startProber,
} from "@sandbank/sandbox";
import { businessNow, type Reading } from "./joins/readings.ts";

/** Longest wait for an answer to a knock; a page that takes longer is down to whoever asked. */
const KNOCK_MS = 5_000;
const SAMPLE_MS = 5_000;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

export interface Measuring {
  end(): Promise<void>;
}

export interface Measured {
  readonly database: Database;
  readonly reading: Reading;
  readonly guard: RunningGuard;
  readonly server: HttpServer;
  readonly origin: string;
  readonly log: Logger;
}

export function startMeasuring(measured: Measured): Measuring {
  const { database, reading, guard, server, origin, log } = measured;
  const store = database.as(followerRole.role, { connections: 2 });
  const rounds = followRounds({
    follower: openFollower(store),
    partitions: () => guard.partitions.map(({ partition }) => partition),
    now: () => businessNow(reading.store),
    log,
  });
  // A partition without an act serves nobody yet: there is no page to knock at.
  const pilots = async () => {
    const heads = await partitionHeads(reading.store);
    const begun = new Set(heads.filter(({ seq }) => seq > 0n).map(({ partition }) => partition));
    const rows = guard.partitions.filter((row) => row.supervised && begun.has(row.partition));
    return [...new Set(rows.map((row) => row.pilot))];
  };
  const prober = startProber({
    ...{ store, knock, log },
    endpoints: async () =>
      (await pilots()).flatMap((pilot) => [
        { pilot, target: "page" as const, url: `${origin}/zh/pilots/${pilot}` },
        { pilot, target: "api" as const, url: `${origin}/api/pilots/${pilot}/limits` },
      ]),
  });
  const count = requestCounter(store);
  let sampling = Promise.resolve();
  const sample = () =>
    (sampling = sampling
      .then(async () => count(await answeredSoFar(server)))
      .catch((error: unknown) => log.error({ err: error }, "Requests were not counted.")));
  const timer = setInterval(() => void sample(), SAMPLE_MS);
  timer.unref();
  void prober.round();
  return {
    async end() {
      clearInterval(timer);
      await Promise.all([prober.end(), sample(), rounds.end()]);
    },
  };
}

/** Our own socket, on this machine. */
const own = outside({ inside: LOOPBACK });

async function knock(url: string): Promise<{ readonly status: number; readonly tookMs: number }> {
  const start = performance.now();
  const tookMs = () => Math.round(performance.now() - start);
  try {
    // A connection of its own, as a visitor's: none is left open that would hold up the server's end.
    const answer = await own.call({
      ...{ url: new URL(url), method: "GET", bytesMax: ANSWER_BYTES_MAX },
      signal: AbortSignal.timeout(KNOCK_MS),
    });
    return { status: isRefusal(answer) ? 0 : answer.status, tookMs: tookMs() };
  } catch {
    return { status: 0, tookMs: tookMs() };
  }
}

const HISTOGRAM = "sandbank_http_request_seconds";

/**
 * The histograms of the edge by pilot: how many requests fell into each bucket, by their status. A
 * route says itself whose requests it takes; a batch of acts is one request.
 */
export async function answeredSoFar(server: Pick<HttpServer, "metrics">): Promise<AnsweredSoFar[]> {
  const metric = server.metrics.registry.getSingleMetric(HISTOGRAM);
  const { values } = (await metric?.get()) ?? { values: [] };
  const pilots = new Map<string, Map<number, AnsweredSoFar["buckets"][number]>>();
  // Buckets are cumulative and come in the order of their ends: what each adds is its own.
  const before = new Map<string, number>();
  for (const { labels, value, metricName } of values as readonly HistogramValue[]) {
    const pilot = String(labels.counted_for ?? "");
    if (pilot === "" || metricName !== `${HISTOGRAM}_bucket`) continue;
    const line = `${labels.route} ${labels.status} ${pilot}`;
    const own = value - (before.get(line) ?? 0);
    before.set(line, value);
    const end = Number(labels.le);
    const bucketUs = Number.isFinite(end) ? Math.round(end * 1_000_000) : 0;
    const buckets = pilots.getOrInsertComputed(pilot, () => new Map());
    const none = { bucketUs, answered: 0, refused: 0, failed: 0 };
    const sum = buckets.get(bucketUs) ?? none;
    const kind = kindOf(Number(labels.status));
    buckets.set(bucketUs, { ...sum, [kind]: sum[kind] + own });
  }
  return [...pilots].map(([pilot, buckets]) => ({ pilot, buckets: [...buckets.values()] }));
}

interface HistogramValue {
  readonly labels: {
    readonly le?: string | number;
    readonly route?: string | number;
    readonly counted_for?: string | number;
    readonly status?: string | number;
  };
  readonly value: number;
  readonly metricName?: string;
}

function kindOf(status: number): "answered" | "refused" | "failed" {
  if (status >= 500) return "failed";
  return status >= 400 ? "refused" : "answered";
}

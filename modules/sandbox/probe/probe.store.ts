/** SQL of what is measured about the machine, by the follower's role: probes, and requests. */
import type { Instant } from "@sandbank/kernel/clock";
import { int8Array, statement, type Store, type Tx } from "@sandbank/kernel/store";

/** The pilots' own machine-time counters stand in windows of all three spans. */
const SPANS = "(values ('hour'), ('day'), ('month')) s(span)";

export interface Probe {
  readonly pilot: string;
  readonly target: "page" | "api";
  /** RFC 3339, machine time. */
  readonly at: string;
  readonly ok: boolean;
  /** Of the answer; 0 if there was none. */
  readonly status: number;
  readonly tookMs: number;
  readonly observedMs: number;
  readonly down: boolean;
}

const NOTE = statement(
  "sandbox.note_probe",
  `insert into sandbox.probe (partition, pilot, target, at, ok, status, took_ms, observed_ms, down)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
);
const COUNT = statement(
  "sandbox.count_probe",
  `insert into sandbox.probes_counted as c
     (partition, pilot, span, begins, probes, failed, observed_ms, down_ms)
   select $1, $2, s.span, date_trunc(s.span, $3::timestamptz, 'Asia/Shanghai'), 1, $4, $5, $6
     from ${SPANS}
   on conflict (partition, pilot, span, begins)
   do update set probes = c.probes + 1, failed = c.failed + excluded.failed,
     observed_ms = c.observed_ms + excluded.observed_ms, down_ms = c.down_ms + excluded.down_ms`,
);
const LATEST = statement(
  "sandbox.latest_probes",
  `select at, ok from sandbox.probe where partition = $1 and pilot = $2 and target = $3
    order by at desc limit $4`,
);
const FORGET = statement(
  "sandbox.forget_probes",
  "delete from sandbox.probe where partition = $1 and pilot = $2 and target = $3 and at < $4",
);

/** Keeps a probe and counts it. */
export async function noteProbeIn(tx: Tx, partition: number, probe: Probe): Promise<void> {
  const { pilot, target, at, ok, status, tookMs, observedMs, down } = probe;
  await Promise.all([
    tx.query(NOTE, [partition, pilot, target, at, ok, status, tookMs, observedMs, down]),
    tx.query(COUNT, [partition, pilot, at, ok ? 0 : 1, observedMs, down ? observedMs : 0]),
  ]);
}

/** The latest probes of an endpoint, latest first. */
export function latestProbes(
  store: Store,
  partition: number,
  of: { readonly pilot: string; readonly target: string; readonly most: number },
): Promise<{ readonly at: Instant; readonly ok: boolean }[]> {
  return store.query(LATEST, [partition, of.pilot, of.target, of.most]);
}

/** Lets go of probes before an instant; what they counted stays. */
export async function forgetProbes(
  store: Store,
  partition: number,
  of: { readonly pilot: string; readonly target: string; readonly before: string },
): Promise<void> {
  await store.query(FORGET, [partition, of.pilot, of.target, of.before]);
}

/** How many requests ended how, of those that took up to `bucketUs`; 0 is longer than any. */
export interface Answers {
  readonly bucketUs: number;
  readonly answered: number;
  readonly refused: number;
  readonly failed: number;
}

const COUNT_REQUESTS = statement(
  "sandbox.count_requests",
  `insert into sandbox.requests_counted as c
     (partition, pilot, span, begins, bucket_us, answered, refused, failed)
   select $1, $2, s.span, date_trunc(s.span, $3::timestamptz, 'Asia/Shanghai'), u.*
     from unnest($4::int8[], $5::int8[], $6::int8[], $7::int8[]) u cross join ${SPANS}
   on conflict (partition, pilot, span, begins, bucket_us)
   do update set answered = c.answered + excluded.answered,
     refused = c.refused + excluded.refused, failed = c.failed + excluded.failed`,
);

/** Adds what was answered since the last time to the windows of an instant of machine time. */
export async function countRequests(
  store: Store,
  partition: number,
  of: { readonly pilot: string; readonly at: string; readonly rows: readonly Answers[] },
): Promise<void> {
  const column = (read: (row: Answers) => number) => int8Array(of.rows.map(read));
  await store.query(COUNT_REQUESTS, [
    ...[partition, of.pilot, of.at, column((row) => row.bucketUs)],
    ...[column((row) => row.answered), column((row) => row.refused), column((row) => row.failed)],
  ]);
}

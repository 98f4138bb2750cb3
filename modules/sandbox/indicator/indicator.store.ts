/** SQL that reads counters for indicators: windows of one span, of all partitions of a pilot. */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store } from "@sandbank/kernel/store";
import type { ActsCounted, DenialsCounted, JournalFacts, UsesCounted } from "./facts.ts";
import type { Span } from "./indicator.contract.ts";

/** Which counters: from ≤ begins < to, RFC 3339. */
export interface Range {
  readonly partitions: readonly number[];
  readonly span: Span;
  readonly from: string;
  readonly to: string;
}

/** A row of counters in the window that begins then. */
export type In<Row> = Row & { readonly begins: Instant };

const WHERE = "where partition = any ($1::int[]) and span = $2 and begins >= $3 and begins < $4";

const SLICES = statement(
  "sandbox.read_windows",
  `select begins, partition, acts, peak, first_seq, last_seq from sandbox.window_counted ${WHERE}
    order by begins, partition`,
);
const ACTS = statement(
  "sandbox.read_acts",
  `select begins, command, class, outcome, sum(acts)::int8 as acts from sandbox.acts_counted
   ${WHERE} group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
);
const DENIALS = statement(
  "sandbox.read_denials",
  `select begins, code, rule, sum(acts)::int8 as acts from sandbox.denials_counted
   ${WHERE} group by 1, 2, 3 order by 1, 2, 3`,
);
const USES = statement(
  "sandbox.read_uses",
  `select begins, rule, scope, whose, period, sum(moved)::int8 as moved from sandbox.uses_counted
   ${WHERE} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
);
// What limits of the whole pilot had used before the range, of the periods that reach into it.
const CARRIED = statement(
  "sandbox.read_carried",
  `select rule, period, sum(moved)::int8 as moved from sandbox.uses_counted
    where partition = any ($1::int[]) and span = $2 and begins < $3 and scope = 'pilot'
      and (period = 'all' or period >= left($4, length(period)))
    group by 1, 2`,
);

const values = ({ partitions, span, from, to }: Range) => [partitions, span, from, to];

export function readSlices(
  store: Store,
  range: Range,
): Promise<In<JournalFacts["slices"][number]>[]> {
  return store.query(SLICES, values(range));
}

export function readActs(store: Store, range: Range): Promise<In<ActsCounted>[]> {
  return store.query(ACTS, values(range));
}

export function readDenials(store: Store, range: Range): Promise<In<DenialsCounted>[]> {
  return store.query(DENIALS, values(range));
}

export function readUses(store: Store, range: Range): Promise<In<UsesCounted>[]> {
  return store.query(USES, values(range));
}

export interface Carried {
  readonly rule: string;
  readonly period: string;
  readonly moved: bigint;
}

/** Use of pilot-wide limits before the range; `day` is the day in Shanghai that it begins with. */
export function readCarried(store: Store, range: Range, day: string): Promise<Carried[]> {
  return store.query(CARRIED, [range.partitions, range.span, range.from, day]);
}

const WATERMARKS = statement(
  "sandbox.read_watermarks",
  "select partition, seq, at from sandbox.follower where partition = any ($1::int[])",
);
const RECOUNTS = statement(
  "sandbox.read_recounts",
  `select day as begins, sum(differing)::int8 as differing from sandbox.recount
    where partition = any ($1::int[]) and day >= $2 and day < $3 group by 1`,
);

/** How far each partition was followed. */
export function readWatermarks(
  store: Store,
  partitions: readonly number[],
): Promise<{ readonly partition: number; readonly seq: bigint; readonly at: Instant | null }[]> {
  return store.query(WATERMARKS, [partitions]);
}

/** Days that were compared with a recount. */
export function readRecounts(
  store: Store,
  { partitions, from, to }: Omit<Range, "span">,
): Promise<In<{ readonly differing: bigint }>[]> {
  return store.query(RECOUNTS, [partitions, from, to]);
}

const PROBED = statement(
  "sandbox.read_probed",
  `select begins, probes, failed, observed_ms, down_ms from sandbox.probes_counted
    where partition = $1 and pilot = $2 and span = $3 and begins >= $4 and begins < $5`,
);
const REQUESTED = statement(
  "sandbox.read_requested",
  `select begins, bucket_us, answered, refused, failed from sandbox.requests_counted
    where partition = $1 and pilot = $2 and span = $3 and begins >= $4 and begins < $5
    order by begins, bucket_us`,
);
const MEASURED = statement(
  "sandbox.read_measured",
  `select exists (select from sandbox.probes_counted where partition = $1 and pilot = $2) as probed,
          exists (select from sandbox.requests_counted
                   where partition = $1 and pilot = $2) as requested`,
);
const PROBES = statement(
  "sandbox.read_probes",
  `select at, target, ok, status, took_ms, down from sandbox.probe
    where partition = $1 and pilot = $2 and at >= $3 and at < $4 order by at desc, target limit $5`,
);

/** Counters in machine time of one pilot, from ≤ begins < to. */
export interface Measuring {
  /** The sandbox's own partition. */
  readonly partition: number;
  readonly pilot: string;
  readonly span: Span;
  readonly from: string;
  readonly to: string;
}

const measuring = ({ partition, pilot, span, from, to }: Measuring) => [
  ...[partition, pilot, span, from, to],
];

export function readProbed(
  store: Store,
  of: Measuring,
): Promise<
  In<{
    readonly probes: bigint;
    readonly failed: bigint;
    readonly observed_ms: bigint;
    readonly down_ms: bigint;
  }>[]
> {
  return store.query(PROBED, measuring(of));
}

export function readRequested(
  store: Store,
  of: Measuring,
): Promise<
  In<{
    readonly bucket_us: bigint;
    readonly answered: bigint;
    readonly refused: bigint;
    readonly failed: bigint;
  }>[]
> {
  return store.query(REQUESTED, measuring(of));
}

/** Whether anybody ever knocked at a pilot's endpoints, or asked anything of its routes. */
export async function readMeasured(
  store: Store,
  { partition, pilot }: Pick<Measuring, "partition" | "pilot">,
): Promise<{ readonly probed: boolean; readonly requested: boolean }> {
  const [row] = await store.query<{ probed: boolean; requested: boolean }>(MEASURED, [
    ...[partition, pilot],
  ]);
  return row ?? { probed: false, requested: false };
}

export interface ProbeRow {
  readonly at: Instant;
  readonly target: "page" | "api";
  readonly ok: boolean;
  readonly status: number;
  readonly took_ms: bigint;
  readonly down: boolean;
}

/** The probes of a window, latest first. */
export function readProbes(
  store: Store,
  { partition, pilot, from, to }: Omit<Measuring, "span">,
  most: number,
): Promise<ProbeRow[]> {
  return store.query(PROBES, [partition, pilot, from, to, most]);
}

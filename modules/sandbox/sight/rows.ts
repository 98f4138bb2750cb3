/**
 * The rows that a figure sums, from where they are kept: acts of the journal, probes, buckets of
 * requests, movements of limits, incidents. Never whose act it was, and no amount of one act.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import type { PilotDetail } from "../contract.ts";
import { readIncidents } from "../incident/incident.store.ts";
import type { Window } from "../indicator/facts.ts";
import type { Indicator } from "../indicator/indicator.ts";
import type { RowsAnswer } from "../indicator/indicator.contract.ts";
import {
  readDenials,
  readProbes,
  readRequested,
  readSlices,
  readUses,
} from "../indicator/indicator.store.ts";
import { type ActsReader, type JournalEntry, SANDBOX_PARTITION } from "../ports.ts";

/** Most rows of one answer. */
const ROWS_MAX = 200;

/** Where rows are kept. */
export interface RowParts {
  readonly store: Store;
  readonly acts: ActsReader;
}

export interface RowsAsked {
  readonly indicator: Indicator;
  readonly pilot: PilotDetail;
  readonly window: Window;
  readonly subject: string | undefined;
  readonly before: bigint | undefined;
}

export async function rowsOf(parts: RowParts, asked: RowsAsked): Promise<RowsAnswer> {
  switch (asked.indicator.rows) {
    case "acts":
      return acts(parts, asked, {});
    case "denials":
      return acts(parts, asked, await guardOf(parts, asked));
    case "probes":
      return probes(parts, asked);
    case "requests":
      return requests(parts, asked);
    case "uses":
      return uses(parts, asked);
    case "incidents":
      return incidents(parts, asked);
    case "none":
      return { kind: "none", rows: [], more: false };
  }
}

/** A subject is the limit or check that said no, or the code of refusals that name none. */
async function guardOf({ store }: RowParts, asked: RowsAsked) {
  const { subject = "" } = asked;
  if (subject === "") return { outcome: "refused" };
  const denials = await readDenials(store, rangeOf(asked));
  const isCode = denials.some(({ rule, code }) => rule === "" && code === subject);
  return isCode ? { outcome: subject } : { outcome: "refused", rule: subject };
}

function rangeOf({ pilot, window }: RowsAsked) {
  const partitions = pilot.partitions.map(({ partition }) => partition);
  const { span, begins, ends } = window;
  return { partitions, span, from: toIso(begins), to: toIso(ends) };
}

async function acts(
  { store, acts: reader }: RowParts,
  asked: RowsAsked,
  filter: { readonly outcome?: string; readonly rule?: string },
): Promise<RowsAnswer> {
  const slices = await readSlices(store, rangeOf(asked));
  const rows: JournalEntry[] = [];
  for (const { partition, first_seq: first, last_seq: last } of slices) {
    const upto = asked.before !== undefined && asked.before <= last ? asked.before - 1n : last;
    const most = ROWS_MAX + 1 - rows.length;
    if (most > 0)
      rows.push(...(await reader.slice({ partition, first, last: upto, most, ...filter })));
  }
  return {
    kind: "acts",
    more: rows.length > ROWS_MAX,
    rows: rows
      .slice(0, ROWS_MAX)
      .map(({ partition, seq, at, command, class: cls, outcome, act }) => ({
        ...{ partition, seq: String(seq), at: toIso(at), command, class: cls, outcome, act },
      })),
  };
}

/** Probes and requests are kept in machine time; the window is read as one of it. */
async function probes({ store }: RowParts, asked: RowsAsked): Promise<RowsAnswer> {
  const { from, to } = rangeOf(asked);
  const of = { partition: SANDBOX_PARTITION, pilot: asked.pilot.slug, from, to };
  const rows = await readProbes(store, of, ROWS_MAX + 1);
  return {
    kind: "probes",
    more: rows.length > ROWS_MAX,
    rows: rows.slice(0, ROWS_MAX).map(({ at, took_ms: took, ...probe }) => ({
      ...{ ...probe, at: toIso(at), tookMs: String(took) },
    })),
  };
}

async function requests({ store }: RowParts, asked: RowsAsked): Promise<RowsAnswer> {
  const { from, to, span } = rangeOf(asked);
  const of = { partition: SANDBOX_PARTITION, pilot: asked.pilot.slug, span, from, to };
  const rows = await readRequested(store, of);
  return {
    kind: "requests",
    more: false,
    rows: rows.map((row) => ({
      ...{ upToUs: String(row.bucket_us), answered: String(row.answered) },
      ...{ refused: String(row.refused), failed: String(row.failed) },
    })),
  };
}

async function uses({ store }: RowParts, asked: RowsAsked): Promise<RowsAnswer> {
  const all = await readUses(store, rangeOf(asked));
  const { subject } = asked;
  const rows = all.filter(
    ({ rule, scope }) => subject === undefined || subject === "" || [rule, scope].includes(subject),
  );
  return {
    kind: "uses",
    more: rows.length > ROWS_MAX,
    rows: rows.slice(0, ROWS_MAX).map(({ rule, whose, period, moved }) => ({
      ...{ rule, whose, period, moved: String(moved) },
    })),
  };
}

async function incidents({ store }: RowParts, asked: RowsAsked): Promise<RowsAnswer> {
  const rows = await readIncidents(store, SANDBOX_PARTITION, asked.pilot.slug);
  const { begins, ends } = asked.window;
  const within = (at: number | null) => at !== null && begins <= at && at < ends;
  const when = (at: Parameters<typeof toIso>[0] | null) => (at === null ? null : toIso(at));
  return {
    kind: "incidents",
    more: false,
    rows: rows
      .filter((row) => within(row.detected_at) || within(row.resolved_at))
      .map(({ number, state, category, severity, ...row }) => ({
        ...{ number, state, category, severity, startedAt: when(row.started_at) },
        ...{ detectedAt: when(row.detected_at), resolvedAt: when(row.resolved_at) },
      })),
  };
}

/**
 * The rows that a figure sums, from where they are kept: acts of the journal, probes, buckets of
 * requests, movements of limits, incidents, comments, steps and items of an exit. Never whose act it
 * was, no amount of one act, and no word that anybody wrote.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import type { PilotDetail } from "../contract.ts";
import { readHeard } from "../comment/heard.store.ts";
import { readItems, readSteps } from "../exit/exit.store.ts";
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
import { dueOf } from "./consultations.ts";

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
    case "comments":
      return comments(parts, asked);
    case "exit":
      return exits(parts, asked);
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

/** Comments that came in, fell due or were answered in the window. */
async function comments({ store }: RowParts, { pilot, window }: RowsAsked): Promise<RowsAnswer> {
  const all = (await readHeard(store, SANDBOX_PARTITION, pilot.slug)) ?? [];
  const within = (at: Instant | null) => at !== null && window.begins <= at && at < window.ends;
  const rows = all.filter((row) => [row.at, dueOf(row), row.answered_at].some(within));
  return {
    kind: "comments",
    more: rows.length > ROWS_MAX,
    rows: rows.slice(0, ROWS_MAX).map((row) => ({
      ...{ round: row.round, number: row.number, at: toIso(row.at), state: row.state },
      ...{ due: when(dueOf(row)), answeredAt: when(row.answered_at), changes: row.changes },
    })),
  };
}

/** What had begun before the window ended. */
async function exits(
  { store }: RowParts,
  { pilot, window, subject = "" }: RowsAsked,
): Promise<RowsAnswer> {
  const [steps, items] = await Promise.all([
    readSteps(store, SANDBOX_PARTITION, pilot.slug),
    readItems(store, SANDBOX_PARTITION, pilot.slug),
  ]);
  const had = (at: Instant | null) => at !== null && at < window.ends;
  const rows = [
    ...steps
      .filter(({ opened_at: opened }) => subject === "" && had(opened))
      .map((row) => ({ ...row, what: "step" as const, name: row.step, began: row.opened_at })),
    ...items
      .filter(({ kind, listed_at: listed }) => (subject === "" || kind === subject) && had(listed))
      .map((row) => ({
        ...{ ...row, what: "item" as const, name: `${row.kind}/${row.ref}` },
        ...{ began: row.listed_at, closed_at: row.ended_at },
      })),
  ];
  return {
    kind: "exit",
    more: rows.length > ROWS_MAX,
    rows: rows
      .slice(0, ROWS_MAX)
      .map(({ what, name, state, began, closed_at: ended, evidence }) => ({
        ...{ what, name, state, beganAt: when(began), endedAt: when(ended), evidence },
      })),
  };
}

function when(at: Instant | null): string | null {
  return at === null ? null : toIso(at);
}

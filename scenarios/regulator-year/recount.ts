/**
 * The year's indicators computed a second time, by formulas written here from the words of each
 * indicator: over the journal as staff read it page by page and the postings of the auditor's facts
 * file. Nothing of the module that computes the first ones is used.
 */
import { readFileSync } from "node:fs";
import {
  addDays,
  type CalendarDate,
  fromIso,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
} from "@sandbank/kernel/clock";

/** One act: when, which, and what it moved on the limits of the pilot. */
export interface Act {
  readonly seq: number;
  readonly at: Instant;
  readonly command: string;
  readonly class: string;
  readonly outcome: string;
  readonly moves: readonly Move[];
}

export interface Move {
  readonly rule: string;
  readonly whose: string;
  readonly period: string;
  readonly by: bigint;
}

/** A figure as text: everything that has to agree. */
export interface Figure {
  readonly figure: string;
  readonly subject: string;
  readonly value: bigint | null;
  readonly sums?: bigint;
  readonly over?: bigint;
}

/** A calendar month, begins ≤ t < ends. */
export interface Span {
  readonly begins: Instant;
  readonly ends: Instant;
}

/** A limit as the API states it. */
export interface Limit {
  readonly id: string;
  readonly measure: string;
  readonly unit: string;
  readonly scope: string;
  readonly window: string;
  readonly cap: string;
}

const MILLION = 1_000_000n;

/** Parts per million, rounded down; of nothing there is no share. */
export function share(name: string, sums: bigint, over: bigint): Figure {
  const value = over === 0n ? null : (sums * MILLION) / over;
  return { figure: name, subject: "", value, sums, over };
}

function sumOf<T>(rows: readonly T[], of: (row: T) => bigint): bigint {
  return rows.reduce((sum, row) => sum + of(row), 0n);
}

const within = (acts: readonly Act[], { begins, ends }: Span) =>
  acts.filter(({ at }) => begins <= at && at < ends);

/** Debits and what is held take from a limit, credits give back; a capture moves nothing by itself. */
const SIGNS: Readonly<Record<number, bigint>> = { 1: 1n, 2: -1n, 3: 1n };

/** An act as the auditor's facts file opens it. */
export interface Opened {
  /** What was asked for. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly moves: readonly Move[];
}

/** What each act asked for and moved, by its place in the log. */
export function readFacts(path: string): ReadonlyMap<number, Opened> {
  const opened = new Map<number, Opened>();
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line === "") continue;
    const { seq, facts, postings } = JSON.parse(line) as {
      readonly seq: string;
      readonly facts: { readonly bytes: string };
      readonly postings: { readonly bytes: string };
    };
    const list = JSON.parse(postings.bytes) as readonly (readonly [string, number, string])[];
    const { content } = JSON.parse(facts.bytes) as Opened;
    const moves = list.flatMap(([account, kind, amount]) => {
      const [book, rule = "", whose = "", period = ""] = account.split("/");
      const sign = SIGNS[kind];
      if (book !== "limit" || sign === undefined) return [];
      return [{ rule, whose, period, by: sign * BigInt(amount) }];
    });
    opened.set(Number(seq), { content: content ?? {}, moves });
  }
  return opened;
}

/** I4: acts, their mean, the fullest second, and its ratio to the mean, in thousandths. */
export function throughput(all: readonly Act[], span: Span, now: Instant): Figure[] {
  const acts = within(all, span);
  const count = BigInt(acts.length);
  const seconds = BigInt(Math.floor(Math.max(0, Math.min(span.ends, now) - span.begins) / 1_000));
  const bySecond = Map.groupBy(acts, ({ at }) => Math.floor(at / 1_000));
  const peak = BigInt(Math.max(0, ...[...bySecond.values()].map((one) => one.length)));
  const mean = seconds === 0n ? null : (count * 1_000n) / seconds;
  const isNone = count === 0n || seconds === 0n;
  return [
    { figure: "acts", subject: "", value: count },
    { figure: "mean", subject: "", value: mean, sums: count, over: seconds },
    { figure: "peak", subject: "", value: peak },
    {
      ...{ figure: "peak_to_mean", subject: "" },
      value: isNone ? null : (peak * seconds * 1_000n) / count,
    },
  ];
}

/** Limits with one balance for the whole pilot. */
const wide = (limits: readonly Limit[]) =>
  limits.filter(({ scope, measure }) => scope === "pilot" && measure !== "single");

/** I11: use of each cap at the end of the month, in its fullest period; days left at the last week's pace. */
export function useOfCaps(
  all: readonly Act[],
  of: { readonly span: Span; readonly limits: readonly Limit[]; readonly now: Instant },
): Figure[] {
  const { span, limits, now } = of;
  return wide(limits).flatMap((limit) => {
    const cap = BigInt(limit.cap);
    const used = usedBy(all, limit, span);
    const use = { ...share("use", used, cap), subject: limit.id };
    if (limit.window !== "none") return [use];
    const left = cap > used ? cap - used : 0n;
    const moved = movedInWeek(all, limit.id, Math.min(span.ends, now + 1) - 1);
    const value = moved <= 0n ? null : (left * 7n) / moved;
    return [use, { figure: "days", subject: limit.id, value, sums: left }];
  });
}

/** Use at the end of the month, of the fullest period that reaches into it. */
function usedBy(all: readonly Act[], { id, window }: Limit, span: Span): bigint {
  const month = shanghaiDate(span.begins).slice(0, 7);
  const year = month.slice(0, 4);
  const periods = new Map<string, bigint>();
  for (const { at, moves } of all) {
    if (at >= span.ends) break;
    for (const { rule, period, by } of moves) {
      if (rule !== id) continue;
      const reaches =
        window === "none" || (window === "year" ? period === year : period.startsWith(month));
      if (reaches) periods.set(period, (periods.get(period) ?? 0n) + by);
    }
  }
  return [...periods.values()].reduce((most, one) => (one > most ? one : most), 0n);
}

function movedInWeek(all: readonly Act[], id: string, last: number): bigint {
  const day = shanghaiDate(last as Instant);
  const from = shanghaiMidnight(addDays(day, -6));
  const to = shanghaiMidnight(addDays(day, 1));
  return sumOf(within(all, { begins: from, ends: to }), ({ moves }) =>
    sumOf(moves, (move) => (move.rule === id ? move.by : 0n)),
  );
}

/** I12: people reached of those that were declared; nothing else is counted by a limit. */
export function attained(
  figures: readonly Figure[],
  of: {
    readonly scale: readonly {
      readonly id: string;
      readonly role: string;
      readonly kind: string;
      readonly unit: string;
      readonly value: string;
    }[];
    readonly limits: readonly Limit[];
  },
): Figure[] {
  const people = wide(of.limits).find(({ unit, window }) => unit === "count" && window === "none");
  const used = figures.find(({ figure, subject }) => figure === "use" && subject === people?.id);
  return of.scale
    .filter(({ role, kind, unit }) => role === "target" && kind === "distinct" && unit === "person")
    .flatMap(({ id, value }) =>
      used?.sums === undefined
        ? []
        : [{ ...share("attained", used.sums, BigInt(value)), subject: id }],
    );
}

/** Acts that asked for something: those of the guard itself ask nothing. */
export function askedIn(all: readonly Act[], span: Span): readonly Act[] {
  return within(all, span).filter(({ command }) => !command.startsWith("guard."));
}

/** I13: refused of what was asked. */
export function denied(all: readonly Act[], span: Span): Figure {
  const asked = askedIn(all, span);
  const refused = asked.filter(({ outcome }) => outcome !== "accepted" && outcome !== "parked");
  return share("denied", BigInt(refused.length), BigInt(asked.length));
}

/** I14: nothing was lost to fraud, of what moved most on a pilot-wide limit of money. */
export function fraud(
  all: readonly Act[],
  span: Span,
  limits: readonly Limit[],
): Figure | undefined {
  const money = wide(limits).filter(({ unit }) => unit === "fen");
  if (money.length === 0) return undefined;
  const moves = within(all, span).flatMap((act) => act.moves);
  const moved = money.map(({ id }) => sumOf(moves, (one) => (one.rule === id ? one.by : 0n)));
  const most = moved.reduce((top, one) => (one > top ? one : top), 0n);
  return share("rate", 0n, most);
}

const SCOPES = ["partner", "region", "merchant"] as const;

/** I21: share of the top ten, and the sum of squared shares, by whose limit moved most. */
export function concentration(all: readonly Act[], span: Span, limits: readonly Limit[]): Figure[] {
  const moves = within(all, span).flatMap((act) => act.moves);
  return SCOPES.flatMap((scope) => {
    const rules = limits.filter((limit) => limit.scope === scope).map(({ id }) => id);
    const found = rules
      .map((rule) => ({ rule, rows: moves.filter((one) => one.rule === rule) }))
      .filter(({ rows }) => rows.length > 0)
      .toSorted((a, b) => byMost(a, b));
    const [main] = found;
    if (main === undefined) return [];
    const shares = [...Map.groupBy(main.rows, ({ whose }) => whose).values()]
      .map((rows) => sumOf(rows, ({ by }) => by))
      .filter((one) => one > 0n)
      .toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0));
    const whole = sumOf(shares, (one) => one);
    const squares = sumOf(shares, (one) => one * one);
    const hhi = whole === 0n ? null : (squares * 10_000n) / (whole * whole);
    const top = sumOf(shares.slice(0, 10), (one) => one);
    return [
      { ...share("top10", top, whole), subject: scope },
      { figure: "hhi", subject: scope, value: hhi },
    ];
  });
}

interface Moved {
  readonly rule: string;
  readonly rows: readonly Move[];
}

function byMost(a: Moved, b: Moved): number {
  const [one, other] = [sumOf(a.rows, ({ by }) => by), sumOf(b.rows, ({ by }) => by)];
  if (one === other) return a.rule < b.rule ? -1 : 1;
  return one > other ? -1 : 1;
}

/** I30: acts received of those that their numbers promise. */
export function received(all: readonly Act[], span: Span): Figure {
  const seqs = within(all, span).map(({ seq }) => seq);
  if (seqs.length === 0) return share("received", 0n, 0n);
  const expected = BigInt(Math.max(...seqs) - Math.min(...seqs) + 1);
  return share("received", BigInt(seqs.length), expected);
}

/** The month of Beijing's calendar that begins on a day. */
export function monthSpan(first: CalendarDate, next: CalendarDate): Span {
  return { begins: shanghaiMidnight(first), ends: shanghaiMidnight(next) };
}

export function instantOf(text: string): Instant {
  return fromIso(text);
}

/**
 * What an indicator is: a formula over the facts of one window, in whole numbers, with thresholds
 * and the words for it. Pure. An indicator without a source answers `undefined`, never 0.
 */
import type { Text } from "@sandbank/kernel/words";
import type { WindowFacts } from "./facts.ts";
import type { Dimension, FigureAnswer, Source, Standing, Unit } from "./indicator.contract.ts";

/** Thresholds are our design: the official table of indicators is not public. */
export interface FigureKind {
  readonly name: Text;
  readonly unit: Unit;
  readonly bad?: "low" | "high";
  readonly watch?: bigint;
  readonly act?: bigint;
}

/** A figure as a formula gives it; null where there was nothing to measure. */
export interface Figure {
  readonly figure: string;
  readonly subject?: string;
  readonly label?: Text;
  readonly value: bigint | null;
  readonly sums?: bigint;
  readonly over?: bigint;
}

/** What opens when a figure is opened. */
export type RowKind =
  | ("acts" | "denials" | "probes" | "requests" | "uses" | "incidents")
  | ("comments" | "exit" | "none");

export interface Indicator {
  readonly id: string;
  readonly dimension: Dimension;
  readonly name: Text;
  readonly formula: Text;
  readonly source: Source;
  readonly public: boolean;
  readonly rows: RowKind;
  readonly figures: Readonly<Record<string, FigureKind>>;
  /** The figures of a window, or undefined where there is no source yet. */
  read(facts: WindowFacts): readonly Figure[] | undefined;
}

const PPM = 1_000_000n;

/** `sums` over `over` in parts per million, rounded down; null over nothing. */
export function ratio(figure: string, sums: bigint, over: bigint): Figure {
  return { figure, value: over === 0n ? null : (sums * PPM) / over, sums, over };
}

/** Total of one column. */
export function total<Row>(rows: readonly Row[], of: (row: Row) => bigint): bigint {
  return rows.reduce((so_far, row) => so_far + of(row), 0n);
}

/** Where a value stands against the thresholds of its kind. */
export function standingOf(kind: FigureKind, value: bigint | null): Standing {
  if (value === null) return "nothing";
  const { bad, watch, act } = kind;
  if (bad === undefined || (watch === undefined && act === undefined)) return "none";
  const reached = (bound: bigint | undefined) =>
    bound !== undefined && (bad === "low" ? value < bound : value >= bound);
  return reached(act) ? "act" : reached(watch) ? "watch" : "good";
}

const ORDER: readonly Standing[] = ["absent", "nothing", "none", "good", "watch", "act"];

/** The worst of several standings; `absent` where there are none. */
export function worst(standings: readonly Standing[]): Standing {
  const rank = Math.max(0, ...standings.map((one) => ORDER.indexOf(one)));
  return ORDER[rank] ?? "absent";
}

/** The figures of an indicator in a window, as they are told; one `absent` line per kind if none. */
export function tell(indicator: Indicator, facts: WindowFacts): FigureAnswer[] {
  const figures = indicator.read(facts);
  if (figures === undefined) {
    return Object.entries(indicator.figures).map(([figure, kind]) => ({
      ...{ figure, subject: "", value: null, sums: null, over: null, standing: "absent" as const },
      ...spoken(kind, undefined),
    }));
  }
  return figures.map((one) => {
    const kind = indicator.figures[one.figure];
    if (kind === undefined) throw new Error(`${indicator.id} has no figure ${one.figure}`);
    const text = (value: bigint | null | undefined) =>
      value === null || value === undefined ? null : String(value);
    return {
      ...{ figure: one.figure, subject: one.subject ?? "", value: text(one.value) },
      ...{ sums: text(one.sums), over: text(one.over), standing: standingOf(kind, one.value) },
      ...spoken(kind, one.label),
    };
  });
}

function spoken(kind: FigureKind, of: Text | undefined) {
  const text = (value: bigint | undefined) => (value === undefined ? null : String(value));
  const label =
    of === undefined
      ? kind.name
      : { zh: `${of.zh}：${kind.name.zh}`, en: `${of.en}: ${kind.name.en}` };
  return {
    ...{ label, unit: kind.unit, bad: kind.bad ?? null },
    ...{ watch: text(kind.watch), act: text(kind.act) },
  };
}

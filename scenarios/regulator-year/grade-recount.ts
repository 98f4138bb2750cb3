/**
 * I32 computed a second time: the worst that any figure of any indicator reaches by the thresholds
 * that are told beside it, and the first indicator that reaches it.
 */
import type { Figure } from "./recount.ts";

/** A figure with its thresholds, as the API tells it. */
export interface Graded {
  readonly value: string | null;
  readonly bad: "low" | "high" | null;
  readonly watch: string | null;
  readonly act: string | null;
}

/** One indicator of one month. */
export interface GradedIndicator {
  readonly id: string;
  readonly dimension: string;
  readonly figures: readonly Graded[];
}

/** 0 good, 1 watch, 2 act; undefined where nothing was measured or no threshold is set. */
function gradeOf({ value, bad, watch, act }: Graded): number | undefined {
  if (value === null || bad === null || (watch === null && act === null)) return undefined;
  const isPast = (bound: string | null) => {
    if (bound === null) return false;
    return bad === "low" ? BigInt(value) < BigInt(bound) : BigInt(value) >= BigInt(bound);
  };
  return isPast(act) ? 2 : isPast(watch) ? 1 : 0;
}

/** The grade of a month, of each dimension that has one and of all, with what drives it. */
export function gradeFigures(indicators: readonly GradedIndicator[]): Figure[] {
  const graded = indicators
    .toSorted((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)))
    .flatMap(({ id, dimension, figures }) => {
      const grades = figures.flatMap((figure) => gradeOf(figure) ?? []);
      return grades.length === 0 ? [] : [{ id, dimension, grade: Math.max(...grades) }];
    });
  if (graded.length === 0) return [];
  const most = Math.max(...graded.map(({ grade }) => grade));
  const driving = graded.find(({ grade }) => grade === most)?.id ?? "";
  const dimensions = Map.groupBy(graded, ({ dimension }) => dimension);
  return [
    { figure: "grade", subject: driving, value: BigInt(most) },
    ...[...dimensions].map(([dimension, own]) => ({
      ...{ figure: "dimension", subject: dimension },
      value: BigInt(Math.max(...own.map(({ grade }) => grade))),
    })),
  ];
}

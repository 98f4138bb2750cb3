/**
 * What has to be met for a pilot to pass, as figures: each graduation threshold that was declared at
 * entry (S5), measured over the whole days of the test, and the median of the experts' scores of
 * each dimension. Pure and exact: whole numbers throughout, and a ratio is compared as the two
 * numbers that it is made of, so that a threshold missed by any part of a point is missed.
 */
import type { Failed, Text } from "@sandbank/kernel/words";
import type { Admission } from "../admission/admission.contract.ts";
import type { Declaration } from "../declaration/declaration.contract.ts";
import type { MeasuredFigure } from "../ports.ts";
import type { CriterionAnswer, ExpertOpinion } from "./evaluation.contract.ts";
import { DIMENSION_NAMES, DIMENSIONS, SCORE_REQUIRED } from "./evaluation.ts";

export type Threshold = Declaration["graduation"]["thresholds"][number];

/** A criterion with its figures. Required and measured are in `unit`. */
export interface Criterion {
  /** `T1` for the first threshold, `D1` for the first dimension. */
  readonly criterion: string;
  readonly place: number;
  readonly kind: CriterionAnswer["kind"];
  readonly subject: string;
  readonly comparator: CriterionAnswer["comparator"];
  readonly unit: CriterionAnswer["unit"];
  readonly required: bigint;
  readonly measured: bigint | null;
  /** Numerator and denominator of a ratio. */
  readonly sums: bigint | null;
  readonly over: bigint | null;
  readonly met: boolean;
  readonly lacks: CriterionAnswer["lacks"];
  readonly clause: string;
  readonly label: Text;
  readonly indicator: string | null;
  readonly formula: Text | null;
}

const PPM = 1_000_000n;
const PPM_PER_BASIS_POINT = 100n;

/** The thresholds that bind a pilot: what it declared, then what its terms of admission add. */
export function thresholdsOf(pilot: {
  readonly body: Pick<Declaration, "graduation">;
  readonly admission: Pick<Admission, "graduation"> | null;
}): readonly Threshold[] {
  return [...pilot.body.graduation.thresholds, ...(pilot.admission?.graduation ?? [])];
}

/**
 * True if what was measured meets what is required. In parts per million, a ratio with its two
 * numbers is decided on them; all else on the whole numbers as they are.
 */
export function meets(
  of: Pick<Criterion, "comparator" | "required" | "measured" | "sums" | "over">,
): boolean {
  const { comparator, required, measured, sums, over } = of;
  if (measured === null) return false;
  const [left, right] =
    sums === null || over === null ? [measured, required] : [sums * PPM, required * over];
  return comparator === "atLeast" ? left >= right : left <= right;
}

/** The unit that a figure must have for a threshold declared in such a unit, and is compared in. */
export const FIGURE_UNITS = {
  basis_point: "ppm",
  count: "count",
  fen: "fen",
  day: "day",
} as const satisfies Record<Threshold["unit"], Criterion["unit"]>;

/** What is required, in the unit in which it is compared. */
export function comparedAs({ value, unit }: Pick<Threshold, "value" | "unit">): {
  readonly required: bigint;
  readonly unit: (typeof FIGURE_UNITS)[Threshold["unit"]];
} {
  const factor = unit === "basis_point" ? PPM_PER_BASIS_POINT : 1n;
  return { required: BigInt(value) * factor, unit: FIGURE_UNITS[unit] };
}

/** A threshold against the figure of its name; undefined where nobody computes one. */
export function thresholdCriterion(
  threshold: Threshold,
  place: number,
  figure: MeasuredFigure | undefined,
): Criterion {
  const { indicator: subject, comparator, value, unit, label, clause } = threshold;
  const { required, unit: compared } = comparedAs({ value, unit });
  const fits = figure?.unit === compared;
  const measured = fits ? figure.value : null;
  // Only a ratio is made of two numbers; a mean or a share of something else is a figure.
  const pair = measured !== null && unit === "basis_point" ? figure : undefined;
  const { sums, over } = pair?.over ? { sums: pair.sums, over: pair.over } : NO_PAIR;
  const figures = { comparator, required, measured, sums, over };
  return {
    ...{ criterion: `T${place}`, place, kind: "threshold", subject, ...figures },
    ...{ unit: compared, met: meets(figures), lacks: lacking(figure, fits), clause, label },
    ...{ indicator: figure?.indicator ?? null, formula: figure?.formula ?? null },
  };
}

const NO_PAIR = { sums: null, over: null };

function lacking(figure: MeasuredFigure | undefined, fits: boolean): Criterion["lacks"] {
  if (figure === undefined) return "nobody_computes";
  if (!fits) return "unit_differs";
  return figure.value === null ? "nothing_measured" : null;
}

/** Clause of a dimension: the regime names them, no declaration does. */
const DIMENSION_CLAUSE = "1.2";

/** The eight dimensions, each by the median of the experts' scores, from 0 to 100. */
export function dimensionCriteria(opinions: readonly Pick<ExpertOpinion, "scores">[]): Criterion[] {
  return DIMENSION_NAMES.map((dimension, at) => {
    const measured = median(opinions.map(({ scores }) => BigInt(scores[dimension].score)));
    const figures = { comparator: "atLeast", required: SCORE_REQUIRED, measured } as const;
    return {
      ...{ criterion: `D${at + 1}`, place: at + 1, kind: "dimension", subject: dimension },
      ...{ ...figures, ...NO_PAIR, unit: "score", met: meets({ ...figures, ...NO_PAIR }) },
      lacks: measured === null ? "nothing_measured" : null,
      ...{ clause: DIMENSION_CLAUSE, label: DIMENSIONS[dimension], indicator: null, formula: null },
    } as const;
  });
}

/** The middle score; of two middle ones the lower, so that no half a point is made up. */
export function median(scores: readonly bigint[]): bigint | null {
  const sorted = scores.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** What stands against a criterion, for a refusal: measured against required, in its own unit. */
export function failedOf(criteria: readonly Criterion[]): Failed[] {
  return criteria.map(({ kind, subject, required, measured, clause }) => ({
    code: kind === "threshold" ? "graduation_threshold_not_met" : "evaluation_dimension_not_met",
    ...{ limit: subject, cap: required, clause },
    ...(measured === null ? {} : { used: measured }),
  }));
}

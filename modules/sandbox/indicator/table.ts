/**
 * Every indicator there is, in the order of their numbers. The last one, the grade, is made of the
 * others: the worst of any dimension, never a mean, with the indicator named that drives it.
 */
import type { WindowFacts } from "./facts.ts";
import type { Dimension } from "./indicator.contract.ts";
import { type Figure, type Indicator, tell, worst } from "./indicator.ts";
import { PEOPLE } from "./people.ts";
import { PROCEDURE } from "./procedure.ts";
import { SCALE } from "./scale.ts";
import { SERVICE } from "./service.ts";
import { TRUST } from "./trust.ts";

const byNumber = (one: Indicator, other: Indicator) =>
  Number(one.id.slice(1)) - Number(other.id.slice(1));
const MEASURED: readonly Indicator[] = [
  ...[SERVICE, PEOPLE, SCALE, TRUST, PROCEDURE].flat(),
].toSorted(byNumber);

const DIMENSIONS: Readonly<Record<Exclude<Dimension, "grade">, Figure["label"] & object>> = {
  service: { zh: "服务", en: "service" },
  people: { zh: "客户", en: "people" },
  scale: { zh: "规模", en: "scale" },
  trust: { zh: "安全与完整", en: "trust" },
  procedure: { zh: "程序", en: "procedure" },
};

const I32: Indicator = {
  ...{ id: "I32", dimension: "grade", source: "indicators", public: true, rows: "none" },
  name: { zh: "综合风险等级", en: "Composite grade" },
  formula: {
    zh: "各维度等级的最大值，不取平均；标明由哪项指标决定。0 正常，1 关注，2 处置",
    en: "the worst grade of any dimension, not a mean, and the indicator that drives it. 0 good, 1 watch, 2 act",
  },
  figures: {
    grade: {
      name: { zh: "等级", en: "grade" },
      ...{ unit: "grade", bad: "high", watch: 1n, act: 2n },
    },
    dimension: {
      name: { zh: "等级", en: "grade" },
      ...{ unit: "grade", bad: "high", watch: 1n, act: 2n },
    },
  },
  read: (facts) => grade(facts),
};

const GRADES = { good: 0n, watch: 1n, act: 2n } as const;

/** A dimension none of whose indicators has a threshold and a value has no grade. */
function grade(facts: WindowFacts): readonly Figure[] | undefined {
  const graded = MEASURED.flatMap((indicator) => {
    const standing = worst(tell(indicator, facts).map((one) => one.standing));
    const known = standing === "good" || standing === "watch" || standing === "act";
    return known ? [{ indicator, grade: GRADES[standing] }] : [];
  });
  // The first in the order of the table drives where several are equally bad.
  const driving = graded.reduce<(typeof graded)[number] | undefined>(
    (most, one) => (most === undefined || one.grade > most.grade ? one : most),
    undefined,
  );
  if (driving === undefined) return undefined;
  const { id, name } = driving.indicator;
  const dimensions = Object.entries(DIMENSIONS).flatMap(([dimension, label]) => {
    const grades = graded.filter(({ indicator }) => indicator.dimension === dimension);
    if (grades.length === 0) return [];
    const value = grades.reduce((most, one) => (one.grade > most ? one.grade : most), 0n);
    return [{ figure: "dimension", subject: dimension, label, value }];
  });
  return [{ figure: "grade", subject: id, label: name, value: driving.grade }, ...dimensions];
}

/** The total table: I1 to I32 as far as the sandbox itself can know them. */
export const INDICATORS: readonly Indicator[] = [...MEASURED, I32];

export function indicatorOf(id: string): Indicator | undefined {
  return INDICATORS.find((one) => one.id === id);
}

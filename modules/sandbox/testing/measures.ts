/** What was measured over a test as a test says it; for all that it does not say, the real figures. */
import type { Measured, MeasuredFigure, MeasureReader } from "../ports.ts";

export interface SaidMeasures extends MeasureReader {
  /** Figures by their names; `undefined` says that there is nothing to measure yet. */
  say(figures: readonly MeasuredFigure[], more?: Partial<Measured>): void;
}

/** A ratio as an indicator gives it: rounded down, with the two numbers that it is made of. */
export function ratioOf(name: string, sums: bigint, over: bigint): MeasuredFigure {
  const value = over === 0n ? null : (sums * 1_000_000n) / over;
  const formula = { zh: "甲 ÷ 乙", en: "one ÷ the other" };
  return { name, indicator: "I2", formula, unit: "ppm", value, sums, over };
}

/** A count. */
export function countOf(name: string, value: bigint | null): MeasuredFigure {
  const formula = { zh: "件数", en: "a count" };
  return { name, indicator: "I6", formula, unit: "count", value, sums: null, over: null };
}

export function saidMeasures(real: MeasureReader["over"]): SaidMeasures {
  let said: { figures: readonly MeasuredFigure[]; more: Partial<Measured> } | undefined;
  return {
    say: (figures, more = {}) => void (said = { figures, more }),
    async over(pilot, names, days) {
      const measured = await real(pilot, names, days);
      if (said === undefined || measured === undefined) return measured;
      const figures = names.flatMap((name) => said?.figures.find((one) => one.name === name) ?? []);
      return { ...measured, complete: true, figures, ...said.more };
    },
  };
}

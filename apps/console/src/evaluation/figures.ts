/** Figures of criteria as people read them, exactly: a miss is said to the last unit. Pure. */
import type { CriterionAnswer, WatchBound } from "@sandbank/sandbox/contract";
import { formatCount, formatMoney, formatPercent, type Lang } from "@sandbank/kernel/words";
import { sayIn } from "../setting.ts";
import { evaluationWords as words } from "../words/evaluation.words.ts";

type Unit = CriterionAnswer["unit"];

/** A figure in its unit. */
export function figureText(value: bigint, unit: Unit, lang: Lang): string {
  const say = sayIn(lang);
  switch (unit) {
    case "ppm":
      return formatPercent(Number(value));
    case "fen":
      return formatMoney(value, lang);
    case "count":
      return formatCount(value, lang);
    case "day":
      return say(words.days, { figure: formatCount(value, lang) });
    case "score":
      return say(words.scores, { figure: formatCount(value, lang) });
  }
}

/** What is required: "at least 99%". */
export function requiredText(one: CriterionAnswer, lang: Lang): string {
  const figure = figureText(BigInt(one.required), one.unit, lang);
  const text = one.comparator === "atLeast" ? words.at_least : words.at_most;
  return sayIn(lang)(text, { figure });
}

const PPM_PER_BASIS_POINT = 100n;

/** What a condition on a figure asks for: "at least 99%". */
export function boundText({ comparator, value, unit }: WatchBound, lang: Lang): string {
  const figure =
    unit === "basis_point"
      ? figureText(BigInt(value) * PPM_PER_BASIS_POINT, "ppm", lang)
      : figureText(BigInt(value), unit, lang);
  const text = comparator === "atLeast" ? words.at_least : words.at_most;
  return sayIn(lang)(text, { figure });
}

/** Both numbers of a ratio in full: "9,899 of 10,000". */
export function exactText({ sums, over }: CriterionAnswer, lang: Lang): string | undefined {
  if (sums === null || over === null) return undefined;
  const [left, right] = [formatCount(BigInt(sums), lang), formatCount(BigInt(over), lang)];
  return sayIn(lang)(words.exact, { sums: left, over: right });
}

/** By how much it is missed; undefined where it is met or nothing was measured. */
export function missText(one: CriterionAnswer, lang: Lang): string | undefined {
  if (one.met || one.measured === null) return undefined;
  const say = sayIn(lang);
  const gap = BigInt(one.required) - BigInt(one.measured);
  const size = gap < 0n ? -gap : gap;
  // A ratio is rounded down to a whole unit for the reader but decided on its two numbers.
  const least = size === 0n;
  const figure = gapText(least ? 1n : size, one.unit, lang);
  return say(least ? words.missed_least : words.missed_by, { figure });
}

function gapText(size: bigint, unit: Unit, lang: Lang): string {
  if (unit !== "ppm") return figureText(size, unit, lang);
  const figure = formatPercent(Number(size)).replace("%", "");
  return sayIn(lang)(words.points, { figure });
}

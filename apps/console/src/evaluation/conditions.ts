/**
 * Conditions of a ruling on what a watch found: what each asks for, and what is sent. One may be bound
 * to a threshold of the pilot, which the clock then judges; people look after one that is not. Pure.
 */
import type { WatchAnswer, WatchRuling } from "@sandbank/sandbox/contract";
import { type ActField, bothOf, type Values } from "../parts/act-field.ts";
import type { Saying } from "../setting.ts";
import { evaluationFields as words } from "../words/evaluation-act.words.ts";

/** So many conditions one ruling takes. */
const CONDITIONS_MAX = 10;
const WHOLE_MOST = 999_999_999;

/** Units in which a figure is bounded, by those in which it is compared. Nobody bounds a score. */
const UNITS = { ppm: "basis_point", fen: "fen", count: "count", day: "day" } as const;

type Unit = keyof typeof UNITS;
type Compared = WatchAnswer["checks"][number]["criteria"][number];
type Threshold = Compared & { readonly unit: Unit };
type Condition = Extract<WatchRuling, { readonly ruling: "accept" }>["conditions"][number];

/** What a condition may be bound to: thresholds that were compared last and that somebody computes. */
function thresholdsOf(watch: WatchAnswer | undefined): readonly Threshold[] {
  const compared = watch?.checks.at(-1)?.criteria ?? [];
  return compared.filter(
    (one): one is Threshold => one.indicator !== null && Object.hasOwn(UNITS, one.unit),
  );
}

/** Fields of every condition that has begun, and of one more. */
export function conditionFields(
  values: Values,
  watch: WatchAnswer | undefined,
  say: Saying,
): readonly ActField[] {
  const begun = begunIn(values);
  const shown = Math.min(begun + 1, CONDITIONS_MAX);
  return Array.from({ length: shown }, (_, at) => at + 1).flatMap((number): ActField[] => {
    const optional = number > begun;
    const hint = say(words.condition_hint);
    const label = say(words.condition_n, { n: String(number) });
    return [
      { kind: "both", name: `condition_${number}`, label, hint, optional },
      ...(optional ? [] : rest(number, values, { watch, say })),
    ];
  });
}

/** How many conditions have words, without a gap. */
function begunIn(values: Values): number {
  let begun = 0;
  while (begun < CONDITIONS_MAX && isSaid(values, begun + 1)) begun += 1;
  return begun;
}

function isSaid(values: Values, number: number): boolean {
  const { zh, en } = bothOf(values, `condition_${number}`);
  return zh !== "" || en !== "";
}

interface About {
  readonly watch: WatchAnswer | undefined;
  readonly say: Saying;
}

/** The last day of a condition, and what it is bound to. */
function rest(number: number, values: Values, { watch, say }: About): ActField[] {
  const thresholds = thresholdsOf(watch);
  const day: ActField = {
    ...{ kind: "day", name: `by_${number}`, label: say(words.condition_by) },
  };
  if (thresholds.length === 0) return [day];
  const options = [
    { value: "none", label: say(words.bound_none) },
    ...thresholds.map(({ criterion, label }) => ({ value: criterion, label: say(label) })),
  ];
  const name = `bound_${number}`;
  const choice = { kind: "choice", name, label: say(words.bound), options } as const;
  const chosen = thresholds.find(({ criterion }) => criterion === values[name]);
  return [day, choice, ...(chosen === undefined ? [] : [valueField(number, chosen, say)])];
}

/** What the figure must be, in the unit of its threshold. */
function valueField(number: number, { comparator, unit }: Threshold, say: Saying): ActField {
  const name = `value_${number}`;
  const of = comparator === "atLeast" ? words.bound_at_least : words.bound_at_most;
  const label = say(of, { unit: say(words[`unit_${unit}`]) });
  if (unit === "ppm") return { kind: "percent", name, label };
  if (unit === "fen") return { kind: "amount", name, label };
  return { kind: "whole", name, label, least: 0, most: WHOLE_MOST };
}

/** The conditions as the API takes them; amounts are in fen and percentages in basis points already. */
export function conditionsOf(values: Values, watch: WatchAnswer | undefined): readonly Condition[] {
  const thresholds = thresholdsOf(watch);
  return Array.from({ length: begunIn(values) }, (_, at) => at + 1).map((number) => {
    const text = bothOf(values, `condition_${number}`);
    const by = values[`by_${number}`] ?? "";
    const of = thresholds.find(({ criterion }) => criterion === values[`bound_${number}`]);
    if (of === undefined) return { text, by };
    const { subject: indicator, comparator, unit } = of;
    const value = values[`value_${number}`] ?? "";
    return { text, by, bound: { indicator, comparator, value, unit: UNITS[unit] } };
  });
}

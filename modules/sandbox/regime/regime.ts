/**
 * The templates of regimes that ship, read from their files and passed through their contract, and
 * what a reader sees of one. They enforce nothing here: the regime in use is enforced by the code
 * that implements it, and a declaration may be held against any of them (conformity.ts).
 */
import type { Text } from "@sandbank/kernel/words";
import { readShipped } from "../declaration/shipped.ts";
import {
  type Regime,
  type RegimeAnswer,
  regimeContract,
  type RegimeItem,
} from "./regime.contract.ts";
import {
  boundText,
  BUSINESS,
  CLOCKS,
  GUARANTEED,
  moneyText,
  periodText,
  WHOSE,
} from "./regime.words.ts";

const REGIMES = new URL("../regimes/", import.meta.url);

let shipped: readonly Regime[] | undefined;

/** The templates that ship, the one in use first, then by id; read once. */
export function shippedRegimes(): readonly Regime[] {
  shipped ??= readShipped(REGIMES, (value) => regimeContract.parse(value)).toSorted(
    (one, other) => Number(other.inUse) - Number(one.inUse) || (one.id < other.id ? -1 : 1),
  );
  return shipped;
}

/** The template with this id, or undefined. */
export function regimeOf(id: string): Regime | undefined {
  return shippedRegimes().find((regime) => regime.id === id);
}

/** What is wrong with a template, in words for whoever writes one; empty if it may be used. */
export function flawsOf({ items, sources }: Regime): readonly string[] {
  const known = new Set(sources.map(({ id }) => id));
  const cited = new Set(items.map(({ source }) => source));
  const ids = new Set(items.map(({ id }) => id));
  return [
    ...(ids.size === items.length ? [] : ["two items have one name"]),
    ...(known.size === sources.length ? [] : ["two sources have one name"]),
    ...items.filter(({ source }) => !known.has(source)).map(({ id }) => `${id} has no source`),
    ...sources.filter(({ id }) => !cited.has(id)).map(({ id }) => `nothing rests on ${id}`),
    ...items.filter(marksTwo).map(({ id, mark }) => `${id} is ${mark} and rests on another ground`),
    ...items.filter(isFree).map(({ id }) => `${id} limits an amount to nothing`),
  ];
}

/** What is unverified rests on no source, what is ours on our design, and nothing else on either. */
function marksTwo({ mark, source }: RegimeItem): boolean {
  return (
    (mark === "unverified") !== (source === "recalled") ||
    (mark === "design") !== (source === "own")
  );
}

function isFree(item: RegimeItem): boolean {
  return item.kind === "limit" && item.money !== null && BigInt(item.money.amount) === 0n;
}

/** The number that an item asks for, under the name by which regimes are compared. */
export function figureOf(item: RegimeItem): RegimeAnswer["items"][number]["figure"] {
  switch (item.kind) {
    case "clock":
      return { key: `clock/${item.what}`, label: CLOCKS[item.what], value: boundText(item) };
    case "limit": {
      const { of, about, money } = item;
      if (money === null) return null;
      return { key: `limit/${of}/${about}`, label: limitLabel(of, about), value: moneyText(money) };
    }
    case "guarantee": {
      const beyond = periodText(item.beyond);
      const value = { zh: `测试期加${beyond.zh}`, en: `the test and ${beyond.en} more` };
      return { key: "guarantee", label: GUARANTEED, value };
    }
    case "entry":
    case "section":
    case "duty":
      return null;
  }
}

function limitLabel(
  of: Extract<RegimeItem, { kind: "limit" }>["of"],
  about: Extract<RegimeItem, { kind: "limit" }>["about"],
): Text {
  const whose = WHOSE[of];
  if (about === null) return whose;
  const business = BUSINESS[about];
  return { zh: `${whose.zh}：${business.zh}`, en: `${whose.en}: ${business.en}` };
}

/** The words of an item's source. */
export function sourceOf({ sources }: Regime, { source }: RegimeItem): Text {
  const found = sources.find(({ id }) => id === source);
  if (found === undefined) throw new Error(`a template cites a source that it has not: ${source}`);
  return found.text;
}

/** Every template as it is read. */
export function regimeAnswers(): RegimeAnswer[] {
  return shippedRegimes().map(regimeAnswer);
}

/** A regime as it is read. */
export function regimeAnswer(regime: Regime): RegimeAnswer {
  const { id, name, authority, country, inUse, inForceFrom, compiledOn, items } = regime;
  return {
    ...{ id, name, authority, country, inUse, inForceFrom, compiledOn },
    items: items.map((item) => ({
      ...{ id: item.id, kind: item.kind, mark: item.mark, text: item.text },
      ...{ of: item.kind === "duty" ? item.of : null, figure: figureOf(item) },
      source: sourceOf(regime, item),
    })),
  };
}

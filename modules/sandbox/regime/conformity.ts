/**
 * Holding a declaration against a regime: clause by clause, what would be missing and what lies
 * outside the regime's numbers, each with its source. Pure, and it decides nothing: what only people
 * can judge, what our form has no clause for and what is a duty of the test itself is said to be so.
 * Money of two currencies is set side by side and never converted; no rate of exchange is made up.
 */
import {
  addDays,
  addMonths,
  type CalendarDate,
  calendarDate,
  daysBetween,
} from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";
import { missingOf } from "../declaration/completeness.ts";
import { isLicensed } from "../declaration/declaration.ts";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { PLEDGES, SECTIONS, type Section } from "../declaration/form.words.ts";
import type {
  ConformityOutcome,
  Regime,
  RegimeItem,
  RegimeMoney,
  RegimePeriod,
  Verdict,
} from "./regime.contract.ts";
import { figureOf, sourceOf } from "./regime.ts";
import { moneyText } from "./regime.words.ts";

type Of<K extends RegimeItem["kind"]> = Extract<RegimeItem, { kind: K }>;

/** What one item comes to: a verdict but for what all have of their item. */
interface Found {
  readonly outcome: ConformityOutcome;
  readonly section: Section | null;
  readonly stated?: Text;
}

/** Every item of the regime against the declaration, in the regime's order. */
export function conformity(declaration: Declaration, regime: Regime): readonly Verdict[] {
  return regime.items.flatMap((item) =>
    foundBy(item, declaration).map(({ outcome, section, stated }) => ({
      ...{ item: item.id, kind: item.kind, outcome, text: item.text, mark: item.mark },
      clause: section === null ? null : SECTIONS[section].clause,
      title: section === null ? null : titleOf(section),
      ...{ required: figureOf(item)?.value ?? null, stated: stated ?? null },
      source: sourceOf(regime, item),
    })),
  );
}

function titleOf(section: Section): Text {
  const { zh, en } = SECTIONS[section];
  return { zh, en };
}

function foundBy(item: RegimeItem, declaration: Declaration): readonly Found[] {
  switch (item.kind) {
    case "entry":
      return [entry(item, declaration)];
    case "section":
      return sections(item, declaration);
    case "limit":
      return limit(item, declaration);
    case "clock":
      return clock(item, declaration);
    case "guarantee":
      return [guarantee(item, declaration)];
    case "duty":
      return [{ outcome: "later", section: null }];
  }
}

function entry({ about }: Of<"entry">, { institutions }: Declaration): Found {
  if (about === null) return { outcome: "people", section: null };
  const outcome = institutions.some(isLicensed) ? "met" : "missing";
  return { outcome, section: "institutions" };
}

/** One verdict for each section, so that what is missing is named by its own clause. */
function sections({ sections: asked }: Of<"section">, declaration: Declaration): readonly Found[] {
  if (asked.length === 0) return [{ outcome: "no_clause", section: null }];
  const missing = new Set(missingOf(declaration).map(({ section }) => section));
  return asked.map((section) => ({ outcome: missing.has(section) ? "missing" : "met", section }));
}

/** Every cap of the declaration that counts the same; a target is no ceiling and is left to people. */
function limit({ role, of, money }: Of<"limit">, { form }: Declaration): readonly Found[] {
  if (role !== "cap" || money === null) {
    return [{ outcome: "people", section: role === "cap" ? "caps" : "scale" }];
  }
  const caps = (form?.caps ?? []).filter(
    ({ measure, scope, window }) => measure === "amount" && scope === of && window === "none",
  );
  if (caps.length === 0) return [{ outcome: "missing", section: "caps" }];
  return caps.map(({ cap }) => {
    const stated: RegimeMoney = { amount: cap, currency: "CNY" };
    return { outcome: within(stated, money), section: "caps", stated: moneyText(stated) };
  });
}

function within(stated: RegimeMoney, most: RegimeMoney): ConformityOutcome {
  if (stated.currency !== most.currency) return "other_currency";
  return BigInt(stated.amount) <= BigInt(most.amount) ? "met" : "outside";
}

function clock(item: Of<"clock">, declaration: Declaration): readonly Found[] {
  switch (item.what) {
    case "test":
      return [testClock(item, declaration)];
    case "complaint":
      return [complaintClock(item, declaration)];
    case "assessment":
      return (["legal", "technical"] as const).map((one) => assessed(item, declaration, one));
    case "design":
    case "answer":
    case "start":
    case "notify":
    case "report":
    case "comment":
    case "complaint_summary":
    case "complaint_complex":
    case "complaint_longest":
      return [{ outcome: "later", section: null }];
  }
}

/**
 * The last day of a period that begins with `first`, both in it: 6 months from 2027-03-01 end on
 * 2027-08-31. Undefined for working days, which depend on a calendar of the country.
 */
export function lastDayOf(
  first: CalendarDate,
  { n, unit }: RegimePeriod,
): CalendarDate | undefined {
  switch (unit) {
    case "day":
      return addDays(first, n - 1);
    case "week":
      return addDays(first, 7 * n - 1);
    case "month":
      return addDays(addMonths(first, n), -1);
    case "year":
      return addDays(addMonths(first, 12 * n), -1);
    case "business_day":
      return undefined;
  }
}

function bounded(
  last: CalendarDate,
  { comparator, period }: Of<"clock">,
  first: CalendarDate,
): ConformityOutcome {
  const bound = lastDayOf(first, period);
  if (bound === undefined || comparator === "about") return "people";
  return (comparator === "atMost" ? last <= bound : last >= bound) ? "met" : "outside";
}

function testClock(item: Of<"clock">, { testPeriod: { from, to } }: Declaration): Found {
  if (from === null || to === null) return { outcome: "missing", section: "testPeriod" };
  const [first, last] = [calendarDate(from), calendarDate(to)];
  const days = daysBetween(first, last) + 1;
  const stated = { zh: `${from}至${to}，${days}日`, en: `${from} to ${to}, ${days} days` };
  return { outcome: bounded(last, item, first), section: "testPeriod", stated };
}

/** Days are compared with days and weeks; a month has no fixed number of them. */
function complaintClock({ period, comparator }: Of<"clock">, { form }: Declaration): Found {
  const days = form?.handling?.daysMax;
  if (days === undefined) return { outcome: "missing", section: "complaints" };
  const stated = { zh: `${days}日内`, en: `within ${days} days` };
  const bound =
    period.unit === "day" ? period.n : period.unit === "week" ? 7 * period.n : undefined;
  if (bound === undefined || comparator !== "atMost") {
    return { outcome: "people", section: "complaints", stated };
  }
  return { outcome: days <= bound ? "met" : "outside", section: "complaints", stated };
}

function assessed(item: Of<"clock">, { form }: Declaration, section: "legal" | "technical"): Found {
  const one = form?.[section] ?? null;
  if (one === null) return { outcome: "missing", section };
  const { assessedOn: from, validUntil: to } = one;
  const stated = { zh: `${from}至${to}`, en: `${from} to ${to}` };
  return { outcome: bounded(calendarDate(to), item, calendarDate(from)), section, stated };
}

/** In one of the forms, and at least so long beyond the last day of the test. */
function guarantee({ forms, beyond }: Of<"guarantee">, declaration: Declaration): Found {
  const { testPeriod, form } = declaration;
  const pledge = form?.pledge ?? null;
  if (pledge === null || testPeriod.to === null) {
    return { outcome: "missing", section: pledge === null ? "compensation" : "testPeriod" };
  }
  const name = PLEDGES[pledge.form];
  const stated = {
    zh: `${name.zh}，至${pledge.validUntil}`,
    en: `${name.en}, to ${pledge.validUntil}`,
  };
  const needed = lastDayOf(addDays(calendarDate(testPeriod.to), 1), beyond);
  if (needed === undefined) return { outcome: "people", section: "compensation", stated };
  const holds = forms.includes(pledge.form) && pledge.validUntil >= needed;
  return { outcome: holds ? "met" : "outside", section: "compensation", stated };
}

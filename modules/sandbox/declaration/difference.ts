/**
 * What changed between two versions of a declaration, clause by clause, and how much it weighs.
 * Pure. A change is material if it lets more happen, promises less to whoever is harmed, or lasts
 * longer; then the public is asked again. Everything else is editorial. A machine cannot judge
 * whether other words promise less, so any change of a promise's words counts as material.
 */
import { calendarDate, daysBetween } from "@sandbank/kernel/clock";
import { canonicalJson } from "@sandbank/kernel/evidence";
import type { Text } from "@sandbank/kernel/words";
import type { Declaration, ScaleItem } from "./declaration.contract.ts";
import { type Clause, clauseList } from "./clauses.ts";
import type { PlanStep } from "./exit-plan.contract.ts";
import { EMPTY_FORM, type DeclarationForm } from "./form.contract.ts";

export interface Difference {
  readonly key: string;
  readonly clause: string;
  readonly title: Text;
  /** Empty where the clause is new. */
  readonly before: readonly Text[];
  /** Empty where the clause is gone. */
  readonly after: readonly Text[];
}

/** Every clause that differs, in the order of the later version, removed ones at the end. */
export function differences(before: Declaration, after: Declaration): readonly Difference[] {
  const [old, now] = [byKey(before), byKey(after)];
  const found: Difference[] = [];
  for (const [key, clause] of now) {
    const known = old.get(key);
    if (known !== undefined && isSame(known.value, clause.value)) continue;
    found.push(differenceOf(clause, known?.lines ?? [], clause.lines));
  }
  for (const [key, clause] of old) {
    if (!now.has(key)) found.push(differenceOf(clause, clause.lines, []));
  }
  return found;
}

function differenceOf(
  { key, clause, title }: Clause,
  before: readonly Text[],
  after: readonly Text[],
): Difference {
  return { key, clause, title, before, after };
}

function byKey(declaration: Declaration): ReadonlyMap<string, Clause> {
  return new Map(clauseList(declaration).map((clause) => [clause.key, clause]));
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one as never) === canonicalJson(other as never);
}

/** Why a change is material. */
export const WEIGHTS = [
  "institution_changed",
  "cap_raised",
  "partner_added",
  "purpose_added",
  "reach_widened",
  "compensation_weakened",
  "exit_weakened",
  "complaints_weakened",
  "trigger_loosened",
  "graduation_loosened",
  "period_lengthened",
] as const;
export type Weight = (typeof WEIGHTS)[number];

/** Every reason for which the change is material; none means that it is editorial. */
export function weightsOf(before: Declaration, after: Declaration): readonly Weight[] {
  const old = before.form ?? EMPTY_FORM;
  const now = after.form ?? EMPTY_FORM;
  const found: Readonly<Record<Weight, boolean>> = {
    institution_changed: !isSame(whoOf(before), whoOf(after)),
    cap_raised: capRaised(old, now) || scaleRaised(before.scale, after.scale),
    partner_added: added(old.partners ?? [], now.partners ?? []),
    purpose_added: added(old.purposes, now.purposes),
    reach_widened: widened(old, now),
    compensation_weakened:
      !isSame(before.compensation, after.compensation) || pledgesLess(old, now),
    exit_weakened: !isSame(before.exit, after.exit) || leavesLess(old, now),
    complaints_weakened: complaintsLess(before, after),
    trigger_loosened: triggersLoosened(old, now),
    graduation_loosened: !isSame(before.graduation.thresholds, after.graduation.thresholds),
    period_lengthened: lasts(after) > lasts(before) || ends(after) > ends(before),
  };
  return WEIGHTS.filter((weight) => found[weight]);
}

/** Who answers for the pilot: names may be written otherwise, identifiers and roles may not. */
function whoOf({ institutions }: Declaration) {
  return institutions.map(({ uscc, lei, role, kind }) => ({ uscc, lei, role, kind }));
}

/** Raised, gone, or counting something else: a cap may only be lowered or added. */
function capRaised(old: DeclarationForm, now: DeclarationForm): boolean {
  return old.caps.some((cap) => {
    const kept = now.caps.find((one) => one.id === cap.id);
    if (kept === undefined || BigInt(kept.cap) > BigInt(cap.cap)) return true;
    const counts = ({ measure, scope, window, classes, products }: typeof cap) => ({
      ...{ measure, scope, window, classes: classes.toSorted() },
      products: products?.toSorted() ?? null,
    });
    return !isSame(counts(cap), counts(kept));
  });
}

function scaleRaised(old: readonly ScaleItem[], now: readonly ScaleItem[]): boolean {
  return old.some((item) => {
    if (item.role !== "cap") return false;
    const kept = now.find((one) => one.id === item.id && one.role === "cap");
    if (kept === undefined || BigInt(kept.value) > BigInt(item.value)) return true;
    const counts = ({ metric, kind, unit, window }: ScaleItem) => ({ metric, kind, unit, window });
    return !isSame(counts(item), counts(kept));
  });
}

/** Something new stands in the list, or something known is said in other words. */
function added<T extends { readonly id: string }>(old: readonly T[], now: readonly T[]): boolean {
  return now.some((one) => {
    const known = old.find(({ id }) => id === one.id);
    return known === undefined || !isSame(known, one);
  });
}

/** More regions, channels, hours or people can be reached than before. */
function widened(old: DeclarationForm, now: DeclarationForm): boolean {
  const moreRegions =
    old.regions !== null &&
    old.regions.length > 0 &&
    (now.regions === null ||
      now.regions.length === 0 ||
      now.regions.some((region) => !old.regions?.includes(region)));
  const moreHours =
    old.hours !== null &&
    (now.hours === null || now.hours.from < old.hours.from || now.hours.to > old.hours.to);
  const morePeople =
    old.segment !== null &&
    (now.segment === null ||
      now.segment.customers.some((kind) => !old.segment?.customers.includes(kind)) ||
      (now.segment.ageMin ?? 0) < (old.segment.ageMin ?? 0));
  return moreRegions || moreHours || morePeople || added(old.channels, now.channels);
}

function pledgesLess(old: DeclarationForm, now: DeclarationForm): boolean {
  if (old.pledge === null) return false;
  const [was, is] = [old.pledge, now.pledge];
  if (is === null || BigInt(is.amount) < BigInt(was.amount)) return true;
  const said = ({ form, order, trigger }: typeof was) => ({ form, order, trigger });
  return is.validUntil < was.validUntil || !isSame(said(was), said(is));
}

/**
 * Every step of before must still be there in the same order, closing, asking and waiting for no
 * less, in no more days; others may come between, and what it costs the institution is its own. A
 * plan that runs on for other days or tells apart other segments and items is another promise.
 */
function leavesLess(old: DeclarationForm, now: DeclarationForm): boolean {
  const [was, is] = [old.exitPlan ?? null, now.exitPlan ?? null];
  if (was === null) return false;
  if (is === null || was.runOffDays !== is.runOffDays) return true;
  if (!isSame(was.segments, is.segments) || added(is.items, was.items)) return true;
  let at = 0;
  for (const step of is.steps) {
    const kept = was.steps[at];
    if (kept !== undefined && keepsStep(kept, step)) at += 1;
  }
  return at < was.steps.length;
}

/** True if the later step promises all that the earlier one does. */
function keepsStep(was: PlanStep, is: PlanStep): boolean {
  const words = ({ id, text, by, items }: PlanStep) => ({ id, text, by, items: items ?? null });
  return (
    isSame(words(was), words(is)) &&
    was.until.every((query) => is.until.includes(query)) &&
    was.closes.classes.every((one) => is.closes.classes.includes(one)) &&
    was.closes.segments.every((one) => is.closes.segments.includes(one)) &&
    (was.days === null || (is.days !== null && is.days <= was.days))
  );
}

function complaintsLess(before: Declaration, after: Declaration): boolean {
  const [old, now] = [before.form ?? EMPTY_FORM, after.form ?? EMPTY_FORM];
  const { channels } = after.complaints;
  const lost = before.complaints.channels.some(
    (one) => !channels.some((kept) => isSame(one, kept)),
  );
  const slower =
    old.handling !== null && (now.handling === null || now.handling.daysMax > old.handling.daysMax);
  return lost || slower || (old.selfRegulatory !== null && now.selfRegulatory === null);
}

function triggersLoosened(old: DeclarationForm, now: DeclarationForm): boolean {
  return old.triggers.some((was) => {
    const is = now.triggers.find(({ indicator }) => indicator === was.indicator);
    if (is === undefined || is.comparator !== was.comparator || is.unit !== was.unit) return true;
    const [from, to] = [BigInt(was.value), BigInt(is.value)];
    const looser = was.comparator === "above" ? to > from : to < from;
    return (
      looser || is.periods > was.periods || (was.action === "suspend" && is.action !== "suspend")
    );
  });
}

/** Days of the test period, both ends counted; 0 where it is not said. */
export function lasts({ testPeriod: { from, to } }: Declaration): number {
  if (from === null || to === null || from > to) return 0;
  return daysBetween(calendarDate(from), calendarDate(to)) + 1;
}

function ends({ testPeriod }: Declaration): string {
  return testPeriod.to ?? "";
}

/**
 * The exit plans that ship, one for each pilot of the first batch, and the checks that a plan must
 * pass: what it names must exist, and no plan ends without people settled with and an archive.
 */
import { readShipped } from "../declaration/shipped.ts";
import { type Plan, planContract } from "./plan.contract.ts";

const PLANS = new URL("../plans/", import.meta.url);

let shipped: readonly Plan[] | undefined;

/** The plans that ship, by name of file; read once. */
export function shippedPlans(): readonly Plan[] {
  shipped ??= readShipped(PLANS, (value) => planContract.parse(value));
  return shipped;
}

/** The plan of a pilot, or undefined. */
export function planOf(pilot: string): Plan | undefined {
  return shippedPlans().find((plan) => plan.pilot === pilot);
}

/** What is wrong with a plan, in words for whoever writes one; empty if it may be used. */
export function flawsOf(plan: Plan): readonly string[] {
  const flaws: string[] = [];
  const kinds = new Set(plan.items.map(({ id }) => id));
  const segments = new Set(plan.segments.map(({ id }) => id));
  const ids = new Set(plan.steps.map(({ id }) => id));
  if (ids.size !== plan.steps.length) flaws.push("two steps have one name");
  for (const { id, items, until, closes } of plan.steps) {
    if ((items !== undefined) !== until.includes("items_finished")) {
      flaws.push(`${id} names items without asking for them, or asks without naming any`);
    }
    if (items !== undefined && !kinds.has(items)) flaws.push(`${id} names unknown items`);
    if (closes.segments.some((one) => !segments.has(one))) flaws.push(`${id}: unknown segment`);
    if (closes.classes.length > 0 !== closes.segments.length > 0) {
      flaws.push(`${id} closes classes of no segment, or no class of one`);
    }
  }
  const asked = new Set(plan.steps.flatMap(({ until }) => until));
  for (const one of ["classes_closed", "complaints_ended", "claims_paid"] as const) {
    if (!asked.has(one)) flaws.push(`no step waits for ${one}`);
  }
  if (!asked.has("archive_verified")) flaws.push("no step waits for the archive");
  return flaws;
}

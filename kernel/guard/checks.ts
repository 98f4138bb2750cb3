/**
 * The predicates of a policy, held against the facts of one act. Pure. A fact that a rule needs and
 * the act does not state fails: silence never passes a check.
 */
import { type Instant, shanghaiMinuteOfDay } from "../clock/index.ts";
import type { Failed } from "../words/index.ts";
import type { CommandClass, Counts, Secured } from "./command.ts";
import type { CheckRule, LimitRule, ListCheck, Policy } from "./policy.ts";

/** One act as supervision sees it. */
export interface Supervised {
  readonly cls: CommandClass;
  readonly counts: Counts;
  readonly now: Instant;
}

const BASIS_POINTS = 10_000n;

/** Who a customer is and how he comes: asked of no act that opens a partner or a scene. */
const OF_CUSTOMERS: ReadonlySet<CheckRule["kind"]> = new Set([
  ...(["customer_type", "kyc", "consent", "region", "channel"] as const),
]);

/** Every check and single-act bound of the policy that this act fails, in the policy's order. */
export function failedChecks(policy: Policy, act: Supervised): Failed[] {
  const { cls, counts } = act;
  if (counts.as === "give_back") return [];
  const failed: Failed[] = [];
  for (const check of policy.checks) {
    if (!check.classes.includes(cls) || !concerns(check, counts)) continue;
    if (counts.opens !== undefined && OF_CUSTOMERS.has(check.kind)) continue;
    const no = failedBy(check, act);
    if (no !== undefined) failed.push({ ...no, limit: check.kind, clause: check.clause });
  }
  for (const rule of policy.limits) {
    if (!rule.classes.includes(cls) || !concerns(rule, counts)) continue;
    const no = unstated(rule, counts) ?? aboveSingle(rule, counts);
    if (no !== undefined) failed.push({ ...no, limit: rule.id, clause: rule.clause });
  }
  return failed;
}

/** True if a rule is about the product of an act; one that names none is about all. */
export function concerns(
  { products }: { readonly products?: readonly string[] | undefined },
  { product }: Pick<Counts, "product">,
): boolean {
  return products === undefined || (product !== undefined && products.includes(product));
}

/** What a check says no with, or undefined if the act passes it. */
function failedBy(check: CheckRule, { counts, now }: Supervised): Failed | undefined {
  if ("allowed" in check) return listed(check.kind, check.allowed, counts);
  const { eligibility, secured } = counts;
  switch (check.kind) {
    case "hours": {
      const minute = shanghaiMinuteOfDay(now);
      return no(check.from <= minute && minute < check.to, "outside_service_hours");
    }
    case "kyc":
      return no((eligibility?.kyc ?? -1) >= check.least, "kyc_level_too_low");
    case "consent":
      return no((eligibility?.consent ?? 0) >= check.version, "consent_not_current");
    case "loan_to_value":
      return aboveLoanToValue(check.above, secured);
  }
}

/** Debt and value are compared as they are: a ratio would have to be rounded first. */
function aboveLoanToValue(above: number, secured: Secured | undefined): Failed | undefined {
  if (secured === undefined) return { code: "loan_to_value_not_stated" };
  const { debt, value, guaranteed } = secured;
  const most = (value * BigInt(above)) / BASIS_POINTS;
  if (guaranteed || debt <= most) return undefined;
  const bound = { unit: "fen" as const, used: 0n, cap: most, asked: debt };
  return { code: "guarantee_required_above_loan_to_value", ...bound };
}

function listed(kind: ListCheck, allowed: readonly string[], counts: Counts): Failed | undefined {
  if (kind === "purpose") {
    const { purpose } = counts;
    if (purpose === undefined || !allowed.includes(purpose.name)) {
      return { code: "purpose_not_declared" };
    }
    return no(purpose.business === purpose.authorisedFor, "data_authorised_for_other_business");
  }
  // Acts of a pilot's own module name no operator: who may do them stands with its commands.
  if (kind === "operator" && counts.operator === undefined) return undefined;
  const value = kind === "customer_type" ? counts.eligibility?.customerType : counts[kind];
  return no(value !== undefined && allowed.includes(value), `${kind}_not_declared`);
}

function no(passes: boolean, code: string): Failed | undefined {
  return passes ? undefined : { code };
}

/** A limit cannot count what an act leaves out, and what cannot be counted does not pass. */
function unstated(rule: LimitRule, counts: Counts): Failed | undefined {
  const money = rule.measure === "amount" || rule.measure === "single";
  if (rule.measure === "customers" && counts.opens !== undefined) return undefined;
  const scope = rule.measure === "customers" ? "customer" : rule.scope;
  const known = scope === "pilot" || counts[scope] !== undefined;
  return known && !(money && counts.amount === undefined) ? undefined : { code: "fact_not_stated" };
}

function aboveSingle(rule: LimitRule, { amount }: Counts): Failed | undefined {
  if (rule.measure !== "single" || amount === undefined) return undefined;
  const cap = BigInt(rule.cap);
  if (amount <= cap) return undefined;
  return { code: "single_amount_exceeded", unit: "fen", used: 0n, cap, asked: amount };
}

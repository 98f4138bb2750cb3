/**
 * Supervision: whether the policy in force lets a class act now, and its limits as entries on limit
 * accounts, so that money and limits post as one group. Predicates stand in checks.ts. Pure.
 */
import {
  fromIso,
  type Instant,
  shanghaiDate,
  shanghaiMonth,
  shanghaiYear,
} from "../clock/index.ts";
import type { Entry } from "../ledger/index.ts";
import type { Refusal } from "../words/index.ts";
import { concerns } from "./checks.ts";
import type { CommandClass, Counts } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import { isOverForGood } from "./horizon.ts";
import type { LimitRule, Policy } from "./policy.ts";

/** May this class act at all now? Asked before the decision; undefined means yes. */
export function closedBy(
  policy: Policy | undefined,
  cls: CommandClass,
  now: Instant,
): Refusal | undefined {
  if (!policy) return cls === "SERVICE" ? undefined : refuse("pilot_not_armed");
  if (!policy.classes[cls]) {
    return refuse("class_closed", { params: { class: cls, directive: policy.directive ?? "" } });
  }
  if (cls === "SERVICE") return undefined;
  const inside = fromIso(policy.period.from) <= now && now < fromIso(policy.period.to);
  return inside ? undefined : refuse("outside_test_period");
}

/** What limits need to know of an act to become entries. */
export interface Counting {
  readonly cls: CommandClass;
  readonly counts: Counts;
  readonly now: Instant;
  /** The hold that `as: "hold"` belongs to. */
  readonly hold?: string;
  /** True if the customer has never counted before. */
  readonly firstTimer: boolean;
}

/** The limits of the policy as ledger entries of this act, in the policy's order. */
export function limitEntries(policy: Policy, counting: Counting): Entry[] {
  const entries: Entry[] = [];
  for (const rule of policy.limits) {
    const entry = limitEntry(rule, counting);
    if (entry) entries.push(entry);
  }
  return entries;
}

function limitEntry(rule: LimitRule, counting: Counting): Entry | undefined {
  const { cls, counts, now, hold, firstTimer } = counting;
  if (rule.measure === "single") return undefined;
  const customers = rule.measure === "customers";
  if (customers && !(firstTimer && cls === "OPEN" && counts.as !== "give_back")) return undefined;
  const returns = counts.as === "give_back";
  if (!rule.classes.includes(returns ? (counts.of ?? "USE") : cls)) return undefined;
  if (!concerns(rule, counts)) return undefined;
  if (returns && !comesBack(rule, counts.why ?? "refund")) return undefined;
  const amount = rule.measure === "amount" ? counts.amount : 1n;
  const scope = rule.scope === "pilot" ? "pilot" : counts[rule.scope];
  if (amount === undefined || scope === undefined) return undefined;
  const period = periodOf(rule.window, counts.at ?? now);
  if (returns && isOverForGood(period, now)) return undefined;
  const account = {
    key: limitKey(rule.id, scope, period),
    book: "limits" as const,
    cap: BigInt(rule.cap),
    owner: scope,
    ...(rule.window === "none" ? {} : { period }),
  };
  const { held } = counts;
  if (returns) return { kind: "give_back", account, amount, ...(held && { hold: held }) };
  const unit = rule.measure === "amount" ? ("fen" as const) : ("count" as const);
  const cites = { code: exceeded(rule), limit: rule.id, unit, clause: rule.clause };
  const use = { kind: "use" as const, account, amount, cites };
  if (counts.as !== "hold" || customers || hold === undefined) return use;
  return { ...use, hold, whole: rule.measure === "count" };
}

/** A refund undoes amounts, not the fact that there was an act; a repayment undoes no flow. */
function comesBack(rule: LimitRule, why: NonNullable<Counts["why"]>): boolean {
  const stock = rule.window === "none";
  if (rule.measure === "count") return stock && why === "closure";
  return stock || why === "refund";
}

/** Key of a limit's account: rule, whose, which period. */
export function limitKey(rule: string, scope: string, period: string): string {
  return `limit/${rule}/${scope}/${period}`;
}

/** The calendar period of an instant in Asia/Shanghai; `all` where the limit has no window. */
export function periodOf(window: LimitRule["window"], at: Instant): string {
  if (window === "day") return shanghaiDate(at);
  if (window === "month") return shanghaiMonth(at);
  if (window === "year") return shanghaiYear(at);
  return "all";
}

function exceeded(rule: LimitRule): string {
  return rule.measure === "customers" ? "customers_cap_reached" : `${rule.scope}_limit_exceeded`;
}

/**
 * Accounts whose totals the log states: pilot-wide limits. The key alone does not tell, since a
 * customer or a merchant may be called `pilot`.
 */
export function isPilotWide(key: string, policy: Policy | undefined): boolean {
  const [kind, id, whose] = key.split("/", 3);
  if (kind !== "limit" || whose !== "pilot") return false;
  return policy?.limits.find((rule) => rule.id === id)?.scope === "pilot";
}

/**
 * A policy rehearsed before it binds anybody: each limit must accept an act at its cap and refuse
 * one just above, and nothing in the policy may be silent, doubled or empty. Pure; it plays the
 * limits only, the guard plays the acts.
 */
import type { CheckRule, LimitRule, Policy } from "@sandbank/kernel/guard";

/** True if `limit` admits `asked` more on top of `used`. A `single` has no balance. */
export function admits(limit: LimitRule, used: bigint, asked: bigint): boolean {
  const position = limit.measure === "single" ? asked : used + asked;
  return position <= BigInt(limit.cap);
}

/** What is wrong with the policy, in words for the log; empty if it may be armed. */
export function rehearse(policy: Policy): readonly string[] {
  const problems: string[] = [];
  const from = Date.parse(policy.period.from);
  const to = Date.parse(policy.period.to);
  if (!(from < to)) problems.push("the test period is empty");
  if (policy.version < 1) problems.push("the version does not count from 1");
  // Only graduation lifts the caps; anywhere else a policy without a limit is a mistake.
  const capped = policy.phase !== "graduated";
  if (capped === (policy.limits.length === 0)) {
    problems.push(capped ? "there is no limit" : "a graduated pilot has limits");
  }
  const ids = new Set<string>();
  for (const limit of policy.limits) {
    if (ids.has(limit.id)) problems.push(`${limit.id} stands twice`);
    ids.add(limit.id);
    problems.push(...rehearseLimit(limit));
  }
  const declared = policy.checks.filter((check) => check.kind === "product");
  for (const rule of [...policy.limits, ...policy.checks]) {
    // Whoever left the product out would slip by a rule of some products only.
    if (rule.products === undefined) continue;
    const open = rule.classes.find((name) => !declared.some((one) => one.classes.includes(name)));
    const named = "id" in rule ? rule.id : rule.kind;
    if (open !== undefined)
      problems.push(`${named} is about products, which ${open} need not state`);
  }
  for (const check of policy.checks) {
    if (check.clause === "") problems.push(`check ${check.kind} cites no clause`);
    if (allowsNothing(check)) problems.push(`check ${check.kind} allows nothing`);
  }
  return problems;
}

function allowsNothing(check: CheckRule): boolean {
  if (check.kind === "hours") return check.from >= check.to;
  return "allowed" in check && check.allowed.length === 0;
}

function rehearseLimit(limit: LimitRule): readonly string[] {
  if (!/^[1-9][0-9]{0,17}$/.test(limit.cap)) return [`${limit.id} has no cap above zero`];
  const problems: string[] = [];
  const cap = BigInt(limit.cap);
  if (!admits(limit, 0n, cap)) problems.push(`${limit.id} refuses an act at its cap`);
  if (admits(limit, 0n, cap + 1n)) problems.push(`${limit.id} accepts an act just above its cap`);
  if (limit.measure !== "single") {
    if (!admits(limit, cap - 1n, 1n)) problems.push(`${limit.id} refuses the last unit`);
    if (admits(limit, cap, 1n)) problems.push(`${limit.id} accepts a unit beyond its cap`);
  }
  if (limit.classes.length === 0) problems.push(`${limit.id} counts no class of acts`);
  if (limit.clause === "") problems.push(`${limit.id} cites no clause`);
  if (limit.measure === "customers" && limit.window !== "none") {
    problems.push(`${limit.id} counts customers in a window`);
  }
  return problems;
}

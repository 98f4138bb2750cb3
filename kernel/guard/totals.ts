/**
 * What the log states of pilot-wide limits: at least once a second while they move, how much of each
 * is used. A process that has just begun does not know what moved before it, so it states all once.
 */
import { type Instant, machineNow } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import { type Account, type Balances, used } from "../ledger/index.ts";
import { type Total, totalsLeaf } from "./leaf.ts";
import type { Policy } from "./policy.ts";
import { limitKey, periodOf } from "./supervision.ts";

/** Pilot-wide accounts that moved since the log last stated totals, and when it did. */
export interface Totals {
  moved: Set<string>;
  stated: Instant;
  begun: boolean;
}

/** Owes every pilot-wide total of the policy, the first time that a process serves a partition. */
export function beginTotals(totals: Totals, policy: Policy, now: Instant): void {
  if (totals.begun) return;
  totals.begun = true;
  for (const { id, scope, measure, window } of policy.limits) {
    if (scope !== "pilot" || measure === "single") continue;
    totals.moved.add(limitKey(id, "pilot", periodOf(window, now)));
  }
}

export interface Moving {
  readonly moved: ReadonlySet<string>;
  readonly balances: Balances;
  readonly seq: bigint;
}

/**
 * Totals that are due: the leaf that states them, and the accounts no longer owed if it commits. A
 * barrier states none: accounts that it drops still lie in its balances, and the next batch reads anew.
 */
export function dueTotals(
  totals: Totals,
  batch: Moving,
  barrier: boolean,
): { readonly leaf: string | undefined; readonly stated: ReadonlySet<string> } {
  for (const key of batch.moved) totals.moved.add(key);
  const now = machineNow();
  const isQuiet = totals.moved.size === 0 || now - totals.stated < limits.totalsIntervalMs;
  if (barrier || isQuiet) {
    return { leaf: undefined, stated: new Set() };
  }
  const { moved } = totals;
  const standing = [...moved].map((key) => batch.balances.account(key)).filter(isThere);
  totals.moved = new Set();
  totals.stated = now;
  const leaf = standing.length > 0 ? totalsLeaf(batch.seq, standing.map(totalOf)) : undefined;
  return { leaf, stated: moved };
}

/** The leaf that stated them went with its transaction: they are owed still, and at once. */
export function oweAgain(totals: Totals, stated: ReadonlySet<string>): void {
  if (stated.size === 0) return;
  for (const key of stated) totals.moved.add(key);
  totals.stated = 0 as Instant;
}

function isThere(account: Account | undefined): account is Account {
  return account !== undefined;
}

function totalOf(account: Account): Total {
  const [, limit = "", , period = ""] = account.key.split("/");
  return { limit, period, used: used(account), cap: account.cap ?? 0n };
}

/**
 * Issues the next policy of a pilot: compiles it, rehearses it, and says which rows and which job
 * follow. Pure. A policy that fails its rehearsal is refused and binds nobody.
 */
import assert from "node:assert/strict";
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Job, type Json, type Policy } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { hashOf } from "../declaration/declaration.ts";
import { movePilot, type PilotRow } from "../pilot/pilot.store.ts";
import type { State } from "../pilot/pilot.ts";
import { refuse } from "../refusals.ts";
import { restate } from "../statement/statement.ts";
import type { Admission } from "../admission/admission.contract.ts";
import { compile, type Sources, type Tightening } from "./policy.ts";
import { issuePolicy } from "./policy.store.ts";
import { rehearse } from "./rehearsal.ts";

/** Name of the job that carries a policy to the partitions. */
export const APPLY_POLICY = "sandbox.apply_policy";

export interface Issue {
  readonly pilot: PilotRow;
  readonly to: State;
  readonly admission: Admission;
  readonly tightenings: readonly Tightening[];
  readonly period: { readonly from: string; readonly to: string };
  readonly now: Instant;
  /** What an exit lets run on, if it does. The period that users were told of stays. */
  readonly runOff?: Sources["runOff"];
}

export interface Issued {
  readonly policy: Policy;
  readonly hash: string;
  readonly changes: readonly Change[];
  readonly jobs: readonly Job[];
  /** For all the world to read: that this policy was issued, under which hash. */
  readonly leaves: readonly Json[];
}

/** The policy one version up. Refuses with policy_fails_its_self_test. */
export function issue(of: Issue): Issued | Refusal {
  const { pilot, to, admission, tightenings, period, now } = of;
  const version = pilot.policy + 1;
  const declaration = pilot.body;
  const { hash: declared, declaration: declaredAs } = pilot;
  const stated = { declaration, version: declaredAs, hash: declared, admission, period };
  const statement = restate(pilot.statement, stated, now);
  const compiled = { declaration, admission, state: to, tightenings, period, version };
  const policy = compile({ ...compiled, consent: statement.material, runOff: of.runOff });
  const [problem] = rehearse(policy);
  if (problem !== undefined) return refuse("policy_fails_its_self_test", { params: { problem } });
  assert.ok(fromIso(period.from) < fromIso(period.to));
  const hash = hashOf(policy);
  const at = toIso(now);
  return {
    policy,
    hash,
    changes: [
      ...statement.changes,
      change(issuePolicy, { pilot: pilot.slug, version, hash, body: policy, at }),
      change(movePilot, {
        slug: pilot.slug,
        state: to,
        since: at,
        policy: version,
        admission,
        period_from: period.from,
        period_to: period.to,
      }),
    ],
    jobs: [{ task: APPLY_POLICY, payload: { pilot: pilot.slug, version } }],
    leaves: [{ t: "policy_issued", pilot: pilot.slug, version, hash }, ...statement.leaves],
  };
}

/**
 * The same for a pilot that has its terms and period already: what directives do. A pilot that has
 * none is a bug here, since its state would not have let the caller come so far.
 */
export function reissue(of: Pick<Issue, "pilot" | "to" | "tightenings" | "now">): Issued | Refusal {
  const { admission, period_from: from, period_to: to } = of.pilot;
  assert.ok(admission !== null && from !== null && to !== null, "a pilot under test has its terms");
  return issue({ ...of, admission, period: { from: toIso(from), to: toIso(to) } });
}

/** True if nothing was issued. */
export function notIssued(issued: Issued | Refusal): issued is Refusal {
  return isRefusal(issued);
}

/**
 * Beginning an exit: by a decision of two people of the supervisor (`sandbox.begin_exit`), or by the
 * clock when the test period is over (`sandbox.end_period`). The plan is instantiated, OPEN and USE
 * close by the next policy, and what is open is put on record. SERVICE goes on.
 */
import {
  addDays,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal, type Text } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { shownOf } from "../dossier/dossier.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { alive } from "../order/enact.ts";
import { move } from "../pilot/pilot.ts";
import { issue, notIssued } from "../policy/issue.ts";
import type { EndingPorts } from "../ports.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import { exitBeginningContract } from "../exit/exit.contract.ts";
import { refuse } from "../exit/exit.refusals.ts";
import { addStep, beginExit as enterExit, type Cause } from "../exit/exit.store.ts";
import { type Leaving, loadLeaving, readLedger, realityOf } from "./leaving.ts";
import { type LedgerFacts, openOfAll, openText, told } from "../exit/obligation.ts";
import { planLeaf, planOf } from "../exit/plan.ts";

const beginning = exitBeginningContract.extend({ pilot: slugContract });
type Beginning = Readonly<z.infer<typeof beginning>>;

const ABOUT = {
  class: "SERVICE",
  barrier: true,
  keys: ({ pilot }: { readonly pilot: string }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: loadLeaving,
  shown: (state: Leaving) => shownOf(state.dossier),
} as const;

/** Refuses with pilot_unknown, the state's own code, exit_plan_missing. */
export function beginExit(ports: EndingPorts): Command<Beginning, Leaving, LedgerFacts> {
  return {
    ...ABOUT,
    name: "sandbox.begin_exit",
    contract: beginning,
    fourEyes: { approvers: ["supervisor_approver"] },
    may: ["supervisor_officer", "supervisor_approver"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command: { reason, notice }, facts, now, id }) {
      const failed = state.dossier.pilot?.state === "failed";
      const cause = failed ? "failed" : "decided";
      return begin({ state, event: "begin_exit", cause, reason, notice, facts, now, id });
    },
  };
}

const ending = z.strictObject({ pilot: slugContract });

/** Said of every pilot whose time is over. */
const PERIOD_OVER: Text = { zh: "测试期已满。", en: "The test period is over." };

/** Refuses with pilot_unknown, the state's own code, pilot_period_not_over, exit_plan_missing. */
export function endPeriod(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof ending>>, Leaving, LedgerFacts> {
  return {
    ...ABOUT,
    name: "sandbox.end_period",
    contract: ending,
    may: ["system"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, facts, now, id }) {
      const { pilot } = state.dossier;
      if (pilot !== undefined) {
        const to = move(pilot.state, "end_period");
        if (isRefusal(to)) return to;
        if (pilot.period_to === null || now < pilot.period_to) {
          return refuse("pilot_period_not_over");
        }
      }
      const of = { event: "end_period", cause: "period_over", reason: PERIOD_OVER } as const;
      return begin({ ...of, state, notice: undefined, facts, now, id });
    },
  };
}

/** How an exit begins: by which event of the pilot, why, and what is told. */
export interface Begin {
  readonly state: Leaving;
  readonly event: "begin_exit" | "end_period" | "require_exit";
  readonly cause: Cause;
  readonly reason: Text;
  /** What the public is told, where somebody wrote it. */
  readonly notice: Text | undefined;
  readonly facts: LedgerFacts;
  readonly now: Instant;
  readonly id: string;
}

/**
 * The decision that begins an exit: plan, policy, notice and rows. Refuses with pilot_unknown, the
 * state's own code, exit_plan_missing, policy_fails_its_self_test.
 */
export function begin({
  state,
  event,
  cause,
  reason,
  notice,
  facts,
  now,
  id,
}: Begin): Decision | Refusal {
  const { pilot } = state.dossier;
  if (pilot === undefined) return refuseOfPilot("pilot_unknown");
  const to = move(pilot.state, event);
  if (isRefusal(to)) return to;
  const plan = planOf(pilot);
  if (plan === undefined) return refuse("exit_plan_missing");
  const { admission, period_from: from, period_to: until, slug } = pilot;
  assert.ok(admission !== null && from !== null && until !== null, "a tested pilot has its terms");
  const runOff = pilot.body.exit.useRunsOn ? runOffEnd(now, plan.runOffDays, until) : null;
  const issued = issue({
    ...{ pilot, to, admission, tightenings: alive(state.dossier), now },
    period: { from: toIso(from), to: toIso(until) },
    runOff: runOff === null ? undefined : { until: toIso(runOff) },
  });
  if (notIssued(issued)) return issued;
  const at = toIso(now);
  const open = told(openOfAll(plan.steps, realityOf(state, facts))).filter(
    ({ predicate }) => predicate !== "archive_verified" && predicate !== "classes_closed",
  );
  const text = notice ?? STEP_NOTICES.exit_begun(pilot.body.name);
  return {
    entries: [],
    changes: [
      ...issued.changes,
      change(enterExit, {
        ...{ pilot: slug, cause, reason, plan, begun_at: at },
        opening: { at: facts.at, open: openText(open, toIso) },
        run_off_until: runOff === null ? null : toIso(runOff),
      }),
      ...plan.steps.map((step, place) =>
        change(addStep, {
          ...{ pilot: slug, number: place + 1, step: step.id },
          state: place === 0 ? ("open" as const) : ("waiting" as const),
          opened_at: place === 0 ? at : null,
        }),
      ),
      publish({ id, pilot: slug, at: now, kind: "exit_begun", text }),
    ],
    answer: { pilot: slug, phase: to, policy: issued.policy.version, steps: plan.steps.length },
    jobs: issued.jobs,
    leaves: [...issued.leaves, { t: "exit_begun", pilot: slug, cause }, planLeaf(plan)],
  };
}

/** The end of the day on which the last line may still be used, never before the period's own end. */
function runOffEnd(now: Instant, days: number, period: Instant): Instant {
  const end = shanghaiMidnight(addDays(shanghaiDate(now), days + 1));
  return end > period ? end : period;
}

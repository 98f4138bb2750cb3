/**
 * Graduation: two people decide from which day on a pilot that has passed is graduated; at the
 * beginning of that day a policy without caps is issued. The old policy stays in the log, and the
 * public record names both. What is law or part of the product, such as checks, stays. With the
 * graduation begins the watch period.
 */
import {
  calendarDate,
  type Instant,
  machineNow,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import { type Change, change, type Command } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { dateGraduation, moveEvaluation } from "../evaluation/effects.store.ts";
import { graduationContract } from "../evaluation/evaluation.contract.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import { write } from "../inbox/inbox.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { alive } from "../order/enact.ts";
import { move } from "../pilot/pilot.ts";
import { notIssued, reissue } from "../policy/issue.ts";
import { beginWatch } from "../watch/effects.store.ts";
import { watchDaysOf, watchFrom } from "../watch/watch.ts";
import { byWhom } from "./confirm.ts";
import { type Graduating, type Running, running, STEPS, STEPS_BY_TWO } from "./graduating.ts";

const deciding = graduationContract.extend({ pilot: slugContract });

/**
 * `sandbox.graduate`. Refuses with pilot_unknown, evaluation_unknown, the evaluation's own code,
 * graduation_not_from_a_later_day.
 */
export const graduate: Command<Readonly<z.infer<typeof deciding>>, Graduating> = {
  ...STEPS_BY_TWO,
  name: "sandbox.graduate",
  contract: deciding,
  decide({ state, command: { from }, principal, approver, now, id }) {
    const at = running(state, "decide_graduation");
    if (isRefusal(at)) return at;
    if (from <= shanghaiDate(now)) {
      return refuse("graduation_not_from_a_later_day", { field: "/from" });
    }
    const { pilot, round } = at.evaluation;
    const effective = toIso(shanghaiMidnight(calendarDate(from)));
    const text = STEP_NOTICES.graduation_decided({ name: at.pilot.body.name, from });
    return {
      entries: [],
      changes: [
        change(dateGraduation, {
          ...{ pilot, round, decided_at: toIso(now), effective_at: effective },
          ...{ decided_by: principal.id, decision_approved_by: byWhom(approver, principal) },
        }),
        publish({ id, pilot, at: now, kind: "graduation_decided", text }),
      ],
      answer: { pilot, round, evaluation: at.to, effectiveAt: effective },
      leaves: [{ t: "evaluation", pilot, round, at: at.to, effectiveAt: effective }],
    };
  },
};

const taking = z.strictObject({ pilot: slugContract });

/** Machine time from which probes and requests count for the watch. */
interface TakingFacts {
  readonly machine: string;
}

/**
 * `sandbox.take_graduation`: by the clock, on its day. Refuses with pilot_unknown, evaluation_unknown,
 * the evaluation's own code, graduation_not_due.
 */
export const takeGraduation: Command<Readonly<z.infer<typeof taking>>, Graduating, TakingFacts> = {
  ...STEPS,
  name: "sandbox.take_graduation",
  barrier: true,
  contract: taking,
  may: ["system"],
  prepare: async () => ({ machine: toIso(machineNow()) }),
  decide({ state, facts, now, id }) {
    const at = running(state, "take_effect");
    if (isRefusal(at)) return at;
    const { pilot, round, effective_at: effective } = at.evaluation;
    assert.ok(effective !== null, "a graduation that was decided has its day");
    if (now < effective) return refuse("graduation_not_due");
    const to = move(at.pilot.state, "graduate");
    if (isRefusal(to)) return to;
    const before = at.pilot.policy;
    const issued = reissue({ pilot: at.pilot, to, tightenings: alive(state.docket), now });
    if (notIssued(issued)) return issued;
    const { version } = issued.policy;
    const { days, fromTerms } = watchDaysOf(at.pilot.admission);
    const { ends } = watchFrom(now, days);
    const watched = shanghaiDate((ends - 1) as Instant);
    const text = STEP_NOTICES.graduated({ name: at.pilot.body.name, version, before, watched });
    return {
      entries: [],
      changes: [
        ...issued.changes,
        change(moveEvaluation, { pilot, round, state: at.to, graduated_at: toIso(now) }),
        publish({ id, pilot, at: now, kind: "graduated", text }),
        ...watching(at, { days, fromTerms, machine: facts.machine, now }),
        write({
          ...{ id, kind: "watch_begun", organisation: at.evaluation.organisation, pilot },
          ...{ about: id, title: text, now },
        }),
      ],
      answer: { pilot, round, phase: to, policy: version, hash: issued.hash },
      jobs: issued.jobs,
      leaves: [
        ...issued.leaves,
        { t: "graduated", pilot, round, policy: version, before },
        { t: "watch", pilot, at: "running", until: toIso(ends) },
      ],
    };
  },
};

/** The watch that begins with a graduation. */
function watching(
  { evaluation: { pilot, organisation } }: Running,
  of: {
    readonly days: number;
    readonly fromTerms: boolean;
    readonly machine: string;
    readonly now: Instant;
  },
): readonly Change[] {
  const { days, fromTerms, machine, now } = of;
  const { from, ends, next } = watchFrom(now, days);
  return [
    change(beginWatch, {
      ...{ pilot, organisation, days, from_terms: fromTerms, begun_at: toIso(now) },
      ...{ ends_at: toIso(ends), checked_to: toIso(from), next_at: toIso(next) },
      machine_to: machine,
    }),
  ];
}

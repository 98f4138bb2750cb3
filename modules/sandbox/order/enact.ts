/**
 * What every order to a pilot comes down to: another set of directives in force, the state and the
 * policy that follow from it, a notice, and a job that carries the policy. Pure.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Command, type Decision } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal, type Text } from "@sandbank/kernel/words";
import type { NoticeKind } from "../notice/notice.contract.ts";
import { publish } from "../notice/notice.ts";
import { type Dossier, loadDossiers, shownOf } from "../dossier/dossier.ts";
import { breakOffEvaluation } from "../evaluation/effects.store.ts";
import { move, type State } from "../pilot/pilot.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import { notIssued, reissue } from "../policy/issue.ts";
import type { Tightening } from "../policy/policy.ts";
import type { DirectiveRow } from "../directive/directive.store.ts";
import { eventTowards, stateUnder } from "../directive/directive.ts";

/**
 * What the four orders have alike: barriers of class SERVICE, proposed by staff of the supervisor
 * and approved by another person of theirs, never by the pilot.
 */
export const ORDERS = {
  class: "SERVICE",
  barrier: true,
  fourEyes: { approvers: ["supervisor_approver"] },
  may: ["supervisor_officer", "supervisor_approver"],
  keys: ({ pilot }: { readonly pilot: string }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: (tx, partition, questions) =>
    loadDossiers(tx, partition, { questions, slugOf: ({ pilot }) => pilot }),
  shown: shownOf,
} as const satisfies Partial<Command<{ readonly pilot: string }, Dossier>>;

/** The directives of a dossier that bind now. */
export function alive(dossier: Dossier): readonly DirectiveRow[] {
  return dossier.directives.filter((row) => row.status !== "lifted");
}

/** The number that the next directive of this pilot gets. */
export function nextNumber(dossier: Dossier): number {
  return (dossier.directives.at(-1)?.number ?? 0) + 1;
}

export interface Enactment {
  readonly pilot: PilotRow;
  /** Everything that binds from now on, oldest first. */
  readonly tightenings: readonly Tightening[];
  readonly notice: {
    readonly id: string;
    readonly kind: NoticeKind;
    readonly text: Text;
    readonly directive?: string;
  };
  readonly now: Instant;
  /** Rows of directives, given the version of the policy that carries them. */
  rows(version: number): readonly Change[];
}

/** States in which a directive breaks off an evaluation: the pilot has to ask for another one. */
const EVALUATED: readonly State[] = ["evaluation", "passed"];

/** The decision. Refuses with the state's own code and with policy_fails_its_self_test. */
export function enact(of: Enactment): Decision | Refusal {
  const { pilot, tightenings, notice, now } = of;
  const target = stateUnder(tightenings);
  const to = move(pilot.state, eventTowards(pilot.state, target));
  if (isRefusal(to)) return to;
  const issued = reissue({ pilot, to, tightenings, now });
  if (notIssued(issued)) return issued;
  const { version } = issued.policy;
  const breaks = EVALUATED.includes(pilot.state);
  return {
    entries: [],
    changes: [
      ...issued.changes,
      ...(breaks ? [change(breakOffEvaluation, { pilot: pilot.slug, at: toIso(now) })] : []),
      ...of.rows(version),
      publish({ ...notice, pilot: pilot.slug, at: now }),
    ],
    answer: {
      pilot: pilot.slug,
      phase: to,
      policy: version,
      hash: issued.hash,
      ...(notice.directive === undefined ? {} : { directive: notice.directive }),
    },
    jobs: issued.jobs,
    leaves: issued.leaves,
  };
}

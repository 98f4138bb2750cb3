/**
 * What every step of a complaint has alike: how it is loaded, whose desk it is, who may not handle
 * it, and how a step changes it. Pure, but for the loading.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import {
  type Change,
  change,
  type Decision,
  type Json,
  type Loading,
} from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import type { Wording } from "../wording/wording.ts";
import { claimWording } from "../wording/wording.store.ts";
import { type ComplaintEvent, moveComplaint, nextInstant } from "./complaint.ts";
import { refuse } from "./complaint.refusals.ts";
import {
  addStep,
  type ComplaintRow,
  complaintsIn,
  putComplaint,
  type StepRow,
} from "./complaint.store.ts";

export type Found = ComplaintRow | undefined;

/** What the commands about one complaint have alike. */
export const ABOUT_ONE = {
  class: "SERVICE",
  keys: ({ complaint }: { readonly complaint: string }) => ({
    reads: [],
    writes: [`complaint/${complaint}`],
  }),
  async load(
    tx: Tx,
    partition: number,
    questions: readonly Loading<{ readonly complaint: string }, unknown>[],
  ): Promise<Found[]> {
    const ids = questions.map(({ command }) => command.complaint);
    const found = await complaintsIn(tx, partition, ids);
    return ids.map((id) => found.get(id));
  },
} as const;

/** Undefined if this person may handle the complaint at all; neither subject nor interested. */
export function conflictOf(of: ComplaintRow, person: string): Refusal | undefined {
  if (of.concerns.includes(person)) return refuse("handler_is_complained_of");
  return of.interests.includes(person) ? refuse("handler_has_direct_interest") : undefined;
}

/** The complaint, if it stands on the desk of this principal's institution. */
export function onDesk(found: Found, principal: Principal): ComplaintRow | Refusal {
  const own = found?.institution === principal.organisation;
  return found && own ? found : refuse("complaint_unknown");
}

/** The complaint, if this person handles it and still may. */
export function inHand(found: Found, principal: Principal): ComplaintRow | Refusal {
  const of = onDesk(found, principal);
  if (isRefusal(of)) return of;
  const conflict = conflictOf(of, principal.id);
  if (conflict !== undefined) return conflict;
  return of.handler === principal.id ? of : refuse("handler_is_another");
}

export interface Step {
  readonly event: ComplaintEvent;
  readonly side: StepRow["side"];
  readonly principal: Principal;
  readonly now: Instant;
  readonly detail?: Json;
  readonly wording?: Wording | undefined;
  /** What else changes; `next_at` follows from the rest. */
  readonly patch?: Partial<ComplaintRow>;
}

/** Takes a step of the table. Refuses by the state's own code. */
export function take(of: ComplaintRow, step: Step): Decision | Refusal {
  const state = moveComplaint(of.state, step.event);
  if (isRefusal(state)) return state;
  const after: ComplaintRow = { ...of, ...step.patch, state };
  const ended = state === "closed" || state === "withdrawn" ? step.now : null;
  return {
    entries: [],
    changes: [
      ...claimed(step.wording),
      stand({ ...after, ended_at: ended, next_at: nextInstant(after) }),
      noted(of.id, step),
    ],
    answer: { complaint: of.id, state, due: toIso(after.due) },
  };
}

/** The change that writes a step down. */
export function noted(
  complaint: string,
  step: Omit<Step, "event"> & { readonly event: ComplaintEvent | "lodge" | "erase" },
): Change {
  const { now, event, side, principal, detail = {}, wording } = step;
  return change(addStep, {
    ...{ complaint, at: toIso(now), event, side, actor: principal.id },
    detail: JSON.stringify(detail),
    wording: wording?.id ?? null,
  });
}

/** The change that claims words, where there are any. */
export function claimed(wording: Wording | undefined): Change[] {
  return wording === undefined ? [] : [change(claimWording, { id: wording.id })];
}

/** The change that puts all that can change of a complaint. */
export function stand(row: ComplaintRow): Change {
  const when = (at: Instant | null) => (at === null ? null : toIso(at));
  return change(putComplaint, {
    ...{ id: row.id, state: row.state, days: row.days, handler: row.handler },
    ...{ ground: row.ground, outcome: row.outcome, recheck_outcome: row.recheck_outcome },
    concerns: JSON.stringify(row.concerns),
    interests: JSON.stringify(row.interests),
    due: toIso(row.due),
    next_at: when(row.next_at),
    answered_at: when(row.answered_at),
    overdue_since: when(row.overdue_since),
    escalated_at: when(row.escalated_at),
    recheck_asked_at: when(row.recheck_asked_at),
    recheck_due: when(row.recheck_due),
    recheck_at: when(row.recheck_at),
    recheck_overdue: when(row.recheck_overdue),
    ended_at: when(row.ended_at),
  });
}

/**
 * Where a pilot stands and what may happen to it next: one total table, so that every event has an
 * answer in every state. The database holds the legal moves a second time (sandbox.transition) and
 * refuses all others. Terminal: refused, withdrawn, exited, and graduated once its watch is over.
 *
 *  draft ⇄ submitted → review → consultation ⇄ answering → registered → ready → testing
 *    (withdraw: from each of these before testing → withdrawn;                      │
 *     refuse: review, consultation → refused)                                       │
 *                                                                                   │
 *      ┌──────────── restrict, suspend, resume: by directives ──────────────────────┤
 *   restricted ⇄ suspended                                                          │
 *      │  │            │                                    request end             ▼
 *      │  └────────────┼──── (evaluation is broken off by a directive) ──────── evaluation
 *      │               │                                                       │         │
 *      ▼               ▼              begin exit, period ends                passed    failed
 *      └────────── exiting ◄── testing, restricted, suspended, failed          │         │
 *                     │  ▲                                                 graduated   exiting,
 *                   exited└──── require exit, out of its watch period ─────────┘       testing
 *
 * Beyond reference/sandbox §4 (design): a directive may also reach a pilot under evaluation or one
 * that has passed; it then has to ask for its evaluation again. One that has failed may test again,
 * within its period or longer where an extension was asked for in time. A graduated pilot is watched
 * for a while (watch/watch.ts), and out of that alone it may be required to exit.
 */
import { type Table, row as tableRow } from "../table/table.ts";
import assert from "node:assert/strict";
import type { Phase } from "@sandbank/kernel/guard";
import type { Refusal } from "@sandbank/kernel/words";
import { refuse, type SandboxRefusal } from "../refusals.ts";
import { stateContract } from "./pilot.contract.ts";

export const STATES = stateContract.options;
export type State = (typeof STATES)[number];

export const EVENTS = [
  "submit",
  "return",
  "accept",
  "publish",
  "refuse",
  "withdraw",
  "close_consultation",
  "amend_materially",
  "amend_editorially",
  "register",
  "arm",
  "start",
  "restrict",
  "suspend",
  "resume_in_part",
  "resume",
  "request_change",
  "request_end",
  "pass",
  "fail",
  "graduate",
  "begin_exit",
  "complete_exit",
  "end_period",
  "test_again",
  "extend",
  "require_exit",
] as const;
export type Event = (typeof EVENTS)[number];

const row = (refusal: SandboxRefusal, legal: Partial<Record<Event, State>>) =>
  tableRow(EVENTS, refusal, legal);

const underTest = { begin_exit: "exiting", end_period: "exiting" } as const;

/** The whole life of a pilot (reference/sandbox §4). */
export const TRANSITIONS: Table<State, Event, SandboxRefusal> = {
  draft: row("pilot_is_draft", { submit: "submitted", withdraw: "withdrawn" }),
  submitted: row("pilot_is_submitted", {
    return: "draft",
    accept: "review",
    withdraw: "withdrawn",
  }),
  review: row("pilot_is_in_review", {
    publish: "consultation",
    refuse: "refused",
    withdraw: "withdrawn",
  }),
  consultation: row("pilot_is_in_consultation", {
    close_consultation: "answering",
    refuse: "refused",
    withdraw: "withdrawn",
  }),
  answering: row("pilot_is_answering", {
    amend_materially: "consultation",
    amend_editorially: "answering",
    register: "registered",
    withdraw: "withdrawn",
  }),
  registered: row("pilot_is_registered", { arm: "ready", withdraw: "withdrawn" }),
  ready: row("pilot_is_ready", { start: "testing", withdraw: "withdrawn" }),
  testing: row("pilot_is_testing", {
    restrict: "restricted",
    suspend: "suspended",
    request_change: "testing",
    request_end: "evaluation",
    extend: "testing",
    ...underTest,
  }),
  restricted: row("pilot_is_restricted", {
    restrict: "restricted",
    suspend: "suspended",
    resume_in_part: "restricted",
    resume: "testing",
    extend: "restricted",
    ...underTest,
  }),
  suspended: row("pilot_is_suspended", {
    restrict: "suspended",
    suspend: "suspended",
    resume_in_part: "restricted",
    resume: "testing",
    extend: "suspended",
    ...underTest,
  }),
  evaluation: row("pilot_is_in_evaluation", {
    restrict: "restricted",
    suspend: "suspended",
    pass: "passed",
    fail: "failed",
  }),
  passed: row("pilot_has_passed", {
    restrict: "restricted",
    suspend: "suspended",
    graduate: "graduated",
  }),
  failed: row("pilot_has_failed", {
    begin_exit: "exiting",
    test_again: "testing",
    extend: "testing",
  }),
  exiting: row("pilot_is_exiting", { complete_exit: "exited" }),
  graduated: row("pilot_has_graduated", { require_exit: "exiting" }),
  exited: row("pilot_has_exited", {}),
  refused: row("pilot_was_refused", {}),
  withdrawn: row("pilot_was_withdrawn", {}),
};

/** The state after `event`, or the refusal of the state that does not know it. */
export function move(from: State, event: Event): State | Refusal {
  const next = TRANSITIONS[from][event];
  return "to" in next ? next.to : refuse(next.refusal, { params: { event } });
}

/** The refusal of a state for anything that is not one of its moves. */
export function standsAt(state: State): Refusal {
  const refused = EVENTS.map((event) => TRANSITIONS[state][event]).find(
    (next) => "refusal" in next,
  );
  assert.ok(refused !== undefined && "refusal" in refused, `${state} refuses nothing`);
  return refuse(refused.refusal);
}

/** The phase that the guard is told: the result of an evaluation is still evaluation to it. */
export function phaseOf(state: State): Phase {
  return state === "passed" || state === "failed" ? "evaluation" : state;
}

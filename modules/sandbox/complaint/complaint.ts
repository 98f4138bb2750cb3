/**
 * Where a complaint stands, what may happen to it next, and how long it may take. One total table;
 * the database holds the legal moves a second time (sandbox.complaint_transition) and refuses all
 * others. Nothing here knows what a complaint says.
 *
 *   received ──── accept ────▶ accepted ──── decide ────▶ decided ───── close ────▶ closed
 *      │  │                       │                        │  ▲                      ▲  ▲
 *      │  └─ find_inadmissible ─▶ inadmissible ── close ───┼──┼──────────────────────┘  │
 *      │                          │      └─ request_recheck┤  └ (30 days, by the clock) │
 *      └─ withdraw ─▶ withdrawn ◀─┘ (accepted too)         ▼                            │
 *                                      rechecking ─ decide_recheck ─▶ rechecked ─ close ┘
 *
 *   stays where it is: add, name_person, declare_interest, ask, take_over, extend, escalate,
 *   fall_overdue
 *
 * Time: a decision is due within 15 days, 30 if a senior agrees, 60 if he agrees again, counted from
 * receipt in calendar days of Asia/Shanghai. The day of receipt does not count; the last day is in
 * time until its 24:00. Extending is asked for by the person who handles it and approved by another;
 * the law asks for approval from 30 to 60 only, and this is the stricter reading (design). A re-check
 * may be asked for within 30 days of the answer and is due within 30 days of the asking (design).
 */
import assert from "node:assert/strict";
import { addDays, type Instant, shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import type { Refusal } from "@sandbank/kernel/words";
import { type Table, row as tableRow } from "../table/table.ts";
import type { ComplaintState, Material } from "./complaint.contract.ts";
import { type ComplaintRefusal, refuse } from "./complaint.refusals.ts";
import type { ComplaintRow } from "./complaint.store.ts";

export const COMPLAINT_EVENTS = [
  "accept",
  "find_inadmissible",
  "take_over",
  "ask",
  "add",
  "name_person",
  "declare_interest",
  "extend",
  "decide",
  "withdraw",
  "escalate",
  "fall_overdue",
  "request_recheck",
  "decide_recheck",
  "close",
] as const;
export type ComplaintEvent = (typeof COMPLAINT_EVENTS)[number];

const row = (refusal: ComplaintRefusal, legal: Partial<Record<ComplaintEvent, ComplaintState>>) =>
  tableRow(COMPLAINT_EVENTS, refusal, legal);

/** The whole life of a complaint. */
export const COMPLAINT: Table<ComplaintState, ComplaintEvent, ComplaintRefusal> = {
  received: row("complaint_is_received", {
    ...{ accept: "accepted", find_inadmissible: "inadmissible", withdraw: "withdrawn" },
    ...{ add: "received", name_person: "received", declare_interest: "received" },
    ...{ escalate: "received", fall_overdue: "received" },
  }),
  accepted: row("complaint_is_accepted", {
    ...{ decide: "decided", withdraw: "withdrawn" },
    ...{ take_over: "accepted", ask: "accepted", add: "accepted", extend: "accepted" },
    ...{ name_person: "accepted", declare_interest: "accepted" },
    ...{ escalate: "accepted", fall_overdue: "accepted" },
  }),
  inadmissible: row("complaint_is_inadmissible", {
    ...{ escalate: "inadmissible", request_recheck: "rechecking", close: "closed" },
  }),
  decided: row("complaint_is_decided", {
    ...{ escalate: "decided", request_recheck: "rechecking", close: "closed" },
  }),
  rechecking: row("complaint_is_in_recheck", {
    ...{ decide_recheck: "rechecked", add: "rechecking" },
    ...{ name_person: "rechecking", declare_interest: "rechecking" },
    ...{ escalate: "rechecking", fall_overdue: "rechecking" },
  }),
  rechecked: row("complaint_was_rechecked", { escalate: "rechecked", close: "closed" }),
  closed: row("complaint_is_closed", {}),
  withdrawn: row("complaint_was_withdrawn", {}),
};

/** The state after `event`, or the refusal of the state that does not know it. */
export function moveComplaint(
  from: ComplaintState,
  event: ComplaintEvent,
): ComplaintState | Refusal {
  const next = COMPLAINT[from][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

/** True for states in which the institution still owes an answer. */
export function isOpen(state: ComplaintState): boolean {
  return state === "received" || state === "accepted" || state === "rechecking";
}

/** The first instant that is late: midnight after day `days`, the day of receipt not counted. */
export function lateFrom(received: Instant, days: number): Instant {
  assert(Number.isInteger(days) && days > 0, "a term is some days");
  return shanghaiMidnight(addDays(shanghaiDate(received), days + 1));
}

/** How long an answer can be re-checked, and how long a re-check may take, in days (design). */
export const RECHECK_DAYS = 30;

/** The first instant at which a re-check of this answer can no longer be asked for. */
export function recheckUntil(answered: Instant): Instant {
  return lateFrom(answered, RECHECK_DAYS);
}

/**
 * What falls due next, if anything: lateness while an answer is owed and is not late yet, the end of
 * the time for a re-check once it is given.
 */
export function nextInstant(
  of: Pick<
    ComplaintRow,
    | "state"
    | "due"
    | "overdue_since"
    | "answered_at"
    | "recheck_due"
    | "recheck_overdue"
    | "recheck_at"
  >,
): Instant | null {
  switch (of.state) {
    case "received":
    case "accepted":
      return of.overdue_since === null ? of.due : null;
    case "rechecking":
      return of.recheck_overdue === null ? of.recheck_due : null;
    case "inadmissible":
    case "decided":
      assert(of.answered_at !== null, "an answer has its instant");
      return recheckUntil(of.answered_at);
    case "rechecked":
      assert(of.recheck_at !== null, "a re-check has its instant");
      return recheckUntil(of.recheck_at);
    case "closed":
    case "withdrawn":
      return null;
  }
}

/** What an institution has itself and may not ask a complainant for. */
export const HELD: Readonly<Record<Material, boolean>> = {
  identity_on_file: true,
  agreement: true,
  transaction_record: true,
  call_recording: true,
  proof_of_loss: false,
  screenshot: false,
  correspondence: false,
  authority_to_represent: false,
  description: false,
};

/** Representatives of a group complaint, at most. */
export const REPRESENTATIVES_MAX = 5;

/** The term after this one. */
export const NEXT_TERM: Readonly<Record<15 | 30 | 60, 30 | 60 | undefined>> = {
  15: 30,
  30: 60,
  60: undefined,
};

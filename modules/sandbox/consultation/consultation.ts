/**
 * A round of consultation: closed by the clock when its time is over, or ended before by a refusal or
 * a withdrawal. The database refuses to end it twice and to begin it ended.
 *
 *   open ── close ───▶ closed (`clock`)
 *     ├──── refuse ──▶ refused
 *     └──── withdraw ▶ withdrawn
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Refusal } from "@sandbank/kernel/words";
import { refuseStep, type StepRefusal } from "../step.refusals.ts";
import { row as tableRow, type Table } from "../table/table.ts";

/** How a round ended; nothing while it is open. */
export const ROUND_ENDS = ["", "clock", "refused", "withdrawn"] as const;
export type RoundEnd = (typeof ROUND_ENDS)[number];
export const ROUND_EVENTS = ["close", "refuse", "withdraw"] as const;
export type RoundEvent = (typeof ROUND_EVENTS)[number];

const ended = tableRow<RoundEnd, RoundEvent, StepRefusal>(ROUND_EVENTS, "consultation_closed", {});

/** The whole life of a round. */
export const ROUND_TABLE: Table<RoundEnd, RoundEvent, StepRefusal> = {
  "": tableRow(ROUND_EVENTS, "consultation_closed", {
    close: "clock",
    refuse: "refused",
    withdraw: "withdrawn",
  }),
  clock: ended,
  refused: ended,
  withdrawn: ended,
};

/** How a round stands after `event`, or consultation_closed. */
export function moveRound(from: RoundEnd, event: RoundEvent): RoundEnd | Refusal {
  const next = ROUND_TABLE[from][event];
  return "to" in next ? next.to : refuseStep(next.refusal);
}

/**
 * Days after the end of a round within which a comment is to be answered, as complaints are; our
 * design. Nothing is refused for it: no pilot is registered with a comment unanswered, however late.
 */
const ANSWER_DAYS = 15;
const DAY_MS = 86_400_000;

/** The instant from which on an answer is late. A round ends at 24:00, and so does the last day. */
export function answerDue(closesAt: Instant): Instant {
  return (closesAt + ANSWER_DAYS * DAY_MS) as Instant;
}

/**
 * A round of consultation: closed by the clock when its time is over, or ended before by a refusal or
 * a withdrawal. The database refuses to end it twice and to begin it ended.
 *
 *   open ── close ───▶ closed (`clock`)
 *     ├──── refuse ──▶ refused
 *     └──── withdraw ▶ withdrawn
 */
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

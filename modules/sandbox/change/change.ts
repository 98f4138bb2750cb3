/**
 * A change of the declaration that is asked for while the test runs: settled once, one way or another.
 * The database refuses to settle it twice and to begin it settled.
 *
 *   requested ── adopt ──▶ adopted
 *       ├─────── refuse ─▶ refused
 *       └─────── withdraw ▶ withdrawn
 */
import type { Refusal } from "@sandbank/kernel/words";
import { refuseStep, type StepRefusal } from "../step.refusals.ts";
import { row as tableRow, type Table } from "../table/table.ts";

export const CHANGE_STATES = ["requested", "adopted", "refused", "withdrawn"] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];
export const CHANGE_EVENTS = ["adopt", "refuse", "withdraw"] as const;
export type ChangeEvent = (typeof CHANGE_EVENTS)[number];

const settled = tableRow<ChangeState, ChangeEvent, StepRefusal>(
  CHANGE_EVENTS,
  "change_is_settled",
  {},
);

/** The whole life of a change. */
export const CHANGE_TABLE: Table<ChangeState, ChangeEvent, StepRefusal> = {
  requested: tableRow(CHANGE_EVENTS, "change_is_settled", {
    adopt: "adopted",
    refuse: "refused",
    withdraw: "withdrawn",
  }),
  adopted: settled,
  refused: settled,
  withdrawn: settled,
};

/** The state after `event`, or change_is_settled. */
export function moveChange(from: ChangeState, event: ChangeEvent): ChangeState | Refusal {
  const next = CHANGE_TABLE[from][event];
  return "to" in next ? next.to : refuseStep(next.refusal);
}

/**
 * The life of an exit, of its steps, of what an institution reports and of an archive: four total
 * tables. The database holds the legal moves a second time and refuses all others.
 *
 *   exit     running ──close last step──▶ drained ──confirm──▶ confirmed ──complete──▶ completed
 *              ⟲ close step                  ▲────send back────────┘
 *   step     waiting ──open──▶ open ──close──▶ closed
 *   item     listed ──finish──▶ finished, ──transfer──▶ transferred
 *   archive  requested ──write──▶ written ──restore──▶ verified
 *
 * A step is opened by the closing of the one before it and by nothing else. Whether a step may close
 * is no event: its queries say so, and until they do closing is refused.
 */
import type { Refusal } from "@sandbank/kernel/words";
import type { ArchiveState } from "../archive/archive.store.ts";
import { row, type Table } from "../table/table.ts";
import { type ExitRefusal, refuse } from "./exit.refusals.ts";

export const EXIT_STATES = ["running", "drained", "confirmed", "completed"] as const;
export type ExitState = (typeof EXIT_STATES)[number];
export const EXIT_EVENTS = [
  "close_step",
  "close_last_step",
  "confirm",
  "send_back",
  "complete",
] as const;
export type ExitEvent = (typeof EXIT_EVENTS)[number];

export const EXIT_TABLE: Table<ExitState, ExitEvent, ExitRefusal> = {
  running: row(EXIT_EVENTS, "exit_is_running", {
    close_step: "running",
    close_last_step: "drained",
  }),
  drained: row(EXIT_EVENTS, "exit_is_drained", { confirm: "confirmed" }),
  confirmed: row(EXIT_EVENTS, "exit_is_confirmed", { send_back: "drained", complete: "completed" }),
  completed: row(EXIT_EVENTS, "exit_is_completed", {}),
};

export const STEP_STATES = ["waiting", "open", "closed"] as const;
export type StepState = (typeof STEP_STATES)[number];
export const STEP_EVENTS = ["open", "close"] as const;

export const STEP_TABLE: Table<StepState, (typeof STEP_EVENTS)[number], ExitRefusal> = {
  waiting: row(STEP_EVENTS, "exit_step_is_waiting", { open: "open" }),
  open: row(STEP_EVENTS, "exit_step_is_open", { close: "closed" }),
  closed: row(STEP_EVENTS, "exit_step_is_closed", {}),
};

export const ITEM_STATES = ["listed", "finished", "transferred"] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export const ITEM_EVENTS = ["list", "finish", "transfer"] as const;
export type ItemEvent = (typeof ITEM_EVENTS)[number];

export const ITEM_TABLE: Table<ItemState, ItemEvent, ExitRefusal> = {
  listed: row(ITEM_EVENTS, "exit_item_is_listed", {
    finish: "finished",
    transfer: "transferred",
  }),
  finished: row(ITEM_EVENTS, "exit_item_is_finished", {}),
  transferred: row(ITEM_EVENTS, "exit_item_is_transferred", {}),
};

export const ARCHIVE_STATES = [
  "requested",
  "written",
  "verified",
] as const satisfies readonly ArchiveState[];
export const ARCHIVE_EVENTS = ["write", "restore"] as const;

export const ARCHIVE_TABLE: Table<ArchiveState, (typeof ARCHIVE_EVENTS)[number], ExitRefusal> = {
  requested: row(ARCHIVE_EVENTS, "exit_archive_is_requested", { write: "written" }),
  written: row(ARCHIVE_EVENTS, "exit_archive_is_written", { restore: "verified" }),
  verified: row(ARCHIVE_EVENTS, "exit_archive_is_verified", {}),
};

/** The state after an event of a table, or the refusal of the state that does not know it. */
export function after<S extends string, E extends string>(
  table: Table<S, E, ExitRefusal>,
  from: S,
  event: E,
): S | Refusal {
  const next = table[from][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

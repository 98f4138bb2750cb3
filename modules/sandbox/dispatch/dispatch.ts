/**
 * A dispatch is one letter to one contact: its states, and the moves between them. Pure.
 *
 *   waiting ──▶ sent
 *      ├──────▶ given_up    refused outside for good, or not taken after every try
 *      └──────▶ withdrawn   the address was erased, or its person reads such letters no more
 */
import type { Refusal } from "@sandbank/kernel/words";
import { row, type Table } from "../table/table.ts";
import { refuse } from "./dispatch.refusals.ts";

export const DISPATCH_STATES = ["waiting", "sent", "given_up", "withdrawn"] as const;
export type DispatchState = (typeof DISPATCH_STATES)[number];
export const DISPATCH_EVENTS = ["send", "give_up", "withdraw"] as const;
export type DispatchEvent = (typeof DISPATCH_EVENTS)[number];

const SETTLED = "dispatch_settled";
const settled = row<DispatchState, DispatchEvent, typeof SETTLED>(DISPATCH_EVENTS, SETTLED, {});

/** Every event in every state. */
export const DISPATCHES: Table<DispatchState, DispatchEvent, typeof SETTLED> = {
  waiting: { send: { to: "sent" }, give_up: { to: "given_up" }, withdraw: { to: "withdrawn" } },
  sent: settled,
  given_up: settled,
  withdrawn: settled,
};

/** The state after an event. Refuses dispatch_settled. */
export function after(state: DispatchState, event: DispatchEvent): DispatchState | Refusal {
  const next = DISPATCHES[state][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

/**
 * Where a contact stands, and whose it is. Letters go to those that are proven alone. Pure.
 *
 *   unproven ──▶ proven      the code that was sent there was typed in
 *      └───────────┴───────▶ closed   its address is erased
 */
import type { Principal } from "@sandbank/kernel/identity";
import type { Refusal } from "@sandbank/kernel/words";
import type { Table } from "../table/table.ts";
import type { ContactState } from "./contact.contract.ts";
import { refuse } from "./contact.refusals.ts";
import type { ContactRow } from "./contact.store.ts";

export const CONTACT_EVENTS = ["prove", "close"] as const;
export type ContactEvent = (typeof CONTACT_EVENTS)[number];

/** Every event in every state. */
export const CONTACTS: Table<
  ContactState,
  ContactEvent,
  "contact_unknown" | "contact_already_proven"
> = {
  unproven: { prove: { to: "proven" }, close: { to: "closed" } },
  proven: { prove: { refusal: "contact_already_proven" }, close: { to: "closed" } },
  closed: { prove: { refusal: "contact_unknown" }, close: { refusal: "contact_unknown" } },
};

/**
 * The contact, if it takes this event from this principal. Refuses contact_unknown, also for the
 * contact of somebody else, and contact_already_proven.
 */
export function taking(
  row: ContactRow | undefined,
  event: ContactEvent,
  principal: Principal,
): ContactRow | Refusal {
  if (row === undefined || !isHis(row, principal)) {
    return refuse("contact_unknown", { field: "/contact" });
  }
  const next = CONTACTS[row.state][event];
  return "to" in next ? row : refuse(next.refusal, { field: "/contact" });
}

/** A person's own is his; the organisation's is of anybody there who reads letters. */
function isHis(row: ContactRow, { id, organisation }: Principal): boolean {
  return row.organisation === organisation && (row.person === null || row.person === id);
}

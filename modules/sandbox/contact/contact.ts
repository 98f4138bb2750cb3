/**
 * `sandbox.open_contact` and `sandbox.close_contact`: where somebody wants to hear outside that a
 * letter waits in his inbox. A contact is a person's or his organisation's, and takes the letters
 * that those who opened it may read. The address is kept apart (decision 13); closing erases it,
 * and whatever still waits for it is not sent.
 */
import { toIso } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Command } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { z } from "zod";
import { READERS } from "../inbox/inbox.ts";
import { wordingContract } from "../wording/wording.ts";
import { claimWording, eraseWording } from "../wording/wording.store.ts";
import { refuse } from "./contact.refusals.ts";
import {
  addContact,
  closeContactRow,
  type ContactRow,
  contactsIn,
  openContactsIn,
} from "./contact.store.ts";

const openContract = z.strictObject({
  ...{ kind: z.enum(["mail", "sms"]), whose: z.enum(["own", "organisation"]) },
  ...{ lang: z.enum(["zh", "en"]), wording: wordingContract },
});

/** Refuses contact_of_a_person_only, contacts_full. */
export const openContact: Command<Readonly<z.infer<typeof openContract>>, number> = {
  name: "sandbox.open_contact",
  class: "SERVICE",
  contract: openContract,
  may: READERS,
  keys: ({ wording }) => ({ reads: [], writes: ["contacts", `wording/${wording.id}`] }),
  async load(tx, partition, questions) {
    const of = questions.map(({ principal }) => principal.organisation);
    const open = await openContactsIn(tx, partition, of);
    return of.map((organisation) => open.get(organisation) ?? 0);
  },
  decide({ state, command: { kind, whose, lang, wording }, principal, now, id }) {
    const { organisation, roles } = principal;
    const isOwn = whose === "own";
    if (isOwn && principal.kind !== "person") return refuse("contact_of_a_person_only");
    const most = limits.contactsOfOrganisation;
    if (state >= most) return refuse("contacts_full", { params: { most: String(most) } });
    return {
      entries: [],
      changes: [
        change(addContact, {
          ...{ id, kind, organisation, person: isOwn ? principal.id : null, lang },
          roles: roles.filter((role) => READERS.includes(role)).join(","),
          ...{ wording: wording.id, opened_by: principal.id, opened_at: toIso(now) },
        }),
        change(claimWording, { id: wording.id }),
      ],
      answer: { contact: id },
    };
  },
};

const closeContract = z.strictObject({ contact: z.uuid() });

/** Refuses contact_unknown, also for the contact of somebody else. */
export const closeContact: Command<
  Readonly<z.infer<typeof closeContract>>,
  readonly ContactRow[]
> = {
  name: "sandbox.close_contact",
  class: "SERVICE",
  contract: closeContract,
  may: READERS,
  keys: ({ contact }) => ({ reads: [], writes: ["contacts", `contact/${contact}`] }),
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.contact);
    const rows = await contactsIn(tx, partition, ids);
    return ids.map((id) => rows.filter((row) => row.id === id));
  },
  decide({ state: [row], command: { contact }, principal, now }) {
    if (row === undefined || row.closed_at !== null || !isHis(row, principal)) {
      return refuse("contact_unknown", { field: "/contact" });
    }
    const at = toIso(now);
    return {
      entries: [],
      changes: [
        change(closeContactRow, { id: contact, at }),
        change(eraseWording, { id: row.wording, at }),
      ],
      answer: { contact },
    };
  },
};

/** A person closes his own; the organisation's, anybody there who reads letters. */
function isHis(row: ContactRow, { id, organisation }: Principal): boolean {
  return row.organisation === organisation && (row.person === null || row.person === id);
}

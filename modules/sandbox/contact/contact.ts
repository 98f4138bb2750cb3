/**
 * `sandbox.open_contact` and `sandbox.close_contact`: where somebody wants to hear outside that a
 * letter waits in his inbox. A contact is a person's or his organisation's, and takes the letters
 * that those who opened it may read, once a code that goes out with its opening has been typed in.
 * The address is kept apart (decision 13); closing erases it, and whatever still waits for it is not
 * sent.
 */
import { type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { READERS } from "../inbox/inbox.ts";
import { wordingContract } from "../wording/wording.ts";
import { claimWording, eraseWording } from "../wording/wording.store.ts";
import {
  codeContract,
  codeIssued,
  countedFrom,
  organisationSpent,
  SEND_CODE,
  type Timed,
} from "./code.ts";
import { addCode, type CountedCode, countedCodesIn } from "./code.store.ts";
import { refuse } from "./contact.refusals.ts";
import {
  addContact,
  closeContactRow,
  type ContactRow,
  contactsIn,
  openContactsIn,
} from "./contact.store.ts";
import { taking } from "./standing.ts";

const openContract = z.strictObject({
  ...{ kind: z.enum(["mail", "sms"]), whose: z.enum(["own", "organisation"]) },
  ...{ lang: z.enum(["zh", "en"]), wording: wordingContract, code: codeContract },
});

interface Organised {
  /** How many of the organisation's contacts are open. */
  readonly open: number;
  readonly counted: readonly CountedCode[];
}

/** Refuses contact_of_a_person_only, contacts_full, contact_codes_of_organisation_spent. */
export const openContact: Command<Readonly<z.infer<typeof openContract>>, Organised, Timed> = {
  name: "sandbox.open_contact",
  class: "SERVICE",
  contract: openContract,
  may: READERS,
  keys: ({ wording }) => ({ reads: [], writes: ["contacts", `wording/${wording.id}`] }),
  prepare: async () => ({ at: machineNow() }),
  async load(tx, partition, questions) {
    const organisations = questions.map(({ principal }) => principal.organisation);
    const after = countedFrom(Math.min(...questions.map(({ facts }) => facts.at)) as Instant);
    const [open, counted] = await Promise.all([
      openContactsIn(tx, partition, organisations),
      countedCodesIn(tx, partition, { organisations, after }),
    ]);
    return organisations.map((organisation) => ({
      open: open.get(organisation) ?? 0,
      counted: counted.filter((code) => code.organisation === organisation),
    }));
  },
  decide({ state, command, principal, now, id, facts: { at } }) {
    const { kind, whose, lang, wording, code } = command;
    const { organisation, roles } = principal;
    const isOwn = whose === "own";
    if (isOwn && principal.kind !== "person") return refuse("contact_of_a_person_only");
    const most = limits.contactsOfOrganisation;
    if (state.open >= most) return refuse("contacts_full", { params: { most: String(most) } });
    const spent = organisationSpent(state.counted, at);
    if (spent !== undefined) return spent;
    return {
      entries: [],
      changes: [
        change(addContact, {
          ...{ id, kind, organisation, person: isOwn ? principal.id : null, lang },
          roles: roles.filter((role) => READERS.includes(role)).join(","),
          ...{ wording: wording.id, opened_by: principal.id, opened_at: toIso(now) },
        }),
        change(claimWording, { id: wording.id }),
        change(addCode, { ...code, contact: id, ...codeIssued(at), at: toIso(now) }),
      ],
      jobs: [{ task: SEND_CODE, payload: { code: code.id } }],
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
  decide({ state: [row], principal, now }) {
    const contact = taking(row, "close", principal);
    if (isRefusal(contact)) return contact;
    const at = toIso(now);
    return {
      entries: [],
      changes: [
        change(closeContactRow, { id: contact.id, at }),
        change(eraseWording, { id: contact.wording, at }),
      ],
      answer: { contact: contact.id },
    };
  },
};

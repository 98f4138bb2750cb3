/**
 * `sandbox.ask_contact_code` and `sandbox.prove_contact`: an address gets letters once somebody has
 * typed in the code that was sent to it. Codes live by the machine's clock, as sessions do. What is
 * typed in reaches the guard as its HMAC alone; a wrong try is refused and counted all the same.
 */
import { type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { hashContract } from "../declaration/declaration.contract.ts";
import { READERS } from "../inbox/inbox.ts";
import {
  codeContract,
  codeIssued,
  countedFrom,
  judgeTyped,
  mayIssue,
  SEND_CODE,
  type Timed,
} from "./code.ts";
import {
  addCode,
  type CodeRow,
  type CountedCode,
  countedCodesIn,
  countWrong,
  latestCodesIn,
  useCode,
} from "./code.store.ts";
import { type ContactRow, contactsIn, proveContactRow } from "./contact.store.ts";
import { taking } from "./standing.ts";

interface Coded {
  readonly contact: ContactRow | undefined;
  readonly latest: CodeRow | undefined;
}

/** With the codes of its organisation that may count against the limits of 24 hours. */
interface Asked extends Coded {
  readonly counted: readonly CountedCode[];
}

const askContract = z.strictObject({ contact: z.uuid(), code: codeContract });

/**
 * Refuses contact_unknown, contact_already_proven, contact_code_too_soon, contact_codes_spent,
 * contact_codes_of_organisation_spent.
 */
export const askContactCode: Command<Readonly<z.infer<typeof askContract>>, Asked, Timed> = {
  name: "sandbox.ask_contact_code",
  class: "SERVICE",
  contract: askContract,
  may: READERS,
  keys: ({ contact }) => ({ reads: [], writes: ["contacts", `contact/${contact}`] }),
  prepare: async () => ({ at: machineNow() }),
  async load(tx, partition, questions) {
    const [contacts, codes, counted] = await Promise.all([
      contactsIn(tx, partition, questions.map(idOf)),
      latestCodesIn(tx, partition, questions.map(idOf)),
      countedCodesIn(tx, partition, {
        organisations: questions.map(({ principal }) => principal.organisation),
        after: countedFrom(Math.min(...questions.map(({ facts }) => facts.at)) as Instant),
      }),
    ]);
    return questions.map(({ command, principal }) => ({
      contact: contacts.find(({ id }) => id === command.contact),
      latest: codes.get(command.contact),
      counted: counted.filter(({ organisation }) => organisation === principal.organisation),
    }));
  },
  decide({ state, command: { code, contact }, principal, now, facts: { at } }) {
    const taken = taking(state.contact, "prove", principal);
    if (isRefusal(taken)) return taken;
    const { latest, counted } = state;
    const no = mayIssue({ contact, latest, counted, at });
    if (no !== undefined) return no;
    return {
      entries: [],
      changes: [change(addCode, { ...code, contact, ...codeIssued(at), at: toIso(now) })],
      jobs: [{ task: SEND_CODE, payload: { code: code.id } }],
      answer: { contact },
    };
  },
};

const proveContract = z.strictObject({ contact: z.uuid(), digest: hashContract });

/**
 * Refuses contact_unknown, contact_already_proven, contact_code_not_sent, contact_code_spent,
 * contact_code_expired, contact_code_wrong.
 */
export const proveContact: Command<Readonly<z.infer<typeof proveContract>>, Coded, Timed> = {
  name: "sandbox.prove_contact",
  class: "SERVICE",
  contract: proveContract,
  may: READERS,
  // Letters are told of to what is proven when they are: `dispatch_letter` reads all contacts.
  keys: ({ contact }) => ({ reads: [], writes: ["contacts", `contact/${contact}`] }),
  prepare: async () => ({ at: machineNow() }),
  async load(tx, partition, questions) {
    const [contacts, codes] = await Promise.all([
      contactsIn(tx, partition, questions.map(idOf)),
      latestCodesIn(tx, partition, questions.map(idOf)),
    ]);
    return questions.map(({ command }) => ({
      contact: contacts.find(({ id }) => id === command.contact),
      latest: codes.get(command.contact),
    }));
  },
  decide({ state, command: { contact, digest }, principal, now, facts: { at } }) {
    const taken = taking(state.contact, "prove", principal);
    if (isRefusal(taken)) return taken;
    const judged = judgeTyped(state.latest, { digest, at });
    if (!isRefusal(judged)) {
      return {
        entries: [],
        changes: [
          change(useCode, { id: judged.id, at: toIso(at) }),
          change(proveContactRow, { id: contact, at: toIso(now) }),
        ],
        answer: { contact },
      };
    }
    if (judged.code !== "contact_code_wrong" || state.latest === undefined) return judged;
    return { refusal: judged, onRefusal: [change(countWrong, { id: state.latest.id })] };
  },
};

function idOf({ command }: { readonly command: { readonly contact: string } }): string {
  return command.contact;
}

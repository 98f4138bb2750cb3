/** Token requestors: who may ask for payments with tokens, by TRID (EMV Payment Tokenisation §3.5). */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { type NewRequestor, newRequestorContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { addRequestor, requestorsIn } from "./requestor.store.ts";

/** Registers an organisation under a TRID. Refuses `requestor_exists`. */
export const registerRequestor: Command<NewRequestor, boolean> = {
  name: "tokens.register_requestor",
  class: "OPEN",
  contract: newRequestorContract,
  may: ["institution_operator"],
  keys: ({ trid }) => ({ reads: [], writes: [`requestor/${trid}`] }),
  async load(tx, partition, questions) {
    const trids = questions.map(({ command }) => command.trid);
    const known = await requestorsIn(tx, partition, trids);
    return trids.map((trid) => known.has(trid));
  },
  decide({ state: exists, command, now }) {
    if (exists) return refuse("requestor_exists");
    const { trid, organisation, name } = command;
    const row = { trid, organisation, name_zh: name.zh, name_en: name.en, at: toIso(now) };
    return {
      entries: [],
      counts: { as: "use", opens: "partner", partner: trid },
      changes: [change(addRequestor, row)],
      answer: { trid },
    };
  },
};

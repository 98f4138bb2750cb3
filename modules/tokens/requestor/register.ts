/** Applying for a requestor: the bank writes down who asks, and admits nobody by it. */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { type NewRequestor, newRequestorContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { addRequestor, requestorsIn } from "./requestor.store.ts";

/** Registers an organisation under a TRID, as applied. Refuses `requestor_exists`. */
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
    const { trid, organisation, name, domains = [] } = command;
    const named = { name_zh: name.zh, name_en: name.en, domains: domains.join(" ") };
    return {
      entries: [],
      changes: [change(addRequestor, { trid, organisation, ...named, at: toIso(now) })],
      answer: { trid },
    };
  },
};

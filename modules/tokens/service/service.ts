/**
 * Looking at a holder's things for him who asks, as an act: who looked, what for and after which
 * words, committed before anything is shown. He is found by what he says of himself and by nothing
 * that he need not know; if more than one fits, nobody is shown. What he said stands in the act's
 * opening, goes with him when he is erased, and each person may look so often in a day.
 */
import { shanghaiDate } from "@sandbank/kernel/clock";
import { type Command } from "@sandbank/kernel/guard";
import type { Role } from "@sandbank/kernel/identity";
import type { Entry } from "@sandbank/kernel/ledger";
import { refuse } from "../refusals.ts";
import { type NewService, newServiceContract } from "../service.contract.ts";
import { holdersSaidIn } from "./service.store.ts";

/** Looks of one person in a day of Asia/Shanghai: more than a counter serves, less than a copy takes. */
export const LOOKS_DAY_MAX = 200n;

/** Who serves holders. */
const SERVERS: readonly Role[] = ["institution_operator", "complaint_handler"];

/** Whether he has said enough to be found: his customer number, or two of the other three. */
export function isEnough({ holder, card, token, payment }: NewService["said"]): boolean {
  return holder !== undefined || [card, token, payment].filter(Boolean).length >= 2;
}

/**
 * Grants a look at the things of the one holder whom the words fit. Refuses `service_said_too_little`,
 * `service_nobody`, `service_several`, and by the ledger `service_looks_spent`.
 */
export const serveHolder: Command<NewService, readonly string[]> = {
  name: "tokens.serve_holder",
  class: "SERVICE",
  contract: newServiceContract,
  may: SERVERS,
  keys: () => ({ reads: [], writes: [] }),
  subject: (holders) => (holders.length === 1 ? holders[0] : undefined),
  load: (tx, partition, questions) =>
    Promise.all(questions.map(({ command }) => holdersSaidIn(tx, partition, command.said))),
  decide({ state: holders, command: { said }, principal, now, id }) {
    if (!isEnough(said)) return refuse("service_said_too_little");
    if (holders.length === 0) return refuse("service_nobody");
    if (holders.length > 1) return refuse("service_several");
    const day = shanghaiDate(now);
    return { entries: [countedLook(principal.id, day)], changes: [], answer: { look: id } };
  },
};

/** One more look of a person in a day: a use of a limit, in the same act. */
function countedLook(person: string, day: string): Entry {
  const limit = "tokens_service_looks";
  return {
    kind: "use",
    account: {
      ...{ key: `limit/${limit}/${person}/${day}`, book: "limits", cap: LOOKS_DAY_MAX },
      ...{ owner: person, period: day },
    },
    amount: 1n,
    cites: { code: "service_looks_spent", limit, unit: "count", clause: "looks of a day" },
  };
}

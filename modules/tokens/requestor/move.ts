/** The steps of a requestor, each a command of the bank's staff; see the table in `requestor.ts`. */
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { tridContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { REQUESTOR, type Requestor, type RequestorEvent } from "./requestor.ts";
import { putRequestor, requestorsIn } from "./requestor.store.ts";

const content = z.strictObject({ trid: tridContract });
type Moving = z.infer<typeof content>;
type Found = Requestor | undefined;

const keys = ({ trid }: Moving) => ({ reads: [], writes: [`requestor/${trid}`] });
const shown = (found: Found) => found?.state ?? "";

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Moving, unknown>[],
): Promise<Found[]> {
  const trids = questions.map(({ command }) => command.trid);
  const known = await requestorsIn(tx, partition, trids);
  return trids.map((trid) => known.get(trid));
}

/** Takes a step of the table. */
function moved(found: Found, event: RequestorEvent): Decision | Refusal {
  if (!found) return refuse("requestor_unknown");
  const step = REQUESTOR[found.state][event];
  if ("no" in step) return refuse(step.no);
  const { trid } = found;
  return {
    entries: [],
    changes: [change(putRequestor, { trid, state: step.to })],
    answer: { trid, state: step.to },
  };
}

const common = { contract: content, keys, load, shown } as const;
const byTwo = { approvers: ["institution_approver"] } as const;

/**
 * Admits a requestor: a partner of the pilot from then on. By two. Refuses `requestor_unknown`,
 * `requestor_admitted_already`, `requestor_ended`.
 */
export const activateRequestor: Command<Moving, Found> = {
  ...{ name: "tokens.activate_requestor", class: "OPEN", ...common },
  ...{ may: ["institution_operator"], fourEyes: byTwo },
  decide({ state, command }) {
    const decided = moved(state, "activate");
    if ("refused" in decided) return decided;
    return { ...decided, counts: { as: "use", opens: "partner", partner: command.trid } };
  },
};

/**
 * Stops every payment in a requestor's scenes from the next authorisation on; by one, at once.
 * Refuses `requestor_unknown`, `requestor_not_active`, `requestor_suspended_already`,
 * `requestor_ended`.
 */
export const suspendRequestor: Command<Moving, Found> = {
  ...{ name: "tokens.suspend_requestor", class: "SERVICE", ...common },
  may: ["institution_operator", "compliance_officer"],
  decide: ({ state }) => moved(state, "suspend"),
};

/** Lets a requestor's scenes pay again. By two. Refuses `requestor_unknown`, `requestor_not_suspended`, `requestor_ended`. */
export const resumeRequestor: Command<Moving, Found> = {
  ...{ name: "tokens.resume_requestor", class: "SERVICE", ...common },
  ...{ may: ["institution_operator"], fourEyes: byTwo },
  decide: ({ state }) => moved(state, "resume"),
};

/** Ends a requestor for good; what it was authorised is still finished. Refuses `requestor_unknown`, `requestor_ended`. */
export const endRequestor: Command<Moving, Found> = {
  ...{ name: "tokens.end_requestor", class: "SERVICE", ...common },
  may: ["institution_operator"],
  decide: ({ state }) => moved(state, "end"),
};

/**
 * Bounding a holder, by the issuer: controls in the same form that hold beside the holder's own, so
 * that the strictest wins. The issuer tightens at once; what loosens takes two people.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import type { z } from "zod";
import { changedBoundsContract, tokenNumberContract } from "../contract.ts";
import { controlOf, saidBy } from "../control/control.ts";
import { refuseControl } from "../control/control.refusals.ts";
import { addControl, controlRow } from "../control/control.store.ts";
import { loosened } from "../control/loosened.ts";
import { agree, termsOf } from "../control/terms.ts";
import { refuse } from "../refusals.ts";
import type { Token } from "./token.ts";
import { putControl, tokensIn } from "./token.store.ts";

const content = changedBoundsContract.extend({ token: tokenNumberContract });
type Bounding = z.infer<typeof content>;
type Found = Token | undefined;

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Bounding, unknown>[],
): Promise<Found[]> {
  const numbers = questions.map(({ command }) => command.token);
  const tokens = await tokensIn(tx, partition, numbers);
  return numbers.map((number) => tokens.get(number));
}

const bounding: Pick<
  Command<Bounding, Found>,
  "class" | "contract" | "keys" | "subject" | "load" | "may"
> = {
  class: "SERVICE",
  contract: content,
  may: ["institution_operator"],
  keys: ({ token }) => ({ reads: [], writes: [`token/${token}`] }),
  subject: (token) => token?.holder,
  load,
};

/** The token whose bounds these may be, or why they may not. */
function boundable(token: Found, { controls, version }: Bounding): Token | Refusal {
  if (!agree(controls)) return refuseControl("controls_contradict", { field: "/controls" });
  if (!token || token.state === "deleted") return refuse("token_absent");
  const { control } = token;
  if (version !== undefined && version !== control.version) {
    const params = { version: String(control.version) };
    return refuseControl("controls_changed_since", { params });
  }
  return token;
}

function bounded({ id, number, control }: Token, { controls }: Bounding, at: string): Decision {
  const said = { holder: saidBy(control, "holder"), issuer: controls };
  const next = controlOf(control.version + 1, said);
  return {
    entries: [],
    changes: [
      change(addControl, controlRow(id, next, { by: "issuer", at })),
      change(putControl, { number, control: next.version }),
    ],
    answer: { token: id, version: next.version },
  };
}

/**
 * Tightens at once. Refuses `controls_contradict`, `token_absent`, `controls_changed_since`,
 * `bounds_loosening_needs_two`.
 */
export const boundToken: Command<Bounding, Found> = {
  ...bounding,
  name: "tokens.bound_token",
  decide({ state, command, now }) {
    const token = boundable(state, command);
    if ("refused" in token) return token;
    if (loosened(token.control.issuer, termsOf(command.controls)).length > 0) {
      return refuseControl("bounds_loosening_needs_two");
    }
    return bounded(token, command, toIso(now));
  },
};

/**
 * Loosens: one proposes, another approves. Refuses `controls_contradict`, `token_absent`,
 * `controls_changed_since`.
 */
export const loosenBounds: Command<Bounding, Found> = {
  ...bounding,
  name: "tokens.loosen_bounds",
  fourEyes: { approvers: ["institution_approver"] },
  shown: (token) => (token ? String(token.control.version) : ""),
  decide({ state, command, now }) {
    const token = boundable(state, command);
    return "refused" in token ? token : bounded(token, command, toIso(now));
  },
};

/**
 * Changing a token's controls. Tightening takes effect at once; what loosens any bound needs a fresh
 * second factor of the holder. Versions are kept for ever, and each decision cites its own.
 */
import { machineNow, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { changedControlsContract, tokenNumberContract } from "../contract.ts";
import { controlOf, daysAgree, loosened } from "../control/control.ts";
import { addControl, controlRow } from "../control/control.store.ts";
import { refuse } from "../refusals.ts";
import { isHolder, type Token } from "./token.ts";
import { putControl, tokensIn } from "./token.store.ts";

const content = changedControlsContract.extend({ token: tokenNumberContract });
type Changing = z.infer<typeof content>;

/** Whether the second factor counts still. It runs on machine time, like every session. */
interface Freshness {
  readonly steppedUp: boolean;
}

/**
 * Puts new controls in force. A window that begins now counts from now on, and a cap that falls below
 * what is used refuses later payments and undoes none. Refuses `token_absent`,
 * `controls_changed_since`, `loosening_needs_step_up`, `controls_contradict`.
 */
export const changeControls: Command<Changing, Token | undefined, Freshness> = {
  name: "tokens.change_controls",
  class: "SERVICE",
  contract: content,
  may: ["customer"],
  keys: ({ token }) => ({ reads: [], writes: [`token/${token}`] }),
  subject: (token, { holder }) => token?.holder ?? holder,
  prepare: async (_command, { steppedUpUntil = 0 }) => ({
    steppedUp: steppedUpUntil > machineNow(),
  }),
  async load(tx, partition, questions) {
    const numbers = questions.map(({ command }) => command.token);
    const tokens = await tokensIn(tx, partition, numbers);
    return numbers.map((number) => tokens.get(number));
  },
  decide({ state: token, command, facts, principal, now }) {
    const { controls, holder, version } = command;
    if (!daysAgree(controls)) return refuse("controls_contradict", { field: "/controls" });
    if (!token || token.state === "deleted") return refuse("token_absent");
    if (!isHolder(principal, token, holder)) return refuse("token_absent");
    const { control } = token;
    if (version !== undefined && version !== control.version) {
      const params = { version: String(control.version) };
      return refuse("controls_changed_since", { params });
    }
    const next = controlOf(controls, control.version + 1);
    if (!facts.steppedUp && loosened(control, next).length > 0) {
      return refuse("loosening_needs_step_up");
    }
    return {
      entries: [],
      changes: [
        change(addControl, controlRow(token.id, next, toIso(now))),
        change(putControl, { number: token.number, control: next.version }),
      ],
      answer: { token: token.id, version: next.version },
    };
  },
};

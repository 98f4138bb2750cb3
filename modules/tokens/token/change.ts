/**
 * Changing a token's controls, by its holder. Tightening takes effect at once; what loosens any bound
 * needs a second factor of the holder that was asked about this very change. Versions are kept for
 * ever, and each decision cites its own.
 */
import { machineNow, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import type { z } from "zod";
import { changedControlsContract, type Controls, tokenNumberContract } from "../contract.ts";
import { digestOf, type Freshness, freshnessOf } from "../control/confirm.ts";
import { controlOf, saidBy } from "../control/control.ts";
import { refuseControl } from "../control/control.refusals.ts";
import { addControl, controlRow } from "../control/control.store.ts";
import { loosened } from "../control/loosened.ts";
import { agree, termsOf } from "../control/terms.ts";
import { refuse } from "../refusals.ts";
import { isHolder, type Token } from "./token.ts";
import { putControl, tokensIn } from "./token.store.ts";

const content = changedControlsContract.extend({ token: tokenNumberContract });
type Changing = z.infer<typeof content>;

/** What a change of the holder's controls would loosen, and the digest of what confirms it. */
export function looseningOf(token: Pick<Token, "id" | "control">, controls: Controls) {
  const { id, control } = token;
  const loosens = loosened(control.holder, termsOf(controls));
  const request = {
    act: "change_controls",
    token: id,
    version: control.version,
    controls,
  } as const;
  return { loosens, digest: digestOf(request) };
}

/**
 * Puts new controls in force. A window that begins now counts from now on, and a cap that falls below
 * what is used refuses later payments and undoes none. Refuses `controls_contradict`, `token_absent`,
 * `controls_changed_since`, `loosening_needs_step_up`.
 */
export const changeControls: Command<Changing, Token | undefined, Freshness> = {
  name: "tokens.change_controls",
  class: "SERVICE",
  contract: content,
  may: ["customer"],
  keys: ({ token }) => ({ reads: [], writes: [`token/${token}`] }),
  subject: (token, { holder }) => token?.holder ?? holder,
  prepare: async (_command, principal) => freshnessOf(principal, machineNow()),
  async load(tx, partition, questions) {
    const numbers = questions.map(({ command }) => command.token);
    const tokens = await tokensIn(tx, partition, numbers);
    return numbers.map((number) => tokens.get(number));
  },
  decide({ state: token, command, facts, principal, now }) {
    const { controls, holder, version } = command;
    if (!agree(controls)) return refuseControl("controls_contradict", { field: "/controls" });
    if (!token || token.state === "deleted") return refuse("token_absent");
    if (!isHolder(principal, token, holder)) return refuse("token_absent");
    const { control } = token;
    if (version !== undefined && version !== control.version) {
      const params = { version: String(control.version) };
      return refuseControl("controls_changed_since", { params });
    }
    const { loosens, digest } = looseningOf(token, controls);
    if (loosens.length > 0 && facts.confirmed !== digest) {
      return refuseControl("loosening_needs_step_up");
    }
    const issuer = saidBy(control, "issuer");
    const next = controlOf(control.version + 1, { holder: controls, issuer });
    return {
      entries: [],
      changes: [
        change(addControl, controlRow(token.id, next, { by: "holder", at: toIso(now) })),
        change(putControl, { number: token.number, control: next.version }),
      ],
      answer: { token: token.id, version: next.version },
    };
  },
};

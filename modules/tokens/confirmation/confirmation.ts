/**
 * A holder confirms one payment ahead of it, where the controls of the token want that for large
 * ones: by a second factor that was asked about this merchant and this amount. The newest
 * confirmation for a merchant counts, for ten minutes and for one payment, of at most its amount.
 */
import { type Instant, machineNow, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import type { z } from "zod";
import { confirmedPaymentContract, tokenNumberContract } from "../contract.ts";
import { digestOf, type Freshness, freshnessOf } from "../control/confirm.ts";
import { refuseControl } from "../control/control.refusals.ts";
import { refuse } from "../refusals.ts";
import { isHolder, type Token } from "../token/token.ts";
import { tokensIn } from "../token/token.store.ts";
import { addConfirmation } from "./confirmation.store.ts";

/** How long a confirmed payment may be made, in business time. */
export const CONFIRMED_MS = 10 * 60_000;

const content = confirmedPaymentContract.extend({ token: tokenNumberContract });
type Confirming = z.infer<typeof content>;

/** Refuses `token_absent`, `loosening_needs_step_up`. */
export const confirmPayment: Command<Confirming, Token | undefined, Freshness> = {
  name: "tokens.confirm_payment",
  class: "USE",
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
  decide({ state: token, command, facts, principal, now, id }) {
    const { holder, merchant, amount } = command;
    if (!token || token.state === "deleted") return refuse("token_absent");
    if (!isHolder(principal, token, holder)) return refuse("token_absent");
    const digest = digestOf({ act: "confirm_payment", token: token.id, merchant, amount });
    if (facts.confirmed !== digest) return refuseControl("loosening_needs_step_up");
    const until = toIso((now + CONFIRMED_MS) as Instant);
    const row = { id, token: token.id, merchant, amount: BigInt(amount), at: toIso(now), until };
    return {
      entries: [],
      changes: [change(addConfirmation, row)],
      answer: { confirmation: id, until },
    };
  },
};

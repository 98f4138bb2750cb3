/**
 * Ending a token for good: its holder or the issuer deletes it, or its holder withdraws the consent
 * that it lives by. Either way the consent ends with it; payments under way are finished.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Tx } from "@sandbank/kernel/store";
import type { z } from "zod";
import { withdrawConsent as withdraw } from "../consent/consent.store.ts";
import { holderBodyContract, tokenNumberContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { causesOf, isHolder, type Token } from "./token.ts";
import { endToken, tokensIn } from "./token.store.ts";

const content = holderBodyContract.extend({ token: tokenNumberContract });
type Ending = z.infer<typeof content>;
type Found = Token | undefined;

const keys = ({ token }: Ending) => ({ reads: [], writes: [`token/${token}`] });
const subject = (token: Found, { holder }: Ending) => token?.holder ?? holder;

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Ending, unknown>[],
): Promise<Found[]> {
  const numbers = questions.map(({ command }) => command.token);
  const tokens = await tokensIn(tx, partition, numbers);
  return numbers.map((number) => tokens.get(number));
}

function ended({ id, number, causes }: Token, at: string): Decision {
  return {
    entries: [],
    changes: [change(endToken, { number }), change(withdraw, { token: id, at })],
    answer: { token: id, state: "deleted", causes: causesOf(causes) },
  };
}

/** By its holder or the issuer. Refuses `token_absent`. */
export const deleteToken: Command<Ending, Found> = {
  name: "tokens.delete_token",
  class: "SERVICE",
  contract: content,
  may: ["customer", "institution_operator"],
  ...{ keys, subject, load },
  decide({ state: token, command, principal, now }) {
    if (!token || token.state === "deleted") return refuse("token_absent");
    const issuer = principal.roles.includes("institution_operator");
    if (!issuer && !isHolder(principal, token, command.holder)) return refuse("token_absent");
    return ended(token, toIso(now));
  },
};

/** By its holder, who withdraws his consent. Refuses `token_absent`. */
export const withdrawConsent: Command<Ending, Found> = {
  name: "tokens.withdraw_consent",
  class: "SERVICE",
  contract: content,
  may: ["customer"],
  ...{ keys, subject, load },
  decide({ state: token, command, principal, now }) {
    if (!token || token.state === "deleted") return refuse("token_absent");
    if (!isHolder(principal, token, command.holder)) return refuse("token_absent");
    return ended(token, toIso(now));
  },
};

/**
 * Money that goes back from a card to where it came from: what a holder leaves with, or moves away
 * again. What is held for payments under way stays until they end.
 */
import { type Command } from "@sandbank/kernel/guard";
import { fen, fenText } from "@sandbank/kernel/money";
import { z } from "zod";
import { refuse } from "../refusals.ts";
import { actsFor, type Card, cardAccount, FUNDING } from "./account.ts";
import { cardsIn } from "./account.store.ts";

const content = z.strictObject({ card: z.uuid(), amount: fenText });
type Returning = z.infer<typeof content>;

/**
 * Returns money to the holder's account at the bank, by himself or by the issuer, from a closed card
 * too. Posting: debit `card/{id}`, credit `issuer/funding`, at once. Refuses `card_unknown`, also to
 * another holder, and by the ledger `funds_insufficient`.
 */
export const returnFunds: Command<Returning, Card | undefined> = {
  name: "tokens.return_funds",
  class: "SERVICE",
  contract: content,
  may: ["customer", "institution_operator"],
  keys: ({ card }) => ({ reads: [`card/${card}`], writes: [] }),
  subject: (card) => card?.holder,
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.card);
    const cards = await cardsIn(tx, partition, ids);
    return ids.map((id) => cards.get(id));
  },
  decide({ state, command, principal }) {
    const isIssuer = principal.roles.includes("institution_operator");
    if (!state || !(isIssuer || actsFor(principal, state.holder))) return refuse("card_unknown");
    const debit = { ...cardAccount(state.id), owner: state.holder };
    const amount = fen(BigInt(command.amount));
    return {
      entries: [{ kind: "transfer", debit, credit: FUNDING, amount }],
      changes: [],
      answer: { card: state.id, amount: command.amount },
    };
  },
};

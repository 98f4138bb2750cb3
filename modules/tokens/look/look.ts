/**
 * Looking at card numbers, as an act. The vault counts each look and writes it down; this is its leaf
 * in the public log, committed before anything is opened: who looked at which cards and what for, as
 * commitments. No number and no index ever comes here.
 */
import { type Command } from "@sandbank/kernel/guard";
import type { Role } from "@sandbank/kernel/identity";
import type { Card } from "../account/account.ts";
import { cardsIn } from "../account/account.store.ts";
import { refuse } from "../refusals.ts";
import { newLookContract, type NewLook } from "../vault.contract.ts";
import { PURPOSES, ruleFor } from "../vault/purpose.ts";
import { refuse as refuseByVault } from "../vault/vault.refusals.ts";

const LOOKERS: readonly Role[] = [
  ...new Set(Object.values(PURPOSES).flatMap(({ roles }): readonly Role[] => roles)),
];

/**
 * Grants a look. Refuses `detokenise_purpose_not_yours` and `card_unknown`; afterwards the vault
 * refuses `detokenise_quota_spent` and `detokenise_delivered`.
 */
export const look: Command<NewLook, readonly (Card | undefined)[]> = {
  name: "tokens.look",
  class: "SERVICE",
  contract: newLookContract,
  may: LOOKERS,
  keys: ({ cards }) => ({ reads: cards.map((card) => `card/${card}`), writes: [] }),
  // A look at cards of several holders is nobody's alone: it names them by reference only.
  subject(cards) {
    const holders = new Set(cards.map((card) => card?.holder));
    return holders.size === 1 ? [...holders][0] : undefined;
  },
  async load(tx, partition, questions) {
    const ids = questions.flatMap(({ command }) => command.cards);
    const found = await cardsIn(tx, partition, ids);
    return questions.map(({ command }) => command.cards.map((card) => found.get(card)));
  },
  decide({ state, command, principal, id }) {
    if (!ruleFor(command.purpose, principal)) return refuseByVault("detokenise_purpose_not_yours");
    if (state.some((card) => card === undefined)) return refuse("card_unknown");
    return { entries: [], changes: [], answer: { look: id, cards: command.cards.length } };
  },
};

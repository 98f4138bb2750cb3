/** The cards of a holder, in the database. */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store } from "@sandbank/kernel/store";
import type { CardState } from "../contract.ts";

const CARDS = statement(
  "tokens.cards_of_holder",
  `select id, last4, expires, state from tokens.card
    where partition = $1 and holder = $2 order by at desc, id limit 100`,
);

/** What is shown of a card. */
export interface CardLine {
  readonly id: string;
  readonly last4: string;
  readonly expires: Instant;
  readonly state: CardState;
}

/** A holder's cards, newest first, at most 100. */
export function findCards(store: Store, partition: number, holder: string): Promise<CardLine[]> {
  return store.query<CardLine>(CARDS, [partition, holder]);
}

/**
 * A card as the issuer keeps its account: a reference, a face, a holder, and an account of the ledger
 * that may not be overdrawn. The number itself is the vault's; nothing here ever sees it.
 */
import {
  type CalendarDate,
  addMonths,
  calendarDate,
  shanghaiMidnight,
} from "@sandbank/kernel/clock";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { AccountRef } from "@sandbank/kernel/ledger";
import { fen, fenText } from "@sandbank/kernel/money";
import { z } from "zod";
import { type CardState, expiryContract, holderContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { addCard as addCardRow, cardsIn } from "./account.store.ts";

/** A card as decisions see it. */
export interface Card {
  readonly id: string;
  readonly holder: string;
  readonly par: string;
  readonly last4: string;
  readonly bin: string;
  /** The first instant at which it is no longer valid. */
  readonly expires: Instant;
  readonly state: CardState;
}

/** The card's account in money. Its position is negative by what lies on it, and never above 0. */
export function cardAccount(card: string): AccountRef {
  return { key: `card/${card}`, book: "money:CNY", cap: 0n };
}

/** Where money on cards comes from and goes back to: holders' accounts at the issuer, all together. */
export const FUNDING: AccountRef = { key: "issuer/funding", book: "money:CNY" };

/** The instant at which a card of this last month, `YYYY-MM`, is no longer valid. */
export function endOfMonth(month: string): Instant {
  const first: CalendarDate = calendarDate(`${month}-01`);
  return shanghaiMidnight(addMonths(first, 1));
}

/**
 * What an act of a holder at his bank states beside who he is: cards are added and tokens made in the
 * bank's own app and nowhere else (P4.2), by persons. A pilot's declared channels and customers are
 * held against it.
 */
export const AT_THE_BANK = {
  channel: "bank_app",
  eligibility: { customerType: "person" },
} as const;

/**
 * True if the principal may act for the holder: a person for himself, and the key of an institution
 * for each of its customers, who are fictional in the demonstration.
 */
export function actsFor(principal: Principal, holder: string | undefined): boolean {
  if (holder === undefined || !principal.roles.includes("customer")) return false;
  return principal.kind === "key" || principal.id === holder;
}

const content = z.strictObject({
  cardRef: z.uuid(),
  holder: holderContract,
  par: z.string().regex(/^[0-9A-Z]{29}$/),
  last4: z.string().regex(/^[0-9]{4}$/),
  bin: z.string().regex(/^[0-9]{6,8}$/),
  expires: expiryContract,
});
type Adding = z.infer<typeof content>;

/**
 * Adds a card that the vault has sealed. The first one makes its holder a customer of the pilot.
 * Refuses `holder_is_another`, `card_exists`, `card_expired`.
 */
export const addCard: Command<Adding, Card | undefined> = {
  name: "tokens.add_card",
  class: "OPEN",
  contract: content,
  may: ["customer"],
  keys: ({ cardRef }) => ({ reads: [], writes: [`card/${cardRef}`] }),
  subject: (_state, { holder }) => holder,
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.cardRef);
    const cards = await cardsIn(tx, partition, ids);
    return ids.map((id) => cards.get(id));
  },
  decide({ state, command, principal, now }) {
    const { cardRef, holder, par, last4, bin } = command;
    if (!actsFor(principal, holder)) return refuse("holder_is_another");
    if (state) return refuse(state.holder === holder ? "card_exists" : "holder_is_another");
    const expires = endOfMonth(command.expires);
    if (expires <= now) return refuse("card_expired");
    const row = { id: cardRef, holder, par, last4, bin, expires: toIso(expires), state: "open" };
    return {
      entries: [],
      counts: { as: "use", customer: holder, ...AT_THE_BANK },
      changes: [change(addCardRow, { ...row, at: toIso(now) })],
      answer: { card: cardRef },
    };
  },
};

const funding = z.strictObject({ card: z.uuid(), amount: fenText });
type Funding = z.infer<typeof funding>;

/**
 * Puts money on a card. Posting: debit `issuer/funding`, credit `card/{id}`, at once.
 * Refuses `card_unknown`, `card_closed`.
 */
export const fundCard: Command<Funding, Card | undefined> = {
  name: "tokens.fund_card",
  class: "SERVICE",
  contract: funding,
  may: ["institution_operator"],
  keys: ({ card }) => ({ reads: [`card/${card}`], writes: [] }),
  subject: (card) => card?.holder,
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.card);
    const cards = await cardsIn(tx, partition, ids);
    return ids.map((id) => cards.get(id));
  },
  decide({ state, command }) {
    if (!state) return refuse("card_unknown");
    if (state.state === "closing" || state.state === "closed") return refuse("card_closed");
    const credit = { ...cardAccount(state.id), owner: state.holder };
    const amount = fen(BigInt(command.amount));
    return {
      entries: [{ kind: "transfer", debit: FUNDING, credit, amount }],
      changes: [],
      answer: { card: state.id, amount: command.amount },
    };
  },
};

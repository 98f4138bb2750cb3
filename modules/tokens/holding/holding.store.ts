/** What a holder has, in the database: cards, scenes to choose from, payments by their ids. */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store, uuidArray } from "@sandbank/kernel/store";
import type { Payment } from "../payment/payment.ts";

const CARDS = statement(
  "tokens.cards_of_holder",
  `select id, last4, expires, state from tokens.card
    where partition = $1 and holder = $2 order by at desc, id limit 100`,
);
const SCENES = statement(
  "tokens.scenes_offered",
  `select s.id, s.name_zh, s.name_en, s.trid, r.name_zh as by_zh, r.name_en as by_en
     from tokens.scene s
     join tokens.requestor r on r.partition = s.partition and r.trid = s.trid
    where s.partition = $1 order by s.id limit 500`,
);
const PAYMENTS = statement(
  "tokens.payments_of_acts",
  `select id, token, card, scene, merchant, reference, amount, captured, refunded, state, at, expires
     from tokens.authorisation where partition = $1 and id = any($2::uuid[])`,
);

/** What is shown of a card. */
export interface CardLine {
  readonly id: string;
  readonly last4: string;
  readonly expires: Instant;
  readonly state: "open" | "closed";
}

/** A holder's cards, newest first, at most 100. */
export function findCards(store: Store, partition: number, holder: string): Promise<CardLine[]> {
  return store.query<CardLine>(CARDS, [partition, holder]);
}

export interface SceneLine {
  readonly id: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly trid: string;
  readonly by_zh: string;
  readonly by_en: string;
}

/** The scenes of a partition, which are those of every one; at most 500. */
export function findScenes(store: Store, partition: number): Promise<SceneLine[]> {
  return store.query<SceneLine>(SCENES, [partition]);
}

export type PaymentLine = Omit<Payment, "holder" | "trid" | "organisation" | "channel" | "windows">;

/** The payments that these acts authorised. */
export async function findPayments(
  store: Store,
  partition: number,
  acts: readonly string[],
): Promise<Map<string, PaymentLine>> {
  const rows = await store.query<PaymentLine>(PAYMENTS, [partition, uuidArray(acts)]);
  return new Map(rows.map((row) => [row.id, row]));
}

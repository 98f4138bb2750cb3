/** Authorisations in the database. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { KeptState, Payment } from "./payment.ts";

const PAYMENTS = statement(
  "tokens.payments",
  `select id, token, card, holder, trid, organisation, scene, merchant, channel, reference, amount,
          captured, refunded, state, windows, at, expires
     from tokens.authorisation where partition = $1 and id = any($2::uuid[])`,
);
const PLACE = statement(
  "tokens.partition_of_payment",
  "select partition from tokens.authorisation where partition = any($1::int[]) and id = $2 limit 1",
);

interface NewPayment extends Omit<Payment, "captured" | "refunded" | "state" | "at" | "expires"> {
  readonly control: number;
  readonly at: string;
  readonly expires: string;
}

export const addPayment: Effect<NewPayment> = {
  statement: statement(
    "tokens.add_authorisation",
    `insert into tokens.authorisation (partition, id, token, card, holder, trid, organisation, scene,
       merchant, channel, reference, amount, control, windows, at, expires, state)
     select $1, n.*, 'authorised'
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
         $8::text[], $9::text[], $10::text[], $11::text[], $12::int8[], $13::int[], $14::int[],
         $15::timestamptz[], $16::timestamptz[]) n`,
  ),
  columns: [
    ...(["id", "token", "card", "holder", "trid", "organisation", "scene", "merchant"] as const),
    ...(["channel", "reference", "amount", "control", "windows", "at", "expires"] as const),
  ],
};

export const putPayment: Effect<{
  readonly id: string;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly state: KeptState;
}> = {
  statement: statement(
    "tokens.put_authorisation",
    `update tokens.authorisation a set captured = n.captured, refunded = n.refunded, state = n.state
       from unnest($2::uuid[], $3::int8[], $4::int8[], $5::text[]) n(id, captured, refunded, state)
      where a.partition = $1 and a.id = n.id`,
  ),
  columns: ["id", "captured", "refunded", "state"],
};

/** The payments of these ids that exist. */
export async function paymentsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<Map<string, Payment>> {
  const rows = await tx.query<Payment>(PAYMENTS, [partition, uuidArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One payment for a reader, or undefined. */
export async function findPayment(
  store: Store,
  partitions: readonly number[],
  id: string,
): Promise<Payment | undefined> {
  const partition = await findPaymentPartition(store, partitions, id);
  const [payment] = await store.query<Payment>(PAYMENTS, [partition, uuidArray([id])]);
  return payment;
}

/** Which of these partitions keeps the payment; the first for one that none keeps. */
export async function findPaymentPartition(
  store: Store,
  partitions: readonly number[],
  id: string,
): Promise<number> {
  const [first = 0] = partitions;
  if (partitions.length === 1) return first;
  const rows = await store.query<{ partition: number }>(PLACE, [`{${partitions.join(",")}}`, id]);
  return rows[0]?.partition ?? first;
}

/** Authorisations in the database. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { KeptState, Payment } from "./payment.ts";

const PAYMENTS = statement(
  "tokens.payments",
  `select id, hold, token, card, holder, trid, organisation, scene, merchant, mcc, country,
          channel, reference, amount, captured, refunded, state, windows, at, expires
     from tokens.authorisation where partition = $1 and id = any($2::uuid[])`,
);
const PLACE = statement(
  "tokens.partition_of_payment",
  "select partition from tokens.authorisation where partition = any($1::int[]) and id = $2 limit 1",
);

const NUMBERS = statement(
  "tokens.numbers_of_payments",
  `select a.id, t.number from tokens.authorisation a
     join tokens.token t on t.partition = a.partition and t.id = a.token
    where a.partition = $1 and a.id = any($2::uuid[])`,
);

interface NewPayment extends Omit<
  Payment,
  "hold" | "mcc" | "country" | "captured" | "refunded" | "state" | "at" | "expires"
> {
  readonly mcc: string;
  readonly country: string;
  readonly control: number;
  readonly at: string;
  readonly expires: string;
}

export const addPayment: Effect<NewPayment> = {
  statement: statement(
    "tokens.add_authorisation",
    `insert into tokens.authorisation (partition, id, token, card, holder, trid, organisation, scene,
       merchant, mcc, country, channel, reference, amount, control, windows, at, expires, hold, state)
     select $1, n.*, n.id, 'authorised'
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
         $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::int8[],
         $15::int[], $16::int[], $17::timestamptz[], $18::timestamptz[])
         n(id, token, card, holder, trid, organisation, scene, merchant, mcc, country, channel,
           reference, amount, control, windows, at, expires)`,
  ),
  columns: [
    ...(["id", "token", "card", "holder", "trid", "organisation", "scene", "merchant"] as const),
    ...(["mcc", "country", "channel", "reference", "amount", "control", "windows"] as const),
    ...(["at", "expires"] as const),
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

export const raisePayment: Effect<
  Pick<Payment, "id" | "hold" | "amount" | "windows"> & {
    readonly control: number;
    readonly at: string;
  }
> = {
  statement: statement(
    "tokens.raise_authorisation",
    `update tokens.authorisation a set hold = n.hold, amount = n.amount, windows = n.windows,
       control = n.control, at = n.at
       from unnest($2::uuid[], $3::uuid[], $4::int8[], $5::int[], $6::int[], $7::timestamptz[])
            n(id, hold, amount, windows, control, at)
      where a.partition = $1 and a.id = n.id`,
  ),
  columns: ["id", "hold", "amount", "windows", "control", "at"],
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

/** The numbers of the tokens that these payments were made with, by payment. */
export async function numbersOfIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows(NUMBERS, [partition, uuidArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row[0] as string, row[1] as string]));
}

/** Some payments of one partition for a reader, by id. */
export async function findPayments(
  store: Store,
  partition: number,
  ids: readonly string[],
): Promise<Map<string, Payment>> {
  if (ids.length === 0) return new Map();
  const rows = await store.query<Payment>(PAYMENTS, [partition, uuidArray([...new Set(ids)])]);
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

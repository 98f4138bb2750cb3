/** Cryptograms in the database: for what each was made, and which are spent. Never a code. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { int8Array, statement, textArray, type Tx } from "@sandbank/kernel/store";
import type { Bound, Cryptogram } from "./cryptogram.ts";

const MADE = statement(
  "tokens.cryptograms",
  `select c.number, c.counter, c.scene, c.organisation, c.amount, c.currency, c.expires,
          s.counter is not null as spent
     from unnest($2::text[], $3::int8[]) n(number, counter)
     join tokens.cryptogram c
       on c.partition = $1 and c.number = n.number and c.counter = n.counter
     left join tokens.spent_cryptogram s
       on s.partition = $1 and s.number = c.number and s.counter = c.counter`,
);
const LAST = statement(
  "tokens.last_counters",
  `select n.number, coalesce((select max(c.counter) from tokens.cryptogram c
                               where c.partition = $1 and c.number = n.number), 0) as counter
     from unnest($2::text[]) n(number)`,
);

interface NewCryptogram extends Bound {
  readonly number: string;
  readonly at: string;
  readonly expires: string;
}

export const addCryptogram: Effect<NewCryptogram> = {
  statement: statement(
    "tokens.add_cryptogram",
    `insert into tokens.cryptogram
       (partition, number, counter, scene, organisation, amount, currency, at, expires)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::int8[], $7::text[],
       $8::timestamptz[], $9::timestamptz[])`,
  ),
  columns: [
    ...(["number", "counter", "scene", "organisation", "amount", "currency"] as const),
    ...(["at", "expires"] as const),
  ],
};

export const spendCryptogram: Effect<{
  readonly number: string;
  readonly counter: number;
  readonly act: string;
  readonly at: string;
}> = {
  statement: statement(
    "tokens.spend_cryptogram",
    `insert into tokens.spent_cryptogram (partition, number, counter, act, at)
     select $1, * from unnest($2::text[], $3::int[], $4::uuid[], $5::timestamptz[])`,
  ),
  columns: ["number", "counter", "act", "at"],
};

/** Where a cryptogram stands: the number of its token and its counter. */
export interface CryptogramPlace {
  readonly number: string;
  readonly counter: number;
}

/** One name for a place, to find what was read of it. */
export function placeName({ number, counter }: CryptogramPlace): string {
  return `${number}/${counter}`;
}

/** Those of these cryptograms that were made, by place. */
export async function cryptogramsIn(
  tx: Tx,
  partition: number,
  places: readonly CryptogramPlace[],
): Promise<Map<string, Cryptogram>> {
  const rows = await tx.query<Cryptogram & { readonly number: string; expires: Instant }>(MADE, [
    partition,
    textArray(places.map(({ number }) => number)),
    int8Array(places.map(({ counter }) => BigInt(counter))),
  ]);
  return new Map(rows.map((row) => [placeName(row), row]));
}

/** The last counter of each of these tokens, 0 before the first. */
export async function lastCountersIn(
  tx: Tx,
  partition: number,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<CryptogramPlace>(LAST, [partition, textArray(numbers)]);
  return new Map(rows.map(({ number, counter }) => [number, counter]));
}

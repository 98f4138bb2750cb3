/** What the module's tables hold of one holder, and taking it away. */
import type { Instant } from "@sandbank/kernel/clock";
import { type Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx, uuidArray } from "@sandbank/kernel/store";

const HELD = statement(
  "tokens.held_of",
  `select h.holder,
          array(select c.id::text from tokens.card c
                 where c.partition = $1 and c.holder = h.holder order by c.id) as cards,
          exists (select from tokens.token t
                   where t.partition = $1 and t.holder = h.holder and t.state = 'live') as live
     from unnest($2::text[]) h(holder)`,
);

/** What there is of a holder. */
export interface Held {
  readonly holder: string;
  readonly cards: readonly string[];
  /** True while a token could still pay. */
  readonly live: boolean;
}

export async function heldIn(
  tx: Tx,
  partition: number,
  holders: readonly string[],
): Promise<ReadonlyMap<string, Held>> {
  const rows = await tx.query<Held>(HELD, [partition, textArray([...new Set(holders)])]);
  return new Map(rows.map((row) => [row.holder, row]));
}

/** Cards lose name, reference and face and close; tokens lose the name; declines and notices go. */
export const eraseHolder: Effect<{ readonly holder: string }> = {
  statement: statement(
    "tokens.erase_holder",
    `with cards as (
       update tokens.card c set holder = 'erased', par = rpad('ERASED', 29, '0'), last4 = '0000',
              bin = '000000', state = 'closed', next_at = null
        where c.partition = $1 and c.holder = any($2::text[])),
     declines as (
       delete from tokens.decline d where d.partition = $1 and d.holder = any($2::text[])),
     notices as (
       delete from tokens.ending_notice n where n.partition = $1 and n.holder = any($2::text[]))
     update tokens.token t set holder = 'erased'
      where t.partition = $1 and t.holder = any($2::text[])`,
  ),
  columns: ["holder"],
};

/** Payments lose name and order; what was paid where, and when, stays. */
export const erasePayment: Effect<{ readonly id: string }> = {
  statement: statement(
    "tokens.erase_payment",
    `update tokens.authorisation a set holder = 'erased', reference = 'erased'
      where a.partition = $1 and a.id = any($2::uuid[])`,
  ),
  columns: ["id"],
};

/** An erasure as its receipt tells of it. It names nobody. */
export interface Erasure {
  readonly id: string;
  readonly cards: number;
  readonly acts: number;
  readonly payments: number;
  readonly at: Instant;
  /** Rows with salt and ciphertext that the vault destroyed; null until it has. */
  readonly sealed: number | null;
  readonly claims: number | null;
  readonly destroyed_at: Instant | null;
}

const ERASURES = statement(
  "tokens.erasures",
  `select id::text as id, cards, acts, payments, at, sealed, claims, destroyed_at
     from tokens.erasure where partition = any($1::int[]) and id = any($2::uuid[])`,
);

/** The erasures of these ids in a partition. */
export async function erasuresIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Erasure>> {
  const rows = await tx.query<Erasure>(ERASURES, [`{${partition}}`, uuidArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One erasure for a reader, or undefined. */
export async function findErasure(
  store: Store,
  partitions: readonly number[],
  id: string,
): Promise<Erasure | undefined> {
  const values = [`{${partitions.join(",")}}`, uuidArray([id])];
  const [row] = await store.query<Erasure>(ERASURES, values);
  return row;
}

interface NewErasure extends Pick<Erasure, "id" | "cards" | "acts" | "payments"> {
  readonly at: string;
}

export const addErasure: Effect<NewErasure> = {
  statement: statement(
    "tokens.add_erasure",
    `insert into tokens.erasure (partition, id, cards, acts, payments, at)
     select $1, * from unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::timestamptz[])`,
  ),
  columns: ["id", "cards", "acts", "payments", "at"],
};

interface Destroyed {
  readonly id: string;
  readonly sealed: number;
  readonly claims: number;
  readonly destroyed_at: string;
}

export const putDestroyed: Effect<Destroyed> = {
  statement: statement(
    "tokens.put_destroyed",
    `update tokens.erasure e set sealed = n.sealed, claims = n.claims, destroyed_at = n.destroyed_at
       from unnest($2::uuid[], $3::int[], $4::int[], $5::timestamptz[])
         n(id, sealed, claims, destroyed_at)
      where e.partition = $1 and e.id = n.id`,
  ),
  columns: ["id", "sealed", "claims", "destroyed_at"],
};

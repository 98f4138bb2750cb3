/** What there is to bring to an end in the database, and bringing it there, thousands at a time. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, timestamptz, type Tx } from "@sandbank/kernel/store";

/** Holders who have something that ends and were not told; `$1` is a list of partitions. */
const UNTOLD = `select h.partition, h.holder from (
    select t.partition, t.holder from tokens.token t
     where t.partition = any($1::int[]) and t.state = 'live'
    union
    select c.partition, c.holder from tokens.card c
     where c.partition = any($1::int[]) and c.state <> 'closed') h
   where h.holder <> 'erased'
     and not exists (select from tokens.ending_notice e
                      where e.partition = h.partition and e.holder = h.holder)`;

const COUNTED = statement(
  "tokens.counted_to_end",
  `select (select count(*) from (${UNTOLD}) u) as untold,
          (select count(*) from tokens.token
            where partition = any($1::int[]) and state = 'live') as tokens,
          (select count(*) from tokens.card
            where partition = any($1::int[]) and state <> 'closed') as cards,
          (select max(expires) from tokens.authorisation
            where partition = any($1::int[]) and state in ('authorised', 'part_captured')) as last`,
);

/** How much of each is left. */
export interface Counted {
  readonly untold: bigint;
  readonly tokens: bigint;
  readonly cards: bigint;
  /** When the last payment ends that is not finished; null for none. */
  readonly last: Instant | null;
}

const listOf = (partitions: readonly number[]) => `{${partitions.join(",")}}`;

/** What is left in some partitions, for a reader. */
export async function countLeft(store: Store, partitions: readonly number[]): Promise<Counted> {
  const [row] = await store.query<Counted>(COUNTED, [listOf(partitions)]);
  return row as Counted;
}

/** What is left in one partition, under its lock. */
export async function countLeftIn(tx: Tx, partition: number): Promise<Counted> {
  const [row] = await tx.query<Counted>(COUNTED, [listOf([partition])]);
  return row as Counted;
}

const PAYMENTS = statement(
  "tokens.payments_left",
  `select id::text as id, amount - captured as amount, expires, count(*) over () as all
     from tokens.authorisation
    where partition = any($1::int[]) and state in ('authorised', 'part_captured')
      and expires > $2::timestamptz
    order by expires, id limit $3`,
);

export interface PaymentLeft {
  readonly id: string;
  /** What is still held, in fen. */
  readonly amount: bigint;
  readonly expires: Instant;
  /** How many there are, listed or not. */
  readonly all: bigint;
}

/** Payments that are still in flight at an instant, those that end first, at most so many. */
export function paymentsLeft(
  store: Store,
  partitions: readonly number[],
  { now, most }: { readonly now: Instant; readonly most: number },
): Promise<PaymentLeft[]> {
  return store.query(PAYMENTS, [listOf(partitions), timestamptz(now), most]);
}

const SCENES = statement(
  "tokens.scenes_left",
  `select distinct id from tokens.scene
    where partition = any($1::int[]) and state <> 'ended' order by id`,
);

/** Scenes that are not cut off, by id; a pilot has at most some hundreds. */
export async function scenesLeft(store: Store, partitions: readonly number[]): Promise<string[]> {
  const rows = await store.query<{ id: string }>(SCENES, [listOf(partitions)]);
  return rows.map(({ id }) => id);
}

const REQUESTORS = statement(
  "tokens.requestors_to_pay",
  "select distinct trid from tokens.requestor where partition = any($1::int[]) order by trid",
);

/** Every requestor there ever was. */
export async function requestorsToPay(
  store: Store,
  partitions: readonly number[],
): Promise<string[]> {
  const rows = await store.query<{ trid: string }>(REQUESTORS, [listOf(partitions)]);
  return rows.map(({ trid }) => trid);
}

const NOTICE = statement(
  "tokens.ending_notice_of",
  "select version, at from tokens.ending_notice where partition = $1 and holder = $2",
);

/** What a holder was told and when, or undefined. */
export async function findNotice(
  store: Store,
  partition: number,
  holder: string,
): Promise<{ readonly version: number; readonly at: Instant } | undefined> {
  const [row] = await store.query<{ version: number; at: Instant }>(NOTICE, [partition, holder]);
  return row;
}

/** At most so many of what is left, at an instant. */
interface Sweep {
  readonly most: number;
  readonly at: string;
  readonly version: number;
}
const SWEEP = ["most", "at", "version"] as const;
const ASKED = `n as (
       select * from unnest($2::int[], $3::timestamptz[], $4::int[]) n(most, at, version))`;

export const tellHolders: Effect<Sweep> = {
  statement: statement(
    "tokens.tell_holders",
    `with ${ASKED}
     insert into tokens.ending_notice (partition, holder, version, at)
     select $1, u.holder, n.version, n.at from n
      cross join lateral (
        select holder from (${UNTOLD.replaceAll("any($1::int[])", "$1")}) u
         order by holder limit n.most) u`,
  ),
  columns: SWEEP,
};

export const endTokens: Effect<Sweep> = {
  statement: statement(
    "tokens.end_tokens",
    `with ${ASKED},
     gone as (
       select t.number, t.id, n.at from n
        cross join lateral (
          select number, id from tokens.token where partition = $1 and state = 'live'
           order by number limit n.most) t),
     consents as (
       update tokens.consent c set withdrawn = g.at from gone g
        where c.partition = $1 and c.token = g.id and c.withdrawn is null)
     update tokens.token t set state = 'deleted' from gone g
      where t.partition = $1 and t.number = g.number`,
  ),
  columns: SWEEP,
};

export const unbindCards: Effect<Sweep> = {
  statement: statement(
    "tokens.unbind_cards",
    `with ${ASKED},
     gone as (
       select c.id from n
        cross join lateral (
          select id from tokens.card where partition = $1 and state <> 'closed'
           order by id limit n.most) c)
     update tokens.card c set state = 'closed', next_at = null from gone g
      where c.partition = $1 and c.id = g.id`,
  ),
  columns: SWEEP,
};

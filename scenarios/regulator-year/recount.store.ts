/**
 * SQL of the recount: rows as they were first written, read beside the running server by statements
 * of its own. It reads what the server's figures never sum: single knocks instead of their counters,
 * hours instead of months, the journal's refusals, the ledger's history instead of its balances.
 */
import { join } from "node:path";
import type { Instant } from "@sandbank/kernel/clock";
import { type Database, openDatabase, statement, type Store } from "@sandbank/kernel/store";
import { migrations, roles } from "@sandbank/server";

/** The store of a year's server, joined as its owner; it is read and never written. */
export function joinStore(data: string): Promise<Database> {
  const folder = join(data, "sandbank");
  return openDatabase({ folder, mode: "demo", migrations, roles, join: true });
}

// Down while three of the latest five knocks at an endpoint failed; each speaks for the time since
// the one before it, for thirty seconds at most, and the first for none.
const KNOCKED = statement(
  "year.knocked",
  `with knocks as (
     select k.at, count(*) filter (where not k.ok) over latest >= 3 as down,
            least(30000, coalesce(extract(epoch from k.at - lag(k.at) over inorder) * 1000, 0)) as ms
       from sandbox.probe k where k.pilot = $1
     window inorder as (partition by k.target order by k.at),
            latest as (partition by k.target order by k.at rows between 4 preceding and current row))
   select date_trunc('month', at, 'Asia/Shanghai') as month, sum(ms)::int8 as observed_ms,
          coalesce(sum(ms) filter (where down), 0)::int8 as down_ms
     from knocks group by 1`,
);

/** A month of knocks at the endpoints of a pilot, by machine time. */
export interface Knocked {
  readonly month: Instant;
  readonly observed_ms: bigint;
  readonly down_ms: bigint;
}

export function knockedAt(store: Store, pilot: string): Promise<Knocked[]> {
  return store.query(KNOCKED, [pilot]);
}

const ANSWERED = statement(
  "year.answered",
  `select date_trunc('month', begins, 'Asia/Shanghai') as month, bucket_us,
          sum(answered)::int8 as answered, sum(refused)::int8 as refused, sum(failed)::int8 as failed
     from sandbox.requests_counted where pilot = $1 and span = 'hour' group by 1, 2`,
);

/** Requests of a month that took up to `bucket_us`, 0 for longer than any bucket. */
export interface Answered {
  readonly month: Instant;
  readonly bucket_us: bigint;
  readonly answered: bigint;
  readonly refused: bigint;
  readonly failed: bigint;
}

export function answeredFor(store: Store, pilot: string): Promise<Answered[]> {
  return store.query(ANSWERED, [pilot]);
}

const DENIED = statement(
  "year.denied",
  `select j.seq, j.at, j.outcome, coalesce(f.one ->> 'code', j.outcome) as code,
          coalesce(f.one ->> 'limit', '') as rule, f.one ->> 'clause' as clause,
          (f.one ->> 'used')::int8 as used, (f.one ->> 'cap')::int8 as cap,
          (f.one ->> 'asked')::int8 as asked
     from guard.partition p
     join guard.journal j on j.partition = p.partition and j.outcome not in ('accepted', 'parked')
     left join lateral jsonb_array_elements(j.answer::jsonb -> 'failed')
            with ordinality f(one, nth) on true
    where p.pilot = $1 order by j.seq, f.nth`,
);

/** One thing that said no to one act; an act that several said no to has several. */
export interface Denial {
  readonly seq: bigint;
  readonly at: Instant;
  /** The code of the whole refusal. */
  readonly outcome: string;
  readonly code: string;
  /** The limit or check, or nothing where the refusal names none. */
  readonly rule: string;
  readonly clause: string | null;
  readonly used: bigint | null;
  readonly cap: bigint | null;
  readonly asked: bigint | null;
}

export function denialsOf(store: Store, pilot: string): Promise<Denial[]> {
  return store.query(DENIED, [pilot]);
}

const POOLED = statement(
  "year.pooled",
  `select coalesce(sum(case t.kind when 2 then t.amount else -t.amount end), 0)::int8 as fen
     from ledger.account a
     join ledger.act x on x.partition = a.partition and a.id = any (x.accounts)
     cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
    where a.key = 'pool/' || $1 and t.account = a.id and t.kind in (1, 2)`,
);

/** What all postings to a pilot's pool add up to, in fen. */
export async function pooledOf(store: Store, pilot: string): Promise<bigint> {
  const [row] = await store.query<{ fen: bigint }>(POOLED, [pilot]);
  return row?.fen ?? 0n;
}

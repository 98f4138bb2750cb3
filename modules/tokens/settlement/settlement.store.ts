/** Settled days in the database, and what moved in them. */
import type { CalendarDate, Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx } from "@sandbank/kernel/store";
import type { DayMoved, Line, Settled } from "./settlement.ts";

const OPEN = statement(
  "tokens.days_to_settle",
  `select n.trid, n.day, l.day::text as last, coalesce(l.closing, 0) as opening,
          (select min(m.day)::text from tokens.movement m
            where m.partition = $1 and m.trid = n.trid
              and m.day > coalesce(l.day, '-infinity') and m.day < n.day::date) as waiting,
          count(m.id) filter (where m.kind = 'capture') as captures,
          coalesce(sum(m.amount) filter (where m.kind = 'capture'), 0)::int8 as captured,
          count(m.id) filter (where m.kind = 'refund') as refunds,
          coalesce(sum(m.amount) filter (where m.kind = 'refund'), 0)::int8 as refunded
     from unnest($2::text[], $3::text[]) n(trid, day)
     left join lateral (select s.day, s.closing from tokens.settlement s
                         where s.partition = $1 and s.trid = n.trid
                         order by s.day desc limit 1) l on true
     left join tokens.movement m
       on m.partition = $1 and m.trid = n.trid and m.day = n.day::date
    group by n.trid, n.day, l.day, l.closing`,
);
const DAYS = statement(
  "tokens.settled_days",
  `select day::text, sum(opening)::int8 as opening, sum(captures)::int8 as captures,
          sum(captured)::int8 as captured, sum(refunds)::int8 as refunds,
          sum(refunded)::int8 as refunded, sum(paid)::int8 as paid, sum(closing)::int8 as closing
     from tokens.settlement
    where partition = any($1::int[]) and trid = $2 and day < coalesce($3::date, 'infinity')
    group by day order by day desc limit $4`,
);
const DAY = statement(
  "tokens.settled_day",
  `select opening, captures, captured, refunds, refunded, paid, closing from tokens.settlement
    where partition = any($1::int[]) and trid = $2 and day = $3::date`,
);
const LINES = statement(
  "tokens.settled_lines",
  `select kind, payment, merchant, scene, amount, at from tokens.movement
    where partition = any($1::int[]) and trid = $2 and day = $3::date
    order by at, id offset $4 limit $5`,
);

const UNSETTLED = statement(
  "tokens.unsettled_days",
  `select r.partition, r.trid, d.day
     from tokens.requestor r
     left join lateral (select s.day from tokens.settlement s
                         where s.partition = r.partition and s.trid = r.trid
                         order by s.day desc limit 1) l on true
     cross join lateral (
       select case r.state
         when 'ended' then (select min(m.day) from tokens.movement m
                             where m.partition = r.partition and m.trid = r.trid
                               and m.day > coalesce(l.day, '-infinity'))
         else coalesce(l.day + 1, (r.at at time zone 'Asia/Shanghai')::date)
       end as day) d
    where r.partition = any($1::int[]) and r.state <> 'applied' and d.day < $2::date
    order by d.day, r.partition, r.trid`,
);

export const addSettlement: Effect<
  Settled & { readonly trid: string; readonly day: string; readonly at: string }
> = {
  statement: statement(
    "tokens.add_settlement",
    `insert into tokens.settlement (partition, trid, day, opening, captures, captured, refunds,
       refunded, paid, closing, at)
     select $1, * from unnest($2::text[], $3::date[], $4::int8[], $5::int8[], $6::int8[], $7::int8[],
       $8::int8[], $9::int8[], $10::int8[], $11::timestamptz[])`,
  ),
  columns: [
    ...(["trid", "day", "opening", "captures", "captured", "refunds", "refunded"] as const),
    ...(["paid", "closing", "at"] as const),
  ],
};

/** A day of a requestor as it stands before it is settled. */
export interface DayToSettle extends DayMoved {
  readonly trid: string;
  readonly day: string;
  /** The day that was settled last. */
  readonly last: string | null;
  /** What was left of it, in fen. */
  readonly opening: bigint;
  /** The first day before this one in which something moved that is not settled. */
  readonly waiting: string | null;
}

/** These days of these requestors, in order. */
export async function daysToSettleIn(
  tx: Tx,
  partition: number,
  asked: readonly { readonly trid: string; readonly day: string }[],
): Promise<DayToSettle[]> {
  const trids = textArray(asked.map(({ trid }) => trid));
  const days = textArray(asked.map(({ day }) => day));
  const rows = await tx.query<DayToSettle>(OPEN, [partition, trids, days]);
  const byName = new Map(rows.map((row) => [`${row.trid} ${row.day}`, row]));
  return asked.map(({ trid, day }) => byName.get(`${trid} ${day}`) as DayToSettle);
}

/** The next day of a requestor that is over and not settled. */
export interface UnsettledDay {
  readonly partition: number;
  readonly trid: string;
  readonly day: CalendarDate;
}

/**
 * The next day of each requestor that ended before `today` and is not settled, earliest first. They
 * begin with the day on which it was registered. One that has ended has those in which something moved.
 */
export function findUnsettled(
  store: Store,
  partitions: readonly number[],
  today: CalendarDate,
): Promise<UnsettledDay[]> {
  return store.query(UNSETTLED, [listOf(partitions), today]);
}

const listOf = (partitions: readonly number[]) => `{${partitions.join(",")}}`;

/** Settled days before one, newest first, with the parts of all partitions added up. */
export function findSettledDays(
  store: Store,
  partitions: readonly number[],
  asked: { readonly trid: string; readonly before: string | undefined; readonly most: number },
): Promise<(Settled & { readonly day: string })[]> {
  const { trid, before, most } = asked;
  return store.query(DAYS, [listOf(partitions), trid, before ?? null, most]);
}

/** A day as each partition settled it: fewer than there are while some have not. */
export function findSettledDay(
  store: Store,
  partitions: readonly number[],
  asked: { readonly trid: string; readonly day: string },
): Promise<Settled[]> {
  return store.query(DAY, [listOf(partitions), asked.trid, asked.day]);
}

/** Lines of a day in the order in which they moved, from `after` on, at most so many. */
export function findLines(
  store: Store,
  partitions: readonly number[],
  asked: {
    readonly trid: string;
    readonly day: string;
    readonly after: number;
    readonly most: number;
  },
): Promise<(Line & { readonly at: Instant })[]> {
  const { trid, day, after, most } = asked;
  return store.query(LINES, [listOf(partitions), trid, day, after, most]);
}

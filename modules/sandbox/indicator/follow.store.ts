/**
 * SQL of the follower, by its own role: it reads the journal only through the guard's tallies, which
 * tell no person and no single amount, and adds what it reads to counters of its own. Each statement
 * rolls hours up to days and months in the same go.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";

const SPANS = "(values ('hour'), ('day'), ('month')) s(span)";
const BEGINS = "date_trunc(s.span, t.hour, 'Asia/Shanghai')";

const BEGIN = statement(
  "sandbox.follower_begin",
  "insert into sandbox.follower (partition) values ($1) on conflict do nothing",
);
const LOCK = statement(
  "sandbox.follower_lock",
  `select f.seq, h.seq as head from sandbox.follower f
     join guard.heads() h on h.partition = f.partition
    where f.partition = $1 for update of f`,
);

/** How far a partition was followed, and how far it goes. */
export interface Reach {
  readonly seq: bigint;
  readonly head: bigint;
}

/** Takes the watermark of a partition; undefined where the guard knows no such partition. */
export async function reachIn(tx: Tx, partition: number): Promise<Reach | undefined> {
  const [, [reach]] = await Promise.all([
    tx.query(BEGIN, [partition]),
    tx.query<Reach>(LOCK, [partition]),
  ]);
  return reach;
}

const COUNT_ACTS = statement(
  "sandbox.count_acts",
  `insert into sandbox.acts_counted as c (partition, span, begins, command, class, outcome, acts)
   select $1, s.span, ${BEGINS}, t.command, t.class, t.outcome, sum(t.acts)::int8
     from guard.tally_acts($1, $2, $3) t cross join ${SPANS} group by 2, 3, 4, 5, 6
   on conflict (partition, span, begins, command, class, outcome)
   do update set acts = c.acts + excluded.acts`,
);
const COUNT_DENIALS = statement(
  "sandbox.count_denials",
  `insert into sandbox.denials_counted as c (partition, span, begins, code, rule, acts)
   select $1, s.span, ${BEGINS}, t.code, t.rule, sum(t.acts)::int8
     from guard.tally_denials($1, $2, $3) t cross join ${SPANS} group by 2, 3, 4, 5
   on conflict (partition, span, begins, code, rule)
   do update set acts = c.acts + excluded.acts`,
);
const COUNT_USES = statement(
  "sandbox.count_uses",
  `insert into sandbox.uses_counted as c (partition, span, begins, rule, scope, whose, period, moved)
   select $1, s.span, ${BEGINS}, t.rule, t.scope, t.whose, t.period, sum(t.moved)::int8
     from guard.tally_uses($1, $2, $3) t cross join ${SPANS} group by 2, 3, 4, 5, 6, 7
   on conflict (partition, span, begins, rule, whose, period)
   do update set moved = c.moved + excluded.moved`,
);
// The last second of the slice before may go on in this one: its acts so far are added to those
// here, so that the peak does not depend on where a slice was cut.
const COUNT_WINDOWS = statement(
  "sandbox.count_windows",
  `with seconds as materialized (
     select t.second, t.acts, t.first_seq, t.last_seq, t.last_at, t.acts
              + case when t.second = f.second then f.in_second else 0 end as so_far
       from guard.tally_seconds($1, $2, $3) t join sandbox.follower f on f.partition = $1),
   latest as (select * from seconds order by second desc limit 1),
   moved as (
     update sandbox.follower f set seq = $3, at = l.last_at, second = l.second, in_second = l.so_far
       from latest l where f.partition = $1)
   insert into sandbox.window_counted as c (partition, span, begins, acts, peak, first_seq, last_seq)
   select $1, s.span, date_trunc(s.span, t.second, 'Asia/Shanghai'), sum(t.acts)::int8,
          max(t.so_far), min(t.first_seq), max(t.last_seq)
     from seconds t cross join ${SPANS} group by 2, 3
   on conflict (partition, span, begins)
   do update set acts = c.acts + excluded.acts, peak = greatest(c.peak, excluded.peak),
     first_seq = least(c.first_seq, excluded.first_seq),
     last_seq = greatest(c.last_seq, excluded.last_seq)`,
);

/** Counts the acts after `seq` up to `upto`, and moves the watermark. */
export async function countIn(
  tx: Tx,
  partition: number,
  slice: { readonly seq: bigint; readonly upto: bigint },
): Promise<void> {
  const values = [partition, slice.seq, slice.upto];
  await Promise.all(
    [COUNT_ACTS, COUNT_DENIALS, COUNT_USES, COUNT_WINDOWS].map((one) => tx.query(one, values)),
  );
}

const FORGET = ["window_counted", "acts_counted", "denials_counted", "uses_counted"].map((table) =>
  statement(`sandbox.forget_${table}`, `delete from sandbox.${table} where partition = $1`),
);
const RESTART = statement(
  "sandbox.follower_restart",
  `update sandbox.follower set seq = 0, at = null, second = null, in_second = 0
    where partition = $1`,
);

/** Throws the counters of a partition away: following begins again at the first act. */
export async function forgetIn(tx: Tx, partition: number): Promise<void> {
  await Promise.all([...FORGET, RESTART].map((one) => tx.query(one, [partition])));
}

// The recount asks the same tallies for one day at a time, which is not how the counters came to be,
// and compares every line both ways.
const DIFFERING = statement(
  "sandbox.differing_counts",
  `with bounds as materialized (
     select w.first_seq - 1 as after, w.last_seq as upto from sandbox.window_counted w
      where w.partition = $1 and w.span = 'day' and w.begins = $2),
   recounted as (
     select 'acts' as kind, t.hour, array[t.command, t.class, t.outcome] as line, t.acts as n
       from bounds b cross join lateral guard.tally_acts($1, b.after, b.upto) t
     union all
     select 'denials', t.hour, array[t.code, t.rule], t.acts
       from bounds b cross join lateral guard.tally_denials($1, b.after, b.upto) t
     union all
     select 'uses', t.hour, array[t.rule, t.scope, t.whose, t.period], t.moved
       from bounds b cross join lateral guard.tally_uses($1, b.after, b.upto) t
     union all
     select 'window', t.hour, '{}', sum(t.acts)::int8
       from bounds b cross join lateral guard.tally_acts($1, b.after, b.upto) t group by t.hour),
   followed as (
     select 'acts' as kind, c.begins as hour, array[c.command, c.class, c.outcome] as line,
            c.acts as n
       from sandbox.acts_counted c
      where c.partition = $1 and c.span = 'hour' and c.begins >= $2 and c.begins < $3
     union all
     select 'denials', c.begins, array[c.code, c.rule], c.acts from sandbox.denials_counted c
      where c.partition = $1 and c.span = 'hour' and c.begins >= $2 and c.begins < $3
     union all
     select 'uses', c.begins, array[c.rule, c.scope, c.whose, c.period], c.moved
       from sandbox.uses_counted c
      where c.partition = $1 and c.span = 'hour' and c.begins >= $2 and c.begins < $3
     union all
     select 'window', c.begins, '{}', c.acts from sandbox.window_counted c
      where c.partition = $1 and c.span = 'hour' and c.begins >= $2 and c.begins < $3)
   select count(*) as differing from (
     (select * from recounted except all select * from followed)
     union all (select * from followed except all select * from recounted)) d`,
);
const NOTE = statement(
  "sandbox.note_recount",
  `insert into sandbox.recount (partition, day, at, differing) values ($1, $2, $3, $4)
   on conflict do nothing`,
);
const UNCHECKED = statement(
  "sandbox.unchecked_days",
  `select w.begins as day from sandbox.window_counted w
     join sandbox.follower f on f.partition = w.partition and f.at >= w.begins + interval '1 day'
    where w.partition = $1 and w.span = 'day' and w.begins < $2
      and not exists (select from sandbox.recount r
                       where r.partition = w.partition and r.day = w.begins)
    order by w.begins desc limit $3`,
);

/** Lines of a day's counters, or of its recount, that the other does not have. */
export async function differingIn(
  tx: Tx,
  partition: number,
  day: { readonly begins: string; readonly ends: string },
): Promise<bigint> {
  const [row] = await tx.query<{ differing: bigint }>(DIFFERING, [partition, day.begins, day.ends]);
  return row?.differing ?? 0n;
}

export async function noteRecountIn(
  tx: Tx,
  partition: number,
  note: { readonly day: string; readonly at: string; readonly differing: bigint },
): Promise<void> {
  await tx.query(NOTE, [partition, note.day, note.at, note.differing]);
}

/** Days before an instant that were followed to their end and never compared, the latest first. */
export async function uncheckedDays(
  store: Store,
  partition: number,
  asked: { readonly before: string; readonly most: number },
): Promise<Instant[]> {
  const rows = await store.query<{ day: Instant }>(UNCHECKED, [
    partition,
    asked.before,
    asked.most,
  ]);
  return rows.map(({ day }) => day);
}

--! breaking: no
-- Windows that are over for good leave the table of live accounts, which is what every batch reads.
-- History stays and so do their names and last counters: what an old posting speaks of can be told.

create table ledger.dropped (
  partition int  not null,
  id        int8 not null,
  debits    int8 not null,
  credits   int8 not null,
  cap       int8,
  key       text not null collate "C",
  owner     text collate "C",
  period    text not null collate "C",
  primary key (partition, id),
  unique (partition, key)
);

create index account_window on ledger.account (partition, period) where period is not null;

-- Every account that history speaks of, live or dropped. It sets nothing, so that the planner sees
-- through it and finds accounts by key or id.
create function ledger.counted(p int)
returns table (id int8, key text, book text, debits int8, credits int8, pending_debits int8,
  pending_credits int8, owner text, period text)
language sql stable as $$
  select a.id, a.key, a.book, a.debits, a.credits, a.pending_debits, a.pending_credits, a.owner,
         a.period
    from ledger.account a where a.partition = p
  union all
  select d.id, d.key, 'limits', d.debits, d.credits, 0, 0, d.owner, d.period
    from ledger.dropped d where d.partition = p
$$;

-- Windows of periods that ended before a day: days, months and years, of which nothing is held.
create function ledger.over_windows(p int, before text, most int)
returns table (id int8, key text, period text, debits int8, credits int8, cap int8)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    select a.id, a.key, a.period, a.debits, a.credits, a.cap from ledger.account a
     where a.partition = p and a.book = 'limits' and a.period < before collate "C"
       and length(a.period) in (4, 7, 10) and a.period < left(before, length(a.period)) collate "C"
       and a.pending_debits = 0 and a.pending_credits = 0
     order by a.period, a.id limit most;
end $$;

-- Takes windows out as they were seen; one that moved since is a fault.
create function ledger.drop_windows(p int, ids int8[], d int8[], c int8[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n int;
begin
  perform ledger.own(p);
  with gone as (
    delete from ledger.account a using unnest(ids, d, c) t(id, debits, credits)
     where a.partition = p and a.id = any (ids) and a.id = t.id and a.book = 'limits'
       and a.period is not null and a.debits = t.debits and a.credits = t.credits
       and a.pending_debits = 0 and a.pending_credits = 0
    returning a.*)
  insert into ledger.dropped (partition, id, debits, credits, cap, key, owner, period)
    select g.partition, g.id, g.debits, g.credits, g.cap, g.key, g.owner, g.period from gone g;
  get diagnostics n = row_count;
  if n <> cardinality(ids) then raise exception 'a window moved before it was dropped'; end if;
end $$;

-- Whether a partition has windows of periods that ended before a day.
create function ledger.has_over_windows(p int, before text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from ledger.account a
     where a.partition = p and a.book = 'limits' and a.period < before collate "C"
       and length(a.period) in (4, 7, 10) and a.period < left(before, length(a.period)) collate "C"
       and a.pending_debits = 0 and a.pending_credits = 0)
$$;

-- The readers of history, over all accounts that it speaks of.

create or replace function ledger.trial_balance(p int, until timestamptz)
returns table (book text, debits int8, credits int8, pending_debits int8, pending_credits int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.book,
         coalesce(sum(t.amount) filter (where t.kind = 1), 0)::int8,
         coalesce(sum(t.amount) filter (where t.kind = 2), 0)::int8,
         coalesce(sum(t.amount) filter (where t.kind = 3), 0)::int8,
         coalesce(sum(t.amount) filter (where t.kind = 4), 0)::int8
    from ledger.act x
    cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
    join ledger.counted(p) a on a.id = t.account
   where x.partition = p and x.at <= until
   group by a.book order by a.book
$$;

create or replace function ledger.statement(p int, account_key text, before int8, most int)
returns table (seq int8, at timestamptz, kind int2, amount int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select x.seq, x.at, t.kind, t.amount
    from ledger.counted(p) a
    join ledger.act x on x.partition = p and x.seq < before and x.accounts @> array[a.id]
    cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
   where a.key = account_key collate "C" and t.account = a.id
   order by x.seq desc limit most
$$;

create or replace function ledger.differing_accounts(p int) returns table (key text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with replay as (
    select t.account,
           coalesce(sum(t.amount) filter (where t.kind = 1), 0) as d,
           coalesce(sum(t.amount) filter (where t.kind = 2), 0) as c,
           coalesce(sum(t.amount) filter (where t.kind = 3), 0) as pd,
           coalesce(sum(t.amount) filter (where t.kind = 4), 0) as pc
      from ledger.act x cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
     where x.partition = p group by t.account)
  select a.key from ledger.counted(p) a left join replay r on r.account = a.id
   where (a.debits, a.credits, a.pending_debits, a.pending_credits)
         <> (coalesce(r.d, 0), coalesce(r.c, 0), coalesce(r.pd, 0), coalesce(r.pc, 0))
$$;

revoke all on function ledger.counted(int), ledger.over_windows(int, text, int),
  ledger.drop_windows(int, int8[], int8[], int8[]), ledger.has_over_windows(int, text) from public;
grant execute on function ledger.over_windows(int, text, int),
  ledger.drop_windows(int, int8[], int8[], int8[]) to sandbank_act;
grant execute on function ledger.has_over_windows(int, text) to sandbank_read;

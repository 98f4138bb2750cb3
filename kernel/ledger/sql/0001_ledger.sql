--! breaking: no
-- Balances, holds and history of every partition. The engine in TypeScript decides; the constraints
-- here are the second lock on the door. Modules reach these tables only through the functions below.

create schema ledger;

do $$ begin create role sandbank_act nologin; exception when duplicate_object then null; end $$;
do $$ begin create role sandbank_read nologin; exception when duplicate_object then null; end $$;
grant usage on schema ledger to sandbank_act, sandbank_read;

-- Which database role may post in a partition.
create table ledger.partition (
  partition int primary key,
  role      name not null
);

-- What changes with every act stands first, in columns of fixed width: the quickest to read and to
-- write. A limit never lies below nothing used: its floor is 0.
create table ledger.account (
  partition       int  not null,
  closed          boolean not null default false,
  id              int8 not null,
  debits          int8 not null,
  credits         int8 not null,
  pending_debits  int8 not null,
  pending_credits int8 not null,
  cap             int8,
  floor           int8,
  grandfathered   int8,
  key             text not null collate "C",
  book            text not null collate "C",
  owner           text collate "C",
  period          text collate "C",
  primary key (partition, id),
  unique (partition, key),
  check (debits >= 0 and credits >= 0 and pending_debits >= 0 and pending_credits >= 0),
  check (cap is null or debits + pending_debits - credits <= greatest(cap, grandfathered)),
  check (debits - credits - pending_credits >= floor),
  check (book <> 'limits' or floor is not distinct from 0),
  check (not closed or (debits = credits and pending_debits = 0 and pending_credits = 0))
) with (fillfactor = 50);


-- History: one row per act, never changed. Kinds: 1 debit, 2 credit, 3 held debit, 4 held credit;
-- held amounts are negative when they go back.
create table ledger.act (
  partition int  not null,
  seq       int8 not null,
  at        timestamptz not null,
  accounts  int8[] not null,
  amounts   int8[] not null,
  kinds     int2[] not null,
  primary key (partition, seq)
);
alter table ledger.act alter accounts set storage main, alter amounts set storage main;

create table ledger.hold (
  partition int  not null,
  id        uuid not null,
  amount    int8 not null check (amount > 0),
  captured  int8 not null check (captured between 0 and amount),
  expires   timestamptz not null,
  state     text not null collate "C" check (state in ('open', 'captured', 'released', 'expired')),
  accounts  int8[] not null,
  amounts   int8[] not null,
  -- 1 debit, 2 credit; 3 and 4 are the same posted whole with the first capture.
  sides     int2[] not null,
  primary key (partition, id)
) with (fillfactor = 70);

create index hold_due on ledger.hold (partition, expires) where state = 'open';

create function ledger.open_partition(p int, owner name) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  insert into ledger.partition values (p, owner) on conflict do nothing
$$;

create function ledger.own(p int) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from ledger.partition t where t.partition = p and t.role = session_user;
  if not found then
    raise exception 'role % does not own partition %', session_user, p using errcode = '42501';
  end if;
end $$;

-- Accounts by key, and in a second row those that the holds reserve from. Their integers come as one
-- array in its binary form, a line for each account: far cheaper to send and to read than thousands
-- of rows. A line is: id, debits, credits, pending debits, pending credits, cap, floor,
-- grandfathered, and a number for the book (0 money:CNY, 1 limits, 2 units) with 8 more if the
-- account is closed.
create function ledger.load_accounts(p int, wanted text[], holds uuid[])
returns table (keys text[], lines bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    select array_agg(a.key), array_send(array_agg(array[a.id, a.debits, a.credits,
             a.pending_debits, a.pending_credits, a.cap, a.floor, a.grandfathered,
             case a.book when 'money:CNY' then 0 when 'limits' then 1 else 2 end
               + case when a.closed then 8 else 0 end]))
      from ledger.account a where a.partition = p and a.key = any (wanted);
  if cardinality(holds) > 0 then
    return query
      select array_agg(a.key), array_send(array_agg(array[a.id, a.debits, a.credits,
               a.pending_debits, a.pending_credits, a.cap, a.floor, a.grandfathered,
               case a.book when 'money:CNY' then 0 when 'limits' then 1 else 2 end
                 + case when a.closed then 8 else 0 end]))
        from ledger.account a
       where a.partition = p and a.id = any (array(
               select unnest(h.accounts) from ledger.hold h
                where h.partition = p and h.id = any (holds)));
  end if;
end $$;

create function ledger.load_holds(p int, holds uuid[])
returns table (id uuid, amount int8, captured int8, expires timestamptz, state text,
  accounts text, amounts text, sides text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    select h.id, h.amount, h.captured, h.expires, h.state,
           h.accounts::text, h.amounts::text, h.sides::text
      from ledger.hold h where h.partition = p and h.id = any (holds);
end $$;

create function ledger.due_holds(p int, due timestamptz, most int) returns setof uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    select h.id from ledger.hold h
     where h.partition = p and h.state = 'open' and h.expires <= due
     order by h.expires, h.id limit most;
end $$;

create function ledger.insert_accounts(p int, ids int8[], keys text[], books text[], owners text[],
  periods text[], d int8[], c int8[], pd int8[], pc int8[], caps int8[], floors int8[],
  above int8[], shut boolean[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  insert into ledger.account (partition, id, key, book, owner, period, debits, credits,
      pending_debits, pending_credits, cap, floor, grandfathered, closed)
    select p, t.* from unnest(ids, keys, books, owners, periods, d, c, pd, pc, caps, floors, above,
      shut) t;
end $$;

-- The rows are found by one walk through the index and joined to their columns by hashing: half the
-- price of a search for each.
create function ledger.update_accounts(p int, ids int8[], d int8[], c int8[], pd int8[], pc int8[],
  caps int8[], above int8[], shut boolean[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n int;
begin
  perform ledger.own(p);
  update ledger.account a
     set debits = t.d, credits = t.c, pending_debits = t.pd, pending_credits = t.pc, cap = t.cap,
         grandfathered = t.above, closed = t.shut
    from (select unnest(ids) as id, unnest(d) as d, unnest(c) as c, unnest(pd) as pd,
                 unnest(pc) as pc, unnest(caps) as cap, unnest(above) as above,
                 unnest(shut) as shut) t
   where a.partition = p and a.id = any (ids) and a.id = t.id;
  get diagnostics n = row_count;
  if n <> cardinality(ids) then raise exception 'an account vanished under the lock'; end if;
end $$;

-- Only the counters: what most acts change of most accounts.
create function ledger.update_counters(p int, ids int8[], d int8[], c int8[], pd int8[], pc int8[])
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n int;
begin
  perform ledger.own(p);
  update ledger.account a
     set debits = t.d, credits = t.c, pending_debits = t.pd, pending_credits = t.pc
    from (select unnest(ids) as id, unnest(d) as d, unnest(c) as c, unnest(pd) as pd,
                 unnest(pc) as pc) t
   where a.partition = p and a.id = any (ids) and a.id = t.id;
  get diagnostics n = row_count;
  if n <> cardinality(ids) then raise exception 'an account vanished under the lock'; end if;
end $$;

-- The postings of all acts come one after the other; `ends` says where those of each act end. In
-- SQL and not in plpgsql, which would copy the arrays for each slice.
create function ledger.insert_acts(p int, at timestamptz, seqs int8[], ends int4[],
  accounts int8[], amounts int8[], kinds int2[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select ledger.own(p);
  insert into ledger.act
    select p, t.seq, at, accounts[t.start + 1 : t.stop], amounts[t.start + 1 : t.stop],
           kinds[t.start + 1 : t.stop]
      from unnest(seqs, 0 || ends, ends) t(seq, start, stop) where t.seq is not null
$$;

-- The legs of all holds come one after the other, as postings do.
create function ledger.insert_holds(p int, ids uuid[], amounts int8[], captured int8[],
  expires timestamptz[], states text[], ends int4[], accounts int8[], leg_amounts int8[],
  sides int2[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select ledger.own(p);
  insert into ledger.hold
    select p, t.id, t.amount, t.taken, t.expires, t.state, accounts[t.start + 1 : t.stop],
           leg_amounts[t.start + 1 : t.stop], sides[t.start + 1 : t.stop]
      from unnest(ids, amounts, captured, expires, states, 0 || ends, ends)
        t(id, amount, taken, expires, state, start, stop) where t.id is not null
$$;

create function ledger.update_holds(p int, ids uuid[], taken int8[], states text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  update ledger.hold h set captured = t.captured, state = t.state
    from unnest(ids, taken, states) t(id, captured, state)
   where h.partition = p and h.id = any (ids) and h.id = t.id;
end $$;

-- The plans of a batch are made once, maybe while the tables are empty, and must be right for large
-- ones: rows through the index of the keys asked for, columns joined to them by hashing.
do $$
declare f regproc; setting text;
begin
  foreach f in array array['ledger.load_accounts', 'ledger.load_holds', 'ledger.update_accounts',
      'ledger.update_counters', 'ledger.insert_acts', 'ledger.insert_holds',
      'ledger.update_holds']::regproc[] loop
    foreach setting in array array['plan_cache_mode = force_generic_plan', 'enable_seqscan = off',
        'enable_bitmapscan = off', 'enable_mergejoin = off', 'enable_nestloop = off',
        'enable_memoize = off'] loop
      execute format('alter function %s set %s', f::regprocedure, setting);
    end loop;
  end loop;
end $$;

-- Readers. Narrowing to a principal is the caller's duty: only the reading role has these.

create function ledger.balances(p int, prefix text)
returns table (key text, book text, owner text, period text, debits int8, credits int8,
  pending_debits int8, pending_credits int8, cap int8, closed boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.key, a.book, a.owner, a.period, a.debits, a.credits, a.pending_debits,
         a.pending_credits, a.cap, a.closed
    from ledger.account a
   where a.partition = p and a.key >= prefix collate "C"
     and a.key < (prefix || chr(1114111)) collate "C"
   order by a.key
$$;

-- When the next open hold of a partition ends, if that is not after `until`.
create function ledger.next_due(p int, until timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(h.expires) from ledger.hold h
   where h.partition = p and h.state = 'open' and h.expires <= until
$$;

-- Debits and credits of each book as they stood at an instant, replayed from history.
create function ledger.trial_balance(p int, until timestamptz)
returns table (book text, debits int8, credits int8, pending_debits int8, pending_credits int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.book,
         coalesce(sum(t.amount) filter (where t.kind = 1), 0)::int8,
         coalesce(sum(t.amount) filter (where t.kind = 2), 0)::int8,
         coalesce(sum(t.amount) filter (where t.kind = 3), 0)::int8,
         coalesce(sum(t.amount) filter (where t.kind = 4), 0)::int8
    from ledger.act x
    cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
    join ledger.account a on a.partition = p and a.id = t.account
   where x.partition = p and x.at <= until
   group by a.book order by a.book
$$;

-- The movements of one account in order, newest first.
create function ledger.statement(p int, account_key text, before int8, most int)
returns table (seq int8, at timestamptz, kind int2, amount int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select x.seq, x.at, t.kind, t.amount
    from ledger.account a
    join ledger.act x on x.partition = p and x.seq < before and x.accounts @> array[a.id]
    cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
   where a.partition = p and a.key = account_key collate "C" and t.account = a.id
   order by x.seq desc limit most
$$;

-- Accounts whose counters are not the sum of their history: none, ever.
create function ledger.differing_accounts(p int) returns table (key text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with replay as (
    select t.account,
           coalesce(sum(t.amount) filter (where t.kind = 1), 0) as d,
           coalesce(sum(t.amount) filter (where t.kind = 2), 0) as c,
           coalesce(sum(t.amount) filter (where t.kind = 3), 0) as pd,
           coalesce(sum(t.amount) filter (where t.kind = 4), 0) as pc
      from ledger.act x cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
     where x.partition = p group by t.account)
  select a.key from ledger.account a left join replay r on r.account = a.id
   where a.partition = p
     and (a.debits, a.credits, a.pending_debits, a.pending_credits)
         <> (coalesce(r.d, 0), coalesce(r.c, 0), coalesce(r.pd, 0), coalesce(r.pc, 0))
$$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.own(int), ledger.load_accounts(int, text[], uuid[]),
  ledger.load_holds(int, uuid[]), ledger.due_holds(int, timestamptz, int),
  ledger.insert_accounts(int, int8[], text[], text[], text[], text[], int8[], int8[], int8[],
    int8[], int8[], int8[], int8[], boolean[]),
  ledger.update_accounts(int, int8[], int8[], int8[], int8[], int8[], int8[], int8[], boolean[]),
  ledger.update_counters(int, int8[], int8[], int8[], int8[], int8[]),
  ledger.insert_acts(int, timestamptz, int8[], int4[], int8[], int8[], int2[]),
  ledger.insert_holds(int, uuid[], int8[], int8[], timestamptz[], text[], int4[], int8[], int8[],
    int2[]),
  ledger.update_holds(int, uuid[], int8[], text[]) to sandbank_act;
grant execute on function ledger.next_due(int, timestamptz), ledger.balances(int, text),
  ledger.trial_balance(int, timestamptz),
  ledger.statement(int, text, int8, int), ledger.differing_accounts(int) to sandbank_read;

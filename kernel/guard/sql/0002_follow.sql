--! breaking: no
-- What a follower may know of the acts of a partition: how many there were in a slice of the order,
-- by hour, command and outcome; which limits said no; and what limits moved that are not one
-- customer's. Never who acted, never a customer, never the amount of a single act.

do $$ begin create role sandbank_follow nologin;
  exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema guard to sandbank_follow;

-- Acts with seq in (after, upto], by hour of business time.
create function guard.tally_acts(p int, after int8, upto int8)
returns table (hour timestamptz, command text, class text, outcome text, acts int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select date_trunc('hour', j.at, 'Asia/Shanghai'), j.command, j.class, j.outcome, count(*)
    from guard.journal j where j.partition = p and j.seq > after and j.seq <= upto
   group by 1, 2, 3, 4
$$;

-- The same acts by second, with the places in the order that they take and the last instant.
create function guard.tally_seconds(p int, after int8, upto int8)
returns table (second timestamptz, acts int8, first_seq int8, last_seq int8, last_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select date_trunc('second', j.at), count(*), min(j.seq), max(j.seq), max(j.at)
    from guard.journal j where j.partition = p and j.seq > after and j.seq <= upto
   group by 1
$$;

-- What the refused ones failed: one line for each limit or check that said no, or for the refusal
-- itself where there is none.
create function guard.tally_denials(p int, after int8, upto int8)
returns table (hour timestamptz, code text, rule text, acts int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select date_trunc('hour', j.at, 'Asia/Shanghai'), coalesce(f.one ->> 'code', j.outcome),
         coalesce(f.one ->> 'limit', ''), count(*)
    from guard.journal j
    left join lateral jsonb_array_elements(j.answer::jsonb -> 'failed') f(one) on true
   where j.partition = p and j.seq > after and j.seq <= upto
     and j.outcome not in ('accepted', 'parked')
   group by 1, 2, 3
$$;

-- What the limits of the policies moved: debit and held debit count up, credit down. A rule under
-- whose id any policy of this partition counted for each customer is left out.
create function guard.tally_uses(p int, after int8, upto int8)
returns table (hour timestamptz, rule text, scope text, whose text, period text, moved int8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with rules as materialized (
    select r.one ->> 'id' as rule, (array_agg(r.one ->> 'scope' order by y.version))[1] as scope
      from guard.policy y cross join jsonb_array_elements(y.body::jsonb -> 'limits') r(one)
     where y.partition = p
     group by 1 having bool_and(r.one ->> 'scope' <> 'customer')),
  taken as materialized (
    select date_trunc('hour', x.at, 'Asia/Shanghai') as hour, t.account,
           sum(case t.kind when 2 then -t.amount else t.amount end)::int8 as moved
      from ledger.act x cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
     where x.partition = p and x.seq > after and x.seq <= upto and t.kind in (1, 2, 3)
     group by 1, 2),
  named as materialized (
    select a.id, split_part(a.key, '/', 2) as rule, coalesce(a.owner, '') as whose,
           coalesce(a.period, 'all') as period
      from ledger.account a
     where a.partition = p and a.id = any (array(select distinct k.account from taken k))
       and a.book = 'limits' and a.key >= 'limit/' and a.key < 'limit0')
  select k.hour, n.rule, r.scope, n.whose, n.period, sum(k.moved)::int8
    from taken k join named n on n.id = k.account join rules r on r.rule = n.rule
   group by 1, 2, 3, 4, 5
$$;

-- The plans are made once, maybe while the tables are empty, and must be right for large ones.
do $$
declare f regproc; setting text;
begin
  foreach f in array array['guard.tally_acts', 'guard.tally_seconds', 'guard.tally_denials',
      'guard.tally_uses']::regproc[] loop
    foreach setting in array array['plan_cache_mode = force_generic_plan', 'enable_seqscan = off',
        'enable_bitmapscan = off', 'enable_mergejoin = off', 'jit = off'] loop
      execute format('alter function %s set %s', f::regprocedure, setting);
    end loop;
  end loop;
end $$;

-- The acts of one slice of the order for staff, newest first; of one outcome, of refusals (`refused`)
-- or of those that one limit or check said no to, where that is asked.
create function guard.slice_page(p int, slice int8[], wanted text, rule text, most int)
returns table (seq int8, at timestamptz, command text, class text, outcome text,
  policy_version int, act uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.seq, j.at, j.command, j.class, j.outcome, j.policy_version, j.act
    from guard.journal j
   where j.partition = p and j.seq >= slice[1] and j.seq <= slice[2]
     and (wanted is null or j.outcome = wanted
          or (wanted = 'refused' and j.outcome not in ('accepted', 'parked')))
     and (slice_page.rule is null
          or (j.outcome not in ('accepted', 'parked') and exists (
               select from jsonb_array_elements(j.answer::jsonb -> 'failed') f(one)
                where f.one ->> 'limit' = slice_page.rule)))
   order by j.seq desc limit most
$$;

revoke all on function guard.tally_acts(int, int8, int8), guard.tally_seconds(int, int8, int8),
  guard.tally_denials(int, int8, int8), guard.tally_uses(int, int8, int8),
  guard.slice_page(int, int8[], text, text, int) from public;
grant execute on function guard.heads(), guard.tally_acts(int, int8, int8),
  guard.tally_seconds(int, int8, int8), guard.tally_denials(int, int8, int8),
  guard.tally_uses(int, int8, int8) to sandbank_follow;
grant execute on function guard.slice_page(int, int8[], text, text, int) to sandbank_read;

--! breaking: no
-- Postings of an act name accounts, live or dropped: an auditor opens acts of windows long over, and
-- a follower that begins anew counts them.

create or replace function guard.openings(p int, after int8, most int)
returns table (seq int8, salts bytea, facts text, change text, postings text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.seq, o.salts, o.facts, o.change,
         coalesce((select '[' || string_agg('[' || to_json(a.key)::text || ',' || t.kind || ',"'
                     || t.amount || '"]', ',' order by t.n) || ']'
            from ledger.act x
            cross join unnest(x.accounts, x.amounts, x.kinds)
              with ordinality t(account, amount, kind, n)
            join ledger.counted(p) a on a.id = t.account
           where x.partition = p and x.seq = o.seq), '[]')
    from guard.opening o where o.partition = p and o.seq > after order by o.seq limit most
$$;

-- What the limits of the policies moved: debit and held debit count up, credit down. A rule under
-- whose id any policy of this partition counted for each customer is left out.
create or replace function guard.tally_uses(p int, after int8, upto int8)
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
      from ledger.counted(p) a
     where a.id = any (array(select distinct k.account from taken k))
       and a.book = 'limits' and a.key >= 'limit/' and a.key < 'limit0')
  select k.hour, n.rule, r.scope, n.whose, n.period, sum(k.moved)::int8
    from taken k join named n on n.id = k.account join rules r on r.rule = n.rule
   group by 1, 2, 3, 4, 5
$$;

do $$
declare setting text;
begin
  foreach setting in array array['plan_cache_mode = force_generic_plan', 'enable_seqscan = off',
      'enable_bitmapscan = off', 'enable_mergejoin = off', 'jit = off'] loop
    execute format('alter function guard.tally_uses(int, int8, int8) set %s', setting);
  end loop;
end $$;

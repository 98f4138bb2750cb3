--! breaking: no
-- Openings by the page, whatever lies before it: the accounts of a page are looked up once and by
-- their ids. Before, each act read every account there is, so that the facts of a long log took a
-- time that grew with its square.
create or replace function guard.openings(p int, after int8, most int)
returns table (seq int8, salts bytea, facts text, change text, postings text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with page as materialized (
    select g.seq, o.seq is not null as opens, o.salts, o.facts, o.change
      from (select j.seq from guard.journal j
             where j.partition = p and j.seq > after order by j.seq limit most) g
      -- One by one: a page is short, and what it is taken from is not.
      left join lateral (
        select o.seq, o.salts, o.facts, o.change from guard.opening o
         where o.partition = p and o.seq = g.seq limit 1) o on true),
  moves as materialized (
    select g.seq, g.opens, t.account, t.kind, t.amount, t.n
      from page g
      cross join lateral (
        select x.accounts, x.amounts, x.kinds from ledger.act x
         where x.partition = p and x.seq = g.seq limit 1) x
      cross join unnest(x.accounts, x.amounts, x.kinds)
        with ordinality t(account, amount, kind, n)),
  named as materialized (
    select a.id, a.key from ledger.counted(p) a
     where a.id = any (array(select distinct m.account from moves m))),
  posted as (
    select m.seq, '[' || string_agg('[' || to_json(a.key)::text || ',' || m.kind || ',"'
                           || m.amount || '"]', ',' order by m.n) || ']' as postings
      from moves m join named a on a.id = m.account
     where m.opens or a.key like 'limit/%/pilot/%'
     group by m.seq)
  select g.seq, g.salts, g.facts, g.change, coalesce(d.postings, '[]')
    from page g left join posted d on d.seq = g.seq
   order by g.seq
$$;

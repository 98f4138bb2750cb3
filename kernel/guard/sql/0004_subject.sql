--! breaking: no
-- Whom an opening is about, so that it can be erased and found. The name stands in the opening alone
-- and goes with it. An act without an opening was erased: its journal row says that it took place,
-- and nothing leads from it to anybody.

alter table guard.opening add column subject text collate "C";
create index opening_subject on guard.opening (partition, subject, seq) where subject is not null;

drop function guard.write(int, int8, timestamptz, int, int8[], text[], text[], text[], text[],
  text[], text[], bytea[], uuid[], text[], bytea[], text[], text[]);

-- A row of salts without bytes leaves no opening: the act that erases keeps nothing of itself.
create function guard.write(p int, head_seq int8, moment timestamptz, version int, seqs int8[],
  organisations text[], ids text[], principals text[], commands text[], classes text[],
  outcomes text[], digests bytea[], acts uuid[], answers text[], salts bytea[], facts text[],
  changes text[], subjects text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into guard.journal
    select p, t.seq, moment, t.organisation, t.id, t.principal, t.command, t.class, t.outcome,
           t.digest, version, t.act, t.answer
      from unnest(seqs, organisations, ids, principals, commands, classes, outcomes, digests, acts,
        answers) t(seq, organisation, id, principal, command, class, outcome, digest, act, answer);
  insert into guard.opening (partition, seq, salts, facts, change, subject)
    select p, t.* from unnest(seqs, salts, facts, changes, subjects)
      t(seq, salts, facts, change, subject) where length(t.salts) > 0;
  update guard.partition t set seq = head_seq, at = moment
   where t.partition = p and t.role = session_user;
  if not found then raise exception 'role % does not own partition %', session_user, p; end if;
end $$;

-- Refused acts of one command that are about one customer, newest first, before a place in the order,
-- with the content as it came. It walks the customer's own openings, however many others there are.
drop function guard.refused_page(int, text, int);
create function guard.refused_page(p int, about text, wanted text, before int8, most int)
returns table (seq int8, at timestamptz, organisation text, act uuid, outcome text, answer text,
  facts text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.seq, j.at, j.organisation, j.act, j.outcome, j.answer, o.facts
    from guard.opening o join guard.journal j on j.partition = p and j.seq = o.seq
   where o.partition = p and o.subject = about collate "C" and o.seq < before
     and j.command = wanted collate "C" and j.outcome not in ('accepted', 'parked')
   order by o.seq desc limit most
$$;

-- The acts that openings are about, and the ends of holds that those acts opened.
create function guard.belongings(p int, subjects text[])
returns table (subject text, seq int8, act uuid, command text, outcome text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    with own as (
      select o.subject, j.seq, j.act, j.command, j.outcome
        from guard.opening o join guard.journal j on j.partition = p and j.seq = o.seq
       where o.partition = p and o.subject = any (subjects))
    select w.subject, w.seq, w.act, w.command, w.outcome from own w
    union all
    select w.subject, e.seq, e.act, e.command, e.outcome
      from own w join guard.journal e
        on e.partition = p and e.organisation = 'sandbank' and e.id = 'expire:' || w.act
      join guard.opening x on x.partition = p and x.seq = e.seq;
end $$;

-- Erases what opens the acts of a customer, the customer's key, and every name of the customer that
-- the kernel's tables hold. `accounts` are keys of accounts of the customer's alone, set apart by
-- spaces: every act that touched one must be about the customer, since its postings no longer open.
create function guard.erase(p int, subjects text[], accounts text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone int8[];
  taken uuid[];
  owned text[] := array(select k from unnest(accounts) a(list), string_to_array(a.list, ' ') k);
begin
  perform ledger.own(p);
  select array_agg(b.seq), array_agg(b.act) into gone, taken from guard.belongings(p, subjects) b;
  delete from guard.opening o where o.partition = p and o.seq = any (gone);
  update guard.journal j
     set digest = '', answer = case j.outcome when 'accepted' then '{}' else j.answer end,
         principal = case when j.principal = any (subjects) then '' else j.principal end
   where j.partition = p and j.seq = any (gone);
  delete from guard.member m where m.partition = p and m.customer = any (subjects);
  update guard.task t set content = '{}', facts = 'null', proposer = '{}',
         state = case t.state when 'open' then 'rejected' else t.state end,
         proposed_by = case when t.proposed_by = any (subjects) then '' else t.proposed_by end
   where t.partition = p and t.id = any (taken);
  update ledger.account a set key = 'erased/' || a.id, owner = null
   where a.partition = p and a.key = any (owned);
  perform ledger.forget(p, subjects, array(
    select distinct l.one ->> 'id'
      from guard.policy y cross join jsonb_array_elements(y.body::jsonb -> 'limits') l(one)
     where y.partition = p and l.one ->> 'scope' = 'customer'));
end $$;

-- The facts file of an auditor: what opens each act's commitments, postings rebuilt from history. Of
-- an act that was erased there are no salts, and of its postings only those of pilot-wide limits.
drop function guard.openings(int, int8, int);
create function guard.openings(p int, after int8, most int)
returns table (seq int8, salts bytea, facts text, change text, postings text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.seq, o.salts, o.facts, o.change,
         coalesce((select '[' || string_agg('[' || to_json(a.key)::text || ',' || t.kind || ',"'
                     || t.amount || '"]', ',' order by t.n) || ']'
            from ledger.act x
            cross join unnest(x.accounts, x.amounts, x.kinds)
              with ordinality t(account, amount, kind, n)
            join ledger.counted(p) a on a.id = t.account
           where x.partition = p and x.seq = j.seq
             and (o.seq is not null or a.key like 'limit/%/pilot/%')), '[]')
    from guard.journal j left join guard.opening o on o.partition = p and o.seq = j.seq
   where j.partition = p and j.seq > after order by j.seq limit most
$$;

revoke all on function guard.write(int, int8, timestamptz, int, int8[], text[], text[], text[],
  text[], text[], text[], bytea[], uuid[], text[], bytea[], text[], text[], text[]),
  guard.belongings(int, text[]), guard.erase(int, text[], text[]), guard.openings(int, int8, int),
  guard.refused_page(int, text, text, int8, int) from public;
grant execute on function guard.write(int, int8, timestamptz, int, int8[], text[], text[], text[],
  text[], text[], text[], bytea[], uuid[], text[], bytea[], text[], text[], text[]),
  guard.belongings(int, text[]), guard.erase(int, text[], text[]) to sandbank_act;
grant execute on function guard.openings(int, int8, int),
  guard.refused_page(int, text, text, int8, int) to sandbank_read;

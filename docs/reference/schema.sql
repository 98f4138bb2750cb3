function evidence.append(p integer, from_size bigint, bodies text[], new_size bigint, new_root bytea, new_frontier bytea)
  CREATE OR REPLACE FUNCTION evidence.append(p integer, from_size bigint, bodies text[], new_size bigint, new_root bytea, new_frontier bytea)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    insert into evidence.leaf
      select p, from_size + t.n - 1, t.body from unnest(bodies) with ordinality t(body, n);
    update evidence.head h set size = new_size, root = new_root, frontier = new_frontier
     where h.partition = p and h.size = from_size;
    if not found then
      raise exception 'the log of partition % is not at %', p, from_size using errcode = '40001';
    end if;
  end $function$
  grant execute to sandbank_act

function evidence.head_of(p integer)
  CREATE OR REPLACE FUNCTION evidence.head_of(p integer)
   RETURNS TABLE(origin text, size bigint, root bytea, frontier bytea)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select h.origin, h.size, h.root, h.frontier from evidence.head h where h.partition = p
  $function$
  grant execute to sandbank_act

function evidence.latest_checkpoint(p integer, wanted boolean)
  CREATE OR REPLACE FUNCTION evidence.latest_checkpoint(p integer, wanted boolean)
   RETURNS TABLE(size bigint, root bytea, note text, witnessed boolean, at timestamp with time zone)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select c.size, c.root, c.note, c.witnessed, c.at from evidence.checkpoint c
     where c.partition = p and (wanted is null or c.witnessed = wanted)
     order by c.size desc limit 1
  $function$
  grant execute to sandbank_publisher
  grant execute to sandbank_read

function evidence.lease(p integer, me uuid, machine timestamp with time zone, until timestamp with time zone)
  CREATE OR REPLACE FUNCTION evidence.lease(p integer, me uuid, machine timestamp with time zone, until timestamp with time zone)
   RETURNS boolean
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    insert into evidence.publisher as l values (p, me, until)
      on conflict (partition) do update set holder = me, ends = until
       where l.holder = me or l.ends <= machine;
    return found;
  end $function$
  grant execute to sandbank_publisher

function evidence.leaves(p integer, first bigint, most integer)
  CREATE OR REPLACE FUNCTION evidence.leaves(p integer, first bigint, most integer)
   RETURNS TABLE(idx bigint, body text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select l.idx, l.body from evidence.leaf l
     where l.partition = p and l.idx >= first order by l.idx limit most
  $function$
  grant execute to sandbank_publisher
  grant execute to sandbank_read

function evidence.logs()
  CREATE OR REPLACE FUNCTION evidence.logs()
   RETURNS TABLE(partition integer, origin text, size bigint, root bytea)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select h.partition, h.origin, h.size, h.root from evidence.head h order by 1
  $function$
  grant execute to sandbank_publisher
  grant execute to sandbank_read

function evidence.open_log(p integer, name text)
  CREATE OR REPLACE FUNCTION evidence.open_log(p integer, name text)
   RETURNS void
   LANGUAGE sql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    insert into evidence.head values (p, name, 0, sha256(''), '') on conflict do nothing
  $function$

function evidence.put_checkpoint(p integer, n bigint, r bytea, signed text, seen boolean, machine timestamp with time zone)
  CREATE OR REPLACE FUNCTION evidence.put_checkpoint(p integer, n bigint, r bytea, signed text, seen boolean, machine timestamp with time zone)
   RETURNS void
   LANGUAGE sql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    insert into evidence.checkpoint values (p, n, r, signed, seen, machine)
      on conflict (partition, size) do update
        set note = excluded.note, witnessed = excluded.witnessed, at = excluded.at
  $function$
  grant execute to sandbank_publisher

function guard.accepted_page(p integer, about text, wanted text[], before bigint, most integer)
  CREATE OR REPLACE FUNCTION guard.accepted_page(p integer, about text, wanted text[], before bigint, most integer)
   RETURNS TABLE(seq bigint, at timestamp with time zone, organisation text, principal text, command text, act uuid, facts text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select j.seq, j.at, j.organisation, j.principal, j.command, j.act, o.facts
      from guard.opening o join guard.journal j on j.partition = p and j.seq = o.seq
     where o.partition = p and o.subject = about collate "C" and o.seq < before
       and j.command = any (wanted) and j.outcome = 'accepted'
     order by o.seq desc limit most
  $function$
  grant execute to sandbank_read

function guard.add_members(p integer, customers text[], keys bytea[], seqs bigint[])
  CREATE OR REPLACE FUNCTION guard.add_members(p integer, customers text[], keys bytea[], seqs bigint[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    insert into guard.member select p, t.* from unnest(customers, keys, seqs) t;
  end $function$
  grant execute to sandbank_act

function guard.add_secrets(p integer, seqs bigint[], acts uuid[], sealed bytea[], untils timestamp with time zone[])
  CREATE OR REPLACE FUNCTION guard.add_secrets(p integer, seqs bigint[], acts uuid[], sealed bytea[], untils timestamp with time zone[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    insert into guard.secret select p, t.* from unnest(seqs, acts, sealed, untils) t;
  end $function$
  grant execute to sandbank_act

function guard.add_tasks(p integer, ids uuid[], commands text[], contents text[], facts text[], shown text[], proposers text[], proposed_by text[], ats timestamp with time zone[], expires timestamp with time zone[])
  CREATE OR REPLACE FUNCTION guard.add_tasks(p integer, ids uuid[], commands text[], contents text[], facts text[], shown text[], proposers text[], proposed_by text[], ats timestamp with time zone[], expires timestamp with time zone[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    insert into guard.task (partition, id, command, content, facts, shown, proposer, proposed_by, at,
        expires, state)
      select p, t.*, 'open' from unnest(ids, commands, contents, facts, shown, proposers, proposed_by,
        ats, expires) t;
  end $function$
  grant execute to sandbank_act

function guard.belongings(p integer, subjects text[])
  CREATE OR REPLACE FUNCTION guard.belongings(p integer, subjects text[])
   RETURNS TABLE(subject text, seq bigint, act uuid, command text, outcome text)
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  end $function$
  grant execute to sandbank_act

function guard.clock_row()
  CREATE OR REPLACE FUNCTION guard.clock_row()
   RETURNS TABLE(mode text, offset_ms bigint, frozen_at timestamp with time zone)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select c.mode, c.offset_ms, c.frozen_at from guard.clock c
  $function$
  grant execute to sandbank_act
  grant execute to sandbank_read

function guard.decide_tasks(p integer, ids uuid[], states text[], deciders text[], ats timestamp with time zone[], reasons text[])
  CREATE OR REPLACE FUNCTION guard.decide_tasks(p integer, ids uuid[], states text[], deciders text[], ats timestamp with time zone[], reasons text[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    update guard.task t set state = d.state, decided_by = d.decider, decided_at = d.at,
           reason = d.reason
      from unnest(ids, states, deciders, ats, reasons) d(id, state, decider, at, reason)
     where t.partition = p and t.id = d.id and t.state = 'open';
    if not found then raise exception 'a task was decided twice'; end if;
  end $function$
  grant execute to sandbank_act

function guard.erase(p integer, subjects text[], accounts text[])
  CREATE OR REPLACE FUNCTION guard.erase(p integer, subjects text[], accounts text[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  end $function$
  grant execute to sandbank_act

function guard.fence(p integer, expected bigint)
  CREATE OR REPLACE FUNCTION guard.fence(p integer, expected bigint)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare stands int8;
  begin
    select t.seq into stands from guard.partition t
     where t.partition = p and t.role = session_user for no key update;
    if not found then
      raise exception 'role % does not own partition %', session_user, p using errcode = '42501';
    end if;
    if stands <> expected then
      raise exception 'partition % stands at %, not at %', p, stands, expected
        using errcode = '40001';
    end if;
  end $function$
  grant execute to sandbank_act

function guard.glance(p integer, machine timestamp with time zone)
  CREATE OR REPLACE FUNCTION guard.glance(p integer, machine timestamp with time zone)
   RETURNS TABLE(seq bigint, at timestamp with time zone, policy_version integer, policy_hash text, due boolean)
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    head guard.partition;
    clock guard.clock;
    moment timestamptz;
  begin
    select * into head from guard.partition t where t.partition = p and t.role = session_user;
    if not found then
      raise exception 'role % does not own partition %', session_user, p using errcode = '42501';
    end if;
    select * into clock from guard.clock;
    moment := greatest(head.at, case clock.mode when 'turned' then clock.frozen_at
                                else machine + clock.offset_ms * interval '1 millisecond' end);
    return query select head.seq, moment, head.policy_version, head.policy_hash,
      exists (select from ledger.hold h
               where h.partition = p and h.state = 'open' and h.expires <= moment);
  end $function$
  grant execute to sandbank_act

function guard.heads()
  CREATE OR REPLACE FUNCTION guard.heads()
   RETURNS TABLE(partition integer, pilot text, module text, seq bigint, at timestamp with time zone, policy_version integer, policy_hash text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select t.partition, t.pilot, t.module, t.seq, t.at, t.policy_version, t.policy_hash
      from guard.partition t order by 1
  $function$
  grant execute to sandbank_follow
  grant execute to sandbank_read

function guard.journal_page(p integer, before bigint, most integer)
  CREATE OR REPLACE FUNCTION guard.journal_page(p integer, before bigint, most integer)
   RETURNS TABLE(seq bigint, at timestamp with time zone, organisation text, id text, principal text, command text, class text, outcome text, policy_version integer, act uuid, answer text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select j.seq, j.at, j.organisation, j.id, j.principal, j.command, j.class, j.outcome,
           j.policy_version, j.act, j.answer
      from guard.journal j where j.partition = p and j.seq < before order by j.seq desc limit most
  $function$
  grant execute to sandbank_read

function guard.keep_to_the_task_table()
  CREATE OR REPLACE FUNCTION guard.keep_to_the_task_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'open' or new.decided_by is not null then
        raise exception 'task % cannot begin as %', new.id, new.state using errcode = '23514';
      end if;
      return new;
    end if;
    if old.state <> 'open' and (new.state, new.decided_by, new.decided_at, new.reason)
         is distinct from (old.state, old.decided_by, old.decided_at, old.reason) then
      raise exception 'task % is %: it was decided', new.id, old.state using errcode = '23514';
    end if;
    if new.state = 'approved' and new.decided_by is null then
      raise exception 'task % is approved by nobody', new.id using errcode = '23514';
    end if;
    return new;
  end $function$

function guard.known(p integer, organisations text[], ids text[])
  CREATE OR REPLACE FUNCTION guard.known(p integer, organisations text[], ids text[])
   RETURNS TABLE(organisation text, id text, seq bigint, at timestamp with time zone, principal text, outcome text, digest bytea, act uuid, answer text)
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query
      select j.organisation, j.id, j.seq, j.at, j.principal, j.outcome, j.digest, j.act, j.answer
      from guard.journal j
     where j.partition = p and j.organisation = any (organisations) and j.id = any (ids);
  end $function$
  grant execute to sandbank_act

function guard.lock(p integer, machine timestamp with time zone)
  CREATE OR REPLACE FUNCTION guard.lock(p integer, machine timestamp with time zone)
   RETURNS TABLE(seq bigint, at timestamp with time zone, policy_version integer, policy_hash text, due boolean)
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform from guard.partition t
      where t.partition = p and t.role = session_user for no key update;
    return query select * from guard.glance(p, machine);
  end $function$
  grant execute to sandbank_act

function guard.members(p integer, customers text[])
  CREATE OR REPLACE FUNCTION guard.members(p integer, customers text[])
   RETURNS SETOF text
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query select m.customer from guard.member m
      where m.partition = p and m.customer = any (customers);
  end $function$
  grant execute to sandbank_act

function guard.open_partition(p integer, pilot text, module text, owner name, held boolean)
  CREATE OR REPLACE FUNCTION guard.open_partition(p integer, pilot text, module text, owner name, held boolean)
   RETURNS void
   LANGUAGE sql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    insert into guard.partition (partition, pilot, module, role, supervised)
      values (p, pilot, module, owner, held) on conflict do nothing;
  $function$

function guard.openings(p integer, after bigint, most integer)
  CREATE OR REPLACE FUNCTION guard.openings(p integer, after bigint, most integer)
   RETURNS TABLE(seq bigint, salts bytea, facts text, change text, postings text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  $function$
  grant execute to sandbank_read

function guard.own_head(p integer)
  CREATE OR REPLACE FUNCTION guard.own_head(p integer)
   RETURNS TABLE(pilot text, policy_version integer, seq bigint)
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query select t.pilot, t.policy_version, t.seq from guard.partition t where t.partition = p;
  end $function$
  grant execute to sandbank_act

function guard.partitions()
  CREATE OR REPLACE FUNCTION guard.partitions()
   RETURNS TABLE(partition integer, pilot text, module text, supervised boolean)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select t.partition, t.pilot, t.module, t.supervised from guard.partition t order by 1
  $function$
  grant execute to sandbank_act
  grant execute to sandbank_read

function guard.policy_of(p integer, v integer)
  CREATE OR REPLACE FUNCTION guard.policy_of(p integer, v integer)
   RETURNS text
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select body from guard.policy where partition = p and version = v
  $function$
  grant execute to sandbank_act
  grant execute to sandbank_read

function guard.put_policies(p integer, versions integer[], hashes text[], bodies text[], seqs bigint[])
  CREATE OR REPLACE FUNCTION guard.put_policies(p integer, versions integer[], hashes text[], bodies text[], seqs bigint[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    insert into guard.policy select p, t.* from unnest(versions, hashes, bodies, seqs) t;
    update guard.partition t set policy_version = versions[1], policy_hash = hashes[1]
     where t.partition = p;
  end $function$
  grant execute to sandbank_act

function guard.refused_between(p integer, wanted text[], since timestamp with time zone, until timestamp with time zone, before bigint, most integer)
  CREATE OR REPLACE FUNCTION guard.refused_between(p integer, wanted text[], since timestamp with time zone, until timestamp with time zone, before bigint, most integer)
   RETURNS TABLE(seq bigint, at timestamp with time zone, organisation text, command text, act uuid, outcome text, answer text, facts text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select j.seq, j.at, j.organisation, j.command, j.act, j.outcome, j.answer, o.facts
      from unnest(wanted) w(command)
      cross join lateral (
        select * from guard.journal j
         where j.partition = p and j.command = w.command collate "C" and j.seq < before
           and j.outcome not in ('accepted', 'parked') and j.at >= since and j.at < until
         order by j.seq desc limit most) j
      left join guard.opening o on o.partition = p and o.seq = j.seq
     order by j.seq desc limit most
  $function$
  grant execute to sandbank_read

function guard.refused_page(p integer, about text, wanted text, before bigint, most integer)
  CREATE OR REPLACE FUNCTION guard.refused_page(p integer, about text, wanted text, before bigint, most integer)
   RETURNS TABLE(seq bigint, at timestamp with time zone, organisation text, act uuid, outcome text, answer text, facts text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select j.seq, j.at, j.organisation, j.act, j.outcome, j.answer, o.facts
      from guard.opening o join guard.journal j on j.partition = p and j.seq = o.seq
     where o.partition = p and o.subject = about collate "C" and o.seq < before
       and j.command = wanted collate "C" and j.outcome not in ('accepted', 'parked')
     order by o.seq desc limit most
  $function$
  grant execute to sandbank_read

function guard.slice_page(p integer, slice bigint[], wanted text, rule text, most integer)
  CREATE OR REPLACE FUNCTION guard.slice_page(p integer, slice bigint[], wanted text, rule text, most integer)
   RETURNS TABLE(seq bigint, at timestamp with time zone, command text, class text, outcome text, policy_version integer, act uuid)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  $function$
  grant execute to sandbank_read

function guard.sweep_secrets(p integer, machine timestamp with time zone)
  CREATE OR REPLACE FUNCTION guard.sweep_secrets(p integer, machine timestamp with time zone)
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    delete from guard.secret s where s.partition = p and s.until <= machine;
  end $function$
  grant execute to sandbank_act

function guard.take_secret(p integer, place bigint, machine timestamp with time zone)
  CREATE OR REPLACE FUNCTION guard.take_secret(p integer, place bigint, machine timestamp with time zone)
   RETURNS TABLE(act uuid, sealed bytea)
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query
      delete from guard.secret s where s.partition = p and s.seq = place and s.until > machine
      returning s.act, s.sealed;
  end $function$
  grant execute to sandbank_act

function guard.tally_acts(p integer, after bigint, upto bigint)
  CREATE OR REPLACE FUNCTION guard.tally_acts(p integer, after bigint, upto bigint)
   RETURNS TABLE(hour timestamp with time zone, command text, class text, outcome text, acts bigint)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET jit TO 'off'
  AS $function$
    select date_trunc('hour', j.at, 'Asia/Shanghai'), j.command, j.class, j.outcome, count(*)
      from guard.journal j where j.partition = p and j.seq > after and j.seq <= upto
     group by 1, 2, 3, 4
  $function$
  grant execute to sandbank_follow

function guard.tally_denials(p integer, after bigint, upto bigint)
  CREATE OR REPLACE FUNCTION guard.tally_denials(p integer, after bigint, upto bigint)
   RETURNS TABLE(hour timestamp with time zone, code text, rule text, acts bigint)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET jit TO 'off'
  AS $function$
    select date_trunc('hour', j.at, 'Asia/Shanghai'), coalesce(f.one ->> 'code', j.outcome),
           coalesce(f.one ->> 'limit', ''), count(*)
      from guard.journal j
      left join lateral jsonb_array_elements(j.answer::jsonb -> 'failed') f(one) on true
     where j.partition = p and j.seq > after and j.seq <= upto
       and j.outcome not in ('accepted', 'parked')
     group by 1, 2, 3
  $function$
  grant execute to sandbank_follow

function guard.tally_seconds(p integer, after bigint, upto bigint)
  CREATE OR REPLACE FUNCTION guard.tally_seconds(p integer, after bigint, upto bigint)
   RETURNS TABLE(second timestamp with time zone, acts bigint, first_seq bigint, last_seq bigint, last_at timestamp with time zone)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET jit TO 'off'
  AS $function$
    select date_trunc('second', j.at), count(*), min(j.seq), max(j.seq), max(j.at)
      from guard.journal j where j.partition = p and j.seq > after and j.seq <= upto
     group by 1
  $function$
  grant execute to sandbank_follow

function guard.tally_uses(p integer, after bigint, upto bigint)
  CREATE OR REPLACE FUNCTION guard.tally_uses(p integer, after bigint, upto bigint)
   RETURNS TABLE(hour timestamp with time zone, rule text, scope text, whose text, period text, moved bigint)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET jit TO 'off'
  AS $function$
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
  $function$
  grant execute to sandbank_follow

function guard.task_of(p integer, task uuid)
  CREATE OR REPLACE FUNCTION guard.task_of(p integer, task uuid)
   RETURNS SETOF guard.task
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query
      select * from guard.task t where t.partition = p and t.id = task;
  end $function$
  grant execute to sandbank_act

function guard.tasks(wanted text)
  CREATE OR REPLACE FUNCTION guard.tasks(wanted text)
   RETURNS SETOF guard.task
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select * from guard.task t where wanted is null or t.state = wanted order by t.at desc, t.id
     limit 500
  $function$
  grant execute to sandbank_read

function guard.turn_clock(p integer, mode text[], offset_ms bigint[], frozen timestamp with time zone[])
  CREATE OR REPLACE FUNCTION guard.turn_clock(p integer, mode text[], offset_ms bigint[], frozen timestamp with time zone[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    -- Time is one for all: only the partition that is held to no policy, the sandbox's own, turns it.
    perform from guard.partition t where t.partition = p and not t.supervised;
    if not found then
      raise exception 'partition % does not turn the clock', p using errcode = '42501';
    end if;
    update guard.clock c set mode = turn_clock.mode[1], offset_ms = turn_clock.offset_ms[1],
      frozen_at = frozen[1];
  end $function$
  grant execute to sandbank_act

function guard.write(p integer, head_seq bigint, moment timestamp with time zone, version integer, seqs bigint[], organisations text[], ids text[], principals text[], commands text[], classes text[], outcomes text[], digests bytea[], acts uuid[], answers text[], salts bytea[], facts text[], changes text[], subjects text[])
  CREATE OR REPLACE FUNCTION guard.write(p integer, head_seq bigint, moment timestamp with time zone, version integer, seqs bigint[], organisations text[], ids text[], principals text[], commands text[], classes text[], outcomes text[], digests bytea[], acts uuid[], answers text[], salts bytea[], facts text[], changes text[], subjects text[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  end $function$
  grant execute to sandbank_act

function identity.end_request_keys(p integer, ids text[], at timestamp with time zone[])
  CREATE OR REPLACE FUNCTION identity.end_request_keys(p integer, ids text[], at timestamp with time zone[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    update identity.request_key k set ended = u.ended from unnest(ids, at) u(id, ended)
     where k.id = u.id;
  end $function$
  grant execute to sandbank_act

function identity.enrol_request_keys(p integer, lines uuid[], public_keys bytea[], organisations text[], names text[], roles text[], enrolled text[], created timestamp with time zone[], expires timestamp with time zone[])
  CREATE OR REPLACE FUNCTION identity.enrol_request_keys(p integer, lines uuid[], public_keys bytea[], organisations text[], names text[], roles text[], enrolled text[], created timestamp with time zone[], expires timestamp with time zone[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    perform from guard.partition t where t.partition = p and not t.supervised;
    if not found then
      raise exception 'partition % enrols no keys', p using errcode = '42501';
    end if;
    insert into identity.key_line (id, organisation, name)
      select k.id, k.organisation, k.name from unnest(lines, organisations, names)
        k(id, organisation, name)
      on conflict do nothing;
    insert into identity.request_key
        (id, public_key, organisation, line, roles, enrolled_by, created, expires)
      select encode(sha256(k.public_key), 'hex'), k.public_key, k.organisation, l.id,
             string_to_array(k.roles, ' '), k.enrolled, k.created, k.expires
        from unnest(public_keys, organisations, names, roles, enrolled, created, expires)
          k(public_key, organisation, name, roles, enrolled, created, expires)
        join identity.key_line l on l.organisation = k.organisation and l.name = k.name;
  end $function$
  grant execute to sandbank_act

function identity.is_organisation(p integer, wanted text)
  CREATE OR REPLACE FUNCTION identity.is_organisation(p integer, wanted text)
   RETURNS boolean
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return exists (select from identity.organisation o
                    where o.id = wanted collate "C" and o.state = 'active')
       and exists (select from guard.partition t where t.partition = p and not t.supervised);
  end $function$
  grant execute to sandbank_act

function identity.issue_keys(p integer, ids uuid[], hashes bytea[], prefixes text[], organisations text[], names text[], roles text[], created timestamp with time zone[], expires timestamp with time zone[])
  CREATE OR REPLACE FUNCTION identity.issue_keys(p integer, ids uuid[], hashes bytea[], prefixes text[], organisations text[], names text[], roles text[], created timestamp with time zone[], expires timestamp with time zone[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    perform from guard.partition t where t.partition = p and not t.supervised;
    if not found then
      raise exception 'partition % issues no keys', p using errcode = '42501';
    end if;
    insert into identity.key_line (id, organisation, name)
      select k.id, k.organisation, k.name from unnest(ids, organisations, names) k(id, organisation, name)
      on conflict do nothing;
    insert into identity.api_key
        (id, secret_hash, prefix, organisation, name, roles, created, expires, state, line)
      select k.id, k.hash, k.prefix, k.organisation, k.name, string_to_array(k.roles, ' '), k.created,
             k.expires, 'active', l.id
        from unnest(ids, hashes, prefixes, organisations, names, roles, created, expires)
          k(id, hash, prefix, organisation, name, roles, created, expires)
        join identity.key_line l on l.organisation = k.organisation and l.name = k.name;
  end $function$
  grant execute to sandbank_act

function identity.keep_ended()
  CREATE OR REPLACE FUNCTION identity.keep_ended()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if old.ended is not null then
      raise exception 'request key % has ended', old.id using errcode = '23514';
    end if;
    return new;
  end $function$

function identity.request_keys(p integer, ids text[])
  CREATE OR REPLACE FUNCTION identity.request_keys(p integer, ids text[])
   RETURNS TABLE(id text, organisation text, expires timestamp with time zone, ended timestamp with time zone)
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query select k.id, k.organisation, k.expires, k.ended from identity.request_key k
                  where k.id = any (ids);
  end $function$
  grant execute to sandbank_act

function identity.request_keys_of(p integer, holder text)
  CREATE OR REPLACE FUNCTION identity.request_keys_of(p integer, holder text)
   RETURNS TABLE(id text, public_key bytea, name text, enrolled_by text, created timestamp with time zone, expires timestamp with time zone, ended timestamp with time zone)
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query select k.id, k.public_key, l.name, k.enrolled_by, k.created, k.expires, k.ended
                   from identity.request_key k join identity.key_line l on l.id = k.line
                  where k.organisation = holder collate "C" order by k.created, k.id limit 200;
  end $function$
  grant execute to sandbank_act

function jobs.enqueue(p integer, tasks text[], payloads jsonb[])
  CREATE OR REPLACE FUNCTION jobs.enqueue(p integer, tasks text[], payloads jsonb[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    if cardinality(tasks) <> cardinality(payloads) then
      raise exception 'as many payloads as tasks are needed' using errcode = '22023';
    end if;
    insert into jobs.outbox (partition, task, payload, created)
    select p, t.task, t.payload, clock_timestamp() -- tidy: machine time, because jobs have no other
      from unnest(tasks, payloads) with ordinality as t (task, payload, at) order by t.at;
  end $function$
  grant execute to sandbank_act

function ledger.balances(p integer, prefix text)
  CREATE OR REPLACE FUNCTION ledger.balances(p integer, prefix text)
   RETURNS TABLE(key text, book text, owner text, period text, debits bigint, credits bigint, pending_debits bigint, pending_credits bigint, cap bigint, closed boolean)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select a.key, a.book, a.owner, a.period, a.debits, a.credits, a.pending_debits,
           a.pending_credits, a.cap, a.closed
      from ledger.account a
     where a.partition = p and a.key >= prefix collate "C"
       and a.key < (prefix || chr(1114111)) collate "C"
     order by a.key
  $function$
  grant execute to sandbank_read

function ledger.counted(p integer)
  CREATE OR REPLACE FUNCTION ledger.counted(p integer)
   RETURNS TABLE(id bigint, key text, book text, debits bigint, credits bigint, pending_debits bigint, pending_credits bigint, owner text, period text)
   LANGUAGE sql
   STABLE
  AS $function$
    select a.id, a.key, a.book, a.debits, a.credits, a.pending_debits, a.pending_credits, a.owner,
           a.period
      from ledger.account a where a.partition = p
    union all
    select d.id, d.key, 'limits', d.debits, d.credits, 0, 0, d.owner, d.period
      from ledger.dropped d where d.partition = p
  $function$

function ledger.differing_accounts(p integer)
  CREATE OR REPLACE FUNCTION ledger.differing_accounts(p integer)
   RETURNS TABLE(key text)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  $function$
  grant execute to sandbank_read

function ledger.drop_windows(p integer, ids bigint[], d bigint[], c bigint[])
  CREATE OR REPLACE FUNCTION ledger.drop_windows(p integer, ids bigint[], d bigint[], c bigint[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  end $function$
  grant execute to sandbank_act

function ledger.due_holds(p integer, due timestamp with time zone, most integer)
  CREATE OR REPLACE FUNCTION ledger.due_holds(p integer, due timestamp with time zone, most integer)
   RETURNS SETOF uuid
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query
      select h.id from ledger.hold h
       where h.partition = p and h.state = 'open' and h.expires <= due
       order by h.expires, h.id limit most;
  end $function$
  grant execute to sandbank_act

function ledger.forget(p integer, customers text[], rules text[])
  CREATE OR REPLACE FUNCTION ledger.forget(p integer, customers text[], rules text[])
   RETURNS void
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    customer text;
    rule text;
    first text;
  begin
    foreach customer in array customers loop
      foreach rule in array rules loop
        first := 'limit/' || rule || '/' || customer || '/';
        update ledger.account a set key = 'erased/' || a.id, owner = null
         where a.partition = p and a.key >= first collate "C"
           and a.key < left(first, -1) || '0' collate "C" and a.owner = customer;
        update ledger.dropped d set key = 'erased/' || d.id, owner = null
         where d.partition = p and d.key >= first collate "C"
           and d.key < left(first, -1) || '0' collate "C" and d.owner = customer;
      end loop;
    end loop;
  end $function$

function ledger.has_over_windows(p integer, before text)
  CREATE OR REPLACE FUNCTION ledger.has_over_windows(p integer, before text)
   RETURNS boolean
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select exists (select from ledger.account a
       where a.partition = p and a.book = 'limits' and a.period < before collate "C"
         and length(a.period) in (4, 7, 10) and a.period < left(before, length(a.period)) collate "C"
         and a.pending_debits = 0 and a.pending_credits = 0)
  $function$
  grant execute to sandbank_read

function ledger.insert_accounts(p integer, ids bigint[], keys text[], books text[], owners text[], periods text[], d bigint[], c bigint[], pd bigint[], pc bigint[], caps bigint[], floors bigint[], above bigint[], shut boolean[])
  CREATE OR REPLACE FUNCTION ledger.insert_accounts(p integer, ids bigint[], keys text[], books text[], owners text[], periods text[], d bigint[], c bigint[], pd bigint[], pc bigint[], caps bigint[], floors bigint[], above bigint[], shut boolean[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    insert into ledger.account (partition, id, key, book, owner, period, debits, credits,
        pending_debits, pending_credits, cap, floor, grandfathered, closed)
      select p, t.* from unnest(ids, keys, books, owners, periods, d, c, pd, pc, caps, floors, above,
        shut) t;
  end $function$
  grant execute to sandbank_act

function ledger.insert_acts(p integer, at timestamp with time zone, seqs bigint[], ends integer[], accounts bigint[], amounts bigint[], kinds smallint[])
  CREATE OR REPLACE FUNCTION ledger.insert_acts(p integer, at timestamp with time zone, seqs bigint[], ends integer[], accounts bigint[], amounts bigint[], kinds smallint[])
   RETURNS void
   LANGUAGE sql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET enable_nestloop TO 'off'
   SET enable_memoize TO 'off'
  AS $function$
    select ledger.own(p);
    insert into ledger.act
      select p, t.seq, at, accounts[t.start + 1 : t.stop], amounts[t.start + 1 : t.stop],
             kinds[t.start + 1 : t.stop]
        from unnest(seqs, 0 || ends, ends) t(seq, start, stop) where t.seq is not null
  $function$
  grant execute to sandbank_act

function ledger.insert_holds(p integer, ids uuid[], amounts bigint[], captured bigint[], expires timestamp with time zone[], states text[], ends integer[], accounts bigint[], leg_amounts bigint[], sides smallint[])
  CREATE OR REPLACE FUNCTION ledger.insert_holds(p integer, ids uuid[], amounts bigint[], captured bigint[], expires timestamp with time zone[], states text[], ends integer[], accounts bigint[], leg_amounts bigint[], sides smallint[])
   RETURNS void
   LANGUAGE sql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET enable_nestloop TO 'off'
   SET enable_memoize TO 'off'
  AS $function$
    select ledger.own(p);
    insert into ledger.hold
      select p, t.id, t.amount, t.taken, t.expires, t.state, accounts[t.start + 1 : t.stop],
             leg_amounts[t.start + 1 : t.stop], sides[t.start + 1 : t.stop]
        from unnest(ids, amounts, captured, expires, states, 0 || ends, ends)
          t(id, amount, taken, expires, state, start, stop) where t.id is not null
  $function$
  grant execute to sandbank_act

function ledger.load_accounts(p integer, wanted text[], holds uuid[])
  CREATE OR REPLACE FUNCTION ledger.load_accounts(p integer, wanted text[], holds uuid[])
   RETURNS TABLE(keys text[], lines bytea)
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET enable_nestloop TO 'off'
   SET enable_memoize TO 'off'
  AS $function$
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
  end $function$
  grant execute to sandbank_act

function ledger.load_holds(p integer, holds uuid[])
  CREATE OR REPLACE FUNCTION ledger.load_holds(p integer, holds uuid[])
   RETURNS TABLE(id uuid, amount bigint, captured bigint, expires timestamp with time zone, state text, accounts text, amounts text, sides text)
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET enable_nestloop TO 'off'
   SET enable_memoize TO 'off'
  AS $function$
  begin
    perform ledger.own(p);
    return query
      select h.id, h.amount, h.captured, h.expires, h.state,
             h.accounts::text, h.amounts::text, h.sides::text
        from ledger.hold h where h.partition = p and h.id = any (holds);
  end $function$
  grant execute to sandbank_act

function ledger.next_due(p integer, until timestamp with time zone)
  CREATE OR REPLACE FUNCTION ledger.next_due(p integer, until timestamp with time zone)
   RETURNS timestamp with time zone
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select min(h.expires) from ledger.hold h
     where h.partition = p and h.state = 'open' and h.expires <= until
  $function$
  grant execute to sandbank_read

function ledger.open_holds(p integer)
  CREATE OR REPLACE FUNCTION ledger.open_holds(p integer)
   RETURNS TABLE(holds bigint, amount bigint, last timestamp with time zone)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select count(*), coalesce(sum(h.amount - h.captured), 0)::int8, max(h.expires)
      from ledger.hold h where h.partition = p and h.state = 'open'
  $function$
  grant execute to sandbank_read

function ledger.open_partition(p integer, owner name)
  CREATE OR REPLACE FUNCTION ledger.open_partition(p integer, owner name)
   RETURNS void
   LANGUAGE sql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    insert into ledger.partition values (p, owner) on conflict do nothing
  $function$

function ledger.outstanding(p integer, prefix text)
  CREATE OR REPLACE FUNCTION ledger.outstanding(p integer, prefix text)
   RETURNS TABLE(accounts bigint, used bigint, held bigint)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select count(*) filter (where a.debits <> a.credits or a.pending_debits <> 0
                               or a.pending_credits <> 0),
           coalesce(sum(a.debits - a.credits), 0)::int8, coalesce(sum(a.pending_debits), 0)::int8
      from ledger.account a
     where a.partition = p and a.key >= prefix collate "C"
       and a.key < (prefix || chr(1114111)) collate "C"
  $function$
  grant execute to sandbank_read

function ledger.over_windows(p integer, before text, most integer)
  CREATE OR REPLACE FUNCTION ledger.over_windows(p integer, before text, most integer)
   RETURNS TABLE(id bigint, key text, period text, debits bigint, credits bigint, cap bigint)
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform ledger.own(p);
    return query
      select a.id, a.key, a.period, a.debits, a.credits, a.cap from ledger.account a
       where a.partition = p and a.book = 'limits' and a.period < before collate "C"
         and length(a.period) in (4, 7, 10) and a.period < left(before, length(a.period)) collate "C"
         and a.pending_debits = 0 and a.pending_credits = 0
       order by a.period, a.id limit most;
  end $function$
  grant execute to sandbank_act

function ledger.own(p integer)
  CREATE OR REPLACE FUNCTION ledger.own(p integer)
   RETURNS void
   LANGUAGE plpgsql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform from ledger.partition t where t.partition = p and t.role = session_user;
    if not found then
      raise exception 'role % does not own partition %', session_user, p using errcode = '42501';
    end if;
  end $function$
  grant execute to sandbank_act

function ledger.statement(p integer, account_key text, before bigint, most integer)
  CREATE OR REPLACE FUNCTION ledger.statement(p integer, account_key text, before bigint, most integer)
   RETURNS TABLE(seq bigint, at timestamp with time zone, kind smallint, amount bigint)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select x.seq, x.at, t.kind, t.amount
      from ledger.counted(p) a
      join ledger.act x on x.partition = p and x.seq < before and x.accounts @> array[a.id]
      cross join unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
     where a.key = account_key collate "C" and t.account = a.id
     order by x.seq desc limit most
  $function$
  grant execute to sandbank_read

function ledger.trial_balance(p integer, until timestamp with time zone)
  CREATE OR REPLACE FUNCTION ledger.trial_balance(p integer, until timestamp with time zone)
   RETURNS TABLE(book text, debits bigint, credits bigint, pending_debits bigint, pending_credits bigint)
   LANGUAGE sql
   STABLE SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
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
  $function$
  grant execute to sandbank_read

function ledger.update_accounts(p integer, ids bigint[], d bigint[], c bigint[], pd bigint[], pc bigint[], caps bigint[], above bigint[], shut boolean[])
  CREATE OR REPLACE FUNCTION ledger.update_accounts(p integer, ids bigint[], d bigint[], c bigint[], pd bigint[], pc bigint[], caps bigint[], above bigint[], shut boolean[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET enable_nestloop TO 'off'
   SET enable_memoize TO 'off'
  AS $function$
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
  end $function$
  grant execute to sandbank_act

function ledger.update_counters(p integer, ids bigint[], d bigint[], c bigint[], pd bigint[], pc bigint[])
  CREATE OR REPLACE FUNCTION ledger.update_counters(p integer, ids bigint[], d bigint[], c bigint[], pd bigint[], pc bigint[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET enable_nestloop TO 'off'
   SET enable_memoize TO 'off'
  AS $function$
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
  end $function$
  grant execute to sandbank_act

function ledger.update_holds(p integer, ids uuid[], taken bigint[], states text[])
  CREATE OR REPLACE FUNCTION ledger.update_holds(p integer, ids uuid[], taken bigint[], states text[])
   RETURNS void
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
   SET plan_cache_mode TO 'force_generic_plan'
   SET enable_seqscan TO 'off'
   SET enable_bitmapscan TO 'off'
   SET enable_mergejoin TO 'off'
   SET enable_nestloop TO 'off'
   SET enable_memoize TO 'off'
  AS $function$
  begin
    perform ledger.own(p);
    update ledger.hold h set captured = t.captured, state = t.state
      from unnest(ids, taken, states) t(id, captured, state)
     where h.partition = p and h.id = any (ids) and h.id = t.id;
  end $function$
  grant execute to sandbank_act

function sandbox.answer_what_was_admitted()
  CREATE OR REPLACE FUNCTION sandbox.answer_what_was_admitted()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if old.state <> 'admitted' and new.answer is not null then
      raise exception 'comment % was not admitted', new.id using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.begin_waiting()
  CREATE OR REPLACE FUNCTION sandbox.begin_waiting()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    raise exception 'a row of % begins waiting', tg_table_name using errcode = '23514';
  end $function$

function sandbox.enter_as_draft_or_registered()
  CREATE OR REPLACE FUNCTION sandbox.enter_as_draft_or_registered()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if new.state not in ('draft', 'registered') then
      raise exception 'pilot % cannot begin as %', new.slug, new.state using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_claim_to_the_table()
  CREATE OR REPLACE FUNCTION sandbox.keep_claim_to_the_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'raised' or new.paid <> 0 then
        raise exception 'claim % cannot begin as %', new.id, new.state using errcode = '23514';
      end if;
      return new;
    end if;
    if not exists (select from sandbox.claim_transition t
                    where t.from_state = old.state and t.to_state = new.state) then
      raise exception 'claim % cannot go from % to %', new.id, old.state, new.state
        using errcode = '23514';
    end if;
    if new.paid < old.paid or old.admitted is not null and new.admitted <> old.admitted then
      raise exception 'claim %: what was done is not undone', new.id using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_code()
  CREATE OR REPLACE FUNCTION sandbox.keep_code()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if (new.state <> old.state and old.state <> 'waiting')
       or (old.used_at is not null and (new.used_at, new.wrong) is distinct from (old.used_at, old.wrong))
       or new.wrong not in (old.wrong, old.wrong + 1) then
      raise exception 'code % cannot change so', old.id using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_complaint_to_the_table()
  CREATE OR REPLACE FUNCTION sandbox.keep_complaint_to_the_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'received' or new.days <> 15 then
        raise exception 'complaint % cannot begin as % with % days', new.id, new.state, new.days
          using errcode = '23514';
      end if;
      return new;
    end if;
    if old.state in ('closed', 'withdrawn') or old.state <> new.state and not exists (
        select from sandbox.complaint_transition t
         where t.from_state = old.state and t.to_state = new.state) then
      raise exception 'complaint % cannot go from % to %', new.id, old.state, new.state
        using errcode = '23514';
    end if;
    -- Time is given step by step, only while it is not over, and never taken back.
    if new.days <> old.days and ((old.days, new.days) not in ((15, 30), (30, 60))
        or old.overdue_since is not null) then
      raise exception 'complaint % cannot go from % days to %', new.id, old.days, new.days
        using errcode = '23514';
    end if;
    -- What was answered, late or escalated stays so.
    if old.answered_at is distinct from new.answered_at and old.answered_at is not null
       or old.outcome is distinct from new.outcome and old.answered_at is not null
       or old.overdue_since is not null and new.overdue_since is distinct from old.overdue_since
       or old.escalated_at is not null and new.escalated_at is distinct from old.escalated_at
       or old.recheck_at is not null and new.recheck_at is distinct from old.recheck_at then
      raise exception 'complaint %: what was done is not undone', new.id using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_evaluation_whole()
  CREATE OR REPLACE FUNCTION sandbox.keep_evaluation_whole()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    e sandbox.evaluation;
    latest int;
    lacks text;
  begin
    select * into e from sandbox.evaluation t
     where t.partition = new.partition and t.pilot = new.pilot and t.round = new.round;
    if e.state in ('self_test', 'failed', 'broken_off') then
      return null;
    end if;
    select max(m.number) into latest from sandbox.evaluation_measurement m
     where m.partition = e.partition and m.pilot = e.pilot and m.round = e.round;
    lacks := case
      when not exists (select from sandbox.evaluation_report r where r.partition = e.partition
             and r.pilot = e.pilot and r.round = e.round and r.kind = 'self_test'
             and r.state = 'standing')
        then 'a self-test'
      when e.state <> 'audit' and not exists (select from sandbox.evaluation_report r
             where r.partition = e.partition and r.pilot = e.pilot and r.round = e.round
               and r.kind = 'audit' and r.state = 'standing')
        then 'an audit'
      when e.state not in ('audit', 'expert_review') and (latest is null
           or exists (select from sandbox.evaluation_expert x
                where x.partition = e.partition and x.pilot = e.pilot and x.round = e.round
                  and x.state = 'appointed' and not exists (select from sandbox.evaluation_report r
                    where r.partition = e.partition and r.pilot = e.pilot and r.round = e.round
                      and r.kind = 'opinion' and r.state = 'standing' and r.author = x.person)))
        then 'the opinion of every expert and a measuring'
      when e.state in ('passed', 'graduating', 'graduated') and exists (
             select from sandbox.evaluation_report r where r.partition = e.partition
                and r.pilot = e.pilot and r.round = e.round and r.kind = 'audit'
                and r.state = 'standing' and r.body ->> 'conclusion' = 'adverse')
        then 'an audit that is not adverse'
      when e.state in ('passed', 'graduating', 'graduated') and (
           not exists (select from sandbox.evaluation_criterion c where c.partition = e.partition
                and c.pilot = e.pilot and c.round = e.round and c.measurement = latest
                and c.kind = 'threshold')
           or (select count(*) from sandbox.evaluation_criterion c where c.partition = e.partition
                 and c.pilot = e.pilot and c.round = e.round and c.measurement = latest
                 and c.kind = 'dimension') <> 8
           or exists (select from sandbox.evaluation_criterion c where c.partition = e.partition
                and c.pilot = e.pilot and c.round = e.round and c.measurement = latest and not c.met
                and not exists (select from sandbox.evaluation_override o
                  where o.partition = c.partition and o.pilot = c.pilot and o.round = c.round
                    and o.measurement = c.measurement and o.criterion = c.criterion)))
        then 'that every criterion is met or overridden'
    end;
    if lacks is not null then
      raise exception 'evaluation of % cannot be at %: it lacks %', e.pilot, e.state, lacks
        using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_evidence_on_file()
  CREATE OR REPLACE FUNCTION sandbox.keep_evidence_on_file()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    missing text;
  begin
    select c.hash into missing
      from (select e #>> '{}' as hash
              from jsonb_path_query(to_jsonb(new), '$.**.evidence ? (@.type() == "string")') e) c
     where not exists (select from sandbox.attachment a
                        where a.partition = new.partition and a.hash = c.hash)
     limit 1;
    if missing is not null then
      raise exception 'no document with the hash % is on file', missing using errcode = '23503';
    end if;
    return new;
  end $function$

function sandbox.keep_exit_steps_in_order()
  CREATE OR REPLACE FUNCTION sandbox.keep_exit_steps_in_order()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if exists (select from sandbox.exit_step s
                where s.partition = new.partition and s.pilot = new.pilot
                  and s.number < new.number and s.state <> 'closed')
       and exists (select from sandbox.exit_step s
                    where s.partition = new.partition and s.pilot = new.pilot
                      and s.number = new.number and s.state <> 'waiting') then
      raise exception 'step % of % comes before its turn', new.step, new.pilot
        using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_exit_whole()
  CREATE OR REPLACE FUNCTION sandbox.keep_exit_whole()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if new.state <> 'running' and (
         exists (select from sandbox.exit_step s where s.partition = new.partition
                   and s.pilot = new.pilot and s.state <> 'closed')
         or not exists (select from sandbox.exit_archive a where a.partition = new.partition
                          and a.pilot = new.pilot and a.state = 'verified')) then
      raise exception 'exit of % is not drained', new.pilot using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_lifted()
  CREATE OR REPLACE FUNCTION sandbox.keep_lifted()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if (old.status, new.status) not in (('in_force', 'effective'), ('in_force', 'lifted'),
         ('effective', 'lifted')) then
      raise exception 'directive % cannot go from % to %', old.id, old.status, new.status
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_payouts_summed()
  CREATE OR REPLACE FUNCTION sandbox.keep_payouts_summed()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    wanted uuid;
  begin
    if tg_table_name = 'payout' then wanted := new.claim; else wanted := new.id; end if;
    if (select c.paid from sandbox.claim c where c.partition = new.partition and c.id = wanted)
       <> (select coalesce(sum(p.amount), 0) from sandbox.payout p
            where p.partition = new.partition and p.claim = wanted) then
      raise exception 'claim % is not paid as its payouts say', wanted using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_permit()
  CREATE OR REPLACE FUNCTION sandbox.keep_permit()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if (old.state, new.state) not in (('reserved', 'confirmed'), ('reserved', 'cancelled'),
         ('confirmed', 'confirmed'), ('confirmed', 'closed'))
       or new.given_back < old.given_back
       or (old.state = 'confirmed' and new.confirmed <> old.confirmed) then
      raise exception 'permit % cannot go from % to %', new.id, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_pilot_to_its_evaluation()
  CREATE OR REPLACE FUNCTION sandbox.keep_pilot_to_its_evaluation()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    p sandbox.pilot;
    at text;
    stands boolean;
  begin
    if tg_table_name = 'pilot' then
      select * into p from sandbox.pilot t
       where t.partition = new.partition and t.slug = to_jsonb(new) ->> 'slug';
    else
      select * into p from sandbox.pilot t
       where t.partition = new.partition and t.slug = to_jsonb(new) ->> 'pilot';
    end if;
    select e.state into at from sandbox.evaluation e
     where e.partition = p.partition and e.pilot = p.slug order by e.round desc limit 1;
    stands := case p.state
      when 'evaluation' then at in ('self_test', 'audit', 'expert_review', 'confirm')
      when 'passed' then at in ('passed', 'graduating')
      when 'failed' then at = 'failed'
      when 'graduated' then at = 'graduated'
      else at is null or at in ('failed', 'broken_off')
        or p.state in ('exiting', 'exited') and at = 'graduated' and exists (
          select from sandbox.watch_period w where w.partition = p.partition and w.pilot = p.slug
             and w.state = 'exit_required')
    end;
    if stands is not true then
      raise exception 'pilot % cannot be % while its evaluation is at %', p.slug, p.state,
        coalesce(at, 'nothing') using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_pilot_to_its_exit()
  CREATE OR REPLACE FUNCTION sandbox.keep_pilot_to_its_exit()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if new.state in ('exiting', 'exited') and not exists (
         select from sandbox.exit e where e.partition = new.partition and e.pilot = new.slug
            and (new.state = 'exiting' or e.state = 'completed')) then
      raise exception 'pilot % has no exit that lets it be %', new.slug, new.state
        using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_pilot_to_its_watch()
  CREATE OR REPLACE FUNCTION sandbox.keep_pilot_to_its_watch()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    watched text;
  begin
    select w.state into watched from sandbox.watch_period w
     where w.partition = new.partition and w.pilot = new.slug;
    if new.state = 'graduated' and watched is null
       or old.state = 'graduated' and new.state <> 'graduated'
          and watched is distinct from 'exit_required'
       or new.state = 'graduated' and watched = 'exit_required' then
      raise exception 'pilot % cannot be % while its watch is %', new.slug, new.state,
        coalesce(watched, 'not begun') using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_posted()
  CREATE OR REPLACE FUNCTION sandbox.keep_posted()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if (tg_table_name = 'dispatch' and to_jsonb(old) ->> 'state' <> 'waiting')
       or (tg_table_name = 'contact' and to_jsonb(old) ->> 'closed_at' is not null) then
      raise exception 'a row of % is done', tg_table_name using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_proven()
  CREATE OR REPLACE FUNCTION sandbox.keep_proven()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if old.proven_at is not null and new.proven_at is distinct from old.proven_at then
      raise exception 'contact % is proven', old.id using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_ready_stated()
  CREATE OR REPLACE FUNCTION sandbox.keep_ready_stated()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if new.state = 'ready' and not exists (select from sandbox.user_statement s
         where s.partition = new.partition and s.pilot = new.slug) then
      raise exception 'pilot % cannot become ready without a user statement', new.slug
        using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_the_version()
  CREATE OR REPLACE FUNCTION sandbox.keep_the_version()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if new.declaration <> old.declaration
       and old.state not in ('draft', 'answering', 'testing', 'restricted', 'suspended')
       and exists (select from sandbox.application a
                    where a.partition = new.partition and a.pilot = new.slug) then
      raise exception 'pilot % is %: its declaration stands', new.slug, old.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_to_the_evaluation_table()
  CREATE OR REPLACE FUNCTION sandbox.keep_to_the_evaluation_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'INSERT' then
      if new.state <> tg_argv[1] then
        raise exception '% of % cannot begin as %', tg_argv[0], new.pilot, new.state
          using errcode = '23514';
      end if;
      return new;
    end if;
    if not exists (select from sandbox.evaluation_transition t where t.of = tg_argv[0]
                      and t.from_state = old.state and t.to_state = new.state) then
      raise exception '% of % cannot go from % to %', tg_argv[0], new.pilot, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_to_the_exit_table()
  CREATE OR REPLACE FUNCTION sandbox.keep_to_the_exit_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'INSERT' then
      if new.state = tg_argv[1] then
        return new;
      end if;
      if tg_argv[0] = 'step' then
        if new.number = 1 and new.state = 'open' then
          return new;
        end if;
      end if;
      raise exception '% of % cannot begin as %', tg_argv[0], new.pilot, new.state
        using errcode = '23514';
    end if;
    if not exists (select from sandbox.exit_transition t where t.of = tg_argv[0]
                      and t.from_state = old.state and t.to_state = new.state) then
      raise exception '% of % cannot go from % to %', tg_argv[0], new.pilot, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_to_the_incident_table()
  CREATE OR REPLACE FUNCTION sandbox.keep_to_the_incident_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'opened' then
        raise exception 'incident % cannot begin as %', new.id, new.state using errcode = '23514';
      end if;
    elsif not exists (select from sandbox.incident_transition t
                       where t.from_state = old.state and t.to_state = new.state) then
      raise exception 'incident % cannot go from % to %', new.id, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_to_the_procedure()
  CREATE OR REPLACE FUNCTION sandbox.keep_to_the_procedure()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    p sandbox.pilot;
    filed sandbox.filing;
    round sandbox.consultation;
    registered sandbox.registration;
    lacks text;
  begin
    if not exists (select from sandbox.application a
                    where a.partition = new.partition and a.pilot = new.slug) then
      return null;
    end if;
    select * into p from sandbox.pilot t where t.partition = new.partition and t.slug = new.slug;
    select * into filed from sandbox.filing f
     where f.partition = p.partition and f.pilot = p.slug and f.version = p.declaration;
    select * into round from sandbox.consultation c
     where c.partition = p.partition and c.pilot = p.slug order by c.round desc limit 1;
    select * into registered from sandbox.registration r
     where r.partition = p.partition and r.pilot = p.slug;
    lacks := case
      when p.state in ('submitted', 'review', 'consultation', 'answering', 'registered')
           and filed.signature is null
        then 'a signed declaration'
      when p.state = 'consultation' and (round.next_at is null or filed.published_at is null
           or round.covers is distinct from p.declaration)
        then 'an open consultation on this version'
      when p.state = 'answering' and (round.next_at is not null
           or round.covers is distinct from p.declaration)
        then 'a consultation on this version that the clock has closed'
      when p.state = 'registered' and (registered.version is distinct from p.declaration
           or round.covers is distinct from p.declaration or round.ended <> 'clock')
        then 'a number for the version that was consulted on'
      when p.state = 'registered' and exists (select from sandbox.comment c
           where c.partition = p.partition and c.pilot = p.slug
             and (c.state = 'waiting' or (c.state = 'admitted' and c.answer is null)))
        then 'an answer to every admissible comment'
      when p.state = 'refused' and not exists (select from sandbox.ruling r
           where r.partition = p.partition and r.pilot = p.slug and r.kind = 'refused')
        then 'the reasons of the refusal'
      when old.state = 'ready' and p.state = 'testing' and p.since >= registered.start_by
        then 'a registration that is not too old'
      when p.state in ('testing', 'restricted', 'suspended') and p.declaration <> old.declaration
           and not exists (select from sandbox.change_request r where r.partition = p.partition
             and r.pilot = p.slug and r.version = p.declaration and r.state = 'adopted')
        then 'an adopted change'
    end;
    if lacks is not null then
      raise exception 'pilot % cannot become %: it lacks %', new.slug, new.state, lacks
        using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_to_the_table()
  CREATE OR REPLACE FUNCTION sandbox.keep_to_the_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if not exists (select from sandbox.transition t
                    where t.from_state = old.state and t.to_state = new.state)
       and old.state <> new.state then
      raise exception 'pilot % cannot go from % to %', new.slug, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_to_the_watch_table()
  CREATE OR REPLACE FUNCTION sandbox.keep_to_the_watch_table()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'INSERT' then
      if new.state <> tg_argv[1] then
        raise exception '% of % cannot begin as %', tg_argv[0], new.pilot, new.state
          using errcode = '23514';
      end if;
      return new;
    end if;
    if not exists (select from sandbox.watch_transition t where t.of = tg_argv[0]
                      and t.from_state = old.state and t.to_state = new.state) then
      raise exception '% of % cannot go from % to %', tg_argv[0], new.pilot, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_watch_checks_without_gap()
  CREATE OR REPLACE FUNCTION sandbox.keep_watch_checks_without_gap()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if new.number > 1 and not exists (select from sandbox.watch_check c
        where c.partition = new.partition and c.pilot = new.pilot and c.number = new.number - 1
          and c.to_at = new.from_at) then
      raise exception 'check % of the watch of % does not follow the one before', new.number, new.pilot
        using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_watch_whole()
  CREATE OR REPLACE FUNCTION sandbox.keep_watch_whole()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    w sandbox.watch_period;
    open_findings boolean;
    wrong text;
  begin
    select * into w from sandbox.watch_period t
     where t.partition = new.partition and t.pilot = new.pilot;
    open_findings := exists (select from sandbox.watch_finding f where f.partition = w.partition
      and f.pilot = w.pilot and f.state = 'open');
    wrong := case
      when (w.state = 'questioned') <> open_findings
        then 'is ' || w.state || ' while something is ' || case when open_findings then 'open'
             else 'ruled' end
      when exists (select from sandbox.watch_criterion c where c.partition = w.partition
             and c.pilot = w.pilot and not c.met and not exists (select from sandbox.watch_finding f
               where f.partition = c.partition and f.pilot = c.pilot and f.check_number = c.number))
        then 'misses a threshold and has no finding of it'
      when exists (select from sandbox.watch_condition c where c.partition = w.partition
             and c.pilot = w.pilot and (c.state = 'missed') <> exists (
               select from sandbox.watch_finding f where f.partition = c.partition
                  and f.pilot = c.pilot and f.of_ruling = c.ruling and f.of_condition = c.number))
        then 'misses a condition and has no finding of it, or finds one that is not missed'
      when w.state in ('ended', 'exit_required') and exists (
             select from sandbox.watch_condition c where c.partition = w.partition
                and c.pilot = w.pilot and c.state = 'pending')
        then 'is ' || w.state || ' while a condition is pending'
      when exists (select from sandbox.watch_finding f
             join sandbox.watch_ruling r on r.partition = f.partition and r.pilot = f.pilot
              and r.number = f.ruling
            where f.partition = w.partition and f.pilot = w.pilot
              and f.state <> case r.ruling when 'accept' then 'accepted' when 'extend' then 'extended'
                else 'exit_required' end)
        then 'has a finding that was ruled otherwise'
      when (w.state = 'exit_required') <> exists (select from sandbox.watch_ruling r
             where r.partition = w.partition and r.pilot = w.pilot and r.ruling = 'require_exit')
        then 'is ' || w.state || ' against its rulings'
      when coalesce((select max(c.to_at) from sandbox.watch_check c where c.partition = w.partition
             and c.pilot = w.pilot), w.checked_to) <> w.checked_to
        then 'is not checked as far as it says'
    end;
    if wrong is not null then
      raise exception 'the watch of % %', w.pilot, wrong using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.keep_what_is_done()
  CREATE OR REPLACE FUNCTION sandbox.keep_what_is_done()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if (tg_table_name = 'comment' and to_jsonb(old) ->> 'moderated_by' is not null
          and (to_jsonb(new) - 'answer' is distinct from to_jsonb(old) - 'answer'
               or to_jsonb(old) ->> 'answer' is not null))
       or (tg_table_name = 'filing' and to_jsonb(old) ->> 'signature' is not null
          and to_jsonb(new) - 'published_at' is distinct from to_jsonb(old) - 'published_at')
       or (tg_table_name = 'consultation' and to_jsonb(old) ->> 'closed_at' is not null
          and to_jsonb(new) - 'covers' is distinct from to_jsonb(old) - 'covers')
       or (tg_table_name = 'change_request' and to_jsonb(old) ->> 'settled_at' is not null)
       or (tg_table_name = 'signing_key' and to_jsonb(old) ->> 'ended_at' is not null) then
      raise exception 'a row of % is done', tg_table_name using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.keep_words()
  CREATE OR REPLACE FUNCTION sandbox.keep_words()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if tg_op = 'DELETE' then
      if old.claimed then
        raise exception 'words % are named by an act', old.id using errcode = '23514';
      end if;
      return old;
    end if;
    if (old.erased_at is not null and new.erased_at is distinct from old.erased_at)
       or (old.claimed and not new.claimed) then
      raise exception 'words %: what was done is not undone', old.id using errcode = '23514';
    end if;
    return new;
  end $function$

function sandbox.post_letter()
  CREATE OR REPLACE FUNCTION sandbox.post_letter()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    perform jobs.enqueue(new.partition, array['sandbox.post_letter'],
      array[jsonb_build_object('letter', new.id)]);
    return null;
  end $function$

function sandbox.proven_by_code()
  CREATE OR REPLACE FUNCTION sandbox.proven_by_code()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if not exists (select 1 from sandbox.contact_code k
                    where k.partition = new.partition and k.contact = new.id
                      and k.used_at is not null) then
      raise exception 'contact % was proven by no code', new.id using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.refuse_beginning()
  CREATE OR REPLACE FUNCTION sandbox.refuse_beginning()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    raise exception 'a row of % cannot begin so', tg_table_name using errcode = '23514';
  end $function$

function sandbox.to_proven_only()
  CREATE OR REPLACE FUNCTION sandbox.to_proven_only()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if not exists (select 1 from sandbox.contact c
                    where c.partition = new.partition and c.id = new.contact
                      and c.proven_at is not null) then
      raise exception 'contact % is not proven', new.contact using errcode = '23514';
    end if;
    return null;
  end $function$

function sandbox.write_passage()
  CREATE OR REPLACE FUNCTION sandbox.write_passage()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  declare
    came_from text;
  begin
    if tg_op = 'UPDATE' then
      if old.state = new.state then return new; end if;
      came_from := old.state;
    end if;
    insert into sandbox.passage
      select new.partition, new.slug, count(*) + 1, came_from, new.state, new.declaration, new.since
        from sandbox.passage p where p.partition = new.partition and p.pilot = new.slug;
    return new;
  end $function$

function tokens.are_terms(t jsonb)
  CREATE OR REPLACE FUNCTION tokens.are_terms(t jsonb)
   RETURNS boolean
   LANGUAGE sql
   IMMUTABLE
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select jsonb_typeof(t) = 'object'
       and not exists (
         select from jsonb_object_keys(t) k(name)
          where k.name not in ('paymentMin', 'paymentAmount', 'dayAmount', 'dayCount', 'weekAmount',
            'weekCount', 'monthAmount', 'monthCount', 'lifeAmount', 'lifeCount', 'singleUse', 'hours',
            'zone', 'holidays', 'firstDay', 'lastDay', 'allow', 'deny', 'stepUpAmount', 'cryptogram',
            'sceneBounds'))
       and tokens.bounds_hold(t)
       and not exists (
         select from jsonb_array_elements(coalesce(t -> 'sceneBounds', '[]')) s(bounds)
          where not tokens.bounds_hold(s.bounds) or s.bounds ->> 'scene' is null)
       and coalesce(t ->> 'hours' ~ '^[01]{168}$', true)
       and coalesce(t ->> 'holidays' in ('as_sunday', 'closed'), true)
       -- Days are written so that they sort as text.
       and coalesce(t ->> 'firstDay' <= t ->> 'lastDay', true)
       and coalesce((t ->> 'paymentMin')::numeric <= (t ->> 'paymentAmount')::numeric, true)
  $function$
  grant execute to sandbank_tokens

function tokens.bit_of(cause text)
  CREATE OR REPLACE FUNCTION tokens.bit_of(cause text)
   RETURNS integer
   LANGUAGE sql
   IMMUTABLE
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select 1 << array_position(array['holder', 'issuer', 'requestor', 'risk', 'sandbox'], cause) - 1
  $function$

function tokens.bounds_hold(t jsonb)
  CREATE OR REPLACE FUNCTION tokens.bounds_hold(t jsonb)
   RETURNS boolean
   LANGUAGE sql
   IMMUTABLE
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
    select not exists (
      select from jsonb_each(t) e
       where case
         when e.key in ('paymentMin', 'paymentAmount', 'dayAmount', 'weekAmount', 'monthAmount',
                        'lifeAmount', 'stepUpAmount')
           then e.value #>> '{}' !~ '^[1-9][0-9]{0,16}$'
         when e.key in ('dayCount', 'weekCount', 'monthCount', 'lifeCount')
           then e.value #>> '{}' !~ '^[1-9][0-9]{0,5}$'
         else false
       end)
  $function$
  grant execute to sandbank_tokens

function tokens.move_requestor()
  CREATE OR REPLACE FUNCTION tokens.move_requestor()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if (old.state, new.state) not in (('applied', 'active'), ('active', 'suspended'),
         ('suspended', 'active'), ('applied', 'ended'), ('active', 'ended'), ('suspended', 'ended')) then
      raise exception 'requestor % cannot go from % to %', old.trid, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function tokens.move_scene()
  CREATE OR REPLACE FUNCTION tokens.move_scene()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    if (old.state, new.state) not in (('open', 'suspended'), ('suspended', 'open'),
         ('open', 'ended'), ('suspended', 'ended')) then
      raise exception 'scene % cannot go from % to %', old.id, old.state, new.state
        using errcode = '23514';
    end if;
    return new;
  end $function$

function tokens.put_causes()
  CREATE OR REPLACE FUNCTION tokens.put_causes()
   RETURNS trigger
   LANGUAGE plpgsql
   SECURITY DEFINER
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    update tokens.token t set causes = s.bits
      from (select m.partition, m.token, coalesce(bit_or(tokens.bit_of(s.cause)), 0) as bits
              from (select distinct partition, token from moved) m
              left join tokens.suspension s on s.partition = m.partition and s.token = m.token
             group by m.partition, m.token) s
     where t.partition = s.partition and t.id = s.token;
    return null;
  end $function$

function tokens.refuse_beginning()
  CREATE OR REPLACE FUNCTION tokens.refuse_beginning()
   RETURNS trigger
   LANGUAGE plpgsql
   SET search_path TO 'pg_catalog', 'pg_temp'
  AS $function$
  begin
    raise exception 'a row of % cannot begin so', tg_table_name using errcode = '23514';
  end $function$

schema evidence
  grant usage to sandbank_act
  grant usage to sandbank_publisher
  grant usage to sandbank_read

schema guard
  grant usage to sandbank_act
  grant usage to sandbank_follow
  grant usage to sandbank_read

schema identity
  grant usage to sandbank_act
  grant usage to sandbank_identity

schema jobs
  grant usage to sandbank_act
  grant usage to sandbank_jobs

schema ledger
  grant usage to sandbank_act
  grant usage to sandbank_read

schema public

schema sandbank

schema sandbox
  grant usage to sandbank_follower
  grant usage to sandbank_sandbox

schema tokens
  grant usage to sandbank_tokens

schema vault
  grant usage to sandbank_vault

table evidence.checkpoint
  partition integer not null
  size bigint not null
  root bytea not null
  note text not null
  witnessed boolean not null
  at timestamp with time zone not null
  constraint checkpoint_pkey PRIMARY KEY (partition, size)

table evidence.head with (fillfactor=50)
  partition integer not null
  origin text not null
  size bigint not null
  root bytea not null
  frontier bytea not null
  constraint head_pkey PRIMARY KEY (partition)

table evidence.leaf
  partition integer not null
  idx bigint not null
  body text not null
  constraint leaf_pkey PRIMARY KEY (partition, idx)

table evidence.publisher
  partition integer not null
  holder uuid not null
  ends timestamp with time zone not null
  constraint publisher_pkey PRIMARY KEY (partition)

table guard.clock
  one boolean not null default true
  mode text not null
  offset_ms bigint not null default 0
  frozen_at timestamp with time zone
  constraint clock_check CHECK (((mode = 'turned'::text) = (frozen_at IS NOT NULL)))
  constraint clock_mode_check CHECK ((mode = ANY (ARRAY['real'::text, 'turned'::text])))
  constraint clock_one_check CHECK (one)
  constraint clock_pkey PRIMARY KEY (one)

table guard.journal
  partition integer not null
  seq bigint not null
  at timestamp with time zone not null
  organisation text collate C not null
  id text collate C not null
  principal text collate C not null
  command text collate C not null
  class text collate C not null
  outcome text collate C not null
  digest bytea not null
  policy_version integer not null
  act uuid not null
  answer text not null
  constraint journal_partition_organisation_id_key UNIQUE (partition, organisation, id)
  constraint journal_pkey PRIMARY KEY (partition, seq)
  CREATE INDEX journal_refused ON guard.journal USING btree (partition, command, seq) WHERE (outcome <> ALL (ARRAY['accepted'::text, 'parked'::text]))

table guard.member
  partition integer not null
  customer text collate C not null
  key bytea not null
  seq bigint not null
  constraint member_pkey PRIMARY KEY (partition, customer)

table guard.opening
  partition integer not null
  seq bigint not null
  salts bytea not null
  facts text not null
  change text not null
  subject text collate C
  constraint opening_pkey PRIMARY KEY (partition, seq)
  CREATE INDEX opening_subject ON guard.opening USING btree (partition, subject, seq) WHERE (subject IS NOT NULL)

table guard.partition with (fillfactor=50)
  partition integer not null
  pilot text not null
  module text not null
  role name not null
  supervised boolean not null
  seq bigint not null default 0
  at timestamp with time zone not null default '1970-01-01 00:00:00+00'::timestamp with time zone
  policy_version integer not null default 0
  policy_hash text not null default ''::text
  constraint partition_pkey PRIMARY KEY (partition)

table guard.policy
  partition integer not null
  version integer not null
  hash text not null
  body text not null
  seq bigint not null
  constraint policy_pkey PRIMARY KEY (partition, version)

table guard.secret
  partition integer not null
  seq bigint not null
  act uuid not null
  sealed bytea not null
  until timestamp with time zone not null
  constraint secret_pkey PRIMARY KEY (partition, seq)

table guard.task
  partition integer not null
  id uuid not null
  command text not null
  content text not null
  facts text not null
  shown text not null
  proposer text not null
  proposed_by text not null
  at timestamp with time zone not null
  expires timestamp with time zone not null
  state text not null
  decided_by text
  decided_at timestamp with time zone
  reason text
  constraint task_check CHECK ((decided_by <> proposed_by))
  constraint task_pkey PRIMARY KEY (partition, id)
  constraint task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text])))
  CREATE TRIGGER keep_to_the_task_table BEFORE INSERT OR UPDATE ON guard.task FOR EACH ROW EXECUTE FUNCTION guard.keep_to_the_task_table()

table identity.api_key
  id uuid not null
  secret_hash bytea not null
  prefix text collate C not null
  organisation text collate C not null
  name text not null
  roles text[] not null
  created timestamp with time zone not null
  expires timestamp with time zone not null
  state text collate C not null
  line uuid not null
  constraint api_key_line_fkey FOREIGN KEY (line) REFERENCES identity.key_line(id)
  constraint api_key_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint api_key_organisation_fkey FOREIGN KEY (organisation) REFERENCES identity.organisation(id)
  constraint api_key_pkey PRIMARY KEY (id)
  constraint api_key_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
  constraint api_key_secret_hash_key UNIQUE (secret_hash)
  constraint api_key_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
  CREATE INDEX api_key_organisation ON identity.api_key USING btree (organisation)
  grant insert, select to sandbank_identity
  grant update (state) to sandbank_identity

table identity.challenge
  hash bytea not null
  purpose text collate C not null
  person uuid
  created timestamp with time zone not null
  expires timestamp with time zone not null
  used_at timestamp with time zone
  constraint challenge_check CHECK (((purpose = 'sign_in'::text) = (person IS NULL)))
  constraint challenge_hash_check CHECK ((octet_length(hash) = 32))
  constraint challenge_person_fkey FOREIGN KEY (person) REFERENCES identity.person(id)
  constraint challenge_pkey PRIMARY KEY (hash)
  constraint challenge_purpose_check CHECK ((purpose = ANY (ARRAY['register'::text, 'sign_in'::text, 'step_up'::text])))
  CREATE INDEX challenge_expires ON identity.challenge USING btree (expires)
  grant delete, insert, select to sandbank_identity
  grant update (used_at) to sandbank_identity

table identity.key_line
  id uuid not null
  organisation text collate C not null
  name text not null
  constraint key_line_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint key_line_organisation_fkey FOREIGN KEY (organisation) REFERENCES identity.organisation(id)
  constraint key_line_organisation_name_key UNIQUE (organisation, name)
  constraint key_line_pkey PRIMARY KEY (id)
  grant insert, select to sandbank_identity
  grant update (name) to sandbank_identity

table identity.one_time_link
  hash bytea not null
  person uuid not null
  purpose text collate C not null
  face text collate C not null
  created timestamp with time zone not null
  expires timestamp with time zone not null
  used_at timestamp with time zone
  constraint one_time_link_face_check CHECK ((face = ANY (ARRAY['console'::text, 'disclosure'::text, 'bank'::text, 'till'::text, 'portal'::text])))
  constraint one_time_link_hash_check CHECK ((octet_length(hash) = 32))
  constraint one_time_link_person_fkey FOREIGN KEY (person) REFERENCES identity.person(id)
  constraint one_time_link_pkey PRIMARY KEY (hash)
  constraint one_time_link_purpose_check CHECK ((purpose = ANY (ARRAY['sign_in'::text, 'invite'::text])))
  CREATE INDEX one_time_link_person ON identity.one_time_link USING btree (person)
  grant delete, insert, select to sandbank_identity
  grant update (used_at) to sandbank_identity

table identity.organisation
  id text collate C not null
  kind text collate C not null
  name_zh text not null
  name_en text not null
  fictional boolean not null
  state text collate C not null
  created timestamp with time zone not null
  constraint organisation_id_check CHECK (((id ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text) AND (id <> 'sandbank'::text)))
  constraint organisation_kind_check CHECK ((kind = ANY (ARRAY['supervisor'::text, 'institution'::text, 'requestor'::text, 'auditor'::text, 'platform'::text, 'customers'::text])))
  constraint organisation_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 120)))
  constraint organisation_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 120)))
  constraint organisation_pkey PRIMARY KEY (id)
  constraint organisation_state_check CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
  grant insert, select to sandbank_identity
  grant update (fictional) to sandbank_identity
  grant update (kind) to sandbank_identity
  grant update (name_en) to sandbank_identity
  grant update (name_zh) to sandbank_identity
  grant update (state) to sandbank_identity

table identity.passkey
  id text collate C not null
  person uuid not null
  public_key bytea not null
  counter bigint not null
  transports text[] not null
  backed_up boolean not null
  name text not null
  created timestamp with time zone not null
  last_used timestamp with time zone
  state text collate C not null
  constraint passkey_counter_check CHECK ((counter >= 0))
  constraint passkey_id_check CHECK ((length(id) <= 1400))
  constraint passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint passkey_person_fkey FOREIGN KEY (person) REFERENCES identity.person(id)
  constraint passkey_pkey PRIMARY KEY (id)
  constraint passkey_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
  CREATE INDEX passkey_person ON identity.passkey USING btree (person)
  grant insert, select to sandbank_identity
  grant update (backed_up) to sandbank_identity
  grant update (counter) to sandbank_identity
  grant update (last_used) to sandbank_identity
  grant update (state) to sandbank_identity

table identity.person
  id uuid not null
  organisation text collate C not null
  name_zh text not null
  name_en text not null
  roles text[] not null
  state text collate C not null
  locale text collate C not null
  created timestamp with time zone not null
  constraint person_locale_check CHECK ((locale = ANY (ARRAY['zh'::text, 'en'::text])))
  constraint person_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 120)))
  constraint person_name_zh_check CHECK (((length(name_zh) >= 1) AND (length(name_zh) <= 120)))
  constraint person_organisation_fkey FOREIGN KEY (organisation) REFERENCES identity.organisation(id)
  constraint person_pkey PRIMARY KEY (id)
  constraint person_state_check CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
  CREATE INDEX person_organisation ON identity.person USING btree (organisation)
  grant insert, select to sandbank_identity
  grant update (locale) to sandbank_identity
  grant update (name_en) to sandbank_identity
  grant update (name_zh) to sandbank_identity
  grant update (organisation) to sandbank_identity
  grant update (roles) to sandbank_identity
  grant update (state) to sandbank_identity

table identity.request_key
  id text collate C not null
  public_key bytea not null
  organisation text collate C not null
  line uuid not null
  roles text[] not null
  enrolled_by text collate C not null
  created timestamp with time zone not null
  expires timestamp with time zone not null
  ended timestamp with time zone
  constraint request_key_check CHECK ((id = encode(sha256(public_key), 'hex'::text)))
  constraint request_key_check1 CHECK ((expires > created))
  constraint request_key_check2 CHECK ((ended >= created))
  constraint request_key_line_fkey FOREIGN KEY (line) REFERENCES identity.key_line(id)
  constraint request_key_organisation_fkey FOREIGN KEY (organisation) REFERENCES identity.organisation(id)
  constraint request_key_pkey PRIMARY KEY (id)
  constraint request_key_public_key_check CHECK ((octet_length(public_key) = 32))
  CREATE INDEX request_key_organisation ON identity.request_key USING btree (organisation, created)
  CREATE TRIGGER keep_ended BEFORE UPDATE ON identity.request_key FOR EACH ROW EXECUTE FUNCTION identity.keep_ended()
  grant select to sandbank_identity

table identity.session with (fillfactor=80)
  token_hash bytea not null
  face text collate C not null
  person uuid not null
  csrf text collate C not null
  created timestamp with time zone not null
  last_seen timestamp with time zone not null
  expires timestamp with time zone not null
  stepped_up_until timestamp with time zone
  confirmed text collate C
  confirmed_until timestamp with time zone
  constraint session_check CHECK (((confirmed IS NULL) = (confirmed_until IS NULL)))
  constraint session_confirmed_check CHECK ((confirmed ~ '^[0-9a-f]{64}$'::text))
  constraint session_face_check CHECK ((face = ANY (ARRAY['console'::text, 'disclosure'::text, 'bank'::text, 'till'::text, 'portal'::text])))
  constraint session_person_fkey FOREIGN KEY (person) REFERENCES identity.person(id)
  constraint session_pkey PRIMARY KEY (token_hash)
  constraint session_token_hash_check CHECK ((octet_length(token_hash) = 32))
  CREATE INDEX session_expires ON identity.session USING btree (expires)
  CREATE INDEX session_person ON identity.session USING btree (person)
  grant delete, insert, select to sandbank_identity
  grant update (confirmed) to sandbank_identity
  grant update (confirmed_until) to sandbank_identity
  grant update (last_seen) to sandbank_identity
  grant update (stepped_up_until) to sandbank_identity

table jobs.outbox with (fillfactor=70, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=500)
  partition integer not null
  id bigint not null generated always as identity
  task text collate C not null
  payload jsonb not null
  created timestamp with time zone not null
  attempts integer not null default 0
  run_at timestamp with time zone not null default '-infinity'::timestamp with time zone
  lease uuid
  lease_ends timestamp with time zone
  last_error text
  parked_at timestamp with time zone
  constraint outbox_pkey PRIMARY KEY (partition, id)
  constraint outbox_task_check CHECK (((task ~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$'::text) AND (length(task) <= 80)))
  CREATE INDEX outbox_due ON jobs.outbox USING btree (run_at, id) WHERE (parked_at IS NULL)
  grant delete, select to sandbank_jobs
  grant update (attempts) to sandbank_jobs
  grant update (last_error) to sandbank_jobs
  grant update (lease) to sandbank_jobs
  grant update (lease_ends) to sandbank_jobs
  grant update (parked_at) to sandbank_jobs
  grant update (run_at) to sandbank_jobs

table ledger.account with (fillfactor=50)
  partition integer not null
  closed boolean not null default false
  id bigint not null
  debits bigint not null
  credits bigint not null
  pending_debits bigint not null
  pending_credits bigint not null
  cap bigint
  floor bigint
  grandfathered bigint
  key text collate C not null
  book text collate C not null
  owner text collate C
  period text collate C
  constraint account_check CHECK (((debits >= 0) AND (credits >= 0) AND (pending_debits >= 0) AND (pending_credits >= 0)))
  constraint account_check1 CHECK (((cap IS NULL) OR (((debits + pending_debits) - credits) <= GREATEST(cap, grandfathered))))
  constraint account_check2 CHECK ((((debits - credits) - pending_credits) >= floor))
  constraint account_check3 CHECK (((book <> 'limits'::text) OR (NOT (floor IS DISTINCT FROM 0))))
  constraint account_check4 CHECK (((NOT closed) OR ((debits = credits) AND (pending_debits = 0) AND (pending_credits = 0))))
  constraint account_partition_key_key UNIQUE (partition, key)
  constraint account_pkey PRIMARY KEY (partition, id)
  CREATE INDEX account_window ON ledger.account USING btree (partition, period) WHERE (period IS NOT NULL)

table ledger.act
  partition integer not null
  seq bigint not null
  at timestamp with time zone not null
  accounts bigint[] storage m not null
  amounts bigint[] storage m not null
  kinds smallint[] not null
  constraint act_pkey PRIMARY KEY (partition, seq)

table ledger.dropped
  partition integer not null
  id bigint not null
  debits bigint not null
  credits bigint not null
  cap bigint
  key text collate C not null
  owner text collate C
  period text collate C not null
  constraint dropped_partition_key_key UNIQUE (partition, key)
  constraint dropped_pkey PRIMARY KEY (partition, id)

table ledger.hold with (fillfactor=70)
  partition integer not null
  id uuid not null
  amount bigint not null
  captured bigint not null
  expires timestamp with time zone not null
  state text collate C not null
  accounts bigint[] not null
  amounts bigint[] not null
  sides smallint[] not null
  constraint hold_amount_check CHECK ((amount > 0))
  constraint hold_check CHECK (((captured >= 0) AND (captured <= amount)))
  constraint hold_pkey PRIMARY KEY (partition, id)
  constraint hold_state_check CHECK ((state = ANY (ARRAY['open'::text, 'captured'::text, 'released'::text, 'expired'::text])))
  CREATE INDEX hold_due ON ledger.hold USING btree (partition, expires) WHERE (state = 'open'::text)

table ledger.partition
  partition integer not null
  role name not null
  constraint partition_pkey PRIMARY KEY (partition)

table sandbank.migration
  schema text collate C not null
  file text collate C not null
  sha256 text not null
  breaking boolean not null
  position bigint not null generated always as identity
  applied_at timestamp with time zone not null default clock_timestamp()
  constraint migration_pkey PRIMARY KEY (schema, file)

table sandbank.store
  one boolean not null default true
  mode text not null
  constraint store_mode_check CHECK ((mode = ANY (ARRAY['demo'::text, 'live'::text])))
  constraint store_one_check CHECK (one)
  constraint store_pkey PRIMARY KEY (one)

table sandbox.acknowledgement
  partition integer not null
  pilot text collate C not null
  version integer not null
  served integer not null
  at timestamp with time zone not null
  constraint acknowledgement_partition_pilot_version_fkey FOREIGN KEY (partition, pilot, version) REFERENCES sandbox.policy_version(partition, pilot, version) DEFERRABLE INITIALLY DEFERRED
  constraint acknowledgement_pkey PRIMARY KEY (partition, pilot, version, served)
  grant insert, select to sandbank_sandbox

table sandbox.acts_counted
  partition integer not null
  span text collate C not null
  begins timestamp with time zone not null
  command text collate C not null
  class text collate C not null
  outcome text collate C not null
  acts bigint not null
  constraint acts_counted_acts_check CHECK ((acts > 0))
  constraint acts_counted_pkey PRIMARY KEY (partition, span, begins, command, class, outcome)
  grant delete, insert, select to sandbank_follower
  grant select to sandbank_sandbox
  grant update (acts) to sandbank_follower

table sandbox.answer
  partition integer not null
  id uuid not null
  pilot text collate C not null
  text jsonb not null
  changes boolean not null
  answered_by text collate C not null
  at timestamp with time zone not null
  constraint answer_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint answer_pkey PRIMARY KEY (partition, id)
  grant insert, select to sandbank_sandbox

table sandbox.application
  partition integer not null
  pilot text collate C not null
  organisation text collate C not null
  at timestamp with time zone not null
  published_at timestamp with time zone
  constraint application_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint application_pkey PRIMARY KEY (partition, pilot)
  grant insert, select to sandbank_sandbox
  grant update (published_at) to sandbank_sandbox

table sandbox.attachment
  partition integer not null
  hash text not null
  organisation text collate C not null
  name text not null
  type text collate C not null
  bytes integer not null
  at timestamp with time zone not null
  constraint attachment_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint attachment_partition_hash_fkey FOREIGN KEY (partition, hash) REFERENCES sandbox.attachment_bytes(partition, hash) DEFERRABLE INITIALLY DEFERRED
  constraint attachment_pkey PRIMARY KEY (partition, hash, organisation)
  constraint attachment_type_check CHECK ((type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text, 'text/plain'::text])))
  grant insert, select to sandbank_sandbox

table sandbox.attachment_bytes
  partition integer not null
  hash text not null
  bytes bytea not null
  constraint attachment_bytes_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 10485760)))
  constraint attachment_bytes_check CHECK ((hash = encode(sha256(bytes), 'hex'::text)))
  constraint attachment_bytes_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  constraint attachment_bytes_pkey PRIMARY KEY (partition, hash)
  grant insert, select to sandbank_sandbox

table sandbox.change_request
  partition integer not null
  id uuid not null
  pilot text collate C not null
  number integer not null
  version integer not null
  round integer
  state text collate C not null
  requested_at timestamp with time zone not null
  settled_at timestamp with time zone
  constraint change_request_check CHECK ((settled_at >= requested_at))
  constraint change_request_check1 CHECK (((state = 'requested'::text) = (settled_at IS NULL)))
  constraint change_request_number_check CHECK ((number >= 1))
  constraint change_request_partition_pilot_number_key UNIQUE (partition, pilot, number)
  constraint change_request_partition_pilot_version_fkey FOREIGN KEY (partition, pilot, version) REFERENCES sandbox.declaration_version(partition, pilot, version) DEFERRABLE INITIALLY DEFERRED
  constraint change_request_pkey PRIMARY KEY (partition, id)
  constraint change_request_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'adopted'::text, 'refused'::text, 'withdrawn'::text])))
  CREATE UNIQUE INDEX change_request_open ON sandbox.change_request USING btree (partition, pilot) WHERE (settled_at IS NULL)
  CREATE TRIGGER begin_requested BEFORE INSERT ON sandbox.change_request FOR EACH ROW WHEN ((new.state <> 'requested'::text)) EXECUTE FUNCTION sandbox.refuse_beginning()
  CREATE TRIGGER keep_what_is_done BEFORE UPDATE ON sandbox.change_request FOR EACH ROW EXECUTE FUNCTION sandbox.keep_what_is_done()
  grant insert, select to sandbank_sandbox
  grant update (settled_at) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.claim
  partition integer not null
  id uuid not null
  pilot text collate C not null
  year integer not null
  nth integer not null
  state text collate C not null
  institution text collate C not null
  complaint uuid
  incident uuid
  claimed bigint not null
  admitted bigint
  paid bigint not null default 0
  raised_by text collate C not null
  raised_at timestamp with time zone not null
  judged_by text collate C
  judged_at timestamp with time zone
  paid_at timestamp with time zone
  wording uuid
  constraint claim_admitted_check CHECK ((admitted > 0))
  constraint claim_check CHECK (((complaint IS NULL) <> (incident IS NULL)))
  constraint claim_check1 CHECK (((admitted <= claimed) AND (paid <= admitted)))
  constraint claim_check2 CHECK (((paid = 0) OR (admitted IS NOT NULL)))
  constraint claim_check3 CHECK (((state = ANY (ARRAY['admitted'::text, 'paid'::text])) = (admitted IS NOT NULL)))
  constraint claim_check4 CHECK (((state = 'raised'::text) = (judged_at IS NULL)))
  constraint claim_check5 CHECK (((judged_at IS NULL) = (judged_by IS NULL)))
  constraint claim_check6 CHECK ((judged_by <> raised_by))
  constraint claim_check7 CHECK (((state = 'paid'::text) = ((paid = admitted) AND (paid_at IS NOT NULL))))
  constraint claim_claimed_check CHECK ((claimed > 0))
  constraint claim_nth_check CHECK ((nth >= 1))
  constraint claim_paid_check CHECK ((paid >= 0))
  constraint claim_partition_complaint_fkey FOREIGN KEY (partition, complaint) REFERENCES sandbox.complaint(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint claim_partition_complaint_key UNIQUE (partition, complaint)
  constraint claim_partition_incident_fkey FOREIGN KEY (partition, incident) REFERENCES sandbox.incident(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint claim_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint claim_partition_wording_fkey FOREIGN KEY (partition, wording) REFERENCES sandbox.wording(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint claim_partition_year_nth_key UNIQUE (partition, year, nth)
  constraint claim_pkey PRIMARY KEY (partition, id)
  constraint claim_state_check CHECK ((state = ANY (ARRAY['raised'::text, 'admitted'::text, 'refused'::text, 'paid'::text])))
  constraint keep_payouts_summed TRIGGER DEFERRABLE INITIALLY DEFERRED
  CREATE INDEX claim_pilot ON sandbox.claim USING btree (partition, pilot, raised_at DESC)
  CREATE CONSTRAINT TRIGGER keep_payouts_summed AFTER UPDATE OF paid ON sandbox.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_payouts_summed()
  CREATE TRIGGER keep_claim_to_the_table BEFORE INSERT OR UPDATE ON sandbox.claim FOR EACH ROW EXECUTE FUNCTION sandbox.keep_claim_to_the_table()
  grant insert, select to sandbank_sandbox
  grant update (admitted) to sandbank_sandbox
  grant update (judged_at) to sandbank_sandbox
  grant update (judged_by) to sandbank_sandbox
  grant update (paid) to sandbank_sandbox
  grant update (paid_at) to sandbank_sandbox
  grant update (state) to sandbank_sandbox
  grant update (wording) to sandbank_sandbox

table sandbox.claim_transition
  from_state text collate C not null
  event text collate C not null
  to_state text collate C not null
  constraint claim_transition_pkey PRIMARY KEY (from_state, event)
  grant select to sandbank_sandbox

table sandbox.comment
  partition integer not null
  id uuid not null
  pilot text collate C not null
  round integer not null
  number integer not null
  clause text collate C
  at timestamp with time zone not null
  receipt text not null
  state text collate C not null default 'waiting'::text
  reason jsonb
  original uuid
  moderated_by text collate C
  moderated_at timestamp with time zone
  answer uuid
  wording uuid not null
  constraint comment_check CHECK (((state = 'set_aside'::text) = (reason IS NOT NULL)))
  constraint comment_check1 CHECK ((((state = 'duplicate'::text) = (original IS NOT NULL)) AND (original <> id)))
  constraint comment_check2 CHECK (((state = 'waiting'::text) = (moderated_by IS NULL)))
  constraint comment_check3 CHECK (((answer IS NULL) OR (state = 'admitted'::text)))
  constraint comment_number_check CHECK ((number >= 1))
  constraint comment_partition_answer_fkey FOREIGN KEY (partition, answer) REFERENCES sandbox.answer(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint comment_partition_original_fkey FOREIGN KEY (partition, original) REFERENCES sandbox.comment(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint comment_partition_pilot_round_fkey FOREIGN KEY (partition, pilot, round) REFERENCES sandbox.consultation(partition, pilot, round) DEFERRABLE INITIALLY DEFERRED
  constraint comment_partition_pilot_round_number_key UNIQUE (partition, pilot, round, number)
  constraint comment_partition_receipt_key UNIQUE (partition, receipt)
  constraint comment_partition_wording_fkey FOREIGN KEY (partition, wording) REFERENCES sandbox.wording(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint comment_pkey PRIMARY KEY (partition, id)
  constraint comment_receipt_check CHECK ((receipt ~ '^[0-9a-f]{64}$'::text))
  constraint comment_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'admitted'::text, 'set_aside'::text, 'duplicate'::text])))
  CREATE TRIGGER answer_what_was_admitted BEFORE UPDATE ON sandbox.comment FOR EACH ROW EXECUTE FUNCTION sandbox.answer_what_was_admitted()
  CREATE TRIGGER begin_waiting BEFORE INSERT ON sandbox.comment FOR EACH ROW WHEN (((new.state <> 'waiting'::text) OR (new.answer IS NOT NULL))) EXECUTE FUNCTION sandbox.refuse_beginning()
  CREATE TRIGGER keep_what_is_done BEFORE UPDATE ON sandbox.comment FOR EACH ROW EXECUTE FUNCTION sandbox.keep_what_is_done()
  grant insert, select to sandbank_sandbox
  grant update (answer) to sandbank_sandbox
  grant update (moderated_at) to sandbank_sandbox
  grant update (moderated_by) to sandbank_sandbox
  grant update (original) to sandbank_sandbox
  grant update (reason) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.compensation_terms
  partition integer not null
  pilot text collate C not null
  version integer not null
  body jsonb not null
  at timestamp with time zone not null
  constraint compensation_terms_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint compensation_terms_pkey PRIMARY KEY (partition, pilot, version)
  constraint compensation_terms_version_check CHECK ((version >= 1))
  grant insert, select to sandbank_sandbox

table sandbox.complaint
  partition integer not null
  id uuid not null
  pilot text collate C not null
  year integer not null
  nth integer not null
  state text collate C not null
  institution text collate C not null
  category text collate C not null
  channel text collate C not null
  about_act uuid
  persons integer not null
  representatives integer not null
  wording uuid not null
  receipt text not null
  received_at timestamp with time zone not null
  days integer not null default 15
  due timestamp with time zone not null
  next_at timestamp with time zone
  handler text collate C
  concerns jsonb not null default '[]'::jsonb
  interests jsonb not null default '[]'::jsonb
  ground text collate C
  outcome text collate C
  answered_at timestamp with time zone
  overdue_since timestamp with time zone
  escalated_at timestamp with time zone
  recheck_asked_at timestamp with time zone
  recheck_due timestamp with time zone
  recheck_at timestamp with time zone
  recheck_overdue timestamp with time zone
  recheck_outcome text collate C
  ended_at timestamp with time zone
  constraint complaint_channel_check CHECK ((channel = ANY (ARRAY['public_form'::text, 'programme'::text])))
  constraint complaint_check CHECK (((due AT TIME ZONE 'Asia/Shanghai'::text) = ((((received_at AT TIME ZONE 'Asia/Shanghai'::text))::date + days) + 1)))
  constraint complaint_check1 CHECK (((persons = 1) = (representatives = 0)))
  constraint complaint_check10 CHECK (((state = ANY (ARRAY['closed'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL)))
  constraint complaint_check11 CHECK (((state <> ALL (ARRAY['closed'::text, 'withdrawn'::text])) OR (next_at IS NULL)))
  constraint complaint_check2 CHECK (((handler IS NULL) OR (NOT ((concerns ? handler) OR (interests ? handler)))))
  constraint complaint_check3 CHECK (((state <> ALL (ARRAY['accepted'::text, 'decided'::text])) OR (handler IS NOT NULL) OR (concerns <> '[]'::jsonb) OR (interests <> '[]'::jsonb)))
  constraint complaint_check4 CHECK (((outcome IS NULL) OR (ground IS NULL)))
  constraint complaint_check5 CHECK (((answered_at IS NULL) = ((outcome IS NULL) AND (ground IS NULL))))
  constraint complaint_check6 CHECK (((state <> ALL (ARRAY['decided'::text, 'inadmissible'::text, 'rechecking'::text, 'rechecked'::text, 'closed'::text])) OR (answered_at IS NOT NULL)))
  constraint complaint_check7 CHECK (((recheck_at IS NULL) = (recheck_outcome IS NULL)))
  constraint complaint_check8 CHECK (((recheck_at IS NULL) OR (recheck_asked_at IS NOT NULL)))
  constraint complaint_check9 CHECK (((recheck_asked_at IS NULL) = (recheck_due IS NULL)))
  constraint complaint_days_check CHECK ((days = ANY (ARRAY[15, 30, 60])))
  constraint complaint_nth_check CHECK ((nth >= 1))
  constraint complaint_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'partly'::text, 'rejected'::text])))
  constraint complaint_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint complaint_partition_receipt_key UNIQUE (partition, receipt)
  constraint complaint_partition_wording_fkey FOREIGN KEY (partition, wording) REFERENCES sandbox.wording(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint complaint_partition_year_nth_key UNIQUE (partition, year, nth)
  constraint complaint_persons_check CHECK ((persons >= 1))
  constraint complaint_pkey PRIMARY KEY (partition, id)
  constraint complaint_receipt_check CHECK ((receipt ~ '^[0-9a-f]{64}$'::text))
  constraint complaint_recheck_outcome_check CHECK ((recheck_outcome = ANY (ARRAY['upheld'::text, 'partly'::text, 'rejected'::text])))
  constraint complaint_representatives_check CHECK (((representatives >= 0) AND (representatives <= 5)))
  constraint complaint_state_check CHECK ((state = ANY (ARRAY['received'::text, 'accepted'::text, 'inadmissible'::text, 'decided'::text, 'rechecking'::text, 'rechecked'::text, 'closed'::text, 'withdrawn'::text])))
  CREATE INDEX complaint_due ON sandbox.complaint USING btree (partition, next_at) WHERE (next_at IS NOT NULL)
  CREATE INDEX complaint_pilot ON sandbox.complaint USING btree (partition, pilot, received_at DESC)
  CREATE TRIGGER keep_complaint_to_the_table BEFORE INSERT OR UPDATE ON sandbox.complaint FOR EACH ROW EXECUTE FUNCTION sandbox.keep_complaint_to_the_table()
  grant insert, select to sandbank_sandbox
  grant update (answered_at) to sandbank_sandbox
  grant update (concerns) to sandbank_sandbox
  grant update (days) to sandbank_sandbox
  grant update (due) to sandbank_sandbox
  grant update (ended_at) to sandbank_sandbox
  grant update (escalated_at) to sandbank_sandbox
  grant update (ground) to sandbank_sandbox
  grant update (handler) to sandbank_sandbox
  grant update (interests) to sandbank_sandbox
  grant update (next_at) to sandbank_sandbox
  grant update (outcome) to sandbank_sandbox
  grant update (overdue_since) to sandbank_sandbox
  grant update (recheck_asked_at) to sandbank_sandbox
  grant update (recheck_at) to sandbank_sandbox
  grant update (recheck_due) to sandbank_sandbox
  grant update (recheck_outcome) to sandbank_sandbox
  grant update (recheck_overdue) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.complaint_step
  partition integer not null
  complaint uuid not null
  nth integer not null
  at timestamp with time zone not null
  event text collate C not null
  side text collate C not null
  actor text collate C not null
  detail jsonb not null
  wording uuid
  constraint complaint_step_nth_check CHECK ((nth >= 1))
  constraint complaint_step_partition_complaint_fkey FOREIGN KEY (partition, complaint) REFERENCES sandbox.complaint(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint complaint_step_partition_wording_fkey FOREIGN KEY (partition, wording) REFERENCES sandbox.wording(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint complaint_step_pkey PRIMARY KEY (partition, complaint, nth)
  constraint complaint_step_side_check CHECK ((side = ANY (ARRAY['complainant'::text, 'staff'::text, 'clock'::text])))
  CREATE INDEX complaint_step_lodger ON sandbox.complaint_step USING btree (partition, actor) WHERE (event = 'lodge'::text)
  grant insert, select to sandbank_sandbox

table sandbox.complaint_transition
  from_state text collate C not null
  event text collate C not null
  to_state text collate C not null
  constraint complaint_transition_pkey PRIMARY KEY (from_state, event)
  grant select to sandbank_sandbox

table sandbox.consent
  partition integer not null
  organisation text collate C not null
  customer text collate C not null
  version integer not null
  at timestamp with time zone not null
  channel text collate C not null
  constraint consent_pkey PRIMARY KEY (partition, organisation, customer, version)
  constraint consent_version_check CHECK ((version >= 1))
  grant insert, select to sandbank_sandbox

table sandbox.consultation
  partition integer not null
  pilot text collate C not null
  round integer not null
  version integer not null
  covers integer not null
  opened_at timestamp with time zone not null
  closes_at timestamp with time zone not null
  next_at timestamp with time zone
  closed_at timestamp with time zone
  ended text not null default ''::text
  constraint consultation_check CHECK (((opened_at < closes_at) AND (covers >= version)))
  constraint consultation_check1 CHECK ((((ended = ''::text) = (closed_at IS NULL)) AND ((closed_at IS NULL) = (next_at IS NOT NULL))))
  constraint consultation_check2 CHECK ((next_at = closes_at))
  constraint consultation_check3 CHECK (((ended <> 'clock'::text) OR (closed_at >= closes_at)))
  constraint consultation_ended_check CHECK ((ended = ANY (ARRAY[''::text, 'clock'::text, 'refused'::text, 'withdrawn'::text])))
  constraint consultation_partition_pilot_version_fkey FOREIGN KEY (partition, pilot, version) REFERENCES sandbox.declaration_version(partition, pilot, version) DEFERRABLE INITIALLY DEFERRED
  constraint consultation_pkey PRIMARY KEY (partition, pilot, round)
  constraint consultation_round_check CHECK ((round >= 1))
  CREATE INDEX consultation_due ON sandbox.consultation USING btree (partition, next_at) WHERE (next_at IS NOT NULL)
  CREATE UNIQUE INDEX consultation_open ON sandbox.consultation USING btree (partition, pilot) WHERE (next_at IS NOT NULL)
  CREATE TRIGGER begin_open BEFORE INSERT ON sandbox.consultation FOR EACH ROW WHEN ((new.ended <> ''::text)) EXECUTE FUNCTION sandbox.refuse_beginning()
  CREATE TRIGGER keep_what_is_done BEFORE UPDATE ON sandbox.consultation FOR EACH ROW EXECUTE FUNCTION sandbox.keep_what_is_done()
  grant insert, select to sandbank_sandbox
  grant update (closed_at) to sandbank_sandbox
  grant update (covers) to sandbank_sandbox
  grant update (ended) to sandbank_sandbox
  grant update (next_at) to sandbank_sandbox

table sandbox.contact
  partition integer not null
  id uuid not null
  kind text collate C not null
  organisation text collate C not null
  person text collate C
  roles text[] not null
  lang text collate C not null
  wording uuid not null
  opened_by text collate C not null
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone
  proven_at timestamp with time zone
  state text collate C not null generated always as (
  CASE
      WHEN (closed_at IS NOT NULL) THEN 'closed'::text
      WHEN (proven_at IS NOT NULL) THEN 'proven'::text
      ELSE 'unproven'::text
  END)
  constraint contact_check CHECK ((closed_at >= opened_at))
  constraint contact_check1 CHECK ((proven_at >= opened_at))
  constraint contact_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'sms'::text])))
  constraint contact_lang_check CHECK ((lang = ANY (ARRAY['zh'::text, 'en'::text])))
  constraint contact_partition_wording_fkey FOREIGN KEY (partition, wording) REFERENCES sandbox.wording(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint contact_pkey PRIMARY KEY (partition, id)
  constraint contact_roles_check CHECK ((cardinality(roles) > 0))
  constraint proven_by_code TRIGGER DEFERRABLE INITIALLY DEFERRED
  CREATE INDEX contact_organisation ON sandbox.contact USING btree (partition, organisation, opened_at)
  CREATE CONSTRAINT TRIGGER proven_by_code AFTER UPDATE OF proven_at ON sandbox.contact DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.proven_at IS NOT NULL)) EXECUTE FUNCTION sandbox.proven_by_code()
  CREATE TRIGGER begin_unproven BEFORE INSERT ON sandbox.contact FOR EACH ROW WHEN (((new.proven_at IS NOT NULL) OR (new.closed_at IS NOT NULL))) EXECUTE FUNCTION sandbox.refuse_beginning()
  CREATE TRIGGER keep_posted BEFORE UPDATE ON sandbox.contact FOR EACH ROW EXECUTE FUNCTION sandbox.keep_posted()
  CREATE TRIGGER keep_proven BEFORE UPDATE ON sandbox.contact FOR EACH ROW EXECUTE FUNCTION sandbox.keep_proven()
  grant insert, select to sandbank_sandbox
  grant update (closed_at) to sandbank_sandbox
  grant update (proven_at) to sandbank_sandbox

table sandbox.contact_code
  partition integer not null
  id uuid not null
  contact uuid not null
  digest text collate C not null
  issued timestamp with time zone not null
  expires timestamp with time zone not null
  wrong integer not null default 0
  used_at timestamp with time zone
  state text collate C not null
  at timestamp with time zone not null
  settled_at timestamp with time zone
  reason text collate C
  constraint contact_code_check CHECK ((expires > issued))
  constraint contact_code_check1 CHECK ((settled_at >= at))
  constraint contact_code_check2 CHECK (((state = 'waiting'::text) = (settled_at IS NULL)))
  constraint contact_code_check3 CHECK (((state = ANY (ARRAY['given_up'::text, 'withdrawn'::text])) = (reason IS NOT NULL)))
  constraint contact_code_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
  constraint contact_code_partition_contact_fkey FOREIGN KEY (partition, contact) REFERENCES sandbox.contact(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint contact_code_pkey PRIMARY KEY (partition, id)
  constraint contact_code_reason_check CHECK ((reason ~ '^[a-z]+(_[a-z]+)*$'::text))
  constraint contact_code_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'given_up'::text, 'withdrawn'::text])))
  constraint contact_code_wrong_check CHECK (((wrong >= 0) AND (wrong <= 10)))
  CREATE INDEX contact_code_contact ON sandbox.contact_code USING btree (partition, contact, issued DESC)
  CREATE INDEX contact_code_issued ON sandbox.contact_code USING btree (partition, issued)
  CREATE TRIGGER begin_waiting BEFORE INSERT ON sandbox.contact_code FOR EACH ROW WHEN (((new.state <> 'waiting'::text) OR (new.wrong <> 0) OR (new.used_at IS NOT NULL))) EXECUTE FUNCTION sandbox.refuse_beginning()
  CREATE TRIGGER keep_code BEFORE UPDATE ON sandbox.contact_code FOR EACH ROW EXECUTE FUNCTION sandbox.keep_code()
  grant insert, select to sandbank_sandbox
  grant update (reason) to sandbank_sandbox
  grant update (settled_at) to sandbank_sandbox
  grant update (state) to sandbank_sandbox
  grant update (used_at) to sandbank_sandbox
  grant update (wrong) to sandbank_sandbox

table sandbox.declaration_version
  partition integer not null
  pilot text collate C not null
  version integer not null
  hash text not null
  body jsonb not null
  at timestamp with time zone not null
  constraint declaration_version_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  constraint declaration_version_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint declaration_version_pkey PRIMARY KEY (partition, pilot, version)
  constraint declaration_version_version_check CHECK ((version >= 1))
  grant insert, select to sandbank_sandbox

table sandbox.denials_counted
  partition integer not null
  span text collate C not null
  begins timestamp with time zone not null
  code text collate C not null
  rule text collate C not null
  acts bigint not null
  constraint denials_counted_acts_check CHECK ((acts > 0))
  constraint denials_counted_pkey PRIMARY KEY (partition, span, begins, code, rule)
  grant delete, insert, select to sandbank_follower
  grant select to sandbank_sandbox
  grant update (acts) to sandbank_follower

table sandbox.directive
  partition integer not null
  id uuid not null
  pilot text collate C not null
  number integer not null
  kind text collate C not null
  status text collate C not null
  closes jsonb not null
  lowers jsonb not null
  reason jsonb not null
  lifted_when jsonb not null
  policy integer not null
  in_force_at timestamp with time zone not null
  effective_at timestamp with time zone
  lifted_at timestamp with time zone
  constraint directive_check CHECK (((status = 'lifted'::text) = (lifted_at IS NOT NULL)))
  constraint directive_check1 CHECK (((status <> 'effective'::text) OR (effective_at IS NOT NULL)))
  constraint directive_check2 CHECK (((effective_at >= in_force_at) AND (lifted_at >= in_force_at)))
  constraint directive_kind_check CHECK ((kind = ANY (ARRAY['suspension'::text, 'restriction'::text])))
  constraint directive_number_check CHECK ((number >= 1))
  constraint directive_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint directive_partition_pilot_number_key UNIQUE (partition, pilot, number)
  constraint directive_pkey PRIMARY KEY (partition, id)
  constraint directive_status_check CHECK ((status = ANY (ARRAY['in_force'::text, 'effective'::text, 'lifted'::text])))
  CREATE TRIGGER begin_in_force BEFORE INSERT ON sandbox.directive FOR EACH ROW WHEN ((new.status <> 'in_force'::text)) EXECUTE FUNCTION sandbox.refuse_beginning()
  CREATE TRIGGER keep_lifted BEFORE UPDATE OF status ON sandbox.directive FOR EACH ROW EXECUTE FUNCTION sandbox.keep_lifted()
  grant insert, select to sandbank_sandbox
  grant update (effective_at) to sandbank_sandbox
  grant update (lifted_at) to sandbank_sandbox
  grant update (status) to sandbank_sandbox

table sandbox.dispatch
  partition integer not null
  letter uuid not null
  contact uuid not null
  state text collate C not null
  at timestamp with time zone not null
  settled_at timestamp with time zone
  reason text collate C
  constraint dispatch_check CHECK ((settled_at >= at))
  constraint dispatch_check1 CHECK (((state = 'waiting'::text) = (settled_at IS NULL)))
  constraint dispatch_check2 CHECK (((state = ANY (ARRAY['given_up'::text, 'withdrawn'::text])) = (reason IS NOT NULL)))
  constraint dispatch_partition_contact_fkey FOREIGN KEY (partition, contact) REFERENCES sandbox.contact(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint dispatch_partition_letter_fkey FOREIGN KEY (partition, letter) REFERENCES sandbox.letter(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint dispatch_pkey PRIMARY KEY (partition, letter, contact)
  constraint dispatch_reason_check CHECK ((reason ~ '^[a-z]+(_[a-z]+)*$'::text))
  constraint dispatch_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'given_up'::text, 'withdrawn'::text])))
  CREATE INDEX dispatch_contact ON sandbox.dispatch USING btree (partition, contact, at DESC)
  CREATE TRIGGER begin_waiting BEFORE INSERT ON sandbox.dispatch FOR EACH ROW WHEN ((new.state <> 'waiting'::text)) EXECUTE FUNCTION sandbox.begin_waiting()
  CREATE TRIGGER keep_posted BEFORE UPDATE ON sandbox.dispatch FOR EACH ROW EXECUTE FUNCTION sandbox.keep_posted()
  CREATE TRIGGER to_proven_only AFTER INSERT ON sandbox.dispatch FOR EACH ROW EXECUTE FUNCTION sandbox.to_proven_only()
  grant insert, select to sandbank_sandbox
  grant update (reason) to sandbank_sandbox
  grant update (settled_at) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.evaluation
  partition integer not null
  pilot text collate C not null
  round integer not null
  state text collate C not null default 'self_test'::text
  asked_by text collate C not null
  organisation text collate C not null
  asked_at timestamp with time zone not null
  settled_at timestamp with time zone
  confirmed_by text collate C
  approved_by text collate C
  reason jsonb
  decided_at timestamp with time zone
  decided_by text collate C
  decision_approved_by text collate C
  effective_at timestamp with time zone
  graduated_at timestamp with time zone
  constraint evaluation_check CHECK (((state = ANY (ARRAY['self_test'::text, 'audit'::text, 'expert_review'::text, 'confirm'::text])) = (settled_at IS NULL)))
  constraint evaluation_check1 CHECK ((((confirmed_by IS NULL) = (approved_by IS NULL)) AND ((confirmed_by IS NULL) = (reason IS NULL))))
  constraint evaluation_check2 CHECK (((state <> ALL (ARRAY['passed'::text, 'failed'::text, 'graduating'::text, 'graduated'::text])) OR (confirmed_by IS NOT NULL)))
  constraint evaluation_check3 CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (effective_at IS NULL)) AND ((decided_by IS NULL) = (decision_approved_by IS NULL))))
  constraint evaluation_check4 CHECK (((state <> ALL (ARRAY['graduating'::text, 'graduated'::text])) OR (decided_by IS NOT NULL)))
  constraint evaluation_check5 CHECK (((state = 'graduated'::text) = (graduated_at IS NOT NULL)))
  constraint evaluation_check6 CHECK (((confirmed_by <> approved_by) AND (decided_by <> decision_approved_by)))
  constraint evaluation_check7 CHECK (((asked_at <= settled_at) AND (settled_at <= decided_at) AND (decided_at < effective_at) AND (effective_at <= graduated_at)))
  constraint evaluation_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint evaluation_pkey PRIMARY KEY (partition, pilot, round)
  constraint evaluation_round_check CHECK ((round >= 1))
  constraint evaluation_state_check CHECK ((state = ANY (ARRAY['self_test'::text, 'audit'::text, 'expert_review'::text, 'confirm'::text, 'passed'::text, 'failed'::text, 'graduating'::text, 'graduated'::text, 'broken_off'::text])))
  constraint keep_evaluation_whole TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint keep_pilot_to_its_evaluation TRIGGER DEFERRABLE INITIALLY DEFERRED
  CREATE INDEX evaluation_effective ON sandbox.evaluation USING btree (partition, effective_at) WHERE (state = 'graduating'::text)
  CREATE UNIQUE INDEX evaluation_running ON sandbox.evaluation USING btree (partition, pilot) WHERE (state = ANY (ARRAY['self_test'::text, 'audit'::text, 'expert_review'::text, 'confirm'::text, 'passed'::text, 'graduating'::text]))
  CREATE CONSTRAINT TRIGGER keep_evaluation_whole AFTER INSERT OR UPDATE OF state ON sandbox.evaluation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_evaluation_whole()
  CREATE CONSTRAINT TRIGGER keep_pilot_to_its_evaluation AFTER INSERT OR UPDATE OF state ON sandbox.evaluation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_pilot_to_its_evaluation()
  CREATE TRIGGER keep_to_the_evaluation_table BEFORE INSERT OR UPDATE ON sandbox.evaluation FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_evaluation_table('evaluation', 'self_test')
  grant insert, select to sandbank_sandbox
  grant update (approved_by) to sandbank_sandbox
  grant update (confirmed_by) to sandbank_sandbox
  grant update (decided_at) to sandbank_sandbox
  grant update (decided_by) to sandbank_sandbox
  grant update (decision_approved_by) to sandbank_sandbox
  grant update (effective_at) to sandbank_sandbox
  grant update (graduated_at) to sandbank_sandbox
  grant update (reason) to sandbank_sandbox
  grant update (settled_at) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.evaluation_criterion
  partition integer not null
  pilot text collate C not null
  round integer not null
  measurement integer not null
  criterion text collate C not null
  place integer not null
  kind text collate C not null
  subject text collate C not null
  comparator text collate C not null
  unit text collate C not null
  required numeric(24,0) not null
  measured numeric(24,0)
  sums numeric(24,0)
  over numeric(24,0)
  met boolean not null
  lacks text collate C
  clause text not null
  label jsonb not null
  indicator text collate C
  formula jsonb
  constraint evaluation_criterion_check CHECK (((measured IS NULL) = (lacks IS NOT NULL)))
  constraint evaluation_criterion_check1 CHECK ((((sums IS NULL) = (over IS NULL)) AND ((over IS NULL) OR (unit = 'ppm'::text))))
  constraint evaluation_criterion_check2 CHECK (((kind = 'dimension'::text) = (unit = 'score'::text)))
  constraint evaluation_criterion_check3 CHECK ((met =
  CASE
      WHEN (measured IS NULL) THEN false
      WHEN ((over IS NOT NULL) AND (comparator = 'atLeast'::text)) THEN ((sums * (1000000)::numeric) >= (required * over))
      WHEN (over IS NOT NULL) THEN ((sums * (1000000)::numeric) <= (required * over))
      WHEN (comparator = 'atLeast'::text) THEN (measured >= required)
      ELSE (measured <= required)
  END))
  constraint evaluation_criterion_comparator_check CHECK ((comparator = ANY (ARRAY['atLeast'::text, 'atMost'::text])))
  constraint evaluation_criterion_criterion_check CHECK ((criterion ~ '^[TD][1-9][0-9]?$'::text))
  constraint evaluation_criterion_kind_check CHECK ((kind = ANY (ARRAY['threshold'::text, 'dimension'::text])))
  constraint evaluation_criterion_lacks_check CHECK ((lacks = ANY (ARRAY['nobody_computes'::text, 'unit_differs'::text, 'nothing_measured'::text])))
  constraint evaluation_criterion_over_check CHECK ((over > (0)::numeric))
  constraint evaluation_criterion_partition_pilot_round_measurement_fkey FOREIGN KEY (partition, pilot, round, measurement) REFERENCES sandbox.evaluation_measurement(partition, pilot, round, number) DEFERRABLE INITIALLY DEFERRED
  constraint evaluation_criterion_pkey PRIMARY KEY (partition, pilot, round, measurement, criterion)
  constraint evaluation_criterion_required_check CHECK ((required >= (0)::numeric))
  constraint evaluation_criterion_unit_check CHECK ((unit = ANY (ARRAY['ppm'::text, 'count'::text, 'fen'::text, 'day'::text, 'score'::text])))
  grant insert, select to sandbank_sandbox

table sandbox.evaluation_expert
  partition integer not null
  pilot text collate C not null
  round integer not null
  person text collate C not null
  organisation text collate C not null
  state text collate C not null default 'appointed'::text
  appointed_by text collate C not null
  appointed_at timestamp with time zone not null
  recused_by text collate C
  recused_at timestamp with time zone
  reason jsonb
  constraint evaluation_expert_check CHECK ((person <> appointed_by))
  constraint evaluation_expert_check1 CHECK (((state = 'recused'::text) = (recused_by IS NOT NULL)))
  constraint evaluation_expert_check2 CHECK ((((recused_by IS NULL) = (recused_at IS NULL)) AND ((recused_by IS NULL) = (reason IS NULL))))
  constraint evaluation_expert_check3 CHECK ((appointed_at <= recused_at))
  constraint evaluation_expert_partition_pilot_round_fkey FOREIGN KEY (partition, pilot, round) REFERENCES sandbox.evaluation(partition, pilot, round) DEFERRABLE INITIALLY DEFERRED
  constraint evaluation_expert_pkey PRIMARY KEY (partition, pilot, round, person)
  constraint evaluation_expert_state_check CHECK ((state = ANY (ARRAY['appointed'::text, 'recused'::text])))
  CREATE TRIGGER keep_to_the_evaluation_table BEFORE INSERT OR UPDATE ON sandbox.evaluation_expert FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_evaluation_table('expert', 'appointed')
  grant insert, select to sandbank_sandbox
  grant update (reason) to sandbank_sandbox
  grant update (recused_at) to sandbank_sandbox
  grant update (recused_by) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.evaluation_measurement
  partition integer not null
  pilot text collate C not null
  round integer not null
  number integer not null
  from_at timestamp with time zone not null
  to_at timestamp with time zone not null
  targets jsonb not null
  measured_by text collate C not null
  at timestamp with time zone not null
  constraint evaluation_measurement_check CHECK ((to_at > from_at))
  constraint evaluation_measurement_check1 CHECK ((at >= to_at))
  constraint evaluation_measurement_number_check CHECK ((number >= 1))
  constraint evaluation_measurement_partition_pilot_round_fkey FOREIGN KEY (partition, pilot, round) REFERENCES sandbox.evaluation(partition, pilot, round) DEFERRABLE INITIALLY DEFERRED
  constraint evaluation_measurement_pkey PRIMARY KEY (partition, pilot, round, number)
  grant insert, select to sandbank_sandbox

table sandbox.evaluation_override
  partition integer not null
  pilot text collate C not null
  round integer not null
  measurement integer not null
  criterion text collate C not null
  reason jsonb not null
  proposed_by text collate C not null
  approved_by text collate C not null
  at timestamp with time zone not null
  evidence text
  constraint evaluation_override_check CHECK ((approved_by <> proposed_by))
  constraint evaluation_override_evidence_check CHECK ((evidence ~ '^[0-9a-f]{64}$'::text))
  constraint evaluation_override_partition_pilot_round_measurement_crit_fkey FOREIGN KEY (partition, pilot, round, measurement, criterion) REFERENCES sandbox.evaluation_criterion(partition, pilot, round, measurement, criterion) DEFERRABLE INITIALLY DEFERRED
  constraint evaluation_override_pkey PRIMARY KEY (partition, pilot, round, measurement, criterion)
  CREATE TRIGGER keep_evidence_on_file BEFORE INSERT ON sandbox.evaluation_override FOR EACH ROW EXECUTE FUNCTION sandbox.keep_evidence_on_file()
  grant insert, select to sandbank_sandbox

table sandbox.evaluation_report
  partition integer not null
  id uuid not null
  pilot text collate C not null
  round integer not null
  kind text collate C not null
  state text collate C not null default 'standing'::text
  body jsonb not null
  author text collate C not null
  organisation text collate C not null
  at timestamp with time zone not null
  constraint evaluation_report_check CHECK (((kind <> 'audit'::text) OR ((body ->> 'conclusion'::text) = ANY (ARRAY['meets'::text, 'meets_with_findings'::text, 'adverse'::text]))))
  constraint evaluation_report_kind_check CHECK ((kind = ANY (ARRAY['self_test'::text, 'audit'::text, 'opinion'::text])))
  constraint evaluation_report_partition_pilot_round_fkey FOREIGN KEY (partition, pilot, round) REFERENCES sandbox.evaluation(partition, pilot, round) DEFERRABLE INITIALLY DEFERRED
  constraint evaluation_report_pkey PRIMARY KEY (partition, id)
  constraint evaluation_report_state_check CHECK ((state = ANY (ARRAY['standing'::text, 'set_aside'::text])))
  CREATE INDEX evaluation_report_pilot ON sandbox.evaluation_report USING btree (partition, pilot, round)
  CREATE UNIQUE INDEX evaluation_opinion_one ON sandbox.evaluation_report USING btree (partition, pilot, round, author) WHERE ((state = 'standing'::text) AND (kind = 'opinion'::text))
  CREATE UNIQUE INDEX evaluation_report_one ON sandbox.evaluation_report USING btree (partition, pilot, round, kind) WHERE ((state = 'standing'::text) AND (kind <> 'opinion'::text))
  CREATE TRIGGER keep_evidence_on_file BEFORE INSERT ON sandbox.evaluation_report FOR EACH ROW EXECUTE FUNCTION sandbox.keep_evidence_on_file()
  CREATE TRIGGER keep_to_the_evaluation_table BEFORE INSERT OR UPDATE ON sandbox.evaluation_report FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_evaluation_table('report', 'standing')
  grant insert, select to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.evaluation_return
  partition integer not null
  id uuid not null
  pilot text collate C not null
  round integer not null
  from_state text collate C not null
  to_state text collate C not null
  reasons jsonb not null
  returned_by text collate C not null
  at timestamp with time zone not null
  constraint evaluation_return_partition_pilot_round_fkey FOREIGN KEY (partition, pilot, round) REFERENCES sandbox.evaluation(partition, pilot, round) DEFERRABLE INITIALLY DEFERRED
  constraint evaluation_return_pkey PRIMARY KEY (partition, id)
  CREATE INDEX evaluation_return_pilot ON sandbox.evaluation_return USING btree (partition, pilot, round)
  grant insert, select to sandbank_sandbox

table sandbox.evaluation_transition
  of text collate C not null
  from_state text collate C not null
  event text collate C not null
  to_state text collate C not null
  constraint evaluation_transition_of_check CHECK ((of = ANY (ARRAY['evaluation'::text, 'report'::text, 'expert'::text, 'extension'::text])))
  constraint evaluation_transition_pkey PRIMARY KEY (of, from_state, event)
  grant select to sandbank_sandbox

table sandbox.exit
  partition integer not null
  pilot text collate C not null
  state text collate C not null default 'running'::text
  cause text collate C not null
  reason jsonb not null
  plan jsonb not null
  opening jsonb not null
  begun_at timestamp with time zone not null
  run_off_until timestamp with time zone
  confirmed_by text collate C
  confirmed_at timestamp with time zone
  statement jsonb
  completed_by text collate C
  completed_at timestamp with time zone
  constraint exit_cause_check CHECK ((cause = ANY (ARRAY['decided'::text, 'period_over'::text, 'failed'::text, 'watch'::text])))
  constraint exit_check CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL)))
  constraint exit_check1 CHECK (((confirmed_by IS NULL) = (statement IS NULL)))
  constraint exit_check2 CHECK (((state = ANY (ARRAY['confirmed'::text, 'completed'::text])) = (confirmed_by IS NOT NULL)))
  constraint exit_check3 CHECK (((completed_by IS NULL) = (completed_at IS NULL)))
  constraint exit_check4 CHECK (((state = 'completed'::text) = (completed_by IS NOT NULL)))
  constraint exit_check5 CHECK ((completed_by <> confirmed_by))
  constraint exit_check6 CHECK (((begun_at <= confirmed_at) AND (confirmed_at <= completed_at)))
  constraint exit_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint exit_pkey PRIMARY KEY (partition, pilot)
  constraint exit_state_check CHECK ((state = ANY (ARRAY['running'::text, 'drained'::text, 'confirmed'::text, 'completed'::text])))
  constraint keep_exit_whole TRIGGER DEFERRABLE INITIALLY DEFERRED
  CREATE CONSTRAINT TRIGGER keep_exit_whole AFTER INSERT OR UPDATE OF state ON sandbox.exit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_exit_whole()
  CREATE TRIGGER keep_to_the_exit_table BEFORE INSERT OR UPDATE ON sandbox.exit FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_exit_table('exit', 'running')
  grant insert, select to sandbank_sandbox
  grant update (completed_at) to sandbank_sandbox
  grant update (completed_by) to sandbank_sandbox
  grant update (confirmed_at) to sandbank_sandbox
  grant update (confirmed_by) to sandbank_sandbox
  grant update (state) to sandbank_sandbox
  grant update (statement) to sandbank_sandbox

table sandbox.exit_archive
  partition integer not null
  pilot text collate C not null
  number integer not null
  state text collate C not null default 'requested'::text
  requested_by text collate C not null
  requested_at timestamp with time zone not null
  hash text
  manifest jsonb
  written_at timestamp with time zone
  restored text
  verified_at timestamp with time zone
  constraint exit_archive_check CHECK (((state = 'requested'::text) = (hash IS NULL)))
  constraint exit_archive_check1 CHECK ((((hash IS NULL) = (written_at IS NULL)) AND ((hash IS NULL) = (manifest IS NULL))))
  constraint exit_archive_check2 CHECK (((state = 'verified'::text) = (restored IS NOT NULL)))
  constraint exit_archive_check3 CHECK (((restored IS NULL) = (verified_at IS NULL)))
  constraint exit_archive_check4 CHECK ((restored = hash))
  constraint exit_archive_check5 CHECK (((requested_at <= written_at) AND (written_at <= verified_at)))
  constraint exit_archive_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  constraint exit_archive_number_check CHECK ((number >= 1))
  constraint exit_archive_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.exit(partition, pilot) DEFERRABLE INITIALLY DEFERRED
  constraint exit_archive_pkey PRIMARY KEY (partition, pilot, number)
  constraint exit_archive_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'written'::text, 'verified'::text])))
  CREATE TRIGGER keep_to_the_exit_table BEFORE INSERT OR UPDATE ON sandbox.exit_archive FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_exit_table('archive', 'requested')
  grant insert, select to sandbank_sandbox
  grant update (hash) to sandbank_sandbox
  grant update (manifest) to sandbank_sandbox
  grant update (restored) to sandbank_sandbox
  grant update (state) to sandbank_sandbox
  grant update (verified_at) to sandbank_sandbox
  grant update (written_at) to sandbank_sandbox

table sandbox.exit_item
  partition integer not null
  pilot text collate C not null
  kind text collate C not null
  ref text collate C not null
  state text collate C not null default 'listed'::text
  amount bigint
  ends timestamp with time zone
  listed_by text collate C not null
  listed_at timestamp with time zone not null
  evidence text
  ended_by text collate C
  ended_at timestamp with time zone
  constraint exit_item_amount_check CHECK ((amount >= 0))
  constraint exit_item_check CHECK (((state = 'listed'::text) = (ended_at IS NULL)))
  constraint exit_item_check1 CHECK ((((ended_at IS NULL) = (ended_by IS NULL)) AND ((ended_at IS NULL) = (evidence IS NULL))))
  constraint exit_item_check2 CHECK ((listed_at <= ended_at))
  constraint exit_item_evidence_check CHECK ((evidence ~ '^[0-9a-f]{64}$'::text))
  constraint exit_item_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.exit(partition, pilot) DEFERRABLE INITIALLY DEFERRED
  constraint exit_item_pkey PRIMARY KEY (partition, pilot, kind, ref)
  constraint exit_item_ref_check CHECK ((ref ~ '^[A-Za-z0-9_.:-]{1,64}$'::text))
  constraint exit_item_state_check CHECK ((state = ANY (ARRAY['listed'::text, 'finished'::text, 'transferred'::text])))
  CREATE TRIGGER keep_to_the_exit_table BEFORE INSERT OR UPDATE ON sandbox.exit_item FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_exit_table('item', 'listed')
  grant insert, select to sandbank_sandbox
  grant update (ended_at) to sandbank_sandbox
  grant update (ended_by) to sandbank_sandbox
  grant update (evidence) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.exit_step
  partition integer not null
  pilot text collate C not null
  number integer not null
  step text collate C not null
  state text collate C not null default 'waiting'::text
  opened_at timestamp with time zone
  closed_at timestamp with time zone
  closed_by text collate C
  organisation text collate C
  evidence text
  reading jsonb
  constraint exit_step_check CHECK (((state = 'waiting'::text) = (opened_at IS NULL)))
  constraint exit_step_check1 CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL)))
  constraint exit_step_check2 CHECK ((((closed_at IS NULL) = (closed_by IS NULL)) AND ((closed_at IS NULL) = (evidence IS NULL)) AND ((closed_at IS NULL) = (reading IS NULL)) AND ((closed_at IS NULL) = (organisation IS NULL))))
  constraint exit_step_check3 CHECK ((opened_at <= closed_at))
  constraint exit_step_evidence_check CHECK ((evidence ~ '^[0-9a-f]{64}$'::text))
  constraint exit_step_number_check CHECK (((number >= 1) AND (number <= 30)))
  constraint exit_step_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.exit(partition, pilot) DEFERRABLE INITIALLY DEFERRED
  constraint exit_step_partition_pilot_step_key UNIQUE (partition, pilot, step)
  constraint exit_step_pkey PRIMARY KEY (partition, pilot, number)
  constraint exit_step_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'open'::text, 'closed'::text])))
  constraint keep_exit_steps_in_order TRIGGER DEFERRABLE INITIALLY DEFERRED
  CREATE CONSTRAINT TRIGGER keep_exit_steps_in_order AFTER INSERT OR UPDATE ON sandbox.exit_step DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_exit_steps_in_order()
  CREATE TRIGGER keep_to_the_exit_table BEFORE INSERT OR UPDATE ON sandbox.exit_step FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_exit_table('step', 'waiting')
  grant insert, select to sandbank_sandbox
  grant update (closed_at) to sandbank_sandbox
  grant update (closed_by) to sandbank_sandbox
  grant update (evidence) to sandbank_sandbox
  grant update (opened_at) to sandbank_sandbox
  grant update (organisation) to sandbank_sandbox
  grant update (reading) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.exit_transition
  of text collate C not null
  from_state text collate C not null
  event text collate C not null
  to_state text collate C not null
  constraint exit_transition_of_check CHECK ((of = ANY (ARRAY['exit'::text, 'step'::text, 'item'::text, 'archive'::text])))
  constraint exit_transition_pkey PRIMARY KEY (of, from_state, event)
  grant select to sandbank_sandbox

table sandbox.extension
  partition integer not null
  id uuid not null
  pilot text collate C not null
  number integer not null
  state text collate C not null default 'asked'::text
  days integer not null
  reason jsonb not null
  asked_by text collate C not null
  asked_at timestamp with time zone not null
  settled_by text collate C
  approved_by text collate C
  settled_at timestamp with time zone
  ruling jsonb
  constraint extension_check CHECK ((approved_by <> settled_by))
  constraint extension_check1 CHECK ((settled_at >= asked_at))
  constraint extension_check2 CHECK ((((state = 'asked'::text) = (settled_at IS NULL)) AND ((settled_at IS NULL) = (settled_by IS NULL)) AND ((settled_at IS NULL) = (ruling IS NULL)) AND ((settled_at IS NULL) = (approved_by IS NULL))))
  constraint extension_days_check CHECK ((days >= 1))
  constraint extension_number_check CHECK ((number >= 1))
  constraint extension_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint extension_partition_pilot_number_key UNIQUE (partition, pilot, number)
  constraint extension_pkey PRIMARY KEY (partition, id)
  constraint extension_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'refused'::text])))
  CREATE UNIQUE INDEX extension_open ON sandbox.extension USING btree (partition, pilot) WHERE (state = 'asked'::text)
  CREATE TRIGGER keep_to_the_evaluation_table BEFORE INSERT OR UPDATE ON sandbox.extension FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_evaluation_table('extension', 'asked')
  grant insert, select to sandbank_sandbox
  grant update (approved_by) to sandbank_sandbox
  grant update (ruling) to sandbank_sandbox
  grant update (settled_at) to sandbank_sandbox
  grant update (settled_by) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.filing
  partition integer not null
  pilot text collate C not null
  version integer not null
  drafted_by text collate C not null
  weights jsonb not null
  signed_by text collate C
  key text collate C
  signature text collate C
  signed_at timestamp with time zone
  published_at timestamp with time zone
  constraint filing_check CHECK ((signed_by <> drafted_by))
  constraint filing_check1 CHECK ((((signed_by IS NULL) = (signature IS NULL)) AND ((signed_by IS NULL) = (key IS NULL)) AND ((signed_by IS NULL) = (signed_at IS NULL))))
  constraint filing_check2 CHECK (((published_at IS NULL) OR (signature IS NOT NULL)))
  constraint filing_partition_pilot_version_fkey FOREIGN KEY (partition, pilot, version) REFERENCES sandbox.declaration_version(partition, pilot, version) DEFERRABLE INITIALLY DEFERRED
  constraint filing_pkey PRIMARY KEY (partition, pilot, version)
  CREATE TRIGGER keep_what_is_done BEFORE UPDATE ON sandbox.filing FOR EACH ROW EXECUTE FUNCTION sandbox.keep_what_is_done()
  grant insert, select to sandbank_sandbox
  grant update (key) to sandbank_sandbox
  grant update (published_at) to sandbank_sandbox
  grant update (signature) to sandbank_sandbox
  grant update (signed_at) to sandbank_sandbox
  grant update (signed_by) to sandbank_sandbox

table sandbox.follower
  partition integer not null
  seq bigint not null default 0
  at timestamp with time zone
  second timestamp with time zone
  in_second bigint not null default 0
  constraint follower_pkey PRIMARY KEY (partition)
  constraint follower_seq_check CHECK ((seq >= 0))
  grant insert, select to sandbank_follower
  grant select to sandbank_sandbox
  grant update (at) to sandbank_follower
  grant update (in_second) to sandbank_follower
  grant update (second) to sandbank_follower
  grant update (seq) to sandbank_follower

table sandbox.heartbeat
  partition integer not null
  pilot text collate C not null
  organisation text collate C not null
  beats bigint not null
  at timestamp with time zone not null
  machine_at timestamp with time zone not null
  constraint heartbeat_beats_check CHECK ((beats >= 1))
  constraint heartbeat_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint heartbeat_pkey PRIMARY KEY (partition, pilot)
  grant insert, select to sandbank_sandbox
  grant update (at) to sandbank_sandbox
  grant update (beats) to sandbank_sandbox
  grant update (machine_at) to sandbank_sandbox
  grant update (organisation) to sandbank_sandbox

table sandbox.incident
  partition integer not null
  id uuid not null
  pilot text collate C not null
  number integer not null
  state text collate C not null
  category text collate C not null
  severity integer
  title jsonb not null
  organisation text collate C not null
  cause jsonb
  summary jsonb
  acts_partition integer
  acts_first bigint
  acts_last bigint
  loss_fen bigint not null default 0
  records_leaked bigint not null default 0
  opened_at timestamp with time zone not null
  started_at timestamp with time zone
  detected_at timestamp with time zone
  resolved_at timestamp with time zone
  closed_at timestamp with time zone
  constraint incident_acts_first_check CHECK ((acts_first >= 1))
  constraint incident_category_check CHECK ((category = ANY (ARRAY['outage'::text, 'transactions'::text, 'records'::text, 'security'::text, 'fraud'::text, 'third_party'::text, 'other'::text])))
  constraint incident_check CHECK ((acts_last >= acts_first))
  constraint incident_check1 CHECK (((state = ANY (ARRAY['opened'::text, 'dismissed'::text])) OR ((started_at IS NOT NULL) AND (detected_at IS NOT NULL))))
  constraint incident_check2 CHECK (((state = ANY (ARRAY['opened'::text, 'dismissed'::text, 'detected'::text])) OR (severity IS NOT NULL)))
  constraint incident_check3 CHECK (((state = ANY (ARRAY['resolved'::text, 'closed'::text])) = (resolved_at IS NOT NULL)))
  constraint incident_check4 CHECK (((state <> ALL (ARRAY['resolved'::text, 'closed'::text])) OR (cause IS NOT NULL)))
  constraint incident_check5 CHECK (((state = 'closed'::text) = ((closed_at IS NOT NULL) AND (summary IS NOT NULL))))
  constraint incident_check6 CHECK (((started_at <= detected_at) AND (detected_at <= resolved_at) AND (resolved_at <= closed_at)))
  constraint incident_check7 CHECK ((((acts_partition IS NULL) = (acts_first IS NULL)) AND ((acts_first IS NULL) = (acts_last IS NULL))))
  constraint incident_loss_fen_check CHECK ((loss_fen >= 0))
  constraint incident_number_check CHECK ((number >= 1))
  constraint incident_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint incident_partition_pilot_number_key UNIQUE (partition, pilot, number)
  constraint incident_pkey PRIMARY KEY (partition, id)
  constraint incident_records_leaked_check CHECK ((records_leaked >= 0))
  constraint incident_severity_check CHECK (((severity >= 1) AND (severity <= 4)))
  constraint incident_state_check CHECK ((state = ANY (ARRAY['opened'::text, 'detected'::text, 'classified'::text, 'mitigated'::text, 'resolved'::text, 'closed'::text, 'dismissed'::text])))
  CREATE INDEX incident_opened ON sandbox.incident USING btree (partition, pilot, opened_at DESC)
  CREATE TRIGGER keep_to_the_incident_table BEFORE INSERT OR UPDATE OF state ON sandbox.incident FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_incident_table()
  grant insert, select to sandbank_sandbox
  grant update (acts_first) to sandbank_sandbox
  grant update (acts_last) to sandbank_sandbox
  grant update (acts_partition) to sandbank_sandbox
  grant update (category) to sandbank_sandbox
  grant update (cause) to sandbank_sandbox
  grant update (closed_at) to sandbank_sandbox
  grant update (detected_at) to sandbank_sandbox
  grant update (loss_fen) to sandbank_sandbox
  grant update (records_leaked) to sandbank_sandbox
  grant update (resolved_at) to sandbank_sandbox
  grant update (severity) to sandbank_sandbox
  grant update (started_at) to sandbank_sandbox
  grant update (state) to sandbank_sandbox
  grant update (summary) to sandbank_sandbox

table sandbox.incident_step
  partition integer not null
  id uuid not null
  incident uuid not null
  event text collate C not null
  at timestamp with time zone not null
  organisation text collate C not null
  note jsonb
  constraint incident_step_partition_incident_fkey FOREIGN KEY (partition, incident) REFERENCES sandbox.incident(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint incident_step_pkey PRIMARY KEY (partition, id)
  CREATE INDEX incident_step_incident ON sandbox.incident_step USING btree (partition, incident)
  grant insert, select to sandbank_sandbox

table sandbox.incident_transition
  from_state text collate C not null
  event text collate C not null
  to_state text collate C not null
  constraint incident_transition_pkey PRIMARY KEY (from_state, event)
  grant select to sandbank_sandbox

table sandbox.letter
  partition integer not null
  id uuid not null
  kind text collate C not null
  roles text[] not null
  organisation text collate C
  pilot text collate C not null
  about uuid not null
  title jsonb not null
  at timestamp with time zone not null
  constraint letter_kind_check CHECK ((kind ~ '^[a-z]+(_[a-z]+)*$'::text))
  constraint letter_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint letter_pkey PRIMARY KEY (partition, id)
  constraint letter_roles_check CHECK ((cardinality(roles) > 0))
  CREATE INDEX letter_at ON sandbox.letter USING btree (partition, at DESC)
  CREATE TRIGGER post_letter AFTER INSERT ON sandbox.letter FOR EACH ROW EXECUTE FUNCTION sandbox.post_letter()
  grant insert, select to sandbank_sandbox

table sandbox.letter_read
  partition integer not null
  letter uuid not null
  person text collate C not null
  at timestamp with time zone not null
  constraint letter_read_partition_letter_fkey FOREIGN KEY (partition, letter) REFERENCES sandbox.letter(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint letter_read_pkey PRIMARY KEY (partition, letter, person)
  grant insert, select to sandbank_sandbox

table sandbox.notice
  partition integer not null
  id text collate C not null
  pilot text collate C not null
  at timestamp with time zone not null
  kind text collate C not null
  text jsonb not null
  directive uuid
  year integer not null
  number integer not null
  constraint notice_kind_check CHECK ((kind ~ '^[a-z]+(_[a-z]+)*$'::text))
  constraint notice_number_check CHECK ((number >= 1))
  constraint notice_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint notice_partition_pilot_year_number_key UNIQUE (partition, pilot, year, number)
  constraint notice_pkey PRIMARY KEY (partition, id)
  CREATE INDEX notice_pilot ON sandbox.notice USING btree (partition, pilot, at DESC)
  grant insert, select to sandbank_sandbox

table sandbox.notice_count
  partition integer not null
  pilot text collate C not null
  year integer not null
  last integer not null
  constraint notice_count_last_check CHECK ((last >= 1))
  constraint notice_count_pkey PRIMARY KEY (partition, pilot, year)
  grant insert, select to sandbank_sandbox
  grant update (last) to sandbank_sandbox

table sandbox.partition_of_pilot
  partition integer not null
  served integer not null
  pilot text collate C not null
  constraint partition_of_pilot_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint partition_of_pilot_pkey PRIMARY KEY (partition, served)
  constraint partition_of_pilot_served_check CHECK ((served > 0))
  CREATE INDEX partition_of_pilot_pilot ON sandbox.partition_of_pilot USING btree (partition, pilot)
  grant insert, select to sandbank_sandbox

table sandbox.passage
  partition integer not null
  pilot text collate C not null
  step integer not null
  from_state text collate C
  to_state text collate C not null
  version integer not null
  at timestamp with time zone not null
  constraint passage_pkey PRIMARY KEY (partition, pilot, step)
  constraint passage_step_check CHECK ((step >= 1))
  grant select to sandbank_sandbox

table sandbox.payout
  partition integer not null
  id uuid not null
  claim uuid not null
  amount bigint not null
  from_pool bigint not null
  from_insurer bigint not null
  from_institution bigint not null
  at timestamp with time zone not null
  paid_by text collate C not null
  approved_by text collate C
  constraint keep_payouts_summed TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint payout_amount_check CHECK ((amount > 0))
  constraint payout_check CHECK ((amount = ((from_pool + from_insurer) + from_institution)))
  constraint payout_check1 CHECK ((approved_by <> paid_by))
  constraint payout_from_institution_check CHECK ((from_institution >= 0))
  constraint payout_from_insurer_check CHECK ((from_insurer >= 0))
  constraint payout_from_pool_check CHECK ((from_pool >= 0))
  constraint payout_partition_claim_fkey FOREIGN KEY (partition, claim) REFERENCES sandbox.claim(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint payout_pkey PRIMARY KEY (partition, id)
  CREATE INDEX payout_claim ON sandbox.payout USING btree (partition, claim)
  CREATE CONSTRAINT TRIGGER keep_payouts_summed AFTER INSERT ON sandbox.payout DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_payouts_summed()
  grant insert, select to sandbank_sandbox

table sandbox.permit with (fillfactor=70)
  partition integer not null
  organisation text collate C not null
  id text collate C not null
  act uuid not null
  class text collate C not null
  customer text collate C
  amount bigint
  currency text collate C
  region text collate C
  channel text collate C
  partner text collate C
  merchant text collate C
  product text collate C
  confirmed bigint not null default 0
  given_back bigint not null default 0
  state text collate C not null default 'reserved'::text
  at timestamp with time zone not null
  expires timestamp with time zone not null
  constraint permit_amount_check CHECK ((amount > 0))
  constraint permit_check CHECK (((confirmed >= 0) AND (confirmed <= COALESCE(amount, (0)::bigint))))
  constraint permit_check1 CHECK (((given_back >= 0) AND (given_back <= confirmed)))
  constraint permit_check2 CHECK ((expires > at))
  constraint permit_check3 CHECK (((confirmed = 0) OR (state = ANY (ARRAY['confirmed'::text, 'closed'::text]))))
  constraint permit_class_check CHECK ((class = ANY (ARRAY['OPEN'::text, 'USE'::text, 'SERVICE'::text])))
  constraint permit_id_check CHECK ((id ~ '^[A-Za-z0-9_.:-]{1,48}$'::text))
  constraint permit_pkey PRIMARY KEY (partition, organisation, id)
  constraint permit_state_check CHECK ((state = ANY (ARRAY['reserved'::text, 'confirmed'::text, 'cancelled'::text, 'closed'::text])))
  CREATE TRIGGER begin_reserved BEFORE INSERT ON sandbox.permit FOR EACH ROW WHEN (((new.state <> 'reserved'::text) OR (new.confirmed <> 0) OR (new.given_back <> 0))) EXECUTE FUNCTION sandbox.refuse_beginning()
  CREATE TRIGGER keep_permit BEFORE UPDATE ON sandbox.permit FOR EACH ROW EXECUTE FUNCTION sandbox.keep_permit()
  grant insert, select to sandbank_sandbox
  grant update (confirmed) to sandbank_sandbox
  grant update (given_back) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.pilot
  partition integer not null
  slug text collate C not null
  state text collate C not null
  since timestamp with time zone not null
  declaration integer not null
  policy integer not null default 0
  admission jsonb
  period_from timestamp with time zone
  period_to timestamp with time zone
  constraint keep_pilot_to_its_evaluation TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint keep_pilot_to_its_exit TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint keep_pilot_to_its_watch TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint keep_ready_stated TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint keep_to_the_procedure TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint pilot_check CHECK ((period_from < period_to))
  constraint pilot_check1 CHECK (((policy = 0) OR ((admission IS NOT NULL) AND (period_from IS NOT NULL))))
  constraint pilot_declaration_check CHECK ((declaration >= 1))
  constraint pilot_pkey PRIMARY KEY (partition, slug)
  constraint pilot_policy_check CHECK ((policy >= 0))
  constraint pilot_slug_check CHECK ((slug ~ '^[a-z][a-z0-9-]{1,39}$'::text))
  constraint pilot_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'review'::text, 'consultation'::text, 'answering'::text, 'registered'::text, 'ready'::text, 'testing'::text, 'restricted'::text, 'suspended'::text, 'evaluation'::text, 'passed'::text, 'failed'::text, 'exiting'::text, 'graduated'::text, 'exited'::text, 'refused'::text, 'withdrawn'::text])))
  CREATE INDEX pilot_period_to ON sandbox.pilot USING btree (partition, period_to) WHERE (state = ANY (ARRAY['testing'::text, 'restricted'::text, 'suspended'::text]))
  CREATE CONSTRAINT TRIGGER keep_pilot_to_its_evaluation AFTER UPDATE OF state ON sandbox.pilot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_pilot_to_its_evaluation()
  CREATE CONSTRAINT TRIGGER keep_pilot_to_its_exit AFTER UPDATE OF state ON sandbox.pilot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_pilot_to_its_exit()
  CREATE CONSTRAINT TRIGGER keep_pilot_to_its_watch AFTER UPDATE OF state ON sandbox.pilot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_pilot_to_its_watch()
  CREATE CONSTRAINT TRIGGER keep_ready_stated AFTER UPDATE OF state ON sandbox.pilot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_ready_stated()
  CREATE CONSTRAINT TRIGGER keep_to_the_procedure AFTER UPDATE OF state, declaration ON sandbox.pilot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_procedure()
  CREATE TRIGGER enter_as_draft_or_registered BEFORE INSERT ON sandbox.pilot FOR EACH ROW EXECUTE FUNCTION sandbox.enter_as_draft_or_registered()
  CREATE TRIGGER keep_the_version BEFORE UPDATE OF declaration ON sandbox.pilot FOR EACH ROW EXECUTE FUNCTION sandbox.keep_the_version()
  CREATE TRIGGER keep_to_the_table BEFORE UPDATE OF state ON sandbox.pilot FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_table()
  CREATE TRIGGER write_passage AFTER INSERT OR UPDATE OF state ON sandbox.pilot FOR EACH ROW EXECUTE FUNCTION sandbox.write_passage()
  grant insert, select to sandbank_sandbox
  grant update (admission) to sandbank_sandbox
  grant update (declaration) to sandbank_sandbox
  grant update (period_from) to sandbank_sandbox
  grant update (period_to) to sandbank_sandbox
  grant update (policy) to sandbank_sandbox
  grant update (since) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.policy_version
  partition integer not null
  pilot text collate C not null
  version integer not null
  hash text not null
  body jsonb not null
  at timestamp with time zone not null
  constraint policy_version_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  constraint policy_version_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint policy_version_pkey PRIMARY KEY (partition, pilot, version)
  constraint policy_version_version_check CHECK ((version >= 1))
  grant insert, select to sandbank_sandbox

table sandbox.probe
  partition integer not null
  pilot text collate C not null
  target text collate C not null
  at timestamp with time zone not null
  ok boolean not null
  status integer not null
  took_ms bigint not null
  observed_ms bigint not null
  down boolean not null
  constraint probe_observed_ms_check CHECK ((observed_ms >= 0))
  constraint probe_pkey PRIMARY KEY (partition, pilot, target, at)
  constraint probe_target_check CHECK ((target = ANY (ARRAY['page'::text, 'api'::text])))
  constraint probe_took_ms_check CHECK ((took_ms >= 0))
  grant delete, insert, select to sandbank_follower
  grant select to sandbank_sandbox

table sandbox.probes_counted
  partition integer not null
  pilot text collate C not null
  span text collate C not null
  begins timestamp with time zone not null
  probes bigint not null
  failed bigint not null
  observed_ms bigint not null
  down_ms bigint not null
  constraint probes_counted_check CHECK ((failed <= probes))
  constraint probes_counted_check1 CHECK ((down_ms <= observed_ms))
  constraint probes_counted_pkey PRIMARY KEY (partition, pilot, span, begins)
  constraint probes_counted_span_check CHECK ((span = ANY (ARRAY['hour'::text, 'day'::text, 'month'::text])))
  grant insert, select to sandbank_follower
  grant select to sandbank_sandbox
  grant update (down_ms) to sandbank_follower
  grant update (failed) to sandbank_follower
  grant update (observed_ms) to sandbank_follower
  grant update (probes) to sandbank_follower

table sandbox.recount
  partition integer not null
  day timestamp with time zone not null
  at timestamp with time zone not null
  differing bigint not null
  constraint recount_differing_check CHECK ((differing >= 0))
  constraint recount_pkey PRIMARY KEY (partition, day)
  grant insert, select to sandbank_follower
  grant select to sandbank_sandbox

table sandbox.registration
  partition integer not null
  pilot text collate C not null
  uscc text collate C not null
  year integer not null
  seq integer not null
  version integer not null
  at timestamp with time zone not null
  start_by timestamp with time zone not null
  constraint registration_check CHECK ((start_by > at))
  constraint registration_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint registration_partition_uscc_year_seq_key UNIQUE (partition, uscc, year, seq)
  constraint registration_pkey PRIMARY KEY (partition, pilot)
  constraint registration_seq_check CHECK (((seq >= 1) AND (seq <= 9999)))
  constraint registration_uscc_check CHECK ((length(uscc) = 18))
  grant insert, select to sandbank_sandbox

table sandbox.requests_counted
  partition integer not null
  pilot text collate C not null
  span text collate C not null
  begins timestamp with time zone not null
  bucket_us bigint not null
  answered bigint not null
  refused bigint not null
  failed bigint not null
  constraint requests_counted_answered_check CHECK ((answered >= 0))
  constraint requests_counted_bucket_us_check CHECK ((bucket_us >= 0))
  constraint requests_counted_failed_check CHECK ((failed >= 0))
  constraint requests_counted_pkey PRIMARY KEY (partition, pilot, span, begins, bucket_us)
  constraint requests_counted_refused_check CHECK ((refused >= 0))
  constraint requests_counted_span_check CHECK ((span = ANY (ARRAY['hour'::text, 'day'::text, 'month'::text])))
  grant insert, select to sandbank_follower
  grant select to sandbank_sandbox
  grant update (answered) to sandbank_follower
  grant update (failed) to sandbank_follower
  grant update (refused) to sandbank_follower

table sandbox.ruling
  partition integer not null
  id uuid not null
  pilot text collate C not null
  version integer not null
  kind text collate C not null
  reasons jsonb not null
  at timestamp with time zone not null
  constraint ruling_kind_check CHECK ((kind = ANY (ARRAY['returned'::text, 'refused'::text, 'change_refused'::text])))
  constraint ruling_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint ruling_pkey PRIMARY KEY (partition, id)
  grant insert, select to sandbank_sandbox

table sandbox.signing_key
  partition integer not null
  id text not null
  organisation text collate C not null
  public_key text not null
  enrolled_by text collate C not null
  at timestamp with time zone not null
  ended_at timestamp with time zone
  constraint signing_key_check CHECK ((ended_at >= at))
  constraint signing_key_id_check CHECK ((id ~ '^[0-9a-f]{64}$'::text))
  constraint signing_key_pkey PRIMARY KEY (partition, id)
  CREATE TRIGGER keep_what_is_done BEFORE UPDATE ON sandbox.signing_key FOR EACH ROW EXECUTE FUNCTION sandbox.keep_what_is_done()
  grant insert, select to sandbank_sandbox
  grant update (ended_at) to sandbank_sandbox

table sandbox.transition
  from_state text collate C not null
  event text collate C not null
  to_state text collate C not null
  constraint transition_pkey PRIMARY KEY (from_state, event)
  grant select to sandbank_sandbox

table sandbox.trip
  partition integer not null
  directive uuid not null
  pilot text collate C not null
  trigger text collate C not null
  number integer not null
  measured text not null
  clause text not null
  at timestamp with time zone not null
  constraint trip_number_check CHECK ((number >= 1))
  constraint trip_partition_directive_fkey FOREIGN KEY (partition, directive) REFERENCES sandbox.directive(partition, id) DEFERRABLE INITIALLY DEFERRED
  constraint trip_partition_pilot_trigger_number_key UNIQUE (partition, pilot, trigger, number)
  constraint trip_pkey PRIMARY KEY (partition, directive)
  constraint trip_trigger_check CHECK ((trigger ~ '^[a-z][a-z0-9_]{1,39}$'::text))
  grant insert, select to sandbank_sandbox

table sandbox.user_statement
  partition integer not null
  pilot text collate C not null
  version integer not null
  material integer not null
  hash text not null
  body jsonb not null
  at timestamp with time zone not null
  constraint user_statement_check CHECK (((material >= 1) AND (material <= version)))
  constraint user_statement_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  constraint user_statement_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint user_statement_pkey PRIMARY KEY (partition, pilot, version)
  constraint user_statement_version_check CHECK ((version >= 1))
  grant insert, select to sandbank_sandbox

table sandbox.uses_counted
  partition integer not null
  span text collate C not null
  begins timestamp with time zone not null
  rule text collate C not null
  scope text collate C not null
  whose text collate C not null
  period text collate C not null
  moved bigint not null
  constraint uses_counted_pkey PRIMARY KEY (partition, span, begins, rule, whose, period)
  grant delete, insert, select to sandbank_follower
  grant select to sandbank_sandbox
  grant update (moved) to sandbank_follower

table sandbox.watch_check
  partition integer not null
  pilot text collate C not null
  number integer not null
  from_at timestamp with time zone not null
  to_at timestamp with time zone not null
  at timestamp with time zone not null
  machine_from timestamp with time zone not null
  machine_to timestamp with time zone not null
  constraint watch_check_check CHECK ((to_at > from_at))
  constraint watch_check_check1 CHECK ((at >= to_at))
  constraint watch_check_check2 CHECK ((machine_to >= machine_from))
  constraint watch_check_number_check CHECK ((number >= 1))
  constraint watch_check_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.watch_period(partition, pilot) DEFERRABLE INITIALLY DEFERRED
  constraint watch_check_pkey PRIMARY KEY (partition, pilot, number)
  CREATE TRIGGER keep_watch_checks_without_gap BEFORE INSERT ON sandbox.watch_check FOR EACH ROW EXECUTE FUNCTION sandbox.keep_watch_checks_without_gap()
  grant insert, select to sandbank_sandbox

table sandbox.watch_condition
  partition integer not null
  pilot text collate C not null
  ruling integer not null
  number integer not null
  state text collate C not null default 'pending'::text
  label jsonb not null
  subject text collate C not null
  comparator text collate C not null
  unit text collate C not null
  required numeric(24,0) not null
  from_at timestamp with time zone not null
  due_at timestamp with time zone not null
  machine_from timestamp with time zone not null
  measured numeric(24,0)
  sums numeric(24,0)
  over numeric(24,0)
  lacks text collate C
  judged_at timestamp with time zone
  constraint keep_watch_whole TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint watch_condition_check CHECK ((due_at > from_at))
  constraint watch_condition_check1 CHECK ((judged_at >= due_at))
  constraint watch_condition_check2 CHECK (((state = ANY (ARRAY['met'::text, 'missed'::text])) = (judged_at IS NOT NULL)))
  constraint watch_condition_check3 CHECK (((judged_at IS NOT NULL) = ((measured IS NOT NULL) OR (lacks IS NOT NULL))))
  constraint watch_condition_check4 CHECK (((measured IS NULL) OR (lacks IS NULL)))
  constraint watch_condition_check5 CHECK ((((sums IS NULL) = (over IS NULL)) AND ((over IS NULL) OR (unit = 'ppm'::text))))
  constraint watch_condition_check6 CHECK (((judged_at IS NULL) OR ((state = 'met'::text) =
  CASE
      WHEN (measured IS NULL) THEN false
      WHEN ((over IS NOT NULL) AND (comparator = 'atLeast'::text)) THEN ((sums * (1000000)::numeric) >= (required * over))
      WHEN (over IS NOT NULL) THEN ((sums * (1000000)::numeric) <= (required * over))
      WHEN (comparator = 'atLeast'::text) THEN (measured >= required)
      ELSE (measured <= required)
  END)))
  constraint watch_condition_comparator_check CHECK ((comparator = ANY (ARRAY['atLeast'::text, 'atMost'::text])))
  constraint watch_condition_lacks_check CHECK ((lacks = ANY (ARRAY['nobody_computes'::text, 'unit_differs'::text, 'nothing_measured'::text])))
  constraint watch_condition_number_check CHECK (((number >= 1) AND (number <= 10)))
  constraint watch_condition_over_check CHECK ((over > (0)::numeric))
  constraint watch_condition_partition_pilot_ruling_fkey FOREIGN KEY (partition, pilot, ruling) REFERENCES sandbox.watch_ruling(partition, pilot, number) DEFERRABLE INITIALLY DEFERRED
  constraint watch_condition_pkey PRIMARY KEY (partition, pilot, ruling, number)
  constraint watch_condition_required_check CHECK ((required >= (0)::numeric))
  constraint watch_condition_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'met'::text, 'missed'::text, 'lapsed'::text])))
  constraint watch_condition_subject_check CHECK ((subject ~ '^[a-z][a-z0-9_]{1,39}$'::text))
  constraint watch_condition_unit_check CHECK ((unit = ANY (ARRAY['ppm'::text, 'count'::text, 'fen'::text, 'day'::text])))
  CREATE INDEX watch_condition_due ON sandbox.watch_condition USING btree (partition, due_at) WHERE (state = 'pending'::text)
  CREATE CONSTRAINT TRIGGER keep_watch_whole AFTER INSERT OR UPDATE ON sandbox.watch_condition DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_watch_whole()
  CREATE TRIGGER keep_to_the_watch_table BEFORE INSERT OR UPDATE ON sandbox.watch_condition FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_watch_table('condition', 'pending')
  grant insert, select to sandbank_sandbox
  grant update (judged_at) to sandbank_sandbox
  grant update (lacks) to sandbank_sandbox
  grant update (measured) to sandbank_sandbox
  grant update (over) to sandbank_sandbox
  grant update (state) to sandbank_sandbox
  grant update (sums) to sandbank_sandbox

table sandbox.watch_criterion
  partition integer not null
  pilot text collate C not null
  number integer not null
  criterion text collate C not null
  place integer not null
  subject text collate C not null
  comparator text collate C not null
  unit text collate C not null
  required numeric(24,0) not null
  measured numeric(24,0)
  sums numeric(24,0)
  over numeric(24,0)
  met boolean not null
  lacks text collate C
  clause text not null
  label jsonb not null
  indicator text collate C
  formula jsonb
  constraint keep_watch_whole TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint watch_criterion_check CHECK (((measured IS NULL) = (lacks IS NOT NULL)))
  constraint watch_criterion_check1 CHECK ((((sums IS NULL) = (over IS NULL)) AND ((over IS NULL) OR (unit = 'ppm'::text))))
  constraint watch_criterion_check2 CHECK ((met =
  CASE
      WHEN (measured IS NULL) THEN false
      WHEN ((over IS NOT NULL) AND (comparator = 'atLeast'::text)) THEN ((sums * (1000000)::numeric) >= (required * over))
      WHEN (over IS NOT NULL) THEN ((sums * (1000000)::numeric) <= (required * over))
      WHEN (comparator = 'atLeast'::text) THEN (measured >= required)
      ELSE (measured <= required)
  END))
  constraint watch_criterion_comparator_check CHECK ((comparator = ANY (ARRAY['atLeast'::text, 'atMost'::text])))
  constraint watch_criterion_criterion_check CHECK ((criterion ~ '^T[1-9][0-9]?$'::text))
  constraint watch_criterion_lacks_check CHECK ((lacks = ANY (ARRAY['nobody_computes'::text, 'unit_differs'::text, 'nothing_measured'::text])))
  constraint watch_criterion_over_check CHECK ((over > (0)::numeric))
  constraint watch_criterion_partition_pilot_number_fkey FOREIGN KEY (partition, pilot, number) REFERENCES sandbox.watch_check(partition, pilot, number) DEFERRABLE INITIALLY DEFERRED
  constraint watch_criterion_pkey PRIMARY KEY (partition, pilot, number, criterion)
  constraint watch_criterion_required_check CHECK ((required >= (0)::numeric))
  constraint watch_criterion_unit_check CHECK ((unit = ANY (ARRAY['ppm'::text, 'count'::text, 'fen'::text, 'day'::text])))
  CREATE CONSTRAINT TRIGGER keep_watch_whole AFTER INSERT ON sandbox.watch_criterion DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_watch_whole()
  grant insert, select to sandbank_sandbox

table sandbox.watch_finding
  partition integer not null
  id uuid not null
  pilot text collate C not null
  number integer not null
  kind text collate C not null
  state text collate C not null default 'open'::text
  check_number integer
  silent_since timestamp with time zone
  at timestamp with time zone not null
  ruling integer
  of_ruling integer
  of_condition integer
  constraint keep_watch_whole TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint watch_finding_check CHECK (((kind = 'thresholds'::text) = (check_number IS NOT NULL)))
  constraint watch_finding_check1 CHECK (((kind = 'silence'::text) = (silent_since IS NOT NULL)))
  constraint watch_finding_check2 CHECK (((state = 'open'::text) = (ruling IS NULL)))
  constraint watch_finding_kind_check CHECK ((kind = ANY (ARRAY['thresholds'::text, 'silence'::text, 'condition'::text])))
  constraint watch_finding_number_check CHECK ((number >= 1))
  constraint watch_finding_of_condition CHECK ((((kind = 'condition'::text) = (of_condition IS NOT NULL)) AND ((of_ruling IS NULL) = (of_condition IS NULL))))
  constraint watch_finding_partition_pilot_check_number_fkey FOREIGN KEY (partition, pilot, check_number) REFERENCES sandbox.watch_check(partition, pilot, number) DEFERRABLE INITIALLY DEFERRED
  constraint watch_finding_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.watch_period(partition, pilot) DEFERRABLE INITIALLY DEFERRED
  constraint watch_finding_partition_pilot_number_key UNIQUE (partition, pilot, number)
  constraint watch_finding_partition_pilot_of_ruling_of_condition_fkey FOREIGN KEY (partition, pilot, of_ruling, of_condition) REFERENCES sandbox.watch_condition(partition, pilot, ruling, number) DEFERRABLE INITIALLY DEFERRED
  constraint watch_finding_partition_pilot_ruling_fkey FOREIGN KEY (partition, pilot, ruling) REFERENCES sandbox.watch_ruling(partition, pilot, number) DEFERRABLE INITIALLY DEFERRED
  constraint watch_finding_pkey PRIMARY KEY (partition, id)
  constraint watch_finding_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'extended'::text, 'exit_required'::text])))
  CREATE UNIQUE INDEX watch_finding_of_check ON sandbox.watch_finding USING btree (partition, pilot, check_number)
  CREATE UNIQUE INDEX watch_finding_of_condition_once ON sandbox.watch_finding USING btree (partition, pilot, of_ruling, of_condition)
  CREATE UNIQUE INDEX watch_silence_open ON sandbox.watch_finding USING btree (partition, pilot) WHERE ((kind = 'silence'::text) AND (state = 'open'::text))
  CREATE CONSTRAINT TRIGGER keep_watch_whole AFTER INSERT OR UPDATE ON sandbox.watch_finding DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_watch_whole()
  CREATE TRIGGER keep_to_the_watch_table BEFORE INSERT OR UPDATE ON sandbox.watch_finding FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_watch_table('finding', 'open')
  grant insert, select to sandbank_sandbox
  grant update (ruling) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.watch_period
  partition integer not null
  pilot text collate C not null
  state text collate C not null default 'running'::text
  organisation text collate C not null
  days integer not null
  from_terms boolean not null
  begun_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  checked_to timestamp with time zone not null
  next_at timestamp with time zone
  machine_to timestamp with time zone not null
  ended_at timestamp with time zone
  constraint keep_watch_whole TRIGGER DEFERRABLE INITIALLY DEFERRED
  constraint watch_period_check CHECK (((checked_to <= ends_at) AND (begun_at < ends_at)))
  constraint watch_period_check1 CHECK (((next_at IS NULL) = (checked_to = ends_at)))
  constraint watch_period_check2 CHECK (((checked_to < next_at) AND (next_at <= ends_at)))
  constraint watch_period_check3 CHECK (((state = ANY (ARRAY['ended'::text, 'exit_required'::text])) = (ended_at IS NOT NULL)))
  constraint watch_period_check4 CHECK (((state <> 'ended'::text) OR (checked_to = ends_at)))
  constraint watch_period_check5 CHECK ((begun_at <= ended_at))
  constraint watch_period_days_check CHECK (((days >= 1) AND (days <= 1096)))
  constraint watch_period_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.pilot(partition, slug) DEFERRABLE INITIALLY DEFERRED
  constraint watch_period_pkey PRIMARY KEY (partition, pilot)
  constraint watch_period_state_check CHECK ((state = ANY (ARRAY['running'::text, 'questioned'::text, 'ended'::text, 'exit_required'::text])))
  CREATE INDEX watch_period_due ON sandbox.watch_period USING btree (partition, COALESCE(next_at, ends_at)) WHERE (state = ANY (ARRAY['running'::text, 'questioned'::text]))
  CREATE CONSTRAINT TRIGGER keep_watch_whole AFTER INSERT OR UPDATE ON sandbox.watch_period DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sandbox.keep_watch_whole()
  CREATE TRIGGER keep_to_the_watch_table BEFORE INSERT OR UPDATE ON sandbox.watch_period FOR EACH ROW EXECUTE FUNCTION sandbox.keep_to_the_watch_table('watch', 'running')
  grant insert, select to sandbank_sandbox
  grant update (checked_to) to sandbank_sandbox
  grant update (ended_at) to sandbank_sandbox
  grant update (ends_at) to sandbank_sandbox
  grant update (machine_to) to sandbank_sandbox
  grant update (next_at) to sandbank_sandbox
  grant update (state) to sandbank_sandbox

table sandbox.watch_ruling
  partition integer not null
  pilot text collate C not null
  number integer not null
  ruling text collate C not null
  reason jsonb not null
  conditions jsonb not null
  days integer
  proposed_by text collate C not null
  approved_by text collate C not null
  at timestamp with time zone not null
  constraint watch_ruling_check CHECK ((approved_by <> proposed_by))
  constraint watch_ruling_check1 CHECK (((ruling = 'extend'::text) = (days IS NOT NULL)))
  constraint watch_ruling_check2 CHECK (((ruling = 'accept'::text) OR (conditions = '[]'::jsonb)))
  constraint watch_ruling_days_check CHECK ((days >= 1))
  constraint watch_ruling_number_check CHECK ((number >= 1))
  constraint watch_ruling_partition_pilot_fkey FOREIGN KEY (partition, pilot) REFERENCES sandbox.watch_period(partition, pilot) DEFERRABLE INITIALLY DEFERRED
  constraint watch_ruling_pkey PRIMARY KEY (partition, pilot, number)
  constraint watch_ruling_ruling_check CHECK ((ruling = ANY (ARRAY['accept'::text, 'extend'::text, 'require_exit'::text])))
  grant insert, select to sandbank_sandbox

table sandbox.watch_transition
  of text collate C not null
  from_state text collate C not null
  event text collate C not null
  to_state text collate C not null
  constraint watch_transition_of_check CHECK ((of = ANY (ARRAY['watch'::text, 'finding'::text, 'condition'::text])))
  constraint watch_transition_pkey PRIMARY KEY (of, from_state, event)
  grant select to sandbank_sandbox

table sandbox.window_counted
  partition integer not null
  span text collate C not null
  begins timestamp with time zone not null
  acts bigint not null
  peak bigint not null
  first_seq bigint not null
  last_seq bigint not null
  constraint window_counted_acts_check CHECK ((acts > 0))
  constraint window_counted_check CHECK ((first_seq <= last_seq))
  constraint window_counted_peak_check CHECK ((peak > 0))
  constraint window_counted_pkey PRIMARY KEY (partition, span, begins)
  constraint window_counted_span_check CHECK ((span = ANY (ARRAY['hour'::text, 'day'::text, 'month'::text])))
  grant delete, insert, select to sandbank_follower
  grant select to sandbank_sandbox
  grant update (acts) to sandbank_follower
  grant update (first_seq) to sandbank_follower
  grant update (last_seq) to sandbank_follower
  grant update (peak) to sandbank_follower

table sandbox.wording
  partition integer not null
  id uuid not null
  organisation text collate C not null
  command text collate C not null
  field text collate C not null
  salt bytea
  body text
  kept_at timestamp with time zone not null
  claimed boolean not null default false
  erased_at timestamp with time zone
  constraint wording_body_check CHECK ((length(body) <= 40000))
  constraint wording_check CHECK ((((body IS NULL) = (salt IS NULL)) AND ((body IS NULL) = (erased_at IS NOT NULL))))
  constraint wording_partition_organisation_command_field_key UNIQUE (partition, organisation, command, field)
  constraint wording_pkey PRIMARY KEY (partition, id)
  CREATE INDEX wording_unclaimed ON sandbox.wording USING btree (partition, kept_at) WHERE (NOT claimed)
  CREATE TRIGGER keep_words BEFORE DELETE OR UPDATE ON sandbox.wording FOR EACH ROW EXECUTE FUNCTION sandbox.keep_words()
  grant delete, insert, select to sandbank_sandbox
  grant update (body) to sandbank_sandbox
  grant update (claimed) to sandbank_sandbox
  grant update (erased_at) to sandbank_sandbox
  grant update (kept_at) to sandbank_sandbox
  grant update (salt) to sandbank_sandbox

table tokens.authorisation with (fillfactor=50)
  partition integer not null
  id uuid not null
  token uuid not null
  card uuid not null
  holder text collate C not null
  trid text collate C not null
  organisation text collate C not null
  scene text collate C not null
  merchant text collate C not null
  channel text collate C not null
  reference text collate C not null
  amount bigint not null
  captured bigint not null default 0
  refunded bigint not null default 0
  state text collate C not null
  control integer not null
  windows integer not null
  at timestamp with time zone not null
  expires timestamp with time zone not null
  hold uuid not null
  mcc text collate C
  country text collate C
  constraint authorisation_amount_check CHECK ((amount > 0))
  constraint authorisation_check CHECK (((captured >= 0) AND (captured <= amount)))
  constraint authorisation_check1 CHECK (((refunded >= 0) AND (refunded <= captured)))
  constraint authorisation_country_check CHECK ((country ~ '^[A-Z]{2}$'::text))
  constraint authorisation_mcc_check CHECK ((mcc ~ '^[0-9]{4}$'::text))
  constraint authorisation_pkey PRIMARY KEY (partition, id)
  constraint authorisation_state_check CHECK ((state = ANY (ARRAY['authorised'::text, 'part_captured'::text, 'captured'::text, 'voided'::text])))
  constraint authorisation_windows_check CHECK (((windows >= 0) AND (windows <= 65535)))
  CREATE INDEX authorisation_at ON tokens.authorisation USING brin (at)
  grant insert, select to sandbank_tokens
  grant update (amount) to sandbank_tokens
  grant update (at) to sandbank_tokens
  grant update (captured) to sandbank_tokens
  grant update (control) to sandbank_tokens
  grant update (hold) to sandbank_tokens
  grant update (holder) to sandbank_tokens
  grant update (reference) to sandbank_tokens
  grant update (refunded) to sandbank_tokens
  grant update (state) to sandbank_tokens
  grant update (windows) to sandbank_tokens

table tokens.card with (fillfactor=60)
  partition integer not null
  id uuid not null
  holder text collate C not null
  par text collate C not null
  last4 text collate C not null
  bin text collate C not null
  expires timestamp with time zone not null
  state text collate C not null
  at timestamp with time zone not null
  lost_seq bigint not null default 0
  replaced_seq bigint not null default 0
  closed_seq bigint not null default 0
  next_at timestamp with time zone
  constraint card_bin_check CHECK ((bin ~ '^[0-9]{6,8}$'::text))
  constraint card_closed_seq_check CHECK ((closed_seq >= 0))
  constraint card_closing CHECK (((next_at IS NOT NULL) = (state = 'closing'::text)))
  constraint card_holder_check CHECK (((length(holder) >= 1) AND (length(holder) <= 80)))
  constraint card_last4_check CHECK ((last4 ~ '^[0-9]{4}$'::text))
  constraint card_lost_seq_check CHECK ((lost_seq >= 0))
  constraint card_par_check CHECK ((par ~ '^[0-9A-Z]{29}$'::text))
  constraint card_pkey PRIMARY KEY (partition, id)
  constraint card_replaced_seq_check CHECK ((replaced_seq >= 0))
  constraint card_stands_as_heard CHECK (
  CASE state
      WHEN 'open'::text THEN ((closed_seq = 0) AND (lost_seq <= replaced_seq))
      WHEN 'lost'::text THEN ((closed_seq = 0) AND (lost_seq > replaced_seq))
      WHEN 'closing'::text THEN (closed_seq > 0)
      ELSE true
  END)
  constraint card_state_check CHECK ((state = ANY (ARRAY['open'::text, 'lost'::text, 'closing'::text, 'closed'::text])))
  CREATE INDEX card_holder ON tokens.card USING btree (holder, partition)
  CREATE INDEX card_last4 ON tokens.card USING btree (last4, partition)
  CREATE INDEX card_next ON tokens.card USING btree (next_at) WHERE (next_at IS NOT NULL)
  grant insert, select to sandbank_tokens
  grant update (bin) to sandbank_tokens
  grant update (closed_seq) to sandbank_tokens
  grant update (expires) to sandbank_tokens
  grant update (holder) to sandbank_tokens
  grant update (last4) to sandbank_tokens
  grant update (lost_seq) to sandbank_tokens
  grant update (next_at) to sandbank_tokens
  grant update (par) to sandbank_tokens
  grant update (replaced_seq) to sandbank_tokens
  grant update (state) to sandbank_tokens

table tokens.card_event
  partition integer not null
  card uuid not null
  seq bigint not null
  event text collate C not null
  kind text collate C not null
  effect text collate C not null
  at timestamp with time zone not null
  constraint card_event_effect_check CHECK ((effect = ANY (ARRAY['applied'::text, 'superseded'::text])))
  constraint card_event_event_check CHECK ((event ~ '^[A-Za-z0-9_.-]{1,60}$'::text))
  constraint card_event_kind_check CHECK ((kind = ANY (ARRAY['lost'::text, 'replaced'::text, 'closed'::text])))
  constraint card_event_pkey PRIMARY KEY (partition, card, seq)
  constraint card_event_seq_check CHECK ((seq >= 1))
  grant insert, select to sandbank_tokens

table tokens.confirmation
  partition integer not null
  id uuid not null
  token uuid not null
  merchant text collate C not null
  amount bigint not null
  at timestamp with time zone not null
  until timestamp with time zone not null
  constraint confirmation_amount_check CHECK ((amount > 0))
  constraint confirmation_check CHECK ((until > at))
  constraint confirmation_pkey PRIMARY KEY (partition, token, merchant, at, id)
  grant insert, select to sandbank_tokens

table tokens.consent
  partition integer not null
  token uuid not null
  version integer not null
  hash text collate C not null
  purpose text collate C not null
  until timestamp with time zone not null
  given timestamp with time zone not null
  withdrawn timestamp with time zone
  constraint consent_check CHECK ((withdrawn >= given))
  constraint consent_check1 CHECK ((until > given))
  constraint consent_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  constraint consent_pkey PRIMARY KEY (partition, token)
  constraint consent_purpose_check CHECK ((purpose ~ '^[a-z][a-z_]{0,39}$'::text))
  constraint consent_version_check CHECK ((version >= 1))
  grant insert, select to sandbank_tokens
  grant update (until) to sandbank_tokens
  grant update (withdrawn) to sandbank_tokens

table tokens.control
  partition integer not null
  token uuid not null
  version integer not null
  at timestamp with time zone not null
  by text collate C not null
  holder_terms json not null
  issuer_terms json not null
  constraint control_by_check CHECK ((by = ANY (ARRAY['holder'::text, 'issuer'::text])))
  constraint control_holder_terms_check CHECK (tokens.are_terms((holder_terms)::jsonb))
  constraint control_issuer_terms_check CHECK (tokens.are_terms((issuer_terms)::jsonb))
  constraint control_pkey PRIMARY KEY (partition, token, version)
  constraint control_version_check CHECK ((version >= 1))
  grant insert, select to sandbank_tokens

table tokens.cryptogram
  partition integer not null
  number text collate C not null
  counter integer not null
  scene text collate C not null
  organisation text collate C not null
  amount bigint not null
  currency text collate C not null
  at timestamp with time zone not null
  expires timestamp with time zone not null
  constraint cryptogram_amount_check CHECK ((amount > 0))
  constraint cryptogram_check CHECK ((expires > at))
  constraint cryptogram_counter_check CHECK (((counter >= 1) AND (counter <= 999999999)))
  constraint cryptogram_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  constraint cryptogram_number_check CHECK ((number ~ '^999988[0-9]{10}$'::text))
  constraint cryptogram_pkey PRIMARY KEY (partition, number, counter)
  grant insert, select to sandbank_tokens

table tokens.decline
  partition integer not null
  id uuid not null
  token uuid
  holder text collate C
  organisation text collate C not null
  scene text collate C not null
  merchant text collate C not null
  reference text collate C not null
  amount bigint not null
  code text collate C not null
  failed jsonb not null
  at timestamp with time zone not null
  constraint decline_pkey PRIMARY KEY (partition, id)
  CREATE INDEX decline_holder ON tokens.decline USING btree (holder, partition, at DESC) WHERE (holder IS NOT NULL)
  grant delete, insert, select to sandbank_tokens

table tokens.ending_notice
  partition integer not null
  holder text collate C not null
  version integer not null
  at timestamp with time zone not null
  constraint ending_notice_holder_check CHECK (((length(holder) >= 1) AND (length(holder) <= 80)))
  constraint ending_notice_pkey PRIMARY KEY (partition, holder)
  constraint ending_notice_version_check CHECK ((version >= 1))
  grant delete, insert, select to sandbank_tokens

table tokens.erasure
  partition integer not null
  id uuid not null
  cards integer not null
  acts integer not null
  payments integer not null
  at timestamp with time zone not null
  sealed integer
  claims integer
  destroyed_at timestamp with time zone
  constraint erasure_acts_check CHECK ((acts >= 0))
  constraint erasure_cards_check CHECK ((cards >= 1))
  constraint erasure_check CHECK (((sealed >= 0) AND (sealed <= cards)))
  constraint erasure_check1 CHECK (((sealed IS NULL) = (destroyed_at IS NULL)))
  constraint erasure_check2 CHECK (((claims IS NULL) = (destroyed_at IS NULL)))
  constraint erasure_claims_check CHECK ((claims >= 0))
  constraint erasure_payments_check CHECK ((payments >= 0))
  constraint erasure_pkey PRIMARY KEY (partition, id)
  grant insert, select to sandbank_tokens
  grant update (claims) to sandbank_tokens
  grant update (destroyed_at) to sandbank_tokens
  grant update (sealed) to sandbank_tokens

table tokens.key_destruction
  partition integer not null
  id uuid not null
  keks text collate C not null
  ordered_by text collate C not null
  approved_by text collate C not null
  at timestamp with time zone not null
  keys integer
  destroyed_at timestamp with time zone
  constraint key_destruction_check CHECK (((approved_by <> ordered_by) AND (approved_by <> ''::text)))
  constraint key_destruction_check1 CHECK (((keys IS NULL) = (destroyed_at IS NULL)))
  constraint key_destruction_keks_check CHECK ((keks ~ '^[0-9a-f]{16}( [0-9a-f]{16})*$'::text))
  constraint key_destruction_keys_check CHECK ((keys >= 1))
  constraint key_destruction_pkey PRIMARY KEY (partition, id)
  CREATE UNIQUE INDEX key_destruction_once ON tokens.key_destruction USING btree (partition)
  grant insert, select to sandbank_tokens
  grant update (destroyed_at) to sandbank_tokens
  grant update (keys) to sandbank_tokens

table tokens.key_rotation
  partition integer not null
  id uuid not null
  kind text collate C not null
  kek text collate C
  ordered_by text collate C not null
  approved_by text collate C not null
  at timestamp with time zone not null
  ended_at timestamp with time zone
  constraint key_rotation_check CHECK (((approved_by <> ordered_by) AND (approved_by <> ''::text)))
  constraint key_rotation_check1 CHECK ((ended_at >= at))
  constraint key_rotation_check2 CHECK (((kind = 'kek'::text) = (kek IS NOT NULL)))
  constraint key_rotation_kek_check CHECK ((kek ~ '^[0-9a-f]{16}$'::text))
  constraint key_rotation_kind_check CHECK ((kind = ANY (ARRAY['kek'::text, 'card'::text, 'index'::text])))
  constraint key_rotation_pkey PRIMARY KEY (partition, id)
  CREATE UNIQUE INDEX key_rotation_under_way ON tokens.key_rotation USING btree (partition, kind) WHERE (ended_at IS NULL)
  grant insert, select to sandbank_tokens
  grant update (ended_at) to sandbank_tokens

table tokens.movement
  partition integer not null
  trid text collate C not null
  day date not null
  id uuid not null
  kind text collate C not null
  payment uuid not null
  merchant text collate C not null
  scene text collate C not null
  amount bigint not null
  at timestamp with time zone not null
  constraint movement_amount_check CHECK ((amount > 0))
  constraint movement_kind_check CHECK ((kind = ANY (ARRAY['capture'::text, 'refund'::text])))
  constraint movement_pkey PRIMARY KEY (partition, trid, day, id)
  grant insert, select to sandbank_tokens

table tokens.requestor
  partition integer not null
  trid text collate C not null
  organisation text collate C not null
  name_zh text not null
  name_en text not null
  at timestamp with time zone not null
  state text collate C not null
  domains text[] not null
  constraint requestor_domains_check CHECK ((cardinality(domains) <= 20))
  constraint requestor_pkey PRIMARY KEY (partition, trid)
  constraint requestor_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'active'::text, 'suspended'::text, 'ended'::text])))
  constraint requestor_trid_check CHECK ((trid ~ '^[0-9]{11}$'::text))
  CREATE TRIGGER begin_applied BEFORE INSERT ON tokens.requestor FOR EACH ROW WHEN ((new.state <> 'applied'::text)) EXECUTE FUNCTION tokens.refuse_beginning()
  CREATE TRIGGER move_requestor BEFORE UPDATE OF state ON tokens.requestor FOR EACH ROW EXECUTE FUNCTION tokens.move_requestor()
  grant insert, select to sandbank_tokens
  grant update (state) to sandbank_tokens

table tokens.scene
  partition integer not null
  id text collate C not null
  trid text collate C not null
  merchants text[] not null
  mccs text[] not null
  channels text[] not null
  name_zh text not null
  name_en text not null
  at timestamp with time zone not null
  state text collate C not null
  cryptogram boolean not null
  constraint scene_id_check CHECK ((id ~ '^[a-z][a-z0-9-]{1,39}$'::text))
  constraint scene_pkey PRIMARY KEY (partition, id)
  constraint scene_state_check CHECK ((state = ANY (ARRAY['open'::text, 'suspended'::text, 'ended'::text])))
  CREATE TRIGGER begin_open BEFORE INSERT ON tokens.scene FOR EACH ROW WHEN ((new.state <> 'open'::text)) EXECUTE FUNCTION tokens.refuse_beginning()
  CREATE TRIGGER move_scene BEFORE UPDATE OF state ON tokens.scene FOR EACH ROW EXECUTE FUNCTION tokens.move_scene()
  grant insert, select to sandbank_tokens
  grant update (state) to sandbank_tokens

table tokens.settlement
  partition integer not null
  trid text collate C not null
  day date not null
  opening bigint not null
  captures bigint not null
  captured bigint not null
  refunds bigint not null
  refunded bigint not null
  paid bigint not null
  closing bigint not null
  at timestamp with time zone not null
  constraint settlement_captured_check CHECK ((captured >= 0))
  constraint settlement_captures_check CHECK ((captures >= 0))
  constraint settlement_check CHECK ((closing = (((opening + captured) - refunded) - paid)))
  constraint settlement_check1 CHECK ((paid = GREATEST((0)::bigint, ((opening + captured) - refunded))))
  constraint settlement_paid_check CHECK ((paid >= 0))
  constraint settlement_pkey PRIMARY KEY (partition, trid, day)
  constraint settlement_refunded_check CHECK ((refunded >= 0))
  constraint settlement_refunds_check CHECK ((refunds >= 0))
  grant insert, select to sandbank_tokens

table tokens.spent_cryptogram
  partition integer not null
  number text collate C not null
  counter integer not null
  act uuid not null
  at timestamp with time zone not null
  constraint spent_cryptogram_partition_number_counter_fkey FOREIGN KEY (partition, number, counter) REFERENCES tokens.cryptogram(partition, number, counter)
  constraint spent_cryptogram_pkey PRIMARY KEY (partition, number, counter)
  grant insert, select to sandbank_tokens

table tokens.suspension
  partition integer not null
  token uuid not null
  cause text collate C not null
  setter text collate C not null
  at timestamp with time zone not null
  constraint suspension_cause_check CHECK ((cause = ANY (ARRAY['holder'::text, 'issuer'::text, 'requestor'::text, 'risk'::text, 'sandbox'::text])))
  constraint suspension_pkey PRIMARY KEY (partition, token, cause, setter)
  constraint suspension_setter_check CHECK (((length(setter) >= 1) AND (length(setter) <= 80)))
  CREATE TRIGGER suspension_lifted AFTER DELETE ON tokens.suspension REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION tokens.put_causes()
  CREATE TRIGGER suspension_set AFTER INSERT ON tokens.suspension REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION tokens.put_causes()
  grant delete, insert, select to sandbank_tokens

table tokens.token with (fillfactor=60)
  partition integer not null
  number text collate C not null
  id uuid not null
  card uuid not null
  holder text collate C not null
  scenes text[] not null
  state text collate C not null
  causes integer not null
  expires timestamp with time zone not null
  control integer not null
  at timestamp with time zone not null
  type text collate C not null
  assurance text collate C not null
  constraint token_assurance_check CHECK ((assurance = ANY (ARRAY['institution'::text, 'signed_in'::text, 'second_factor'::text])))
  constraint token_causes_check CHECK (((causes >= 0) AND (causes <= 31)))
  constraint token_control_check CHECK ((control >= 1))
  constraint token_number_check CHECK ((number ~ '^999988[0-9]{10}$'::text))
  constraint token_pkey PRIMARY KEY (partition, number)
  constraint token_scenes_check CHECK (((cardinality(scenes) >= 1) AND (cardinality(scenes) <= 8)))
  constraint token_state_check CHECK ((state = ANY (ARRAY['live'::text, 'deleted'::text])))
  constraint token_type_check CHECK ((type = ANY (ARRAY['on_file'::text, 'qr'::text, 'hce'::text, 'one_time'::text])))
  CREATE INDEX token_card ON tokens.token USING btree (card, partition)
  CREATE INDEX token_holder ON tokens.token USING btree (holder, partition)
  CREATE INDEX token_last4 ON tokens.token USING btree ("right"(number, 4), partition)
  CREATE UNIQUE INDEX token_id ON tokens.token USING btree (id, partition)
  grant insert, select to sandbank_tokens
  grant update (control) to sandbank_tokens
  grant update (expires) to sandbank_tokens
  grant update (holder) to sandbank_tokens
  grant update (scenes) to sandbank_tokens
  grant update (state) to sandbank_tokens

table vault.card
  partition integer not null
  ref uuid not null
  holder text collate C not null
  key integer not null
  iv bytea not null
  sealed bytea not null
  commitment text collate C not null
  par text collate C not null
  bin text collate C not null
  last4 text collate C not null
  kind text collate C not null
  expiry text collate C not null
  renumbered bigint not null default 0
  constraint card_bin_check CHECK ((bin ~ '^[0-9]{6,8}$'::text))
  constraint card_commitment_check CHECK ((commitment ~ '^[0-9a-f]{64}$'::text))
  constraint card_expiry_check CHECK ((expiry ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'::text))
  constraint card_iv_check CHECK ((octet_length(iv) = 12))
  constraint card_kind_check CHECK ((kind = ANY (ARRAY['debit'::text, 'credit'::text, 'prepaid'::text])))
  constraint card_last4_check CHECK ((last4 ~ '^[0-9]{4}$'::text))
  constraint card_par_check CHECK ((par ~ '^[A-Z0-9]{29}$'::text))
  constraint card_pkey PRIMARY KEY (partition, ref)
  constraint card_renumbered_check CHECK ((renumbered >= 0))
  constraint card_sealed_check CHECK (((octet_length(sealed) >= 44) AND (octet_length(sealed) <= 51)))
  grant delete, insert, select to sandbank_vault
  grant update (bin) to sandbank_vault
  grant update (commitment) to sandbank_vault
  grant update (expiry) to sandbank_vault
  grant update (iv) to sandbank_vault
  grant update (key) to sandbank_vault
  grant update (kind) to sandbank_vault
  grant update (last4) to sandbank_vault
  grant update (renumbered) to sandbank_vault
  grant update (sealed) to sandbank_vault

table vault.claim
  partition integer not null
  version integer not null
  index bytea not null
  home integer not null
  ref uuid not null
  constraint claim_index_check CHECK ((octet_length(index) = 32))
  constraint claim_pkey PRIMARY KEY (partition, version, index)
  CREATE INDEX claim_ref ON vault.claim USING btree (ref, home)
  grant delete, insert, select to sandbank_vault

table vault.erasure
  partition integer not null
  id text collate C not null
  cards integer not null
  claims integer not null
  at timestamp with time zone not null
  constraint erasure_cards_check CHECK ((cards >= 0))
  constraint erasure_claims_check CHECK ((claims >= 0))
  constraint erasure_id_check CHECK (((length(id) >= 1) AND (length(id) <= 80)))
  constraint erasure_pkey PRIMARY KEY (partition, id)
  grant insert, select to sandbank_vault

table vault.key
  partition integer not null
  kind text collate C not null
  version integer not null
  wrapped bytea
  kek text collate C not null
  algorithm text collate C not null
  uses bigint not null default 0
  uses_max bigint not null
  state text collate C not null
  made timestamp with time zone
  ended timestamp with time zone
  constraint key_algorithm_check CHECK ((algorithm = ANY (ARRAY['aes-256-gcm'::text, 'sha256'::text, 'sm3'::text])))
  constraint key_check CHECK (((uses >= 0) AND (uses <= uses_max)))
  constraint key_destroyed CHECK (((wrapped IS NULL) = (state = 'destroyed'::text)))
  constraint key_kind_check CHECK ((kind = ANY (ARRAY['card'::text, 'index'::text, 'cryptogram'::text])))
  constraint key_pkey PRIMARY KEY (partition, kind, version)
  constraint key_state_check CHECK ((state = ANY (ARRAY['current'::text, 'old'::text, 'destroyed'::text])))
  constraint key_uses_max_check CHECK (((uses_max >= 1) AND (uses_max <= '4294967296'::bigint)))
  constraint key_version_check CHECK ((version >= 1))
  constraint key_wrapped_check CHECK ((octet_length(wrapped) = 40))
  CREATE UNIQUE INDEX key_current ON vault.key USING btree (partition, kind) WHERE (state = 'current'::text)
  grant insert, select to sandbank_vault
  grant update (ended) to sandbank_vault
  grant update (kek) to sandbank_vault
  grant update (state) to sandbank_vault
  grant update (uses) to sandbank_vault
  grant update (wrapped) to sandbank_vault

table vault.quota
  partition integer not null
  principal text collate C not null
  purpose text collate C not null
  day date not null
  used bigint not null
  cap bigint not null
  constraint quota_check CHECK (((used >= 0) AND (used <= cap)))
  constraint quota_pkey PRIMARY KEY (partition, principal, purpose, day)
  grant insert, select to sandbank_vault
  grant update (cap) to sandbank_vault
  grant update (used) to sandbank_vault

table vault.rotation
  partition integer not null
  id uuid not null
  kind text collate C not null
  kek text collate C
  version integer
  total bigint not null
  moved bigint not null default 0
  home integer not null default '-1'::integer
  ref uuid not null default '00000000-0000-0000-0000-000000000000'::uuid
  begun timestamp with time zone not null
  ended timestamp with time zone
  constraint rotation_check CHECK (((kind = 'kek'::text) = (kek IS NOT NULL)))
  constraint rotation_check1 CHECK (((kind = 'kek'::text) = (version IS NULL)))
  constraint rotation_kek_check CHECK ((kek ~ '^[0-9a-f]{16}$'::text))
  constraint rotation_kind_check CHECK ((kind = ANY (ARRAY['kek'::text, 'card'::text, 'index'::text])))
  constraint rotation_moved_check CHECK ((moved >= 0))
  constraint rotation_pkey PRIMARY KEY (partition, id)
  constraint rotation_total_check CHECK ((total >= 0))
  constraint rotation_version_check CHECK ((version >= 2))
  CREATE UNIQUE INDEX rotation_moving ON vault.rotation USING btree (partition, kind) WHERE (ended IS NULL)
  grant insert, select to sandbank_vault
  grant update (ended) to sandbank_vault
  grant update (home) to sandbank_vault
  grant update (moved) to sandbank_vault
  grant update (ref) to sandbank_vault

table vault.sight
  partition integer not null
  id uuid not null
  at timestamp with time zone not null
  principal text collate C not null
  organisation text collate C not null
  purpose text collate C not null
  refs uuid[] not null
  constraint sight_pkey PRIMARY KEY (partition, id)
  constraint sight_refs_check CHECK (((cardinality(refs) >= 1) AND (cardinality(refs) <= 100)))
  grant insert, select to sandbank_vault

--! breaking: no
-- The guard's own rows: the partition head that orders everything, policies, the journal with its
-- openings, members, parked tasks, and the one row of business time.

create schema guard;
grant usage on schema guard to sandbank_act, sandbank_read;

-- tidy: not partitioned, because business time is one for the whole system.
create table guard.clock (
  one       boolean primary key default true check (one),
  mode      text not null check (mode in ('real', 'turned')),
  offset_ms int8 not null default 0,
  frozen_at timestamptz,
  check ((mode = 'turned') = (frozen_at is not null))
);
insert into guard.clock (mode) values ('real');

create table guard.partition (
  partition      int primary key,
  pilot          text not null,
  module         text not null,
  role           name not null,
  -- Partitions of pilots are held to a policy; the sandbox's own is not.
  supervised     boolean not null,
  seq            int8 not null default 0,
  at             timestamptz not null default '1970-01-01Z',
  policy_version int not null default 0,
  policy_hash    text not null default ''
) with (fillfactor = 50);

create table guard.policy (
  partition int  not null,
  version   int  not null,
  hash      text not null,
  body      text not null,
  seq       int8 not null,
  primary key (partition, version)
);

-- One row per act, accepted or refused. Codes, references and public amounts; nothing personal.
create table guard.journal (
  partition      int  not null,
  seq            int8 not null,
  at             timestamptz not null,
  organisation   text not null collate "C",
  id             text not null collate "C",
  principal      text not null collate "C",
  command        text not null collate "C",
  class          text not null collate "C",
  outcome        text not null collate "C",
  digest         bytea not null,
  policy_version int  not null,
  act            uuid not null,
  answer         text not null,
  primary key (partition, seq),
  unique (partition, organisation, id)
);
-- Who asks for what was refused does not read all that was taken.
create index journal_refused on guard.journal (partition, command, seq)
  where outcome not in ('accepted', 'parked');

-- What opens the commitments of a leaf. Erasure deletes the row; every proof stays.
create table guard.opening (
  partition int   not null,
  seq       int8  not null,
  salts     bytea not null,
  facts     text  not null,
  change    text  not null,
  primary key (partition, seq)
);

create table guard.member (
  partition int   not null,
  customer  text  not null collate "C",
  key       bytea not null,
  seq       int8  not null,
  primary key (partition, customer)
);

create table guard.task (
  partition   int  not null,
  id          uuid not null,
  command     text not null,
  content     text not null,
  facts       text not null,
  shown       text not null,
  proposer    text not null,
  proposed_by text not null,
  at          timestamptz not null,
  expires     timestamptz not null,
  state       text not null check (state in ('open', 'approved', 'rejected')),
  decided_by  text,
  decided_at  timestamptz,
  reason      text,
  primary key (partition, id),
  check (decided_by <> proposed_by)
);

create function guard.open_partition(p int, pilot text, module text, owner name, held boolean)
returns void language sql set search_path = pg_catalog, pg_temp as $$
  insert into guard.partition (partition, pilot, module, role, supervised)
    values (p, pilot, module, owner, held) on conflict do nothing;
$$;

create function guard.partitions()
returns table (partition int, pilot text, module text, supervised boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.partition, t.pilot, t.module, t.supervised from guard.partition t order by 1
$$;

-- Where a partition stands: order, instant, policy, and whether a hold is due. No lock.
create function guard.glance(p int, machine timestamptz)
returns table (seq int8, at timestamptz, policy_version int, policy_hash text, due boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- Takes the partition's lock and answers everything a batch must know before it loads state.
create function guard.lock(p int, machine timestamptz)
returns table (seq int8, at timestamptz, policy_version int, policy_hash text, due boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from guard.partition t
    where t.partition = p and t.role = session_user for no key update;
  return query select * from guard.glance(p, machine);
end $$;

-- Takes the lock for a batch that was decided on kept state. It waits for the batch before, and lets
-- nothing be written unless the order stands where the batch believes it to be.
create function guard.fence(p int, expected int8) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

-- Acts under these ids, of any of these organisations: whoever asks picks out the pairs. Written so
-- that no plan but a walk through the index fits, however empty the journal was when it was made.
create function guard.known(p int, organisations text[], ids text[])
returns table (organisation text, id text, seq int8, at timestamptz, principal text, outcome text,
  digest bytea, act uuid, answer text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    select j.organisation, j.id, j.seq, j.at, j.principal, j.outcome, j.digest, j.act, j.answer
    from guard.journal j
   where j.partition = p and j.organisation = any (organisations) and j.id = any (ids);
end $$;

create function guard.write(p int, head_seq int8, moment timestamptz, version int, seqs int8[],
  organisations text[], ids text[], principals text[], commands text[], classes text[],
  outcomes text[], digests bytea[], acts uuid[], answers text[], salts bytea[], facts text[],
  changes text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into guard.journal
    select p, t.seq, moment, t.organisation, t.id, t.principal, t.command, t.class, t.outcome,
           t.digest, version, t.act, t.answer
      from unnest(seqs, organisations, ids, principals, commands, classes, outcomes, digests, acts,
        answers) t(seq, organisation, id, principal, command, class, outcome, digest, act, answer);
  insert into guard.opening
    select p, t.* from unnest(seqs, salts, facts, changes) t;
  update guard.partition t set seq = head_seq, at = moment
   where t.partition = p and t.role = session_user;
  if not found then raise exception 'role % does not own partition %', session_user, p; end if;
end $$;

create function guard.members(p int, customers text[]) returns setof text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query select m.customer from guard.member m
    where m.partition = p and m.customer = any (customers);
end $$;

create function guard.add_members(p int, customers text[], keys bytea[], seqs int8[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  insert into guard.member select p, t.* from unnest(customers, keys, seqs) t;
end $$;

create function guard.own_head(p int) returns table (pilot text, policy_version int, seq int8)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query select t.pilot, t.policy_version, t.seq from guard.partition t where t.partition = p;
end $$;

create function guard.put_policies(p int, versions int[], hashes text[], bodies text[], seqs int8[])
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  insert into guard.policy select p, t.* from unnest(versions, hashes, bodies, seqs) t;
  update guard.partition t set policy_version = versions[1], policy_hash = hashes[1]
   where t.partition = p;
end $$;

create function guard.policy_of(p int, v int) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select body from guard.policy where partition = p and version = v
$$;

create function guard.turn_clock(p int, mode text[], offset_ms int8[], frozen timestamptz[])
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  -- Time is one for all: only the partition that is held to no policy, the sandbox's own, turns it.
  perform from guard.partition t where t.partition = p and not t.supervised;
  if not found then
    raise exception 'partition % does not turn the clock', p using errcode = '42501';
  end if;
  update guard.clock c set mode = turn_clock.mode[1], offset_ms = turn_clock.offset_ms[1],
    frozen_at = frozen[1];
end $$;

create function guard.clock_row() returns table (mode text, offset_ms int8, frozen_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.mode, c.offset_ms, c.frozen_at from guard.clock c
$$;

create function guard.add_tasks(p int, ids uuid[], commands text[], contents text[], facts text[],
  shown text[], proposers text[], proposed_by text[], ats timestamptz[], expires timestamptz[])
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  insert into guard.task (partition, id, command, content, facts, shown, proposer, proposed_by, at,
      expires, state)
    select p, t.*, 'open' from unnest(ids, commands, contents, facts, shown, proposers, proposed_by,
      ats, expires) t;
end $$;

create function guard.decide_tasks(p int, ids uuid[], states text[], deciders text[],
  ats timestamptz[], reasons text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  update guard.task t set state = d.state, decided_by = d.decider, decided_at = d.at,
         reason = d.reason
    from unnest(ids, states, deciders, ats, reasons) d(id, state, decider, at, reason)
   where t.partition = p and t.id = d.id and t.state = 'open';
  if not found then raise exception 'a task was decided twice'; end if;
end $$;

create function guard.task_of(p int, task uuid) returns setof guard.task
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    select * from guard.task t where t.partition = p and t.id = task;
end $$;

-- Readers, for the reading role.

create function guard.tasks(wanted text) returns setof guard.task
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select * from guard.task t where wanted is null or t.state = wanted order by t.at desc, t.id
   limit 500
$$;

create function guard.journal_page(p int, before int8, most int)
returns table (seq int8, at timestamptz, organisation text, id text, principal text, command text,
  class text, outcome text, policy_version int, act uuid, answer text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.seq, j.at, j.organisation, j.id, j.principal, j.command, j.class, j.outcome,
         j.policy_version, j.act, j.answer
    from guard.journal j where j.partition = p and j.seq < before order by j.seq desc limit most
$$;

-- Refused acts of one command, newest first, with the content as it came.
create function guard.refused_page(p int, wanted text, most int)
returns table (seq int8, at timestamptz, organisation text, act uuid, outcome text, answer text,
  facts text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.seq, j.at, j.organisation, j.act, j.outcome, j.answer, o.facts
    from guard.journal j left join guard.opening o on o.partition = p and o.seq = j.seq
   where j.partition = p and j.command = wanted collate "C"
     and j.outcome not in ('accepted', 'parked')
   order by j.seq desc limit most
$$;

create function guard.heads()
returns table (partition int, pilot text, module text, seq int8, at timestamptz,
  policy_version int, policy_hash text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.partition, t.pilot, t.module, t.seq, t.at, t.policy_version, t.policy_hash
    from guard.partition t order by 1
$$;

-- The facts file of an auditor: what opens each act's commitments, postings rebuilt from history.
create function guard.openings(p int, after int8, most int)
returns table (seq int8, salts bytea, facts text, change text, postings text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.seq, o.salts, o.facts, o.change,
         coalesce((select '[' || string_agg('[' || to_json(a.key)::text || ',' || t.kind || ',"'
                     || t.amount || '"]', ',' order by t.n) || ']'
            from ledger.act x
            cross join unnest(x.accounts, x.amounts, x.kinds)
              with ordinality t(account, amount, kind, n)
            join ledger.account a on a.partition = p and a.id = t.account
           where x.partition = p and x.seq = o.seq), '[]')
    from guard.opening o where o.partition = p and o.seq > after order by o.seq limit most
$$;

revoke all on all functions in schema guard from public;
grant execute on function guard.partitions(), guard.lock(int, timestamptz),
  guard.glance(int, timestamptz), guard.fence(int, int8),
  guard.known(int, text[], text[]),
  guard.write(int, int8, timestamptz, int, int8[], text[], text[], text[], text[], text[], text[],
    bytea[], uuid[], text[], bytea[], text[], text[]),
  guard.members(int, text[]), guard.add_members(int, text[], bytea[], int8[]),
  guard.own_head(int), guard.put_policies(int, int[], text[], text[], int8[]),
  guard.policy_of(int, int),
  guard.turn_clock(int, text[], int8[], timestamptz[]), guard.clock_row(),
  guard.add_tasks(int, uuid[], text[], text[], text[], text[], text[], text[], timestamptz[],
    timestamptz[]),
  guard.decide_tasks(int, uuid[], text[], text[], timestamptz[], text[]),
  guard.task_of(int, uuid) to sandbank_act;
grant execute on function guard.partitions(), guard.policy_of(int, int), guard.clock_row(),
  guard.tasks(text), guard.journal_page(int, int8, int), guard.heads(),
  guard.refused_page(int, text, int), guard.openings(int, int8, int) to sandbank_read;

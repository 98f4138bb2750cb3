--! breaking: no
-- How a pilot ends: its exit with the plan as it was instantiated, the steps in their order, what
-- the institution reports item by item, and the archive. The tables of moves are held here a second
-- time. All of it lives in the sandbox's own partition; times are business time.

-- The legal moves, a second time: modules/sandbox/exit/exit.ts has them first, and a test compares.
-- tidy: not partitioned, because the rule is one for the whole system.
create table sandbox.exit_transition (
  of         text not null collate "C" check (of in ('exit', 'step', 'item', 'archive')),
  from_state text not null collate "C",
  event      text not null collate "C",
  to_state   text not null collate "C",
  primary key (of, from_state, event)
);
insert into sandbox.exit_transition values
  ('exit', 'running', 'close_step', 'running'), ('exit', 'running', 'close_last_step', 'drained'),
  ('exit', 'drained', 'confirm', 'confirmed'),
  ('exit', 'confirmed', 'send_back', 'drained'), ('exit', 'confirmed', 'complete', 'completed'),
  ('step', 'waiting', 'open', 'open'), ('step', 'open', 'close', 'closed'),
  ('item', 'listed', 'finish', 'finished'), ('item', 'listed', 'transfer', 'transferred'),
  ('archive', 'requested', 'write', 'written'), ('archive', 'written', 'restore', 'verified');

create table sandbox.exit (
  partition     int  not null,
  pilot         text not null collate "C",
  state         text not null collate "C" default 'running'
                  check (state in ('running', 'drained', 'confirmed', 'completed')),
  cause         text not null collate "C" check (cause in ('decided', 'period_over', 'failed')),
  reason        jsonb not null,
  -- The plan as it was when the exit began, and what was open then.
  plan          jsonb not null,
  opening       jsonb not null,
  begun_at      timestamptz not null,
  -- Until when existing customers may go on, where the plan lets them.
  run_off_until timestamptz,
  confirmed_by  text collate "C",
  confirmed_at  timestamptz,
  statement     jsonb,
  completed_by  text collate "C",
  completed_at  timestamptz,
  primary key (partition, pilot),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((confirmed_by is null) = (statement is null)),
  check ((state in ('confirmed', 'completed')) = (confirmed_by is not null)),
  check ((completed_by is null) = (completed_at is null)),
  check ((state = 'completed') = (completed_by is not null)),
  -- Two people.
  check (completed_by <> confirmed_by),
  check (begun_at <= confirmed_at and confirmed_at <= completed_at)
);

create table sandbox.exit_step (
  partition    int  not null,
  pilot        text not null collate "C",
  number       int  not null check (number between 1 and 30),
  step         text not null collate "C",
  state        text not null collate "C" default 'waiting'
                 check (state in ('waiting', 'open', 'closed')),
  opened_at    timestamptz,
  closed_at    timestamptz,
  closed_by    text collate "C",
  organisation text collate "C",
  evidence     text check (evidence ~ '^[0-9a-f]{64}$'),
  -- What the queries said when it closed.
  reading      jsonb,
  primary key (partition, pilot, number),
  unique (partition, pilot, step),
  foreign key (partition, pilot) references sandbox.exit deferrable initially deferred,
  check ((state = 'waiting') = (opened_at is null)),
  check ((state = 'closed') = (closed_at is not null)),
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (evidence is null)
     and (closed_at is null) = (reading is null) and (closed_at is null) = (organisation is null)),
  check (opened_at <= closed_at)
);

-- What an institution reports of a kind, one by one: listed, then finished or handed over.
create table sandbox.exit_item (
  partition    int  not null,
  pilot        text not null collate "C",
  kind         text not null collate "C",
  ref          text not null collate "C" check (ref ~ '^[A-Za-z0-9_.:-]{1,64}$'),
  state        text not null collate "C" default 'listed'
                 check (state in ('listed', 'finished', 'transferred')),
  amount       int8 check (amount >= 0),
  -- When it ends by its own terms, if it has any.
  ends         timestamptz,
  listed_by    text not null collate "C",
  listed_at    timestamptz not null,
  evidence     text check (evidence ~ '^[0-9a-f]{64}$'),
  ended_by     text collate "C",
  ended_at     timestamptz,
  primary key (partition, pilot, kind, ref),
  foreign key (partition, pilot) references sandbox.exit deferrable initially deferred,
  check ((state = 'listed') = (ended_at is null)),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (evidence is null)),
  check (listed_at <= ended_at)
);

create table sandbox.exit_archive (
  partition    int  not null,
  pilot        text not null collate "C",
  number       int  not null check (number >= 1),
  state        text not null collate "C" default 'requested'
                 check (state in ('requested', 'written', 'verified')),
  requested_by text not null collate "C",
  requested_at timestamptz not null,
  hash         text check (hash ~ '^[0-9a-f]{64}$'),
  manifest     jsonb,
  written_at   timestamptz,
  -- The hash that the restored copy gave; nothing but the same one is ever written.
  restored     text,
  verified_at  timestamptz,
  primary key (partition, pilot, number),
  foreign key (partition, pilot) references sandbox.exit deferrable initially deferred,
  check ((state = 'requested') = (hash is null)),
  check ((hash is null) = (written_at is null) and (hash is null) = (manifest is null)),
  check ((state = 'verified') = (restored is not null)),
  check ((restored is null) = (verified_at is null)),
  check (restored = hash),
  check (requested_at <= written_at and written_at <= verified_at)
);

-- One trigger for the four tables: which of them, and the state in which a row begins, are its
-- arguments. The first step of an exit begins open.
create function sandbox.keep_to_the_exit_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_to_the_exit_table() from public;
create trigger keep_to_the_exit_table before insert or update on sandbox.exit
  for each row execute function sandbox.keep_to_the_exit_table('exit', 'running');
create trigger keep_to_the_exit_table before insert or update on sandbox.exit_step
  for each row execute function sandbox.keep_to_the_exit_table('step', 'waiting');
create trigger keep_to_the_exit_table before insert or update on sandbox.exit_item
  for each row execute function sandbox.keep_to_the_exit_table('item', 'listed');
create trigger keep_to_the_exit_table before insert or update on sandbox.exit_archive
  for each row execute function sandbox.keep_to_the_exit_table('archive', 'requested');

-- Order: a step is open or closed only if all before it are closed.
create function sandbox.keep_exit_steps_in_order() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_exit_steps_in_order() from public;
create constraint trigger keep_exit_steps_in_order after insert or update on sandbox.exit_step
  deferrable initially deferred for each row execute function sandbox.keep_exit_steps_in_order();

-- An exit is drained, confirmed or completed only if every step is closed, and it has an archive
-- that was restored; a pilot has exited only if its exit is completed.
create function sandbox.keep_exit_whole() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.state <> 'running' and (
       exists (select from sandbox.exit_step s where s.partition = new.partition
                 and s.pilot = new.pilot and s.state <> 'closed')
       or not exists (select from sandbox.exit_archive a where a.partition = new.partition
                        and a.pilot = new.pilot and a.state = 'verified')) then
    raise exception 'exit of % is not drained', new.pilot using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.keep_exit_whole() from public;
create constraint trigger keep_exit_whole after insert or update of state on sandbox.exit
  deferrable initially deferred for each row execute function sandbox.keep_exit_whole();

create function sandbox.keep_pilot_to_its_exit() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.state in ('exiting', 'exited') and not exists (
       select from sandbox.exit e where e.partition = new.partition and e.pilot = new.slug
          and (new.state = 'exiting' or e.state = 'completed')) then
    raise exception 'pilot % has no exit that lets it be %', new.slug, new.state
      using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.keep_pilot_to_its_exit() from public;
create constraint trigger keep_pilot_to_its_exit after update of state on sandbox.pilot
  deferrable initially deferred for each row execute function sandbox.keep_pilot_to_its_exit();

-- Whose period ends next.
create index pilot_period_to on sandbox.pilot (partition, period_to)
  where state in ('testing', 'restricted', 'suspended');

grant select on sandbox.exit_transition, sandbox.exit, sandbox.exit_step, sandbox.exit_item,
  sandbox.exit_archive to sandbank_sandbox;
grant insert on sandbox.exit, sandbox.exit_step, sandbox.exit_item, sandbox.exit_archive
  to sandbank_sandbox;
grant update (state, confirmed_by, confirmed_at, statement, completed_by, completed_at)
  on sandbox.exit to sandbank_sandbox;
grant update (state, opened_at, closed_at, closed_by, organisation, evidence, reading)
  on sandbox.exit_step to sandbank_sandbox;
grant update (state, evidence, ended_by, ended_at) on sandbox.exit_item to sandbank_sandbox;
grant update (state, hash, manifest, written_at, restored, verified_at)
  on sandbox.exit_archive to sandbank_sandbox;

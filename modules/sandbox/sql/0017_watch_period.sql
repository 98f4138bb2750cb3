--! breaking: no
-- The watch period after a graduation (design; reference/sandbox §4 names it and says no more): how
-- long it lasts, each check of the graduation's thresholds, what was found, and what two people of the
-- supervisor ruled. The tables of moves are held here a second time, and so is whether a threshold is
-- met. All of it lives in the sandbox's own partition; times are business time unless said.

-- Required to leave out of its watch period, a graduated pilot exits by its plan (design).
insert into sandbox.transition values ('graduated', 'require_exit', 'exiting');
alter table sandbox.exit drop constraint exit_cause_check;
alter table sandbox.exit add constraint exit_cause_check
  check (cause in ('decided', 'period_over', 'failed', 'watch'));

-- The closed set of kinds is the code's (inbox/inbox.ts).
alter table sandbox.letter drop constraint letter_kind_check;
alter table sandbox.letter add constraint letter_kind_check check (kind ~ '^[a-z]+(_[a-z]+)*$');

-- The legal moves, a second time: modules/sandbox/watch/watch.ts has them first, and a test compares.
-- tidy: not partitioned, because the rule is one for the whole system.
create table sandbox.watch_transition (
  of         text not null collate "C" check (of in ('watch', 'finding')),
  from_state text not null collate "C",
  event      text not null collate "C",
  to_state   text not null collate "C",
  primary key (of, from_state, event)
);
insert into sandbox.watch_transition values
  ('watch', 'running', 'check', 'running'), ('watch', 'running', 'find', 'questioned'),
  ('watch', 'running', 'end', 'ended'),
  ('watch', 'questioned', 'check', 'questioned'), ('watch', 'questioned', 'find', 'questioned'),
  ('watch', 'questioned', 'accept', 'running'), ('watch', 'questioned', 'extend', 'running'),
  ('watch', 'questioned', 'require_exit', 'exit_required'),
  ('finding', 'open', 'accept', 'accepted'), ('finding', 'open', 'extend', 'extended'),
  ('finding', 'open', 'require_exit', 'exit_required');

create table sandbox.watch_period (
  partition    int  not null,
  pilot        text not null collate "C",
  state        text not null collate "C" default 'running'
                 check (state in ('running', 'questioned', 'ended', 'exit_required')),
  -- Who ran the pilot when it graduated, and is written to.
  organisation text not null collate "C",
  -- How long it was to last at first, and whether its terms say so.
  days         int  not null check (days between 1 and 1096),
  from_terms   boolean not null,
  begun_at     timestamptz not null,
  ends_at      timestamptz not null,
  -- Up to where thresholds were compared, and where the next comparing ends.
  checked_to   timestamptz not null,
  next_at      timestamptz,
  -- Machine time up to which probes and requests are behind the last check.
  machine_to   timestamptz not null,
  ended_at     timestamptz,
  primary key (partition, pilot),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  check (checked_to <= ends_at and begun_at < ends_at),
  check ((next_at is null) = (checked_to = ends_at)),
  check (checked_to < next_at and next_at <= ends_at),
  check ((state in ('ended', 'exit_required')) = (ended_at is not null)),
  check (state <> 'ended' or checked_to = ends_at),
  check (begun_at <= ended_at)
);
create index watch_period_due on sandbox.watch_period (partition, coalesce(next_at, ends_at))
  where state in ('running', 'questioned');

-- One comparing of all thresholds, over the whole days from `from_at` to `to_at`.
create table sandbox.watch_check (
  partition    int  not null,
  pilot        text not null collate "C",
  number       int  not null check (number >= 1),
  from_at      timestamptz not null,
  to_at        timestamptz not null check (to_at > from_at),
  at           timestamptz not null check (at >= to_at),
  -- Machine time of probes and requests.
  machine_from timestamptz not null,
  machine_to   timestamptz not null check (machine_to >= machine_from),
  primary key (partition, pilot, number),
  foreign key (partition, pilot) references sandbox.watch_period deferrable initially deferred
);

-- A threshold as it was compared, by the rule of an evaluation: a ratio is its two whole numbers, and
-- `met` follows from the figures and cannot be set otherwise.
create table sandbox.watch_criterion (
  partition  int  not null,
  pilot      text not null collate "C",
  number     int  not null,
  criterion  text not null collate "C" check (criterion ~ '^T[1-9][0-9]?$'),
  place      int  not null,
  subject    text not null collate "C",
  comparator text not null collate "C" check (comparator in ('atLeast', 'atMost')),
  unit       text not null collate "C" check (unit in ('ppm', 'count', 'fen', 'day')),
  required   numeric(24, 0) not null check (required >= 0),
  measured   numeric(24, 0),
  sums       numeric(24, 0),
  over       numeric(24, 0) check (over > 0),
  met        boolean not null,
  lacks      text collate "C" check (lacks in ('nobody_computes', 'unit_differs', 'nothing_measured')),
  clause     text not null,
  label      jsonb not null,
  indicator  text collate "C",
  formula    jsonb,
  primary key (partition, pilot, number, criterion),
  foreign key (partition, pilot, number) references sandbox.watch_check deferrable initially deferred,
  check ((measured is null) = (lacks is not null)),
  check ((sums is null) = (over is null) and (over is null or unit = 'ppm')),
  check (met = case
    when measured is null then false
    when over is not null and comparator = 'atLeast' then sums * 1000000 >= required * over
    when over is not null then sums * 1000000 <= required * over
    when comparator = 'atLeast' then measured >= required
    else measured <= required end)
);

-- What two people of the supervisor ruled on everything that was open, word for word.
create table sandbox.watch_ruling (
  partition   int  not null,
  pilot       text not null collate "C",
  number      int  not null check (number >= 1),
  ruling      text not null collate "C" check (ruling in ('accept', 'extend', 'require_exit')),
  reason      jsonb not null,
  -- A list of conditions, each with the day by which it is to be met.
  conditions  jsonb not null,
  days        int check (days >= 1),
  proposed_by text not null collate "C",
  approved_by text not null collate "C" check (approved_by <> proposed_by),
  at          timestamptz not null,
  primary key (partition, pilot, number),
  foreign key (partition, pilot) references sandbox.watch_period deferrable initially deferred,
  check ((ruling = 'extend') = (days is not null)),
  check (ruling = 'accept' or conditions = '[]'::jsonb)
);

create table sandbox.watch_finding (
  partition int  not null,
  id        uuid not null,
  pilot     text not null collate "C",
  number    int  not null check (number >= 1),
  kind      text not null collate "C" check (kind in ('thresholds', 'silence')),
  state     text not null collate "C" default 'open'
              check (state in ('open', 'accepted', 'extended', 'exit_required')),
  -- The check that missed, or machine time of the last beat before the silence.
  check_number int,
  silent_since timestamptz,
  at        timestamptz not null,
  ruling    int,
  primary key (partition, id),
  unique (partition, pilot, number),
  foreign key (partition, pilot) references sandbox.watch_period deferrable initially deferred,
  foreign key (partition, pilot, check_number) references sandbox.watch_check
    deferrable initially deferred,
  foreign key (partition, pilot, ruling) references sandbox.watch_ruling
    deferrable initially deferred,
  check ((kind = 'thresholds') = (check_number is not null)),
  check ((kind = 'silence') = (silent_since is not null)),
  check ((state = 'open') = (ruling is null))
);
create unique index watch_finding_of_check on sandbox.watch_finding (partition, pilot, check_number);
create unique index watch_silence_open on sandbox.watch_finding (partition, pilot)
  where kind = 'silence' and state = 'open';

create function sandbox.keep_to_the_watch_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_to_the_watch_table() from public;
create trigger keep_to_the_watch_table before insert or update on sandbox.watch_period
  for each row execute function sandbox.keep_to_the_watch_table('watch', 'running');
create trigger keep_to_the_watch_table before insert or update on sandbox.watch_finding
  for each row execute function sandbox.keep_to_the_watch_table('finding', 'open');

-- Asked at the commit, when everything that the act wrote is there: a watch is questioned exactly
-- while something is open, every miss is a finding, and each finding was ruled as its ruling says.
create function sandbox.keep_watch_whole() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_watch_whole() from public;
create constraint trigger keep_watch_whole after insert or update on sandbox.watch_period
  deferrable initially deferred for each row execute function sandbox.keep_watch_whole();
create constraint trigger keep_watch_whole after insert or update on sandbox.watch_finding
  deferrable initially deferred for each row execute function sandbox.keep_watch_whole();
create constraint trigger keep_watch_whole after insert on sandbox.watch_criterion
  deferrable initially deferred for each row execute function sandbox.keep_watch_whole();

-- Checks follow each other without a gap, each from where the one before ended.
create function sandbox.keep_watch_checks_without_gap() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.number > 1 and not exists (select from sandbox.watch_check c
      where c.partition = new.partition and c.pilot = new.pilot and c.number = new.number - 1
        and c.to_at = new.from_at) then
    raise exception 'check % of the watch of % does not follow the one before', new.number, new.pilot
      using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_watch_checks_without_gap() from public;
create trigger keep_watch_checks_without_gap before insert on sandbox.watch_check
  for each row execute function sandbox.keep_watch_checks_without_gap();

-- From now on no pilot graduates without being watched, and none leaves after its graduation unless
-- its watch requires that.
create function sandbox.keep_pilot_to_its_watch() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_pilot_to_its_watch() from public;
create constraint trigger keep_pilot_to_its_watch after update of state on sandbox.pilot
  deferrable initially deferred for each row execute function sandbox.keep_pilot_to_its_watch();

-- The same as before but for one thing: who leaves out of a watch period keeps its graduated
-- evaluation.
create or replace function sandbox.keep_pilot_to_its_evaluation() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;

grant select on sandbox.watch_transition, sandbox.watch_period, sandbox.watch_check,
  sandbox.watch_criterion, sandbox.watch_ruling, sandbox.watch_finding to sandbank_sandbox;
grant insert on sandbox.watch_period, sandbox.watch_check, sandbox.watch_criterion,
  sandbox.watch_ruling, sandbox.watch_finding to sandbank_sandbox;
grant update (state, ends_at, checked_to, next_at, machine_to, ended_at) on sandbox.watch_period
  to sandbank_sandbox;
grant update (state, ruling) on sandbox.watch_finding to sandbank_sandbox;

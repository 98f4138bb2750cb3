--! breaking: no
-- Conditions on which a finding of a watch period is accepted, where they are about a figure: judged
-- at the end of their last day, by the clock, on the same exact comparison as a threshold (design).
-- A condition that people look after stays in the words of its ruling and has no row here.

alter table sandbox.watch_transition drop constraint watch_transition_of_check;
alter table sandbox.watch_transition add constraint watch_transition_of_check
  check (of in ('watch', 'finding', 'condition'));
insert into sandbox.watch_transition values
  ('condition', 'pending', 'meet', 'met'), ('condition', 'pending', 'miss', 'missed'),
  ('condition', 'pending', 'lapse', 'lapsed');

create table sandbox.watch_condition (
  partition    int  not null,
  pilot        text not null collate "C",
  -- The ruling that set it, and its place among the conditions of that ruling.
  ruling       int  not null,
  number       int  not null check (number between 1 and 10),
  state        text not null collate "C" default 'pending'
                 check (state in ('pending', 'met', 'missed', 'lapsed')),
  label        jsonb not null,
  subject      text not null collate "C" check (subject ~ '^[a-z][a-z0-9_]{1,39}$'),
  comparator   text not null collate "C" check (comparator in ('atLeast', 'atMost')),
  unit         text not null collate "C" check (unit in ('ppm', 'count', 'fen', 'day')),
  required     numeric(24, 0) not null check (required >= 0),
  -- The whole days that are measured: from the one after the ruling to the end of the last.
  from_at      timestamptz not null,
  due_at       timestamptz not null check (due_at > from_at),
  -- Machine time from which probes and requests count.
  machine_from timestamptz not null,
  measured     numeric(24, 0),
  sums         numeric(24, 0),
  over         numeric(24, 0) check (over > 0),
  lacks        text collate "C" check (lacks in ('nobody_computes', 'unit_differs', 'nothing_measured')),
  judged_at    timestamptz check (judged_at >= due_at),
  primary key (partition, pilot, ruling, number),
  foreign key (partition, pilot, ruling) references sandbox.watch_ruling
    deferrable initially deferred,
  check ((state in ('met', 'missed')) = (judged_at is not null)),
  check ((judged_at is not null) = (measured is not null or lacks is not null)),
  check (measured is null or lacks is null),
  check ((sums is null) = (over is null) and (over is null or unit = 'ppm')),
  check (judged_at is null or (state = 'met') = case
    when measured is null then false
    when over is not null and comparator = 'atLeast' then sums * 1000000 >= required * over
    when over is not null then sums * 1000000 <= required * over
    when comparator = 'atLeast' then measured >= required
    else measured <= required end)
);
create index watch_condition_due on sandbox.watch_condition (partition, due_at)
  where state = 'pending';
create trigger keep_to_the_watch_table before insert or update on sandbox.watch_condition
  for each row execute function sandbox.keep_to_the_watch_table('condition', 'pending');

alter table sandbox.watch_finding drop constraint watch_finding_kind_check;
alter table sandbox.watch_finding add constraint watch_finding_kind_check
  check (kind in ('thresholds', 'silence', 'condition'));
-- The condition that was missed.
alter table sandbox.watch_finding add column of_ruling int, add column of_condition int;
alter table sandbox.watch_finding add constraint watch_finding_of_condition
  check ((kind = 'condition') = (of_condition is not null)
     and (of_ruling is null) = (of_condition is null));
alter table sandbox.watch_finding add foreign key (partition, pilot, of_ruling, of_condition)
  references sandbox.watch_condition deferrable initially deferred;
create unique index watch_finding_of_condition_once
  on sandbox.watch_finding (partition, pilot, of_ruling, of_condition);

-- The same as before, and of conditions: a miss is a finding, and none is left pending behind a watch.
create or replace function sandbox.keep_watch_whole() returns trigger
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
end $$;
create constraint trigger keep_watch_whole after insert or update on sandbox.watch_condition
  deferrable initially deferred for each row execute function sandbox.keep_watch_whole();

grant select, insert on sandbox.watch_condition to sandbank_sandbox;
grant update (state, measured, sums, over, lacks, judged_at) on sandbox.watch_condition
  to sandbank_sandbox;

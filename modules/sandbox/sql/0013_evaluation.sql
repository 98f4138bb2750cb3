--! breaking: no
-- How a test ends by evaluation: its stages in their order, the reports of each, the panel of
-- experts, what was measured against which criterion, overrides, returns, and the graduation. The
-- tables of moves are held here a second time, and so is whether a criterion is met: nobody types it.
-- All of it lives in the sandbox's own partition; times are business time.

-- A failed pilot may test again, and a test may last longer than was said (design).
insert into sandbox.transition values
  ('failed', 'test_again', 'testing'), ('failed', 'extend', 'testing'),
  ('testing', 'extend', 'testing'), ('restricted', 'extend', 'restricted'),
  ('suspended', 'extend', 'suspended');

-- The legal moves, a second time: modules/sandbox/evaluation/evaluation.ts has them first, and a
-- test compares.
-- tidy: not partitioned, because the rule is one for the whole system.
create table sandbox.evaluation_transition (
  of         text not null collate "C"
               check (of in ('evaluation', 'report', 'expert', 'extension')),
  from_state text not null collate "C",
  event      text not null collate "C",
  to_state   text not null collate "C",
  primary key (of, from_state, event)
);
insert into sandbox.evaluation_transition values
  ('evaluation', 'self_test', 'submit_self_test', 'audit'),
  ('evaluation', 'self_test', 'break_off', 'broken_off'),
  ('evaluation', 'audit', 'submit_audit', 'expert_review'),
  ('evaluation', 'audit', 'return_to_self_test', 'self_test'),
  ('evaluation', 'audit', 'break_off', 'broken_off'),
  ('evaluation', 'expert_review', 'appoint', 'expert_review'),
  ('evaluation', 'expert_review', 'recuse', 'expert_review'),
  ('evaluation', 'expert_review', 'score', 'expert_review'),
  ('evaluation', 'expert_review', 'conclude_review', 'confirm'),
  ('evaluation', 'expert_review', 'return_to_self_test', 'self_test'),
  ('evaluation', 'expert_review', 'return_to_audit', 'audit'),
  ('evaluation', 'expert_review', 'break_off', 'broken_off'),
  ('evaluation', 'confirm', 'measure', 'confirm'),
  ('evaluation', 'confirm', 'override', 'confirm'),
  ('evaluation', 'confirm', 'return_to_self_test', 'self_test'),
  ('evaluation', 'confirm', 'return_to_audit', 'audit'),
  ('evaluation', 'confirm', 'return_to_expert_review', 'expert_review'),
  ('evaluation', 'confirm', 'pass', 'passed'),
  ('evaluation', 'confirm', 'fail', 'failed'),
  ('evaluation', 'confirm', 'break_off', 'broken_off'),
  ('evaluation', 'passed', 'decide_graduation', 'graduating'),
  ('evaluation', 'passed', 'break_off', 'broken_off'),
  ('evaluation', 'graduating', 'take_effect', 'graduated'),
  ('evaluation', 'graduating', 'break_off', 'broken_off'),
  ('report', 'standing', 'set_aside', 'set_aside'),
  ('expert', 'appointed', 'recuse', 'recused'),
  ('extension', 'asked', 'grant', 'granted'),
  ('extension', 'asked', 'refuse', 'refused');

create table sandbox.evaluation (
  partition    int  not null,
  pilot        text not null collate "C",
  round        int  not null check (round >= 1),
  state        text not null collate "C" default 'self_test'
                 check (state in ('self_test', 'audit', 'expert_review', 'confirm', 'passed',
                   'failed', 'graduating', 'graduated', 'broken_off')),
  asked_by     text not null collate "C",
  organisation text not null collate "C",
  asked_at     timestamptz not null,
  -- The result, with the reason that is published, or that a directive broke it off.
  settled_at   timestamptz,
  confirmed_by text collate "C",
  approved_by  text collate "C",
  reason       jsonb,
  -- The graduation: decided by two, from an instant on.
  decided_at   timestamptz,
  decided_by   text collate "C",
  decision_approved_by text collate "C",
  effective_at timestamptz,
  graduated_at timestamptz,
  primary key (partition, pilot, round),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  check ((state in ('self_test', 'audit', 'expert_review', 'confirm')) = (settled_at is null)),
  check ((confirmed_by is null) = (approved_by is null) and (confirmed_by is null) = (reason is null)),
  check (state not in ('passed', 'failed', 'graduating', 'graduated') or confirmed_by is not null),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (effective_at is null)
     and (decided_by is null) = (decision_approved_by is null)),
  check (state not in ('graduating', 'graduated') or decided_by is not null),
  check ((state = 'graduated') = (graduated_at is not null)),
  -- Two people, each time.
  check (confirmed_by <> approved_by and decided_by <> decision_approved_by),
  check (asked_at <= settled_at and settled_at <= decided_at and decided_at < effective_at
     and effective_at <= graduated_at)
);
create unique index evaluation_running on sandbox.evaluation (partition, pilot)
  where state in ('self_test', 'audit', 'expert_review', 'confirm', 'passed', 'graduating');
create index evaluation_effective on sandbox.evaluation (partition, effective_at)
  where state = 'graduating';

-- What was handed in: the self-test, the audit, the opinion of each expert. What a return or a
-- recusal sets aside stays on record and counts for nothing.
create table sandbox.evaluation_report (
  partition    int  not null,
  id           uuid not null,
  pilot        text not null collate "C",
  round        int  not null,
  kind         text not null collate "C" check (kind in ('self_test', 'audit', 'opinion')),
  state        text not null collate "C" default 'standing'
                 check (state in ('standing', 'set_aside')),
  body         jsonb not null,
  author       text not null collate "C",
  organisation text not null collate "C",
  at           timestamptz not null,
  primary key (partition, id),
  foreign key (partition, pilot, round) references sandbox.evaluation deferrable initially deferred,
  check (kind <> 'audit' or body ->> 'conclusion' in ('meets', 'meets_with_findings', 'adverse'))
);
create unique index evaluation_report_one on sandbox.evaluation_report
  (partition, pilot, round, kind) where state = 'standing' and kind <> 'opinion';
create unique index evaluation_opinion_one on sandbox.evaluation_report
  (partition, pilot, round, author) where state = 'standing' and kind = 'opinion';
create index evaluation_report_pilot on sandbox.evaluation_report (partition, pilot, round);

create table sandbox.evaluation_expert (
  partition    int  not null,
  pilot        text not null collate "C",
  round        int  not null,
  person       text not null collate "C",
  organisation text not null collate "C",
  state        text not null collate "C" default 'appointed'
                 check (state in ('appointed', 'recused')),
  appointed_by text not null collate "C",
  appointed_at timestamptz not null,
  recused_by   text collate "C",
  recused_at   timestamptz,
  reason       jsonb,
  primary key (partition, pilot, round, person),
  foreign key (partition, pilot, round) references sandbox.evaluation deferrable initially deferred,
  check (person <> appointed_by),
  check ((state = 'recused') = (recused_by is not null)),
  check ((recused_by is null) = (recused_at is null) and (recused_by is null) = (reason is null)),
  check (appointed_at <= recused_at)
);

-- A stage that was sent back, with its reasons: appended, never changed.
create table sandbox.evaluation_return (
  partition  int  not null,
  id         uuid not null,
  pilot      text not null collate "C",
  round      int  not null,
  from_state text not null collate "C",
  to_state   text not null collate "C",
  reasons    jsonb not null,
  returned_by text not null collate "C",
  at         timestamptz not null,
  primary key (partition, id),
  foreign key (partition, pilot, round) references sandbox.evaluation deferrable initially deferred
);
create index evaluation_return_pilot on sandbox.evaluation_return (partition, pilot, round);

-- One measuring of all criteria. `from` and `to` bound the whole days that were counted; `targets`
-- are what the declaration hopes for, which decides nothing.
create table sandbox.evaluation_measurement (
  partition   int  not null,
  pilot       text not null collate "C",
  round       int  not null,
  number      int  not null check (number >= 1),
  from_at     timestamptz not null,
  to_at       timestamptz not null check (to_at > from_at),
  targets     jsonb not null,
  measured_by text not null collate "C",
  at          timestamptz not null check (at >= to_at),
  primary key (partition, pilot, round, number),
  foreign key (partition, pilot, round) references sandbox.evaluation deferrable initially deferred
);

-- A criterion as it was measured. A ratio is compared as the two whole numbers that it is made of,
-- so that no rounding decides; `met` follows from the figures and cannot be set otherwise.
create table sandbox.evaluation_criterion (
  partition   int  not null,
  pilot       text not null collate "C",
  round       int  not null,
  measurement int  not null,
  criterion   text not null collate "C" check (criterion ~ '^[TD][1-9][0-9]?$'),
  place       int  not null,
  kind        text not null collate "C" check (kind in ('threshold', 'dimension')),
  subject     text not null collate "C",
  comparator  text not null collate "C" check (comparator in ('atLeast', 'atMost')),
  unit        text not null collate "C"
                check (unit in ('ppm', 'count', 'fen', 'day', 'score')),
  required    numeric(24, 0) not null check (required >= 0),
  measured    numeric(24, 0),
  sums        numeric(24, 0),
  over        numeric(24, 0) check (over > 0),
  met         boolean not null,
  -- Why there is no figure, where there is none.
  lacks       text collate "C" check (lacks in ('nobody_computes', 'unit_differs', 'nothing_measured')),
  clause      text not null,
  label       jsonb not null,
  indicator   text collate "C",
  formula     jsonb,
  primary key (partition, pilot, round, measurement, criterion),
  foreign key (partition, pilot, round, measurement) references sandbox.evaluation_measurement
    deferrable initially deferred,
  check ((measured is null) = (lacks is not null)),
  check ((sums is null) = (over is null) and (over is null or unit = 'ppm')),
  check ((kind = 'dimension') = (unit = 'score')),
  check (met = case
    when measured is null then false
    when over is not null and comparator = 'atLeast' then sums * 1000000 >= required * over
    when over is not null then sums * 1000000 <= required * over
    when comparator = 'atLeast' then measured >= required
    else measured <= required end)
);

-- A criterion that is not met and shall not stand in the way: two people, with a published reason.
-- It is about one measuring; the next one asks for it again.
create table sandbox.evaluation_override (
  partition   int  not null,
  pilot       text not null collate "C",
  round       int  not null,
  measurement int  not null,
  criterion   text not null collate "C",
  reason      jsonb not null,
  proposed_by text not null collate "C",
  approved_by text not null collate "C" check (approved_by <> proposed_by),
  at          timestamptz not null,
  primary key (partition, pilot, round, measurement, criterion),
  foreign key (partition, pilot, round, measurement, criterion)
    references sandbox.evaluation_criterion deferrable initially deferred
);

-- A longer test that the institution asks for in time.
create table sandbox.extension (
  partition    int  not null,
  id           uuid not null,
  pilot        text not null collate "C",
  number       int  not null check (number >= 1),
  state        text not null collate "C" default 'asked'
                 check (state in ('asked', 'granted', 'refused')),
  days         int  not null check (days >= 1),
  reason       jsonb not null,
  asked_by     text not null collate "C",
  asked_at     timestamptz not null,
  settled_by   text collate "C",
  approved_by  text collate "C" check (approved_by <> settled_by),
  settled_at   timestamptz check (settled_at >= asked_at),
  ruling       jsonb,
  primary key (partition, id),
  unique (partition, pilot, number),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  check ((state = 'asked') = (settled_at is null) and (settled_at is null) = (settled_by is null)
     and (settled_at is null) = (ruling is null) and (settled_at is null) = (approved_by is null))
);
create unique index extension_open on sandbox.extension (partition, pilot) where state = 'asked';

-- One trigger for the four tables: which of them, and the state in which a row begins.
create function sandbox.keep_to_the_evaluation_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_to_the_evaluation_table() from public;
create trigger keep_to_the_evaluation_table before insert or update on sandbox.evaluation
  for each row execute function sandbox.keep_to_the_evaluation_table('evaluation', 'self_test');
create trigger keep_to_the_evaluation_table before insert or update on sandbox.evaluation_report
  for each row execute function sandbox.keep_to_the_evaluation_table('report', 'standing');
create trigger keep_to_the_evaluation_table before insert or update on sandbox.evaluation_expert
  for each row execute function sandbox.keep_to_the_evaluation_table('expert', 'appointed');
create trigger keep_to_the_evaluation_table before insert or update on sandbox.extension
  for each row execute function sandbox.keep_to_the_evaluation_table('extension', 'asked');

-- What each stage stands on, asked at the commit, when everything that the act wrote is there.
create function sandbox.keep_evaluation_whole() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_evaluation_whole() from public;
create constraint trigger keep_evaluation_whole after insert or update of state on sandbox.evaluation
  deferrable initially deferred for each row execute function sandbox.keep_evaluation_whole();

-- A pilot stands where its evaluation does: under evaluation only while one is running, passed,
-- failed and graduated only by one, and elsewhere none is running.
create function sandbox.keep_pilot_to_its_evaluation() returns trigger
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
  end;
  if stands is not true then
    raise exception 'pilot % cannot be % while its evaluation is at %', p.slug, p.state,
      coalesce(at, 'nothing') using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.keep_pilot_to_its_evaluation() from public;
create constraint trigger keep_pilot_to_its_evaluation after update of state on sandbox.pilot
  deferrable initially deferred for each row execute function sandbox.keep_pilot_to_its_evaluation();
create constraint trigger keep_pilot_to_its_evaluation
  after insert or update of state on sandbox.evaluation
  deferrable initially deferred for each row execute function sandbox.keep_pilot_to_its_evaluation();

grant select on sandbox.evaluation_transition, sandbox.evaluation, sandbox.evaluation_report,
  sandbox.evaluation_expert, sandbox.evaluation_return, sandbox.evaluation_measurement,
  sandbox.evaluation_criterion, sandbox.evaluation_override, sandbox.extension to sandbank_sandbox;
grant insert on sandbox.evaluation, sandbox.evaluation_report, sandbox.evaluation_expert,
  sandbox.evaluation_return, sandbox.evaluation_measurement, sandbox.evaluation_criterion,
  sandbox.evaluation_override, sandbox.extension to sandbank_sandbox;
grant update (state, settled_at, confirmed_by, approved_by, reason, decided_at, decided_by,
  decision_approved_by, effective_at, graduated_at) on sandbox.evaluation to sandbank_sandbox;
grant update (state) on sandbox.evaluation_report to sandbank_sandbox;
grant update (state, recused_by, recused_at, reason) on sandbox.evaluation_expert
  to sandbank_sandbox;
grant update (state, settled_by, approved_by, settled_at, ruling) on sandbox.extension
  to sandbank_sandbox;

--! breaking: no
-- Pilots, their declarations, policies and directives. All of it lives in the sandbox's own
-- partition; `served` names the partitions that obey. Versions, acknowledgements and notices are
-- only ever appended. Times are business time, passed in by the guard.

create schema sandbox;

do $$ begin create role sandbank_sandbox login;
  exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema sandbox to sandbank_sandbox;

-- The legal moves of a pilot, a second time: modules/sandbox/pilot/pilot.ts has them first, and a
-- test compares the two.
-- tidy: not partitioned, because the rule is one for the whole system.
create table sandbox.transition (
  from_state text not null collate "C",
  event      text not null collate "C",
  to_state   text not null collate "C",
  primary key (from_state, event)
);
insert into sandbox.transition values
  ('draft', 'submit', 'submitted'), ('draft', 'withdraw', 'withdrawn'),
  ('submitted', 'return', 'draft'), ('submitted', 'accept', 'review'),
  ('submitted', 'withdraw', 'withdrawn'),
  ('review', 'publish', 'consultation'), ('review', 'refuse', 'refused'),
  ('review', 'withdraw', 'withdrawn'),
  ('consultation', 'close_consultation', 'answering'), ('consultation', 'refuse', 'refused'),
  ('consultation', 'withdraw', 'withdrawn'),
  ('answering', 'amend_materially', 'consultation'), ('answering', 'amend_editorially', 'answering'),
  ('answering', 'register', 'registered'), ('answering', 'withdraw', 'withdrawn'),
  ('registered', 'arm', 'ready'), ('registered', 'withdraw', 'withdrawn'),
  ('ready', 'start', 'testing'), ('ready', 'withdraw', 'withdrawn'),
  ('testing', 'restrict', 'restricted'), ('testing', 'suspend', 'suspended'),
  ('testing', 'request_change', 'testing'), ('testing', 'request_end', 'evaluation'),
  ('testing', 'begin_exit', 'exiting'), ('testing', 'end_period', 'exiting'),
  ('restricted', 'restrict', 'restricted'), ('restricted', 'suspend', 'suspended'),
  ('restricted', 'resume_in_part', 'restricted'), ('restricted', 'resume', 'testing'),
  ('restricted', 'begin_exit', 'exiting'), ('restricted', 'end_period', 'exiting'),
  ('suspended', 'restrict', 'suspended'), ('suspended', 'suspend', 'suspended'),
  ('suspended', 'resume_in_part', 'restricted'), ('suspended', 'resume', 'testing'),
  ('suspended', 'begin_exit', 'exiting'), ('suspended', 'end_period', 'exiting'),
  ('evaluation', 'restrict', 'restricted'), ('evaluation', 'suspend', 'suspended'),
  ('evaluation', 'pass', 'passed'), ('evaluation', 'fail', 'failed'),
  ('passed', 'restrict', 'restricted'), ('passed', 'suspend', 'suspended'),
  ('passed', 'graduate', 'graduated'),
  ('failed', 'begin_exit', 'exiting'),
  ('exiting', 'complete_exit', 'exited');

create table sandbox.pilot (
  partition      int  not null,
  slug           text not null collate "C" check (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
  state          text not null collate "C" check (state in ('draft', 'submitted', 'review',
                   'consultation', 'answering', 'registered', 'ready', 'testing', 'restricted',
                   'suspended', 'evaluation', 'passed', 'failed', 'exiting', 'graduated', 'exited',
                   'refused', 'withdrawn')),
  -- Business time of the last move; for facts of a source, the day that it reports.
  since          timestamptz not null,
  declaration    int  not null check (declaration >= 1),
  policy         int  not null default 0 check (policy >= 0),
  admission      jsonb,
  period_from    timestamptz,
  period_to      timestamptz,
  primary key (partition, slug),
  check (period_from < period_to),
  -- From readiness on there are terms, a period and a policy.
  check (policy = 0 or (admission is not null and period_from is not null))
);

create table sandbox.declaration_version (
  partition int  not null,
  pilot     text not null collate "C",
  version   int  not null check (version >= 1),
  hash      text not null check (hash ~ '^[0-9a-f]{64}$'),
  body      jsonb not null,
  at        timestamptz not null,
  primary key (partition, pilot, version),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

create table sandbox.policy_version (
  partition int  not null,
  pilot     text not null collate "C",
  version   int  not null check (version >= 1),
  hash      text not null check (hash ~ '^[0-9a-f]{64}$'),
  body      jsonb not null,
  at        timestamptz not null,
  primary key (partition, pilot, version),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

create table sandbox.directive (
  partition    int  not null,
  id           uuid not null,
  pilot        text not null collate "C",
  number       int  not null check (number >= 1),
  kind         text not null collate "C" check (kind in ('suspension', 'restriction')),
  status       text not null collate "C" check (status in ('in_force', 'effective', 'lifted')),
  closes       jsonb not null,
  lowers       jsonb not null,
  reason       jsonb not null,
  lifted_when  jsonb not null,
  policy       int  not null,
  in_force_at  timestamptz not null,
  effective_at timestamptz,
  lifted_at    timestamptz,
  primary key (partition, id),
  unique (partition, pilot, number),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  check ((status = 'lifted') = (lifted_at is not null)),
  check (status <> 'effective' or effective_at is not null),
  check (effective_at >= in_force_at and lifted_at >= in_force_at)
);

-- Which partitions obey a pilot's policy. One partition serves one pilot.
create table sandbox.partition_of_pilot (
  partition int  not null,
  served    int  not null check (served > 0),
  pilot     text not null collate "C",
  primary key (partition, served),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);
create index partition_of_pilot_pilot on sandbox.partition_of_pilot (partition, pilot);

-- From `at` on the served partition is held to this version: its own commit, not ours.
create table sandbox.acknowledgement (
  partition int  not null,
  pilot     text not null collate "C",
  version   int  not null,
  served    int  not null,
  at        timestamptz not null,
  primary key (partition, pilot, version, served),
  foreign key (partition, pilot, version) references sandbox.policy_version
    deferrable initially deferred
);

create table sandbox.notice (
  partition int  not null,
  id        text not null collate "C",
  pilot     text not null collate "C",
  at        timestamptz not null,
  kind      text not null collate "C" check (kind in ('published', 'registered', 'ready', 'started',
              'suspension', 'restriction', 'resumption', 'lifting')),
  text      jsonb not null,
  directive uuid,
  primary key (partition, id),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);
create index notice_pilot on sandbox.notice (partition, pilot, at desc);

create function sandbox.keep_to_the_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from sandbox.transition t
                  where t.from_state = old.state and t.to_state = new.state)
     and old.state <> new.state then
    raise exception 'pilot % cannot go from % to %', new.slug, old.state, new.state
      using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_to_the_table() from public;
create trigger keep_to_the_table before update of state on sandbox.pilot
  for each row execute function sandbox.keep_to_the_table();

-- A pilot enters as a draft, or as the fact of a registration that a source reports.
create function sandbox.enter_as_draft_or_registered() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.state not in ('draft', 'registered') then
    raise exception 'pilot % cannot begin as %', new.slug, new.state using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.enter_as_draft_or_registered() from public;
create trigger enter_as_draft_or_registered before insert on sandbox.pilot
  for each row execute function sandbox.enter_as_draft_or_registered();

-- A directive that ended stays ended.
create function sandbox.keep_lifted() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.status = 'lifted' or (old.status = 'effective' and new.status = 'in_force') then
    raise exception 'directive % is %', old.id, old.status using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_lifted() from public;
create trigger keep_lifted before update of status on sandbox.directive
  for each row execute function sandbox.keep_lifted();

grant select on all tables in schema sandbox to sandbank_sandbox;
grant insert on sandbox.pilot, sandbox.declaration_version, sandbox.policy_version,
  sandbox.directive, sandbox.partition_of_pilot, sandbox.acknowledgement, sandbox.notice
  to sandbank_sandbox;
grant update (state, since, declaration, policy, admission, period_from, period_to)
  on sandbox.pilot to sandbank_sandbox;
grant update (status, effective_at, lifted_at) on sandbox.directive to sandbank_sandbox;

--! breaking: no
-- Incidents: what went wrong, since when, how grave, why, and what was done. Steps are only ever
-- appended. All of it lives in the sandbox's own partition; times are business time.

-- The legal moves of an incident, a second time: modules/sandbox/incident/incident.ts has them
-- first, and a test compares the two.
-- tidy: not partitioned, because the rule is one for the whole system.
create table sandbox.incident_transition (
  from_state text not null collate "C",
  event      text not null collate "C",
  to_state   text not null collate "C",
  primary key (from_state, event)
);
insert into sandbox.incident_transition values
  ('opened', 'detect', 'detected'), ('opened', 'dismiss', 'dismissed'),
  ('detected', 'classify', 'classified'), ('detected', 'dismiss', 'dismissed'),
  ('classified', 'classify', 'classified'), ('classified', 'mitigate', 'mitigated'),
  ('classified', 'resolve', 'resolved'),
  ('mitigated', 'resolve', 'resolved'),
  ('resolved', 'close', 'closed'), ('resolved', 'reopen', 'classified');

create table sandbox.incident (
  partition      int  not null,
  id             uuid not null,
  pilot          text not null collate "C",
  number         int  not null check (number >= 1),
  state          text not null collate "C" check (state in ('opened', 'detected', 'classified',
                   'mitigated', 'resolved', 'closed', 'dismissed')),
  category       text not null collate "C" check (category in ('outage', 'transactions', 'records',
                   'security', 'fraud', 'third_party', 'other')),
  severity       int check (severity between 1 and 4),
  title          jsonb not null,
  organisation   text not null collate "C",
  cause          jsonb,
  summary        jsonb,
  acts_partition int,
  acts_first     int8 check (acts_first >= 1),
  acts_last      int8 check (acts_last >= acts_first),
  loss_fen       int8 not null default 0 check (loss_fen >= 0),
  records_leaked int8 not null default 0 check (records_leaked >= 0),
  opened_at      timestamptz not null,
  started_at     timestamptz,
  detected_at    timestamptz,
  resolved_at    timestamptz,
  closed_at      timestamptz,
  primary key (partition, id),
  unique (partition, pilot, number),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  -- What each state must know.
  check (state in ('opened', 'dismissed') or (started_at is not null and detected_at is not null)),
  check (state in ('opened', 'dismissed', 'detected') or severity is not null),
  check ((state in ('resolved', 'closed')) = (resolved_at is not null)),
  check (state not in ('resolved', 'closed') or cause is not null),
  check ((state = 'closed') = (closed_at is not null and summary is not null)),
  check (started_at <= detected_at and detected_at <= resolved_at and resolved_at <= closed_at),
  check ((acts_partition is null) = (acts_first is null)
     and (acts_first is null) = (acts_last is null))
);
create index incident_opened on sandbox.incident (partition, pilot, opened_at desc);

create table sandbox.incident_step (
  partition    int  not null,
  id           uuid not null,
  incident     uuid not null,
  event        text not null collate "C",
  at           timestamptz not null,
  organisation text not null collate "C",
  note         jsonb,
  primary key (partition, id),
  foreign key (partition, incident) references sandbox.incident deferrable initially deferred
);
create index incident_step_incident on sandbox.incident_step (partition, incident);

create function sandbox.keep_to_the_incident_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_to_the_incident_table() from public;
create trigger keep_to_the_incident_table before insert or update of state on sandbox.incident
  for each row execute function sandbox.keep_to_the_incident_table();

grant select on sandbox.incident_transition, sandbox.incident, sandbox.incident_step
  to sandbank_sandbox;
grant insert on sandbox.incident, sandbox.incident_step to sandbank_sandbox;
grant update (state, category, severity, cause, summary, acts_partition, acts_first, acts_last,
  loss_fen, records_leaked, started_at, detected_at, resolved_at, closed_at)
  on sandbox.incident to sandbank_sandbox;

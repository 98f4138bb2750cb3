--! breaking: no
-- Complaints of people harmed: their life, their clocks, and the words of people, which stand apart
-- so that they can be erased. Steps are only ever appended. Times are business time, except that of
-- keeping words, which is the machine's.

-- The legal moves of a complaint, a second time: modules/sandbox/complaint/complaint.ts has them
-- first, and a test compares the two.
-- tidy: not partitioned, because the rule is one for the whole system.
create table sandbox.complaint_transition (
  from_state text not null collate "C",
  event      text not null collate "C",
  to_state   text not null collate "C",
  primary key (from_state, event)
);
insert into sandbox.complaint_transition values
  ('received', 'accept', 'accepted'), ('received', 'find_inadmissible', 'inadmissible'),
  ('received', 'add', 'received'), ('received', 'name_person', 'received'),
  ('received', 'declare_interest', 'received'), ('received', 'withdraw', 'withdrawn'),
  ('received', 'escalate', 'received'), ('received', 'fall_overdue', 'received'),
  ('accepted', 'take_over', 'accepted'), ('accepted', 'ask', 'accepted'),
  ('accepted', 'add', 'accepted'), ('accepted', 'name_person', 'accepted'),
  ('accepted', 'declare_interest', 'accepted'), ('accepted', 'extend', 'accepted'),
  ('accepted', 'decide', 'decided'), ('accepted', 'withdraw', 'withdrawn'),
  ('accepted', 'escalate', 'accepted'), ('accepted', 'fall_overdue', 'accepted'),
  ('inadmissible', 'escalate', 'inadmissible'),
  ('inadmissible', 'request_recheck', 'rechecking'), ('inadmissible', 'close', 'closed'),
  ('decided', 'escalate', 'decided'), ('decided', 'request_recheck', 'rechecking'),
  ('decided', 'close', 'closed'),
  ('rechecking', 'add', 'rechecking'), ('rechecking', 'name_person', 'rechecking'),
  ('rechecking', 'declare_interest', 'rechecking'), ('rechecking', 'escalate', 'rechecking'),
  ('rechecking', 'fall_overdue', 'rechecking'), ('rechecking', 'decide_recheck', 'rechecked'),
  ('rechecked', 'escalate', 'rechecked'), ('rechecked', 'close', 'closed');

-- What people wrote. A command names a row and commits to its bytes; the words are nowhere else.
-- Erasing takes words and salt together, and every proof stays.
create table sandbox.wording (
  partition    int  not null,
  id           uuid not null,
  organisation text not null collate "C",
  command      text not null collate "C",
  field        text not null collate "C",
  salt         bytea,
  body         text check (length(body) <= 40000),
  kept_at      timestamptz not null,
  -- True once a committed act names it; what nobody claims within a day is swept.
  claimed      boolean not null default false,
  erased_at    timestamptz,
  primary key (partition, id),
  unique (partition, organisation, command, field),
  check ((body is null) = (salt is null) and (body is null) = (erased_at is not null))
);
create index wording_unclaimed on sandbox.wording (partition, kept_at) where not claimed;

create table sandbox.complaint (
  partition        int  not null,
  id               uuid not null,
  pilot            text not null collate "C",
  year             int  not null,
  nth              int  not null check (nth >= 1),
  state            text not null collate "C" check (state in ('received', 'accepted',
                     'inadmissible', 'decided', 'rechecking', 'rechecked', 'closed', 'withdrawn')),
  -- The organisation whose desk it is.
  institution      text not null collate "C",
  category         text not null collate "C",
  channel          text not null collate "C" check (channel in ('public_form', 'programme')),
  about_act        uuid,
  persons          int  not null check (persons >= 1),
  representatives  int  not null check (representatives between 0 and 5),
  wording          uuid not null,
  -- SHA-256 of the receipt code, which only the complainant has.
  receipt          text not null check (receipt ~ '^[0-9a-f]{64}$'),
  received_at      timestamptz not null,
  days             int  not null default 15 check (days in (15, 30, 60)),
  -- The first instant that is late.
  due              timestamptz not null,
  next_at          timestamptz,
  handler          text collate "C",
  -- Staff who are complained of, and staff who declared a direct interest.
  concerns         jsonb not null default '[]',
  interests        jsonb not null default '[]',
  ground           text collate "C",
  outcome          text collate "C" check (outcome in ('upheld', 'partly', 'rejected')),
  answered_at      timestamptz,
  overdue_since    timestamptz,
  escalated_at     timestamptz,
  recheck_asked_at timestamptz,
  recheck_due      timestamptz,
  recheck_at       timestamptz,
  recheck_overdue  timestamptz,
  recheck_outcome  text collate "C" check (recheck_outcome in ('upheld', 'partly', 'rejected')),
  ended_at         timestamptz,
  primary key (partition, id),
  unique (partition, year, nth),
  unique (partition, receipt),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred,
  foreign key (partition, wording) references sandbox.wording deferrable initially deferred,
  -- Day `days` is in time until its 24:00 in Asia/Shanghai; the day of receipt does not count.
  check (due at time zone 'Asia/Shanghai'
         = (received_at at time zone 'Asia/Shanghai')::date + days + 1),
  check ((persons = 1) = (representatives = 0)),
  -- Nobody handles a complaint about himself, or one that touches his own interest.
  check (handler is null or not (concerns ? handler or interests ? handler)),
  check (state not in ('accepted', 'decided') or handler is not null or concerns <> '[]'
         or interests <> '[]'),
  check (outcome is null or ground is null),
  check ((answered_at is null) = (outcome is null and ground is null)),
  check (state not in ('decided', 'inadmissible', 'rechecking', 'rechecked', 'closed')
         or answered_at is not null),
  check ((recheck_at is null) = (recheck_outcome is null)),
  check (recheck_at is null or recheck_asked_at is not null),
  check ((recheck_asked_at is null) = (recheck_due is null)),
  check ((state in ('closed', 'withdrawn')) = (ended_at is not null)),
  check (state not in ('closed', 'withdrawn') or next_at is null)
);
create index complaint_pilot on sandbox.complaint (partition, pilot, received_at desc);
create index complaint_due on sandbox.complaint (partition, next_at) where next_at is not null;

create table sandbox.complaint_step (
  partition int  not null,
  complaint uuid not null,
  nth       int  not null check (nth >= 1),
  at        timestamptz not null,
  event     text not null collate "C",
  -- Whose step it was: the complainant, a member of staff, or the clock.
  side      text not null collate "C" check (side in ('complainant', 'staff', 'clock')),
  actor     text not null collate "C",
  detail    jsonb not null,
  wording   uuid,
  primary key (partition, complaint, nth),
  foreign key (partition, complaint) references sandbox.complaint deferrable initially deferred,
  foreign key (partition, wording) references sandbox.wording deferrable initially deferred
);

create function sandbox.keep_complaint_to_the_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
end $$;
revoke all on function sandbox.keep_complaint_to_the_table() from public;
create trigger keep_complaint_to_the_table before insert or update on sandbox.complaint
  for each row execute function sandbox.keep_complaint_to_the_table();

grant select on sandbox.complaint_transition, sandbox.complaint, sandbox.complaint_step,
  sandbox.wording to sandbank_sandbox;
grant insert on sandbox.complaint, sandbox.complaint_step, sandbox.wording to sandbank_sandbox;
grant update (state, days, due, next_at, handler, concerns, interests, ground, outcome,
  answered_at, overdue_since, escalated_at, recheck_asked_at, recheck_due, recheck_at,
  recheck_overdue, recheck_outcome, ended_at) on sandbox.complaint to sandbank_sandbox;
grant update (salt, body, kept_at, claimed, erased_at), delete on sandbox.wording
  to sandbank_sandbox;

--! breaking: no
-- What indicators are computed from: counters that a follower keeps behind a watermark of each
-- partition's journal, probes of our own endpoints, and how requests were answered. `span` is the
-- length of a calendar window in Asia/Shanghai that starts at `begins`. All counters are whole
-- numbers and can be thrown away: following again from the first act gives the same digits.

do $$ begin create role sandbank_follower login;
  exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema sandbox to sandbank_follower;

-- How far the journal of a partition was followed, with the business second that may not be over.
create table sandbox.follower (
  partition int  primary key,
  seq       int8 not null default 0 check (seq >= 0),
  at        timestamptz,
  second    timestamptz,
  in_second int8 not null default 0
);

-- Acts of a window: their number, the fullest second, and the places in the order that they take.
create table sandbox.window_counted (
  partition int  not null,
  span      text not null collate "C" check (span in ('hour', 'day', 'month')),
  begins    timestamptz not null,
  acts      int8 not null check (acts > 0),
  peak      int8 not null check (peak > 0),
  first_seq int8 not null,
  last_seq  int8 not null,
  primary key (partition, span, begins),
  check (first_seq <= last_seq)
);

create table sandbox.acts_counted (
  partition int  not null,
  span      text not null collate "C",
  begins    timestamptz not null,
  command   text not null collate "C",
  class     text not null collate "C",
  outcome   text not null collate "C",
  acts      int8 not null check (acts > 0),
  primary key (partition, span, begins, command, class, outcome)
);

-- `rule` is the limit or check that said no, or empty where a refusal names none.
create table sandbox.denials_counted (
  partition int  not null,
  span      text not null collate "C",
  begins    timestamptz not null,
  code      text not null collate "C",
  rule      text not null collate "C",
  acts      int8 not null check (acts > 0),
  primary key (partition, span, begins, code, rule)
);

-- What moved on the limits that are not one customer's, by the period that the limit counts in.
create table sandbox.uses_counted (
  partition int  not null,
  span      text not null collate "C",
  begins    timestamptz not null,
  rule      text not null collate "C",
  scope     text not null collate "C",
  whose     text not null collate "C",
  period    text not null collate "C",
  moved     int8 not null,
  primary key (partition, span, begins, rule, whose, period)
);

-- A day of counters compared with a recount of the journal: how many lines differ.
create table sandbox.recount (
  partition int  not null,
  day       timestamptz not null,
  at        timestamptz not null,
  differing int8 not null check (differing >= 0),
  primary key (partition, day)
);

-- One knock at an endpoint that people use. Machine time: it is about the machine. `down` says that
-- enough of the latest knocks failed; `observed_ms` is the time since the knock before, as far as
-- somebody knocked.
create table sandbox.probe (
  partition   int  not null,
  pilot       text not null collate "C",
  target      text not null collate "C" check (target in ('page', 'api')),
  at          timestamptz not null,
  ok          boolean not null,
  status      int  not null,
  took_ms     int8 not null check (took_ms >= 0),
  observed_ms int8 not null check (observed_ms >= 0),
  down        boolean not null,
  primary key (partition, pilot, target, at)
);

create table sandbox.probes_counted (
  partition   int  not null,
  pilot       text not null collate "C",
  span        text not null collate "C" check (span in ('hour', 'day', 'month')),
  begins      timestamptz not null,
  probes      int8 not null,
  failed      int8 not null check (failed <= probes),
  observed_ms int8 not null,
  down_ms     int8 not null check (down_ms <= observed_ms),
  primary key (partition, pilot, span, begins)
);

-- Requests to a pilot's routes by how long they took: up to `bucket_us`, 0 for longer than any.
create table sandbox.requests_counted (
  partition int  not null,
  pilot     text not null collate "C",
  span      text not null collate "C" check (span in ('hour', 'day', 'month')),
  begins    timestamptz not null,
  bucket_us int8 not null check (bucket_us >= 0),
  answered  int8 not null check (answered >= 0),
  refused   int8 not null check (refused >= 0),
  failed    int8 not null check (failed >= 0),
  primary key (partition, pilot, span, begins, bucket_us)
);

grant select, insert, delete on sandbox.window_counted, sandbox.acts_counted,
  sandbox.denials_counted, sandbox.uses_counted to sandbank_follower;
grant select, insert on sandbox.follower to sandbank_follower;
grant update (seq, at, second, in_second) on sandbox.follower to sandbank_follower;
grant update (acts, peak, first_seq, last_seq) on sandbox.window_counted to sandbank_follower;
grant update (acts) on sandbox.acts_counted, sandbox.denials_counted to sandbank_follower;
grant update (moved) on sandbox.uses_counted to sandbank_follower;
grant select, insert on sandbox.recount to sandbank_follower;
grant select, insert, delete on sandbox.probe to sandbank_follower;
grant select, insert on sandbox.probes_counted, sandbox.requests_counted to sandbank_follower;
grant update (probes, failed, observed_ms, down_ms) on sandbox.probes_counted to sandbank_follower;
grant update (answered, refused, failed) on sandbox.requests_counted to sandbank_follower;
grant select on sandbox.follower, sandbox.window_counted, sandbox.acts_counted,
  sandbox.denials_counted, sandbox.uses_counted, sandbox.recount, sandbox.probe,
  sandbox.probes_counted, sandbox.requests_counted to sandbank_sandbox;

--! breaking: no
-- What watches a pilot by itself: the last beat of its institution's monitoring, and the triggers
-- that tripped. A trip is a directive like any other, with its cause beside it; it ends when two
-- people of the supervisor lift that directive.

create table sandbox.heartbeat (
  partition    int  not null,
  pilot        text not null collate "C",
  organisation text not null collate "C",
  beats        int8 not null check (beats >= 1),
  -- Business time of the commit, and the machine's own, by which silence is measured.
  at           timestamptz not null,
  machine_at   timestamptz not null,
  primary key (partition, pilot),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

create table sandbox.trip (
  partition int  not null,
  directive uuid not null,
  pilot     text not null collate "C",
  -- Id of the trigger in the terms; `heartbeat` for silence.
  trigger   text not null collate "C" check (trigger ~ '^[a-z][a-z0-9_]{1,39}$'),
  number    int  not null check (number >= 1),
  measured  text not null,
  clause    text not null,
  at        timestamptz not null,
  primary key (partition, directive),
  unique (partition, pilot, trigger, number),
  foreign key (partition, directive) references sandbox.directive deferrable initially deferred
);

grant select, insert on sandbox.heartbeat, sandbox.trip to sandbank_sandbox;
grant update (organisation, beats, at, machine_at) on sandbox.heartbeat to sandbank_sandbox;

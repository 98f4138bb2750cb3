--! breaking: no
-- What customers are shown before they take part, in the sandbox's own partition, and what they
-- consented to, in the partition of their pilot. Both are only ever appended.

create table sandbox.user_statement (
  partition int  not null,
  pilot     text not null collate "C",
  version   int  not null check (version >= 1),
  -- The version from which on consents count: this one, if it changed anything material.
  material  int  not null check (material between 1 and version),
  hash      text not null check (hash ~ '^[0-9a-f]{64}$'),
  body      jsonb not null,
  at        timestamptz not null,
  primary key (partition, pilot, version),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);

create table sandbox.consent (
  partition    int  not null,
  organisation text not null collate "C",
  customer     text not null collate "C",
  version      int  not null check (version >= 1),
  at           timestamptz not null,
  channel      text not null collate "C",
  primary key (partition, organisation, customer, version)
);

grant select, insert on sandbox.user_statement, sandbox.consent to sandbank_sandbox;

--! breaking: no
-- Letters of the inbox: what an act tells to a role, and who has read it. Only ever appended. A
-- letter names what it is about by its id and carries nothing personal.

create table sandbox.letter (
  partition    int  not null,
  id           uuid not null,
  kind         text not null collate "C" check (kind in ('incident_opened', 'incident_resolved',
                 'incident_reopened', 'incident_closed')),
  roles        text[] not null check (cardinality(roles) > 0),
  -- The organisation that it is for, or null for everybody who has one of the roles.
  organisation text collate "C",
  pilot        text not null collate "C",
  about        uuid not null,
  title        jsonb not null,
  at           timestamptz not null,
  primary key (partition, id),
  foreign key (partition, pilot) references sandbox.pilot deferrable initially deferred
);
create index letter_at on sandbox.letter (partition, at desc);

create table sandbox.letter_read (
  partition int  not null,
  letter    uuid not null,
  person    text not null collate "C",
  at        timestamptz not null,
  primary key (partition, letter, person),
  foreign key (partition, letter) references sandbox.letter deferrable initially deferred
);

grant select, insert on sandbox.letter, sandbox.letter_read to sandbank_sandbox;

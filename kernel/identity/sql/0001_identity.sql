--! breaking: no
-- Who may act: organisations, people, their passkeys, keys, sessions and one-time links. Of a secret
-- only its SHA-256 stands here, so that a copy of this schema signs nobody in. Times are the
-- machine's, passed in by the caller. Small tables that every partition reads: none is partitioned.

create schema identity;

do $$ begin create role sandbank_identity login; exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema identity to sandbank_identity;

-- tidy: not partitioned, because every partition reads who takes part.
create table identity.organisation (
  -- Sandbank's own acts come under ids of its own, which nobody else may use up.
  id        text primary key collate "C"
            check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$' and id <> 'sandbank'),
  kind      text not null collate "C"
            check (kind in ('supervisor', 'institution', 'requestor', 'auditor', 'platform', 'customers')),
  name_zh   text not null check (length(name_zh) between 1 and 120),
  name_en   text not null check (length(name_en) between 1 and 120),
  fictional boolean not null,
  state     text not null collate "C" check (state in ('active', 'closed')),
  created   timestamptz not null
);

-- tidy: not partitioned, because a person acts in many partitions.
create table identity.person (
  id           uuid primary key,
  organisation text not null collate "C" references identity.organisation,
  name_zh      text not null check (length(name_zh) between 1 and 120),
  name_en      text not null check (length(name_en) between 1 and 120),
  roles        text[] not null,
  state        text not null collate "C" check (state in ('active', 'closed')),
  locale       text not null collate "C" check (locale in ('zh', 'en')),
  created      timestamptz not null
);
create index person_organisation on identity.person (organisation);

-- tidy: not partitioned, because it belongs to a person, not to a partition.
create table identity.passkey (
  id         text primary key collate "C" check (length(id) <= 1400),
  person     uuid not null references identity.person,
  public_key bytea not null,
  counter    int8 not null check (counter >= 0),
  transports text[] not null,
  backed_up  boolean not null,
  name       text not null check (length(name) between 1 and 80),
  created    timestamptz not null,
  last_used  timestamptz,
  state      text not null collate "C" check (state in ('active', 'revoked'))
);
create index passkey_person on identity.passkey (person);

-- What a browser was asked to sign; each is asked once.
-- tidy: not partitioned, because nobody is known yet when it is asked.
create table identity.challenge (
  hash    bytea primary key check (octet_length(hash) = 32),
  purpose text not null collate "C" check (purpose in ('register', 'sign_in', 'step_up')),
  person  uuid references identity.person,
  created timestamptz not null,
  expires timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'sign_in') = (person is null))
);
create index challenge_expires on identity.challenge (expires);

-- tidy: not partitioned, because it is looked up by its digest alone.
create table identity.api_key (
  id           uuid primary key,
  secret_hash  bytea not null unique check (octet_length(secret_hash) = 32),
  prefix       text not null collate "C",
  organisation text not null collate "C" references identity.organisation,
  name         text not null check (length(name) between 1 and 120),
  roles        text[] not null,
  created      timestamptz not null,
  expires      timestamptz not null,
  state        text not null collate "C" check (state in ('active', 'revoked'))
);
create index api_key_organisation on identity.api_key (organisation);

-- tidy: not partitioned, because it is looked up by its digest alone.
create table identity.session (
  token_hash       bytea primary key check (octet_length(token_hash) = 32),
  face             text not null collate "C"
                   check (face in ('console', 'disclosure', 'bank', 'till', 'portal')),
  person           uuid not null references identity.person,
  csrf             text not null collate "C",
  created          timestamptz not null,
  last_seen        timestamptz not null,
  expires          timestamptz not null,
  stepped_up_until timestamptz
) with (fillfactor = 80);
create index session_person on identity.session (person);
create index session_expires on identity.session (expires);

-- tidy: not partitioned, because it is looked up by its digest alone.
create table identity.one_time_link (
  hash    bytea primary key check (octet_length(hash) = 32),
  person  uuid not null references identity.person,
  purpose text not null collate "C" check (purpose in ('sign_in', 'invite')),
  face    text not null collate "C"
          check (face in ('console', 'disclosure', 'bank', 'till', 'portal')),
  created timestamptz not null,
  expires timestamptz not null,
  used_at timestamptz
);
create index one_time_link_person on identity.one_time_link (person);

grant select, insert on all tables in schema identity to sandbank_identity;
grant update (kind, name_zh, name_en, fictional, state) on identity.organisation to sandbank_identity;
grant update (organisation, name_zh, name_en, roles, state, locale) on identity.person to sandbank_identity;
grant update (counter, backed_up, last_used, state) on identity.passkey to sandbank_identity;
grant update (used_at) on identity.challenge to sandbank_identity;
grant update (state) on identity.api_key to sandbank_identity;
grant update (last_seen, stepped_up_until) on identity.session to sandbank_identity;
grant update (used_at) on identity.one_time_link to sandbank_identity;
grant delete on identity.session, identity.challenge, identity.one_time_link to sandbank_identity;

--! breaking: no
-- Card numbers and the keys they lie under. Only the role of the vault comes in here; whoever takes
-- the whole database but not the key file has ciphertext and keyed hashes, and no number.
create schema vault;

do $$ begin create role sandbank_vault login;
  exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema vault to sandbank_vault;

-- Keys, each wrapped (RFC 3394) under a key-encryption key that is never in the database. `kek` says
-- which. A data key is used at most `uses_max` times, since its vectors are drawn at random.
create table vault.key (
  partition int   not null,
  kind      text  not null collate "C" check (kind in ('card', 'index')),
  version   int   not null check (version >= 1),
  wrapped   bytea not null check (octet_length(wrapped) = 40),
  kek       text  not null collate "C",
  algorithm text  not null collate "C" check (algorithm in ('aes-256-gcm', 'sha256', 'sm3')),
  uses      int8  not null default 0,
  uses_max  int8  not null check (uses_max between 1 and 4294967296),
  primary key (partition, kind, version),
  check (uses between 0 and uses_max)
);

-- One card. `sealed` holds a salt of 16 bytes and the digits; `commitment` is SHA-256 over both.
create table vault.card (
  partition  int   not null,
  ref        uuid  not null,
  holder     text  not null collate "C",
  key        int   not null,
  iv         bytea not null check (octet_length(iv) = 12),
  sealed     bytea not null check (octet_length(sealed) between 44 and 51),
  commitment text  not null collate "C" check (commitment ~ '^[0-9a-f]{64}$'),
  par        text  not null collate "C" check (par ~ '^[A-Z0-9]{29}$'),
  bin        text  not null collate "C" check (bin ~ '^[0-9]{6,8}$'),
  last4      text  not null collate "C" check (last4 ~ '^[0-9]{4}$'),
  kind       text  not null collate "C" check (kind in ('debit', 'credit', 'prepaid')),
  expiry     text  not null collate "C" check (expiry ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  primary key (partition, ref)
);

-- Each number once in the whole vault: the partition of a claim is taken from the index itself.
create table vault.claim (
  partition int   not null,
  version   int   not null,
  index     bytea not null check (octet_length(index) = 32),
  home      int   not null,
  ref       uuid  not null,
  primary key (partition, version, index)
);

-- Who saw numbers, when, what for. Only ever appended.
create table vault.sight (
  partition    int  not null,
  id           uuid not null,
  at           timestamptz not null,
  principal    text not null collate "C",
  organisation text not null collate "C",
  purpose      text not null collate "C",
  refs         uuid[] not null check (cardinality(refs) between 1 and 100),
  primary key (partition, id)
);

create table vault.quota (
  partition int  not null,
  principal text not null collate "C",
  purpose   text not null collate "C",
  day       date not null,
  used      int8 not null,
  cap       int8 not null,
  primary key (partition, principal, purpose, day),
  check (used between 0 and cap)
);

grant select, insert on vault.key, vault.card, vault.claim, vault.sight, vault.quota
  to sandbank_vault;
grant update (uses) on vault.key to sandbank_vault;
grant update (used, cap) on vault.quota to sandbank_vault;

--! breaking: no
-- The end of the pilot: who was told of it, and the order of two holders to destroy the vault's keys.

create table tokens.ending_notice (
  partition int  not null,
  holder    text not null collate "C" check (length(holder) between 1 and 80),
  -- Version of the text.
  version   int  not null check (version >= 1),
  at        timestamptz not null,
  primary key (partition, holder)
);

-- Once, for good. What is null is known when the vault has done it.
create table tokens.key_destruction (
  partition    int  not null,
  id           uuid not null,
  -- Names of the key-encryption keys that both signed for.
  keks         text not null collate "C" check (keks ~ '^[0-9a-f]{16}( [0-9a-f]{16})*$'),
  ordered_by   text not null collate "C",
  approved_by  text not null collate "C" check (approved_by <> ordered_by and approved_by <> ''),
  at           timestamptz not null,
  -- How many keys there ever were in the vault, all of them destroyed.
  keys         int  check (keys >= 1),
  destroyed_at timestamptz,
  primary key (partition, id),
  check ((keys is null) = (destroyed_at is null))
);
create unique index key_destruction_once on tokens.key_destruction (partition);

grant select, insert, delete on tokens.ending_notice to sandbank_tokens;
grant select, insert on tokens.key_destruction to sandbank_tokens;
grant update (keys, destroyed_at) on tokens.key_destruction to sandbank_tokens;

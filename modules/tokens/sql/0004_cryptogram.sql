--! breaking: no
-- Cryptograms: each was made once for one payment of one token, under a counter that only rises, and
-- is spent once at the most. Both are only ever appended; the keys see to it that no counter of a
-- token is made or spent twice. The code itself stands nowhere: the vault makes it again to compare.

create table tokens.cryptogram (
  partition    int  not null,
  number       text not null collate "C" check (number ~ '^999988[0-9]{10}$'),
  counter      int  not null check (counter between 1 and 999999999),
  scene        text not null collate "C",
  organisation text not null collate "C",
  amount       int8 not null check (amount > 0),
  currency     text not null collate "C" check (currency ~ '^[A-Z]{3}$'),
  at           timestamptz not null,
  expires      timestamptz not null,
  primary key (partition, number, counter),
  check (expires > at)
);

create table tokens.spent_cryptogram (
  partition int  not null,
  number    text not null collate "C",
  counter   int  not null,
  -- The authorisation or the decline that spent it.
  act       uuid not null,
  at        timestamptz not null,
  primary key (partition, number, counter),
  foreign key (partition, number, counter) references tokens.cryptogram
);

-- Scenes whose payments must bring one.
alter table tokens.scene add column cryptogram boolean not null default false;
alter table tokens.scene alter column cryptogram drop default;

grant select, insert on tokens.cryptogram, tokens.spent_cryptogram to sandbank_tokens;

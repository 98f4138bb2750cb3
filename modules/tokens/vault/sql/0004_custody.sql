--! breaking: no
-- Keys have a life: one version of each kind is current and seals, older ones still open, and what
-- nothing lies under any more is destroyed. Whoever writes by a version first takes its row, so that
-- none is written by after another took over. Cards and claims move while they are used.

alter table vault.key
  add column state text not null default 'old' collate "C"
    check (state in ('current', 'old', 'destroyed')),
  -- Machine time; null for keys from before there was this column.
  add column made  timestamptz,
  add column ended timestamptz,
  alter column wrapped drop not null;
update vault.key k set state = 'current'
 where version = (select max(version) from vault.key o
                   where o.partition = k.partition and o.kind = k.kind);
alter table vault.key
  alter column state drop default,
  add constraint key_destroyed check ((wrapped is null) = (state = 'destroyed'));
create unique index key_current on vault.key (partition, kind) where state = 'current';

-- Turning a key: which, by which act, and how far it has come. `home` and `ref` are the last card
-- that has moved, so that a process which dies goes on behind it.
create table vault.rotation (
  partition int  not null,
  id        uuid not null,
  kind      text not null collate "C" check (kind in ('kek', 'card', 'index')),
  -- The key-encryption key that is turned to, or the version of the others.
  kek       text collate "C" check (kek ~ '^[0-9a-f]{16}$'),
  version   int  check (version >= 2),
  total     int8 not null check (total >= 0),
  moved     int8 not null default 0 check (moved >= 0),
  home      int  not null default -1,
  ref       uuid not null default '00000000-0000-0000-0000-000000000000',
  begun     timestamptz not null,
  ended     timestamptz,
  primary key (partition, id),
  check ((kind = 'kek') = (kek is not null)),
  check ((kind = 'kek') = (version is null))
);
create unique index rotation_moving on vault.rotation (partition, kind) where ended is null;

-- The place of the issuer's last word on a card's number; an earlier word that comes later is not heard.
alter table vault.card add column renumbered int8 not null default 0 check (renumbered >= 0);

-- What an erasure destroyed, counted once however often it is told.
create table vault.erasure (
  partition int  not null,
  id        text not null collate "C" check (length(id) between 1 and 80),
  cards     int  not null check (cards >= 0),
  claims    int  not null check (claims >= 0),
  at        timestamptz not null,
  primary key (partition, id)
);

grant select, insert on vault.rotation, vault.erasure to sandbank_vault;
grant update (moved, home, ref, ended) on vault.rotation to sandbank_vault;
grant update (wrapped, kek, state, ended) on vault.key to sandbank_vault;
grant update (key, iv, sealed, commitment, bin, last4, kind, expiry, renumbered)
  on vault.card to sandbank_vault;

--! breaking: no
-- A third kind of key: the one that keys of cryptograms are derived from, token by token.
alter table vault.key
  drop constraint key_kind_check,
  add constraint key_kind_check check (kind in ('card', 'index', 'cryptogram'));

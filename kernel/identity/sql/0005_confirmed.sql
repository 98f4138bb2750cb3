--! breaking: no
-- What a session confirmed last by a second factor that was asked about that alone: the SHA-256 of
-- it, so that a confirmation of one change loosens no other.

alter table identity.session
  add column confirmed text collate "C" check (confirmed ~ '^[0-9a-f]{64}$'),
  add column confirmed_until timestamptz,
  add check ((confirmed is null) = (confirmed_until is null));

grant update (confirmed, confirmed_until) on identity.session to sandbank_identity;

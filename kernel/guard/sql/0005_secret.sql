--! breaking: no
-- Answers that are secret, sealed under a key that is not in the database, for the few minutes in
-- which a caller whose answer was lost may ask again. Machine time: a secret ages by the clock on the
-- wall, whatever the business says.

create table guard.secret (
  partition int   not null,
  seq       int8  not null,
  act       uuid  not null,
  sealed    bytea not null,
  until     timestamptz not null,
  primary key (partition, seq)
);

create function guard.add_secrets(p int, seqs int8[], acts uuid[], sealed bytea[],
  untils timestamptz[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  insert into guard.secret select p, t.* from unnest(seqs, acts, sealed, untils) t;
end $$;

-- Gives a secret out and forgets it: the repeat is the delivery.
create function guard.take_secret(p int, place int8, machine timestamptz)
returns table (act uuid, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query
    delete from guard.secret s where s.partition = p and s.seq = place and s.until > machine
    returning s.act, s.sealed;
end $$;

create function guard.sweep_secrets(p int, machine timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  delete from guard.secret s where s.partition = p and s.until <= machine;
end $$;

revoke all on function guard.add_secrets(int, int8[], uuid[], bytea[], timestamptz[]),
  guard.take_secret(int, int8, timestamptz), guard.sweep_secrets(int, timestamptz) from public;
grant execute on function guard.add_secrets(int, int8[], uuid[], bytea[], timestamptz[]),
  guard.take_secret(int, int8, timestamptz), guard.sweep_secrets(int, timestamptz)
  to sandbank_act;

--! breaking: no
-- Permits of pilots that run on their institutions' own systems, each in the partition of its pilot.
-- Customers stand here by the opaque ids of their institution and by nothing else. States are held
-- to the table of modules/sandbox/permit/permit.ts a second time.

create table sandbox.permit (
  partition    int  not null,
  organisation text not null collate "C",
  id           text not null collate "C" check (id ~ '^[A-Za-z0-9_.:-]{1,48}$'),
  -- The act that reserved it; its hold stands under the same id.
  act          uuid not null,
  class        text not null collate "C" check (class in ('OPEN', 'USE', 'SERVICE')),
  customer     text collate "C",
  amount       int8 check (amount > 0),
  currency     text collate "C",
  region       text collate "C",
  channel      text collate "C",
  partner      text collate "C",
  merchant     text collate "C",
  product      text collate "C",
  confirmed    int8 not null default 0 check (confirmed between 0 and coalesce(amount, 0)),
  given_back   int8 not null default 0 check (given_back between 0 and confirmed),
  state        text not null collate "C" default 'reserved'
                 check (state in ('reserved', 'confirmed', 'cancelled', 'closed')),
  at           timestamptz not null,
  expires      timestamptz not null,
  primary key (partition, organisation, id),
  check (expires > at),
  check (confirmed = 0 or state in ('confirmed', 'closed'))
) with (fillfactor = 70);

create function sandbox.keep_permit() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.state, new.state) not in (('reserved', 'confirmed'), ('reserved', 'cancelled'),
       ('confirmed', 'confirmed'), ('confirmed', 'closed'))
     or new.given_back < old.given_back
     or (old.state = 'confirmed' and new.confirmed <> old.confirmed) then
    raise exception 'permit % cannot go from % to %', new.id, old.state, new.state
      using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_permit() from public;
create trigger keep_permit before update on sandbox.permit
  for each row execute function sandbox.keep_permit();

grant select, insert, update (state, confirmed, given_back) on sandbox.permit to sandbank_sandbox;

--! breaking: no
-- Keys with which programs sign their requests (RFC 9421, Ed25519). Only public keys stand here: who
-- reads this table signs nothing. They are enrolled and ended by acts in the sandbox's own partition,
-- and belong to the same lines as bearer keys, so that a program that begins to sign is still itself.

-- tidy: not partitioned, because it is looked up by its id alone.
create table identity.request_key (
  id           text primary key collate "C" check (id = encode(sha256(public_key), 'hex')),
  public_key   bytea not null check (octet_length(public_key) = 32),
  organisation text not null collate "C" references identity.organisation,
  line         uuid not null references identity.key_line,
  roles        text[] not null,
  enrolled_by  text not null collate "C",
  created      timestamptz not null,
  expires      timestamptz not null check (expires > created),
  ended        timestamptz check (ended >= created)
);
create index request_key_organisation on identity.request_key (organisation, created);

grant select on identity.request_key to sandbank_identity;

-- A key that ended does not come back.
create function identity.keep_ended() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.ended is not null then
    raise exception 'request key % has ended', old.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function identity.keep_ended() from public;
create trigger keep_ended before update on identity.request_key
  for each row execute function identity.keep_ended();

create function identity.request_keys(p int, ids text[])
returns table (id text, organisation text, expires timestamptz, ended timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query select k.id, k.organisation, k.expires, k.ended from identity.request_key k
                where k.id = any (ids);
end $$;

create function identity.request_keys_of(p int, holder text)
returns table (id text, public_key bytea, name text, enrolled_by text, created timestamptz,
  expires timestamptz, ended timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return query select k.id, k.public_key, l.name, k.enrolled_by, k.created, k.expires, k.ended
                 from identity.request_key k join identity.key_line l on l.id = k.line
                where k.organisation = holder collate "C" order by k.created, k.id limit 200;
end $$;

create function identity.enrol_request_keys(p int, lines uuid[], public_keys bytea[],
  organisations text[], names text[], roles text[], enrolled text[], created timestamptz[],
  expires timestamptz[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  perform from guard.partition t where t.partition = p and not t.supervised;
  if not found then
    raise exception 'partition % enrols no keys', p using errcode = '42501';
  end if;
  insert into identity.key_line (id, organisation, name)
    select k.id, k.organisation, k.name from unnest(lines, organisations, names)
      k(id, organisation, name)
    on conflict do nothing;
  insert into identity.request_key
      (id, public_key, organisation, line, roles, enrolled_by, created, expires)
    select encode(sha256(k.public_key), 'hex'), k.public_key, k.organisation, l.id,
           string_to_array(k.roles, ' '), k.enrolled, k.created, k.expires
      from unnest(public_keys, organisations, names, roles, enrolled, created, expires)
        k(public_key, organisation, name, roles, enrolled, created, expires)
      join identity.key_line l on l.organisation = k.organisation and l.name = k.name;
end $$;

create function identity.end_request_keys(p int, ids text[], at timestamptz[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  update identity.request_key k set ended = u.ended from unnest(ids, at) u(id, ended)
   where k.id = u.id;
end $$;

revoke all on function identity.request_keys(int, text[]), identity.request_keys_of(int, text),
  identity.enrol_request_keys(int, uuid[], bytea[], text[], text[], text[], text[], timestamptz[],
    timestamptz[]), identity.end_request_keys(int, text[], timestamptz[]) from public;
grant execute on function identity.request_keys(int, text[]), identity.request_keys_of(int, text),
  identity.enrol_request_keys(int, uuid[], bytea[], text[], text[], text[], text[], timestamptz[],
    timestamptz[]), identity.end_request_keys(int, text[], timestamptz[]) to sandbank_act;

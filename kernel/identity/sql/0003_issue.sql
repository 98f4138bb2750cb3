--! breaking: no
-- Keys that an act issues. Only where no policy holds, in the sandbox's own partition: a module that
-- acts for a pilot makes no keys.

do $$ begin create role sandbank_act nologin; exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema identity to sandbank_act;

create function identity.is_organisation(p int, wanted text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  return exists (select from identity.organisation o
                  where o.id = wanted collate "C" and o.state = 'active')
     and exists (select from guard.partition t where t.partition = p and not t.supervised);
end $$;

create function identity.issue_keys(p int, ids uuid[], hashes bytea[], prefixes text[],
  organisations text[], names text[], roles text[], created timestamptz[], expires timestamptz[])
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ledger.own(p);
  perform from guard.partition t where t.partition = p and not t.supervised;
  if not found then
    raise exception 'partition % issues no keys', p using errcode = '42501';
  end if;
  insert into identity.key_line (id, organisation, name)
    select k.id, k.organisation, k.name from unnest(ids, organisations, names) k(id, organisation, name)
    on conflict do nothing;
  insert into identity.api_key
      (id, secret_hash, prefix, organisation, name, roles, created, expires, state, line)
    select k.id, k.hash, k.prefix, k.organisation, k.name, string_to_array(k.roles, ' '), k.created,
           k.expires, 'active', l.id
      from unnest(ids, hashes, prefixes, organisations, names, roles, created, expires)
        k(id, hash, prefix, organisation, name, roles, created, expires)
      join identity.key_line l on l.organisation = k.organisation and l.name = k.name;
end $$;

revoke all on function identity.is_organisation(int, text),
  identity.issue_keys(int, uuid[], bytea[], text[], text[], text[], text[], timestamptz[],
    timestamptz[]) from public;
grant execute on function identity.is_organisation(int, text),
  identity.issue_keys(int, uuid[], bytea[], text[], text[], text[], text[], timestamptz[],
    timestamptz[]) to sandbank_act;

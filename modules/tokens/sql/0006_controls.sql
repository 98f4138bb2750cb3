--! breaking: yes
-- Controls whole: what the holder allows and what the issuer bounds him by, in one version, as JSON
-- whose form the database checks a second time. Tokens get a type, an assurance and a consent; who
-- suspends one stands in a set of his own, from which the causes of the token follow.

create function tokens.bounds_hold(t jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select not exists (
    select from jsonb_each(t) e
     where case
       when e.key in ('paymentMin', 'paymentAmount', 'dayAmount', 'weekAmount', 'monthAmount',
                      'lifeAmount', 'stepUpAmount')
         then e.value #>> '{}' !~ '^[1-9][0-9]{0,16}$'
       when e.key in ('dayCount', 'weekCount', 'monthCount', 'lifeCount')
         then e.value #>> '{}' !~ '^[1-9][0-9]{0,5}$'
       else false
     end)
$$;

create function tokens.are_terms(t jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_typeof(t) = 'object'
     and not exists (
       select from jsonb_object_keys(t) k(name)
        where k.name not in ('paymentMin', 'paymentAmount', 'dayAmount', 'dayCount', 'weekAmount',
          'weekCount', 'monthAmount', 'monthCount', 'lifeAmount', 'lifeCount', 'singleUse', 'hours',
          'zone', 'holidays', 'firstDay', 'lastDay', 'allow', 'deny', 'stepUpAmount', 'cryptogram',
          'sceneBounds'))
     and tokens.bounds_hold(t)
     and not exists (
       select from jsonb_array_elements(coalesce(t -> 'sceneBounds', '[]')) s(bounds)
        where not tokens.bounds_hold(s.bounds) or s.bounds ->> 'scene' is null)
     and coalesce(t ->> 'hours' ~ '^[01]{168}$', true)
     and coalesce(t ->> 'holidays' in ('as_sunday', 'closed'), true)
     -- Days are written so that they sort as text.
     and coalesce(t ->> 'firstDay' <= t ->> 'lastDay', true)
     and coalesce((t ->> 'paymentMin')::numeric <= (t ->> 'paymentAmount')::numeric, true)
$$;

alter table tokens.control
  add column by text collate "C" check (by in ('holder', 'issuer')),
  add column holder_terms json,
  add column issuer_terms json;

update tokens.control set
  by = 'holder',
  holder_terms = json_strip_nulls(json_build_object(
    'dayAmount', day_amount::text, 'dayCount', day_count::text, 'firstDay', first_day::text,
    'hours', hours, 'lastDay', last_day::text, 'monthAmount', month_amount::text,
    'paymentAmount', payment_amount::text)),
  issuer_terms = '{}';

alter table tokens.control
  alter column by set not null,
  alter column holder_terms set not null,
  alter column issuer_terms set not null,
  add check (tokens.are_terms(holder_terms::jsonb)),
  add check (tokens.are_terms(issuer_terms::jsonb)),
  drop column payment_amount,
  drop column day_amount,
  drop column day_count,
  drop column month_amount,
  drop column hours,
  drop column first_day,
  drop column last_day;

-- Eight windows of the token and, shifted by eight bits, as many within its scene.
alter table tokens.authorisation
  drop constraint authorisation_windows_check,
  add constraint authorisation_windows_check check (windows between 0 and 65535),
  -- Null for payments from before it was written down.
  add column country text collate "C" check (country ~ '^[A-Z]{2}$');

alter table tokens.token
  add column type text not null default 'on_file' collate "C"
    check (type in ('on_file', 'qr', 'hce', 'one_time')),
  add column assurance text not null default 'institution' collate "C"
    check (assurance in ('institution', 'signed_in', 'second_factor'));
alter table tokens.token alter column type drop default, alter column assurance drop default;

-- Who suspends a token for which cause; lifting takes the row away. A cause of which several may be
-- the setters, such as requestors of one token, stands until the last of them lifts it.
create table tokens.suspension (
  partition int  not null,
  token     uuid not null,
  cause     text not null collate "C"
              check (cause in ('holder', 'issuer', 'requestor', 'risk', 'sandbox')),
  setter    text not null collate "C" check (length(setter) between 1 and 80),
  at        timestamptz not null,
  primary key (partition, token, cause, setter)
);

create function tokens.bit_of(cause text) returns int
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select 1 << array_position(array['holder', 'issuer', 'requestor', 'risk', 'sandbox'], cause) - 1
$$;

-- The causes of a token are those of its suspensions, and nothing else writes them.
create function tokens.put_causes() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update tokens.token t set causes = s.bits
    from (select m.partition, m.token, coalesce(bit_or(tokens.bit_of(s.cause)), 0) as bits
            from (select distinct partition, token from moved) m
            left join tokens.suspension s on s.partition = m.partition and s.token = m.token
           group by m.partition, m.token) s
   where t.partition = s.partition and t.id = s.token;
  return null;
end $$;
revoke all on function tokens.put_causes() from public;

insert into tokens.suspension (partition, token, cause, setter, at)
  select t.partition, t.id, c.cause, c.cause, t.at
    from tokens.token t
    join unnest(array['holder', 'issuer', 'risk', 'sandbox']) c(cause)
      on t.causes & tokens.bit_of(c.cause) <> 0
  union all
  select distinct t.partition, t.id, 'requestor', r.organisation, t.at
    from tokens.token t
    join tokens.scene s on s.partition = t.partition and s.id = any(t.scenes)
    join tokens.requestor r on r.partition = s.partition and r.trid = s.trid
   where t.causes & tokens.bit_of('requestor') <> 0;

create trigger suspension_set after insert on tokens.suspension
  referencing new table as moved for each statement execute function tokens.put_causes();
create trigger suspension_lifted after delete on tokens.suspension
  referencing old table as moved for each statement execute function tokens.put_causes();

-- What a token's holder agreed to, by version and digest of the text; withdrawn when the token ends.
create table tokens.consent (
  partition int  not null,
  token     uuid not null,
  version   int  not null check (version >= 1),
  hash      text not null collate "C" check (hash ~ '^[0-9a-f]{64}$'),
  purpose   text not null collate "C" check (purpose ~ '^[a-z][a-z_]{0,39}$'),
  until     timestamptz not null,
  given     timestamptz not null,
  withdrawn timestamptz check (withdrawn >= given),
  primary key (partition, token),
  check (until > given)
);

-- A payment that its holder confirmed ahead of it, by a second factor; the newest for a merchant
-- counts, once.
create table tokens.confirmation (
  partition int  not null,
  id        uuid not null,
  token     uuid not null,
  merchant  text not null collate "C",
  amount    int8 not null check (amount > 0),
  at        timestamptz not null,
  until     timestamptz not null,
  primary key (partition, token, merchant, at, id),
  check (until > at)
);

revoke all on function tokens.bounds_hold(jsonb), tokens.are_terms(jsonb), tokens.bit_of(text)
  from public;
grant execute on function tokens.bounds_hold(jsonb), tokens.are_terms(jsonb) to sandbank_tokens;
grant select, insert, delete on tokens.suspension to sandbank_tokens;
grant select, insert on tokens.consent, tokens.confirmation to sandbank_tokens;
grant update (withdrawn) on tokens.consent to sandbank_tokens;
grant update (scenes) on tokens.token to sandbank_tokens;
revoke update (causes) on tokens.token from sandbank_tokens;

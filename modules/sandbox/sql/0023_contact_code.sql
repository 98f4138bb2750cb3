--! breaking: no
-- An address gets letters once somebody has typed in the code that was sent to it. The code is kept
-- nowhere: it follows from a key outside the database and the id of its row, and what is typed is
-- compared by its HMAC under the same key.

alter table sandbox.contact
  add column proven_at timestamptz check (proven_at >= opened_at),
  add column state text collate "C" not null generated always as (
    case when closed_at is not null then 'closed'
         when proven_at is not null then 'proven' else 'unproven' end) stored;

create table sandbox.contact_code (
  partition  int  not null,
  id         uuid not null,
  contact    uuid not null,
  digest     text not null collate "C" check (digest ~ '^[0-9a-f]{64}$'),
  -- By the machine's clock, as sessions are; until when it may be typed in.
  issued     timestamptz not null,
  expires    timestamptz not null check (expires > issued),
  -- How often something else was typed in.
  wrong      int not null default 0 check (wrong between 0 and 10),
  used_at    timestamptz,
  -- On its way to the address, as a dispatch is, by business time.
  state      text not null collate "C" check (state in ('waiting', 'sent', 'given_up', 'withdrawn')),
  at         timestamptz not null,
  settled_at timestamptz check (settled_at >= at),
  reason     text collate "C" check (reason ~ '^[a-z]+(_[a-z]+)*$'),
  primary key (partition, id),
  foreign key (partition, contact) references sandbox.contact deferrable initially deferred,
  check ((state = 'waiting') = (settled_at is null)),
  check ((state in ('given_up', 'withdrawn')) = (reason is not null))
);
create index contact_code_contact on sandbox.contact_code (partition, contact, issued desc);
create index contact_code_issued on sandbox.contact_code (partition, issued);

-- The moves of contact/contact.ts: a proof is not taken back, and nothing begins with one.
create function sandbox.keep_proven() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.proven_at is not null and new.proven_at is distinct from old.proven_at then
    raise exception 'contact % is proven', old.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_proven() from public;
create trigger keep_proven before update on sandbox.contact
  for each row execute function sandbox.keep_proven();
create trigger begin_unproven before insert on sandbox.contact
  for each row when (new.proven_at is not null or new.closed_at is not null)
  execute function sandbox.refuse_beginning();

-- A code goes out once, is used once, and what was counted against it stays counted.
create function sandbox.keep_code() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (new.state <> old.state and old.state <> 'waiting')
     or (old.used_at is not null and (new.used_at, new.wrong) is distinct from (old.used_at, old.wrong))
     or new.wrong not in (old.wrong, old.wrong + 1) then
    raise exception 'code % cannot change so', old.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_code() from public;
create trigger keep_code before update on sandbox.contact_code
  for each row execute function sandbox.keep_code();
create trigger begin_waiting before insert on sandbox.contact_code
  for each row when (new.state <> 'waiting' or new.wrong <> 0 or new.used_at is not null)
  execute function sandbox.refuse_beginning();

-- No address is proven without its code, and no letter goes to one that is not.
create function sandbox.proven_by_code() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from sandbox.contact_code k
                  where k.partition = new.partition and k.contact = new.id
                    and k.used_at is not null) then
    raise exception 'contact % was proven by no code', new.id using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.proven_by_code() from public;
create constraint trigger proven_by_code after update of proven_at on sandbox.contact
  deferrable initially deferred
  for each row when (new.proven_at is not null) execute function sandbox.proven_by_code();

create function sandbox.to_proven_only() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from sandbox.contact c
                  where c.partition = new.partition and c.id = new.contact
                    and c.proven_at is not null) then
    raise exception 'contact % is not proven', new.contact using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.to_proven_only() from public;
create trigger to_proven_only after insert on sandbox.dispatch
  for each row execute function sandbox.to_proven_only();

grant select, insert on sandbox.contact_code to sandbank_sandbox;
grant update (wrong, used_at, state, settled_at, reason) on sandbox.contact_code to sandbank_sandbox;
grant update (proven_at) on sandbox.contact to sandbank_sandbox;

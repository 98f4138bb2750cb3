--! breaking: no
-- Requestors and scenes have a life: a requestor is applied for and admitted by two, both can be
-- suspended and ended. Those that stood before go on as admitted and open. What lies on the way of a
-- step is said by `requestor/requestor.ts` and `scene/scene.ts`; this is the second lock.

alter table tokens.requestor
  add column state text not null default 'active' collate "C"
    check (state in ('applied', 'active', 'suspended', 'ended')),
  -- Hosts on which it takes payments; an answer is never sent to another.
  add column domains text[] not null default '{}' check (cardinality(domains) <= 20);
alter table tokens.requestor alter column state drop default, alter column domains drop default;

alter table tokens.scene
  add column state text not null default 'open' collate "C"
    check (state in ('open', 'suspended', 'ended'));
alter table tokens.scene alter column state drop default;

create function tokens.refuse_beginning() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'a row of % cannot begin so', tg_table_name using errcode = '23514';
end $$;
revoke all on function tokens.refuse_beginning() from public;
create trigger begin_applied before insert on tokens.requestor
  for each row when (new.state <> 'applied') execute function tokens.refuse_beginning();
create trigger begin_open before insert on tokens.scene
  for each row when (new.state <> 'open') execute function tokens.refuse_beginning();

create function tokens.move_requestor() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.state, new.state) not in (('applied', 'active'), ('active', 'suspended'),
       ('suspended', 'active'), ('applied', 'ended'), ('active', 'ended'), ('suspended', 'ended')) then
    raise exception 'requestor % cannot go from % to %', old.trid, old.state, new.state
      using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function tokens.move_requestor() from public;
create trigger move_requestor before update of state on tokens.requestor
  for each row execute function tokens.move_requestor();

create function tokens.move_scene() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.state, new.state) not in (('open', 'suspended'), ('suspended', 'open'),
       ('open', 'ended'), ('suspended', 'ended')) then
    raise exception 'scene % cannot go from % to %', old.id, old.state, new.state
      using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function tokens.move_scene() from public;
create trigger move_scene before update of state on tokens.scene
  for each row execute function tokens.move_scene();

grant update (state) on tokens.requestor, tokens.scene to sandbank_tokens;

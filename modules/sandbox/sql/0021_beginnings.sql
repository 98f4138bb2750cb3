--! breaking: no
-- The second lock where there was half of one: how a row begins, of those whose table of moves held
-- only its updates; a directive's moves as its table has them; a comment that is judged and answered
-- in two steps; words that were erased, and words that an act names.

-- What a row may not begin as stands with each trigger.
create function sandbox.refuse_beginning() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'a row of % cannot begin so', tg_table_name using errcode = '23514';
end $$;
revoke all on function sandbox.refuse_beginning() from public;
create trigger begin_in_force before insert on sandbox.directive
  for each row when (new.status <> 'in_force') execute function sandbox.refuse_beginning();
create trigger begin_reserved before insert on sandbox.permit
  for each row when (new.state <> 'reserved' or new.confirmed <> 0 or new.given_back <> 0)
  execute function sandbox.refuse_beginning();
create trigger begin_waiting before insert on sandbox.comment
  for each row when (new.state <> 'waiting' or new.answer is not null)
  execute function sandbox.refuse_beginning();
create trigger begin_open before insert on sandbox.consultation
  for each row when (new.ended <> '') execute function sandbox.refuse_beginning();
create trigger begin_requested before insert on sandbox.change_request
  for each row when (new.state <> 'requested') execute function sandbox.refuse_beginning();

-- An answer is given to what was admitted before.
create function sandbox.answer_what_was_admitted() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.state <> 'admitted' and new.answer is not null then
    raise exception 'comment % was not admitted', new.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.answer_what_was_admitted() from public;
create trigger answer_what_was_admitted before update on sandbox.comment
  for each row execute function sandbox.answer_what_was_admitted();

create or replace function sandbox.keep_lifted() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.status, new.status) not in (('in_force', 'effective'), ('in_force', 'lifted'),
       ('effective', 'lifted')) then
    raise exception 'directive % cannot go from % to %', old.id, old.status, new.status
      using errcode = '23514';
  end if;
  return new;
end $$;

-- Words that were erased stay so, and words that an act names are erased and never swept.
create function sandbox.keep_words() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if old.claimed then
      raise exception 'words % are named by an act', old.id using errcode = '23514';
    end if;
    return old;
  end if;
  if (old.erased_at is not null and new.erased_at is distinct from old.erased_at)
     or (old.claimed and not new.claimed) then
    raise exception 'words %: what was done is not undone', old.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_words() from public;
create trigger keep_words before update or delete on sandbox.wording
  for each row execute function sandbox.keep_words();

--! breaking: no
-- The second lock on a parked task: it begins open, is decided once, and is approved by somebody.
-- kernel/guard/task.ts has the table first, and a test compares. What was decided may still lose its
-- content: whom it is about may be erased.

create function guard.keep_to_the_task_table() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' or new.decided_by is not null then
      raise exception 'task % cannot begin as %', new.id, new.state using errcode = '23514';
    end if;
    return new;
  end if;
  if old.state <> 'open' and (new.state, new.decided_by, new.decided_at, new.reason)
       is distinct from (old.state, old.decided_by, old.decided_at, old.reason) then
    raise exception 'task % is %: it was decided', new.id, old.state using errcode = '23514';
  end if;
  if new.state = 'approved' and new.decided_by is null then
    raise exception 'task % is approved by nobody', new.id using errcode = '23514';
  end if;
  return new;
end $$;
revoke all on function guard.keep_to_the_task_table() from public;
create trigger keep_to_the_task_table before insert or update on guard.task
  for each row execute function guard.keep_to_the_task_table();

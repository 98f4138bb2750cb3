--! breaking: no
-- A pilot is made ready, and whatever follows, only with a user statement on record: the act that
-- arms it publishes the first one in the same commit.
create function sandbox.keep_ready_stated() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.state = 'ready' and not exists (select from sandbox.user_statement s
       where s.partition = new.partition and s.pilot = new.slug) then
    raise exception 'pilot % cannot become ready without a user statement', new.slug
      using errcode = '23514';
  end if;
  return null;
end $$;
revoke all on function sandbox.keep_ready_stated() from public;
create constraint trigger keep_ready_stated after update of state on sandbox.pilot
  deferrable initially deferred for each row execute function sandbox.keep_ready_stated();

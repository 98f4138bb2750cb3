--! breaking: no
-- What a finding rests on is a document on file, and the database asks for it a second time: a report
-- or an override that names one by its hash is kept only if somebody has filed it. Those that came
-- before stay as they are. Whose filing counts is for modules/sandbox/graduating/evidence.ts.

alter table sandbox.evaluation_override
  add column evidence text check (evidence ~ '^[0-9a-f]{64}$');

create function sandbox.keep_evidence_on_file() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  missing text;
begin
  select c.hash into missing
    from (select e #>> '{}' as hash
            from jsonb_path_query(to_jsonb(new), '$.**.evidence ? (@.type() == "string")') e) c
   where not exists (select from sandbox.attachment a
                      where a.partition = new.partition and a.hash = c.hash)
   limit 1;
  if missing is not null then
    raise exception 'no document with the hash % is on file', missing using errcode = '23503';
  end if;
  return new;
end $$;
revoke all on function sandbox.keep_evidence_on_file() from public;
create trigger keep_evidence_on_file before insert on sandbox.evaluation_report
  for each row execute function sandbox.keep_evidence_on_file();
create trigger keep_evidence_on_file before insert on sandbox.evaluation_override
  for each row execute function sandbox.keep_evidence_on_file();

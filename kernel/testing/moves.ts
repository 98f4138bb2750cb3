/**
 * Which moves the database makes of a table of states, and which beginnings: tried one by one on a
 * copy of the table, without rows beside it and with its triggers as they stand.
 */
import { statement, type Store } from "../store/index.ts";

/** Columns of a row that stands in a state. */
export type StandingRow = Readonly<Record<string, string | null>>;

const COPY = `create function pg_temp.copy_of(place text, name text) returns void
language plpgsql as $$
declare c record;
begin
  execute format('create temp table %I (like %s including defaults)', name, place);
  for c in select a.attname as col from pg_attribute a
            where a.attrelid = place::regclass and a.attnum > 0 and a.attnotnull loop
    execute format('alter table pg_temp.%I alter column %I drop not null', name, c.col);
  end loop;
  for c in select pg_get_triggerdef(t.oid) as def from pg_trigger t
            where t.tgrelid = place::regclass and not t.tgisinternal and t.tgtype & 2 = 2 loop
    execute replace(c.def, ' ON ' || place || ' ', format(' ON pg_temp.%I ', name));
  end loop;
end $$`;

const TRY = `create function pg_temp.tried(name text, rows jsonb)
returns table (from_state text, to_state text) language plpgsql as $$
declare
  f text; t text; sets text; place text := format('pg_temp.%I', name);
begin
  for f in select jsonb_object_keys(rows) loop
    begin
      execute format('insert into %s select * from jsonb_populate_record(null::%s, $1)', place, place)
        using rows -> f;
      from_state := null; to_state := f;
      return next;
    exception when check_violation then null;
    end;
    execute format('truncate %s', place);
    for t in select jsonb_object_keys(rows) loop
      continue when t = f;
      execute format('alter table %s disable trigger user', place);
      execute format('insert into %s select * from jsonb_populate_record(null::%s, $1)', place, place)
        using rows -> f;
      execute format('alter table %s enable trigger user', place);
      select string_agg(format('%I = (jsonb_populate_record(null::%s, $1)).%I', k, place, k), ', ')
        into sets from jsonb_object_keys(rows -> t) k;
      begin
        execute format('update %s set %s', place, sets) using rows -> t;
        from_state := f; to_state := t;
        return next;
      exception when check_violation then null;
      end;
      execute format('truncate %s', place);
    end loop;
  end loop;
end $$`;

/**
 * What the database makes of every state against every other, as `open → closed`, and of every
 * beginning, as `nothing → open`. `place` is the table with its schema.
 */
export async function triedMoves(
  owner: Store,
  place: string,
  rows: Readonly<Record<string, StandingRow>>,
): Promise<string[]> {
  const name = place.slice(place.indexOf(".") + 1);
  return owner.transaction(async (tx) => {
    await tx.query(statement("test.copy_of", COPY));
    await tx.query(statement("test.tried", TRY));
    await tx.query(statement("test.copy", "select pg_temp.copy_of($1, $2)"), [place, name]);
    const asked = statement("test.try", "select * from pg_temp.tried($1, $2::jsonb)");
    const found = await tx.query<{ from_state: string | null; to_state: string }>(asked, [
      ...[name, JSON.stringify(rows)],
    ]);
    for (const one of ["copy_of(text, text)", "tried(text, jsonb)"]) {
      await tx.query(statement(`test.drop ${one}`, `drop function pg_temp.${one}`));
    }
    await tx.query(statement(`test.drop ${name}`, `drop table pg_temp.${name}`));
    return found.map(({ from_state: from, to_state: to }) => `${from ?? "nothing"} → ${to}`);
  });
}

/**
 * The mark that Sandbank leaves in a database: in which mode it was made. A demo never enters a
 * database that holds anything else, and neither mode enters the other's.
 */
import type pg from "pg";
import { StoreProblem } from "./problem.ts";

/** Demo: invented people, links, a clock to turn. Live: none of it. */
export type Mode = "demo" | "live";

/** Marks an empty database as ours, or checks the mark. Throws `not_created_by_sandbank`, `other_mode`. */
export async function claim(client: pg.ClientBase, mode: Mode, database: string): Promise<void> {
  const found = await markedMode(client);
  if (found !== undefined && found !== mode) {
    throw new StoreProblem("other_mode", { database, found, asked: mode });
  }
  if (found !== undefined) return;
  if (mode === "demo" && (await holdsAnything(client))) {
    throw new StoreProblem("not_created_by_sandbank", { database });
  }
  await client.query(`
    create schema if not exists sandbank;
    create table if not exists sandbank.store (
      one  boolean primary key default true check (one),
      mode text not null check (mode in ('demo', 'live'))
    );`);
  await client.query("insert into sandbank.store (mode) values ($1) on conflict do nothing", [
    mode,
  ]);
}

async function markedMode(client: pg.ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('sandbank.store') is not null as there",
  );
  if (!rows[0]?.there) return undefined;
  const marked = await client.query<{ mode: string }>("select mode from sandbank.store");
  return marked.rows[0]?.mode;
}

/** True if there is a relation or a function that PostgreSQL or an extension did not bring. */
async function holdsAnything(client: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(`
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    union all
    select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     limit 1`);
  return (rowCount ?? 0) > 0;
}

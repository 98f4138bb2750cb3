/**
 * Brings a database to the schema of this program: numbered files, forward only, each in its own
 * transaction, recorded with its SHA-256. It refuses a file changed after it was applied and a
 * database that knows files this program does not.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import pg from "pg";
import { StoreProblem } from "./problem.ts";
import type { Migrations } from "./tx.ts";

/** Held while migrating, so that two programs starting together take turns. */
const MIGRATION_LOCK = 7_305_801_001n;
const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
const DISK_FULL = "53100";
const FIRST_LINE = /^--! breaking: (yes|no)\b/;

/** One file, read. */
export interface MigrationFile {
  readonly schema: string;
  readonly file: string;
  readonly sha256: string;
  readonly breaking: boolean;
  readonly text: string;
}

/** All files in the order they apply: sets in the order given, files by number. */
export function readMigrations(sets: readonly Migrations[]): MigrationFile[] {
  return sets.flatMap(({ schema, folder }) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".sql"))
      .toSorted()
      .map((file) => readMigration(schema, file, new URL(basename(file), folder))),
  );
}

function readMigration(schema: string, file: string, url: URL): MigrationFile {
  const text = readFileSync(url, "utf8");
  const first = FIRST_LINE.exec(text);
  if (!FILE_NAME.test(file) || !first) {
    throw new StoreProblem("migration_misnamed", { file: `${schema}/${file}` });
  }
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { schema, file, sha256, breaking: first[1] === "yes", text };
}

/**
 * Applies what is missing, as the owner who is logged in on `client`. Returns what was applied.
 * Throws StoreProblem `program_too_old`, `migration_changed`, `migration_failed`; after any of them the
 * database stands as the last good file left it.
 */
export async function migrate(
  client: pg.ClientBase,
  files: readonly MigrationFile[],
): Promise<MigrationFile[]> {
  await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
  try {
    await client.query(RECORD);
    const applied = await appliedFiles(client);
    refuseUnknown(files, applied);
    const missing = files.filter((file) => !applied.has(`${file.schema}/${file.file}`));
    for (const file of missing) await apply(client, file);
    return missing;
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
  }
}

/** Refuses a database whose schema is not exactly that of the files; applies nothing. */
export async function refuseOtherSchema(
  client: pg.ClientBase,
  files: readonly MigrationFile[],
): Promise<void> {
  const applied = await appliedFiles(client);
  refuseUnknown(files, applied);
  const missing = files.find((file) => !applied.has(`${file.schema}/${file.file}`));
  if (missing)
    throw new StoreProblem("store_behind", { file: `${missing.schema}/${missing.file}` });
}

/** `applied_at` is for people who look after the database; nothing of the business reads it. */
const RECORD = `
  create schema if not exists sandbank;
  create table if not exists sandbank.migration (
    schema     text not null collate "C",
    file       text not null collate "C",
    sha256     text not null,
    breaking   boolean not null,
    position   int8 generated always as identity,
    applied_at timestamptz not null default clock_timestamp(),
    primary key (schema, file)
  );`;

async function appliedFiles(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    "select schema || '/' || file as name, sha256 from sandbank.migration order by position",
  );
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseUnknown(files: readonly MigrationFile[], applied: Map<string, string>): void {
  const known = new Map(files.map((file) => [`${file.schema}/${file.file}`, file.sha256]));
  for (const [file, sha256] of applied) {
    const ours = known.get(file);
    if (ours === undefined) throw new StoreProblem("program_too_old", { file });
    if (ours !== sha256) throw new StoreProblem("migration_changed", { file });
  }
}

async function apply(client: pg.ClientBase, file: MigrationFile): Promise<void> {
  try {
    await client.query("begin");
    await client.query(file.text);
    await client.query(
      "insert into sandbank.migration (schema, file, sha256, breaking) values ($1, $2, $3, $4)",
      [file.schema, file.file, file.sha256, file.breaking],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (error.code === DISK_FULL)
      throw new StoreProblem("disk_full", { folder: "PostgreSQL" }, error);
    const line = lineOf(file.text, error);
    const reason = line === undefined ? error.message : `${error.message}, line ${line}`;
    throw new StoreProblem(
      "migration_failed",
      { file: `${file.schema}/${file.file}`, reason },
      error,
    );
  }
}

function lineOf(text: string, error: pg.DatabaseError): number | undefined {
  if (error.position === undefined) return undefined;
  return text.slice(0, Number(error.position)).split("\n").length;
}

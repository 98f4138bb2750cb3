/**
 * Copies the folder of the embedded server while it works, by PostgreSQL's low-level backup API, with
 * the WAL that makes the copy whole and a manifest of every file's SHA-256. It backs up no external
 * server: those have better tools. A backup holds the roles' passwords; it is as secret as the store.
 */
import { constants } from "node:fs";
import { access, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type pg from "pg";
import { machineNow } from "../clock/index.ts";
import { type BackupFile, copyHashed, syncTree, writeHashed } from "./copy.ts";
import type { Database } from "./database.ts";
import { folderProblem, type StoreFolder } from "./folder.ts";
import { superuserLogin } from "./keeper.ts";
import { StoreProblem } from "./problem.ts";
import { connectClient } from "./session.ts";
import { statement } from "./tx.ts";
import { timestamptz } from "./wire.ts";

/** What a backup says of itself, in `manifest.json`. Paths are relative, with forward slashes. */
export interface BackupManifest {
  readonly format: "sandbank-backup-1";
  readonly takenAt: string;
  readonly serverVersion: string;
  /** The copy is whole from here … */
  readonly startLsn: string;
  /** … and holds every commit acknowledged before this point. */
  readonly stopLsn: string;
  readonly migrations: readonly { readonly file: string; readonly sha256: string }[];
  /** Folders, the empty ones too: PostgreSQL misses each of its own. */
  readonly folders: readonly string[];
  readonly files: readonly BackupFile[];
}

/** Files that a running server makes for itself and that a copy must not have. */
const LEFT_OUT_FILES = new Set([
  "postmaster.pid",
  "postmaster.opts",
  "backup_label",
  "tablespace_map",
]);
/** Folders that a copy keeps but empty. */
const EMPTIED = new Set([
  ...["pg_wal", "pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots"],
  ...["pg_stat_tmp", "pg_subtrans"],
]);

const MIGRATIONS = statement(
  "store.backup_migrations",
  "select schema || '/' || file as file, sha256 from sandbank.migration order by position",
);

/**
 * Takes a backup into `target`, which must be absent or empty. Writes go on meanwhile. Throws
 * StoreProblem `backup_needs_embedded`, `folder_not_empty`, `folder_not_writable`, `disk_full`.
 */
export async function backup(database: Database, folder: string): Promise<BackupManifest> {
  const { kept } = database;
  const target = resolve(folder);
  if (!kept) throw new StoreProblem("backup_needs_embedded", {});
  const server = kept.current();
  try {
    await makeEmpty(target);
    const client = await connectClient(superuserLogin(server, "postgres"));
    try {
      const copied = await copyLive(client, server.folder, target);
      const migrations =
        await database.owner.query<BackupManifest["migrations"][number]>(MIGRATIONS);
      return await seal(target, { ...copied, migrations: migrations.map((row) => ({ ...row })) });
    } finally {
      await client.end();
    }
  } catch (error) {
    throw folderProblem(target, error);
  }
}

/** Makes a folder or makes sure that it is empty. */
export async function makeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.W_OK | constants.X_OK);
  const found = await readdir(folder);
  if (found.length > 0) throw new StoreProblem("folder_not_empty", { folder });
}

type Copied = Pick<BackupManifest, "startLsn" | "stopLsn" | "serverVersion" | "files">;

/** The slot keeps all WAL from the start on; it is temporary and goes with the session. */
async function copyLive(client: pg.Client, folder: StoreFolder, target: string): Promise<Copied> {
  const slot = `sandbank_backup_${process.pid}`;
  await client.query("select pg_create_physical_replication_slot($1, true, true)", [slot]);
  const start = await one<{ lsn: string; segment: string; version: string }>(
    client,
    `select lsn::text, pg_walfile_name(lsn) as segment, current_setting('server_version') as version
       from pg_backup_start('sandbank', fast => true) as lsn`,
  );
  const files = await copyTree(folder.pgdata, join(target, "postgres"));
  const stop = await one<{ lsn: string; segment: string; labelfile: string }>(
    client,
    `select lsn::text, pg_walfile_name(lsn) as segment, labelfile
       from pg_backup_stop(wait_for_archive => false)`,
  );
  files.push(await writeHashed(stop.labelfile, target, "postgres/backup_label"));
  files.push(...(await copyWal(folder, target, { first: start.segment, last: stop.segment })));
  files.push(await copyHashed(folder.passwords, target, "roles.json"));
  return { startLsn: start.lsn, stopLsn: stop.lsn, serverVersion: start.version, files };
}

async function one<R extends object>(client: pg.Client, text: string): Promise<R> {
  const { rows } = await client.query<R>(text);
  if (!rows[0]) throw new Error(`no answer: ${text}`);
  return rows[0];
}

/** Files may vanish or grow while they are read: replaying the WAL puts both right. */
async function copyTree(from: string, to: string): Promise<BackupFile[]> {
  await mkdir(to, { mode: 0o700 });
  const files: BackupFile[] = [];
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(from.length + 1);
    if (isLeftOut(path)) continue;
    if (entry.isDirectory()) await mkdir(join(to, path), { recursive: true, mode: 0o700 });
    if (!entry.isFile()) continue;
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    const copied = await copyHashed(join(from, path), dirname(to), `postgres/${path}`).catch(
      ifGone,
    );
    if (copied) files.push(copied);
  }
  return files;
}

function isLeftOut(path: string): boolean {
  const steps = path.split("/");
  const [top = "", next] = steps;
  if (EMPTIED.has(top) && next !== undefined) return true;
  return LEFT_OUT_FILES.has(path) || steps.some((step) => step.startsWith("pgsql_tmp"));
}

function ifGone(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  return undefined;
}

interface Segments {
  readonly first: string;
  readonly last: string;
}

/** Segment names order as text within a timeline; history files of timelines come along. */
async function copyWal(
  folder: StoreFolder,
  target: string,
  range: Segments,
): Promise<BackupFile[]> {
  const from = join(folder.pgdata, "pg_wal");
  const names = (await readdir(from)).toSorted();
  const wanted = names.filter(
    (name) =>
      name.endsWith(".history") ||
      (/^[0-9A-F]{24}$/.test(name) && name >= range.first && name <= range.last),
  );
  if (!wanted.includes(range.first) || !wanted.includes(range.last)) {
    throw new Error("WAL of the backup is missing");
  }
  await mkdir(join(target, "postgres", "pg_wal", "archive_status"), {
    recursive: true,
    mode: 0o700,
  });
  await mkdir(join(target, "postgres", "pg_wal", "summaries"), { recursive: true, mode: 0o700 });
  const files: BackupFile[] = [];
  for (const name of wanted) {
    files.push(await copyHashed(join(from, name), target, `postgres/pg_wal/${name}`));
  }
  return files;
}

async function seal(
  target: string,
  copied: Copied & Pick<BackupManifest, "migrations">,
): Promise<BackupManifest> {
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1));
  const manifest: BackupManifest = {
    format: "sandbank-backup-1",
    takenAt: timestamptz(machineNow()),
    ...copied,
    folders: folders.toSorted(),
    files: copied.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  await syncTree(target);
  await writeFile(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`, {
    mode: 0o600,
    flush: true,
  });
  return manifest;
}

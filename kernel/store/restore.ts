/**
 * Turns a backup into a store again. Every file is checked against the manifest before anything is
 * written and again as it is copied; then the server starts once on the result, replays its WAL, and
 * must have the schema that the manifest records. It never writes over an existing store.
 */
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type BackupManifest, makeEmpty } from "./backup.ts";
import { copyHashed, readHashed, syncTree } from "./copy.ts";
import { startServer } from "./embedded.ts";
import { folderProblem } from "./folder.ts";
import { superuserLogin } from "./keeper.ts";
import { errnoOf, StoreProblem } from "./problem.ts";
import { asClient } from "./session.ts";

const DATABASE = "sandbank";

/**
 * Restores the backup in `folder` to `target`, a folder for `openDatabase` that must be absent or
 * empty. Returns the manifest. Throws StoreProblem `backup_damaged`, `folder_not_empty`,
 * `folder_not_writable`, `disk_full`, `folder_of_other_version`.
 */
export async function restore(folder: string, target: string): Promise<BackupManifest> {
  const from = resolve(folder);
  const to = resolve(target);
  const manifest = await readManifest(from);
  await verifyFiles(from, manifest);
  try {
    await makeEmpty(to);
    await copyBack(manifest, { from, to });
    await verifyServer(to, manifest);
    return manifest;
  } catch (error) {
    throw folderProblem(to, error);
  }
}

/** Checks every file of a backup against its manifest. Throws `backup_damaged` at the first that differs. */
export async function verifyBackup(folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(resolve(folder));
  await verifyFiles(resolve(folder), manifest);
  return manifest;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const file = "manifest.json";
  try {
    const manifest = JSON.parse(await readFile(join(folder, file), "utf8")) as BackupManifest;
    if (manifest.format !== "sandbank-backup-1") throw new Error("unknown format");
    const paths = [...manifest.files.map(({ path }) => path), ...manifest.folders];
    const outside = paths.find((path) => path.split("/").includes("..") || path.startsWith("/"));
    if (outside !== undefined) throw new Error(`${outside} leads outside`);
    return manifest;
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : "unreadable", error);
  }
}

async function verifyFiles(folder: string, manifest: BackupManifest): Promise<void> {
  const listed = new Set(["manifest.json", ...manifest.files.map(({ path }) => path)]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (!entry.isDirectory() && !listed.has(path)) throw damaged(path, "not in the manifest");
  }
  for (const file of manifest.files) {
    const found = await readHashed(join(folder, file.path)).catch((error: unknown) => {
      throw damaged(file.path, errnoOf(error) ?? "unreadable", error);
    });
    if (found.bytes !== file.bytes) throw damaged(file.path, `${found.bytes} bytes`);
    if (found.sha256 !== file.sha256) throw damaged(file.path, "another SHA-256");
  }
}

interface Ends {
  readonly from: string;
  readonly to: string;
}

/** The rows come to their final name last, so that a killed restore is never taken for a store. */
async function copyBack(manifest: BackupManifest, { from, to }: Ends): Promise<void> {
  const place = (path: string): string => path.replace(/^postgres(?=\/|$)/, "postgres.making");
  for (const path of manifest.folders) {
    await mkdir(join(to, place(path)), { recursive: true, mode: 0o700 });
  }
  for (const file of manifest.files) {
    const copied = await copyHashed(join(from, file.path), to, place(file.path));
    if (copied.sha256 !== file.sha256) throw damaged(file.path, "another SHA-256");
  }
  await syncTree(to);
  await rename(join(to, "postgres.making"), join(to, "postgres"));
}

async function verifyServer(to: string, manifest: BackupManifest): Promise<void> {
  const server = await startServer({ folder: to, durable: true });
  try {
    const recorded = await asClient(superuserLogin(server, DATABASE), async (client) => {
      const { rows } = await client.query<BackupManifest["migrations"][number]>(
        "select schema || '/' || file as file, sha256 from sandbank.migration order by position",
      );
      return rows;
    });
    if (JSON.stringify(recorded) !== JSON.stringify(manifest.migrations)) {
      throw damaged("sandbank.migration", "another schema than recorded");
    }
  } catch (error) {
    await server.stop();
    await rm(join(to, "postgres"), { recursive: true, force: true });
    throw error;
  }
  await server.stop();
}

function damaged(file: string, reason: string, cause?: unknown): StoreProblem {
  return new StoreProblem("backup_damaged", { file, reason }, cause);
}

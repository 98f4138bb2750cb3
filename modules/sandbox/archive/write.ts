/**
 * Writes an archive: the pilot's logs as static files up to one checkpoint, every version of its
 * declaration and of its policies, and the hashes of its facts. Personal data do not go into it: the
 * facts stand there by hash alone. Writing starts from nothing each time and ends with a rename, so
 * a folder that has its final name is whole.
 */
import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Canonical, canonicalJson, tilePath, tilesBetween } from "@sandbank/kernel/evidence";
import { stopPoint } from "@sandbank/kernel/guard";
import type { Store } from "@sandbank/kernel/store";
import { type ArchivePlaces, type LogFolder, SANDBOX_PARTITION } from "../ports.ts";
import { readDeclarationVersions, readPolicyVersions, type VersionRow } from "./archive.store.ts";
import { MANIFEST, type Manifest, manifestOf, sizeOf } from "./manifest.ts";

/** Places between the steps of writing and restoring at which a test may kill. */
export const ARCHIVE_STOPS = [
  ...["archive_begun", "archive_logs", "archive_drafted", "archive_cleared", "archive_named"],
  ...["restore_copied", "restore_read"],
] as const;
export type ArchiveStop = (typeof ARCHIVE_STOPS)[number];
const stop: (name: ArchiveStop) => void = stopPoint;

/** Which archive of which pilot. */
export interface ArchiveName {
  readonly pilot: string;
  readonly number: number;
}

interface Ports {
  readonly store: Store;
  readonly archives: ArchivePlaces;
}

/** The folder of an archive. */
function placeOf({ archives }: Ports, { pilot, number }: ArchiveName): string {
  return join(archives.folder(pilot), `archive-${number}`);
}

/** Writes the archive and answers with its manifest. */
export async function writeArchive(ports: Ports, name: ArchiveName): Promise<Manifest> {
  const place = placeOf(ports, name);
  const draft = `${place}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  stop("archive_begun");
  for (const log of ports.archives.logs(name.pilot)) await copyLog(log, draft);
  stop("archive_logs");
  const [declarations, policies] = await Promise.all([
    readDeclarationVersions(ports.store, SANDBOX_PARTITION, name.pilot),
    readPolicyVersions(ports.store, SANDBOX_PARTITION, name.pilot),
  ]);
  await writeVersions(join(draft, "declarations"), declarations);
  await writeVersions(join(draft, "policies"), policies);
  await writeFacts(ports, name.pilot, draft);
  const manifest = await manifestOf(draft, name);
  await writeFile(join(draft, MANIFEST), canonicalJson(manifest as unknown as Canonical));
  stop("archive_drafted");
  await rm(place, { recursive: true, force: true });
  stop("archive_cleared");
  await rename(draft, place);
  stop("archive_named");
  return manifest;
}

/** Restores a copy of the archive beside it and answers with the manifest that the copy gives. */
export async function restoreArchive(ports: Ports, name: ArchiveName): Promise<Manifest> {
  const place = placeOf(ports, name);
  const copy = `${place}.restored`;
  await rm(copy, { recursive: true, force: true });
  try {
    await cp(place, copy, { recursive: true });
    stop("restore_copied");
    const manifest = await manifestOf(copy, name);
    stop("restore_read");
    return manifest;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The checkpoint first: what it covers is whole, whatever is published while we copy. */
async function copyLog({ partition, folder }: LogFolder, draft: string): Promise<void> {
  const checkpoint = await readFile(join(folder, "checkpoint"), "utf8");
  const size = sizeOf(checkpoint);
  if (size === undefined) throw new Error(`the checkpoint of ${folder} does not read`);
  const to = join(draft, "logs", String(partition));
  await mkdir(to, { recursive: true });
  await writeFile(join(to, "checkpoint"), checkpoint);
  for (const { level, index, width } of tilesBetween(0, size)) {
    const path = tilePath(level, index, width);
    const full = tilePath(level, index);
    await mkdir(dirname(join(to, path)), { recursive: true });
    // A partial tile goes once the full one stands; then the full one is what there is.
    await copyFile(join(folder, path), join(to, path)).catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      await copyFile(join(folder, full), join(to, full));
    });
  }
}

async function writeVersions(folder: string, rows: readonly VersionRow[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { version, hash, body } of rows) {
    const text = canonicalJson(body as Canonical);
    const found = createHash("sha256").update(text).digest("hex");
    if (found !== hash) throw new Error(`version ${version} of ${folder} has not the hash ${hash}`);
    await writeFile(join(folder, `${String(version).padStart(4, "0")}-${hash}.json`), text);
  }
}

/** Of the facts of each partition: how many lines, and the hash over all of them. */
async function writeFacts(ports: Ports, pilot: string, draft: string): Promise<void> {
  const facts = [];
  for (const { partition } of ports.archives.logs(pilot)) {
    const hash = createHash("sha256");
    let lines = 0;
    for await (const line of ports.archives.facts(partition)) {
      hash.update(`${line}\n`);
      lines += 1;
    }
    facts.push({ partition, lines, sha256: hash.digest("hex") });
  }
  await writeFile(join(draft, "facts.json"), canonicalJson(facts));
}

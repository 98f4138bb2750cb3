/**
 * What an archive holds, file by file, and the one hash over all of it: SHA-256 of the manifest's
 * canonical JSON. Whoever has the folder computes the same hash from the bytes alone.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import {
  type Canonical,
  canonicalJson,
  folderSource,
  readCheckpoint,
  readNote,
  sha256Hex,
  verifyLog,
} from "@sandbank/kernel/evidence";
import { isRefusal } from "@sandbank/kernel/words";

export interface ArchivedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A log up to its checkpoint. */
export interface ArchivedLog {
  readonly folder: string;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

export interface Manifest {
  readonly t: "archive";
  readonly pilot: string;
  readonly number: number;
  readonly files: readonly ArchivedFile[];
  readonly logs: readonly ArchivedLog[];
}

/** Files of an archive at most; beyond it something else lies in the folder. */
const FILES_MAX = 1_000_000;

/** The hash of a manifest: what is put on record and published. */
export function manifestHash(manifest: Manifest): string {
  return sha256Hex(canonicalJson(manifest as unknown as Canonical));
}

/**
 * The manifest of a folder, from its bytes: every file hashed, every log walked from its first leaf
 * to its checkpoint. Throws where a log does not verify, and names what is wrong.
 */
export async function manifestOf(
  folder: string,
  of: { readonly pilot: string; readonly number: number },
): Promise<Manifest> {
  const files = await filesOf(folder);
  const logs: ArchivedLog[] = [];
  const folders = files
    .map(({ path }) => /^(logs\/[^/]+)\/checkpoint$/.exec(path)?.[1])
    .filter((path) => path !== undefined);
  for (const path of folders) logs.push(await logOf(folder, path));
  return { t: "archive", ...of, files, logs };
}

async function logOf(folder: string, path: string): Promise<ArchivedLog> {
  const source = folderSource(join(folder, path));
  const verified = await verifyLog({ source });
  if (verified.finding !== undefined) {
    throw new Error(`${path} does not verify: ${verified.finding.code}`);
  }
  return { folder: path, origin: verified.origin, size: verified.size, root: verified.root };
}

/** Every file below a folder, in order of its path, with length and hash. */
async function filesOf(folder: string): Promise<ArchivedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => path !== MANIFEST)
    .sort();
  if (paths.length > FILES_MAX) throw new Error(`${folder} holds more files than an archive may`);
  const files: ArchivedFile[] = [];
  for (const path of paths) {
    const bytes = await readFile(join(folder, path));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.push({ path, bytes: bytes.length, sha256 });
  }
  return files;
}

/** Name of the manifest's own file, which is not part of what it lists. */
export const MANIFEST = "manifest.json";

/** Size of a log by its checkpoint file; undefined where there is none that reads. */
export function sizeOf(checkpoint: string): number | undefined {
  const note = readNote(checkpoint);
  const read = isRefusal(note) ? note : readCheckpoint(note.text);
  return isRefusal(read) ? undefined : read.size;
}

/**
 * Copies files into and out of a backup, each hashed as its bytes pass. `syncTree` brings all of them
 * to the disk, which is due before a copy counts as made.
 */
import { createHash } from "node:crypto";
import { mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A file of a backup; the path is relative, with forward slashes. */
export interface BackupFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

const CHUNK_BYTES = 1024 * 1024;

/** Copies one file to `path` below `root` and says what was written. */
export async function copyHashed(from: string, root: string, path: string): Promise<BackupFile> {
  const source = await open(from, "r");
  try {
    await mkdir(dirname(join(root, path)), { recursive: true, mode: 0o700 });
    const target = await open(join(root, path), "wx", 0o600);
    try {
      const read = await pass(source, async (chunk) => void (await target.write(chunk)));
      return { path, ...read };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Writes a small file of a backup and says what was written. */
export async function writeHashed(text: string, root: string, path: string): Promise<BackupFile> {
  const bytes = Buffer.from(text, "utf8");
  const target = await open(join(root, path), "wx", 0o600);
  try {
    await target.write(bytes);
  } finally {
    await target.close();
  }
  return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The length and hash of a file. */
export async function readHashed(path: string): Promise<Omit<BackupFile, "path">> {
  const source = await open(path, "r");
  try {
    return await pass(source, async () => {});
  } finally {
    await source.close();
  }
}

async function pass(
  source: Awaited<ReturnType<typeof open>>,
  take: (chunk: Buffer) => Promise<void>,
): Promise<Omit<BackupFile, "path">> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let bytes = 0; ;) {
    const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES);
    if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await take(chunk);
    bytes += bytesRead;
  }
}

/** How many files are on their way to the disk at once: the disk joins what waits together. */
const SYNCS_AT_ONCE = 32;

/** Makes all files and folders below a folder, and itself, survive a power cut. */
export async function syncTree(root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  paths.push(root);
  const next = paths.values();
  const work = async (): Promise<void> => {
    for (const path of next) await syncOne(path);
  };
  await Promise.all(Array.from({ length: SYNCS_AT_ONCE }, work));
}

async function syncOne(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Key files of logs and witnesses, and beside each what it last signed, outside any database. Files
 * are written whole or not at all, and synced before anything that rests on them is said.
 *
 * | file | owner | rotation | loss |
 * |---|---|---|---|
 * | `<keys>/<origin>.key` | the operator of the log, mode 0600 | stop, publish a last checkpoint, open a log under an origin of its own with a new key, announce both vkeys; the old tiles stay | the log cannot go on: keep tiles and last checkpoint, open a new log whose first leaf names the old origin, size and root |
 * | `<keys>/<origin>.signed.json` | the same | none: it only moves forward | take size and root from the newest cosigned checkpoint of a witness before anything is signed |
 * | `<folder>/<name>.key` | the witness alone | a new name and vkey, announced to the logs it serves; both cosign for a while | a new name and vkey; what it saw must be taken from the logs' own witnessed checkpoints |
 * | `<folder>/<origin>.signed.json` | the witness alone | none | as above; until then it must not run, since it would start from nothing |
 *
 * A stolen log key shows as two checkpoints that no consistency proof joins: witnesses refuse the
 * second, and whoever holds both can prove it.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { renameSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { type KeyKind, newSigner, readSigner, type Signer } from "./note.ts";

export interface WriteOptions {
  /** Permission bits; 0644 unless told. */
  readonly mode?: number;
  /** False where the caller syncs the folders of many files at once. */
  readonly syncFolder?: boolean;
}

/** Writes a file so that after a crash either the old or the new content stands, whole; answers with its folder. */
export function writeDurably(
  path: string,
  content: string | Uint8Array,
  { mode = 0o644, syncFolder = true }: WriteOptions = {},
): string {
  const folder = dirname(path);
  makeFolder(folder);
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, "w", mode);
  try {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  if (syncFolder) syncFolders([folder]);
  return folder;
}

/** Makes a folder and syncs those above it that are new, so that the folder outlives a crash. */
function makeFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made === undefined) return;
  const above: string[] = [];
  for (let at = folder; at.length >= made.length; at = dirname(at)) above.push(dirname(at));
  syncFolders(above);
}

/** Puts names of files on disk. */
export function syncFolders(folders: Iterable<string>): void {
  for (const folder of folders) {
    const file = openSync(folder, "r");
    fsyncSync(file);
    closeSync(file);
  }
}

/**
 * The signer of a name, made at its first use. Throws where something was signed under the name and
 * its key is gone, or where others may read the key: both need a person.
 */
export function keepSigner(folder: string, name: string, kind: KeyKind): Signer {
  const path = join(folder, `${name.replaceAll("/", "~")}.key`);
  if (existsSync(path)) {
    if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
      throw new Error(`the key file ${path} can be read by others: chmod 600 it`);
    }
    return readSigner(readFileSync(path, "utf8"));
  }
  if (lastSigned(folder, name)) {
    throw new Error(`the key file ${path} is gone, and ${name} has signed before: restore it`);
  }
  const { signer, secret } = newSigner(name, kind);
  writeDurably(path, `${secret}\n`, { mode: 0o600 });
  return signer;
}

/** What was last signed of a log. */
export interface Signed {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** The checkpoint as a witness cosigned it. */
  readonly note?: string;
}

function signedPath(folder: string, origin: string): string {
  return join(folder, `${origin.replaceAll("/", "~")}.signed.json`);
}

/** What was last signed of a log, or nothing yet. A file that cannot be read is a fault. */
export function lastSigned(folder: string, origin: string): Signed | undefined {
  const path = signedPath(folder, origin);
  if (!existsSync(path)) return undefined;
  const signed = JSON.parse(readFileSync(path, "utf8")) as Signed;
  if (!Number.isSafeInteger(signed.size) || typeof signed.root !== "string") {
    throw new Error(`${path} does not say what was signed`);
  }
  return signed;
}

export function keepSigned(folder: string, origin: string, signed: Signed): void {
  writeDurably(signedPath(folder, origin), `${JSON.stringify(signed)}\n`, { mode: 0o600 });
}

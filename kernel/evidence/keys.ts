/**
 * Key files of a log or a witness: `<folder>/<name>.key`, readable by their owner alone, and beside
 * them what was last signed. Owner: whoever runs the process. Rotation: a new key under a new name,
 * announced in the log before it is used. Loss: the log goes on under a new key and the old tiles
 * still verify; a stolen key shows, since witnesses keep what they saw.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { type KeyKind, newSigner, readSigner, type Signer } from "./note.ts";

/** Writes a file so that after a crash either the old or the new content stands, whole. */
export function writeDurably(path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
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
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}

/** The signer of a name, made at its first use. */
export function keepSigner(folder: string, name: string, kind: KeyKind): Signer {
  const path = join(folder, `${name.replaceAll("/", "~")}.key`);
  if (existsSync(path)) return readSigner(readFileSync(path, "utf8"));
  const { signer, secret } = newSigner(name, kind);
  writeDurably(path, `${secret}\n`, 0o600);
  return signer;
}

/** What was last signed of a log. */
export interface Signed {
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

function signedPath(folder: string, origin: string): string {
  return join(folder, `${origin.replaceAll("/", "~")}.signed.json`);
}

/** What was last signed of a log, or nothing yet. A file that cannot be read is a fault. */
export function lastSigned(folder: string, origin: string): Signed | undefined {
  const path = signedPath(folder, origin);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Signed) : undefined;
}

export function keepSigned(folder: string, origin: string, signed: Signed): void {
  writeDurably(signedPath(folder, origin), JSON.stringify(signed), 0o600);
}

/** Signed checkpoints, c2sp.org/signed-note, tlog-checkpoint and tlog-cosignature, with Ed25519. */
import { type Bytes, isSame, readBase64, sha256, utf8 } from "./bytes.ts";

export interface Checkpoint {
  /** The text that is signed. */
  readonly body: string;
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  readonly signatures: readonly { readonly name: string; readonly blob: Bytes }[];
}

/** Takes a checkpoint apart without believing it. Throws on anything that is not exactly one. */
export function readCheckpoint(note: string): Checkpoint {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0 || !note.endsWith("\n")) throw new Error("not a signed note");
  const body = note.slice(0, cut + 1);
  const [origin = "", size = "", root = ""] = body.split("\n");
  if (origin === "" || !/^(0|[1-9]\d{0,15})$/.test(size)) throw new Error("not a checkpoint");
  const signatures = note
    .slice(cut + 2, -1)
    .split("\n")
    .map((line) => {
      const [, name, blob] = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
      if (name === undefined || blob === undefined) throw new Error("not a signature line");
      return { name, blob: readBase64(blob) };
    });
  const bytes = readBase64(root);
  if (bytes.length !== 32) throw new Error("not the root of a tree");
  return { body, origin, size: Number(size), root: bytes, signatures };
}

const LOG_KEY = 1;
const WITNESS_KEY = 4;

interface Verifier {
  readonly name: string;
  readonly id: Bytes;
  readonly kind: number;
  readonly key: Bytes;
}

/** Reads `name+id+base64(kind, key)`. Throws if the id does not follow from the rest. */
export async function readVerifier(vkey: string): Promise<Verifier> {
  const [name = "", id = ""] = vkey.split("+", 2);
  const typed = readBase64(vkey.slice(name.length + id.length + 2));
  const expected = (await sha256(utf8(`${name}\n`), typed)).slice(0, 4);
  const hex = Array.from(expected, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== id || typed.length !== 33) throw new Error(`damaged verifier key of ${name}`);
  return { name, id: expected, kind: typed[0] ?? 0, key: typed.slice(1) };
}

/** `seconds` is when a witness saw it; a log's own signature has no time. */
export interface Signed {
  readonly name: string;
  readonly seconds?: bigint;
}

/** Who signed, if the checkpoint carries a signature of this key that holds. */
export async function signedBy(checkpoint: Checkpoint, vkey: string): Promise<Signed | undefined> {
  const verifier = await readVerifier(vkey);
  const { name, kind } = verifier;
  const found = checkpoint.signatures.find(
    (one) => one.name === name && isSame(one.blob.slice(0, 4), verifier.id),
  );
  if (found === undefined) return undefined;
  const key = await crypto.subtle.importKey("raw", verifier.key, "Ed25519", false, ["verify"]);
  const holds = (signature: Bytes, text: string) =>
    crypto.subtle.verify("Ed25519", key, signature, utf8(text));
  if (kind === LOG_KEY)
    return (await holds(found.blob.slice(4), checkpoint.body)) ? { name } : undefined;
  if (kind !== WITNESS_KEY || found.blob.length !== 76) return undefined;
  const seconds = new DataView(found.blob.buffer).getBigUint64(4);
  const text = `cosignature/v1\ntime ${seconds}\n${checkpoint.body}`;
  return (await holds(found.blob.slice(12), text)) ? { name, seconds } : undefined;
}

/** True if this browser can check Ed25519 signatures. */
export async function canCheck(): Promise<boolean> {
  try {
    const key = readBase64("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

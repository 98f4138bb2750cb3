/**
 * Signed notes, checkpoints and cosignatures: c2sp.org/signed-note, tlog-checkpoint and
 * tlog-cosignature, with Ed25519. Parsers are strict: what is not exactly of the form is refused.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { type KeyObject, sign, verify } from "node:crypto";
import { declareRefusals, type Refusal } from "../words/index.ts";

export const refuseNote = declareRefusals("evidence.note", {
  note_malformed: {
    category: "invalid",
    text: { zh: "签名文本格式不对。", en: "This is not a signed note." },
    remedy: { zh: "重新下载原文。", en: "Fetch the original again." },
  },
  checkpoint_malformed: {
    category: "invalid",
    text: { zh: "检查点格式不对。", en: "This is not a checkpoint of a log." },
    remedy: { zh: "重新下载检查点。", en: "Fetch the checkpoint again." },
  },
  verifier_key_malformed: {
    category: "invalid",
    text: { zh: "验证公钥格式不对。", en: "This is not a verifier key." },
    remedy: { zh: "从公示页复制公钥。", en: "Copy the key from the public page." },
  },
  note_not_signed: {
    category: "unauthenticated",
    text: { zh: "没有该公钥的有效签名。", en: "There is no valid signature by this key." },
    remedy: {
      zh: "不要相信这份内容，并告知监管方。",
      en: "Do not trust it, and tell the supervisor.",
    },
  },
});

/** Key types of signed notes: a log's own signature, and a witness's timed one. */
const ED25519 = 0x01;
const COSIGNATURE = 0x04;
export type KeyKind = "log" | "witness";
const KIND_BYTE: Record<KeyKind, number> = { log: ED25519, witness: COSIGNATURE };

const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
/** ASCII control characters but newline: they have no place in a note. */
const CONTROL = /[^\n\P{Cc}\u007f-\u009f]/u;
const NAME = /^[^\s+\p{Cc}]{1,200}$/u;

/** Who can be believed: a name, a four-byte id and a public key. */
export interface Verifier {
  readonly name: string;
  readonly kind: KeyKind;
  /** Hexadecimal of four bytes. */
  readonly id: string;
  readonly key: KeyObject;
  /** `name+id+base64`, as published. */
  readonly vkey: string;
}

/** Who signs. The private text is kept in a key file, readable by its owner alone. */
export interface Signer extends Verifier {
  readonly privateKey: KeyObject;
}

function keyId(name: string, typed: Uint8Array): string {
  return createHash("sha256").update(`${name}\n`).update(typed).digest("hex").slice(0, 8);
}

function verifierOf(name: string, kind: KeyKind, raw: Uint8Array): Verifier {
  const typed = Buffer.concat([Buffer.of(KIND_BYTE[kind]), raw]);
  const id = keyId(name, typed);
  const der = Buffer.concat([SPKI_PREFIX, raw]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return { name, kind, id, key, vkey: `${name}+${id}+${typed.toString("base64")}` };
}

/** Reads a vkey. Refuses `verifier_key_malformed`. */
export function readVerifier(vkey: string): Verifier | Refusal {
  const [name = "", id = "", ...rest] = vkey.trim().split("+");
  const typed = readBase64(rest.join("+"));
  const kind = typed?.[0] === ED25519 ? "log" : typed?.[0] === COSIGNATURE ? "witness" : undefined;
  if (!NAME.test(name) || typed?.length !== 33 || kind === undefined || keyId(name, typed) !== id) {
    return refuseNote("verifier_key_malformed");
  }
  return verifierOf(name, kind, typed.subarray(1));
}

/** A new signer with the text to keep of it: `PRIVATE+KEY+name+id+base64(type, seed)`. */
export function newSigner(name: string, kind: KeyKind): { signer: Signer; secret: string } {
  const { privateKey } = generateKeyPairSync("ed25519");
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
  const signer = signerOf(name, kind, seed);
  const typed = Buffer.concat([Buffer.of(KIND_BYTE[kind]), seed]);
  return { signer, secret: `PRIVATE+KEY+${name}+${signer.id}+${typed.toString("base64")}` };
}

/** Reads what `newSigner` gave to keep. Throws: a broken key file is a fault, not a "no". */
export function readSigner(secret: string): Signer {
  const [, , name = "", id = "", ...rest] = secret.trim().split("+");
  const typed = readBase64(rest.join("+"));
  const kind = typed?.[0] === ED25519 ? "log" : "witness";
  if (typed?.length !== 33) throw new Error("the key file does not hold a signing key");
  const signer = signerOf(name, kind, typed.subarray(1));
  if (signer.id !== id) throw new Error("the key file does not belong to its name");
  return signer;
}

function signerOf(name: string, kind: KeyKind, seed: Uint8Array): Signer {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const raw = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32);
  return { ...verifierOf(name, kind, raw), privateKey };
}

/** A log's state as it is signed. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/** Reads the text of a checkpoint; extension lines are allowed, not empty, and ignored. */
export function readCheckpoint(text: string): Checkpoint | Refusal {
  const lines = text.split("\n");
  const [origin = "", size = "", root = ""] = lines;
  const bytes = readBase64(root);
  const ended = lines.pop() === "" && !lines.includes("");
  const good = ended && /^(0|[1-9]\d{0,15})$/.test(size);
  if (!good || bytes?.length !== 32 || !Number.isSafeInteger(Number(size))) {
    return refuseNote("checkpoint_malformed");
  }
  return { origin, size: Number(size), root: bytes };
}

/** A note taken apart: the text that is signed, and signature lines as they stand. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Buffer }[];
}

const NOTE_MAX = 64 * 1024;
const SIGNATURES_MAX = 100;

/** Takes a note apart without believing it. Refuses `note_malformed`. */
export function readNote(note: string): Note | Refusal {
  const split = note.lastIndexOf("\n\n");
  const malformed = refuseNote("note_malformed");
  if (note.length > NOTE_MAX || split < 0 || !note.endsWith("\n") || !note.isWellFormed()) {
    return malformed;
  }
  if (CONTROL.test(note)) return malformed;
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > SIGNATURES_MAX) return malformed;
  const signatures: { name: string; bytes: Buffer }[] = [];
  for (const line of lines) {
    const found = /^— ([^\s+]+) (\S+)$/u.exec(line);
    const bytes = found?.[2] === undefined ? undefined : readBase64(found[2]);
    if (found?.[1] === undefined || bytes === undefined || bytes.length < 5) return malformed;
    signatures.push({ name: found[1], bytes });
  }
  return { text: note.slice(0, split + 1), signatures };
}

/** The log's signature line for a text. */
export function signText(signer: Signer, text: string): string {
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  return signatureLine(signer, signature);
}

/** A witness's signature line: the text as seen at an instant in whole seconds. */
export function cosign(signer: Signer, text: string, seconds: number): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, Buffer.from(cosignedText(text, seconds)), signer.privateKey);
  return signatureLine(signer, Buffer.concat([time, signature]));
}

function cosignedText(text: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`;
}

function signatureLine(signer: Signer, signature: Uint8Array): string {
  const bytes = Buffer.concat([Buffer.from(signer.id, "hex"), signature]);
  return `— ${signer.name} ${bytes.toString("base64")}\n`;
}

/** What a valid signature says: of a witness the seconds at which it signed. */
export interface SignedBy {
  readonly seconds?: number;
}

/**
 * What a key's signature on a note says; undefined where it did not sign. A note that carries a
 * signature of this key that does not verify is not believed at all, whatever else it carries.
 */
export function signedBy(note: Note, verifier: Verifier): SignedBy | undefined {
  let found: SignedBy | undefined;
  for (const { name, bytes } of note.signatures) {
    if (name !== verifier.name || bytes.subarray(0, 4).toString("hex") !== verifier.id) continue;
    const says = signature(note.text, verifier, bytes.subarray(4));
    if (!says) return undefined;
    found ??= says;
  }
  return found;
}

function signature(text: string, verifier: Verifier, bytes: Buffer): SignedBy | undefined {
  if (verifier.kind === "log") {
    const valid = bytes.length === 64 && verify(null, Buffer.from(text), verifier.key, bytes);
    return valid ? {} : undefined;
  }
  if (bytes.length !== 72) return undefined;
  const seconds = Number(bytes.readBigUInt64BE(0));
  if (!Number.isSafeInteger(seconds)) return undefined;
  const message = Buffer.from(cosignedText(text, seconds));
  return verify(null, message, verifier.key, bytes.subarray(8)) ? { seconds } : undefined;
}

/** A note's checkpoint if the log signed it. Refuses with the first thing that is wrong. */
export function openCheckpoint(
  note: string,
  log: Verifier,
): (Checkpoint & { note: Note }) | Refusal {
  const read = readNote(note);
  if ("refused" in read) return read;
  const checkpoint = readCheckpoint(read.text);
  if ("refused" in checkpoint) return checkpoint;
  if (!signedBy(read, log)) return refuseNote("note_not_signed");
  return { ...checkpoint, note: read };
}

/** Bytes of strict, padded base64; undefined for anything else. */
export function readBase64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/**
 * Signatures over declarations: Ed25519 (RFC 8032) by a key of the institution over one line of text
 * that names pilot, version and hash. The same by a program and by a browser (WebCrypto signs with
 * Ed25519). A key is enrolled with a proof that whoever enrols it holds it. Pure.
 */
import { createHash, createPublicKey, verify } from "node:crypto";

/** The bytes that go before a raw Ed25519 key to make it SubjectPublicKeyInfo (RFC 8410). */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** What the signer of a version signs, as UTF-8. */
export function declarationText(of: {
  readonly pilot: string;
  readonly version: number;
  readonly hash: string;
}): string {
  return `sandbank-declaration-v1\n${of.pilot}\n${of.version}\n${of.hash}\n`;
}

/** What somebody who enrols a key signs with it. */
export function enrolmentText(organisation: string, publicKey: string): string {
  return `sandbank-signing-key-v1\n${organisation}\n${publicKey}\n`;
}

/** Id of a key: SHA-256 of its 32 raw bytes, or undefined where they are not 32. */
export function keyId(publicKey: string): string | undefined {
  const raw = Buffer.from(publicKey, "base64url");
  return raw.length === 32 ? createHash("sha256").update(raw).digest("hex") : undefined;
}

/** True if `signature` (base64url) over `text` is by the key (raw, base64url). */
export function verifies(of: {
  readonly publicKey: string;
  readonly text: string;
  readonly signature: string;
}): boolean {
  const raw = Buffer.from(of.publicKey, "base64url");
  const signature = Buffer.from(of.signature, "base64url");
  if (raw.length !== 32 || signature.length !== 64) return false;
  const der = Buffer.concat([SPKI_HEAD, raw]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return verify(null, Buffer.from(of.text), key, signature);
}

/**
 * Commitments: a leaf says H(salt ‖ bytes) and no more. Who gets salt and bytes can check what was
 * committed; once they are erased nobody can, and every proof of the leaf still stands.
 */
import { createHmac, hash } from "node:crypto";

/** Bytes of salt of one commitment. */
export const SALT_BYTES = 16;

/** SHA-256 of salt and text, in hexadecimal. */
export function commit(salt: Uint8Array, text: string): string {
  return hash("sha256", Buffer.concat([salt, Buffer.from(text)]), "hex");
}

/** What the log says of a member once: HMAC-SHA-256 of the pilot under the member's random key. */
export function memberHash(key: Uint8Array, pilot: string): string {
  return createHmac("sha256", key).update(pilot).digest("hex");
}

/**
 * Keys under a key: AES key wrap, plain (RFC 3394) and with padding (RFC 5649). Data keys are
 * wrapped without padding, since ours are always 32 bytes. Unwrapping answers undefined for anything
 * that does not check, a wrong key included.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";

/** RFC 3394 §2.2.3.1 and RFC 5649 §3. */
const IV_PLAIN = Buffer.from("a6a6a6a6a6a6a6a6", "hex");
const IV_PADDED = Buffer.from("a65959a6", "hex");

/** Larger keys than this are no keys; OpenSSL's own bound lies far above. */
const WRAPPED_BYTES_MAX = 8192;

function bits(key: KeyObject): number {
  const size = key.symmetricKeySize ?? 0;
  assert(size === 16 || size === 24 || size === 32, "an AES key has 16, 24 or 32 bytes");
  return size * 8;
}

/** RFC 3394: `plain` is a multiple of 8 bytes, at least 16; anything else is a bug and throws. */
export function aesKwWrap(kek: KeyObject, plain: Uint8Array): Buffer {
  assert(plain.length >= 16 && plain.length % 8 === 0, "RFC 3394 wraps 16, 24, 32 … bytes");
  const cipher = createCipheriv(`id-aes${bits(kek)}-wrap`, kek, IV_PLAIN);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** The wrapped key, or undefined if it does not check under this key. */
export function aesKwUnwrap(kek: KeyObject, wrapped: Uint8Array): Buffer | undefined {
  if (wrapped.length < 24 || wrapped.length % 8 !== 0) return undefined;
  return unwrap(`id-aes${bits(kek)}-wrap`, { kek, iv: IV_PLAIN, wrapped });
}

/** RFC 5649: any length from 1 byte. */
export function aesKwpWrap(kek: KeyObject, plain: Uint8Array): Buffer {
  assert(plain.length > 0, "RFC 5649 wraps at least one byte");
  const cipher = createCipheriv(`id-aes${bits(kek)}-wrap-pad`, kek, IV_PADDED);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** The wrapped key, or undefined if it does not check under this key. */
export function aesKwpUnwrap(kek: KeyObject, wrapped: Uint8Array): Buffer | undefined {
  if (wrapped.length < 16 || wrapped.length % 8 !== 0) return undefined;
  return unwrap(`id-aes${bits(kek)}-wrap-pad`, { kek, iv: IV_PADDED, wrapped });
}

function unwrap(
  name: string,
  what: { readonly kek: KeyObject; readonly iv: Buffer; readonly wrapped: Uint8Array },
): Buffer | undefined {
  if (what.wrapped.length > WRAPPED_BYTES_MAX) return undefined;
  try {
    const cipher = createDecipheriv(name, what.kek, what.iv);
    return Buffer.concat([cipher.update(what.wrapped), cipher.final()]);
  } catch {
    return undefined;
  }
}

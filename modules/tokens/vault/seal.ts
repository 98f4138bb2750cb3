/**
 * Authenticated encryption as the vault uses it: AES-GCM (NIST SP 800-38D) with the whole tag of 16
 * bytes. It takes key objects only: a key passed as bytes lies about in the heap and is copied at
 * each call. Opening answers undefined for anything that does not authenticate, and says no more.
 */
import assert from "node:assert/strict";
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";
import { Buffer } from "node:buffer";

/** Bytes of the tag; a shorter one is never made and never taken. */
export const TAG_BYTES = 16;
/** Bytes of the initialisation vector that the vault draws for each card (SP 800-38D §8.2.2). */
export const IV_BYTES = 12;

type GcmName = "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm";

const NAMES: Readonly<Record<number, GcmName>> = {
  16: "aes-128-gcm",
  24: "aes-192-gcm",
  32: "aes-256-gcm",
};

/** Key material as a key object, made once and kept: 16, 24 or 32 bytes for AES, any for HMAC. */
export function keyOf(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes);
}

function nameOf(key: KeyObject): GcmName {
  const name = NAMES[key.symmetricKeySize ?? 0];
  assert(name, "an AES key has 16, 24 or 32 bytes");
  return name;
}

export interface ToSeal {
  readonly iv: Uint8Array;
  /** Authenticated beside the text, and not part of it. */
  readonly aad: Uint8Array;
  readonly plain: Uint8Array;
}

/** Ciphertext followed by the tag. An empty `iv` is a bug and throws. */
export function aesGcmSeal(key: KeyObject, { iv, aad, plain }: ToSeal): Buffer {
  assert(iv.length > 0, "GCM needs an initialisation vector");
  const cipher = createCipheriv(nameOf(key), key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const text = cipher.update(plain);
  return Buffer.concat([text, cipher.final(), cipher.getAuthTag()]);
}

export interface Sealed {
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  /** What `aesGcmSeal` made: ciphertext and tag. */
  readonly sealed: Uint8Array;
}

/** The plain text, or undefined if any of key, iv, aad, text or tag is not what it was. */
export function aesGcmOpen(key: KeyObject, { iv, aad, sealed }: Sealed): Buffer | undefined {
  if (iv.length === 0 || sealed.length < TAG_BYTES) return undefined;
  const end = sealed.length - TAG_BYTES;
  const cipher = createDecipheriv(nameOf(key), key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  cipher.setAuthTag(sealed.subarray(end));
  const plain = cipher.update(sealed.subarray(0, end));
  try {
    return Buffer.concat([plain, cipher.final()]);
  } catch {
    return undefined;
  }
}

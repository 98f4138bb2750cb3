/**
 * Keyed hashes and keys from keys: HMAC with SHA-256 or SM3 (GM/T 0004), and HKDF (RFC 5869). The
 * blind index is one of these: without the key nobody can try card numbers against it.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac, hash, type KeyObject, timingSafeEqual } from "node:crypto";
import { keyOf } from "./seal.ts";

export const INDEX_ALGORITHMS = ["sha256", "sm3"] as const;
export type IndexAlgorithm = (typeof INDEX_ALGORITHMS)[number];

const HASH_BYTES = 32;

/** HMAC-SHA-256, 32 bytes. */
export function hmacSha256(key: KeyObject, bytes: Uint8Array): Buffer {
  return createHmac("sha256", key).update(bytes).digest();
}

/** HMAC-SM3, 32 bytes: the national suite's counterpart (GM/T 0004, ISO/IEC 9797-2). */
export function hmacSm3(key: KeyObject, bytes: Uint8Array): Buffer {
  return createHmac("sm3", key).update(bytes).digest();
}

/** SM3 (GM/T 0004), 32 bytes. */
export function sm3(bytes: Uint8Array): Buffer {
  return hash("sm3", bytes, "buffer");
}

/** One of the two, by name. */
export const hmacOf: Readonly<
  Record<IndexAlgorithm, (key: KeyObject, bytes: Uint8Array) => Buffer>
> = { sha256: hmacSha256, sm3: hmacSm3 };

/** True if `tag` is the leading part of the MAC; at least 16 bytes of it, compared in one time. */
export function macHolds(mac: Uint8Array, tag: Uint8Array): boolean {
  if (tag.length < 16 || tag.length > mac.length) return false;
  return timingSafeEqual(mac.subarray(0, tag.length), tag);
}

export interface Derivation {
  readonly salt: Uint8Array;
  readonly purpose: Uint8Array;
  /** Bytes wanted, 1 to 8,160 (RFC 5869 §2.3). */
  readonly size: number;
}

/** HKDF with SHA-256, or undefined for more bytes than it can give. */
export function hkdfSha256(from: Uint8Array, asked: Derivation): Buffer | undefined {
  const { salt, purpose, size } = asked;
  assert(Number.isInteger(size) && size >= 1);
  if (size > 255 * HASH_BYTES) return undefined;
  const extracted = keyOf(
    hmacSha256(keyOf(salt.length > 0 ? salt : new Uint8Array(HASH_BYTES)), from),
  );
  const blocks: Buffer[] = [];
  let block: Buffer = Buffer.alloc(0);
  for (let counter = 1; blocks.length * HASH_BYTES < size; counter += 1) {
    block = hmacSha256(extracted, Buffer.concat([block, purpose, Buffer.of(counter)]));
    blocks.push(block);
  }
  return Buffer.concat(blocks).subarray(0, size);
}

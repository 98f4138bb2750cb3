/**
 * One number under a data key: a salt of its own and the digits, sealed for one row and one key. What
 * is moved to another row, or claims another key, does not open. Pure; it keeps nothing.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { randomBytes } from "@sandbank/kernel/clock";
import { commitmentOf } from "./number.ts";
import { aesGcmOpen, aesGcmSeal, IV_BYTES } from "./seal.ts";

const SALT_BYTES = 16;

/** A key object with the version under which rows name it. */
export interface CardKey {
  readonly version: number;
  readonly key: KeyObject;
}

/** What of a card's row hides its number. */
export interface Hidden {
  /** Version of the data key. */
  readonly key: number;
  readonly iv: Uint8Array;
  readonly sealed: Uint8Array;
  /** SHA-256 of salt and digits; stays as it is when the card moves to another key. */
  readonly commitment: string;
}

/** Seals digits for a row under a fresh salt. */
export function sealNumber({ version, key }: CardKey, ref: string, digits: string): Hidden {
  const salt = randomBytes(SALT_BYTES);
  const plain = Buffer.concat([salt, Buffer.from(digits)]);
  const commitment = commitmentOf(salt, digits);
  return { ...sealPlain({ version, key }, ref, plain), commitment };
}

/** The digits of a row. One that does not open, or not to what it is committed to, is a bug. */
export function openNumber(key: KeyObject, row: Hidden & { readonly ref: string }): string {
  const plain = openPlain(key, row);
  const digits = plain.subarray(SALT_BYTES).toString();
  assert(commitmentOf(plain.subarray(0, SALT_BYTES), digits) === row.commitment);
  plain.fill(0);
  return digits;
}

/** The same salt and digits under another key; the commitment stands. */
export function sealAnew(
  from: KeyObject,
  to: CardKey,
  row: Hidden & { readonly ref: string },
): Pick<Hidden, "key" | "iv" | "sealed"> {
  return sealPlain(to, row.ref, openPlain(from, row));
}

/** Wipes what it seals. */
function sealPlain(
  { version, key }: CardKey,
  ref: string,
  plain: Buffer,
): Pick<Hidden, "key" | "iv" | "sealed"> {
  const iv = randomBytes(IV_BYTES);
  const sealed = aesGcmSeal(key, { iv, aad: aadOf(ref, version), plain });
  plain.fill(0);
  return { key: version, iv, sealed };
}

function openPlain(key: KeyObject, row: Hidden & { readonly ref: string }): Buffer {
  const { iv, sealed, ref } = row;
  const plain = aesGcmOpen(key, { iv, aad: aadOf(ref, row.key), sealed });
  assert(plain, "a card opens under the key that it names");
  return plain;
}

/** A sealed card is bound to its reference and its key: moved to another row it does not open. */
function aadOf(ref: string, version: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(version);
  return Buffer.concat([Buffer.from(ref.replaceAll("-", ""), "hex"), bytes]);
}

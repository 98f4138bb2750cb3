/**
 * What the vault does to one card number, with the key as a key object and with the key as bytes:
 * sealing with a fresh vector, opening, and both blind indexes. One core, nothing else.
 */
import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from "node:crypto";
import { randomBytes } from "@sandbank/kernel/clock";
import {
  aesGcmOpen,
  aesGcmSeal,
  hmacSha256,
  hmacSm3,
  IV_BYTES,
  keyOf,
  TAG_BYTES,
  type ToSeal,
} from "@sandbank/tokens";
import { type Contender, during } from "../measure.ts";

const ROUND_MS = 300;
const BURST = 500;

const bytes = Buffer.from(randomBytes(32));
const key: KeyObject = keyOf(bytes);
const aad = Buffer.from(randomBytes(20));
const number = Buffer.from("9999038800000001");
const plain = Buffer.concat([randomBytes(16), number]);
const sample: ToSeal = { iv: Buffer.from(randomBytes(IV_BYTES)), aad, plain };
const sealed = aesGcmSeal(key, sample);

function sealWithBytes(): Buffer {
  const cipher = createCipheriv("aes-256-gcm", bytes, randomBytes(IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(aad);
  const text = cipher.update(plain);
  return Buffer.concat([text, cipher.final(), cipher.getAuthTag()]);
}

function openWithBytes(): Buffer {
  const cipher = createDecipheriv("aes-256-gcm", bytes, sample.iv, { authTagLength: TAG_BYTES });
  const end = sealed.length - TAG_BYTES;
  cipher.setAAD(aad);
  cipher.setAuthTag(sealed.subarray(end));
  const text = cipher.update(sealed.subarray(0, end));
  return Buffer.concat([text, cipher.final()]);
}

interface Cipher {
  readonly name: string;
  readonly bytesName: string;
  /** With the key object, as the vault does it. */
  ours(): unknown;
  /** With the key as bytes. */
  bytes(): unknown;
}

function cipher(name: string, ours: () => unknown, withBytes: () => unknown): Cipher {
  return { name, bytesName: `${name}, key as bytes`, ours, bytes: withBytes };
}

export const CIPHERS: readonly Cipher[] = [
  cipher(
    "seal a card, AES-256-GCM",
    () => aesGcmSeal(key, { iv: randomBytes(IV_BYTES), aad, plain }),
    sealWithBytes,
  ),
  cipher(
    "open a card, AES-256-GCM",
    () => aesGcmOpen(key, { iv: sample.iv, aad, sealed }),
    openWithBytes,
  ),
  cipher(
    "blind index, HMAC-SHA-256",
    () => hmacSha256(key, number),
    () => createHmac("sha256", bytes).update(number).digest(),
  ),
  cipher(
    "blind index, HMAC-SM3",
    () => hmacSm3(key, number),
    () => createHmac("sm3", bytes).update(number).digest(),
  ),
];

function burst(name: string, work: () => unknown): Contender {
  const round = () =>
    during(ROUND_MS, async () => {
      for (let n = 0; n < BURST; n += 1) work();
      return BURST;
    });
  return { name, round };
}

export function cipherContenders(): Contender[] {
  return CIPHERS.flatMap((one) => [burst(one.name, one.ours), burst(one.bytesName, one.bytes)]);
}

/**
 * The machine's clock, its randomness and the ids drawn from both: the only file of the project
 * that reads them. Sessions, rates, signatures and ids run on machine time; business time is asked
 * of a `Clock` and never of this file. It refuses to draw anything predictable.
 */
import assert from "node:assert/strict";
import { randomFillSync } from "node:crypto";
import type { Clock, Instant } from "./instant.ts";

/** The machine's time, whole milliseconds. For sessions, rates and signatures, not for business. */
export function machineNow(): Instant {
  return Date.now() as Instant;
}

/** A clock that tells the machine's time: business time in live mode. */
export class MachineClock implements Clock {
  now(): Instant {
    return machineNow();
  }
}

// One system call per 8 KiB instead of one per draw. What was handed out is wiped from the pool, so
// that a later reading of this memory finds no key of the past.
const POOL_BYTES = 8192;
const DRAW_BYTES_MAX = 65_536;
const pool = new Uint8Array(POOL_BYTES);
let poolAt = POOL_BYTES;

/** `length` random bytes fit for keys, 0 to 65,536 of them, in memory that nobody else holds. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  assert(Number.isInteger(length) && length >= 0 && length <= DRAW_BYTES_MAX);
  const drawn = new Uint8Array(length);
  if (length > POOL_BYTES / 8) return randomFillSync(drawn);
  if (poolAt + length > POOL_BYTES) {
    randomFillSync(pool);
    poolAt = 0;
  }
  for (let i = 0; i < length; i++) {
    drawn[i] = pool[poolAt]!;
    pool[poolAt++] = 0;
  }
  return drawn;
}

/** A whole number from 0 to `limit` − 1, each equally likely; `limit` from 1 to 2^48. */
export function randomBelow(limit: number): number {
  assert(Number.isInteger(limit) && limit >= 1 && limit <= 2 ** 48);
  const fair = 2 ** 48 - (2 ** 48 % limit);
  for (;;) {
    const bytes = randomBytes(6);
    let drawn = 0;
    for (const byte of bytes) drawn = drawn * 256 + byte;
    if (drawn < fair) return drawn % limit;
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const SEQUENCE_MAX = 0xfff;
let idMillisecond = 0;
let idSequence = 0;

/**
 * A UUID version 7 (RFC 9562 §5.7) in lower case. Ids of one process sort in the order in which
 * they were drawn (§6.2 method 1): within a millisecond a 12-bit counter that starts at a random
 * value below 2,048 counts up, and a counter that is full borrows the next millisecond.
 */
export function uuidv7(): string {
  const random = randomBytes(10);
  const millisecond = Date.now();
  if (millisecond > idMillisecond) {
    idMillisecond = millisecond;
    idSequence = ((random[8]! & 0x07) << 8) | random[9]!;
  } else if (idSequence === SEQUENCE_MAX) {
    idMillisecond += 1;
    idSequence = ((random[8]! & 0x07) << 8) | random[9]!;
  } else {
    idSequence += 1;
  }
  return uuidText(idMillisecond, idSequence, random);
}

function uuidText(millisecond: number, sequence: number, random: Uint8Array): string {
  const high = Math.floor(millisecond / 0x1_0000);
  const low = millisecond & 0xffff;
  return (
    `${HEX[high >>> 24]!}${HEX[(high >>> 16) & 255]!}${HEX[(high >>> 8) & 255]!}${HEX[high & 255]!}-` +
    `${HEX[low >>> 8]!}${HEX[low & 255]!}-` +
    `${HEX[0x70 | (sequence >>> 8)]!}${HEX[sequence & 255]!}-` +
    `${HEX[0x80 | (random[0]! & 0x3f)]!}${HEX[random[1]!]!}-` +
    `${HEX[random[2]!]!}${HEX[random[3]!]!}${HEX[random[4]!]!}` +
    `${HEX[random[5]!]!}${HEX[random[6]!]!}${HEX[random[7]!]!}`
  );
}

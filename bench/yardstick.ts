/**
 * How fast the machine is while a bench runs, by two small pieces of work that never change: a keyed
 * hash for the processor, a flushed write for the disk. Promises were set on a machine whose
 * yardsticks are known, so a reader can tell a slow program from a slow hour.
 */
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./measure.ts";

/** One yardstick: what it measures now, and what it was where the promises were set. */
export interface Yardstick {
  readonly name: string;
  /** Median, in microseconds. */
  readonly micros: number;
  /** Microseconds on the machine and day (2026-11-23) on which the promises were set. */
  readonly promised: number;
}

const ROUNDS = 7;
const HASHES = 20_000;
/** A card number's length. */
const HASHED = Buffer.alloc(19, "5");
const FLUSHES = 100;
const PAGE = Buffer.alloc(8_192);

/** Measures both yardsticks: about a second of work, on an otherwise still machine. */
export function yardsticks(): readonly Yardstick[] {
  return [
    { name: "HMAC-SHA256 of 19 bytes", micros: hashing(), promised: 1.9 },
    { name: "fdatasync of 8 kB", micros: flushing(), promised: 105 },
  ];
}

/** One line for the head of a report. */
export function stateYardstick({ name, micros, promised }: Yardstick): string {
  const shown = micros < 10 ? micros.toFixed(1) : Math.round(micros).toLocaleString("en");
  const times = (micros / promised).toFixed(1);
  return `yardstick  ${name}: ${shown} µs, ${times} × that of the machine on which the promises were set`;
}

function hashing(): number {
  const key = createSecretKey(Buffer.alloc(32, 7));
  const rounds = Array.from({ length: ROUNDS }, () => hashRound(key));
  return median(rounds);
}

function hashRound(key: KeyObject): number {
  const start = performance.now();
  for (let n = 0; n < HASHES; n++) createHmac("sha256", key).update(HASHED).digest();
  return ((performance.now() - start) * 1000) / HASHES;
}

function flushing(): number {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-yardstick-"));
  const file = openSync(join(folder, "page"), "w");
  try {
    return median(Array.from({ length: FLUSHES }, () => flush(file)));
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}

function flush(file: number): number {
  const start = performance.now();
  writeSync(file, PAGE);
  fdatasyncSync(file);
  return (performance.now() - start) * 1000;
}

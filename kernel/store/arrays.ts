/**
 * Arrays as parameters, written in PostgreSQL's text format: one string for a whole column of a
 * batch is far cheaper than a value per row. Name the type in the statement where it is not already
 * known: `unnest($1::int8[])`. Null elements stay null.
 */
import type { Instant } from "../clock/index.ts";
import { timestamptz } from "./wire.ts";

/** An `int8[]`, also for `int4[]`. A number must be a safe integer; anything else is a bug and throws. */
export function int8Array(values: readonly (bigint | number | null)[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      throw new RangeError(`not a whole number: ${value}`);
    }
    text += `${i === 0 ? "" : ","}${value ?? "NULL"}`;
  }
  return `${text}}`;
}

const PLAIN = /^[A-Za-z0-9_:@/-]+$/;

/** A `text[]`. PostgreSQL's text holds no U+0000: a value with one throws. */
export function textArray(values: readonly (string | null)[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    text += `${i === 0 ? "" : ","}${value === null ? "NULL" : quoted(value)}`;
  }
  return `${text}}`;
}

function quoted(value: string): string {
  if (PLAIN.test(value) && value.length !== 4) return value;
  if (value.includes("\0")) throw new RangeError("text with U+0000");
  if (!value.isWellFormed()) throw new RangeError("text with half a surrogate pair");
  return `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** A `uuid[]` from ids in their usual text. */
export function uuidArray(values: readonly (string | null)[]): string {
  return textArray(values);
}

/** A `bytea[]`. */
export function byteaArray(values: readonly (Uint8Array | null)[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    text += `${i === 0 ? "" : ","}${value === null ? "NULL" : `"\\\\x${hex(value)}"`}`;
  }
  return `${text}}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** A `timestamptz[]`. */
export function timestamptzArray(values: readonly (Instant | null)[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    text += `${i === 0 ? "" : ","}${value === null ? "NULL" : timestamptz(value)}`;
  }
  return `${text}}`;
}

/** A `bool[]`. */
export function boolArray(values: readonly (boolean | null)[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    text += `${i === 0 ? "" : ","}${value === null ? "NULL" : value ? "t" : "f"}`;
  }
  return `${text}}`;
}

/**
 * Reads a one-dimensional array of PostgreSQL. More dimensions throw: no column of ours has them.
 * `element` reads one element that is not null.
 */
export function readArray<T>(text: string, element: (text: string) => T): (T | null)[] {
  if (text === "{}") return [];
  if (!text.startsWith("{") || text.startsWith("{{")) throw new RangeError("not a plain array");
  if (!text.includes('"')) {
    return text
      .slice(1, -1)
      .split(",")
      .map((part) => (part === "NULL" ? null : element(part)));
  }
  return readQuoted(text, element);
}

const ELEMENT = /"((?:[^"\\]|\\[\s\S])*)"|([^,{}"]+)/g;

function readQuoted<T>(text: string, element: (text: string) => T): (T | null)[] {
  const values: (T | null)[] = [];
  for (const [, inQuotes, bare] of text.slice(1, -1).matchAll(ELEMENT)) {
    if (inQuotes !== undefined) values.push(element(inQuotes.replaceAll(/\\([\s\S])/g, "$1")));
    else values.push(bare === "NULL" ? null : element(bare ?? ""));
  }
  return values;
}

/**
 * Structured fields of HTTP (RFC 9651): dictionaries of items and inner lists, as signatures and
 * digests of requests come in. Strict where the standard lets a reader be kind: a name that comes
 * twice and base64 that is not the one form of its bytes are refused, since two readers would see
 * two contents under one signature. Display strings are not read: nothing here says anything in one.
 */

/** A bare item. Integers and dates are within ±999,999,999,999,999, so they are exact. */
export type Bare =
  | { readonly kind: "integer" | "decimal" | "date"; readonly value: number }
  | { readonly kind: "string" | "token"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "bytes"; readonly value: Buffer };

export type Parameters = ReadonlyMap<string, Bare>;

export interface Item {
  readonly bare: Bare;
  readonly parameters: Parameters;
}

export interface InnerList {
  readonly list: readonly Item[];
  readonly parameters: Parameters;
}

export type Dictionary = ReadonlyMap<string, Item | InnerList>;

/** Longest field that is read, in characters. */
const FIELD_LENGTH_MAX = 4_096;

/** Where reading has come to. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** The grammar does not allow what comes next. Never leaves this file. */
class Unreadable extends Error {}

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const SPACE = / +/y;
const SPACE_OR_TAB = /[ \t]+/y;
const NUMBER = /-?(?:\d{1,12}\.\d{1,3}|\d{1,15})(?![\d.])/y;
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
const TOKEN = /[A-Za-z*][A-Za-z0-9:/!#$%&'*+.^_`|~-]*/y;
const BYTES = /:([A-Za-z0-9+/]*={0,2}):/y;
const BOOLEAN = /\?([01])/y;
const DATE = /@(-?\d{1,15})(?![\d.])/y;

/** Reads a dictionary, or undefined for whatever is none. Never throws. */
export function readDictionary(field: unknown): Dictionary | undefined {
  if (typeof field !== "string" || field.length > FIELD_LENGTH_MAX) return undefined;
  try {
    return dictionary({ text: field.replace(/ +$/, ""), at: 0 });
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Text as a string item says it. What it cannot say (beyond visible ASCII and space) is a bug. */
export function stringText(value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value)) throw new Error("a string item is visible ASCII");
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function dictionary(cursor: Cursor): Dictionary {
  const members = new Map<string, Item | InnerList>();
  take(cursor, SPACE);
  if (isAtEnd(cursor)) return members;
  for (;;) {
    const key = must(cursor, KEY)[0];
    if (members.has(key)) throw new Unreadable();
    members.set(key, skips(cursor, "=") ? itemOrList(cursor) : justTrue(cursor));
    take(cursor, SPACE_OR_TAB);
    if (isAtEnd(cursor)) return members;
    if (!skips(cursor, ",")) throw new Unreadable();
    take(cursor, SPACE_OR_TAB);
  }
}

function justTrue(cursor: Cursor): Item {
  return { bare: { kind: "boolean", value: true }, parameters: parameters(cursor) };
}

function itemOrList(cursor: Cursor): Item | InnerList {
  if (!skips(cursor, "(")) return item(cursor);
  const list: Item[] = [];
  for (;;) {
    take(cursor, SPACE);
    if (skips(cursor, ")")) return { list, parameters: parameters(cursor) };
    list.push(item(cursor));
    const next = cursor.text[cursor.at];
    if (next !== " " && next !== ")") throw new Unreadable();
  }
}

function item(cursor: Cursor): Item {
  return { bare: bare(cursor), parameters: parameters(cursor) };
}

function parameters(cursor: Cursor): Parameters {
  const found = new Map<string, Bare>();
  while (skips(cursor, ";")) {
    take(cursor, SPACE);
    const key = must(cursor, KEY)[0];
    if (found.has(key)) throw new Unreadable();
    found.set(key, skips(cursor, "=") ? bare(cursor) : { kind: "boolean", value: true });
  }
  return found;
}

/** Each kind of item is known by its first character. */
function bare(cursor: Cursor): Bare {
  switch (cursor.text.charAt(cursor.at)) {
    case '"':
      return { kind: "string", value: must(cursor, STRING)[1]!.replaceAll(/\\(.)/g, "$1") };
    case ":":
      return { kind: "bytes", value: bytesOf(must(cursor, BYTES)[1]!) };
    case "?":
      return { kind: "boolean", value: must(cursor, BOOLEAN)[1] === "1" };
    case "@":
      return { kind: "date", value: Number(must(cursor, DATE)[1]) };
    default:
      return numberOrToken(cursor);
  }
}

function numberOrToken(cursor: Cursor): Bare {
  const number = take(cursor, NUMBER)?.[0];
  if (number === undefined) return { kind: "token", value: must(cursor, TOKEN)[0] };
  return { kind: number.includes(".") ? "decimal" : "integer", value: Number(number) };
}

function bytesOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.toString("base64") !== base64) throw new Unreadable();
  return bytes;
}

function isAtEnd({ text, at }: Cursor): boolean {
  return at === text.length;
}

function skips(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

/** What the pattern finds exactly here, and goes behind it. */
function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found === null) return undefined;
  cursor.at = pattern.lastIndex;
  return found;
}

function must(cursor: Cursor, pattern: RegExp): RegExpExecArray {
  const found = take(cursor, pattern);
  if (found === undefined) throw new Unreadable();
  return found;
}

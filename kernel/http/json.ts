/**
 * JSON as strangers may send it: I-JSON (RFC 7493) and no more. Refused beside bad syntax: a name
 * twice in one object (two readers would see two contents under one signature), nesting beyond 32,
 * `__proto__`, numbers beyond 2^53−1, and characters that the store cannot hold.
 */
import { isUtf8 } from "node:buffer";
import type { Text } from "../words/index.ts";
import { refuse } from "./http.refusals.ts";
import { Refused } from "./problem.ts";

export const DEPTH_MAX = 32;

const REASONS = {
  encoding: { zh: "不是 UTF-8 编码", en: "it is not UTF-8" },
  syntax: { zh: "语法不对", en: "its syntax is broken" },
  depth: { zh: "嵌套超过 32 层", en: "it nests more than 32 deep" },
  twice: { zh: "同一个对象里有重复的名称", en: "an object has a name twice" },
  name: { zh: "含有不允许的名称", en: "it has a name that is not allowed" },
  number: { zh: "有数值超出可精确表示的范围", en: "a number is too large to be exact" },
  character: { zh: "含有无法保存的字符", en: "it has a character that cannot be kept" },
} as const satisfies Record<string, Text>;

function no(reason: keyof typeof REASONS): Refused {
  const { zh, en } = REASONS[reason];
  return new Refused(refuse("body_not_json", { params: { reason_zh: zh, reason_en: en } }));
}

/** True if text can be stored and hashed the same everywhere: no NUL, no half surrogate pair. */
export function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

/** Reads the bytes of JSON, which are UTF-8, or throws `Refused` with `body_not_json`. */
export function readJsonBytes(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw no("encoding");
  return readJson(bytes.toString("utf8"));
}

/** Reads JSON, or throws `Refused` with `body_not_json`. */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw no("syntax");
  }
  const seen = scan(text);
  if (seen.escapes || !text.isWellFormed()) checkStrings(value);
  if (seen.large) checkNumbers(value);
  return value;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** One pass over text that is known to be JSON: depth, names, and whether a closer look is needed. */
function scan(text: string): { escapes: boolean; large: boolean } {
  const names: (string[] | undefined)[] = [];
  let depth = 0;
  let digits = 0;
  let escapes = false;
  let large = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits += 1;
      if (digits >= 16) large = true;
      continue;
    }
    if (code === 69 || code === 101) large ||= digits > 0;
    if (code !== 46) digits = 0;
    if (code === QUOTE) {
      const start = at + 1;
      at = closingQuote(text, start);
      const escaped = text.slice(start, at).includes("\\");
      escapes ||= escaped;
      if (isName(text, at)) noteName(names, depth, nameOf(text, { start, end: at, escaped }));
    } else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > DEPTH_MAX) throw no("depth");
      names[depth] = code === 123 ? [] : undefined;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return { escapes, large };
}

/** The next quote that no odd number of backslashes stands before. */
function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start); ; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
}

/** A string is a name if a colon follows; only white space can stand between. */
function isName(text: string, closing: number): boolean {
  let at = closing + 1;
  let code = text.charCodeAt(at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
  return code === 58;
}

function nameOf(
  text: string,
  span: { readonly start: number; readonly end: number; readonly escaped: boolean },
): string {
  const raw = text.slice(span.start, span.end);
  return span.escaped ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** Above this many names an object's names move into a set. */
function noteName(names: (string[] | undefined)[], depth: number, name: string): void {
  if (name === "__proto__") throw no("name");
  const known = (names[depth] ??= []);
  if (known.length < 64 ? known.includes(name) : has(known, name)) throw no("twice");
  known.push(name);
}

const sets = new WeakMap<string[], { readonly names: Set<string> }>();

function has(known: string[], name: string): boolean {
  let entry = sets.get(known);
  if (entry === undefined) {
    entry = { names: new Set(known) };
    sets.set(known, entry);
  }
  if (entry.names.has(name)) return true;
  entry.names.add(name);
  return false;
}

function checkStrings(value: unknown): void {
  if (typeof value === "string") {
    if (!isKeepable(value)) throw no("character");
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (!isKeepable(name)) throw no("character");
      checkStrings(member);
    }
  }
}

function checkNumbers(value: unknown): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) throw no("number");
  } else if (typeof value === "object" && value !== null) {
    for (const member of Object.values(value)) checkNumbers(member);
  }
}

/**
 * Canonical JSON, RFC 8785, for what enters a leaf or is hashed. Only whole numbers are written: a
 * float in evidence is a bug. A reader of canonical text refuses whatever is not in canonical form.
 */
import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { declareRefusals, type Refusal } from "../words/index.ts";

/** What canonical JSON can carry here. Undefined members of objects are left out. */
export type Canonical =
  | null
  | boolean
  | number
  | string
  | readonly Canonical[]
  | { readonly [name: string]: Canonical | undefined };

const refuse = declareRefusals("evidence", {
  text_not_canonical: {
    category: "invalid",
    text: { zh: "内容不是规范的 JSON 形式。", en: "The text is not JSON in canonical form." },
    remedy: { zh: "按 RFC 8785 重新生成。", en: "Write it again by RFC 8785." },
  },
});

/** Depth beyond which nothing of ours goes; a bound, so that no input exhausts the stack. */
const DEPTH_MAX = 64;

/** RFC 8785 text of a value. Floats, unsafe integers and lone surrogates are bugs and throw. */
export function canonicalJson(value: Canonical): string {
  return write(value, 0);
}

function write(value: Canonical, depth: number): string {
  if (typeof value === "string") return writeText(value);
  if (typeof value === "number") {
    assert(Number.isSafeInteger(value), "a number in evidence is a whole one");
    return `${value === 0 ? 0 : value}`;
  }
  if (value === null) return "null";
  if (value === true) return "true";
  if (value === false) return "false";
  assert(depth < DEPTH_MAX, "canonical JSON is nested too deeply");
  if (Array.isArray(value)) {
    let text = "[";
    for (let i = 0; i < value.length; i++) {
      text += `${i === 0 ? "" : ","}${write(value[i] as Canonical, depth + 1)}`;
    }
    return `${text}]`;
  }
  return writeObject(value as { readonly [name: string]: Canonical | undefined }, depth);
}

function writeObject(
  object: { readonly [name: string]: Canonical | undefined },
  depth: number,
): string {
  // A bigint, a date or bytes would otherwise be written as `{}`, and nobody would notice.
  assert(isPlain(object), "canonical JSON writes plain objects only");
  let text = "{";
  // The default order of strings is that of UTF-16 code units, as §3.2.3 asks.
  for (const name of Object.keys(object).sort()) {
    const member = object[name];
    if (member === undefined) continue;
    text += `${text === "{" ? "" : ","}${writeText(name)}:${write(member, depth + 1)}`;
  }
  return `${text}}`;
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Text that JSON writes as it is: nothing to escape, no surrogates. */
const PLAIN = /^[ !#-[\]-~]*$/;

function writeText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  assert(text.isWellFormed(), "text in evidence has no lone surrogates");
  return JSON.stringify(text);
}

/** Reads text that must already be canonical; anything else is refused as `text_not_canonical`. */
export function parseCanonical(text: string): Canonical | Refusal {
  try {
    const value = JSON.parse(text) as Canonical;
    if (canonicalJson(value) === text) return value;
  } catch {
    // Not JSON, or JSON that we never write: the same answer.
  }
  return refuse("text_not_canonical");
}

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export function sha256Hex(text: string): string {
  return hash("sha256", text, "hex");
}

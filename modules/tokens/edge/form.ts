/**
 * Messages of the form edge as texts: `name=value&…`, percent-encoded, signed over their fields in
 * order of name. They look as UnionPay's gateway has them (全渠道 5.1.0), so that a requestor who
 * speaks that can speak this; `docs/reference/form-edge.md` says where they differ. Pure and strict:
 * a name twice, an empty value, a field that no transaction has are refused.
 */
import { createHash } from "node:crypto";

/** Fields of a message, decoded. */
export type Fields = Readonly<Record<string, string>>;

/** Longest value, in characters. */
export const VALUE_MAX = 1_024;
/** Most fields of one message. */
export const FIELDS_MAX = 40;

/**
 * What is signed: the SHA-256, in 64 hexadecimal digits, of every field but `signature`, written as
 * `name=value`, in order of name (bytes), joined by `&`, nothing encoded.
 */
export function digestOf(fields: Fields): string {
  const text = Object.entries(fields)
    .filter(([name]) => name !== "signature")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return createHash("sha256").update(text).digest("hex");
}

const NAME = /^[A-Za-z][A-Za-z0-9]{0,31}$/;
const INSIDE = /^[A-Za-z0-9._:-]{1,128}$/;

/** Reads a group such as `{trId=99900000001&tokenType=01}`; undefined if it is not quite that. */
export function readGroup(text: string): Fields | undefined {
  if (text.length > VALUE_MAX || !text.startsWith("{") || !text.endsWith("}")) return undefined;
  const fields = Object.create(null) as Record<string, string>;
  for (const part of text.slice(1, -1).split("&")) {
    const at = part.indexOf("=");
    const [name, value] = [part.slice(0, Math.max(0, at)), part.slice(at + 1)];
    if (!NAME.test(name) || !INSIDE.test(value) || name in fields) return undefined;
    fields[name] = value;
  }
  return fields;
}

/** Writes a group; what is undefined is left out. */
export function writeGroup(fields: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  return `{${said.map(([name, value]) => `${name}=${value}`).join("&")}}`;
}

/** The base64 of a signature of 64 bytes, strictly; undefined for anything else. */
export function readSignature(text: string): Buffer | undefined {
  const bytes = /^[A-Za-z0-9+/]{86}==$/.test(text) ? Buffer.from(text, "base64") : undefined;
  return bytes?.toString("base64") === text ? bytes : undefined;
}

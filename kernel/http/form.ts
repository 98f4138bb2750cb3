/**
 * Forms of pages: a strict reader of `application/x-www-form-urlencoded`, and the signed token that
 * a form without a session carries. The token names the command that the form will become, so that
 * sending it twice is one act; it is too young for three seconds (programs are quicker than people)
 * and too old after a day.
 */
import { isUtf8 } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../clock/index.ts";
import type { Refusal } from "../words/index.ts";
import { refuse } from "./http.refusals.ts";
import { isKeepable } from "./json.ts";
import { Refused } from "./problem.ts";

export const FORM_FIELDS_MAX = 200;
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,79}$/;

/** The hidden fields that the server itself reads. `_website` is left empty by people. */
export const FORM_FIELDS = { csrf: "_csrf", id: "_id", trap: "_website" } as const;

export type FormFields = Readonly<Record<string, string | readonly string[]>>;

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " ")).replaceAll("\r\n", "\n");
  } catch {
    throw new Refused(refuse("form_malformed"));
  }
}

/** Reads a form, or throws `Refused` with `form_malformed`. A name sent twice becomes a list. */
export function readForm(text: string): FormFields {
  const fields = Object.create(null) as Record<string, string | string[]>;
  if (text === "") return fields;
  const parts = text.split("&", FORM_FIELDS_MAX + 1);
  if (parts.length > FORM_FIELDS_MAX) throw new Refused(refuse("form_malformed"));
  for (const part of parts) {
    const at = part.indexOf("=");
    if (at < 0) throw new Refused(refuse("form_malformed"));
    const name = decode(part.slice(0, at));
    const value = decode(part.slice(at + 1));
    if (!NAME.test(name) || name === "__proto__" || !isKeepable(value)) {
      throw new Refused(refuse("form_malformed"));
    }
    const known = fields[name];
    if (known === undefined) fields[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else fields[name] = [known, value];
  }
  return fields;
}

/** As `readForm`, of bytes: text that is not UTF-8 is no form. */
export function readFormBytes(bytes: Buffer): FormFields {
  if (!isUtf8(bytes)) throw new Refused(refuse("form_malformed"));
  return readForm(bytes.toString("utf8"));
}

export interface FormTokens {
  /** A token for one form of one page, naming the command that it will become. */
  issue(id: string, now: Instant): string;
  /** The command's id. Refuses `form_not_ours`, `form_too_quick`. */
  read(token: unknown, now: Instant): string | Refusal;
}

/** Youngest and oldest a form without a session may be when it comes back. */
export const FORM_AGE_MS = { min: 3_000, max: 24 * 3_600_000 } as const;

/** Makes and reads form tokens under one key of 32 bytes. */
export function formTokens(key: Uint8Array, youngest_ms: number = FORM_AGE_MS.min): FormTokens {
  const sign = (text: string) => createHmac("sha256", key).update(`form\n${text}`).digest();
  return {
    issue(id, now) {
      const text = `${id}~${now.toString(36)}`;
      return `${text}~${sign(text).toString("base64url")}`;
    },
    read(token, now) {
      if (typeof token !== "string" || token.length > 200) return refuse("form_not_ours");
      const at = token.lastIndexOf("~");
      const text = token.slice(0, Math.max(0, at));
      const mac = Buffer.from(token.slice(at + 1), "base64url");
      const expected = sign(text);
      if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) {
        return refuse("form_not_ours");
      }
      const [id = "", issued = ""] = text.split("~");
      const age = now - Number.parseInt(issued, 36);
      if (!(age <= FORM_AGE_MS.max)) return refuse("form_not_ours");
      return age < youngest_ms ? refuse("form_too_quick") : id;
    },
  };
}

/**
 * Secrets of the edge: keys of programs, tokens of sessions and one-time links. Each carries 256
 * random bits; the store keeps only SHA-256, so nothing here needs a slow hash. Reading one from
 * the outside is total: whatever comes in, the answer is a digest or undefined.
 */
import { hash, timingSafeEqual } from "node:crypto";
import { randomBytes } from "../clock/index.ts";

const KEY_SHAPE = /^sbk_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/;
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** A fresh secret of 256 bits, 43 characters of base64url. */
export function drawToken(): string {
  return Buffer.from(randomBytes(32)).toString("base64url");
}

/** A fresh API key, `sbk_<8 shown>_<43 secret>`; the first 12 characters may be shown. */
export function drawKey(): { readonly key: string; readonly prefix: string } {
  const prefix = `sbk_${Buffer.from(randomBytes(4)).toString("hex")}`;
  return { key: `${prefix}_${drawToken()}`, prefix };
}

/** SHA-256 of a secret's text, which is all that is ever stored. */
export function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

/** The key of an `Authorization: Bearer` header, or undefined for anything else. */
export function readBearer(header: unknown): string | undefined {
  if (typeof header !== "string" || header.length !== 63) return undefined;
  if (header.slice(0, 7).toLowerCase() !== "bearer ") return undefined;
  const key = header.slice(7);
  return KEY_SHAPE.test(key) ? key : undefined;
}

/** A session token or link secret of the right shape, or undefined. */
export function readToken(value: unknown): string | undefined {
  return typeof value === "string" && TOKEN_SHAPE.test(value) ? value : undefined;
}

/** Whether two secrets are the same, in a time that does not depend on where they differ. */
export function sameSecret(left: unknown, right: string): boolean {
  if (typeof left !== "string") return false;
  return timingSafeEqual(digest(left), digest(right));
}

/**
 * Keys with which programs sign their requests: Ed25519 (RFC 8032), known by SHA-256 of their 32 raw
 * bytes. Whoever signs acts for the line of his key, as whoever sends a bearer key of that name
 * does, so a program that begins to sign, or signs with its next key, is still itself. What was
 * signed is read in kernel/http; whether it is this key's word is judged here.
 */
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Refusal } from "../words/index.ts";
import type { Desk } from "./desk.ts";
import { refuse } from "./identity.refusals.ts";
import type { Principal } from "./principal.ts";
import { type RequestKeyRow, findRequestKeyRow } from "./request-key.store.ts";

/** What somebody says that he has signed, and with which key. */
export interface SignedText {
  /** 64 hexadecimal digits. */
  readonly keyid: string;
  readonly text: string;
  readonly signature: Uint8Array;
}

const KEY_ID = /^[0-9a-f]{64}$/;
const SIGNATURE_BYTES = 64;

/** A key object for as long as its row is believed. */
const objects = new WeakMap<RequestKeyRow, KeyObject>();

/**
 * Whom a signed text speaks for. Refuses `request_key_unknown`, also for a key of a closed
 * organisation, then `request_signature_wrong`; that a key has ended or is past its time
 * (`request_key_ended`, `request_key_expired`) is told to its holder alone. A key that was ended by
 * another process may be believed for up to five seconds.
 */
export async function findSigner(desk: Desk, signed: SignedText): Promise<Principal | Refusal> {
  const { keyid, text, signature } = signed;
  if (!KEY_ID.test(keyid)) return refuse("request_key_unknown");
  const row = await desk.requestKeys.get(keyid, () => findRequestKeyRow(desk.store, keyid));
  if (row === undefined) return refuse("request_key_unknown");
  const isHis =
    signature.length === SIGNATURE_BYTES &&
    verify(null, Buffer.from(text), objectOf(row), signature);
  if (!isHis) return refuse("request_signature_wrong");
  if (row.ended !== null) return refuse("request_key_ended");
  if (row.expires <= desk.now()) return refuse("request_key_expired");
  return { kind: "key", id: row.line, organisation: row.organisation, roles: row.roles };
}

function objectOf(row: RequestKeyRow): KeyObject {
  const known = objects.get(row);
  if (known !== undefined) return known;
  const x = Buffer.from(row.public_key).toString("base64url");
  const made = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  objects.set(row, made);
  return made;
}

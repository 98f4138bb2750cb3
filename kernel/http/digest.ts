/**
 * The digest of a request's body (Content-Digest, RFC 9530), SHA-256. A signature is judged before
 * the body has come, so it covers the digest, and the body is held against that when it is there.
 */
import { createHash } from "node:crypto";
import type { Refusal } from "../words/index.ts";
import { refuse } from "./signature.refusals.ts";
import { readDictionary } from "./structured.ts";

const SHA256_BYTES = 32;

/** What a signed request says of its body, and whether the body has been held against it. */
export interface SignedContent {
  /** Absent where the request says that it has no body. */
  readonly digest?: Buffer;
  compared: boolean;
}

/** Reads the header of a signed request. Refuses `content_digest_malformed`. */
export function readContentDigest(header: unknown): SignedContent | Refusal {
  if (header === undefined) return { compared: false };
  const found = readDictionary(header)?.get("sha-256");
  if (found === undefined || "list" in found || found.bare.kind !== "bytes") {
    return refuse("content_digest_malformed");
  }
  const digest = found.bare.value;
  return digest.length === SHA256_BYTES
    ? { digest, compared: false }
    : refuse("content_digest_malformed");
}

/** Holds a body against what was signed. Refuses `content_digest_needed`, `content_digest_differs`. */
export function compareContent(signed: SignedContent, body: Uint8Array): true | Refusal {
  signed.compared = true;
  if (signed.digest === undefined) return body.length === 0 || refuse("content_digest_needed");
  const actual = createHash("sha256").update(body).digest();
  return actual.equals(signed.digest) || refuse("content_digest_differs");
}

/**
 * Who calls by a signed request. Everything is judged from the headers, in one order: is it taken
 * here, can it be read, does it cover enough, is it of now, and whose is it. The body is held
 * against its digest when it has come.
 */
import type { Instant } from "../clock/index.ts";
import type { Identity, Principal } from "../identity/index.ts";
import { isRefusal, type Refusal } from "../words/index.ts";
import { readContentDigest, type SignedContent } from "./digest.ts";
import type { Route } from "./route.ts";
import {
  coversEnough,
  isTimely,
  type Message,
  readSignature,
  signatureBase,
  type SignatureWindow,
} from "./signature.ts";
import { refuse } from "./signature.refusals.ts";

/** A request, and when it counts as signed now. */
export interface Signing extends Message {
  readonly window: SignatureWindow;
  readonly now: Instant;
}

/**
 * The signer of a request. Refuses `signature_beside_a_key`, `signature_not_taken_here`,
 * `idempotency_key_needed`, then as `readSignature`, `coversEnough`, `isTimely`, `signatureBase` and
 * identity's `findSigner` do, in this order, and `content_digest_malformed`.
 */
export async function findSigned(
  finder: Pick<Identity, "findSigner">,
  signing: Signing,
  route: Pick<Route, "auth" | "method" | "signed">,
): Promise<{ readonly principal: Principal; readonly content: SignedContent } | Refusal> {
  const { headers, window, now } = signing;
  if (headers["authorization"] !== undefined) return refuse("signature_beside_a_key");
  if (!takesSigned(route)) return refuse("signature_not_taken_here");
  if (route.signed === "act_in_key" && headers["idempotency-key"] === undefined) {
    return refuse("idempotency_key_needed");
  }
  const signature = readSignature(headers);
  if (isRefusal(signature)) return signature;
  const whole = coversEnough(signature, headers);
  if (isRefusal(whole)) return whole;
  const timely = isTimely(signature, window, now);
  if (isRefusal(timely)) return timely;
  const text = signatureBase(signature, signing);
  if (isRefusal(text)) return text;
  const { keyid, bytes } = signature;
  const principal = await finder.findSigner({ keyid, text, signature: bytes });
  if (isRefusal(principal)) return principal;
  const content = readContentDigest(headers["content-digest"]);
  return isRefusal(content) ? content : { principal, content };
}

/** Reading twice harms nobody; acting twice is for routes that say how they know an act again. */
export function takesSigned({
  auth,
  method,
  signed,
}: Pick<Route, "auth" | "method" | "signed">): boolean {
  return signed !== undefined || (method === "GET" && auth !== "session");
}

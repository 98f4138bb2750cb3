/**
 * Who calls: a program by its key or by its signature over the request, a person by the session of
 * one face, or a visitor. Credentials that are sent must be good, also where none are needed. A key
 * or signature goes before any cookie, and not beside each other.
 */
import type { Face, Identity, Principal, Session } from "../identity/index.ts";
import { sameSecret } from "../identity/index.ts";
import { type Refusal, isRefusal, refusalEntry } from "../words/index.ts";
import { readSessionCookies } from "./cookie.ts";
import type { SignedContent } from "./digest.ts";
import { refuse } from "./http.refusals.ts";
import { type Route, VISITOR } from "./route.ts";
import { isCrossSite } from "./security.ts";
import { isSigned, type Message } from "./signature.ts";
import { findSigned, type Signing } from "./signed.ts";

export interface Caller {
  readonly principal: Principal;
  readonly session?: Session;
  readonly sessionToken?: string;
  /** What a signed request says of its body, which is yet to come. */
  readonly content?: SignedContent;
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What identity answers to the edge. */
export type Finder = Pick<Identity, "findKey" | "findSession" | "findSigner">;

/** The caller that has no credentials. */
export const VISITING: Caller = { principal: VISITOR };

/** The refusal of identity for whoever is not signed in, without asking it. */
function notSignedIn(): Refusal {
  const category = refusalEntry("not_signed_in")?.category ?? "unauthenticated";
  return { refused: true, code: "not_signed_in", category, failed: [] };
}

/**
 * Who calls an API route. Refuses `not_signed_in`, `session_needed`, `key_needed`, `face_needed`,
 * and for signed requests what `findSigned` refuses.
 */
export async function findCaller(
  finder: Finder,
  asked: Message & Pick<Signing, "window" | "now">,
  route: Pick<Route, "auth" | "faces" | "method" | "signed">,
): Promise<Caller | Refusal> {
  const { authorization } = asked.headers;
  if (isSigned(asked.headers)) return findSigned(finder, asked, route);
  if (authorization !== undefined) {
    const principal = await finder.findKey(authorization);
    if (isRefusal(principal)) return principal;
    return route.auth === "session" ? refuse("session_needed") : { principal };
  }
  const tokens = readSessionCookies(asked.headers["cookie"], asked.scheme === "https");
  const faces = [...tokens.keys()].filter((face) => route.faces?.includes(face) ?? true);
  const named = asked.headers["sandbank-face"];
  const face = named === undefined ? faces[0] : faces.find((one) => one === named);
  if (face === undefined) return route.auth === "none" ? VISITING : notSignedIn();
  if (route.auth === "key") return refuse("key_needed");
  if (named === undefined && faces.length > 1) {
    return route.auth === "none" ? VISITING : refuse("face_needed");
  }
  const found = await findVisit(finder, { tokens, face });
  return isRefusal(found) && route.auth === "none" ? VISITING : found;
}

/** Who looks at a page: the session of its face, or a visitor. Never a key. */
export async function findViewer(
  finder: Finder,
  asked: { readonly headers: Headers; readonly https: boolean },
  face: Face,
): Promise<Caller> {
  const tokens = readSessionCookies(asked.headers["cookie"], asked.https);
  if (!tokens.has(face)) return VISITING;
  const found = await findVisit(finder, { tokens, face });
  return isRefusal(found) ? VISITING : found;
}

async function findVisit(
  finder: Finder,
  visit: { readonly tokens: ReadonlyMap<Face, string>; readonly face: Face },
): Promise<Caller | Refusal> {
  const token = visit.tokens.get(visit.face);
  const session = await finder.findSession(token, visit.face);
  if (isRefusal(session) || token === undefined) return isRefusal(session) ? session : VISITING;
  return { principal: session.principal, session, sessionToken: token };
}

/**
 * Whether a changing request was meant by who it speaks for. A key proves it by being sent; a
 * session must repeat its secret in `X-CSRF-Token`; nobody may be sent here by another site.
 */
export function isMeant(caller: Caller, headers: Headers): boolean {
  if (caller.principal.kind === "key") return true;
  if (isCrossSite(headers)) return false;
  if (caller.session === undefined) return true;
  return sameSecret(headers["x-csrf-token"], caller.session.csrf);
}

const ID = /^[A-Za-z0-9_.:-]{1,80}$/;

/** True for an id that the guard takes as a command's id. */
export function isCommandId(id: unknown): id is string {
  return typeof id === "string" && ID.test(id);
}

/**
 * Session cookies, one per face. Over https the name carries `__Host-`, which binds the cookie to
 * this host and to https. Reading is total: whatever the header holds, the answer is a token or none.
 */
import { FACES, type Face, SESSION_LIVES, readToken } from "../identity/index.ts";

/** Longest Cookie header that is read; a longer one counts as none. */
const HEADER_MAX = 8_192;

export function cookieName(face: Face, https: boolean): string {
  return `${https ? "__Host-" : ""}sandbank_${face}`;
}

/** The session tokens of a Cookie header by face. A name sent twice counts as not sent. */
export function readSessionCookies(header: unknown, https: boolean): Map<Face, string> {
  const tokens = new Map<Face, string>();
  if (typeof header !== "string" || header.length > HEADER_MAX) return tokens;
  const seen = new Set<Face>();
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    const name = part.slice(0, at).trim();
    const face = FACES.find((one) => cookieName(one, https) === name);
    if (face === undefined) continue;
    const token = readToken(part.slice(at + 1).trim());
    if (seen.has(face) || token === undefined) tokens.delete(face);
    else tokens.set(face, token);
    seen.add(face);
  }
  return tokens;
}

/** The Set-Cookie header that begins a session, or ends it if there is no token. */
export function sessionCookie(face: Face, token: string | undefined, https: boolean): string {
  const seconds = token === undefined ? 0 : SESSION_LIVES[face].hours_max * 3_600;
  const secure = https ? "; Secure" : "";
  const name = cookieName(face, https);
  return `${name}=${token ?? ""}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

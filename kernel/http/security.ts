/**
 * Headers that every answer carries, and the names under which we are reached. Public pages may
 * load nothing but what stands beside them; the applications, which style themselves while they
 * run, may also use inline styles. Nobody may frame us.
 */
import type { Face } from "../identity/index.ts";

/** What a page may load. `api` is for everything that is no page. */
export type Policy = "api" | "public" | "application";

const CLOSED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
const BESIDE = [
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
].join("; ");

export const CONTENT_POLICIES: Readonly<Record<Policy, string>> = {
  api: CLOSED,
  public: `${CLOSED}; ${BESIDE}; style-src 'self'`,
  application: `${CLOSED}; ${BESIDE}; style-src 'self' 'unsafe-inline'; worker-src 'self'`,
};

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

const NO_SENSORS = "camera=(), microphone=(), geolocation=(), payment=()";
const CAMERA = "camera=(self), microphone=(), geolocation=(), payment=()";

export function policyOf(face: Face): Policy {
  return face === "disclosure" ? "public" : "application";
}

function headersOf(
  policy: Policy,
  https: boolean,
  permissions: string,
): Readonly<Record<string, string>> {
  return Object.freeze({
    ...ALWAYS,
    "content-security-policy": CONTENT_POLICIES[policy],
    "permissions-policy": permissions,
    ...(https ? { "strict-transport-security": "max-age=31536000" } : {}),
  });
}

/** The headers of each kind of answer, made once. The till alone may use the camera, to scan. */
export function securityHeaders(https: boolean) {
  return {
    api: headersOf("api", https, NO_SENSORS),
    public: headersOf("public", https, NO_SENSORS),
    application: headersOf("application", https, NO_SENSORS),
    till: headersOf("application", https, CAMERA),
  } as const;
}

/** The names by which this machine knows itself. */
export const LOOPBACK_HOSTS: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** Whether a Host header is one of ours, whatever its port. Defeats DNS rebinding. */
export function isKnownHost(header: unknown, hosts: ReadonlySet<string>): boolean {
  if (typeof header !== "string" || header.length > 255) return false;
  const name = /^(\[[0-9a-f:]+\]|[^:]+)(?::\d{1,5})?$/i.exec(header)?.[1];
  return name !== undefined && hosts.has(name.toLowerCase());
}

/** Whether a browser says that another site made it send this. Silence is no evidence. */
export function isCrossSite(headers: Readonly<Record<string, unknown>>): boolean {
  const site = headers["sec-fetch-site"];
  if (typeof site === "string") return site !== "same-origin" && site !== "none";
  const { origin, host } = headers;
  if (typeof origin !== "string" || typeof host !== "string") return false;
  return origin !== `http://${host}` && origin !== `https://${host}`;
}

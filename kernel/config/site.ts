/**
 * The public addresses of a live installation. Passkeys belong to the name of the first one, so all
 * others are that name or below it; everything is https, since cookies and passkeys need it.
 */

/** Where people reach us. */
export interface PublicSite {
  /** `https://sandbank.example`: what links and records name. */
  readonly origin: string;
  /** The main one and all others, each exactly as a browser states it. */
  readonly origins: readonly string[];
  /** Name of the main one without port: whose passkeys these are. */
  readonly name: string;
  /** Names of all, without port: the Host headers that are answered. */
  readonly hosts: readonly string[];
}

const ORIGINS_MAX = 20;
const NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** Reads addresses separated by commas; undefined if one is none of ours to have. */
export function readSite(text: string): PublicSite | undefined {
  const read = text.split(",").map((one) => readOrigin(one.trim()));
  const [main] = read;
  if (main === undefined || read.length > ORIGINS_MAX) return undefined;
  const known = read.filter((one) => one !== undefined);
  const below = known.every(
    ({ hostname }) => hostname === main.hostname || hostname.endsWith(`.${main.hostname}`),
  );
  if (known.length !== read.length || !below) return undefined;
  return {
    origin: main.origin,
    origins: [...new Set(known.map(({ origin }) => origin))],
    name: main.hostname,
    hosts: [...new Set(known.map(({ hostname }) => hostname))],
  };
}

/** An https address that is a name, with or without a port, and nothing behind it. */
function readOrigin(text: string): URL | undefined {
  const url = URL.parse(text);
  if (url === null || url.protocol !== "https:" || !NAME.test(url.hostname)) return undefined;
  return text.replace(/\/$/, "").toLowerCase() === url.origin ? url : undefined;
}

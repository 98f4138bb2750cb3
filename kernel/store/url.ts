/**
 * Reads DATABASE_URL, strictly: what is not understood is said, not guessed. The password never
 * appears in a sentence.
 */
import type { Login } from "./pool.ts";
import { StoreProblem } from "./problem.ts";

const PORT_USUAL = 5432;

/** How `sslmode` asks for encryption. `require` encrypts without proof of who answers. */
const SSL_MODES: Readonly<Record<string, Login["ssl"]>> = {
  disable: false,
  require: { rejectUnauthorized: false },
  "verify-full": true,
};

/** The login that a DATABASE_URL names. Throws `url_not_understood`. */
export function readDatabaseUrl(text: string): Login {
  const url = parsed(text);
  if (url.protocol !== "postgres:" && url.protocol !== "postgresql:") {
    throw misread("it does not begin with postgres://");
  }
  const database = decoded(url.pathname.slice(1));
  if (database === "" || database.includes("/")) throw misread("it names no database");
  const user = decoded(url.username);
  if (user === "") throw misread("it names no user");
  let ssl: Login["ssl"] = false;
  let host = decoded(url.hostname).replace(/^\[(.*)\]$/, "$1");
  for (const [name, value] of url.searchParams) {
    if (name === "sslmode" && value in SSL_MODES) ssl = SSL_MODES[value];
    else if (name === "host" && value.startsWith("/")) host = value;
    else throw misread(`${name}=${value} is not supported`);
  }
  if (host === "") throw misread("it names no host");
  const password = url.password === "" ? undefined : decoded(url.password);
  const port = url.port === "" ? PORT_USUAL : Number(url.port);
  return { host, port, database, user, password, ssl };
}

function parsed(text: string): URL {
  const url = URL.parse(text.trim());
  if (!url) throw misread("it is not a URL");
  return url;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw misread("a percent sign in it is not an escape");
  }
}

function misread(reason: string): StoreProblem {
  return new StoreProblem("url_not_understood", { reason });
}

/**
 * Reads drawn requests by the contracts of one thing that is served, as the server does before it
 * asks anything of the store: ten to a hundred times as many as can be thrown at the whole of it.
 */
import { isUtf8 } from "node:buffer";
import {
  problemOf,
  readAll,
  readBytes,
  readerOf,
  readsOf,
  Refused,
  type Served,
} from "@sandbank/kernel/http";
import { isRefusal, type Lang, type Refusal } from "@sandbank/kernel/words";
import { type Means, type Request, throwerAt } from "./request.fixture.ts";
import { verdictOf } from "./verdict.fixture.ts";

/** What is drawn is a right request at times, mostly nearly right, and never wrong before its parts. */
const SHARES = { right: 10, near: 55, hostile: 35, edge: 0 } as const;

/** True if it has a contract of its own, so that there is something to read. */
export function isRead({ route, page }: Served): boolean {
  const contracts = [
    route?.params,
    route?.query,
    route?.body,
    page?.params,
    page?.query,
    page?.form,
  ];
  return contracts.some((one) => one !== undefined);
}

/**
 * Draws request number `input`, reads it, and says how: `read`, or the code of the refusal, which is
 * whole. Throws whatever a reader throws that is no refusal.
 */
export function readingAt(served: Served, means: Means): (input: number) => string {
  const draw = throwerAt(served, means, SHARES);
  const { route, page } = served;
  const kind = route === undefined ? "page" : readsOf(route);
  const reader = readerOf(kind, page === undefined ? { ...route } : { ...page, body: page.form });
  return (input) => {
    const sent = draw(input);
    const params = paramsOf(served.path, sent.url);
    if (params === undefined) return "not_routed";
    const read = refusedOr(() =>
      readAll(reader, {
        params,
        query: queryOf(sent.url),
        body: readBytes(kind, sent.body ?? NONE),
      }),
    );
    return isRefusal(read) ? judged(read, sent) : "read";
  };
}

const NONE = Buffer.alloc(0);

function refusedOr<T>(read: () => T): T | Refusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** The code of a refusal, once its document has been found whole. */
function judged(refusal: Refusal, { aim, method, url, body, lang = "zh" }: Request): string {
  const problem = problemOf(refusal, { lang, instance: "1" });
  const said = {
    ...{ status: problem.status, type: "application/problem+json" },
    ...{ body: JSON.stringify(problem), lang: lang as Lang },
  };
  return verdictOf(said, () => {
    const bytes = body ?? NONE;
    return `${aim} ${method} ${url} ${bytes.toString(isUtf8(bytes) ? "utf8" : "hex").slice(0, 600)}`;
  }).code;
}

/** What stands in the places of the path; nothing where the address leads elsewhere. */
function paramsOf(path: string, url: string): Record<string, string> | undefined {
  const names = path.split("/");
  const [asked = ""] = url.split("?", 1);
  const segments = asked.split("/");
  const isRest = path.endsWith("*}");
  if (isRest ? segments.length < names.length : segments.length !== names.length) return undefined;
  const params: Record<string, string> = {};
  try {
    for (const [at, place] of names.entries()) {
      const name = /^\{([A-Za-z0-9_]+)(\*?)\}$/.exec(place);
      if (name?.[1] === undefined || name[1] === "lang") continue;
      const said = name[2] === "*" ? segments.slice(at).join("/") : (segments[at] ?? "");
      params[name[1]] = decodeURIComponent(said);
    }
    return params;
  } catch {
    return undefined;
  }
}

/** A query as the framework hands it on: a name sent twice has a list. */
function queryOf(url: string): Record<string, string | string[]> {
  const query = Object.create(null) as Record<string, string | string[]>;
  const at = url.indexOf("?");
  if (at < 0) return query;
  for (const [name, value] of new URLSearchParams(url.slice(at + 1))) {
    const known = query[name];
    if (known === undefined) query[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else query[name] = [known, value];
  }
  return query;
}

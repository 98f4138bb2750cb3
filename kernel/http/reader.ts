/**
 * What a request says, from bytes to values: the syntax of its body, then the contracts of its path,
 * its query and its body. Whatever comes is read or refused, with nothing asked of the store.
 */
import type { z } from "zod";
import { isRefusal, type Refusal } from "../words/index.ts";
import { type Checked, type Contract, type Place, compileContract } from "./contract.ts";
import { readFormBytes } from "./form.ts";
import { readJsonBytes } from "./json.ts";

/**
 * A route takes JSON, a page a form. A route that takes a `form` sees it as it came, text by text, and
 * a name that came twice as a list; a page reads "5" as the number that its contract asks for.
 */
export type ReaderKind = "api" | "page" | "form";

export interface Contracts {
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
}

type Check = (value: unknown) => Checked;

export interface Reader {
  readonly params: Check;
  readonly query: Check;
  readonly body: Check;
  /** Contracts that are compiled when they are first asked, unless they are warmed before. */
  readonly contracts: readonly Contract[];
}

/** The values of the three places of a request. */
export interface Read {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Without a contract, a route's params and whatever a page is sent pass as the text they are. */
const AS_IS: Check = (value) => ({ value });
/** A query or body that no contract of a route expects is dropped. */
const NOTHING: Check = () => ({ value: undefined });

/** Makes the contracts of a route or page, once. */
export function readerOf(kind: ReaderKind, contracts: Contracts): Reader {
  const made: Contract[] = [];
  const of = (place: Place, schema: z.ZodType | undefined, none: Check): Check => {
    if (schema === undefined) return none;
    const contract = compileContract(schema, place);
    made.push(contract);
    return contract;
  };
  const none = kind === "page" ? AS_IS : NOTHING;
  return {
    params: of("params", contracts.params, AS_IS),
    query: of("query", contracts.query, none),
    body: of(kind === "page" ? "form" : "body", contracts.body, none),
    contracts: made,
  };
}

/** Reads all three places, the path first. Refuses `contract_not_met`. */
export function readAll(reader: Reader, sent: Read): Read | Refusal {
  const params = reader.params(sent.params);
  if (isRefusal(params)) return params;
  const query = reader.query(sent.query);
  if (isRefusal(query)) return query;
  const body = reader.body(sent.body);
  if (isRefusal(body)) return body;
  return { params: params.value, query: query.value, body: body.value };
}

/**
 * The syntax of a body; `undefined` where nothing was sent. Throws `Refused` with `body_not_json` or
 * `form_malformed`.
 */
export function readBytes(kind: ReaderKind, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  return kind === "api" ? readJsonBytes(bytes) : readFormBytes(bytes);
}

/**
 * A stranger's client of Sandbank, written from `GET /openapi.json` and nothing else. It sends a
 * bearer key, or signs its requests, with an Idempotency-Key for every act, and knocks again with the
 * same one wherever the outcome is not known: network error, timeout, 503, or a rate. It never makes
 * an Idempotency-Key of its own and never repeats an act under another one.
 */
import { pause } from "../clock.ts";
import type { RequestSigner } from "./signing.ts";

/** Where Sandbank is and who calls. */
export interface Door {
  readonly origin: string;
  /** A bearer key, or who signs each request in its place. */
  readonly key: string | RequestSigner;
  /** How long one try may take, 10 s unless told. */
  readonly timeoutMs?: number;
  /** Tries of one call, 6 unless told. */
  readonly triesMax?: number;
  /** Wait before the second try, 100 ms unless told; doubles with each. */
  readonly pauseMs?: number;
  /** Told of every try, for a record of one's own. */
  readonly onTried?: (tried: Tried) => void;
}

/** One try of a call as its caller saw it: `status` 0 where no answer was heard. */
export interface Tried {
  readonly path: string;
  readonly status: number;
  /** From before the request was sent until all of the answer was read, microseconds. */
  readonly tookUs: number;
}

/** One limit or check that failed, as far as the caller may see it. */
export interface Failed {
  readonly code: string;
  readonly limit?: string;
  readonly unit?: string;
  readonly used?: string;
  readonly cap?: string;
  readonly asked?: string;
  readonly clause?: string;
}

/** What came back: an answer, or a "no" with its code (RFC 9457 problem document). */
export type Heard =
  | { readonly said: "yes"; readonly status: number; readonly body: unknown }
  | {
      readonly said: "no";
      readonly status: number;
      readonly code: string;
      readonly category: string;
      readonly detail: string;
      readonly failed: readonly Failed[];
    };

/** The outcome of a call is not known after every try. Ask again later with the same key. */
export class NotReached extends Error {
  override readonly name = "NotReached";
}

interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

/** Statuses after which the outcome is open or was never begun. */
const AGAIN = new Set([408, 429, 502, 503, 504]);
const PAUSE_MS_MAX = 5_000;

export class SandbankClient {
  readonly #door: Required<Door>;
  #triedAgain = 0;

  constructor(door: Door) {
    const unless = { timeoutMs: 10_000, triesMax: 6, pauseMs: 100, onTried: () => undefined };
    this.#door = { ...unless, ...door };
  }

  /** How often a call had to be repeated since the start. */
  get triedAgain(): number {
    return this.#triedAgain;
  }

  /** Reads. */
  get(path: string): Promise<Heard> {
    return this.#call({ method: "GET", path });
  }

  /**
   * Acts once, however often it is called with the same `key` (1 to 80 of `A-Za-z0-9_.:-`). Without
   * one where the body itself says which act it is.
   */
  post(path: string, key: string | undefined, body: unknown): Promise<Heard> {
    return this.#call({ method: "POST", path, body, ...(key === undefined ? {} : { key }) });
  }

  /** As `post`. */
  put(path: string, key: string, body: unknown): Promise<Heard> {
    return this.#call({ method: "PUT", path, body, key });
  }

  /** As `post`, of what is taken away. */
  remove(path: string, key: string): Promise<Heard> {
    return this.#call({ method: "DELETE", path, key });
  }

  async #call(call: Call): Promise<Heard> {
    const { triesMax, pauseMs } = this.#door;
    let why = "";
    for (let tried = 1; tried <= triesMax; tried++) {
      const heard = await this.#once(call);
      if (typeof heard === "object") return heard;
      why = heard;
      if (tried === triesMax) break;
      this.#triedAgain += 1;
      await pause(Math.min(PAUSE_MS_MAX, pauseMs * 2 ** (tried - 1)));
    }
    throw new NotReached(`${call.method} ${call.path}: ${why} after ${triesMax} tries`);
  }

  /** What was heard, or why it is worth asking again. */
  async #once({ method, path, body, key }: Call): Promise<Heard | string> {
    const { origin, key: secret, timeoutMs, onTried } = this.#door;
    const began = performance.now();
    const tried = (status: number) =>
      onTried({ path, status, tookUs: Math.ceil((performance.now() - began) * 1_000) });
    const url = origin + path;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const id = key === undefined ? {} : { "idempotency-key": key };
    const proof =
      typeof secret === "string"
        ? { authorization: `Bearer ${secret}` }
        : secret.sign({ method, url, id: key, body: text });
    try {
      const answer = await fetch(url, {
        method,
        headers: {
          ...{ ...proof, ...id, accept: "application/json" },
          ...(text === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(text === undefined ? {} : { body: text }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const said = await answer.text();
      tried(answer.status);
      if (AGAIN.has(answer.status)) return `status ${answer.status}`;
      return readAnswer(answer.status, said);
    } catch (error) {
      tried(0);
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** Reads an answer; one that is no JSON is a cut answer and worth asking again. */
function readAnswer(status: number, text: string): Heard | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `status ${status} without JSON`;
  }
  if (status < 400) return { said: "yes", status, body };
  const problem = (body ?? {}) as {
    readonly code?: string;
    readonly category?: string;
    readonly detail?: string;
    readonly failed?: readonly Failed[];
  };
  const { code = "", category = "", detail = "", failed = [] } = problem;
  return { said: "no", status, code, category, detail, failed };
}

/**
 * One route of the API: what comes in, what goes out, who may call, and the function that answers.
 * The OpenAPI document is made from the same object. Routes know modules, never databases' rows.
 */
import type { z } from "zod";
import type { Instant } from "../clock/index.ts";
import type { Face, Principal, Session, SignedIn } from "../identity/index.ts";
import type { Lang, Refusal, Text } from "../words/index.ts";

/**
 * Whoever calls a route with `auth: "none"` without credentials: no role and no organisation of the
 * register, so nothing that asks for either lets them through.
 */
export const VISITOR: Principal = Object.freeze({
  kind: "person",
  id: "visitor",
  organisation: "visitors",
  roles: [],
});

/** What a handler gets; every part has passed its contract. */
export interface Asked<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** On a route with `auth: "none"` a caller without credentials is `VISITOR`. */
  readonly principal: Principal;
  readonly lang: Lang;
  /** The Idempotency-Key header, or an id drawn for this request. Use it as the command id. */
  readonly id: string;
  /** The session that asks, where one does. */
  readonly session?: Session;
  /** The secret of that session's cookie; for identity alone. */
  readonly sessionToken?: string;
}

/** A command that waits for a second person: answered with 202. */
export interface Parked {
  readonly parked: true;
  readonly task: string;
  readonly at: Instant;
}

/** An answer that also begins a session, or ends that of a face. Sets the face's cookie. */
export interface SessionAnswer<Answer> {
  readonly answer: Answer;
  readonly session: SignedIn | { readonly end: Face };
}

export interface Route<Params = any, Query = any, Body = any, Answer = any> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `/api/…` with `{name}` for parameters, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: Text;
  /** `key` and `session` ask for that credential, `any` for one of them. */
  readonly auth: "none" | "session" | "key" | "any";
  /**
   * Whether a signed request stands in for a key, and where it says which act it is: in its path and
   * body, or in its Idempotency-Key, which it then must have. Either way, what is sent again is the
   * same act. Without it signed requests may only read.
   */
  readonly signed?: "act_in_content" | "act_in_key";
  /** The faces whose sessions count here; all unless told. */
  readonly faces?: readonly Face[];
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /**
   * Takes and answers `application/x-www-form-urlencoded`, for edges that others have laid down: the
   * contract sees every field as text, and the answer is a flat record of texts. What cannot be read
   * at all is still a problem document.
   */
  readonly form?: true;
  /** Largest body of this route in bytes, where it takes more than all others. */
  readonly bodyBytesMax?: number;
  readonly answer: z.ZodType<Answer>;
  /** Status of success; 200 unless told. */
  readonly status?: 200 | 201 | 202;
  /**
   * Whose requests these are, where somebody's are counted apart; `undefined` where nobody's are. It
   * is given parameters as they came, of requests that are refused too, and tells names of a closed set.
   */
  readonly countedFor?: (params: Readonly<Record<string, string>>) => string | undefined;
  /** Refusal codes worth naming in the OpenAPI document. */
  readonly refusals?: readonly string[];
  handle(
    asked: Asked<Params, Query, Body>,
  ): Promise<Answer | Refusal | Parked | SessionAnswer<Answer>>;
}

/** Declares a route; only there so that the types of its contracts flow into `handle`. */
export function route<P, Q, B, A>(declared: Route<P, Q, B, A>): Route<P, Q, B, A> {
  return declared;
}

const withSession = new WeakSet<object>();

/** Answers and begins (or ends) a session with it. */
export function answerWithSession<Answer>(
  answer: Answer,
  session: SignedIn | { readonly end: Face },
): SessionAnswer<Answer> {
  const made = { answer, session };
  withSession.add(made);
  return made;
}

/** True for what `answerWithSession` made, whatever a module's own answers look like. */
export function isSessionAnswer(value: unknown): value is SessionAnswer<unknown> {
  return typeof value === "object" && value !== null && withSession.has(value);
}

/**
 * One route of the API: what comes in, what goes out, who may call, and the function that answers.
 * The OpenAPI document is made from the same object. Routes know modules, never databases' rows.
 */
import type { z } from "zod";
import type { Principal } from "../identity/index.ts";
import type { Lang, Refusal, Text } from "../words/index.ts";

/** What a handler gets; every part has passed its contract. */
export interface Asked<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** A visitor without credentials on a route with `auth: "none"` has no principal. */
  readonly principal: Principal;
  readonly lang: Lang;
  /** The Idempotency-Key header, or an id drawn for this request. Use it as the command id. */
  readonly id: string;
}

export interface Route<Params = any, Query = any, Body = any, Answer = any> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `/api/…` with `{name}` for parameters, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: Text;
  /** `key` and `session` ask for that credential, `any` for one of them. */
  readonly auth: "none" | "session" | "key" | "any";
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  readonly answer: z.ZodType<Answer>;
  /** Status of success; 200 unless told. */
  readonly status?: 200 | 201 | 202;
  handle(asked: Asked<Params, Query, Body>): Promise<Answer | Refusal>;
}

/** Declares a route; only there so that the types of its contracts flow into `handle`. */
export function route<P, Q, B, A>(declared: Route<P, Q, B, A>): Route<P, Q, B, A> {
  return declared;
}

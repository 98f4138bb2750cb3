/**
 * What every handler of the edge works with, and how an answer, a refusal or a fault is sent. The
 * only file that turns an error into a status; no error's message ever leaves the house.
 */
import type { FastifyReply, FastifyRequest } from "fastify";

import type { Identity, SignedIn, Face } from "../identity/index.ts";
import type { Lang, Refusal } from "../words/index.ts";
import type { Caller } from "./caller.ts";
import { sessionCookie } from "./cookie.ts";
import type { FormTokens } from "./form.ts";
import { refuse } from "./http.refusals.ts";
import { readLanguage } from "./language.ts";
import type { Logger } from "./log.ts";
import type { HttpMetrics } from "./metrics.ts";
import { type Problem, Refused, faultOf, problemOf, problemOfFault } from "./problem.ts";
import type { Buckets } from "./rate.ts";
import type { ReaderKind } from "./reader.ts";
import { type Route, VISITOR } from "./route.ts";
import type { securityHeaders } from "./security.ts";
import type { SignatureWindow } from "./signature.ts";

/** What a route was registered as; Fastify hands it back with each request. */
export interface Registered {
  readonly kind: "api" | "page" | "static" | "built_in";
  /** `GET /api/tokens/{id}`: the label in logs and metrics. */
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly countedFor?: Route["countedFor"];
  /** What its bodies are read as, where that is not as its kind. */
  readonly reads?: ReaderKind;
}

declare module "fastify" {
  interface FastifyContextConfig {
    registered?: Registered;
  }
  interface FastifyRequest {
    caller: Caller | null;
    commandId: string;
  }
}

export interface Edge {
  readonly identity: Identity;
  readonly https: boolean;
  readonly log: Logger;
  readonly metrics: HttpMetrics;
  readonly hosts: ReadonlySet<string>;
  readonly headers: ReturnType<typeof securityHeaders>;
  readonly visitors: Buckets;
  readonly principals: Buckets;
  readonly forms: FormTokens;
  readonly quickForms: FormTokens;
  /** When a signed request counts as signed now. */
  readonly window: SignatureWindow;
  readonly check_answers: boolean;
  readonly renderProblem: (problem: Problem, lang: Lang) => string;
}

/** The language of a request: that of its path, else that of its header. */
export function languageOf(request: FastifyRequest): Lang {
  const path = request.url;
  if (path.startsWith("/zh/") || path === "/zh") return "zh";
  if (path.startsWith("/en/") || path === "/en") return "en";
  return readLanguage(request.headers["accept-language"]);
}

/** Takes a request from the caller's bucket, or throws `Refused` with `too_many_requests`. */
export function chargeRate(edge: Edge, request: FastifyRequest, reply: FastifyReply): void {
  const { caller } = request;
  const known = caller !== null && caller.principal !== VISITOR;
  const seconds = known
    ? edge.principals.take(caller.principal.id)
    : edge.visitors.take(request.ip);
  if (seconds === 0) return;
  reply.header("retry-after", seconds);
  throw new Refused(refuse("too_many_requests", { params: { seconds: String(seconds) } }));
}

/** Sends a refusal in the form that fits the caller: a page to a browser's page, else a document. */
export function sendRefusal(
  edge: Edge,
  sent: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  refusal: Refusal,
): FastifyReply {
  const lang = languageOf(sent.request);
  edge.metrics.refused(refusal);
  return sendProblem(edge, sent, problemOf(refusal, { lang, instance: sent.request.id }));
}

function sendProblem(
  edge: Edge,
  sent: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  problem: Problem,
): FastifyReply {
  const { request, reply } = sent;
  const lang = languageOf(request);
  reply.code(problem.status).header("cache-control", "no-store");
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  if (!wantsPage(request)) {
    reply.header("content-type", "application/problem+json; charset=utf-8");
    return reply.send(JSON.stringify(problem));
  }
  reply.headers(request.routeOptions.config.registered?.headers ?? edge.headers.public);
  return reply.type("text/html; charset=utf-8").send(edge.renderProblem(problem, lang));
}

function wantsPage(request: FastifyRequest): boolean {
  const { kind } = request.routeOptions.config.registered ?? { kind: undefined };
  if (kind === "page") return true;
  if (kind === "api" || request.url.startsWith("/api/")) return false;
  const { accept } = request.headers;
  return typeof accept === "string" && accept.slice(0, 1000).includes("text/html");
}

/** Fastify's own complaints about a request, in our words. */
const FRAMEWORK: Readonly<Record<string, Parameters<typeof refuse>[0]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "body_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "media_type_not_read",
  FST_ERR_CTP_INVALID_TYPE: "media_type_not_read",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "body_cut_short",
  FST_ERR_CTP_EMPTY_JSON_BODY: "media_type_not_read",
  FST_ERR_BAD_URL: "address_malformed",
  FST_ERR_MAX_PARAM_LENGTH: "address_malformed",
  FST_ERR_ROUTE_METHOD_NOT_SUPPORTED: "method_not_offered",
};

/** Sends whatever was thrown: a refusal on its way out, a complaint of the framework, or a fault. */
export function sendError(
  edge: Edge,
  sent: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  error: unknown,
): FastifyReply {
  if (error instanceof Refused) return sendRefusal(edge, sent, error.refusal);
  const code = FRAMEWORK[(error as { code?: string } | null)?.code ?? ""];
  if (code !== undefined) return sendRefusal(edge, sent, refuse(code));
  const { request } = sent;
  const fault = faultOf(error);
  const route = request.routeOptions.config.registered?.label ?? request.method;
  edge.log.error({ err: error, instance: request.id, route }, "A request ended in a fault.");
  edge.metrics.refused({ code: fault, category: "fault" });
  const shown = { lang: languageOf(request), instance: request.id };
  return sendProblem(edge, sent, problemOfFault(fault, shown));
}

/** Sets or clears a face's cookie. */
export function setSession(
  edge: Edge,
  reply: FastifyReply,
  session: SignedIn | { readonly end: Face },
): void {
  const cookie =
    "end" in session
      ? sessionCookie(session.end, undefined, edge.https)
      : sessionCookie(session.session.face, session.token, edge.https);
  reply.header("set-cookie", cookie);
}

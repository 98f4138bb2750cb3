/**
 * Serves API routes: credentials, rate and intent before the body is read; then contract; then the
 * handler; then the answer. A handler's throw is a fault, its refusal a problem document.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { machineNow, toIso, uuidv7 } from "../clock/index.ts";
import { type Refusal, isRefusal } from "../words/index.ts";
import { VISITOR, type Asked, type Parked, type Route, isSessionAnswer } from "./route.ts";
import { type Headers, VISITING, findCaller, isCommandId, isMeant } from "./caller.ts";
import { compareContent } from "./digest.ts";
import { isCrossSite } from "./security.ts";
import {
  type Edge,
  type Registered,
  chargeRate,
  languageOf,
  sendRefusal,
  setSession,
} from "./edge.ts";
import { refuse } from "./http.refusals.ts";
import { isKeepable } from "./json.ts";
import { Refused } from "./problem.ts";
import { type Reader, type ReaderKind, readAll, readerOf } from "./reader.ts";

const FORM = "application/x-www-form-urlencoded; charset=utf-8";

interface Compiled {
  readonly route: Route;
  readonly reader: Reader;
  readonly answer: ((value: unknown) => boolean) | undefined;
}

function compile(edge: Edge, route: Route): Compiled {
  return {
    route,
    reader: readerOf(readsOf(route), route),
    answer: edge.check_answers ? (value) => route.answer.safeParse(value).success : undefined,
  };
}

/** What the body of a route is read as. */
export function readsOf({ form }: Pick<Route, "form">): ReaderKind {
  return form === true ? "form" : "api";
}

/** Registers one route; answers with what reads its requests. */
export function serveRoute(app: FastifyInstance, edge: Edge, route: Route): Reader {
  const compiled = compile(edge, route);
  const registered: Registered = {
    kind: "api",
    label: `${route.method} ${route.path}`,
    headers: edge.headers.api,
    countedFor: route.countedFor,
    reads: readsOf(route),
  };
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{([A-Za-z0-9_]+)\}/g, ":$1"),
    config: { registered },
    ...(route.bodyBytesMax === undefined ? {} : { bodyLimit: route.bodyBytesMax }),
    onRequest: (request, reply) => admit(edge, { request, reply }, route),
    handler: async (request, reply) => {
      const asked = askedOf(compiled, request);
      if (isRefusal(asked)) return sendRefusal(edge, { request, reply }, asked);
      return sendAnswer(edge, { request, reply, compiled }, await route.handle(asked));
    },
  });
  return compiled.reader;
}

/** Everything that can be said from the headers alone. Throws `Refused`. */
async function admit(
  edge: Edge,
  sent: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  route: Route,
): Promise<void> {
  const { request, reply } = sent;
  const headers = request.headers as Headers;
  const { method, url } = request;
  const message = { method, url, headers, scheme: edge.https ? "https" : "http" } as const;
  const signing = { window: edge.window, now: machineNow() };
  const caller = await findCaller(edge.identity, { ...message, ...signing }, route);
  if (!isRefusal(caller)) request.caller = caller;
  chargeRate(edge, request, reply);
  if (isRefusal(caller)) throw new Refused(caller);
  if (route.method !== "GET" && !isMeant(caller, headers)) {
    // Where nobody needs to be signed in, a session that is not proven to be meant is left out.
    if (route.auth !== "none" || isCrossSite(headers)) throw new Refused(refuse("form_not_ours"));
    request.caller = VISITING;
  }
  const id = headers["idempotency-key"];
  if (id !== undefined && !isCommandId(id)) {
    const detail = { field: "/headers/idempotency-key", params: { header: "Idempotency-Key" } };
    throw new Refused(refuse("header_malformed", detail));
  }
  request.commandId = typeof id === "string" ? id : uuidv7();
}

const NO_BYTES = new Uint8Array();

function askedOf(
  compiled: Compiled,
  request: FastifyRequest,
): Asked<unknown, unknown, unknown> | Refusal {
  const { params, query, body } = request;
  // A body of no bytes comes past no reader.
  const content = request.caller?.content;
  const compared = content?.compared === false ? compareContent(content, NO_BYTES) : true;
  if (isRefusal(compared)) return compared;
  const read = readAll(compiled.reader, { params, query, body });
  if (isRefusal(read)) return read;
  const { session, sessionToken, principal } = request.caller ?? { principal: VISITOR };
  return {
    ...read,
    principal,
    lang: languageOf(request),
    id: request.commandId,
    ...(session === undefined ? {} : { session }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function isParked(value: unknown): value is Parked {
  return typeof value === "object" && value !== null && (value as Parked).parked === true;
}

function sendAnswer(
  edge: Edge,
  sent: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly compiled: Compiled;
  },
  handled: unknown,
): FastifyReply {
  if (isRefusal(handled)) return sendRefusal(edge, sent, handled);
  const { reply, compiled } = sent;
  let answer = handled;
  if (isSessionAnswer(handled)) {
    setSession(edge, reply, handled.session);
    answer = handled.answer;
  }
  const type = compiled.route.form === true ? FORM : "application/json; charset=utf-8";
  reply.header("content-type", type);
  reply.header("cache-control", "no-store");
  if (isParked(answer)) {
    const { task, at } = answer;
    reply.header("content-type", "application/json; charset=utf-8");
    return reply.code(202).send(JSON.stringify({ parked: true, task, at: toIso(at) }));
  }
  if (compiled.answer !== undefined && !compiled.answer(answer)) {
    throw new Error(
      `the answer breaks its contract: ${compiled.route.method} ${compiled.route.path}`,
    );
  }
  const text =
    type === FORM
      ? new URLSearchParams(answer as Record<string, string>).toString()
      : JSON.stringify(answer);
  return reply.code(compiled.route.status ?? 200).send(text);
}

/** True if every text of a flat record can be kept. Paths and queries can smuggle NUL as %00. */
export function isKeepableRecord(record: unknown): boolean {
  for (const value of Object.values((record ?? {}) as object)) {
    const texts = Array.isArray(value) ? value : [value];
    if (!texts.every((text) => typeof text !== "string" || isKeepable(text))) return false;
  }
  return true;
}

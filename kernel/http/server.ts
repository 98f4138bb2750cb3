/**
 * The HTTP server: routes, pages and folders behind one edge. Everything that comes in is bounded,
 * checked against its host, its credentials and its contract, in this order; everything that goes
 * out carries the security headers. It knows no module: what it serves is handed to it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { machineNow, randomBytes } from "../clock/index.ts";
import type { Identity } from "../identity/index.ts";
import { isRefusal, type Lang, type Refusal } from "../words/index.ts";
import { isKeepableRecord, serveRoute } from "./api.ts";
import { type BuiltIn, serveBuiltIn, serveFolder } from "./builtin.ts";
import type { Contract } from "./contract.ts";
import { type Edge, sendError, sendRefusal } from "./edge.ts";
import { FORM_AGE_MS, formTokens } from "./form.ts";
import { type Bounds, frameworkOf, parseBodies } from "./framework.ts";
import { refuse } from "./http.refusals.ts";
import { type Logger, openLog } from "./log.ts";
import { type HttpMetrics, httpMetrics } from "./metrics.ts";
import { openApi } from "./openapi.ts";
import type { Page } from "./page.ts";
import { servePage } from "./pages.ts";
import { type Frame, problemPage } from "./plain.ts";
import { type Problem, Refused } from "./problem.ts";
import { Buckets, type Rate } from "./rate.ts";
import type { Route } from "./route.ts";
import { LOOPBACK_HOSTS, isKnownHost, securityHeaders } from "./security.ts";
import { sessionRoutes } from "./session.routes.ts";
import type { SignatureWindow } from "./signature.ts";
import type { Statics } from "./statics.ts";

export interface HttpConfig extends Bounds {
  /** Names under which we are reached, without port, beside the loopback names. */
  readonly hosts?: readonly string[];
  /** True if people reach us over https: cookies get `__Host-` and Secure. */
  readonly https?: boolean;
  readonly rates?: { readonly visitor?: Rate; readonly principal?: Rate };
  /** When a signed request counts as signed now; 5 minutes back and 30 seconds ahead unless told. */
  readonly signatures?: SignatureWindow;
  /** 32 bytes that sign forms of visitors; drawn at start unless told. */
  readonly form_key?: Uint8Array;
  /** Youngest that a visitor's form may be; 3 s unless told. Tests say 0. */
  readonly form_ms_min?: number;
  /** Checks every answer against its contract and faults if it breaks it. For tests and the demo. */
  readonly check_answers?: boolean;
  readonly metrics?: BuiltIn["metrics"];
  /** Version of the program, for the API document. */
  readonly version?: string;
}

export interface HttpSettings {
  readonly routes: readonly Route[];
  readonly pages?: readonly Page[];
  readonly statics?: readonly Statics[];
  readonly identity: Identity;
  readonly config?: HttpConfig;
  readonly log?: Logger;
  readonly metrics?: HttpMetrics;
  readonly wellKnown?: BuiltIn["wellKnown"];
  readonly health?: BuiltIn["health"];
  /** How a refusal or fault looks on a page; plain unless told. */
  readonly renderProblem?: (problem: Problem, lang: Lang) => string;
  /** The frame of the transport's own pages. */
  readonly frame?: Frame;
}

/** One thing that is served, for tests that throw inputs at everything. */
export interface Served {
  readonly kind: "api" | "page" | "static" | "built_in";
  readonly method: string;
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly route?: Route;
  readonly page?: Page;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`, with the loopback's name where it is the loopback. */
  readonly origin: string;
}

export interface HttpServer {
  readonly served: readonly Served[];
  readonly openapi: Record<string, unknown>;
  readonly metrics: HttpMetrics;
  /** Throws a request at the server without a socket. */
  readonly inject: FastifyInstance["inject"];
  /** Refuses `port_in_use`, `port_not_allowed`. Port 0 takes any free one. */
  listen(at: { readonly port: number; readonly host?: string }): Promise<Listening | Refusal>;
  /** Takes no more, answers what is under way for up to `grace_ms` (10 s), then cuts. */
  close(grace_ms?: number): Promise<void>;
}

/** Longest address that is read, in characters. */
const URL_LENGTH = 4_096;

/** Requests a caller may make unless the configuration says otherwise. */
export const RATES_USUAL = {
  visitor: { per_second: 50, burst: 300 },
  principal: { per_second: 5_000, burst: 10_000 },
} as const;

const SIGNATURES_USUAL = { age_ms_max: 300_000, ahead_ms_max: 30_000 } as const;

function edgeOf(settings: HttpSettings): Edge {
  const config = settings.config ?? {};
  const https = config.https ?? false;
  const key = config.form_key ?? randomBytes(32);
  const { frame } = settings;
  return {
    identity: settings.identity,
    https,
    log: settings.log ?? openLog({ level: "error" }),
    metrics: settings.metrics ?? httpMetrics(),
    hosts: new Set([...LOOPBACK_HOSTS, ...(config.hosts ?? [])].map((one) => one.toLowerCase())),
    headers: securityHeaders(https),
    visitors: new Buckets(config.rates?.visitor ?? RATES_USUAL.visitor, machineNow),
    principals: new Buckets(config.rates?.principal ?? RATES_USUAL.principal, machineNow),
    forms: formTokens(key, config.form_ms_min ?? FORM_AGE_MS.min),
    quickForms: formTokens(key, 0),
    window: config.signatures ?? SIGNATURES_USUAL,
    check_answers: config.check_answers ?? false,
    renderProblem: settings.renderProblem ?? ((problem, lang) => problemPage(problem, lang, frame)),
  };
}

function guardDoor(app: FastifyInstance, edge: Edge): void {
  app.decorateRequest("caller", null);
  app.decorateRequest("commandId", "");
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(request.routeOptions.config.registered?.headers ?? edge.headers.api);
    if (!isKnownHost(request.headers.host, edge.hosts)) throw new Refused(refuse("host_not_known"));
    const { url, params, query } = request;
    const long = url.length > URL_LENGTH;
    if (long || (url.includes("%") && !(isKeepableRecord(params) && isKeepableRecord(query)))) {
      throw new Refused(refuse("address_malformed"));
    }
  });
  app.addHook("onResponse", async (request, reply) => {
    const { label: route = "none", countedFor } = request.routeOptions.config.registered ?? {};
    const seconds = reply.elapsedTime / 1_000;
    const of = countedFor?.(request.params as Readonly<Record<string, string>>) ?? "";
    edge.metrics.timed({ route, of, status: reply.statusCode, seconds });
    if (!edge.log.isLevelEnabled("debug")) return;
    const who = request.caller?.principal.id;
    const facts = { instance: request.id, route, status: reply.statusCode, seconds, who };
    edge.log.debug(facts, "A request was answered.");
  });
  app.setErrorHandler((error, request, reply) => sendError(edge, { request, reply }, error));
}

/** What nobody serves: 405 with the methods that the address takes, if it takes others, else 404. */
function answerStrays(app: FastifyInstance, edge: Edge, served: readonly Served[]): void {
  const known = served.map(({ method, path }) => ({ method, shape: shapeOf(path) }));
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const [path = ""] = request.url.split("?", 1);
    const allowed = known.filter(({ shape }) => shape.test(path)).map(({ method }) => method);
    if (allowed.length === 0 || allowed.includes(request.method)) {
      return sendRefusal(edge, { request, reply }, refuse("page_absent"));
    }
    reply.header("allow", [...new Set(allowed)].join(", "));
    return sendRefusal(edge, { request, reply }, refuse("method_not_offered"));
  });
}

function shapeOf(path: string): RegExp {
  const parts = path.split(/\{([A-Za-z0-9_]+\*?)\}/);
  const pattern = parts.map((part, at) => {
    if (at % 2 === 0) return RegExp.escape(part);
    if (part === "lang") return "(?:zh|en)";
    return part.endsWith("*") ? ".*" : "[^/]+";
  });
  return new RegExp(`^${pattern.join("")}$`);
}

function servedList(settings: HttpSettings, routes: readonly Route[]): Served[] {
  const pages = settings.pages ?? [];
  const builtIn = [
    "/openapi.json",
    "/.well-known/sandbank",
    "/healthz",
    "/problems/{code}",
    "/metrics",
  ];
  return [
    ...routes.map((route) => ({
      kind: "api" as const,
      method: route.method,
      path: route.path,
      route,
    })),
    ...pages.map((page) => ({
      kind: "page" as const,
      path: page.path,
      page,
      method: page.method ?? "GET",
    })),
    ...(settings.statics ?? []).map(({ prefix }) => ({
      kind: "static" as const,
      method: "GET",
      path: `${prefix}/{rest*}`,
    })),
    ...builtIn.map((path) => ({ kind: "built_in" as const, method: "GET", path })),
  ];
}

/** Builds the server. It listens to nothing before `listen`. A route declared twice is a bug. */
export async function httpServer(settings: HttpSettings): Promise<HttpServer> {
  const config = settings.config ?? {};
  const edge = edgeOf(settings);
  const app = frameworkOf(edge, config);
  const routes = [...sessionRoutes(settings.identity), ...settings.routes];
  const about = { title: "Sandbank", version: config.version ?? "0.1.0" };
  const openapi = openApi(routes, about);
  parseBodies(app);
  guardDoor(app, edge);
  const readers = [
    ...routes.map((route) => serveRoute(app, edge, route)),
    ...(settings.pages ?? []).map((page) => servePage(app, edge, page)),
  ];
  for (const folder of settings.statics ?? []) serveFolder(app, edge, folder);
  const { wellKnown, health, frame } = settings;
  serveBuiltIn(app, edge, {
    openapi,
    metrics: config.metrics ?? (settings.identity.mode === "demo" ? "loopback" : "administrator"),
    ...(wellKnown === undefined ? {} : { wellKnown }),
    ...(health === undefined ? {} : { health }),
    ...(frame === undefined ? {} : { frame }),
  });
  const served = servedList(settings, routes);
  answerStrays(app, edge, served);
  await app.ready();
  return {
    served,
    openapi,
    metrics: edge.metrics,
    inject: app.inject.bind(app) as FastifyInstance["inject"],
    listen: async (at) => {
      const listening = await listen(app, at);
      if (!isRefusal(listening)) warmInTurn(readers.flatMap(({ contracts }) => contracts));
      return listening;
    },
    close: (grace_ms) => close(app, grace_ms),
  };
}

/** Compiles contracts one by one between requests, so that no first request waits for its own. */
function warmInTurn([first, ...others]: readonly Contract[]): void {
  if (first === undefined) return;
  setImmediate(() => {
    first.warm();
    warmInTurn(others);
  }).unref();
}

async function listen(
  app: FastifyInstance,
  at: { readonly port: number; readonly host?: string },
): Promise<Listening | Refusal> {
  const host = at.host ?? "127.0.0.1";
  try {
    await app.listen({ port: at.port, host });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const params = { port: String(at.port), host };
    if (code === "EADDRINUSE") return refuse("port_in_use", { params });
    if (code === "EACCES" || code === "EADDRNOTAVAIL")
      return refuse("port_not_allowed", { params });
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : at.port;
  const name = LOOPBACK_HOSTS.includes(host) ? "localhost" : host;
  return { host, port, origin: `http://${name}:${port}` };
}

async function close(app: FastifyInstance, grace_ms = 10_000): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), grace_ms);
  cut.unref();
  await app.close();
  clearTimeout(cut);
}

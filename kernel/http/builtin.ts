/**
 * What every Sandbank server answers by itself: whether it is well, what it is, its API document,
 * what each refusal means, its metrics, and its folders of files.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Principal } from "../identity/index.ts";
import { isRefusal } from "../words/index.ts";
import type { Headers } from "./caller.ts";
import { type Edge, type Registered, chargeRate, languageOf, sendRefusal } from "./edge.ts";
import { refuse } from "./http.refusals.ts";
import { type Frame, codePage } from "./plain.ts";
import { policyOf } from "./security.ts";
import { type Statics, serveStatic } from "./statics.ts";

export interface BuiltIn {
  readonly openapi: object;
  /** `GET /.well-known/sandbank`: origins, public keys, versions; the application's word. */
  readonly wellKnown?: () => Promise<object> | object;
  /** Each part by name, true if well. Told to anybody, so names only. */
  readonly health?: () => Promise<Readonly<Record<string, boolean>>>;
  /** Who may read metrics: programs on this machine, or an administrator's key. */
  readonly metrics: "loopback" | "administrator";
  readonly frame?: Frame;
}

function registered(edge: Edge, path: string, policy: "api" | "public" = "api"): Registered {
  return { kind: "built_in", label: `GET ${path}`, headers: edge.headers[policy] };
}

function sendJson(reply: FastifyReply, value: object): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(value));
}

/** Registers what is built in. */
export function serveBuiltIn(app: FastifyInstance, edge: Edge, built: BuiltIn): void {
  const document = JSON.stringify(built.openapi);
  app.get(
    "/openapi.json",
    { config: { registered: registered(edge, "/openapi.json") } },
    (_, reply) =>
      reply
        .header("cache-control", "no-cache")
        .header("access-control-allow-origin", "*")
        .type("application/json; charset=utf-8")
        .send(document),
  );
  const well = "/.well-known/sandbank";
  app.get(well, { config: { registered: registered(edge, well) } }, async (_, reply) =>
    sendJson(reply, (await built.wellKnown?.()) ?? {}),
  );
  app.get(
    "/healthz",
    { config: { registered: registered(edge, "/healthz") } },
    async (_, reply) => {
      const parts = (await built.health?.()) ?? {};
      const ok = Object.values(parts).every(Boolean);
      return sendJson(reply.code(ok ? 200 : 503).header("cache-control", "no-store"), {
        ok,
        parts,
      });
    },
  );
  serveProblems(app, edge, built.frame);
  serveMetrics(app, edge, built.metrics);
}

function serveProblems(app: FastifyInstance, edge: Edge, frame: Frame | undefined): void {
  const path = "/problems/:code";
  const config = { registered: registered(edge, "/problems/{code}", "public") };
  app.get(path, { config }, async (request, reply) => {
    chargeRate(edge, request, reply);
    const { code } = request.params as { code: string };
    const page = codePage(code, languageOf(request), frame);
    if (page === undefined) return sendRefusal(edge, { request, reply }, refuse("page_absent"));
    reply.header("vary", "accept-language");
    return reply.type("text/html; charset=utf-8").send(page);
  });
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
}

async function administrator(edge: Edge, headers: Headers): Promise<Principal | undefined> {
  const principal = await edge.identity.findKey(headers["authorization"]);
  if (isRefusal(principal)) return undefined;
  return principal.roles.includes("administrator") ? principal : undefined;
}

function serveMetrics(app: FastifyInstance, edge: Edge, readers: BuiltIn["metrics"]): void {
  const config = { registered: registered(edge, "/metrics") };
  app.get("/metrics", { config }, async (request: FastifyRequest, reply) => {
    chargeRate(edge, request, reply);
    const near = readers === "loopback" && isLoopback(request.ip);
    if (!near && (await administrator(edge, request.headers as Headers)) === undefined) {
      return sendRefusal(edge, { request, reply }, refuse("metrics_not_for_you"));
    }
    const text = await edge.metrics.registry.metrics();
    return reply
      .header("cache-control", "no-store")
      .type(edge.metrics.registry.contentType)
      .send(text);
  });
}

/** Registers a folder of files. */
export function serveFolder(app: FastifyInstance, edge: Edge, served: Statics): void {
  const policy = served.face === undefined ? "public" : policyOf(served.face);
  const headers = served.face === "till" ? edge.headers.till : edge.headers[policy];
  const label = `GET ${served.prefix}/*`;
  const config = { registered: { kind: "static" as const, label, headers } };
  app.get(`${served.prefix}/*`, { config }, async (request, reply) => {
    if (await serveStatic(served, request, reply)) return reply;
    return sendRefusal(edge, { request, reply }, refuse("page_absent"));
  });
}

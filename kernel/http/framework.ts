/**
 * Fastify as we use it: bounds on everything that comes in, two readers of bodies, and no words of
 * its own to anybody. The only file that constructs the framework.
 */
import type { Socket } from "node:net";
import { fastify, type FastifyInstance, type FastifyRequest } from "fastify";
import { uuidv7 } from "../clock/index.ts";
import { isRefusal } from "../words/index.ts";
import { compareContent } from "./digest.ts";
import { type Edge, sendError } from "./edge.ts";
import { refuse } from "./http.refusals.ts";
import { Refused } from "./problem.ts";
import { type ReaderKind, readBytes } from "./reader.ts";

/** The bounds that a configuration may set. */
export interface Bounds {
  /** Largest body, in bytes; 256 KiB unless told. */
  readonly body_bytes_max?: number;
  /** Longest time to receive a request, in milliseconds; 30 s unless told. */
  readonly receive_ms_max?: number;
  /** Addresses of proxies whose X-Forwarded-For is believed; none unless told. */
  readonly proxies?: readonly string[];
}

const BODY_BYTES = 256 * 1024;
const HEADER_BYTES = 16 * 1024;
const PARAM_LENGTH = 500;

/** A Fastify with our bounds. What it complains about leaves in our words. */
export function frameworkOf(edge: Edge, config: Bounds): FastifyInstance {
  return fastify({
    logger: false,
    genReqId: () => uuidv7(),
    requestIdHeader: false,
    trustProxy: config.proxies === undefined ? false : [...config.proxies],
    bodyLimit: config.body_bytes_max ?? BODY_BYTES,
    requestTimeout: config.receive_ms_max ?? 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: "idle",
    return503OnClosing: true,
    routerOptions: { maxParamLength: PARAM_LENGTH, ignoreTrailingSlash: false },
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: 20_000 },
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, request, reply) => {
      sendError(edge, { request, reply } as never, error);
    },
  }) as unknown as FastifyInstance;
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/** Answers what is no HTTP at all, so that it cannot be answered by a route. */
function refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = UNREADABLE[error.code ?? ""] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** JSON for the API, forms for pages and routes that say so, and nothing else. */
export function parseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const reader =
    (kinds: readonly ReaderKind[]) => async (request: FastifyRequest, body: Buffer) => {
      const registered = request.routeOptions.config.registered;
      const asked = registered?.reads ?? registered?.kind;
      const kind = kinds.find((one) => one === asked);
      if (kind === undefined) throw new Refused(refuse("media_type_not_read"));
      const content = request.caller?.content;
      const compared = content === undefined || compareContent(content, body);
      if (isRefusal(compared)) throw new Refused(compared);
      return readBytes(kind, body);
    };
  const options = { parseAs: "buffer" } as const;
  app.addContentTypeParser("application/json", options, reader(["api"]));
  const form = "application/x-www-form-urlencoded";
  app.addContentTypeParser(form, options, reader(["page", "form"]));
}

/**
 * The simulated gateway for text messages, of the form of docs/reference/sms-gateway.openapi.json:
 * a message is known by its Idempotency-Key, so it is taken once however often it is sent.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Arrived } from "./letter.ts";
import { postPage } from "./page.ts";

const BODY_BYTES_MAX = 16 * 1024;

/** Serves the page at `/zh/` and `/en/`, and takes messages at `POST /messages`. */
export function gateway(letters: Arrived[]): Server {
  return createServer((request, response) => {
    if (request.method === "POST" && request.url === "/messages") {
      void take(letters, request, response);
      return;
    }
    const lang = /^\/(zh|en)\/$/.exec(request.url ?? "")?.[1] as "zh" | "en" | undefined;
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
    };
    if (request.method !== "GET") response.writeHead(405, headers).end();
    else if (lang) response.writeHead(200, headers).end(postPage(letters, lang));
    else if (request.url === "/") response.writeHead(302, { location: "/zh/" }).end();
    else response.writeHead(404, headers).end();
  });
}

async function take(
  letters: Arrived[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = request.headers["idempotency-key"];
  const message = await readMessage(request);
  const say = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (typeof id !== "string" || message === undefined) {
    say(400, { code: "message_malformed" });
    return;
  }
  const known = letters.find((one) => one.kind === "sms" && one.id === id);
  if (known === undefined) letters.push({ kind: "sms", id, subject: "", ...message });
  else if (known.to !== message.to || known.text !== message.text) {
    say(409, { code: "another_message_under_this_key" });
    return;
  }
  say(201, { id });
}

/** A message of the form, or undefined. */
async function readMessage(
  request: IncomingMessage,
): Promise<{ readonly to: string; readonly text: string } | undefined> {
  try {
    let sent = "";
    for await (const chunk of request) {
      sent += String(chunk);
      if (sent.length > BODY_BYTES_MAX) return undefined;
    }
    const { to, text } = JSON.parse(sent) as { readonly to?: unknown; readonly text?: unknown };
    if (typeof to !== "string" || !/^\+[1-9][0-9]{6,14}$/.test(to)) return undefined;
    return typeof text === "string" && text !== "" ? { to, text } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Text messages over HTTP, by a gateway of the form of docs/reference/sms-gateway.openapi.json. The
 * Idempotency-Key of a message is the same at every try, so a gateway that keeps to the form sends
 * it once. The call goes to the address that the gateway's name was resolved to.
 */
import { request as requestPlain } from "node:http";
import { request as requestTls, type RequestOptions } from "node:https";
import type { SmsGateway } from "@sandbank/kernel/config";
import type { Outside, Pinned } from "@sandbank/kernel/http";
import { isRefusal } from "@sandbank/kernel/words";
import type { Notice } from "@sandbank/sandbox";

const TIMEOUT_MS = 15_000;

/** Answers by which this message will never be taken. */
const NEVER = new Set([400, 410, 422]);
/** It has a message of ours under this key: this letter, with the link that it had then. */
const TAKEN_BEFORE = 409;

/** Sends text messages by one gateway. */
export function texter({ url, key }: SmsGateway, outside: Outside) {
  const to = new URL(`${url}/messages`);
  return async (notice: Notice, signal: AbortSignal): Promise<"taken" | "refused"> => {
    const pinned = await outside.pin(to.hostname.replace(/^\[(.*)\]$/, "$1"));
    if (isRefusal(pinned)) throw new Error(`the gateway is not called: ${pinned.code}`);
    if (to.protocol === "http:" && !pinned.inside) {
      throw new Error("the gateway is not called: it needs https");
    }
    const body = JSON.stringify({ to: notice.to, text: notice.text });
    const status = await send({ to, pinned, signal, body, headers: headersOf(notice, body, key) });
    if ((status >= 200 && status < 300) || status === TAKEN_BEFORE) return "taken";
    if (NEVER.has(status)) return "refused";
    throw new Error(`the gateway did not take it: ${status}`);
  };
}

function headersOf({ id, lang }: Notice, body: string, key: string | undefined) {
  return {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "content-language": lang === "zh" ? "zh-CN" : "en",
    "idempotency-key": id,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
}

interface Sending {
  readonly to: URL;
  readonly pinned: Pinned;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** The status that came back. What else the gateway says is not read. */
function send({ to, pinned, headers, body, signal }: Sending): Promise<number> {
  const isTls = to.protocol === "https:";
  const options: RequestOptions = {
    ...{ method: "POST", path: to.pathname, agent: false, headers: { host: to.host, ...headers } },
    ...{ host: pinned.address, port: to.port === "" ? (isTls ? 443 : 80) : Number(to.port) },
    ...(isTls ? { servername: pinned.host } : {}),
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  };
  return new Promise((resolve, reject) => {
    const asked = (isTls ? requestTls : requestPlain)(options, (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    asked.once("error", (error: NodeJS.ErrnoException) =>
      reject(new Error(`the gateway was not reached: ${error.code ?? error.name}`)),
    );
    asked.end(body);
  });
}

/**
 * Text messages over HTTP, by a gateway of the form of docs/reference/sms-gateway.openapi.json. The
 * Idempotency-Key of a message is the same at every try, so a gateway that keeps to the form sends
 * it once. The call goes to the address that the gateway's name was resolved to.
 */
import type { SmsGateway } from "@sandbank/kernel/config";
import type { Outside } from "@sandbank/kernel/outside";
import { isRefusal } from "@sandbank/kernel/words";
import type { Notice } from "@sandbank/sandbox";

const TIMEOUT_MS = 15_000;
/** What a gateway says beside its status is not read, and is not long. */
const ANSWER_BYTES_MAX = 64 * 1024;

/** Answers by which this message will never be taken. */
const NEVER = new Set([400, 410, 422]);
/** It has a message of ours under this key: this letter, with the link that it had then. */
const TAKEN_BEFORE = 409;

/** Sends text messages by one gateway. */
export function texter({ url, key }: SmsGateway, outside: Outside) {
  const to = new URL(`${url}/messages`);
  return async (notice: Notice, signal: AbortSignal): Promise<"taken" | "refused"> => {
    const call = {
      ...({ url: to, method: "POST", headers: headersOf(notice, key) } as const),
      body: JSON.stringify({ to: notice.to, text: notice.text }),
      bytesMax: ANSWER_BYTES_MAX,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    };
    const reply = await outside.call(call).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`the gateway was not reached: ${error.code ?? error.name}`);
    });
    if (isRefusal(reply)) throw new Error(`the gateway is not called: ${reply.code}`);
    const { status } = reply;
    if ((status >= 200 && status < 300) || status === TAKEN_BEFORE) return "taken";
    if (NEVER.has(status)) return "refused";
    throw new Error(`the gateway did not take it: ${status}`);
  };
}

function headersOf({ id, lang }: Notice, key: string | undefined) {
  return {
    "content-type": "application/json",
    "content-language": lang === "zh" ? "zh-CN" : "en",
    "idempotency-key": id,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
}

/** One HTTP call to addresses that were looked at, whatever its host is called by then. */
import assert from "node:assert/strict";
import { Agent as PlainAgent, type IncomingMessage, request as requestPlain } from "node:http";
import { Agent as TlsAgent, request as requestTls, type RequestOptions } from "node:https";
import { isIP, type LookupFunction } from "node:net";

export interface Call {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Largest answer, in bytes; a larger one is a fault. */
  readonly bytesMax: number;
  readonly signal: AbortSignal;
  /** True where more calls to the same host follow soon: the connection is kept for them. */
  readonly keep?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

const plain = new PlainAgent({ keepAlive: true });
const tls = new TlsAgent({ keepAlive: true });

/** Throws where nobody answers, or with more than `bytesMax`. */
export function send(addresses: readonly string[], call: Call): Promise<Reply> {
  const { url, method, headers, body, bytesMax, signal, keep = false } = call;
  const isTls = url.protocol === "https:";
  assert.ok(isTls || url.protocol === "http:", "an address of the web");
  assert.ok(addresses.length > 0, "an address to call");
  const options: RequestOptions = {
    ...{ method, headers: { ...headers }, signal, lookup: only(addresses) },
    agent: keep ? (isTls ? tls : plain) : false,
  };
  return new Promise((resolve, reject) => {
    const asked = (isTls ? requestTls : requestPlain)(url, options, (answer) => {
      read(answer, bytesMax).then(resolve, reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

async function read(answer: IncomingMessage, bytesMax: number): Promise<Reply> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bytesMax) throw new Error(`the answer is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks) };
}

/** Resolves every name to these addresses. A host that is written as an address asks nobody. */
function only(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first = { address: "", family: 0 }] = found;
  return (_host, { all }, done) => {
    if (all === true) done(null, found);
    else done(null, first.address, first.family);
  };
}

/**
 * A witness, c2sp.org/tlog-witness: it remembers the last head it saw of each log it knows and
 * cosigns a new one only with proof that it grew out of that. It is its own process with its own
 * key and folder, so that whoever runs the log cannot make it forget. It keeps no leaves and judges
 * no content.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isUtf8 } from "node:buffer";
import { machineNow } from "../clock/index.ts";
import { isRefusal } from "../words/index.ts";
import { keepSigned, keepSigner, lastSigned } from "./keys.ts";
import { type Checkpoint, cosign, type Note, openCheckpoint, readBase64 } from "./note.ts";
import { readCheckpoint, readNote, type Signer, type Verifier } from "./note.ts";
import { EMPTY_ROOT, HASH_BYTES, verifyConsistency } from "./tree.ts";

const BODY_BYTES_MAX = 64 * 1024;
const PROOF_LINES_MAX = 63;
const REQUEST_MS_MAX = 10_000;

export interface WitnessOptions {
  /** Its key, and of each log the last head it cosigned. No other process may use it. */
  readonly folder: string;
  readonly name: string;
  /** Logs that it knows, by origin. */
  readonly logs: ReadonlyMap<string, Verifier>;
}

/** What a witness says to a request: a status and a short text. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 413 | 422;
  readonly body: string;
}

export interface Witness {
  readonly signer: Signer;
  /** `add-checkpoint`: answers with cosignature lines, or with the status that says why not. */
  add(request: string): WitnessAnswer;
  /** The last checkpoint it cosigned of the log with this SHA-256 of its origin, hex. */
  latest(originHash: string): string | undefined;
}

/** Opens a witness over its folder; its key is made at the first use. */
export function openWitness({ folder, name, logs }: WitnessOptions): Witness {
  const signer = keepSigner(folder, name, "witness");
  const byHash = new Map([...logs.keys()].map((origin) => [sha256(origin), origin]));
  return {
    signer,
    // One request is judged and remembered before the next is looked at: nothing here waits.
    add: (request) => addCheckpoint({ folder, signer, logs }, request),
    latest: (hash) => {
      const origin = byHash.get(hash);
      return origin === undefined ? undefined : lastSigned(folder, origin)?.note;
    },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

interface Desk {
  readonly folder: string;
  readonly signer: Signer;
  readonly logs: ReadonlyMap<string, Verifier>;
}

/** `add-checkpoint`: old size, consistency proof, empty line, the signed checkpoint. */
function addCheckpoint(desk: Desk, request: string): WitnessAnswer {
  const split = request.indexOf("\n\n");
  const [first = "", ...proofLines] = request.slice(0, Math.max(0, split)).split("\n");
  const claimed = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const proof = proofLines.map(readBase64);
  const hashes = proof.every((one) => one?.length === HASH_BYTES);
  if (split < 0 || claimed === undefined || !hashes || proof.length > PROOF_LINES_MAX) {
    return { status: 400, body: "the request is not of the form old size, proof, checkpoint\n" };
  }
  const note = request.slice(split + 2);
  const read = readNote(note);
  const named = isRefusal(read) ? read : readCheckpoint(read.text);
  if (isRefusal(named)) return { status: 400, body: "the checkpoint is malformed\n" };
  const log = desk.logs.get(named.origin);
  if (!log) return { status: 404, body: "this log is not known here\n" };
  const opened = openCheckpoint(note, log);
  if (isRefusal(opened)) return { status: 403, body: "the log's signature does not verify\n" };
  return judge(desk, { ...opened, log, older: Number(claimed), proof: proof as Buffer[] });
}

interface Asked extends Checkpoint {
  readonly note: Note;
  readonly log: Verifier;
  readonly older: number;
  readonly proof: readonly Buffer[];
}

/** The checks in the order of the specification. */
function judge(desk: Desk, asked: Asked): WitnessAnswer {
  const { origin, size, root, older, proof } = asked;
  if (older > size) return { status: 400, body: "the old size is larger than the new one\n" };
  const seen = lastSigned(desk.folder, origin) ?? { size: 0, root: "" };
  if (older !== seen.size) return { status: 409, body: `${seen.size}\n` };
  if (size === 0 && !root.equals(EMPTY_ROOT)) {
    return { status: 422, body: "an empty log has another root\n" };
  }
  const olderRoot = seen.size === 0 ? EMPTY_ROOT : Buffer.from(seen.root, "base64");
  if (!verifyConsistency({ older, size, olderRoot, root, proof })) {
    return { status: 422, body: "the new head did not grow out of the old one\n" };
  }
  const seconds = Math.floor(machineNow() / 1000);
  const line = cosign(desk.signer, asked.note.text, seconds);
  // What was seen is on disk before the cosignature leaves: a restart cannot unsee it.
  const note = `${asked.note.text}\n${logLines(asked)}${line}`;
  keepSigned(desk.folder, origin, { size, root: root.toString("base64"), note });
  return { status: 200, body: line };
}

/** The log's own signature lines, as they were verified. */
function logLines({ note, log }: Asked): string {
  return note.signatures
    .filter(
      ({ name, bytes }) => name === log.name && bytes.subarray(0, 4).toString("hex") === log.id,
    )
    .map(({ name, bytes }) => `— ${name} ${bytes.toString("base64")}\n`)
    .join("");
}

/**
 * Serves a witness over HTTP: `POST /add-checkpoint`, `GET /<origin hash>/checkpoint`, `GET /vkey`
 * and `GET /healthz`.
 */
export function witnessServer(witness: Witness): Server {
  const server = createServer((request, reply) => {
    const asked = `${request.method} ${request.url}`;
    if (asked === "POST /add-checkpoint") {
      return void readBody(request).then(
        (body) => answer(reply, typeof body === "string" ? witness.add(body) : body),
        () => reply.destroy(),
      );
    }
    const text = page(witness, asked);
    if (text === undefined) return void reply.writeHead(404).end();
    reply.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end(text);
  });
  server.requestTimeout = REQUEST_MS_MAX;
  server.headersTimeout = REQUEST_MS_MAX;
  return server;
}

function page(witness: Witness, asked: string): string | undefined {
  if (asked === "GET /healthz") return "ok\n";
  if (asked === "GET /vkey") return `${witness.signer.vkey}\n`;
  const hash = /^GET \/([0-9a-f]{64})\/checkpoint$/.exec(asked)?.[1];
  return hash === undefined ? undefined : witness.latest(hash);
}

function answer(reply: ServerResponse, { status, body }: WitnessAnswer): void {
  const type = status === 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8";
  reply.writeHead(status, { "content-type": type }).end(body);
}

async function readBody(request: IncomingMessage): Promise<string | WitnessAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) return { status: 413, body: "the request is too large\n" };
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  return isUtf8(bytes) ? bytes.toString("utf8") : { status: 400, body: "the request is no text\n" };
}

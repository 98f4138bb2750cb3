/**
 * A witness, c2sp.org/tlog-witness: it remembers the last head it saw of each log it knows and
 * cosigns a new one only with proof that it grew out of that. It is its own process with its own
 * key and folder, so that whoever runs the log cannot make it forget.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { machineNow } from "../clock/index.ts";
import { isRefusal } from "../words/index.ts";
import { keepSigned, keepSigner, lastSigned } from "./keys.ts";
import {
  type Checkpoint,
  cosign,
  type Note,
  openCheckpoint,
  readBase64,
  readCheckpoint,
} from "./note.ts";
import { readNote, type Signer, type Verifier } from "./note.ts";
import { verifyConsistency } from "./tree.ts";

const BODY_MAX = 64 * 1024;
const PROOF_MAX = 63;

export interface WitnessOptions {
  readonly folder: string;
  readonly name: string;
  /** Logs that it knows, by origin. */
  readonly logs: ReadonlyMap<string, Verifier>;
}

/** What a witness says to a request: a status and a short text. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
}

export interface Witness {
  readonly signer: Signer;
  add(request: string): WitnessAnswer;
}

/** Opens a witness over its folder; its key is made at the first use. */
export function openWitness({ folder, name, logs }: WitnessOptions): Witness {
  const signer = keepSigner(folder, name, "witness");
  return { signer, add: (request) => addCheckpoint({ folder, signer, logs }, request) };
}

interface Desk {
  readonly folder: string;
  readonly signer: Signer;
  readonly logs: ReadonlyMap<string, Verifier>;
}

/** `add-checkpoint`: old size, consistency proof, empty line, the signed checkpoint. */
function addCheckpoint(desk: Desk, request: string): WitnessAnswer {
  const split = request.indexOf("\n\n");
  const [first = "", ...proofLines] = request.slice(0, split).split("\n");
  const claimed = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const proof = proofLines.map(readBase64);
  if (split < 0 || claimed === undefined || proof.includes(undefined) || proof.length > PROOF_MAX) {
    return { status: 400, body: "the request is not of the form old size, proof, checkpoint\n" };
  }
  const note = request.slice(split + 2);
  const read = readNote(note);
  const named = isRefusal(read) ? read : readCheckpoint(read.text);
  if (isRefusal(named)) return { status: 400, body: "the checkpoint is malformed\n" };
  const log = desk.logs.get(named.origin);
  if (!log) return { status: 404, body: "this log is not known here\n" };
  const opened = openCheckpoint(note, log);
  if (isRefusal(opened)) return { status: 403, body: "the log's signature is not valid\n" };
  return judge(desk, { ...opened, older: Number(claimed), proof: proof as Buffer[] });
}

interface Asked extends Checkpoint {
  readonly note: Note;
  readonly older: number;
  readonly proof: readonly Buffer[];
}

function judge(desk: Desk, asked: Asked): WitnessAnswer {
  const { origin, size, root, older, proof } = asked;
  if (older > size) return { status: 400, body: "the old size is larger than the new one\n" };
  const seen = lastSigned(desk.folder, origin) ?? { size: 0, root: "" };
  if (older !== seen.size) return { status: 409, body: `${seen.size}\n` };
  const olderRoot = seen.size === 0 ? root : Buffer.from(seen.root, "base64");
  if (older === size && older > 0 && Buffer.compare(olderRoot, root) !== 0) {
    return { status: 409, body: `${seen.size}\n` };
  }
  if (!verifyConsistency({ older, size, olderRoot, root, proof })) {
    return { status: 422, body: "the new head did not grow out of the old one\n" };
  }
  // What was seen is on disk before the cosignature leaves: a restart cannot unsee it.
  keepSigned(desk.folder, origin, { size, root: root.toString("base64") });
  const seconds = Math.floor(machineNow() / 1000);
  return { status: 200, body: cosign(desk.signer, asked.note.text, seconds) };
}

/** Serves a witness over HTTP: `POST /add-checkpoint`, `GET /vkey`, `GET /healthz`. */
export function witnessServer(witness: Witness): Server {
  return createServer((request, reply) => {
    const path = `${request.method} ${request.url}`;
    if (path === "GET /healthz") return void reply.end("ok\n");
    if (path === "GET /vkey") return void reply.end(`${witness.signer.vkey}\n`);
    if (path !== "POST /add-checkpoint") return void reply.writeHead(404).end();
    readBody(request).then(
      (body) => {
        const answer = body === undefined ? TOO_LARGE : witness.add(body);
        const type = answer.status === 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8";
        reply.writeHead(answer.status, { "content-type": type }).end(answer.body);
      },
      () => reply.destroy(),
    );
  });
}

const TOO_LARGE: WitnessAnswer = { status: 400, body: "the request is too large\n" };

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Asks witnesses for cosignatures, c2sp.org/tlog-witness `add-checkpoint`. What a witness answers is
 * checked before it is believed; one that is slow, away or of another opinion costs no other's. One
 * whose name has come to mean a machine of our own is not called, and is as silent as one that is away.
 */
import type { Outside } from "../outside/index.ts";
import { isRefusal } from "../words/index.ts";
import { readNote, signedBy, type Verifier } from "./note.ts";

/** A witness as the publisher asks it. */
export interface WitnessDoor {
  readonly url: string;
  readonly verifier: Verifier;
  /** The way by which it is called. */
  readonly outside: Outside;
}

const ANSWER_BYTES_MAX = 64 * 1024;

export interface Request {
  /** The signed checkpoint. */
  readonly note: string;
  readonly size: number;
  /** Consistency proof from an older size of this log. */
  proofFrom(older: number): Promise<readonly Buffer[]>;
  readonly timeoutMs: number;
}

/** What one witness said. */
export type Answer =
  | { readonly kind: "cosigned"; readonly line: string }
  /** It has seen a larger log than this one: ours was set back. */
  | { readonly kind: "ahead"; readonly size: number }
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "silent" };

/** Remembers what size each witness saw last, so that it need not be asked twice. */
export class Witnesses {
  readonly #seen = new Map<string, number>();

  async ask(door: WitnessDoor, origin: string, request: Request): Promise<Answer> {
    const key = `${door.verifier.id} ${origin}`;
    const answer = await this.#tried(door, key, request).catch((): Answer => ({ kind: "silent" }));
    if (answer.kind === "cosigned") this.#seen.set(key, request.size);
    return answer;
  }

  async #tried(door: WitnessDoor, key: string, request: Request): Promise<Answer> {
    let older = this.#seen.get(key) ?? 0;
    // One that remembers another size says which (409) and is asked once more from there.
    for (let tries = 0; tries < 2; tries++) {
      const { status, body } = await post(door, older, request);
      if (status === 200) return cosigned(door, body, request.note);
      if (status !== 409) return { kind: "refused", status };
      const size = /^(0|[1-9]\d{0,15})\n$/.exec(body)?.[1];
      if (size === undefined) return { kind: "refused", status };
      older = Number(size);
      if (older > request.size) return { kind: "ahead", size: older };
      this.#seen.set(key, older);
    }
    return { kind: "refused", status: 409 };
  }
}

async function post(
  door: WitnessDoor,
  older: number,
  request: Request,
): Promise<{ readonly status: number; readonly body: string }> {
  const proof = await request.proofFrom(older);
  const lines = proof.map((one) => `${one.toString("base64")}\n`).join("");
  const reply = await door.outside.call({
    ...{ url: new URL("add-checkpoint", asFolder(door.url)), method: "POST", keep: true },
    body: `old ${older}\n${lines}\n${request.note}`,
    ...{ bytesMax: ANSWER_BYTES_MAX, signal: AbortSignal.timeout(request.timeoutMs) },
  });
  if (isRefusal(reply)) throw new Error(`the witness is not called: ${reply.code}`);
  return { status: reply.status, body: reply.body.toString("utf8") };
}

/** The witness's own line out of its answer, if it verifies; other lines are left out. */
function cosigned(door: WitnessDoor, body: string, note: string): Answer {
  for (const line of body.split("\n").filter((one) => one !== "")) {
    const read = readNote(`${note}${line}\n`);
    if (!isRefusal(read) && signedBy(read, door.verifier)) {
      return { kind: "cosigned", line: `${line}\n` };
    }
  }
  return { kind: "refused", status: 200 };
}

function asFolder(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}

/**
 * A stranger's signed requests (RFC 9421 with Ed25519, RFC 9530 for the body), written from the
 * description of the `signature` scheme in `GET /openapi.json`. The private key never leaves this
 * object; what is enrolled is the public one, with a proof that its other half is held here.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { machineNow } from "../clock.ts";

/** A request about to be sent. */
export interface ToSign {
  readonly method: string;
  readonly url: string;
  /** Its Idempotency-Key, where it has one. */
  readonly id: string | undefined;
  readonly body: string | undefined;
}

export class RequestSigner {
  readonly #key: KeyObject;
  /** 32 raw bytes, base64url. */
  readonly publicKey: string;
  /** What `keyid` says: SHA-256 of those bytes. */
  readonly id: string;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.#key = privateKey;
    this.publicKey = String(publicKey.export({ format: "jwk" }).x);
    const raw = Buffer.from(this.publicKey, "base64url");
    this.id = createHash("sha256").update(raw).digest("hex");
  }

  /** The body that enrols this key for a program of an organisation, at `POST /api/request-keys`. */
  enrolment(organisation: string, name: string): object {
    const text = `sandbank-request-key-v1\n${organisation}\n${this.publicKey}\n`;
    const proof = this.#signed(text).toString("base64url");
    return { publicKey: this.publicKey, proof, name };
  }

  /** The headers that a request carries beside its own. */
  sign({ method, url, id, body }: ToSign): Record<string, string> {
    const digest = body === undefined ? undefined : digestOf(body);
    const covered: [string, string][] = [
      ["@method", method],
      ["@target-uri", new URL(url).href],
      ...(digest === undefined ? [] : [["content-digest", digest] satisfies [string, string]]),
      ...(id === undefined ? [] : [["idempotency-key", id] satisfies [string, string]]),
    ];
    const created = Math.floor(machineNow() / 1_000);
    const names = covered.map(([name]) => `"${name}"`).join(" ");
    const params = `(${names});created=${created};keyid="${this.id}";alg="ed25519"`;
    const lines = covered.map(([name, value]) => `"${name}": ${value}`);
    const text = [...lines, `"@signature-params": ${params}`].join("\n");
    return {
      "signature-input": `sandbank=${params}`,
      signature: `sandbank=:${this.#signed(text).toString("base64")}:`,
      ...(digest === undefined ? {} : { "content-digest": digest }),
    };
  }

  /** A signature over a text of one's own, base64: what messages of the form edge carry. */
  signText(text: string): string {
    return this.#signed(text).toString("base64");
  }

  #signed(text: string): Buffer {
    return sign(null, Buffer.from(text), this.#key);
  }
}

function digestOf(body: string): string {
  return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
}

/**
 * A passkey authenticator in software, for tests: P-256, no attestation, a counter that counts. It
 * answers as a browser would and can be told to lie.
 */
import { type KeyObject, createHash, generateKeyPairSync, sign } from "node:crypto";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
const cborText = (text: string) => Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborInt = (value: number) => (value >= 0 ? cborHead(0, value) : cborHead(1, -1 - value));

export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly unverified?: boolean;
  readonly counter?: number;
  readonly type?: string;
}

interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string };
}

export class SoftwareAuthenticator {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #site: { readonly id: string; readonly origin: string };
  readonly id: Buffer;
  userHandle = "";
  counter = 0;

  constructor(site: { readonly id: string; readonly origin: string }) {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
    this.#site = site;
    this.id = sha256(pair.publicKey.export({ type: "spki", format: "der" }));
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    const origin = lies.origin ?? this.#site.origin;
    return Buffer.from(JSON.stringify({ type: lies.type ?? type, challenge, origin }));
  }

  #authData(lies: Lies, attested: Buffer): Buffer {
    const flags = 0x01 | (lies.unverified === true ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lies.counter ?? ++this.counter);
    return Buffer.concat([
      sha256(lies.rpId ?? this.#site.id),
      Buffer.from([flags]),
      counter,
      attested,
    ]);
  }

  #attested(): Buffer {
    const { x = "", y = "" } = this.#publicKey.export({ format: "jwk" });
    const cose = Buffer.concat([
      cborHead(5, 5),
      ...[cborInt(1), cborInt(2), cborInt(3), cborInt(-7), cborInt(-1), cborInt(1)],
      ...[cborInt(-2), cborBytes(Buffer.from(x, "base64url"))],
      ...[cborInt(-3), cborBytes(Buffer.from(y, "base64url"))],
    ]);
    const length = Buffer.from([this.id.length >> 8, this.id.length & 0xff]);
    return Buffer.concat([Buffer.alloc(16), length, this.id, cose]);
  }

  /** Answers registration options. */
  create(options: object, lies: Lies = {}) {
    const { challenge, user } = options as Options;
    this.userHandle = user?.id ?? "";
    const authData = this.#authData(lies, this.#attested());
    const attestation = Buffer.concat([
      cborHead(5, 3),
      ...[cborText("fmt"), cborText("none"), cborText("attStmt"), cborHead(5, 0)],
      ...[cborText("authData"), cborBytes(authData)],
    ]);
    return {
      id: base64url(this.id),
      rawId: base64url(this.id),
      type: "public-key",
      response: {
        clientDataJSON: base64url(this.#clientData("webauthn.create", challenge, lies)),
        attestationObject: base64url(attestation),
        transports: ["internal"],
      },
      clientExtensionResults: {},
    };
  }

  /** Answers sign-in and step-up options. */
  get(options: object, lies: Lies = {}) {
    const { challenge } = options as Options;
    const clientData = this.#clientData("webauthn.get", challenge, lies);
    const authData = this.#authData(lies, Buffer.alloc(0));
    const signed = Buffer.concat([authData, sha256(clientData)]);
    return {
      id: base64url(this.id),
      rawId: base64url(this.id),
      type: "public-key",
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: base64url(sign("sha256", signed, this.#privateKey)),
        userHandle: this.userHandle,
      },
      clientExtensionResults: {},
    };
  }
}

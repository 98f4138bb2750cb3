/**
 * What the bank signs, believed by its published key alone: a stranger's reading of signed notes
 * (C2SP), written from `GET /api/bank-keys` and the page on the form edge.
 */
import { createPublicKey, type KeyObject, verify } from "node:crypto";

/** The text before the 32 raw bytes of an Ed25519 key in SPKI (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const ED25519 = 1;

export class BankKey {
  /** `name+id`: what answers and lines name it by. */
  readonly id: string;
  readonly #name: string;
  readonly #key: KeyObject;

  /** Reads `name+id+base64(type, 32 bytes)`. Throws if it is no Ed25519 key. */
  constructor(vkey: string) {
    const [name = "", id = "", ...rest] = vkey.split("+");
    const typed = Buffer.from(rest.join("+"), "base64");
    if (typed.length !== 33 || typed[0] !== ED25519) throw new Error(`no key of a bank: ${vkey}`);
    this.#name = name;
    this.id = `${name}+${id}`;
    const der = Buffer.concat([SPKI, typed.subarray(1)]);
    this.#key = createPublicKey({ key: der, format: "der", type: "spki" });
  }

  /** True if the base64 of four bytes of id and 64 of signature stands for the text. */
  signed(text: string, base64: string): boolean {
    const bytes = Buffer.from(base64, "base64");
    if (bytes.length !== 68 || !this.id.endsWith(bytes.subarray(0, 4).toString("hex")))
      return false;
    return verify(null, Buffer.from(text), this.#key, bytes.subarray(4));
  }

  /** As `signed`, of a whole line: a dash, the name, the base64. */
  signedLine(text: string, line: string): boolean {
    const [dash, name, base64 = ""] = line.trim().split(" ");
    return dash === "—" && name === this.#name && this.signed(text, base64);
  }
}

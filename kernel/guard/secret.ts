/**
 * Answers that are secret: an act that makes a key tells it to its caller and keeps it nowhere. Since
 * an answer can be lost on its way, it lies sealed for some minutes, under a key in a file outside
 * the database, and is given once more to whoever asks again under the same id. That repeat is the
 * delivery: from then on, or when its time is over, the answer is `already_delivered`.
 */
import assert from "node:assert/strict";
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Instant, machineNow, randomBytes } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import type { Store } from "../store/index.ts";
import type { Outcome } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import { type SealedSecret, takeSecret } from "./secret.store.ts";

const [KEY_BYTES, IV_BYTES, TAG_BYTES] = [32, 12, 16];
const ALGORITHM = "aes-256-gcm";

/** Seals and opens secret answers; each is bound to its act and opens nowhere else. */
export class SecretBox {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    assert.equal(key.length, KEY_BYTES, "a key of 256 bits");
    this.#key = key;
  }

  seal(text: string, act: string): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, iv).setAAD(Buffer.from(act));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([iv, sealed, cipher.getAuthTag()]);
  }

  /** The text, or undefined where it was sealed under another key or for another act. */
  open(sealed: Uint8Array, act: string): string | undefined {
    const tag = sealed.subarray(sealed.length - TAG_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.#key, sealed.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(act))
      .setAuthTag(tag);
    try {
      const body = decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES));
      return Buffer.concat([body, decipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  }

  /**
   * A key of its own for a purpose that seals nothing (RFC 5869): the same for the same purpose and
   * box, and no way back to the box's own or to that of another purpose.
   */
  keyFor(purpose: string): Uint8Array {
    return Buffer.from(hkdfSync("sha256", this.#key, "", purpose, KEY_BYTES));
  }
}

/** The box of an installation: its key is `<folder>/keys/answers.key`, made at the first start. */
export function openSecretBox(folder: string): SecretBox {
  const keys = join(folder, "keys");
  const path = join(keys, "answers.key");
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return new SecretBox(readFileSync(path));
}

/** A secret answer as it is stored. */
export function sealedSecret(
  box: SecretBox,
  of: { readonly seq: bigint; readonly act: string; readonly secret: string },
): SealedSecret {
  const until = (machineNow() + limits.secretLifetimeMs) as Instant;
  return { seq: of.seq, act: of.act, sealed: box.seal(of.secret, of.act), until };
}

/** An accepted outcome with its secret, if it may still be given. */
export async function withSecret(
  store: Store,
  box: SecretBox,
  asked: { readonly partition: number; readonly outcome: Outcome & { readonly kind: "accepted" } },
): Promise<Outcome> {
  const { partition, outcome } = asked;
  if (outcome.secret !== undefined) return outcome;
  const row = await takeSecret(store, partition, { seq: outcome.seq, machine: machineNow() });
  const secret = row && box.open(row.sealed, row.act);
  if (secret === undefined) return { kind: "refused", refusal: refuse("already_delivered") };
  return { ...outcome, secret };
}

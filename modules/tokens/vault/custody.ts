/**
 * Custody of the key-encryption key: what the vault asks of whoever keeps it. Two files held by two
 * people are one keeper, a module behind PKCS#11 is meant to be another: neither hands the key out,
 * so that the vault can only have its data keys wrapped and unwrapped. `custody.test.ts` says what
 * every keeper owes, and runs over each that there is.
 */
import { Buffer } from "node:buffer";
import { createHash, type KeyObject } from "node:crypto";
import { aesKwUnwrap, aesKwWrap } from "./wrap.ts";

/** A key-encryption key, under the name that rows say they are wrapped by. */
export interface Kek {
  readonly name: string;
  /** Wraps a data key of 32 bytes (RFC 3394). */
  wrap(key: Uint8Array): Promise<Buffer>;
  /** The data key, or undefined for what was not wrapped by this key. */
  unwrap(wrapped: Uint8Array): Promise<Buffer | undefined>;
}

/** What may be shown of a key that is at hand. */
export interface KeptKey {
  readonly name: string;
  /** RFC 3339, machine time. */
  readonly made: string;
  /** Who holds the first part, and who the second. */
  readonly holders: readonly [string, string];
}

export interface Custody {
  /** Where the keys are looked for, in the words of a problem: `{folders}`. */
  readonly about: { readonly folders: string };
  /** The key of this name. Throws VaultProblem where it is not at hand, or not whole. */
  open(name: string): Promise<Kek>;
  /** The keys that are whole at hand, oldest first. */
  kept(): Promise<readonly KeptKey[]>;
  /**
   * Destroys every key and every part that it keeps, for good: nothing is made here again either.
   * Done again, it finishes what was left. Copies that people keep elsewhere are theirs to destroy.
   */
  destroy(): Promise<void>;
}

/** Bytes of a key-encryption key. */
export const KEK_BYTES = 32;

/** The name of a key: it tells keys apart, and of 256 random bits it gives nothing away. */
export function kekName(bytes: Uint8Array): string {
  const hash = createHash("sha256").update("sandbank vault kek").update(bytes).digest("hex");
  return hash.slice(0, 16);
}

/** A key that lies in this process's memory as a key object. */
export function kekOf(name: string, key: KeyObject): Kek {
  return {
    name,
    wrap: async (plain) => aesKwWrap(key, plain),
    unwrap: async (wrapped) => aesKwUnwrap(key, wrapped),
  };
}

/**
 * What people wrote, kept apart from everything that stays: a command names the row and commits to
 * its bytes, so neither journal nor log nor facts file ever holds the words, and erasing the row
 * leaves every proof. Numbers of cards and identity documents are masked before they are kept.
 */
import { createHash } from "node:crypto";
import { maskCard, maskIdNumber } from "@sandbank/kernel/words";
import { commit, sha256Hex } from "@sandbank/kernel/evidence";
import { z } from "zod";

/** How a command speaks of words: which row, and SHA-256 over its salt and bytes. */
export const wordingContract = z.strictObject({
  id: z.uuid(),
  commitment: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Wording = Readonly<z.infer<typeof wordingContract>>;

const FULL_WIDTH = /[０-９Ｘ]/g;
/** Thirteen digits or more, also in groups, with the X that may end an identity number. */
const LONG_NUMBER = /(?<![0-9])[0-9](?:[ \u00a0\u3000.·–-]?[0-9]){12,}(?:[ -]?[Xx](?![A-Za-z]))?/g;
const IDENTITY = /^[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;

/** The text without the numbers of cards and identity documents, which nobody needs here. */
export function maskNumbersIn(text: string): string {
  const plain = text.replaceAll(FULL_WIDTH, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
  return plain.replaceAll(LONG_NUMBER, (run) => {
    const number = run.replaceAll(/[^0-9Xx]/g, "");
    return IDENTITY.test(number) ? maskIdNumber(number) : maskCard(number);
  });
}

/**
 * The id of a piece of wording: the same for the same field of the same command, so that sending a
 * form twice keeps its words once.
 */
export function wordingId(of: {
  readonly organisation: string;
  readonly command: string;
  readonly field: string;
}): string {
  const bytes = createHash("sha256")
    .update(`wording\n${of.organisation}\n${of.command}\n${of.field}`)
    .digest();
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.subarray(0, 16).toString("hex");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

/** What a command says of words that are kept under this salt. */
export function committed(id: string, salt: Uint8Array, body: string): Wording {
  return { id, commitment: commit(salt, body) };
}

const CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 16;

/** The receipt code that goes with words: 80 bits drawn from their salt, such as `7K3M-…`. */
export function receiptCode(salt: Uint8Array): string {
  const digest = createHash("sha256").update("receipt\n").update(salt).digest();
  let bits = BigInt(`0x${digest.subarray(0, 10).toString("hex")}`);
  let code = "";
  for (let at = 0; at < CODE_LENGTH; at += 1) {
    code = (CODE_SIGNS[Number(bits & 31n)] ?? "0") + code;
    bits >>= 5n;
  }
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/** What is kept of a receipt code, however it was typed; undefined for what cannot be one. */
export function receiptHash(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  const fits = code.length === CODE_LENGTH && [...code].every((sign) => CODE_SIGNS.includes(sign));
  return fits ? sha256Hex(`receipt code\n${code}`) : undefined;
}

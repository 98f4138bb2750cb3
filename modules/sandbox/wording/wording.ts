/**
 * What people wrote, kept apart from everything that stays: a command names the row and commits to
 * its bytes, so neither journal nor log nor facts file ever holds the words, and erasing the row
 * leaves every proof. Numbers of people are masked before they are kept (`masking.ts`).
 */
import { createHash } from "node:crypto";
import { commit } from "@sandbank/kernel/evidence";
import { z } from "zod";

/** How a command speaks of words: which row, and SHA-256 over its salt and bytes. */
export const wordingContract = z.strictObject({
  id: z.uuid(),
  commitment: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Wording = Readonly<z.infer<typeof wordingContract>>;

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

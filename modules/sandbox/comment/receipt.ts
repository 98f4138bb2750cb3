/**
 * The code by which the author of a comment follows what becomes of it. It follows from the id of
 * the command, so that sending a form twice gives one comment and one code; only its hash is kept.
 */
import { sha256Hex } from "@sandbank/kernel/evidence";

/** Letters and digits that are not mistaken for each other. */
const LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
const LENGTH = 16;

/** The code of the comment that a command brings, such as `7KQM-WX4T-2HRB-9DNC`. */
export function receiptOf(command: string): string {
  const hash = Buffer.from(sha256Hex(`sandbank-receipt-v1\n${command}`), "hex");
  const signs = [...hash.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
  return (signs.join("").match(/.{4}/g) ?? []).join("-");
}

/** Under what a code is kept, however it was typed; undefined for what is none. */
export function receiptHash(code: string): string | undefined {
  const signs = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  const known = signs.length === LENGTH && [...signs].every((sign) => LETTERS.includes(sign));
  return known ? sha256Hex(`sandbank-receipt-kept-v1\n${signs}`) : undefined;
}

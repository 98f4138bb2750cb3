/**
 * The code by which somebody whom nobody knows follows what he wrote. It follows from the salt of
 * his words, so that sending a form twice gives one code; only its hash is kept, and whoever erases
 * the words erases with their salt the way to make the code again. Pure.
 */
import { createHash } from "node:crypto";
import { sha256Hex } from "@sandbank/kernel/evidence";

/** Digits and letters without I, L, O and U, so that a code is not misread. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 16;

/** The code that goes with words: 80 bits drawn from their salt, such as `7K3M-WX4T-2HRB-9DNC`. */
export function receiptCode(salt: Uint8Array): string {
  const digest = createHash("sha256").update("receipt\n").update(salt).digest();
  let bits = BigInt(`0x${digest.subarray(0, 10).toString("hex")}`);
  let code = "";
  for (let at = 0; at < LENGTH; at += 1) {
    code = (SIGNS[Number(bits & 31n)] ?? "0") + code;
    bits >>= 5n;
  }
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/** What is kept of a receipt code, however it was typed; undefined for what cannot be one. */
export function receiptHash(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  const fits = code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign));
  return fits ? sha256Hex(`receipt code\n${code}`) : undefined;
}

/** What a person confirms, as its SHA-256: the very text that is asked for, and nothing else. */
import { textToConfirm, type ToConfirm } from "@sandbank/tokens/contract";

export async function digestOf(request: ToConfirm): Promise<string> {
  const bytes = new TextEncoder().encode(textToConfirm(request));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What somebody typed in as a code or an address, as it is sent; undefined where it is neither. */

/** Six digits, however they were grouped and by whatever keyboard. */
export function readCode(typed: string): string | undefined {
  const digits = typed.normalize("NFKC").replaceAll(/[\s-]/g, "");
  return /^[0-9]{6}$/.test(digits) ? digits : undefined;
}

/** A mail address or a number in its international form; the server looks closer. */
export function readAddress(kind: "mail" | "sms", typed: string): string | undefined {
  const plain = typed.normalize("NFKC").trim();
  if (kind === "mail") return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(plain) ? plain : undefined;
  const digits = plain.replaceAll(/[\s()-]/g, "");
  return /^\+[1-9][0-9]{6,14}$/.test(digits) ? digits : undefined;
}

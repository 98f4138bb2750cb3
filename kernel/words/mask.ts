/**
 * Personal data shown in part, in the manner of JR/T 0171-2020 annex A (信息屏蔽): enough for the
 * person to know which one is meant, too little for a stranger to use it. These functions refuse to
 * show short values at all, and never tell how long the hidden part was.
 */

const HIDDEN = "****";

/** The last four digits of a card number: `**** 1234`. */
export function maskCard(number: string): string {
  const digits = number.replace(/\D/g, "");
  return digits.length >= 12 ? `${HIDDEN} ${digits.slice(-4)}` : HIDDEN;
}

/** The same of a card of which only the last four digits are known here. */
export function maskCardEnd(last4: string): string {
  return /^[0-9]{4}$/.test(last4) ? `${HIDDEN} ${last4}` : HIDDEN;
}

/** The first three and last four digits of a mobile number: `138****5678`. */
export function maskPhone(number: string): string {
  const digits = number.replace(/\D/g, "");
  return digits.length >= 11 ? `${digits.slice(-11, -8)}${HIDDEN}${digits.slice(-4)}` : HIDDEN;
}

/**
 * A Chinese name without its first character up to three, without its first two above: `*小明`,
 * `**修文`; other names as initials: `W. H.`.
 */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  if (characters.length < 2) return "*";
  if (/\p{Script=Han}/u.test(name)) {
    const hidden = characters.length <= 3 ? 1 : 2;
    return `${"*".repeat(hidden)}${characters.slice(hidden).join("")}`;
  }
  const words = name.trim().split(/\s+/);
  return words.map((word) => `${[...word][0]!.toUpperCase()}.`).join(" ");
}

/** The first and last character of an identity document's number: `1****X`. */
export function maskIdNumber(number: string): string {
  const text = number.trim();
  return text.length >= 8 ? `${text[0]!}${HIDDEN}${text.at(-1)!}` : HIDDEN;
}

/** The first character of the name and the domain: `l****@example.com`. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  return at >= 2 ? `${[...address][0]!}${HIDDEN}${address.slice(at)}` : HIDDEN;
}

/**
 * The identifiers that a declaration carries, checked by their own arithmetic: the unified social
 * credit code (GB 32100), the legal entity identifier (ISO 17442) and the pilot's number. Published
 * declarations have carried wrong ones; ours refuses them. It never looks anything up.
 */
const USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const LEI_SHAPE = /^[0-9A-Z]{18}\d{2}$/;

/** True if `code` is a unified social credit code with a right check character (GB 32100, mod 31). */
export function usccChecks(code: string): boolean {
  if (!USCC_SHAPE.test(code)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    sum += USCC_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return USCC_ALPHABET[(31 - (sum % 31)) % 31] === code[17];
}

/** True if `code` is an LEI with right check digits (ISO 17442: ISO 7064 mod 97-10 gives 1). */
export function leiChecks(code: string): boolean {
  if (!LEI_SHAPE.test(code)) return false;
  let rest = 0;
  for (const character of code) {
    const value = Number.parseInt(character, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

/** True if `number` reads `<USCC>-<year>-<4 digits>` and its credit code checks. */
export function numberChecks(number: string): boolean {
  const parts = /^([0-9A-Z]{18})-(20\d{2})-(\d{4})$/.exec(number);
  return parts !== null && usccChecks(parts[1] ?? "") && parts[3] !== "0000";
}

/**
 * A declaration as facts: its canonical hash and the checks that a machine can make of it. It
 * refuses wrong identifiers and scales that contradict themselves; it does not judge business.
 * The source's stated numbers stay what they are, mostly targets (S7); caps come with admission.
 */
import { canonicalJson, sha256Hex } from "@sandbank/kernel/evidence";
import type { Json } from "@sandbank/kernel/guard";
import type { Refusal } from "@sandbank/kernel/words";
import { refuse } from "../refusals.ts";
import type { Declaration, Institution, ScaleItem } from "./declaration.contract.ts";
import { SECTIONS } from "./form.words.ts";
import { leiChecks, numberChecks, usccChecks } from "./identifier.ts";

/** SHA-256, in hex, of the canonical form (RFC 8785) of anything that JSON can say. */
export function hashOf(value: object): string {
  return sha256Hex(canonicalJson(value as Json));
}

/** Kinds of institution that hold a licence by what they are. */
const LICENSED_KINDS: readonly Institution["kind"][] = [
  "bank",
  "card_network",
  "payment_institution",
];

/** True if the institution is licensed: by its kind, or by a licence that it lists. */
export function isLicensed(institution: Institution): boolean {
  return LICENSED_KINDS.includes(institution.kind) || institution.licences.length > 0;
}

/**
 * The first check that fails, or undefined. Order: social credit codes, LEIs, the number, the
 * licence rule (at least one licensed institution), scale items, clause ids. Codes:
 * uscc_does_not_check, lei_does_not_check, pilot_number_does_not_check, no_licensed_institution,
 * scale_item_contradicts_itself, clause_given_twice. Sources: GB 32100, ISO 17442, S1, S7.
 */
export function failedCheck(declaration: Declaration): Refusal | undefined {
  return (
    failedIdentifier(declaration) ?? failedScale(declaration.scale) ?? failedClause(declaration)
  );
}

function failedIdentifier(declaration: Declaration): Refusal | undefined {
  for (const [place, { uscc }] of declaration.institutions.entries()) {
    if (uscc !== null && !usccChecks(uscc)) {
      const field = `/institutions/${place}/uscc`;
      return refuse("uscc_does_not_check", { field, params: { code: uscc } });
    }
  }
  for (const [place, { lei }] of declaration.institutions.entries()) {
    if (lei !== null && !leiChecks(lei)) {
      const field = `/institutions/${place}/lei`;
      return refuse("lei_does_not_check", { field, params: { code: lei } });
    }
  }
  const { number } = declaration;
  if (number !== null && !numberChecks(number)) {
    return refuse("pilot_number_does_not_check", { field: "/number", params: { code: number } });
  }
  if (!declaration.institutions.some(isLicensed)) {
    return refuse("no_licensed_institution", { field: "/institutions" });
  }
  return undefined;
}

function failedScale(scale: readonly ScaleItem[]): Refusal | undefined {
  const seen = new Set<string>();
  for (const [place, item] of scale.entries()) {
    const loose = item.firmness === "ambition" || item.firmness === "open_ended";
    const contradicts =
      (item.role === "cap" && item.comparator !== "atMost") ||
      (item.role !== "target" && loose) ||
      (item.firmness === "open_ended" && item.comparator === "atMost") ||
      (item.kind === "flow") !== (item.window !== null) ||
      seen.has(item.id);
    if (contradicts) {
      const field = `/scale/${place}`;
      return refuse("scale_item_contradicts_itself", { field, params: { item: item.id } });
    }
    seen.add(item.id);
  }
  return undefined;
}

function failedClause(declaration: Declaration): Refusal | undefined {
  const seen = new Set<string>();
  for (const { clause } of [...declaration.technology, ...declaration.functions]) {
    if (seen.has(clause)) return refuse("clause_given_twice", { params: { clause } });
    seen.add(clause);
  }
  return undefined;
}

/** The clause ids of a declaration in order, each once: what limits and changes may cite. */
export function clausesOf(declaration: Declaration): readonly string[] {
  const clauses = [
    ...declaration.technology.map((item) => item.clause),
    ...declaration.functions.map((item) => item.clause),
    declaration.graduation.clause,
    ...declaration.scale.map((item) => item.clause),
    declaration.compensation.clause,
    declaration.exit.clause,
    declaration.complaints.clause,
    ...(declaration.form === null ? [] : Object.values(SECTIONS).map(({ clause }) => clause)),
  ];
  return [...new Set(clauses)];
}

/**
 * The declarations and admission terms that ship with Sandbank, read from their files and passed
 * through their contracts: a file that does not read is a fault at start, never a half-loaded
 * pilot. Declarations are facts of the source; admission terms belong to the demonstration.
 */
import { readdirSync, readFileSync } from "node:fs";
import { admissionContract, type Admission } from "../policy/policy.contract.ts";
import { declarationContract, type Declaration } from "./declaration.contract.ts";

const DECLARATIONS = new URL("../declarations/", import.meta.url);
const ADMISSIONS = new URL("../demo/admissions/", import.meta.url);

/** Every declaration that ships, in the order of the first batch (P1 to P6). */
export function shippedDeclarations(): readonly Declaration[] {
  const found = read(DECLARATIONS, (value) => declarationContract.parse(value));
  const byPilot = new Map(found.map((declaration) => [declaration.pilot, declaration]));
  return ORDER.flatMap((pilot) => byPilot.get(pilot) ?? []);
}

/** The demonstration's admission terms: fictional institutions, fictional caps, and said so. */
export function shippedAdmissions(): readonly Admission[] {
  return read(ADMISSIONS, (value) => admissionContract.parse(value));
}

/** The slugs of the first batch in the order in which it was published. */
export const ORDER = [
  "item-provenance",
  "small-business-credit",
  "mortgage-credit",
  "payment-tokens",
  "open-bank",
  "phone-pos",
] as const;

function read<T>(folder: URL, parse: (value: unknown) => T): T[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => {
    try {
      return parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
    } catch (cause) {
      throw new Error(`shipped file does not read: ${name}`, { cause });
    }
  });
}

/**
 * The declarations that ship with Sandbank, read from their files and passed through their contract:
 * a file that does not read is a fault at start, never a half-loaded pilot. They are facts of the
 * source; what is enforced stands in terms of admission.
 */
import { readdirSync, readFileSync } from "node:fs";
import { declarationContract, type Declaration } from "./declaration.contract.ts";

const DECLARATIONS = new URL("../declarations/", import.meta.url);

/** The slugs of the first batch in the order in which it was published (P1 to P6). */
export const ORDER = [
  "item-provenance",
  "small-business-credit",
  "mortgage-credit",
  "payment-tokens",
  "open-bank",
  "phone-pos",
] as const;

/** Every declaration that ships, in the order of the first batch. */
export function shippedDeclarations(): readonly Declaration[] {
  const found = readShipped(DECLARATIONS, (value) => declarationContract.parse(value));
  const byPilot = new Map(found.map((declaration) => [declaration.pilot, declaration]));
  return ORDER.flatMap((pilot) => byPilot.get(pilot) ?? []);
}

/** Every JSON file of a folder, by name. Throws a fault that names the first that does not read. */
export function readShipped<T>(folder: URL, parse: (value: unknown) => T): T[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => {
    try {
      return parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
    } catch (cause) {
      throw new Error(`shipped file does not read: ${name}`, { cause });
    }
  });
}

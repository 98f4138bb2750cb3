/**
 * The parts of this installation in the order in which they stand on each other: their migrations,
 * the database roles they log in as, and the partitions that the demonstration opens.
 */
import { evidenceMigrations, publisherRole } from "@sandbank/kernel/evidence";
import { guardMigrations, HOT_SETTINGS, type NewPartition } from "@sandbank/kernel/guard";
import { identityMigrations, identityRole } from "@sandbank/kernel/identity";
import { jobsMigrations, jobsRole } from "@sandbank/kernel/jobs";
import { ledgerMigrations } from "@sandbank/kernel/ledger";
import type { Migrations, RoleDeclaration } from "@sandbank/kernel/store";
import { followerRole, SANDBOX_PARTITION, sandboxMigrations, sandboxRole } from "@sandbank/sandbox";
import { tokensMigrations, tokensRole, vaultMigrations, vaultRole } from "@sandbank/tokens";

/** The role of everything that only reads for people. */
export const READER = "sandbank_reader";

export const migrations: readonly Migrations[] = [
  identityMigrations,
  ledgerMigrations,
  evidenceMigrations,
  jobsMigrations,
  guardMigrations,
  sandboxMigrations,
  vaultMigrations,
  tokensMigrations,
];

export const roles: readonly RoleDeclaration[] = [
  identityRole,
  jobsRole,
  publisherRole,
  { role: READER, memberOf: ["sandbank_read"] },
  { ...sandboxRole, settings: HOT_SETTINGS },
  followerRole,
  vaultRole,
  { ...tokensRole, settings: HOT_SETTINGS },
];

/** Partitions that serve a pilot: small pilots have one, numbered as the first batch was. */
const PILOT_PARTITIONS: Readonly<Record<string, readonly number[]>> = {
  "item-provenance": [1],
  "small-business-credit": [2],
  "mortgage-credit": [3],
  "payment-tokens": [4],
  "open-bank": [5],
  "phone-pos": [6],
  // For the pilot that the demonstration's own institution drafts; it lies still until that is armed.
  "harbour-pay": [7],
};

/** The pilots with a module of their own; all others run by permits, in partitions of the sandbox. */
const MODULE_OF: Readonly<Record<string, { readonly module: string; readonly role: string }>> = {
  "payment-tokens": { module: "tokens", role: tokensRole.role },
};

/** The organisation that runs a pilot here and answers complaints about it. */
const PILOT_OPERATORS: Readonly<Record<string, string>> = {
  "item-provenance": "harrow-bank",
  "small-business-credit": "furrow-bank",
  "mortgage-credit": "eaves-bank",
  "payment-tokens": "sandbar-bank",
  "open-bank": "trellis-bank",
  "phone-pos": "pebble-acquiring",
  "harbour-pay": "harbour-bank",
};

/** Partitions of a pilot by a name that anybody may send: `constructor` names none. */
export function numbersOf(pilot: string): readonly number[] {
  return Object.hasOwn(PILOT_PARTITIONS, pilot) ? (PILOT_PARTITIONS[pilot] ?? []) : [];
}

/** The organisation that runs a pilot here; undefined where nobody does. */
export function operatorOf(pilot: string): string | undefined {
  return Object.hasOwn(PILOT_OPERATORS, pilot) ? PILOT_OPERATORS[pilot] : undefined;
}

/** Every partition with the name of its log under an origin such as `sandbank.example`. */
export function partitionsOf(origin: string): NewPartition[] {
  const own = { module: "sandbox", role: sandboxRole.role };
  const sandbox = {
    partition: SANDBOX_PARTITION,
    ...{ pilot: "sandbox", ...own, supervised: false },
    origin: `${origin}/sandbox/${SANDBOX_PARTITION}`,
  };
  const pilots = Object.entries(PILOT_PARTITIONS).flatMap(([pilot, numbers]) =>
    numbers.map((partition) => ({
      ...{ partition, pilot, ...(MODULE_OF[pilot] ?? own), supervised: true },
      origin: `${origin}/${pilot}/${partition}`,
    })),
  );
  return [sandbox, ...pilots];
}

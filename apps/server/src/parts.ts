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

/** Partitions that serve a pilot. Small pilots have one. */
export const PILOT_PARTITIONS: Readonly<Record<string, readonly number[]>> = {
  "payment-tokens": [4],
};

/** The organisation that runs a pilot here and answers complaints about it. */
export const PILOT_OPERATORS: Readonly<Record<string, string>> = {
  "payment-tokens": "sandbar-bank",
};

/** Every partition with the name of its log under an origin such as `sandbank.example`. */
export function partitionsOf(origin: string): NewPartition[] {
  const sandbox = {
    partition: SANDBOX_PARTITION,
    ...{ pilot: "sandbox", module: "sandbox", role: sandboxRole.role, supervised: false },
    origin: `${origin}/sandbox/${SANDBOX_PARTITION}`,
  };
  const pilots = Object.entries(PILOT_PARTITIONS).flatMap(([pilot, numbers]) =>
    numbers.map((partition) => ({
      ...{ partition, pilot, module: "tokens", role: tokensRole.role, supervised: true },
      origin: `${origin}/${pilot}/${partition}`,
    })),
  );
  return [sandbox, ...pilots];
}

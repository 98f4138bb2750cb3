/** SQL of declaration versions: appended, never changed. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store } from "@sandbank/kernel/store";
import type { Declaration } from "./declaration.contract.ts";

export interface DeclarationVersionRow {
  readonly pilot: string;
  readonly version: number;
  readonly hash: string;
  readonly body: Declaration;
  readonly at: string;
}

/** A version is put on record. */
export const appendDeclaration: Effect<DeclarationVersionRow> = {
  statement: statement(
    "sandbox.append_declaration",
    `insert into sandbox.declaration_version (partition, pilot, version, hash, body, at)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::jsonb[], $6::timestamptz[])`,
  ),
  columns: ["pilot", "version", "hash", "body", "at"],
};

const VERSIONS = statement(
  "sandbox.declaration_versions",
  `select version, hash, at
     from sandbox.declaration_version where partition = $1 and pilot = $2
    order by version desc limit 200`,
);

export interface VersionRow {
  readonly version: number;
  readonly hash: string;
  readonly at: Instant;
}

/** The versions of a pilot's declaration, latest first, at most 200. */
export function readVersions(
  store: Store,
  partition: number,
  pilot: string,
): Promise<VersionRow[]> {
  return store.query<VersionRow>(VERSIONS, [partition, pilot]);
}

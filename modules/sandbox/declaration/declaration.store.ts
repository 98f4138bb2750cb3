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
  `select d.version, d.hash, coalesce(f.published_at, d.at) as at
     from sandbox.declaration_version d left join sandbox.filing f on f.partition = d.partition
      and f.pilot = d.pilot and f.version = d.version
    where d.partition = $1 and d.pilot = $2 and (f.version is null or f.published_at is not null)
    order by d.version desc limit 200`,
);

export interface VersionRow {
  readonly version: number;
  readonly hash: string;
  /** When it was published, or put on record. */
  readonly at: Instant;
}

/** The versions of a pilot's declaration that the public may read, latest first, at most 200. */
export function readVersions(
  store: Store,
  partition: number,
  pilot: string,
): Promise<VersionRow[]> {
  return store.query<VersionRow>(VERSIONS, [partition, pilot]);
}

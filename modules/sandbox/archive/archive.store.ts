/** SQL of archives: asked for, written with their manifest, and restored to the same hash. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Manifest } from "./manifest.ts";

export type ArchiveState = "requested" | "written" | "verified";

export interface ArchiveRow {
  readonly pilot: string;
  readonly number: number;
  readonly state: ArchiveState;
  readonly hash: string | null;
  readonly manifest: Manifest | null;
  readonly written_at: Instant | null;
  readonly verified_at: Instant | null;
}

const ARCHIVES = statement(
  "sandbox.archives",
  `select pilot, number, state, hash, manifest, written_at, verified_at
     from sandbox.exit_archive where partition = $1 and pilot = any($2::text[])
    order by pilot, number`,
);

/** The archives of these pilots, oldest first. */
export function archivesIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<ArchiveRow[]> {
  return tx.query<ArchiveRow>(ARCHIVES, [partition, pilots]);
}

/** The archives of one pilot for a reader, oldest first. */
export function readArchives(
  store: Store,
  partition: number,
  pilot: string,
): Promise<ArchiveRow[]> {
  return store.query<ArchiveRow>(ARCHIVES, [partition, [pilot]]);
}

/** An archive is asked for. */
export const requestArchiveRow: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly requested_by: string;
  readonly requested_at: string;
}> = {
  statement: statement(
    "sandbox.request_archive_row",
    `insert into sandbox.exit_archive (partition, pilot, number, requested_by, requested_at)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[])`,
  ),
  columns: ["pilot", "number", "requested_by", "requested_at"],
};

/** An archive stands in its folder. */
export const writeArchiveRow: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly hash: string;
  readonly manifest: Manifest;
  readonly written_at: string;
}> = {
  statement: statement(
    "sandbox.write_archive_row",
    `update sandbox.exit_archive a
        set state = 'written', hash = u.hash, manifest = u.manifest, written_at = u.written_at
       from unnest($2::text[], $3::int[], $4::text[], $5::jsonb[], $6::timestamptz[])
              u(pilot, number, hash, manifest, written_at)
      where a.partition = $1 and a.pilot = u.pilot and a.number = u.number`,
  ),
  columns: ["pilot", "number", "hash", "manifest", "written_at"],
};

/** A restored copy gave this hash. */
export const verifyArchiveRow: Effect<{
  readonly pilot: string;
  readonly number: number;
  readonly restored: string;
  readonly verified_at: string;
}> = {
  statement: statement(
    "sandbox.verify_archive_row",
    `update sandbox.exit_archive a
        set state = 'verified', restored = u.restored, verified_at = u.verified_at
       from unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[])
              u(pilot, number, restored, verified_at)
      where a.partition = $1 and a.pilot = u.pilot and a.number = u.number`,
  ),
  columns: ["pilot", "number", "restored", "verified_at"],
};

const DECLARATIONS = statement(
  "sandbox.archived_declarations",
  `select version, hash, body, at from sandbox.declaration_version
    where partition = $1 and pilot = $2 order by version limit 10000`,
);
const POLICIES = statement(
  "sandbox.archived_policies",
  `select version, hash, body, at from sandbox.policy_version
    where partition = $1 and pilot = $2 order by version limit 10000`,
);

/** A version of a declaration or of a policy, as it is archived. */
export interface VersionRow {
  readonly version: number;
  readonly hash: string;
  readonly body: unknown;
}

/** Every version of the pilot's declaration, oldest first. */
export function readDeclarationVersions(
  store: Store,
  partition: number,
  pilot: string,
): Promise<VersionRow[]> {
  return store.query<VersionRow>(DECLARATIONS, [partition, pilot]);
}

/** Every policy that ever bound the pilot, oldest first. */
export function readPolicyVersions(
  store: Store,
  partition: number,
  pilot: string,
): Promise<VersionRow[]> {
  return store.query<VersionRow>(POLICIES, [partition, pilot]);
}

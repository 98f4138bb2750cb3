/**
 * SQL of applications: who drafts, what is on file and signed, decisions with reasons. Appended; only
 * marks such as a signature are added to a row later.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { Declaration } from "../declaration/declaration.contract.ts";
import type { Weight } from "../declaration/difference.ts";
import type { State } from "../pilot/pilot.ts";

export interface ApplicationRow {
  readonly pilot: string;
  readonly organisation: string;
  readonly at: Instant;
  readonly published_at: Instant | null;
}

const APPLICATION_COLUMNS = "pilot, organisation, at, published_at";
const APPLICATIONS_OF = statement(
  "sandbox.applications_of",
  `select ${APPLICATION_COLUMNS} from sandbox.application
    where partition = $1 and pilot = any($2::text[])`,
);
const ALL_APPLICATIONS = statement(
  "sandbox.all_applications",
  `select ${APPLICATION_COLUMNS} from sandbox.application
    where partition = $1 and ($2::text is null or organisation = $2) order by pilot limit 1000`,
);

export function applicationsIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<ApplicationRow[]> {
  return tx.query<ApplicationRow>(APPLICATIONS_OF, [partition, pilots]);
}

export async function findApplication(
  store: Store,
  partition: number,
  pilot: string,
): Promise<ApplicationRow | undefined> {
  const [row] = await store.query<ApplicationRow>(APPLICATIONS_OF, [partition, [pilot]]);
  return row;
}

/** Applications of one organisation, or of all where none is named; at most 1,000. */
export function readApplications(
  store: Store,
  partition: number,
  organisation: string | null,
): Promise<ApplicationRow[]> {
  return store.query<ApplicationRow>(ALL_APPLICATIONS, [partition, organisation]);
}

export const openApplication: Effect<{
  readonly pilot: string;
  readonly organisation: string;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.open_application",
    `insert into sandbox.application (partition, pilot, organisation, at)
     select $1, * from unnest($2::text[], $3::text[], $4::timestamptz[])`,
  ),
  columns: ["pilot", "organisation", "at"],
};

/** A pilot becomes public; a later publication leaves the first day as it is. */
export const publishApplication: Effect<{ readonly pilot: string; readonly at: string }> = {
  statement: statement(
    "sandbox.publish_application",
    `update sandbox.application a set published_at = coalesce(a.published_at, u.at)
       from unnest($2::text[], $3::timestamptz[]) u(pilot, at)
      where a.partition = $1 and a.pilot = u.pilot`,
  ),
  columns: ["pilot", "at"],
};

/** A version on file, with who drafted it and, once signed, who signed. */
export interface FilingRow {
  readonly pilot: string;
  readonly version: number;
  readonly hash: string;
  readonly at: Instant;
  readonly drafted_by: string;
  readonly weights: readonly Weight[];
  readonly signed_by: string | null;
  readonly key: string | null;
  readonly signature: string | null;
  readonly signed_at: Instant | null;
  readonly published_at: Instant | null;
}

const FILINGS = statement(
  "sandbox.filings",
  `select f.pilot, f.version, d.hash, d.at, f.drafted_by, f.weights, f.signed_by, f.key,
          f.signature, f.signed_at, f.published_at
     from sandbox.filing f join sandbox.declaration_version d on d.partition = f.partition
      and d.pilot = f.pilot and d.version = f.version
    where f.partition = $1 and f.pilot = any($2::text[]) order by f.pilot, f.version`,
);
const BODY = statement(
  "sandbox.declaration_body",
  `select body from sandbox.declaration_version
    where partition = $1 and pilot = $2 and version = $3`,
);
const LATEST_BODIES = statement(
  "sandbox.latest_bodies",
  `select distinct on (pilot) pilot, version, body from sandbox.declaration_version
    where partition = $1 and pilot = any($2::text[]) order by pilot, version desc`,
);

export function filingsIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<FilingRow[]> {
  return tx.query<FilingRow>(FILINGS, [partition, pilots]);
}

/** Oldest first. */
export function readFilings(store: Store, partition: number, pilot: string): Promise<FilingRow[]> {
  return store.query<FilingRow>(FILINGS, [partition, [pilot]]);
}

export async function findBody(
  store: Store,
  partition: number,
  of: { readonly pilot: string; readonly version: number },
): Promise<Declaration | undefined> {
  const [row] = await store.query<{ body: Declaration }>(BODY, [partition, of.pilot, of.version]);
  return row?.body;
}

export interface LatestRow {
  readonly pilot: string;
  readonly version: number;
  readonly body: Declaration;
}

/** The last version of each pilot that is on file, whether or not the pilot stands on it. */
export function latestBodiesIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<LatestRow[]> {
  return tx.query<LatestRow>(LATEST_BODIES, [partition, pilots]);
}

export const fileVersion: Effect<{
  readonly pilot: string;
  readonly version: number;
  readonly drafted_by: string;
  readonly weights: string;
}> = {
  statement: statement(
    "sandbox.file_version",
    `insert into sandbox.filing (partition, pilot, version, drafted_by, weights)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::jsonb[])`,
  ),
  columns: ["pilot", "version", "drafted_by", "weights"],
};

export const signVersion: Effect<{
  readonly pilot: string;
  readonly version: number;
  readonly signed_by: string;
  readonly key: string;
  readonly signature: string;
  readonly signed_at: string;
}> = {
  statement: statement(
    "sandbox.sign_version",
    `update sandbox.filing f set signed_by = u.signed_by, key = u.key, signature = u.signature,
            signed_at = u.signed_at
       from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
              u(pilot, version, signed_by, key, signature, signed_at)
      where f.partition = $1 and f.pilot = u.pilot and f.version = u.version`,
  ),
  columns: ["pilot", "version", "signed_by", "key", "signature", "signed_at"],
};

export const publishVersion: Effect<{
  readonly pilot: string;
  readonly version: number;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.publish_version",
    `update sandbox.filing f set published_at = coalesce(f.published_at, u.at)
       from unnest($2::text[], $3::int[], $4::timestamptz[]) u(pilot, version, at)
      where f.partition = $1 and f.pilot = u.pilot and f.version = u.version`,
  ),
  columns: ["pilot", "version", "at"],
};

/** A pilot moves before it has a policy. `since` changes only with the state. */
export const stepPilot: Effect<{
  readonly slug: string;
  readonly state: State;
  readonly since: string;
  readonly declaration: number;
}> = {
  statement: statement(
    "sandbox.step_pilot",
    `update sandbox.pilot p
        set state = u.state, declaration = u.declaration,
            since = case when p.state = u.state then p.since else u.since end
       from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[])
              u(slug, state, since, declaration)
      where p.partition = $1 and p.slug = u.slug`,
  ),
  columns: ["slug", "state", "since", "declaration"],
};

export interface RulingRow {
  readonly pilot: string;
  readonly id: string;
  readonly version: number;
  readonly kind: "returned" | "refused" | "change_refused";
  readonly reasons: readonly Text[];
  readonly at: Instant;
}

export const addRuling: Effect<
  Omit<RulingRow, "reasons" | "at"> & { readonly reasons: string; readonly at: string }
> = {
  statement: statement(
    "sandbox.add_ruling",
    `insert into sandbox.ruling (partition, pilot, id, version, kind, reasons, at)
     select $1, * from unnest($2::text[], $3::uuid[], $4::int[], $5::text[], $6::jsonb[],
       $7::timestamptz[])`,
  ),
  columns: ["pilot", "id", "version", "kind", "reasons", "at"],
};

const RULINGS = statement(
  "sandbox.rulings",
  `select pilot, id::text as id, version, kind, reasons, at from sandbox.ruling
    where partition = $1 and pilot = $2 order by at, id limit 200`,
);

/** Oldest first, at most 200. */
export function readRulings(store: Store, partition: number, pilot: string): Promise<RulingRow[]> {
  return store.query<RulingRow>(RULINGS, [partition, pilot]);
}

const NAMES = statement(
  "sandbox.pilot_names",
  `select p.slug as pilot, d.body -> 'name' as name from sandbox.pilot p
     join sandbox.declaration_version d on d.partition = p.partition and d.pilot = p.slug
      and d.version = p.declaration
    where p.partition = $1`,
);

export interface NameRow {
  readonly pilot: string;
  readonly name: Text;
}

/** What every pilot is called: no two may be called the same (1.2). */
export function namesIn(tx: Tx, partition: number): Promise<NameRow[]> {
  return tx.query<NameRow>(NAMES, [partition]);
}

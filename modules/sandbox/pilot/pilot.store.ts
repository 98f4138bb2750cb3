/**
 * SQL of pilots, of the declarations they stand on and of the partitions that serve them. Loading
 * is set-wise: one statement per kind of row, whatever the number of pilots asked for.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Declaration } from "../declaration/declaration.contract.ts";
import type { Admission } from "../admission/admission.contract.ts";
import type { StatementRow } from "../statement/statement.store.ts";
import type { State } from "./pilot.ts";

export interface PilotRow {
  readonly slug: string;
  readonly state: State;
  readonly since: Instant;
  readonly declaration: number;
  readonly policy: number;
  readonly admission: Admission | null;
  readonly period_from: Instant | null;
  readonly period_to: Instant | null;
  readonly hash: string;
  readonly body: Declaration;
  /** The user statement that was published last. */
  readonly statement: StatementRow | null;
}

const PILOT_COLUMNS = `p.slug, p.state, p.since,
  p.declaration, p.policy, p.admission, p.period_from,
  p.period_to, d.hash, d.body,
  (select jsonb_build_object('version', s.version, 'material', s.material, 'hash', s.hash,
            'body', s.body)
     from sandbox.user_statement s where s.partition = p.partition and s.pilot = p.slug
    order by s.version desc limit 1) as statement`;

const PILOTS_BY_SLUG = statement(
  "sandbox.pilots_by_slug",
  `select ${PILOT_COLUMNS} from sandbox.pilot p
     join sandbox.declaration_version d on d.partition = p.partition and d.pilot = p.slug
      and d.version = p.declaration
    where p.partition = $1 and p.slug = any($2::text[])`,
);

const PUBLIC_PILOTS = statement(
  "sandbox.public_pilots",
  `select ${PILOT_COLUMNS} from sandbox.pilot p
     join sandbox.declaration_version d on d.partition = p.partition and d.pilot = p.slug
      and d.version = p.declaration
    where p.partition = $1 and ($2::text is null or p.slug = $2) and not exists (
      select from sandbox.application a
       where a.partition = p.partition and a.pilot = p.slug and a.published_at is null)
    order by p.slug limit 1000`,
);

const ALL_SERVED = statement(
  "sandbox.all_served",
  `select served, pilot from sandbox.partition_of_pilot where partition = $1 order by served`,
);

export interface ServedRow {
  readonly served: number;
  readonly pilot: string;
}

/** The pilots with these slugs, each with the declaration that it stands on. */
export function pilotsIn(tx: Tx, partition: number, slugs: readonly string[]): Promise<PilotRow[]> {
  return tx.query<PilotRow>(PILOTS_BY_SLUG, [partition, slugs]);
}

/** Every partition that serves any pilot. */
export function servedIn(tx: Tx, partition: number): Promise<ServedRow[]> {
  return tx.query<ServedRow>(ALL_SERVED, [partition]);
}

/** Every pilot that the public may know of, at most 1,000: an unpublished application is none. */
export function readPublicPilots(store: Store, partition: number): Promise<PilotRow[]> {
  return store.query<PilotRow>(PUBLIC_PILOTS, [partition, null]);
}

/** One pilot, if the public may know of it. */
export async function findPublicPilot(
  store: Store,
  partition: number,
  slug: string,
): Promise<PilotRow | undefined> {
  const [row] = await store.query<PilotRow>(PUBLIC_PILOTS, [partition, slug]);
  return row;
}

/** One pilot, or undefined. */
export async function findPilot(
  store: Store,
  partition: number,
  slug: string,
): Promise<PilotRow | undefined> {
  const [row] = await store.query<PilotRow>(PILOTS_BY_SLUG, [partition, [slug]]);
  return row;
}

/** The partitions that serve one pilot. */
export async function readServed(store: Store, partition: number, slug: string): Promise<number[]> {
  const rows = await store.query<ServedRow>(ALL_SERVED, [partition]);
  return rows.filter((row) => row.pilot === slug).map((row) => row.served);
}

export interface PilotEntry {
  readonly slug: string;
  readonly state: "draft" | "registered";
  readonly since: string;
  readonly declaration: number;
}

/** A pilot enters the register. */
export const enterPilot: Effect<PilotEntry> = {
  statement: statement(
    "sandbox.enter_pilot",
    `insert into sandbox.pilot (partition, slug, state, since, declaration)
     select $1, * from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[])`,
  ),
  columns: ["slug", "state", "since", "declaration"],
};

/** A pilot stands on a later version of its declaration. */
export const restatePilot: Effect<{ readonly slug: string; readonly declaration: number }> = {
  statement: statement(
    "sandbox.restate_pilot",
    `update sandbox.pilot p set declaration = u.declaration
       from unnest($2::text[], $3::int[]) u(slug, declaration)
      where p.partition = $1 and p.slug = u.slug`,
  ),
  columns: ["slug", "declaration"],
};

export interface PilotMove {
  readonly slug: string;
  readonly state: State;
  readonly since: string;
  readonly policy: number;
  readonly admission: Admission;
  readonly period_from: string;
  readonly period_to: string;
}

/** A pilot moves, or stays and is held to another policy; `since` changes only with the state. */
export const movePilot: Effect<PilotMove> = {
  statement: statement(
    "sandbox.move_pilot",
    `update sandbox.pilot p
        set state = u.state, policy = u.policy, admission = u.admission,
            since = case when p.state = u.state then p.since else u.since end,
            period_from = u.period_from, period_to = u.period_to
       from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::jsonb[],
              $7::timestamptz[], $8::timestamptz[])
              u(slug, state, since, policy, admission, period_from, period_to)
      where p.partition = $1 and p.slug = u.slug`,
  ),
  columns: ["slug", "state", "since", "policy", "admission", "period_from", "period_to"],
};

/** A partition begins to serve a pilot. */
export const servePilot: Effect<ServedRow> = {
  statement: statement(
    "sandbox.serve_pilot",
    `insert into sandbox.partition_of_pilot (partition, served, pilot)
     select $1, * from unnest($2::int[], $3::text[])`,
  ),
  columns: ["served", "pilot"],
};

/** SQL of policy versions and of their acknowledgements by the partitions that obey. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect, Policy } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";

export interface PolicyVersion {
  readonly pilot: string;
  readonly version: number;
  readonly hash: string;
  readonly body: Policy;
  readonly at: string;
}

/** A policy is issued. */
export const issuePolicy: Effect<PolicyVersion> = {
  statement: statement(
    "sandbox.issue_policy",
    `insert into sandbox.policy_version (partition, pilot, version, hash, body, at)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::jsonb[], $6::timestamptz[])`,
  ),
  columns: ["pilot", "version", "hash", "body", "at"],
};

export interface Acknowledgement {
  readonly pilot: string;
  readonly version: number;
  readonly served: number;
  readonly at: string;
}

/** A partition says that it obeys. */
export const acknowledge: Effect<Acknowledgement> = {
  statement: statement(
    "sandbox.acknowledge",
    `insert into sandbox.acknowledgement (partition, pilot, version, served, at)
     select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::timestamptz[])`,
  ),
  columns: ["pilot", "version", "served", "at"],
};

/** The latest version that a partition acknowledged. */
export interface ObeyedRow {
  readonly pilot: string;
  readonly served: number;
  readonly version: number;
  readonly at: Instant;
}

const OBEYED = statement(
  "sandbox.obeyed",
  `select distinct on (pilot, served) pilot, served, version,
          at
     from sandbox.acknowledgement where partition = $1 and pilot = any($2::text[])
    order by pilot, served, version desc`,
);

/** Which version each partition of these pilots obeys. */
export function obeyedIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<ObeyedRow[]> {
  return tx.query<ObeyedRow>(OBEYED, [partition, pilots]);
}

/** The same for one pilot, outside a transaction. */
export function readObeyed(store: Store, partition: number, pilot: string): Promise<ObeyedRow[]> {
  return store.query<ObeyedRow>(OBEYED, [partition, [pilot]]);
}

/** A version as others name it. */
export type PolicyHash = Pick<PolicyVersion, "version" | "hash">;

const HASHES = statement(
  "sandbox.policy_hashes",
  `select version, hash from sandbox.policy_version
    where partition = $1 and pilot = $2 order by version desc limit 200`,
);

/** The versions of a pilot's policy by their hashes, newest first, at most 200. */
export function readPolicyHashes(
  store: Store,
  partition: number,
  pilot: string,
): Promise<PolicyHash[]> {
  return store.query<PolicyHash>(HASHES, [partition, pilot]);
}

const LATEST = statement(
  "sandbox.latest_policy",
  `select version, hash, body from sandbox.policy_version
    where partition = $1 and pilot = $2 order by version desc limit 1`,
);

/** The policy that was issued last, or undefined. */
export async function findLatestPolicy(
  store: Store,
  partition: number,
  pilot: string,
): Promise<Pick<PolicyVersion, "version" | "hash" | "body"> | undefined> {
  const [row] = await store.query<Pick<PolicyVersion, "version" | "hash" | "body">>(LATEST, [
    partition,
    pilot,
  ]);
  return row;
}

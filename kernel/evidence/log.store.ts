/** SQL of the logs: appending in the guard's transaction, reading and leasing for the publisher. */
import { type Instant, toIso } from "../clock/index.ts";
import { type Migrations, statement, type Store, textColumn, type Tx } from "../store/index.ts";
import { LEAF_BYTES_MAX } from "./tiles.ts";
import type { Frontier } from "./tree.ts";

export const evidenceMigrations: Migrations = {
  schema: "evidence",
  folder: new URL("./sql/", import.meta.url),
};

/** The role that publishes: it reads leaves and writes checkpoints, and acts on nothing. */
export const publisherRole = { role: "sandbank_publisher" } as const;

const OPEN = statement("evidence.open_log", "select evidence.open_log($1, $2)");
const HEAD = statement("evidence.head_of", "select size, root, frontier from evidence.head_of($1)");
/** Name of the statement that refuses to append to a log that is longer than its writer knows. */
export const APPEND_NAME = "evidence.append";
const APPEND = statement(APPEND_NAME, "select evidence.append($1, $2, $3, $4, $5, $6)");
const LOGS = statement("evidence.logs", "select * from evidence.logs()");
const LEAVES = statement("evidence.leaves", "select idx, body from evidence.leaves($1, $2, $3)");
const LEASE = statement("evidence.lease", "select evidence.lease($1, $2, $3, $4) as held");
const PUT = statement(
  "evidence.put_checkpoint",
  "select evidence.put_checkpoint($1,$2,$3,$4,$5,$6)",
);
const LATEST = statement(
  "evidence.latest_checkpoint",
  "select * from evidence.latest_checkpoint($1, $2)",
);

/** Opens an empty log under its origin; opening one twice changes nothing. By the owner. */
export function openLogIn(
  tx: Tx,
  log: { readonly partition: number; readonly origin: string },
): Promise<unknown> {
  return tx.query(OPEN, [log.partition, log.origin]);
}

export interface LogHead {
  readonly size: number;
  readonly root: Uint8Array;
  readonly frontier: Uint8Array;
}

/** Where the log stands, read under the partition's lock. */
export async function headIn(tx: Tx, partition: number): Promise<LogHead> {
  const [row] = await tx.rows(HEAD, [partition]);
  if (!row) throw new Error(`partition ${partition} has no log`);
  return { size: Number(row[0]), root: row[1] as Uint8Array, frontier: row[2] as Uint8Array };
}

/**
 * Appends leaves at `from`; `frontier` is the tree after them. A log that moved on is a fault, a leaf
 * of more than 65,535 bytes a bug.
 */
export function appendLeavesIn(
  tx: Tx,
  leaves: {
    readonly partition: number;
    readonly from: number;
    readonly bodies: readonly string[];
    readonly frontier: Frontier;
  },
): Promise<unknown> {
  const { partition, from, bodies, frontier } = leaves;
  const after = [frontier.size, frontier.root(), frontier.encode()];
  // A leaf that fits no bundle could never be published, and nor could any after it.
  const column = textColumn(bodies, (body) => body, LEAF_BYTES_MAX);
  return tx.query(APPEND, [partition, from, column, ...after]);
}

export interface LogRow {
  readonly partition: number;
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
}

export function readLogs(store: Store): Promise<LogRow[]> {
  return store.query<LogRow>(LOGS);
}

/** Leaf bodies from `first` on, at most `most`, each with its index as the database has it. */
export function readLeaves(
  store: Store,
  partition: number,
  range: { readonly first: number; readonly most: number },
): Promise<{ readonly idx: bigint; readonly body: string }[]> {
  return store.query(LEAVES, [partition, range.first, range.most]);
}

/** True if this publisher may publish the log until `until`. */
export async function leaseLog(
  store: Store,
  partition: number,
  lease: { readonly holder: string; readonly now: Instant; readonly until: Instant },
): Promise<boolean> {
  const times = [toIso(lease.now), toIso(lease.until)];
  const [row] = await store.query<{ held: boolean }>(LEASE, [partition, lease.holder, ...times]);
  return row?.held ?? false;
}

export interface CheckpointRow {
  readonly size: bigint;
  readonly root: Uint8Array;
  readonly note: string;
  readonly witnessed: boolean;
  readonly at: Instant;
}

export function putCheckpoint(
  store: Store,
  partition: number,
  row: Omit<CheckpointRow, "size"> & { readonly size: number },
): Promise<unknown> {
  const { size, root, note, witnessed, at } = row;
  return store.query(PUT, [partition, size, root, note, witnessed, toIso(at)]);
}

/** The newest checkpoint of a log, or the newest that witnesses saw. */
export async function latestCheckpoint(
  store: Store,
  partition: number,
  witnessed?: true,
): Promise<CheckpointRow | undefined> {
  const [row] = await store.query<CheckpointRow>(LATEST, [partition, witnessed ?? null]);
  return row;
}

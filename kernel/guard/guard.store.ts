/** The guard's questions to the database. All but the readers run inside a batch's transaction. */
import { type Instant, toIso } from "../clock/index.ts";
import { byteaColumn, int8Column, type Migrations, statement, textArray } from "../store/index.ts";
import { type Store, textColumn, type Tx, uuidColumn } from "../store/index.ts";
import type { Change, CommandClass, Effect, Job } from "./command.ts";
import { FENCE_NAME } from "./kept.ts";
import type { Policy } from "./policy.ts";

export const guardMigrations: Migrations = {
  schema: "guard",
  folder: new URL("./sql/", import.meta.url),
};

const PARTITIONS = statement("guard.partitions", "select * from guard.partitions()");
const LOCK = statement("guard.lock", "select * from guard.lock($1, $2)");
const GLANCE = statement("guard.glance", "select * from guard.glance($1, $2)");
const FENCE = statement(FENCE_NAME, "select guard.fence($1, $2)");
const KNOWN = statement("guard.known", "select * from guard.known($1, $2, $3)");
const POLICY = statement("guard.policy_of", "select guard.policy_of($1, $2) as body");
const MEMBERS = statement("guard.members", "select * from guard.members($1, $2)");
const ADD_MEMBERS = statement("guard.add_members", "select guard.add_members($1, $2, $3, $4)");
const ENQUEUE = statement("guard.enqueue", "select jobs.enqueue($1, $2, $3)");
const WRITE = statement(
  "guard.write",
  "select guard.write($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)",
);

export interface PartitionRow {
  readonly partition: number;
  readonly pilot: string;
  readonly module: string;
  readonly supervised: boolean;
}

export function partitionRows(store: Store): Promise<PartitionRow[]> {
  return store.query<PartitionRow>(PARTITIONS);
}

/** What the lock answers: the order so far, the batch's instant, the policy, holds that are due. */
export interface Head {
  readonly seq: bigint;
  readonly at: Instant;
  readonly policyVersion: number;
  readonly policyHash: string;
  readonly due: boolean;
}

/** Takes the partition's lock. */
export async function lockIn(tx: Tx, partition: number, machine: Instant): Promise<Head> {
  const [row] = await tx.rows(LOCK, [partition, toIso(machine)]);
  return headOf(row as HeadRow);
}

/** The same without a lock: where the partition stood a moment ago. */
export async function glanceIn(tx: Tx, partition: number, machine: Instant): Promise<Head> {
  const [row] = await tx.rows(GLANCE, [partition, toIso(machine)]);
  return headOf(row as HeadRow);
}

type HeadRow = [bigint, Instant, number, string, boolean];

function headOf([seq, at, policyVersion, policyHash, due]: HeadRow): Head {
  return { seq, at, policyVersion, policyHash, due };
}

/** Takes the partition's lock, once the batch before has let go; fails unless `seq` came last. */
export function fenceIn(tx: Tx, partition: number, seq: bigint): Promise<unknown> {
  return tx.query(FENCE, [partition, seq]);
}

/** An act that the journal holds under an id. */
export interface Known {
  readonly organisation: string;
  readonly id: string;
  readonly seq: bigint;
  readonly at: Instant;
  readonly principal: string;
  readonly outcome: string;
  readonly digest: Uint8Array;
  readonly act: string;
  readonly answer: string;
}

export function knownIn(
  tx: Tx,
  partition: number,
  calls: readonly { readonly organisation: string; readonly id: string }[],
): Promise<Known[]> {
  const organisations = textArray([...new Set(calls.map((call) => call.organisation))]);
  return tx.query<Known>(KNOWN, [
    partition,
    organisations,
    textArray(calls.map((call) => call.id)),
  ]);
}

/**
 * Whether the journal holds an act of this organisation under an id: whoever asks again under it is
 * answered as it was. For the module whose partition it is; it promises nothing of an act under way.
 */
export async function isKnown(
  store: Store,
  partition: number,
  { organisation, id }: { readonly organisation: string; readonly id: string },
): Promise<boolean> {
  const rows = await store.query(KNOWN, [partition, textArray([organisation]), textArray([id])]);
  return rows.length > 0;
}

export async function policyIn(
  tx: Tx,
  partition: number,
  version: number,
): Promise<Policy | undefined> {
  const [row] = await tx.query<{ body: string | null }>(POLICY, [partition, version]);
  return row?.body ? (JSON.parse(row.body) as Policy) : undefined;
}

/** Which of these customers have counted before. */
export async function membersIn(
  tx: Tx,
  partition: number,
  customers: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows(MEMBERS, [partition, textArray(customers)]);
  return rows.map((row) => row[0] as string);
}

export interface NewMember {
  readonly customer: string;
  readonly key: Uint8Array;
  readonly seq: bigint;
}

export function addMembersIn(
  tx: Tx,
  partition: number,
  members: readonly NewMember[],
): Promise<unknown> {
  return tx.query(ADD_MEMBERS, [
    partition,
    textColumn(members, (member) => member.customer),
    byteaColumn(members, (member) => member.key),
    int8Column(members, (member) => member.seq),
  ]);
}

/** A row of the journal with what opens its commitments. */
export interface JournalRow {
  readonly seq: bigint;
  readonly organisation: string;
  readonly id: string;
  readonly principal: string;
  readonly command: string;
  readonly cls: CommandClass;
  readonly outcome: string;
  readonly digest: Uint8Array;
  readonly act: string;
  readonly answer: string;
  readonly salts: Uint8Array;
  readonly facts: string;
  readonly change: string;
  readonly subject: string | null;
}

export function writeIn(
  tx: Tx,
  partition: number,
  what: {
    readonly seq: bigint;
    readonly at: string;
    readonly version: number;
    readonly rows: readonly JournalRow[];
  },
): Promise<unknown> {
  const { rows } = what;
  const texts = (of: (row: JournalRow) => string | null) => textColumn(rows, of);
  return tx.query(WRITE, [
    partition,
    what.seq,
    what.at,
    what.version,
    int8Column(rows, (row) => row.seq),
    texts((row) => row.organisation),
    texts((row) => row.id),
    texts((row) => row.principal),
    texts((row) => row.command),
    texts((row) => row.cls),
    texts((row) => row.outcome),
    byteaColumn(rows, (row) => row.digest),
    uuidColumn(rows, (row) => row.act),
    texts((row) => row.answer),
    byteaColumn(rows, (row) => row.salts),
    texts((row) => row.facts),
    texts((row) => row.change),
    texts((row) => row.subject),
  ]);
}

/** Puts jobs into the outbox: they run soon after the commit, at least once. */
export function enqueueIn(tx: Tx, partition: number, jobs: readonly Job[]): Promise<unknown> {
  return tx.query(ENQUEUE, [
    partition,
    textArray(jobs.map((job) => job.task)),
    textArray(jobs.map((job) => JSON.stringify(job.payload))),
  ]);
}

/** Writes the changes of a batch: one statement for each effect, in order of first appearance. */
export async function writeChangesIn(
  tx: Tx,
  partition: number,
  changes: readonly Change[],
): Promise<void> {
  const byEffect = new Map<Effect, Change["row"][]>();
  for (const { effect, row } of changes) byEffect.getOrInsertComputed(effect, () => []).push(row);
  const sent: Promise<unknown>[] = [];
  for (const [effect, rows] of byEffect) {
    const types = typesOf(effect);
    const columns = effect.columns.map((column, i) => columnOf(rows, column, types[i]));
    sent.push(tx.query(effect.statement, [partition, ...columns]));
  }
  await Promise.all(sent);
}

type Row = Change["row"];

const knownTypes = new WeakMap<Effect, readonly (string | undefined)[]>();

/** The types of an effect's columns, as its statement names them: `$2::uuid[]` is the first. */
function typesOf(effect: Effect): readonly (string | undefined)[] {
  const known = knownTypes.get(effect);
  if (known) return known;
  const named = effect.statement.text.matchAll(/\$(\d+)::(\w+)\[\]/g);
  const byPlace = new Map([...named].map(([, place, type]) => [Number(place), type]));
  const types = effect.columns.map((_, i) => byPlace.get(i + 2));
  knownTypes.set(effect, types);
  return types;
}

/** A column in the binary form where the type has one and every value fits it, else as text. */
function columnOf(rows: readonly Row[], column: string, type: string | undefined): unknown {
  const all = (fits: (value: unknown) => boolean) =>
    rows.every((row) => row[column] === null || fits(row[column]));
  if (type === "int8" && all((value) => typeof value === "bigint")) {
    return int8Column(rows, (row) => row[column] as bigint | null);
  }
  if (type === "text" && all((value) => typeof value === "string")) {
    return textColumn(rows, (row) => row[column] as string | null);
  }
  if (type === "uuid" && all((value) => typeof value === "string")) {
    return uuidColumn(rows, (row) => row[column] as string | null);
  }
  return arrayText(rows.map((row) => row[column]));
}

/** A PostgreSQL array of any scalar the effects carry: text, whole numbers, booleans, bytes, null. */
export function arrayText(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (value === null || value === undefined) return "NULL";
    if (typeof value === "string") return quoted(value);
    if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString("hex")}"`;
    if (typeof value === "object") return quoted(JSON.stringify(value));
    return String(value);
  });
  return `{${items.join(",")}}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

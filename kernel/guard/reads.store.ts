/** What people and auditors may see of the guard: journal, tasks, heads. By the reading role only. */
import { type Instant, toIso } from "../clock/index.ts";
import { statement, type Store, textArray } from "../store/index.ts";
import type { Refusal } from "../words/index.ts";
import type { CommandClass, Json } from "./command.ts";
import { refusalOf } from "./judge.ts";
import type { Policy } from "./policy.ts";
import type { TaskRow } from "./task.store.ts";

const HEADS = statement("guard.heads", "select * from guard.heads()");
const JOURNAL = statement("guard.journal_page", "select * from guard.journal_page($1, $2, $3)");
const REFUSED = statement(
  "guard.refused_page",
  "select * from guard.refused_page($1, $2, $3, $4, $5)",
);
const ACCEPTED = statement(
  "guard.accepted_page",
  "select * from guard.accepted_page($1, $2, $3, $4, $5)",
);
const REFUSED_BETWEEN = statement(
  "guard.refused_between",
  "select * from guard.refused_between($1, $2, $3, $4, $5, $6)",
);
const SLICE = statement("guard.slice_page", "select * from guard.slice_page($1, $2, $3, $4, $5)");
const TASKS = statement("guard.tasks", "select * from guard.tasks($1)");
const OPENINGS = statement("guard.openings", "select * from guard.openings($1, $2, $3)");
const POLICY = statement("guard.read_policy", "select guard.policy_of($1, $2) as body");
const CLOCK = statement("guard.read_clock", "select * from guard.clock_row()");

/** A partition as it stands: how many acts, when the last, under which policy. */
export interface PartitionHead {
  readonly partition: number;
  readonly pilot: string;
  readonly module: string;
  readonly seq: bigint;
  readonly at: Instant;
  readonly policy_version: number;
  readonly policy_hash: string;
}

export function partitionHeads(store: Store): Promise<PartitionHead[]> {
  return store.query<PartitionHead>(HEADS);
}

/** One act as the journal shows it to staff. */
export interface JournalLine {
  readonly seq: bigint;
  readonly at: Instant;
  readonly organisation: string;
  /** The idempotency key it came under. */
  readonly id: string;
  readonly principal: string;
  readonly command: string;
  readonly class: CommandClass;
  /** `accepted`, `parked` or the code of the refusal. */
  readonly outcome: string;
  readonly policy_version: number;
  readonly act: string;
  readonly answer: Json;
}

/** Acts before a place in the order, newest first, at most `most`. */
export async function journalPage(
  store: Store,
  partition: number,
  page: { readonly before: bigint; readonly most: number },
): Promise<JournalLine[]> {
  const rows = await store.query<Omit<JournalLine, "answer"> & { readonly answer: string }>(
    JOURNAL,
    [partition, page.before, page.most],
  );
  return rows.map((row) => ({ ...row, answer: JSON.parse(row.answer) as Json }));
}

/** What of an act is shown beside figures: neither who acted, nor the answer. */
export type SliceLine = Omit<JournalLine, "organisation" | "id" | "principal" | "answer">;

/** Acts from one place in the order to another, newest first; see `guard.slice_page`. */
export function actsInSlice(
  store: Store,
  partition: number,
  slice: {
    readonly first: bigint;
    readonly last: bigint;
    readonly outcome?: string;
    readonly rule?: string;
    readonly most: number;
  },
): Promise<SliceLine[]> {
  const { first, last, outcome = null, rule = null, most } = slice;
  return store.query<SliceLine>(SLICE, [partition, [first, last], outcome, rule, most]);
}

/** An act that was refused: why, and the content as it came. */
export interface RefusedAct {
  readonly seq: bigint;
  readonly at: Instant;
  readonly organisation: string;
  readonly act: string;
  readonly refusal: Refusal;
  readonly content: Json;
}

/** Refused acts of one command about one customer, newest first, before a place in the order. */
export async function refusedActs(
  store: Store,
  partition: number,
  asked: {
    readonly subject: string;
    readonly command: string;
    readonly before: bigint;
    readonly most: number;
  },
): Promise<RefusedAct[]> {
  const { subject, command, before, most } = asked;
  const rows = await store.query<
    Omit<RefusedAct, "refusal" | "content"> & { readonly answer: string; readonly facts: string }
  >(REFUSED, [partition, subject, command, before, most]);
  return rows.map(({ answer, facts, seq, at, organisation, act }) => ({
    ...{ seq, at, organisation, act, refusal: refusalOf(answer) },
    content: (JSON.parse(facts) as { content: Json }).content,
  }));
}

/** An act that was accepted: who did it, and the content as it came. */
export interface AcceptedAct {
  readonly seq: bigint;
  readonly at: Instant;
  readonly organisation: string;
  readonly principal: string;
  readonly command: string;
  readonly act: string;
  readonly content: Json;
}

/** Accepted acts of these commands about one customer, newest first, before a place in the order. */
export async function acceptedActs(
  store: Store,
  partition: number,
  asked: {
    readonly subject: string;
    readonly commands: readonly string[];
    readonly before: bigint;
    readonly most: number;
  },
): Promise<AcceptedAct[]> {
  const { subject, commands, before, most } = asked;
  const values = [partition, subject, textArray(commands), before, most];
  const rows = await store.query<Omit<AcceptedAct, "content"> & { readonly facts: string }>(
    ACCEPTED,
    values,
  );
  return rows.map(({ facts, ...act }) => ({
    ...act,
    content: (JSON.parse(facts) as { content: Json }).content,
  }));
}

/** A refused act, whoever it was about; `content` is null where that person was erased. */
export interface RefusedThen extends Omit<RefusedAct, "content"> {
  readonly command: string;
  readonly content: Json | null;
}

/** Refused acts of some commands in [`since`, `until`), newest first, before a place in the order. */
export async function refusedBetween(
  store: Store,
  partition: number,
  asked: {
    readonly commands: readonly string[];
    readonly since: Instant;
    readonly until: Instant;
    readonly before: bigint;
    readonly most: number;
  },
): Promise<RefusedThen[]> {
  const { commands, since, until, before, most } = asked;
  const span = [toIso(since), toIso(until), before, most];
  const rows = await store.query<
    Omit<RefusedThen, "refusal" | "content"> & {
      readonly answer: string;
      readonly facts: string | null;
    }
  >(REFUSED_BETWEEN, [partition, textArray(commands), ...span]);
  return rows.map(({ answer, facts, seq, at, organisation, command, act }) => ({
    ...{ seq, at, organisation, command, act, refusal: refusalOf(answer) },
    content: facts === null ? null : (JSON.parse(facts) as { content: Json }).content,
  }));
}

/** Parked tasks of a state, newest first, at most 500; of every state where none is named. */
export function tasks(
  store: Store,
  state?: TaskRow["state"],
): Promise<(TaskRow & { readonly partition: number })[]> {
  return store.query(TASKS, [state ?? null]);
}

/** What opens the commitments of an act: for the auditor's facts file. */
export interface Opening {
  readonly seq: bigint;
  /** Null, as are facts and change, for an act that was erased. */
  readonly salts: Uint8Array | null;
  readonly facts: string | null;
  readonly change: string | null;
  /** Of an erased act only those of pilot-wide limits. */
  readonly postings: string;
}

export function openings(
  store: Store,
  partition: number,
  page: { readonly after: bigint; readonly most: number },
): Promise<Opening[]> {
  return store.query<Opening>(OPENINGS, [partition, page.after, page.most]);
}

/** The policy of a version, or undefined where there is none. */
export async function policyOf(
  store: Store,
  partition: number,
  version: number,
): Promise<Policy | undefined> {
  const [row] = await store.query<{ body: string | null }>(POLICY, [partition, version]);
  return row?.body ? (JSON.parse(row.body) as Policy) : undefined;
}

/** The one row of business time, for readers: see `businessClock` of kernel/clock. */
export async function clockRow(
  store: Store,
): Promise<{ mode: "real" | "turned"; offset_ms: bigint; frozen_at: Instant | null }> {
  const [row] = await store.query<{
    mode: "real" | "turned";
    offset_ms: bigint;
    frozen_at: Instant | null;
  }>(CLOCK);
  if (!row) throw new Error("the clock's row is missing");
  return row;
}

/**
 * One batch, one transaction. Three exchanges with the database, each pipelined:
 *
 *   1 where the partition stands · known ids · state, set-wise
 *   2 the balances, holds and members that the decisions touch and memory lacks
 *   3 fence · effects · ledger · journal · leaves · jobs · commit
 *
 * A batch that finds nothing kept locks the partition in its first exchange and keeps what it reads.
 * A batch that finds kept state reads without a lock, also while the batch before it is being
 * committed, and takes the lock with the fence in its third: that waits for the commit before, and
 * refuses to write if the order is not where this batch believes it to be.
 */
import { type Instant, machineNow, toIso } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import { appendLeavesIn, Frontier, headIn, leafHash } from "../evidence/index.ts";
import { Balances, type Entry } from "../ledger/index.ts";
import { dueHoldsIn, loadLackingIn, storeMovementsIn, touchedBy } from "../ledger/index.ts";
import type { Store, Tx } from "../store/index.ts";
import { about, type Admitted } from "./admitted.ts";
import type { Outcome } from "./command.ts";
import { addMembersIn, enqueueIn, type Known, knownIn, policyIn } from "./guard.store.ts";
import { fenceIn, glanceIn, type Head, lockIn, membersIn } from "./guard.store.ts";
import { writeChangesIn, writeIn } from "./guard.store.ts";
import { judge, replay, type Verdict } from "./judge.ts";
import { type Kept, Overtaken } from "./kept.ts";
import type { Policy } from "./policy.ts";
import { type SecretBox, sealedSecret } from "./secret.ts";
import { addSecretsIn } from "./secret.store.ts";
import { stopPoint } from "./stops.ts";
import { limitEntries } from "./supervision.ts";
import { beginTotals, dueTotals, oweAgain, type Totals } from "./totals.ts";
import { beginWriting, endHold, settle, type Writing } from "./writing.ts";

/** One partition as this process serves it. */
export interface Served {
  readonly partition: number;
  readonly supervised: boolean;
  readonly store: Store;
  readonly policies: Map<number, Policy>;
  readonly totals: Totals;
  /** Seals answers that are secret. */
  readonly secrets?: SecretBox | undefined;
  /** Undefined until a batch has read under the lock, and again after anything went wrong. */
  kept: Kept | undefined;
}

/** A batch under way. */
export interface Flight {
  /** Decided, and its writes are on their way: the next batch may build on it. Never rejects. */
  readonly sent: Promise<void>;
  /** After the commit, in the order asked. */
  readonly outcomes: Promise<Outcome[]>;
}

/** Runs a batch to its commit and answers in order. An empty batch ends due holds, states totals. */
export function runBatch(served: Served, batch: readonly Admitted[]): Promise<Outcome[]> {
  return flyBatch(served, batch).outcomes;
}

/**
 * Starts a batch. At most one other may be under way, whose `sent` is over; a barrier, and whatever
 * follows one or a failure, must find none.
 */
export function flyBatch(served: Served, batch: readonly Admitted[]): Flight {
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  const outcomes = fly(served, batch, resolve);
  outcomes.then(
    () => resolve(),
    () => resolve(),
  );
  return { sent, outcomes };
}

async function fly(
  served: Served,
  batch: readonly Admitted[],
  sent: () => void,
): Promise<Outcome[]> {
  // A barrier changes what is not a balance: the policy, the clock, whole ranges of accounts.
  const barrier = isBarrier(batch);
  if (barrier) served.kept = undefined;
  const stated = new Set<string>();
  try {
    const outcomes = await served.store.transaction((tx) =>
      runIn(tx, served, { batch, stated, sent }),
    );
    if (barrier) served.kept = undefined;
    return outcomes;
  } catch (fault) {
    served.kept = undefined;
    oweAgain(served.totals, stated);
    throw fault;
  }
}

function isBarrier(batch: readonly Admitted[]): boolean {
  return batch.some(({ command }) => command.barrier === true);
}

interface Running {
  readonly batch: readonly Admitted[];
  /** Filled with the totals that this batch states. */
  readonly stated: Set<string>;
  readonly sent: () => void;
}

async function runIn(tx: Tx, served: Served, { batch, stated, sent }: Running): Promise<Outcome[]> {
  const ahead = served.kept;
  const { head, kept, known, states } = await open(tx, served, batch);
  stopPoint("locked");
  const policy = await policyOf(tx, served, kept.policyVersion);
  if (policy) beginTotals(served.totals, policy, head.at);
  const at = { now: head.at, policy, supervised: served.supervised };
  const verdicts = batch.map((admitted): Verdict => {
    const before = known.get(`${admitted.call.principal.organisation} ${admitted.call.id}`);
    if (before) return { kind: "replay", outcome: replay(admitted, before) };
    return judge(admitted, states.get(admitted), at);
  });
  const writing = await prepareWriting(tx, served, { head, kept, policy, batch, verdicts });
  const outcomes = batch.map((admitted, i) =>
    settle(writing, about(admitted, states.get(admitted)), verdicts[i] as Verdict),
  );
  stopPoint("decided");
  const due = dueTotals(served.totals, writing, isBarrier(batch));
  if (due.leaf !== undefined) writing.leaves.push(due.leaf);
  for (const key of due.stated) stated.add(key);
  write(tx, served, { kept, writing, fence: ahead && kept.seq });
  stopPoint("written");
  sent();
  return outcomes;
}

/** What a batch must know before it decides. */
interface Opened {
  readonly head: Pick<Head, "at" | "due">;
  readonly kept: Kept;
  readonly known: ReadonlyMap<string, Known>;
  readonly states: ReadonlyMap<Admitted, unknown>;
}

async function open(tx: Tx, served: Served, batch: readonly Admitted[]): Promise<Opened> {
  const { partition } = served;
  const states = new Map<Admitted, unknown>();
  const byCommand = Map.groupBy(batch, (admitted) => admitted.command);
  const [stands, known] = await Promise.all([
    served.kept ? glance(tx, partition, served.kept) : lock(tx, served),
    batch.length === 0 ? [] : knownIn(tx, partition, batch.map(nameOf)),
    ...[...byCommand].map(async ([command, of]) => {
      const questions = of.map(({ call, content, facts, act }) => ({
        command: content,
        facts,
        principal: call.principal,
        id: act,
        partition,
      }));
      const loaded = await command.load(tx, partition, questions);
      of.forEach((admitted, i) => states.set(admitted, loaded[i]));
    }),
  ]);
  const byName = new Map<string, Known>();
  for (const row of known) byName.set(`${row.organisation} ${row.id}`, row);
  return { ...stands, known: byName, states };
}

/** Takes the partition's lock and begins to keep what it reads. */
async function lock(tx: Tx, served: Served): Promise<Pick<Opened, "head" | "kept">> {
  const { partition } = served;
  const [head, log] = await Promise.all([
    lockIn(tx, partition, machineNow()),
    headIn(tx, partition),
  ]);
  const { seq, at, policyVersion, policyHash } = head;
  const kept = {
    ...{ seq, at, policyVersion, policyHash, balances: new Balances([], []), members: new Set() },
    frontier: Frontier.decode(log.size, log.frontier),
  } as Kept;
  served.kept = kept;
  return { head, kept };
}

/** Looks, without a lock, whether what is kept can still be true; the fence will say for certain. */
async function glance(
  tx: Tx,
  partition: number,
  kept: Kept,
): Promise<Pick<Opened, "head" | "kept">> {
  const seen = await glanceIn(tx, partition, machineNow());
  if (seen.seq > kept.seq || seen.policyVersion !== kept.policyVersion) {
    throw new Overtaken(partition);
  }
  const at = (seen.at > kept.at ? seen.at : kept.at) as Instant;
  return { head: { at, due: seen.due }, kept };
}

function nameOf({ call }: Admitted) {
  return { organisation: call.principal.organisation, id: call.id };
}

async function policyOf(tx: Tx, served: Served, version: number): Promise<Policy | undefined> {
  if (version === 0) return undefined;
  const cached = served.policies.get(version);
  if (cached) return cached;
  const policy = await policyIn(tx, served.partition, version);
  if (policy) served.policies.set(version, policy);
  return policy;
}

/** Loads what the decisions touch, ends the holds that are due, and opens the books. */
async function prepareWriting(
  tx: Tx,
  served: Served,
  judged: {
    readonly head: Opened["head"];
    readonly kept: Kept;
    readonly policy: Policy | undefined;
    readonly batch: readonly Admitted[];
    readonly verdicts: readonly Verdict[];
  },
): Promise<Writing> {
  const { head, kept, policy, batch, verdicts } = judged;
  const { balances, members } = kept;
  const due = head.due
    ? await dueHoldsIn(tx, served.partition, { now: head.at, most: limits.holdsEndedAtOnce })
    : [];
  const { entries, customers } = asked({ policy, verdicts, now: head.at });
  for (const hold of due) entries.push({ kind: "release", hold });
  const touched = touchedBy(entries);
  // A hold under the id of an act of this batch is only now opened: there is none to look for.
  for (const { act } of batch) touched.holds.delete(act);
  for (const key of served.totals.moved) touched.keys.add(key);
  const unknown = [...customers].filter((customer) => !members.has(customer));
  const [, counted] = await Promise.all([
    loadLackingIn(tx, served.partition, { balances, touched }),
    unknown.length === 0 ? [] : membersIn(tx, served.partition, unknown),
  ]);
  for (const customer of counted) members.add(customer);
  const { policyHash, seq } = kept;
  const writing = beginWriting({ at: head.at, policy, policyHash, balances, members, seq });
  for (const hold of due) endHold(writing, hold);
  return writing;
}

/** The entries that the ledger may be asked for, and the customers who may be first-timers. */
function asked(of: {
  readonly policy: Policy | undefined;
  readonly verdicts: readonly Verdict[];
  readonly now: Instant;
}): { readonly entries: Entry[]; readonly customers: ReadonlySet<string> } {
  const { policy, verdicts, now } = of;
  const entries: Entry[] = [];
  const customers = new Set<string>();
  for (const verdict of verdicts) {
    if (verdict.kind !== "decided") continue;
    const { cls, decision } = verdict;
    const { entries: own, counts } = decision;
    entries.push(...own);
    if (!policy || !counts) continue;
    entries.push(...limitEntries(policy, { cls, counts, now, firstTimer: true }));
    if (counts.customer && cls === "OPEN") customers.add(counts.customer);
  }
  return { entries, customers };
}

/**
 * Sends everything without waiting: the commit goes right behind, and a statement that fails turns it
 * into a rollback. The kept state moves on at once, since the next batch builds on this one.
 */
function write(
  tx: Tx,
  { partition, secrets: box }: Served,
  what: { readonly kept: Kept; readonly writing: Writing; readonly fence: bigint | undefined },
): void {
  const { kept, writing, fence } = what;
  const { rows, leaves, changes, newMembers, jobs, acts, balances, secrets } = writing;
  const movements = balances.take();
  if (leaves.length === 0) return;
  const { frontier } = kept;
  const from = frontier.size;
  for (const leaf of leaves) frontier.append(leafHash(leaf));
  kept.seq = writing.seq;
  kept.at = writing.at;
  const at = toIso(writing.at);
  const sent: (Promise<unknown> | undefined)[] = [
    fence === undefined ? undefined : fenceIn(tx, partition, fence),
    writeChangesIn(tx, partition, changes),
    storeMovementsIn(tx, partition, { at, acts, movements }),
    writeIn(tx, partition, { seq: writing.seq, at, version: kept.policyVersion, rows }),
    appendLeavesIn(tx, { partition, from, bodies: leaves, frontier }),
    newMembers.length > 0 ? addMembersIn(tx, partition, newMembers) : undefined,
    jobs.length > 0 ? enqueueIn(tx, partition, jobs) : undefined,
    box && secrets.length > 0
      ? addSecretsIn(
          tx,
          partition,
          secrets.map((one) => sealedSecret(box, one)),
        )
      : undefined,
  ];
  // The commit tells of the first that fails.
  for (const one of sent) one?.catch(() => {});
}

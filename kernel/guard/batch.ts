/**
 * One batch, one transaction. Four exchanges with the database, each pipelined:
 *
 *   1 lock the partition · look up known ids · read the log's head · load state, set-wise
 *   2 load the balances, holds and memberships that the decisions touch
 *   3 effects · ledger · journal · leaves · jobs · commit
 *
 * (Between 1 and 2 expired holds are ended, where there are any.) Nothing here keeps anything that
 * another process could make stale, except policies, which never change once written.
 */
import { type Instant, machineNow, randomBytes, toIso } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import { appendLeavesIn, Frontier, headIn, leafHash, memberHash } from "../evidence/index.ts";
import { type Account, type Balances, type Entry, loadBalancesIn, used } from "../ledger/index.ts";
import { dueHoldsIn, type PostedAct, storeMovementsIn, touchedBy } from "../ledger/index.ts";
import type { Store, Tx } from "../store/index.ts";
import type { Refusal } from "../words/index.ts";
import type { Change, Job, Json, Outcome } from "./command.ts";
import { addMembersIn, enqueueIn, type Head, type JournalRow, type Known } from "./guard.store.ts";
import { knownIn } from "./guard.store.ts";
import {
  lockIn,
  membersIn,
  type NewMember,
  policyIn,
  writeChangesIn,
  writeIn,
} from "./guard.store.ts";
import type { Admitted } from "./admitted.ts";
import { holdOf, isJournalled, judge, refusalFor, refusalText } from "./judge.ts";
import { replay, type Verdict } from "./judge.ts";
import { actLeaf, changeText, extraLeaf, factsText, memberLeaf, postingsText } from "./leaf.ts";
import { SALTS_BYTES, type Total, totalsLeaf } from "./leaf.ts";
import type { Policy } from "./policy.ts";
import { stopPoint } from "./stops.ts";
import { isPilotWide, limitEntries, limitKey, periodOf } from "./supervision.ts";

/** One partition as this process serves it. */
export interface Served {
  readonly partition: number;
  readonly supervised: boolean;
  readonly store: Store;
  readonly policies: Map<number, Policy>;
  /**
   * Pilot-wide accounts that moved since the log last stated totals, and when it did. A process that
   * has just begun does not know what moved before it, so it states all of them once.
   */
  readonly totals: { moved: Set<string>; stated: Instant; begun: boolean };
}

/** Everything a batch gathers before it writes. */
interface Writing {
  readonly head: Head;
  readonly policy: Policy | undefined;
  readonly balances: Balances;
  readonly members: Set<string>;
  seq: bigint;
  readonly rows: JournalRow[];
  readonly acts: PostedAct[];
  readonly leaves: string[];
  readonly changes: Change[];
  readonly jobs: Job[];
  readonly newMembers: NewMember[];
  readonly moved: Set<string>;
}

/** Runs a batch to its commit and answers in order. An empty batch ends due holds, states totals. */
export async function runBatch(served: Served, batch: readonly Admitted[]): Promise<Outcome[]> {
  const stated = new Set<string>();
  try {
    return await served.store.transaction((tx) => runIn(tx, served, { batch, stated }));
  } catch (fault) {
    // The leaf that stated them went with the transaction: they are owed still, and at once.
    for (const key of stated) served.totals.moved.add(key);
    if (stated.size > 0) served.totals.stated = 0 as Instant;
    throw fault;
  }
}

async function runIn(
  tx: Tx,
  served: Served,
  { batch, stated }: { readonly batch: readonly Admitted[]; readonly stated: Set<string> },
): Promise<Outcome[]> {
  const { head, known, log, states } = await open(tx, served, batch);
  stopPoint("locked");
  const policy = await policyOf(tx, served, head.policyVersion);
  if (policy) beginTotals(served, policy, head.at);
  const at = { now: head.at, policy, supervised: served.supervised };
  const verdicts = batch.map((admitted): Verdict => {
    const before = known.get(`${admitted.call.principal.organisation} ${admitted.call.id}`);
    if (before) return { kind: "replay", outcome: replay(admitted, before) };
    return judge(admitted, states.get(admitted), at);
  });
  const writing = await prepareWriting(tx, served, { head, policy, batch, verdicts });
  const outcomes = batch.map((admitted, i) => settle(writing, admitted, verdicts[i] as Verdict));
  stopPoint("decided");
  for (const key of stateTotals(served, writing)) stated.add(key);
  await write(tx, served, { writing, log });
  stopPoint("written");
  return outcomes;
}

async function open(tx: Tx, served: Served, batch: readonly Admitted[]) {
  const { partition } = served;
  const states = new Map<Admitted, unknown>();
  const byCommand = Map.groupBy(batch, (admitted) => admitted.command);
  const [head, known, log] = await Promise.all([
    lockIn(tx, partition, machineNow()),
    batch.length === 0 ? [] : knownIn(tx, partition, batch.map(nameOf)),
    headIn(tx, partition),
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
  return { head, known: byName, log, states };
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
    readonly head: Head;
    readonly policy: Policy | undefined;
    readonly batch: readonly Admitted[];
    readonly verdicts: readonly Verdict[];
  },
): Promise<Writing> {
  const { head, policy, batch, verdicts } = judged;
  const { partition } = served;
  const due = head.due
    ? await dueHoldsIn(tx, partition, { now: head.at, most: limits.holdsEndedAtOnce })
    : [];
  const entries: Entry[] = due.map((hold) => ({ kind: "release", hold }));
  const customers = new Set<string>();
  for (const verdict of verdicts) {
    if (verdict.kind !== "decided") continue;
    const { cls, decision } = verdict;
    const { entries: own, counts } = decision;
    entries.push(...own);
    if (!policy || !counts) continue;
    entries.push(...limitEntries(policy, { cls, counts, now: head.at, firstTimer: true }));
    if (counts.customer && cls === "OPEN") customers.add(counts.customer);
  }
  const touched = touchedBy(entries);
  // A hold under the id of an act of this batch is only now opened: there is none to look for.
  for (const { act } of batch) touched.holds.delete(act);
  for (const key of served.totals.moved) touched.keys.add(key);
  const [balances, members] = await Promise.all([
    loadBalancesIn(tx, partition, touched),
    customers.size === 0 ? new Set<string>() : membersIn(tx, partition, [...customers]),
  ]);
  const writing: Writing = {
    ...{ head, policy, balances, members, seq: head.seq },
    ...{ rows: [], acts: [], leaves: [], changes: [], jobs: [], newMembers: [], moved: new Set() },
  };
  for (const hold of due) endHold(writing, hold);
  return writing;
}

/** The guard's own act: a hold whose time is over goes back where it came from. */
function endHold(writing: Writing, hold: string): void {
  const act = { seq: writing.seq + 1n, now: writing.head.at, expiring: true };
  const result = writing.balances.apply([{ kind: "release", hold }], act);
  if (!result.ok) return;
  const admitted = {
    call: { id: `expire:${hold}`, principal: { id: "guard", organisation: "sandbank" } },
    command: { name: "guard.expire_hold", class: "SERVICE" },
    content: { hold },
    facts: null,
    digest: new Uint8Array(32),
    act: hold,
  } as unknown as Admitted;
  journal(writing, admitted, {
    outcome: "accepted",
    answer: "{}",
    changes: [],
    postings: result.postings,
  });
}

interface Settled {
  readonly outcome: string;
  readonly answer: string;
  readonly changes: readonly Change[];
  readonly postings: PostedAct["postings"];
}

/** Asks the ledger where there is a decision, and writes down what comes of it. */
function settle(writing: Writing, admitted: Admitted, verdict: Verdict): Outcome {
  if (verdict.kind === "replay") return verdict.outcome;
  if (verdict.kind === "refused") return refused(writing, admitted, verdict);
  const { at } = writing.head;
  if (verdict.kind === "parked") {
    const { changes } = verdict;
    journal(writing, admitted, { outcome: "parked", answer: "null", changes, postings: [] });
    return { kind: "parked", task: admitted.act, at };
  }
  const { cls, decision } = verdict;
  const { counts, entries } = decision;
  const { policy, members } = writing;
  const customer = policy && counts?.customer;
  const firstTimer = customer !== undefined && cls === "OPEN" && !members.has(customer);
  const hold = holdOf(entries);
  const held = hold === undefined ? {} : { hold };
  const supervised =
    policy && counts ? limitEntries(policy, { cls, counts, now: at, ...held, firstTimer }) : [];
  const act = { seq: writing.seq + 1n, now: at, probe: verdict.failed.length > 0 };
  const result = writing.balances.apply([...entries, ...supervised], act);
  const failed = [...verdict.failed, ...(result.ok ? [] : result.failed)];
  if (!result.ok || failed.length > 0) {
    return refused(writing, admitted, { refusal: refusalFor(failed), changes: [] });
  }
  const answer = JSON.stringify(decision.answer);
  const { changes } = decision;
  const seq = journal(writing, admitted, {
    outcome: "accepted",
    answer,
    changes,
    postings: result.postings,
  });
  for (const leaf of decision.leaves ?? []) writing.leaves.push(extraLeaf(seq, leaf));
  if (policy && firstTimer) addMember(writing, { customer, seq, pilot: policy.pilot });
  if (decision.jobs) writing.jobs.push(...decision.jobs);
  return { kind: "accepted", seq, at, answer: decision.answer as Json };
}

function refused(
  writing: Writing,
  admitted: Admitted,
  what: { readonly refusal: Refusal; readonly changes: readonly Change[] },
): Outcome {
  const { refusal, changes } = what;
  if (!isJournalled(refusal)) return { kind: "refused", refusal };
  const answer = refusalText(refusal);
  const seq = journal(writing, admitted, { outcome: refusal.code, answer, changes, postings: [] });
  return { kind: "refused", refusal, seq };
}

/** Gives the act its place in the order: journal row, opening, leaf, history. */
function journal(writing: Writing, admitted: Admitted, settled: Settled): bigint {
  const { call, command } = admitted;
  const { outcome, answer, changes, postings } = settled;
  const seq = (writing.seq += 1n);
  const salts = randomBytes(SALTS_BYTES);
  const facts = factsText(admitted.content, admitted.facts);
  const change = changeText(changes);
  const cls = command.class;
  writing.rows.push({
    ...{ seq, id: call.id, principal: call.principal.id, command: command.name, cls, outcome },
    ...{ organisation: call.principal.organisation, digest: admitted.digest, act: admitted.act },
    ...{ answer, salts, facts, change },
  });
  writing.leaves.push(
    actLeaf({
      ...{ seq, command: command.name, cls, outcome, policyHash: writing.head.policyHash },
      ...{ salts, facts, change, postings: postingsText(postings) },
    }),
  );
  writing.changes.push(...changes);
  if (postings.length > 0) writing.acts.push({ seq, postings });
  for (const { account } of postings) {
    if (isPilotWide(account.key, writing.policy)) writing.moved.add(account.key);
  }
  return seq;
}

function addMember(
  writing: Writing,
  member: { readonly customer: string; readonly seq: bigint; readonly pilot: string },
): void {
  const key = randomBytes(32);
  writing.members.add(member.customer);
  writing.newMembers.push({ customer: member.customer, key, seq: member.seq });
  writing.leaves.push(memberLeaf(member.seq, memberHash(key, member.pilot)));
}

function beginTotals({ totals }: Served, policy: Policy, now: Instant): void {
  if (totals.begun) return;
  totals.begun = true;
  for (const { id, scope, measure, window } of policy.limits) {
    if (scope !== "pilot" || measure === "single") continue;
    totals.moved.add(limitKey(id, "pilot", periodOf(window, now)));
  }
}

/**
 * At least once a second while pilot-wide limits move, the log states what is used of each. Answers
 * with the accounts that are no longer owed, if the batch commits.
 */
function stateTotals(served: Served, writing: Writing): ReadonlySet<string> {
  const { totals } = served;
  for (const key of writing.moved) totals.moved.add(key);
  const now = machineNow();
  if (totals.moved.size === 0 || now - totals.stated < limits.totalsIntervalMs) return new Set();
  const { moved } = totals;
  const stated = [...moved].map((key) => writing.balances.account(key)).filter(isThere);
  if (stated.length > 0) writing.leaves.push(totalsLeaf(writing.seq, stated.map(totalOf)));
  totals.moved = new Set();
  totals.stated = now;
  return moved;
}

function isThere(account: Account | undefined): account is Account {
  return account !== undefined;
}

function totalOf(account: Account): Total {
  const [, limit = "", , period = ""] = account.key.split("/");
  return { limit, period, used: used(account), cap: account.cap ?? 0n };
}

async function write(
  tx: Tx,
  served: Served,
  { writing, log }: { readonly writing: Writing; readonly log: Awaited<ReturnType<typeof headIn>> },
): Promise<void> {
  const { partition } = served;
  const { head, rows, leaves, changes, newMembers, jobs } = writing;
  if (leaves.length === 0) return;
  const frontier = Frontier.decode(log.size, log.frontier);
  for (const leaf of leaves) frontier.append(leafHash(Buffer.from(leaf)));
  const at = toIso(head.at);
  const { acts, balances } = writing;
  await Promise.all([
    writeChangesIn(tx, partition, changes),
    storeMovementsIn(tx, partition, { at, acts, movements: balances.movements() }),
    writeIn(tx, partition, { seq: writing.seq, at, version: head.policyVersion, rows }),
    appendLeavesIn(tx, { partition, from: log.size, bodies: leaves, frontier }),
    newMembers.length > 0 ? addMembersIn(tx, partition, newMembers) : undefined,
    jobs.length > 0 ? enqueueIn(tx, partition, jobs) : undefined,
  ]);
}

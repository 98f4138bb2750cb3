/**
 * The part of a batch that happens in memory: each verdict is put to the ledger, and what comes of
 * it is gathered as rows, leaves and changes to be written. It asks the database nothing.
 */
import { type Instant, randomBytes } from "../clock/index.ts";
import { memberHash } from "../evidence/index.ts";
import type { Balances, PostedAct } from "../ledger/index.ts";
import type { Refusal } from "../words/index.ts";
import type { Admitted } from "./admitted.ts";
import type { Change, Job, Json, Outcome } from "./command.ts";
import type { JournalRow, NewMember } from "./guard.store.ts";
import { holdOf, isJournalled, refusalFor, refusalText, type Verdict } from "./judge.ts";
import { actLeaf, changeText, extraLeaf, factsText, memberLeaf, postingsText } from "./leaf.ts";
import { SALTS_BYTES } from "./leaf.ts";
import type { Policy } from "./policy.ts";
import { isPilotWide, limitEntries } from "./supervision.ts";

/** Everything a batch gathers before it writes. */
export interface Writing {
  readonly at: Instant;
  readonly policy: Policy | undefined;
  readonly policyHash: string;
  readonly balances: Balances;
  readonly members: Set<string>;
  seq: bigint;
  readonly rows: JournalRow[];
  readonly acts: PostedAct[];
  readonly leaves: string[];
  readonly changes: Change[];
  readonly jobs: Job[];
  readonly newMembers: NewMember[];
  /** Answers that are secret, in the clear: the batch seals them. */
  readonly secrets: { readonly seq: bigint; readonly act: string; readonly secret: string }[];
  /** Keys of the pilot-wide accounts that moved. */
  readonly moved: Set<string>;
}

/** An empty batch that begins after `seq`. */
export function beginWriting(
  from: Pick<Writing, "at" | "policy" | "policyHash" | "balances" | "members" | "seq">,
): Writing {
  return {
    ...from,
    ...{ rows: [], acts: [], leaves: [], changes: [], jobs: [], newMembers: [], moved: new Set() },
    secrets: [],
  };
}

/** The guard's own act: a hold whose time is over goes back where it came from. */
export function endHold(writing: Writing, hold: string): void {
  const act = { seq: writing.seq + 1n, now: writing.at, expiring: true };
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
  readonly forgets?: true;
}

/** Asks the ledger where there is a decision, and writes down what comes of it. */
export function settle(writing: Writing, admitted: Admitted, verdict: Verdict): Outcome {
  if (verdict.kind === "replay") return verdict.outcome;
  if (verdict.kind === "refused") return refused(writing, admitted, verdict);
  const { at } = writing;
  if (verdict.kind === "parked") {
    const { changes } = verdict;
    journal(writing, admitted, { outcome: "parked", answer: "null", changes, postings: [] });
    return { kind: "parked", task: admitted.act, at };
  }
  const { cls, decision } = verdict;
  const { counts, entries, spends = [] } = decision;
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
    return refused(writing, admitted, { refusal: refusalFor(failed), changes: spends });
  }
  const answer = JSON.stringify(decision.answer);
  const { forgets } = decision;
  const changes = spends.length === 0 ? decision.changes : [...decision.changes, ...spends];
  const seq = journal(writing, admitted, {
    ...{ outcome: "accepted", answer, changes, postings: result.postings },
    ...(forgets && { forgets }),
  });
  for (const leaf of decision.leaves ?? []) writing.leaves.push(extraLeaf(seq, leaf));
  if (policy && firstTimer) addMember(writing, { customer, seq, pilot: policy.pilot });
  if (decision.jobs) writing.jobs.push(...decision.jobs);
  const accepted = { kind: "accepted" as const, seq, at, answer: decision.answer as Json };
  const { secret } = decision;
  if (secret === undefined) return accepted;
  writing.secrets.push({ seq, act: admitted.act, secret });
  return { ...accepted, secret };
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
  const facts = factsText(admitted.content, command.secret ? null : admitted.facts);
  const change = changeText(changes);
  const cls = command.class;
  const row = {
    ...{ seq, id: call.id, principal: call.principal.id, command: command.name, cls, outcome },
    ...{ organisation: call.principal.organisation, digest: admitted.digest, act: admitted.act },
    ...{ answer, salts, facts, change, subject: admitted.subject ?? null },
  };
  writing.rows.push(settled.forgets ? forgotten(row) : row);
  writing.leaves.push(
    actLeaf({
      ...{ seq, command: command.name, cls, outcome, policyHash: writing.policyHash },
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

/** The row of an act that keeps nothing of what it did, nor of whom it was about. */
function forgotten(row: JournalRow): JournalRow {
  const none = new Uint8Array();
  const principal = row.principal === row.subject ? "" : row.principal;
  return { ...row, principal, digest: none, salts: none, facts: "", change: "", subject: null };
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

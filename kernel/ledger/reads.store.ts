/** Books, statements and trial balances for people and auditors: reads only, by the reading role. */
import { type Instant, toIso } from "../clock/index.ts";
import { statement, type Store } from "../store/index.ts";
import type { Book } from "./entry.ts";
import { POSTING_KINDS, type PostingKind } from "./ledger.ts";

const BALANCES = statement("ledger.balances", "select * from ledger.balances($1, $2)");
const TRIAL = statement("ledger.trial_balance", "select * from ledger.trial_balance($1, $2)");
const STATEMENT = statement("ledger.statement", "select * from ledger.statement($1, $2, $3, $4)");
const NEXT_DUE = statement("ledger.next_due", "select ledger.next_due($1, $2) as due");
const OUTSTANDING = statement("ledger.outstanding", "select * from ledger.outstanding($1, $2)");
const OPEN_HOLDS = statement("ledger.open_holds", "select * from ledger.open_holds($1)");
const DIFFERING = statement("ledger.differing", "select * from ledger.differing_accounts($1)");

export interface Counters {
  readonly debits: bigint;
  readonly credits: bigint;
  readonly pending_debits: bigint;
  readonly pending_credits: bigint;
}

export interface Balance extends Counters {
  readonly key: string;
  readonly book: Book;
  readonly owner: string | null;
  readonly period: string | null;
  readonly cap: bigint | null;
  readonly closed: boolean;
}

export interface Line {
  readonly seq: bigint;
  readonly at: Instant;
  readonly kind: PostingKind;
  readonly amount: bigint;
}

/** The balances of a partition whose keys begin with `prefix`, in order of key. */
export function balances(store: Store, partition: number, prefix: string): Promise<Balance[]> {
  return store.query<Balance>(BALANCES, [partition, prefix]);
}

/** Sums of each book at an instant. In a money book debits equal credits, posted and pending. */
export function trialBalance(
  store: Store,
  partition: number,
  until: Instant,
): Promise<(Counters & { readonly book: Book })[]> {
  return store.query(TRIAL, [partition, toIso(until)]);
}

/** Movements of one account, newest first, before a place in the order, at most `most`. */
export async function accountStatement(
  store: Store,
  partition: number,
  of: { readonly key: string; readonly before: bigint; readonly most: number },
): Promise<Line[]> {
  const rows = await store.query<{ seq: bigint; at: Instant; kind: number; amount: bigint }>(
    STATEMENT,
    [partition, of.key, of.before, of.most],
  );
  return rows.map((row) => ({ ...row, kind: POSTING_KINDS[row.kind - 1] ?? "debit" }));
}

/** Keys of accounts whose counters are not the sum of their history (invariant I3): none, ever. */
export async function differingAccounts(store: Store, partition: number): Promise<string[]> {
  const rows = await store.query<{ key: string }>(DIFFERING, [partition]);
  return rows.map((row) => row.key);
}

/** When the next open hold of a partition ends, if that is not after `until`. */
export async function nextHoldDue(
  store: Store,
  partition: number,
  until: Instant,
): Promise<Instant | undefined> {
  const [row] = await store.query<{ due: Instant | null }>(NEXT_DUE, [partition, toIso(until)]);
  return row?.due ?? undefined;
}

/** What the accounts of one prefix have used and hold in all; `accounts` counts those with any. */
export interface Outstanding {
  readonly accounts: bigint;
  readonly used: bigint;
  readonly held: bigint;
}

/** Sums over the accounts of a partition whose keys begin with `prefix`. */
export async function outstanding(
  store: Store,
  partition: number,
  prefix: string,
): Promise<Outstanding> {
  const [row] = await store.query<Outstanding>(OUTSTANDING, [partition, prefix]);
  return row ?? { accounts: 0n, used: 0n, held: 0n };
}

/** Holds that are still open; `last` is when the latest of them ends by itself. */
export interface OpenHolds {
  readonly holds: bigint;
  readonly amount: bigint;
  readonly last: Instant | null;
}

/** The open holds of a partition in all. */
export async function openHolds(store: Store, partition: number): Promise<OpenHolds> {
  const [row] = await store.query<OpenHolds>(OPEN_HOLDS, [partition]);
  return row ?? { holds: 0n, amount: 0n, last: null };
}

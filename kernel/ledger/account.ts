/**
 * An account as the engine sees it: four counters and two bounds. This file knows what the numbers
 * mean and nothing about where they are kept.
 *
 *   position            debits − credits
 *   position + pending  what `cap` bounds from above  (debits + pending debits − credits)
 *   position − pending  what `floor` bounds from below (debits − credits − pending credits)
 */
import assert from "node:assert/strict";
import { FEN_MAX } from "../money/index.ts";
import type { AccountRef, Book } from "./entry.ts";

export interface Account {
  /** Act that opened it × 256 + its place among the accounts of that act: unique in the partition. */
  readonly id: bigint;
  readonly key: string;
  readonly book: Book;
  readonly owner: string | null;
  readonly period: string | null;
  debits: bigint;
  credits: bigint;
  pendingDebits: bigint;
  pendingCredits: bigint;
  cap: bigint | null;
  /** Fixed at opening. */
  readonly floor: bigint | null;
  /** Use that stands above a cap that was lowered later; nothing may rise beyond it. */
  grandfathered: bigint | null;
  closed: boolean;
}

/** How many accounts one act may open; ids have room for no more. */
export const OPENED_BY_ACT_MAX = 256;

/** Counters are int8 in the database: what an account has counted on one side stays below this. */
export const COUNTED_MAX = FEN_MAX;

/**
 * A new account of an act, without movement. A limit never lies below nothing used, so its floor
 * is 0 whatever the reference says.
 */
export function openAccount(ref: AccountRef, id: bigint): Account {
  assert((ref.floor ?? 0n) <= 0n, "an account begins at 0, so a floor lies at or below it");
  const account: Account = {
    id,
    key: ref.key,
    book: ref.book,
    owner: ref.owner ?? null,
    period: ref.period ?? null,
    debits: 0n,
    credits: 0n,
    pendingDebits: 0n,
    pendingCredits: 0n,
    cap: null,
    floor: ref.book === "limits" ? 0n : (ref.floor ?? null),
    grandfathered: null,
    closed: false,
  };
  if (ref.cap !== undefined) putCap(account, ref.cap);
  return account;
}

/** Debits less credits, nothing pending. */
export function position(account: Account): bigint {
  return account.debits - account.credits;
}

/** What counts against the cap: the position as if every pending debit were posted. */
export function used(account: Account): bigint {
  return account.debits + account.pendingDebits - account.credits;
}

/** What counts against the floor: the position as if every pending credit were posted. */
export function lowest(account: Account): bigint {
  return account.debits - account.credits - account.pendingCredits;
}

/** True if the account may still take a debit of `amount`. */
export function hasRoom(account: Account, amount: bigint): boolean {
  return account.cap === null || used(account) + amount <= account.cap;
}

/** True if the account may still take a credit of `amount`. */
export function hasDepth(account: Account, amount: bigint): boolean {
  return account.floor === null || lowest(account) - amount >= account.floor;
}

/**
 * Puts a cap in force. Lowering it below what is used refuses later uses and undoes none: the use
 * that stands is remembered, so that the database's own check can tell it from a breach.
 */
export function putCap(account: Account, cap: bigint): void {
  if (account.cap === cap) return;
  account.cap = cap;
  const standing = used(account);
  account.grandfathered = standing > cap ? standing : null;
}

/** True if the counters can still carry a debit of `amount`, its hold included. */
export function canCountDebit(account: Account, amount: bigint): boolean {
  return account.debits + account.pendingDebits + amount <= COUNTED_MAX;
}

/** True if the counters can still carry a credit of `amount`, its hold included. */
export function canCountCredit(account: Account, amount: bigint): boolean {
  return account.credits + account.pendingCredits + amount <= COUNTED_MAX;
}

/** What a limit can give back: what is used and posted, less what others already hold of it. */
export function returnable(account: Account): bigint {
  const above = lowest(account);
  return above > 0n ? above : 0n;
}

/** True if nothing is owed, owned or pending. */
export function isEmpty(account: Account): boolean {
  return position(account) === 0n && account.pendingDebits === 0n && account.pendingCredits === 0n;
}

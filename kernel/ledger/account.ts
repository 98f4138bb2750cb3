/**
 * An account as the engine sees it: four counters and two bounds. This file knows what the numbers
 * mean and nothing about where they are kept.
 *
 *   position            debits − credits
 *   position + pending  what `cap` bounds from above  (debits + pending debits − credits)
 *   position − pending  what `floor` bounds from below (debits − credits − pending credits)
 */
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

/** A new account of an act, without movement. */
export function openAccount(ref: AccountRef, id: bigint): Account {
  return {
    id,
    key: ref.key,
    book: ref.book,
    owner: ref.owner ?? null,
    period: ref.period ?? null,
    debits: 0n,
    credits: 0n,
    pendingDebits: 0n,
    pendingCredits: 0n,
    cap: ref.cap ?? null,
    floor: ref.floor ?? null,
    grandfathered: null,
    closed: false,
  };
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

/** True if nothing is owed, owned or pending. */
export function isEmpty(account: Account): boolean {
  return position(account) === 0n && account.pendingDebits === 0n && account.pendingCredits === 0n;
}

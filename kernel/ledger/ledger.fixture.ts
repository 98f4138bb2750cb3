/**
 * What the ledger's tests stand on: entries in few words, and accounts that many of them use. All
 * people and firms are fictional.
 */
import assert from "node:assert/strict";
import type { Instant } from "../clock/index.ts";
import type { Fen } from "../money/index.ts";
import type { AccountRef, Citation, Entry } from "./entry.ts";
import { Balances, type GroupResult } from "./ledger.ts";

/** The instant at which most tests play. */
export const NOON = 1_795_579_200_000 as Instant;
export const MINUTE = 60_000;

export const day: Citation = {
  code: "token_day_amount_exceeded",
  limit: "token_day_amount",
  unit: "fen",
  clause: "control 3",
};

/** A deposit: the bank owes it, so its position may not rise above 0. */
export const mei: AccountRef = { key: "deposit/mei", book: "money:CNY", cap: 0n, owner: "mei" };
export const cash: AccountRef = { key: "cash", book: "money:CNY" };

export function pay(debit: AccountRef, credit: AccountRef, amount: bigint): Entry {
  return { kind: "transfer", debit, credit, amount: amount as Fen };
}

export function use(account: AccountRef, amount: bigint): Entry {
  return { kind: "use", account, amount, cites: day };
}

/** The same entry, reserved under a hold. */
export function held(hold: string, entry: Entry, whole = false): Entry {
  return whole ? ({ ...entry, hold, whole } as Entry) : ({ ...entry, hold } as Entry);
}

export function open(hold: string, amount: bigint, expires: number = NOON + MINUTE): Entry {
  return { kind: "hold", hold, amount: amount as Fen, expires: expires as Instant };
}

export function capture(hold: string, amount: bigint, final = false): Entry {
  return { kind: "capture", hold, amount: amount as Fen, final };
}

export function release(hold: string): Entry {
  return { kind: "release", hold };
}

export function close(account: AccountRef): Entry {
  return { kind: "close", account };
}

export function giveBack(account: AccountRef, amount: bigint): Entry {
  return { kind: "give_back", account, amount };
}

/** A ledger in which each call is one act, a second after the one before unless it says when. */
export class Book {
  readonly balances = new Balances([], []);
  #seq = 0n;

  act(entries: Entry[], at: { now?: Instant; expiring?: boolean } = {}): GroupResult {
    return this.balances.apply(entries, { seq: ++this.#seq, now: NOON, ...at });
  }

  done(entries: Entry[], at: { now?: Instant; expiring?: boolean } = {}): void {
    assert.deepEqual(this.codes(entries, at), []);
  }

  codes(entries: Entry[], at: { now?: Instant; expiring?: boolean } = {}): string[] {
    const result = this.act(entries, at);
    return result.ok ? [] : result.failed.map((failed) => failed.code);
  }

  /** debits, credits, pending debits, pending credits */
  counters(ref: AccountRef): bigint[] | undefined {
    const account = this.balances.account(ref.key);
    if (!account) return undefined;
    const { debits, credits, pendingDebits, pendingCredits } = account;
    return [debits, credits, pendingDebits, pendingCredits];
  }
}

/** Mei's deposit holds `amount`: the bank owes it to her, so it is a credit. */
export function funded(amount: bigint): Book {
  const book = new Book();
  book.done([pay(cash, mei, amount)]);
  return book;
}

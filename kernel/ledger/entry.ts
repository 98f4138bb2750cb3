/**
 * What a decision may say to the ledger. Entries of one act form one linked group: all post, or
 * none does and every entry that failed is named.
 *
 * An account counts debits up and credits down: its position is debits − credits. `cap` bounds the
 * position with pending debits counted, `floor` bounds it with pending credits counted. So a limit
 * is an account that uses debit and returns credit, under a cap; a customer's deposit is an account
 * whose position may not rise above 0.
 */
import type { Instant } from "../clock/index.ts";
import type { Fen } from "../money/index.ts";

/** Books never mix in one transfer. */
export type Book = "money:CNY" | "limits" | "units";

/**
 * An account by its natural key. Unknown accounts open inside the call with what stands here, and
 * on a known one `cap` (if stated) is the cap in force from now on: the policy or control version
 * that decided states it.
 */
export interface AccountRef {
  /** Unique in the partition, such as `card/0199…` or `limit/token/0199…/day/2026-11-24`. */
  readonly key: string;
  readonly book: Book;
  readonly cap?: bigint;
  readonly floor?: bigint;
  /** Whose it is, for statements and narrowed reading. */
  readonly owner?: string;
  /** For a window account: its period (`2026-11-24`, `2026-W48`, `2026-11`), so it can be dropped. */
  readonly period?: string;
}

/** Explains a limit when it refuses. */
export interface Citation {
  /** Refusal code if this entry fails, for example `token_day_amount_exceeded`. */
  readonly code: string;
  readonly limit: string;
  readonly unit: "fen" | "count";
  /** Clause of the declaration or version of the control. */
  readonly clause: string;
}

/** Money moves: one debit and one credit of one book. With `hold` it is reserved, not posted. */
export interface Transfer {
  readonly kind: "transfer";
  readonly debit: AccountRef;
  readonly credit: AccountRef;
  readonly amount: Fen;
  readonly hold?: string;
  readonly cites?: Citation;
}

/** A limit is used. `whole`: a partial capture of its hold posts it in full (a count of 1). */
export interface Use {
  readonly kind: "use";
  readonly account: AccountRef;
  readonly amount: bigint;
  readonly hold?: string;
  readonly whole?: boolean;
  readonly cites: Citation;
}

/** A limit gets back what an earlier act took, in the period it took it from, never below 0. */
export interface GiveBack {
  readonly kind: "give_back";
  readonly account: AccountRef;
  readonly amount: bigint;
  /** The hold by which it was taken: a limit of which that hold took nothing gets nothing back. */
  readonly hold?: string;
}

/** Opens the hold that entries of this group name; its amount is what captures are taken from. */
export interface HoldEntry {
  readonly kind: "hold";
  readonly hold: string;
  readonly amount: Fen;
  readonly expires: Instant;
}

/** Posts `amount` of a hold (at most what is left); `final` releases the rest. */
export interface Capture {
  readonly kind: "capture";
  readonly hold: string;
  readonly amount: Fen;
  readonly final: boolean;
}

/** Ends a hold without posting: void, expiry. */
export interface Release {
  readonly kind: "release";
  readonly hold: string;
}

/** Closes an account that is empty; it takes no entry afterwards. */
export interface Close {
  readonly kind: "close";
  readonly account: AccountRef;
}

export type Entry = Transfer | Use | GiveBack | HoldEntry | Capture | Release | Close;

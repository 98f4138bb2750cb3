/**
 * The compiled declaration: what a partition's acts are held to. The sandbox module makes it from a
 * declaration, a barrier puts it in force, and every act names its version and hash. It is JSON, so
 * that its canonical form can be hashed, published in the log and replayed by a stranger.
 */
import type { CommandClass } from "./command.ts";

/** Where a pilot stands, reference/sandbox §4. Which classes live follows from `Policy.classes`. */
export const PHASES = [
  "draft",
  "submitted",
  "review",
  "consultation",
  "answering",
  "registered",
  "ready",
  "testing",
  "restricted",
  "suspended",
  "evaluation",
  "exiting",
  "graduated",
  "exited",
  "refused",
  "withdrawn",
] as const;
export type Phase = (typeof PHASES)[number];

/** What of an act a limit counts. `single` bounds one act and needs no account. */
export type Measure = "customers" | "amount" | "count" | "single";

/** Whose balances a limit may count. */
export const LIMIT_SCOPES = [
  "pilot",
  "customer",
  "partner",
  "merchant",
  "region",
  "channel",
  "product",
] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];

/** One cap of the declaration, kinds G3–G8 of reference/sandbox §5. */
export interface LimitRule {
  /** Stable name within the pilot, such as `pilot_day_amount`; part of the account's key. */
  readonly id: string;
  readonly measure: Measure;
  /** The classes whose acts count; `customers` counts OPEN acts of first-timers. */
  readonly classes: readonly CommandClass[];
  /** Whose balance: one for the pilot, or one for each customer, partner, merchant and so on. */
  readonly scope: LimitScope;
  /**
   * Calendar window in Asia/Shanghai; `none` is a stock: it counts over the whole test, less what is
   * given back. There is no rolling window: no law that binds a pilot here asks for one.
   */
  readonly window: "none" | "day" | "month" | "year";
  /** The products whose acts count; all unless told. */
  readonly products?: readonly string[] | undefined;
  /** Decimal string: fen for amounts and singles, a number for customers and counts. */
  readonly cap: string;
  /** Clause of the declaration that says so, such as `1.10`. */
  readonly clause: string;
}

/** Facts of an act that are held against a list. `operator` is the organisation that acts. */
export const LIST_CHECKS = [
  "region",
  "channel",
  "partner",
  "product",
  "currency",
  "operator",
  "customer_type",
  "purpose",
] as const;
export type ListCheck = (typeof LIST_CHECKS)[number];

interface OfClasses {
  readonly classes: readonly CommandClass[];
  /** The products whose acts are checked; all unless told. */
  readonly products?: readonly string[] | undefined;
  readonly clause: string;
}

/** A predicate beside the limits: kinds G9–G13, G16 and G17. */
export type CheckRule =
  | (OfClasses & { readonly kind: ListCheck; readonly allowed: readonly string[] })
  /** Service hours of a day in Asia/Shanghai, minutes from midnight, end exclusive. */
  | (OfClasses & { readonly kind: "hours"; readonly from: number; readonly to: number })
  /** How well the customer must be known, from 0 (not at all) to 3. */
  | (OfClasses & { readonly kind: "kyc"; readonly least: number })
  /** The version of the user statement that the customer must have consented to, at least. */
  | (OfClasses & { readonly kind: "consent"; readonly version: number })
  /** Loan to value above `above` basis points needs a guarantee; at it exactly, none. */
  | (OfClasses & { readonly kind: "loan_to_value"; readonly above: number });

export interface Policy {
  /** Slug of the pilot, such as `payment-tokens`. */
  readonly pilot: string;
  /** Counts up by one with each change for the pilot. */
  readonly version: number;
  readonly phase: Phase;
  /** Which classes live now, after phase and directives. */
  readonly classes: Readonly<Record<CommandClass, boolean>>;
  /** The directive that closed a class, for the sentence that explains it. */
  readonly directive?: string;
  /** Test period, RFC 3339; OPEN and USE live from ≤ now < to. */
  readonly period: { readonly from: string; readonly to: string };
  readonly limits: readonly LimitRule[];
  readonly checks: readonly CheckRule[];
}

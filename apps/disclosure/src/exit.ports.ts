/**
 * What the public site needs to know of a pilot that leaves, in its own words: the plan step by step
 * while it runs, and the report once the exit is completed. Items of an institution are numbers here.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";

export interface Exit {
  readonly pilot: { readonly slug: string; readonly name: Text };
  readonly state: "running" | "drained" | "confirmed" | "completed";
  readonly cause: "decided" | "period_over" | "failed" | "watch";
  readonly reason: Text;
  readonly plan: Text;
  /** Whether the declaration itself states the plan. */
  readonly planned: "declared" | "designed";
  /** The version of the declaration that states it, where it was drafted here. */
  readonly version?: number;
  readonly begunAt: Instant;
  /** Until when existing customers may go on, where the plan lets them. */
  readonly runOffUntil?: Instant;
  /** In the order in which they are closed. */
  readonly steps: readonly ExitStep[];
  readonly report?: ExitReport;
}

export interface ExitStep {
  readonly text: Text;
  readonly state: "waiting" | "open" | "closed";
  /** Whose office confirms it: operator and compliance of the institution, or the supervisor. */
  readonly by: "operator" | "compliance" | "supervisor";
  /** Whole days that the plan gives it, and what it expects it to cost the institution, in fen. */
  readonly days?: number;
  readonly cost?: bigint;
  /** The last instant of its days, once it is open. */
  readonly dueBy?: Instant;
  readonly closedAt?: Instant;
  /** SHA-256 of the document that shows it is done. */
  readonly evidence?: string;
  /** Single things that had to be ended one by one. */
  readonly items?: {
    readonly text: Text;
    readonly listed: number;
    readonly finished: number;
    readonly transferred: number;
  };
}

/** What was still open when the exit began. */
export interface OpenLine {
  /** By the query that finds it, as the plan names queries. */
  readonly what:
    | "classes_closed"
    | "permits_finished"
    | "holds_finished"
    | "stocks_zero"
    | "duties_done"
    | "items_finished"
    | "complaints_ended"
    | "claims_paid"
    | "archive_verified";
  /** The limit that counts it, as the declaration calls it. */
  readonly limit?: Text;
  readonly unit: "fen" | "count";
  readonly amount: bigint;
  /** When it ends by its own terms; absent where it ends only by being done. */
  readonly ends?: Instant;
}

export interface ExitReport {
  /** What compliance of the institution says of the whole. */
  readonly statement: Text;
  readonly completedAt: Instant;
  /** Whole days, begun days counted. */
  readonly days: number;
  readonly openingAt: Instant;
  readonly opening: readonly OpenLine[];
  readonly archive: {
    /** SHA-256 of the manifest, in hexadecimal. */
    readonly hash: string;
    readonly files: number;
    readonly bytes: bigint;
    /** When a copy had been restored to an equal hash. */
    readonly verifiedAt: Instant;
    readonly logs: readonly {
      readonly origin: string;
      readonly size: bigint;
      readonly root: string;
    }[];
  };
}

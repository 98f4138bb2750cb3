/** What the test and its throwing processes say to each other. */
import type { Depth } from "./verdict.fixture.ts";

/** A stretch of the inputs of one thing served. */
export interface Order {
  /** `throw`: at the whole server. `read`: by the contracts alone. */
  readonly way: "throw" | "read";
  /** `POST /api/tokens`. */
  readonly thing: string;
  readonly from: number;
  readonly count: number;
}

/** How a stretch went. */
export interface Report {
  readonly thing: string;
  /** How many came how deep. */
  readonly depths: Readonly<Record<Depth, number>>;
  /** How many by code of refusal, or by status where taken. */
  readonly codes: Readonly<Record<string, number>>;
  /** What was answered as it may not be, the first few in full. */
  readonly wrong: readonly string[];
}

/** What the journals of a process's Sandbank hold of what was thrown at it. */
export interface Proof {
  readonly acts: number;
  readonly refused: number;
  /** What throwing, answering and judging took of this process, without PostgreSQL. */
  readonly cpu_ms: number;
}

/** Something that is served. */
export interface Thing {
  readonly thing: string;
  readonly kind: string;
  /** It has a contract of its own. */
  readonly isRead: boolean;
}

export type ToThrower = { readonly order: Order } | { readonly prove: true };
export type FromThrower =
  | { readonly ready: readonly Thing[] }
  | { readonly report: Report }
  | { readonly proof: Proof }
  | { readonly died: string };

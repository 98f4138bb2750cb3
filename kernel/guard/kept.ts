/**
 * What a partition's line keeps in memory from batch to batch: where the order and the log stand,
 * the balances, the customers that have counted. It runs ahead of the database by the batch that is
 * being committed, so the next one can decide without waiting. The row of order is the fence: a
 * batch that was decided on kept state writes nothing unless that row stands where the state says.
 * Whatever goes wrong, the kept state is dropped and read again under the lock.
 */
import type { Instant } from "../clock/index.ts";
import { APPEND_NAME, type Frontier } from "../evidence/index.ts";
import type { Balances } from "../ledger/index.ts";
import { QueryFault } from "../store/index.ts";

export interface Kept {
  /** Sequence of the last act, also where its commit is still under way. */
  seq: bigint;
  /** Instant of the last batch; none has an earlier one. */
  at: Instant;
  readonly policyVersion: number;
  readonly policyHash: string;
  readonly frontier: Frontier;
  readonly balances: Balances;
  /** Customers known to have counted. Who is missing here must be asked of the database. */
  readonly members: Set<string>;
}

/** Somebody else has written to the partition, or the batch before failed: read again, act again. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
  readonly transient = true;
  constructor(partition: number) {
    super(`partition ${partition} does not stand where its kept state says`);
  }
}

/** Name of the statement that refuses to write past a row of order that moved. */
export const FENCE_NAME = "guard.fence";

/** Where order shows: at the fence, or at a log in which another process has stated its totals. */
const ORDERED = new Set([FENCE_NAME, APPEND_NAME]);

/** True if a batch failed since it was not its turn, whatever that is called by then. */
export function isOvertaken(fault: unknown): boolean {
  return (
    fault instanceof Overtaken || (fault instanceof QueryFault && ORDERED.has(fault.statement))
  );
}

/** How much a line holds in memory: what is to be dropped once it is too much. */
export function weightOf({ balances, members }: Kept): number {
  return balances.size + members.size;
}

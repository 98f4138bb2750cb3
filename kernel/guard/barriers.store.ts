/** SQL of the guard's own commands: policies that come into force, and the clock's one row. */
import type { Instant } from "../clock/index.ts";
import { statement, type Tx } from "../store/index.ts";
import type { Effect } from "./command.ts";

export interface PolicyRow {
  readonly version: number;
  readonly hash: string;
  readonly body: string;
  readonly seq: bigint;
}

/** A policy comes into force. */
export const putPolicies: Effect<PolicyRow> = {
  statement: statement("guard.put_policies", "select guard.put_policies($1, $2, $3, $4, $5)"),
  columns: ["version", "hash", "body", "seq"],
};

const POLICY_STATE = statement(
  "guard.policy_state",
  "select pilot, policy_version, seq from guard.own_head($1)",
);

/** Where a partition stands, for the policy that wants to follow. */
export interface PolicyState {
  readonly pilot: string;
  readonly policy_version: number;
  readonly seq: bigint;
}

export interface ClockTurn {
  readonly mode: "real" | "turned";
  readonly offset_ms: bigint;
  readonly frozen_at: string | null;
}

/** The clock is turned. */
export const turnRow: Effect<ClockTurn> = {
  statement: statement("guard.turn_clock", "select guard.turn_clock($1, $2, $3, $4)"),
  columns: ["mode", "offset_ms", "frozen_at"],
};

const CLOCK_ROW = statement("guard.clock_row", "select * from guard.clock_row()");

export interface ClockState {
  readonly mode: "real" | "turned";
  readonly frozen_at: Instant | null;
}

export async function policyStateIn(tx: Tx, partition: number): Promise<PolicyState> {
  const [row] = await tx.query<PolicyState>(POLICY_STATE, [partition]);
  if (!row) throw new Error(`partition ${partition} has no head`);
  return row;
}

export async function clockStateIn(tx: Tx): Promise<ClockState> {
  const [row] = await tx.query<ClockState>(CLOCK_ROW);
  if (!row) throw new Error("the clock's row is missing");
  return row;
}

/** What the sandbox and the pages read of the guard and the ledger, with the reading role only. */
import { businessClock, type Instant } from "@sandbank/kernel/clock";
import { clockRow, limitKey, periodOf, type Policy } from "@sandbank/kernel/guard";
import {
  actsInSlice,
  journalPage,
  partitionHeads,
  type RunningGuard,
  tasks as readTasks,
} from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { balances } from "@sandbank/kernel/ledger";
import type { Store } from "@sandbank/kernel/store";
import {
  type ActsReader,
  type JournalReader,
  type LimitsReader,
  SANDBOX_PARTITION,
  type TaskDesk,
} from "@sandbank/sandbox";

/** What readings need: the guard, for its partitions, and a store of the reading role. */
export interface Reading {
  readonly guard: RunningGuard;
  readonly store: Store;
}

/** Business time now, as pages state it. */
export async function businessNow(store: Store): Promise<Instant> {
  return businessClock(await clockRow(store)).now();
}

export function limitsReader({ guard, store }: Reading): LimitsReader {
  return {
    async read(pilot, policy) {
      const at = await businessNow(store);
      const partitions = guard.partitions
        .filter((row) => row.pilot === pilot && row.supervised)
        .map((row) => row.partition);
      const uses = await Promise.all(
        policy.limits
          .filter((rule) => rule.scope === "pilot" && rule.measure !== "single")
          .map((rule) => useOf(store, { rule, partitions, at })),
      );
      return { at, uses };
    },
  };
}

async function useOf(
  store: Store,
  of: {
    readonly rule: Policy["limits"][number];
    readonly partitions: readonly number[];
    readonly at: Instant;
  },
) {
  const period = periodOf(of.rule.window, of.at);
  const key = limitKey(of.rule.id, "pilot", period);
  const rows = await Promise.all(of.partitions.map((partition) => balances(store, partition, key)));
  const taken = rows.flat().filter((row) => row.key === key);
  const sum = taken.reduce(
    (total, row) => total + row.debits + row.pending_debits - row.credits,
    0n,
  );
  return { limit: of.rule.id, used: sum, period };
}

export function journalReader({ store }: Reading): JournalReader {
  const newest = 9_223_372_036_854_775_807n;
  return {
    async page({ partition, before, most }) {
      const lines = await journalPage(store, partition, { before: before ?? newest, most });
      return lines.map((line) => ({
        ...{ partition, seq: line.seq, at: line.at, command: line.command, class: line.class },
        ...{ outcome: line.outcome, policyVersion: line.policy_version, act: line.act },
      }));
    },
  };
}

export function actsReader({ store }: Reading): ActsReader {
  return {
    now: () => businessNow(store),
    heads: () => partitionHeads(store),
    async slice({ partition, ...slice }) {
      const lines = await actsInSlice(store, partition, slice);
      return lines.map(({ policy_version: policyVersion, ...line }) => {
        return { partition, ...line, policyVersion };
      });
    },
  };
}

/** Tasks of its own organisation; the supervisor's approvers see those of everybody. */
export function taskDesk({ guard, store }: Reading): TaskDesk {
  const decide =
    (verb: "approve" | "reject"): TaskDesk["approve"] =>
    async ({ task, principal, id, reason }) =>
      guard.act({
        partition: await partitionOf(store, task),
        ...{ id, principal, command: `guard.${verb}_task` },
        content: { task, ...(reason === undefined ? {} : { reason }) },
      });
  return {
    async waiting(principal) {
      const rows = await readTasks(store, "open");
      return rows
        .filter((row) => concerns(row.proposer, principal))
        .map((row) => ({
          ...{ id: row.id, command: row.command, content: JSON.parse(row.content) as unknown },
          ...{ proposedBy: row.proposed_by, at: row.at, expires: row.expires, state: row.state },
        }));
    },
    approve: decide("approve"),
    reject: decide("reject"),
  };
}

/** Where a task waits: modules park decisions in their own partitions. */
async function partitionOf(store: Store, task: string): Promise<number> {
  const rows = await readTasks(store);
  return rows.find((row) => row.id === task)?.partition ?? SANDBOX_PARTITION;
}

function concerns(proposer: string, principal: Principal): boolean {
  const approves = principal.roles.includes("supervisor_approver");
  const { organisation } = JSON.parse(proposer) as Principal;
  return approves || organisation === principal.organisation;
}

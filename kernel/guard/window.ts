/**
 * `guard.drop_windows`: accounts of limits whose period is over for good leave the live accounts, so
 * that a pilot of years reads no more of them than one of months. The log says what was used of each
 * pilot-wide limit, and of all others how many there were and a commitment; history stays. It drops
 * nothing that a refund within the horizon could still reach, and nothing of which something is held.
 */
import { z } from "zod";
import { businessClock, randomBytes, uuidv7 } from "../clock/index.ts";
import { limits } from "../config/index.ts";
import { commit, SALT_BYTES } from "../evidence/index.ts";
import { systemPrincipal } from "../identity/index.ts";
import type { Store } from "../store/index.ts";
import { policyStateIn } from "./barriers.store.ts";
import { change, type Command, type Json } from "./command.ts";
import { refuse } from "./guard.refusals.ts";
import { policyIn } from "./guard.store.ts";
import { horizonDay } from "./horizon.ts";
import type { Policy } from "./policy.ts";
import { clockRow } from "./reads.store.ts";
import type { RunningGuard } from "./running.ts";
import { isPilotWide } from "./supervision.ts";
import { dropWindow, hasOverWindows, overWindowsIn, type WindowRow } from "./window.store.ts";

const contract = z.strictObject({ before: z.iso.date() });

interface Over {
  readonly windows: readonly WindowRow[];
  readonly policy: Policy | undefined;
}

/** Refuses with windows_not_over, windows_none_over. */
export const dropWindows: Command<{ before: string }, Over, { salt: string }> = {
  name: "guard.drop_windows",
  class: "SERVICE",
  barrier: true,
  contract,
  may: ["system"],
  keys: () => ({ reads: [], writes: [] }),
  prepare: async () => ({ salt: Buffer.from(randomBytes(SALT_BYTES)).toString("hex") }),
  load: (tx, partition, questions) =>
    Promise.all(
      questions.map(async ({ command: { before } }) => {
        const { policy_version } = await policyStateIn(tx, partition);
        const most = limits.windowsDroppedAtOnce;
        const [windows, policy] = await Promise.all([
          overWindowsIn(tx, partition, { before, most }),
          policyIn(tx, partition, policy_version),
        ]);
        return { windows, policy };
      }),
    ),
  decide({ state: { windows, policy }, command: { before }, facts: { salt }, now }) {
    if (before > horizonDay(now)) return refuse("windows_not_over");
    if (windows.length === 0) return refuse("windows_none_over");
    return {
      entries: [],
      changes: windows.map(({ id, debits, credits }) =>
        change(dropWindow, { id, debits, credits }),
      ),
      answer: { dropped: windows.length },
      leaves: [droppedLeaf(windows, { before, policy, salt })],
    };
  },
};

/** What all the world may know of dropped windows: no key of a customer, no single balance. */
function droppedLeaf(
  windows: readonly WindowRow[],
  of: { readonly before: string; readonly policy: Policy | undefined; readonly salt: string },
): Json {
  const wide = windows.filter(({ key }) => isPilotWide(key, of.policy));
  const others = windows.filter(({ key }) => !isPilotWide(key, of.policy));
  const listed = JSON.stringify(others.map((row) => [`${row.id}`, `${usedOf(row)}`]));
  return {
    t: "windows_dropped",
    before: of.before,
    pilot: wide.map((row) => ({
      ...{ limit: row.key.split("/")[1] ?? "", period: row.period },
      ...{ used: `${usedOf(row)}`, cap: `${row.cap ?? 0n}` },
    })),
    others: {
      count: `${others.length}`,
      commitment: commit(Buffer.from(of.salt, "hex"), listed),
    },
  };
}

function usedOf({ debits, credits }: WindowRow): bigint {
  return debits - credits;
}

/**
 * Drops every window that is over for good by now, in each partition, act by act until none is left.
 * Answers with how many acts that took.
 */
export async function dropOverWindows(guard: RunningGuard, readings: Store): Promise<number> {
  const before = horizonDay(businessClock(await clockRow(readings)).now());
  let acts = 0;
  for (const { partition } of guard.partitions) {
    while (await hasOverWindows(readings, partition, before)) {
      const outcome = await guard.act({
        ...{ partition, id: `drop-windows-${uuidv7()}`, command: "guard.drop_windows" },
        ...{ content: { before }, principal: systemPrincipal("guard") },
      });
      // Another process was quicker, or nothing can be done here now: the next round looks again.
      if (outcome.kind !== "accepted") break;
      acts += 1;
    }
  }
  return acts;
}

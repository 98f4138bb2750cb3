/**
 * Complaints fall due at their own instants: lateness, and the end of the time for a re-check. A row
 * keeps its next instant; whoever turns or follows the clock asks for the earliest and has it done.
 */
import { businessClock, type Instant } from "@sandbank/kernel/clock";
import { clockRow, type DueSource } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { SANDBOX_PARTITION } from "../ports.ts";
import { nextComplaintDue, readDue } from "../complaint/complaint.store.ts";
import type { ComplaintPorts } from "./complaints.ts";

const AT_ONCE = 200;
/** More rounds than there can be complaints due at one instant: beyond it something is wrong. */
const ROUNDS_MAX = 10_000;

/** The complaints of which something is due, for the turning of the clock. */
export function dueComplaints({
  store,
  guard,
}: Pick<ComplaintPorts, "store" | "guard">): DueSource {
  return {
    next: (until) => nextComplaintDue(store, SANDBOX_PARTITION, until),
    async fire() {
      const now = businessClock(await clockRow(store)).now();
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        const due = await readDue(store, SANDBOX_PARTITION, { now, most: AT_ONCE });
        if (due.length === 0) return;
        await Promise.all(due.map((one) => fall(guard, one)));
      }
      throw new Error("complaints fall due without end");
    },
  };
}

/** The id says which instant of which complaint, so that firing twice is one act. */
async function fall(
  guard: ComplaintPorts["guard"],
  { id: complaint, next_at }: { readonly id: string; readonly next_at: Instant },
): Promise<void> {
  const outcome = await guard.act({
    ...{ partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox") },
    ...{ id: `due-${complaint}-${next_at}`, command: "sandbox.complaint_falls_due" },
    content: { complaint },
  });
  // Somebody answered it in between: then there is nothing to do, and the row says so.
  if (outcome.kind === "unknown") throw new Error("whether a complaint fell due is not known");
}

/**
 * Test periods end by the clock: a pilot still under test then begins to leave by its declared plan.
 * Whoever turns or follows the clock asks for the earliest end and has it done.
 */
import { businessClock, type Instant, toIso } from "@sandbank/kernel/clock";
import { clockRow, type DueSource } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { readPeriodsOver } from "../exit/exit.store.ts";

type Ports = Pick<SandboxPorts, "store" | "guard">;

/** Pilots whose test period is over. One without an exit plan stays, and is asked for once a turn. */
export function duePeriods({ store, guard }: Ports): DueSource {
  const refused = new Set<string>();
  const over = async (until: string) => {
    const rows = await readPeriodsOver(store, SANDBOX_PARTITION, until);
    return rows.filter((row) => !refused.has(idOf(row)));
  };
  return {
    async next(until) {
      const [first] = await over(toIso(until));
      return first?.period_to;
    },
    async fire() {
      const now = businessClock(await clockRow(store)).now();
      for (const row of await over(toIso(now))) {
        const outcome = await guard.act({
          ...{ partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox") },
          ...{ id: idOf(row), command: "sandbox.end_period", content: { pilot: row.slug } },
        });
        if (outcome.kind === "unknown") throw new Error(`${row.slug}: whether it ended is unknown`);
        // It is on record why it could not begin; asking again would answer the same.
        if (outcome.kind === "refused") refused.add(idOf(row));
      }
    },
  };
}

/** The id says which end of which pilot, so that firing twice is one act. */
function idOf(row: { readonly slug: string; readonly period_to: Instant }): string {
  return `period-${row.slug}-${row.period_to}`;
}

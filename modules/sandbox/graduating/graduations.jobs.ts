/** Graduations take effect by the clock: whoever turns or follows it asks for the earliest and has it done. */
import { businessClock, toIso } from "@sandbank/kernel/clock";
import { clockRow, type DueSource } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { readGraduationsDue } from "../evaluation/evaluation.store.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";

type Ports = Pick<SandboxPorts, "store" | "guard">;

/** One that a directive broke off is not due any more. */
export function dueGraduations({ store, guard }: Ports): DueSource {
  const refused = new Set<string>();
  const due = async (until: string) => {
    const rows = await readGraduationsDue(store, SANDBOX_PARTITION, until);
    return rows
      .map((row) => ({ ...row, id: `graduation-${row.pilot}-${row.round}` }))
      .filter(({ id }) => !refused.has(id));
  };
  return {
    async next(until) {
      const [first] = await due(toIso(until));
      return first?.effective_at;
    },
    async fire() {
      const now = businessClock(await clockRow(store)).now();
      for (const { id, pilot } of await due(toIso(now))) {
        const outcome = await guard.act({
          ...{ partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox"), id },
          ...{ command: "sandbox.take_graduation", content: { pilot } },
        });
        if (outcome.kind === "unknown")
          throw new Error(`${pilot}: whether it graduated is unknown`);
        // Why it could not is on record; asking again under the same id would answer the same.
        if (outcome.kind === "refused") refused.add(id);
      }
    },
  };
}

/**
 * Carries an issued policy to the partitions of its pilot and notes who obeys. Only the latest
 * version travels: whoever obeys it obeys every directive before it. Partitions that did not answer
 * are tried again by the job's own retries; nothing here gives up quietly.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { task, type Task } from "@sandbank/kernel/jobs";
import { readServed } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { APPLY_POLICY } from "./issue.ts";
import { findLatestPolicy } from "./policy.store.ts";

type Payload = { readonly pilot: string; readonly version: number };

/** The job `sandbox.apply_policy`. Throws (to be tried again) while a partition does not obey. */
export function applyPolicy(ports: Pick<SandboxPorts, "store" | "guard" | "carrier">): Task {
  const { store, guard, carrier } = ports;
  return task<Payload>({
    task: APPLY_POLICY,
    async run({ pilot, version }) {
      const latest = await findLatestPolicy(store, SANDBOX_PARTITION, pilot);
      if (latest === undefined || latest.version > version) return;
      const reached = await carrier.apply(pilot, latest.body);
      for (const { partition: served, at } of reached) {
        await tell(guard, { pilot, version, served, at: toIso(at) });
      }
      const served = await readServed(store, SANDBOX_PARTITION, pilot);
      const deaf = served.filter((one) => !reached.some(({ partition }) => partition === one));
      if (deaf.length === 0) return;
      const since = await findLatestPolicy(store, SANDBOX_PARTITION, pilot);
      if (since !== undefined && since.version > version) return;
      throw new Error(`policy ${version} of ${pilot} not in force in partitions ${deaf.join()}`);
    },
  });
}

async function tell(
  guard: Guard,
  content: Payload & { readonly served: number; readonly at: string },
): Promise<void> {
  const { pilot, version, served } = content;
  const outcome = await guard.act({
    partition: SANDBOX_PARTITION,
    id: `ack-${pilot}-v${version}-p${served}`,
    command: "sandbox.acknowledge_policy",
    content,
    principal: systemPrincipal("sandbox"),
  });
  if (outcome.kind !== "accepted") {
    const why = outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
    throw new Error(`policy ${version} of ${pilot} not acknowledged for ${served}: ${why}`);
  }
}

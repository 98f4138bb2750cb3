/**
 * Carries an issued policy to the partitions of its pilot and notes who obeys. Only the latest
 * version travels: whoever obeys it obeys every directive before it. Partitions that did not answer
 * are tried again by the job's retries; a job that is parked after its last is seen by staff, and
 * `carryOutstanding` takes up whatever is left at each start and at each round of the server.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { task, type Task } from "@sandbank/kernel/jobs";
import { readPublicPilots, readServed } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { APPLY_POLICY } from "../policy/issue.ts";
import { findLatestPolicy, readObeyed } from "../policy/policy.store.ts";

/** Tries before the job is parked: with the runner's back-off about five hours. */
const TRIES_MAX = 40;

type Payload = { readonly pilot: string; readonly version: number };
type Ports = Pick<SandboxPorts, "store" | "guard" | "carrier">;

/**
 * The job `sandbox.apply_policy`. Throws (to be tried again) while a partition does not obey. Urgent:
 * a suspension waits for no letter that a mail server is slow to take.
 */
export function applyPolicy(ports: Ports): Task {
  return task<Payload>({
    task: APPLY_POLICY,
    attempts_max: TRIES_MAX,
    urgent: true,
    async run(payload) {
      const deaf = await carry(ports, payload);
      if (deaf.length === 0) return;
      const { pilot, version } = payload;
      throw new Error(`policy ${version} of ${pilot} not in force in partitions ${deaf.join()}`);
    },
  });
}

/**
 * Carries the policies of all pilots that are not obeyed everywhere. Answers with the pilots that
 * still are not: none when all is well.
 */
export async function carryOutstanding(ports: Ports): Promise<string[]> {
  const behind: string[] = [];
  for (const { slug, policy } of await readPublicPilots(ports.store, SANDBOX_PARTITION)) {
    if (policy === 0) continue;
    const served = await readServed(ports.store, SANDBOX_PARTITION, slug);
    const obeyed = await readObeyed(ports.store, SANDBOX_PARTITION, slug);
    const current = obeyed.filter((row) => row.version === policy);
    if (current.length === served.length) continue;
    const deaf = await carry(ports, { pilot: slug, version: policy });
    if (deaf.length > 0) behind.push(slug);
  }
  return behind;
}

/** Partitions that do not obey yet; none if a later version was issued, which carries all. */
async function carry({ store, guard, carrier }: Ports, payload: Payload): Promise<number[]> {
  const { pilot, version } = payload;
  const latest = await findLatestPolicy(store, SANDBOX_PARTITION, pilot);
  if (latest === undefined || latest.version > version) return [];
  const reached = await carrier.apply(pilot, latest.body);
  const served = await readServed(store, SANDBOX_PARTITION, pilot);
  for (const { partition, at } of reached) {
    if (!served.includes(partition)) continue;
    await tell(guard, { pilot, version, served: partition, at: toIso(at) });
  }
  const deaf = served.filter((one) => !reached.some(({ partition }) => partition === one));
  if (deaf.length === 0) return [];
  const since = await findLatestPolicy(store, SANDBOX_PARTITION, pilot);
  return since !== undefined && since.version > version ? [] : deaf;
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

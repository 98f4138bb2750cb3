/** Carries policies from the sandbox to the partitions of a pilot: a message, not a transaction. */
import type { RunningGuard } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import type { PolicyCarrier } from "@sandbank/sandbox";

/** A carrier over the guard of this process. The id makes carrying one policy twice one act. */
export function policyCarrier(guard: RunningGuard): PolicyCarrier {
  const principal = systemPrincipal("sandbox");
  return {
    async apply(pilot, policy) {
      const served = guard.partitions.filter((row) => row.pilot === pilot && row.supervised);
      const outcomes = await Promise.all(
        served.map(async ({ partition }) => {
          const id = `policy-${pilot}-${policy.version}`;
          const command = "guard.put_policy";
          const call = { partition, id, command, content: { policy }, principal };
          return { partition, outcome: await guard.act(call) };
        }),
      );
      return outcomes.flatMap(({ partition, outcome }) =>
        outcome.kind === "accepted" ? [{ partition, at: outcome.at }] : [],
      );
    },
  };
}

/**
 * `sandbox.arm`: a registered pilot gets its terms and its partitions; its policy is compiled,
 * rehearsed and carried to them. Nothing may start before. It refuses a partition that serves
 * another pilot and terms that do not compile.
 */
import {
  addDays,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { issue, notIssued } from "../policy/issue.ts";
import { strayClause } from "../admission/admission.ts";
import { admissionContract, type Admission } from "../admission/admission.contract.ts";
import { refuse } from "../refusals.ts";
import { type Dossier, loadDossiers, shownOf } from "../dossier/dossier.ts";
import { move } from "../pilot/pilot.ts";
import { servePilot } from "../pilot/pilot.store.ts";

const contract = z.strictObject({
  pilot: slugContract,
  partitions: z.array(z.int().min(1).max(1_000_000)).min(1).max(1024),
  admission: admissionContract,
});

type Content = Readonly<z.infer<typeof contract>>;

/**
 * Refuses with pilot_unknown, the state's own code, admission_is_for_another_pilot,
 * cap_cites_no_declared_clause, partition_serves_another_pilot, pilot_wide_caps_need_one_partition, policy_fails_its_self_test.
 */
export const arm: Command<Content, Dossier> = {
  name: "sandbox.arm",
  class: "SERVICE",
  barrier: true,
  contract,
  may: ["system", "supervisor_officer"],
  keys: ({ pilot }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: (tx, partition, questions) =>
    loadDossiers(tx, partition, { questions, slugOf: ({ pilot }) => pilot }),
  shown: shownOf,
  decide({ state, command: { pilot: slug, partitions, admission }, now, id }) {
    const { pilot } = state;
    if (pilot === undefined) return refuse("pilot_unknown");
    const to = move(pilot.state, "arm");
    if (isRefusal(to)) return to;
    if (admission.pilot !== slug) return refuse("admission_is_for_another_pilot");
    const clause = strayClause(admission, pilot.body);
    if (clause !== undefined) return refuse("cap_cites_no_declared_clause", { params: { clause } });
    const taken = state.served.find((row) => partitions.includes(row.served));
    if (taken !== undefined) {
      const params = { partition: String(taken.served) };
      return refuse("partition_serves_another_pilot", { params });
    }
    const wide = pilotWide(admission);
    if (new Set(partitions).size > 1 && wide !== undefined) {
      return refuse("pilot_wide_caps_need_one_partition", { params: { limit: wide } });
    }
    const period = periodFrom(now, admission);
    const issued = issue({ pilot, to, admission, tightenings: [], period, now });
    if (notIssued(issued)) return issued;
    const ready = { id, pilot: slug, at: now, kind: "ready" as const };
    return {
      entries: [],
      changes: [
        ...issued.changes,
        ...[...new Set(partitions)].map((served) => change(servePilot, { served, pilot: slug })),
        publish({ ...ready, text: STEP_NOTICES.ready(pilot.body.name) }),
      ],
      answer: { pilot: slug, phase: to, policy: issued.policy.version, hash: issued.hash },
      jobs: issued.jobs,
      leaves: issued.leaves,
    };
  },
};

/**
 * The first limit with one balance for the whole pilot. Until partitions lease blocks of such a cap
 * from one another, only a single partition can keep it exactly.
 */
function pilotWide(admission: Admission): string | undefined {
  return admission.caps.find((cap) => cap.scope === "pilot" && cap.measure !== "single")?.id;
}

/** From `now` to the end of the last day, in Asia/Shanghai, of as many days as the terms allow. */
export function periodFrom(now: Instant, admission: Admission): { from: string; to: string } {
  const end = shanghaiMidnight(addDays(shanghaiDate(now), admission.periodDays));
  return { from: toIso(now), to: toIso(end) };
}

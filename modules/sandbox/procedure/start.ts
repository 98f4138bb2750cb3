/**
 * `sandbox.start`: a ready pilot begins its test. Its period runs from this instant; OPEN and USE
 * live from the commit of the policy in each partition.
 */
import { shanghaiDate } from "@sandbank/kernel/clock";
import type { Command } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { issue, notIssued } from "../policy/issue.ts";
import { refuse } from "../refusals.ts";
import { periodFrom } from "./arm.ts";
import { type Docket, loadDockets, shownOfDocket } from "../docket/docket.ts";
import { move } from "../pilot/pilot.ts";

const contract = z.strictObject({ pilot: slugContract });

/** Refuses with pilot_unknown, the state's own code, registration_too_old, policy_fails_its_self_test. */
export const start: Command<Readonly<z.infer<typeof contract>>, Docket> = {
  name: "sandbox.start",
  class: "SERVICE",
  barrier: true,
  contract,
  may: ["system", "supervisor_officer"],
  keys: ({ pilot }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: (tx, partition, questions) =>
    loadDockets(tx, partition, { questions, of: { slugOf: ({ pilot }) => pilot } }),
  shown: shownOfDocket,
  decide({ state: { pilot, registration }, now, id }) {
    if (pilot === undefined) return refuse("pilot_unknown");
    const to = move(pilot.state, "start");
    if (isRefusal(to)) return to;
    if (registration !== undefined && now >= registration.start_by) {
      const params = { until: shanghaiDate(registration.start_by) };
      return refuseStep("registration_too_old", { params });
    }
    const { admission, slug } = pilot;
    assert.ok(admission !== null, "a ready pilot has its terms");
    const period = periodFrom(now, admission);
    const issued = issue({ pilot, to, admission, tightenings: [], period, now });
    if (notIssued(issued)) return issued;
    const notice = { id, pilot: slug, at: now, kind: "started" as const };
    return {
      entries: [],
      changes: [
        ...issued.changes,
        publish({ ...notice, text: STEP_NOTICES.started(pilot.body.name) }),
      ],
      answer: { pilot: slug, phase: to, policy: issued.policy.version, hash: issued.hash },
      jobs: issued.jobs,
      leaves: issued.leaves,
    };
  },
};

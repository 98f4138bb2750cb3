/**
 * What may follow a failed evaluation beside the exit, and a longer test: two people let the pilot
 * test again within its period, or grant an extension that the institution asked for in time. A
 * pilot that declared its period here extends it by a change of its declaration instead.
 */
import {
  addDays,
  type CalendarDate,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { change, type Command, type Decision } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import assert from "node:assert/strict";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import {
  extensionAskedContract,
  extensionRulingContract,
  testAgainContract,
} from "../evaluation/evaluation.contract.ts";
import { after, EXTENSION_TABLE } from "../evaluation/evaluation.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import {
  askExtensionRow,
  type ExtensionRow,
  settleExtension,
} from "../evaluation/extension.store.ts";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { alive } from "../order/enact.ts";
import { move, standsAt, type State } from "../pilot/pilot.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import { issue, notIssued, reissue } from "../policy/issue.ts";
import type { EndingPorts } from "../ports.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import { byWhom } from "./confirm.ts";
import { type Graduating, notOfInstitution, STEPS, STEPS_BY_TWO } from "./graduating.ts";
import { reasoned } from "./notices.ts";

/** The longest test there is, in days: three years (admission.contract.ts). */
const TEST_DAYS_MOST = 1_096;

/** An extension may be asked for while the test runs and while its evaluation does. */
const ASKS_IN: readonly State[] = ["testing", "restricted", "suspended", "evaluation", "failed"];

const again = testAgainContract.extend({ pilot: slugContract });

/** `sandbox.test_again`. Refuses with pilot_unknown, the state's own code, test_period_is_over. */
export const testAgain: Command<Readonly<z.infer<typeof again>>, Graduating> = {
  ...STEPS_BY_TWO,
  name: "sandbox.test_again",
  contract: again,
  decide({ state, command: { reason }, now, id }) {
    const { pilot } = state.docket;
    if (pilot === undefined) return refuseOfPilot("pilot_unknown");
    const to = move(pilot.state, "test_again");
    if (isRefusal(to)) return to;
    const over = periodOver(pilot.period_to, now);
    if (over !== undefined) return over;
    const issued = reissue({ pilot, to, tightenings: alive(state.docket), now });
    if (notIssued(issued)) return issued;
    const text = reasoned(STEP_NOTICES.tested_again(pilot.body.name), reason);
    return {
      entries: [],
      changes: [
        ...issued.changes,
        publish({ id, pilot: pilot.slug, at: now, kind: "tested_again", text }),
      ],
      answer: { pilot: pilot.slug, phase: to, policy: issued.policy.version },
      jobs: issued.jobs,
      leaves: issued.leaves,
    };
  },
};

function periodOver(to: Instant | null, now: Instant): Refusal | undefined {
  assert.ok(to !== null, "a pilot that was tested has its period");
  if (now < to) return undefined;
  return refuse("test_period_is_over", { params: { date: lastDay(to) } });
}

/** The last day of a period that ends at a midnight. */
function lastDay(to: Instant): CalendarDate {
  return shanghaiDate((to - 1) as Instant);
}

const asking = extensionAskedContract.extend({ pilot: slugContract });

/**
 * `sandbox.ask_extension`. Refuses with pilot_unknown, evaluation_of_another_institution, the state's
 * own code, extension_is_a_change, extension_is_asked, extension_asked_too_late, extension_too_long.
 */
export function askExtension(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof asking>>, Graduating> {
  return {
    ...STEPS,
    name: "sandbox.ask_extension",
    contract: asking,
    may: ["institution_approver"],
    decide({ state, command, principal, now, id }) {
      const { pilot, application } = state.docket;
      if (pilot === undefined) return refuseOfPilot("pilot_unknown");
      const foreign = notOfInstitution(state, { principal, ports });
      if (foreign !== undefined) return foreign;
      if (!ASKS_IN.includes(pilot.state)) return standsAt(pilot.state);
      if (application !== undefined) return refuse("extension_is_a_change");
      const no = notNow(state, pilot, { days: command.days, today: shanghaiDate(now) });
      if (no !== undefined) return no;
      const number = (state.extensions.at(-1)?.number ?? 0) + 1;
      const { days, reason } = command;
      return {
        entries: [],
        changes: [
          change(askExtensionRow, {
            ...{ id, pilot: pilot.slug, number, days, reason },
            ...{ asked_by: principal.id, asked_at: toIso(now) },
          }),
        ],
        answer: { pilot: pilot.slug, extension: number, days },
        leaves: [{ t: "extension_asked", pilot: pilot.slug, number, days }],
      };
    },
  };
}

/** As many whole days of the test as `limits.extensionDaysBefore` lie after the day of asking. */
function notNow(
  { extensions }: Graduating,
  { period_to: to, admission }: PilotRow,
  { days, today }: { readonly days: number; readonly today: string },
): Refusal | undefined {
  assert.ok(to !== null && admission !== null, "a pilot under test has its terms");
  if (extensions.some((row) => row.state === "asked")) return refuse("extension_is_asked");
  const before = limits.extensionDaysBefore;
  const date = addDays(lastDay(to), -before);
  if (today > date) {
    return refuse("extension_asked_too_late", { params: { days: String(before), date } });
  }
  const asked = admission.periodDays + days;
  if (asked <= TEST_DAYS_MOST) return undefined;
  const params = { asked: String(asked), most: String(TEST_DAYS_MOST) };
  return refuse("extension_too_long", { field: "/days", params });
}

const ruling = extensionRulingContract.extend({ pilot: slugContract });
type Ruling = Readonly<z.infer<typeof ruling>>;

/**
 * `sandbox.rule_extension`. Granted, the test lasts longer and a failed pilot tests again. Refuses with
 * pilot_unknown, extension_unknown, the extension's own code, the state's own code,
 * test_period_is_over where even the longer period is.
 */
export const ruleExtension: Command<Ruling, Graduating> = {
  ...STEPS_BY_TWO,
  name: "sandbox.rule_extension",
  contract: ruling,
  decide({ state, command, principal, approver, now, id }) {
    const { pilot } = state.docket;
    if (pilot === undefined) return refuseOfPilot("pilot_unknown");
    const asked = state.extensions.at(-1);
    if (asked === undefined) return refuse("extension_unknown");
    const to = after(EXTENSION_TABLE, asked.state, command.grant ? "grant" : "refuse");
    if (isRefusal(to)) return to;
    const settled = change(settleExtension, {
      ...{ id: asked.id, state: to, settled_at: toIso(now), ruling: command.reason },
      ...{ settled_by: principal.id, approved_by: byWhom(approver, principal) },
    });
    const of = { state, pilot, asked, reason: command.reason, principal, now, id };
    const decided = command.grant ? granted(of) : refused(of);
    return isRefusal(decided) ? decided : { ...decided, changes: [settled, ...decided.changes] };
  },
};

interface Asked {
  readonly state: Graduating;
  readonly pilot: PilotRow;
  readonly asked: ExtensionRow;
  readonly reason: Ruling["reason"];
  readonly principal: Principal;
  readonly now: Instant;
  readonly id: string;
}

function granted({ state, pilot, asked, reason, now, id }: Asked): Decision | Refusal {
  const to = move(pilot.state, "extend");
  if (isRefusal(to)) return to;
  const { admission, period_from: from } = pilot;
  assert.ok(admission !== null && from !== null, "a pilot under test has its terms");
  const periodDays = admission.periodDays + asked.days;
  const end = shanghaiMidnight(addDays(shanghaiDate(from), periodDays));
  const over = periodOver(end, now);
  if (over !== undefined) return over;
  const issued = issue({
    ...{
      pilot,
      to,
      admission: { ...admission, periodDays },
      tightenings: alive(state.docket),
      now,
    },
    period: { from: toIso(from), to: toIso(end) },
  });
  if (notIssued(issued)) return issued;
  const said = STEP_NOTICES.extension_granted({ name: pilot.body.name, until: lastDay(end) });
  const text = reasoned(said, reason);
  return {
    entries: [],
    changes: [
      ...issued.changes,
      publish({ id, pilot: pilot.slug, at: now, kind: "extension_granted", text }),
    ],
    answer: { pilot: pilot.slug, phase: to, until: toIso(end), policy: issued.policy.version },
    jobs: issued.jobs,
    leaves: [...issued.leaves, { t: "extension", pilot: pilot.slug, until: toIso(end) }],
  };
}

function refused({ pilot, asked, reason, now, id }: Asked): Decision {
  const text = reasoned(STEP_NOTICES.extension_refused(pilot.body.name), reason);
  return {
    entries: [],
    changes: [publish({ id, pilot: pilot.slug, at: now, kind: "extension_refused", text })],
    answer: { pilot: pilot.slug, extension: asked.number, granted: false },
  };
}

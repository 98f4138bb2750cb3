/**
 * Pilots and directives through the real guard on a real database: loading, arming, starting,
 * suspending, restricting, lifting, and what the database itself refuses.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Outcome } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";
import { shippedAdmissions } from "./admission/admission.ts";
import {
  APPROVER,
  type Bed,
  CUSTOMER,
  OPERATOR,
  PILOT,
  sandboxBed,
  SYSTEM,
} from "./testing/bed.ts";
import { EVENTS, STATES, TRANSITIONS } from "./pilot/pilot.ts";

const text = { zh: "演示用说明", en: "a text of the test" };
const because = { reason: text, notice: text, liftedWhen: text };
const suspension = { pilot: PILOT, classes: ["OPEN", "USE"], ...because };
const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

let bed: Bed;
const open = async () => {
  bed = await sandboxBed();
};
const close = () => bed.end();
const pay = (amount: number, partition = 1, verb = "pay") =>
  bed.act(`tokens.${verb}`, { customer: "c1", amount }, { partition, principal: CUSTOMER });
const stateOf = async () => (await bed.sandbox.register.detail(PILOT))?.state;

describe("the first start", () => {
  before(open);
  after(close);

  test("S1: live, six pilots stand registered as facts since 16 March 2020, none with a partition", async () => {
    const loaded = await bed.sandbox.load();
    assert.equal(loaded.recorded.length, 6);
    assert.deepEqual([loaded.armed, loaded.started], [[], []]);
    for (const pilot of await bed.sandbox.register.summary()) {
      assert.equal(pilot.state, "registered");
      assert.equal(pilot.since, "2020-03-15T16:00:00.000Z", "midnight in Asia/Shanghai");
      const detail = await bed.sandbox.register.detail(pilot.slug);
      assert.deepEqual([detail?.partitions, detail?.policy, detail?.admission], [[], null, null]);
      assert.equal((await bed.sandbox.register.notices(pilot.slug))?.length, 2);
    }
  });

  test("loading again writes nothing", async () => {
    const again = await bed.sandbox.load();
    assert.deepEqual(again, { recorded: [], armed: [], started: [] });
  });

  test("before its policy arrives the pilot takes no business", async () => {
    assert.equal(codeOf(await pay(1)), "pilot_not_armed");
  });

  test("in the demonstration P4 is armed and started, and its partition obeys version 2", async () => {
    await bed.started();
    const detail = await bed.sandbox.register.detail(PILOT);
    assert.equal(detail?.state, "testing");
    assert.deepEqual([detail.policy?.version, detail.policy?.effective], [2, true]);
    const obeyed = detail.partitions.map(({ partition, version }) => [partition, version]);
    assert.deepEqual(obeyed, [[1, 2]]);
    assert.equal(detail.demo, true);
    const others = (await bed.sandbox.register.summary()).filter((one) => one.slug !== PILOT);
    assert.ok(others.every((one) => one.state === "registered" && !one.demo));
    const again = await bed.sandbox.load({
      demoPartitions: (pilot) => (pilot === PILOT ? [1] : []),
    });
    assert.deepEqual(again, { recorded: [], armed: [], started: [] });
  });

  test("its caps are enforced: CNY 5,000.00 passes, one fen more is refused with the clause", async () => {
    assert.equal(codeOf(await pay(500_000)), "accepted");
    const refused = await pay(500_001);
    assert.ok(refused.kind === "refused");
    const [failed] = refused.refusal.failed;
    assert.deepEqual(
      [failed?.limit, failed?.cap, failed?.asked, failed?.clause],
      ["payment_amount", 500_000n, 500_001n, "1.10-C2"],
    );
  });

  test("what is out of order is refused by the state, not by the caller's good will", async () => {
    const admission = shippedAdmissions().find((one) => one.pilot === PILOT);
    const armAgain = { pilot: PILOT, partitions: [9], admission };
    assert.equal(codeOf(await bed.act("sandbox.arm", armAgain)), "pilot_is_testing");
    assert.equal(codeOf(await bed.act("sandbox.start", { pilot: PILOT })), "pilot_is_testing");
    assert.equal(
      codeOf(await bed.act("sandbox.start", { pilot: "phone-pos" })),
      "pilot_is_registered",
    );
    assert.equal(codeOf(await bed.act("sandbox.start", { pilot: "nothing" })), "pilot_unknown");
    const other = { pilot: "phone-pos", partitions: [7], admission };
    assert.equal(codeOf(await bed.act("sandbox.arm", other)), "admission_is_for_another_pilot");
    const taken = { ...other, partitions: [1], admission: { ...admission, pilot: "phone-pos" } };
    assert.equal(codeOf(await bed.act("sandbox.arm", taken)), "partition_serves_another_pilot");
    const several = { ...taken, partitions: [7, 8] };
    assert.equal(
      codeOf(await bed.act("sandbox.arm", several)),
      "pilot_wide_caps_need_one_partition",
    );
    const [cap] = admission?.caps ?? [];
    const stray = { ...taken.admission, caps: [{ ...cap, clause: "9.9-C1" }] };
    const cited = { ...other, admission: stray };
    assert.equal(codeOf(await bed.act("sandbox.arm", cited)), "cap_cites_no_declared_clause");
    const early = { ...suspension, pilot: "phone-pos" };
    assert.equal(codeOf(await bed.act("sandbox.suspend", early)), "pilot_is_registered");
  });

  test("who may not, may not", async () => {
    const by = (principal: typeof OPERATOR) => ({ principal });
    assert.equal(
      codeOf(await bed.act("sandbox.suspend", suspension, by(OPERATOR))),
      "role_may_not",
    );
    assert.equal(codeOf(await bed.act("sandbox.suspend", suspension, by(SYSTEM))), "role_may_not");
    assert.equal(
      codeOf(await bed.act("sandbox.start", { pilot: PILOT }, by(CUSTOMER))),
      "role_may_not",
    );
  });
});

describe("directives", () => {
  before(async () => {
    await open();
    await bed.started();
  });
  after(close);

  test("a proposal changes nothing, and its proposer cannot approve it", async () => {
    const parked = await bed.act("sandbox.suspend", suspension, { principal: APPROVER });
    assert.ok(parked.kind === "parked");
    assert.equal(await stateOf(), "testing");
    assert.equal(codeOf(await pay(1)), "accepted");
    const approve = { task: parked.task };
    const own = await bed.act("guard.approve_task", approve, { principal: APPROVER });
    assert.equal(codeOf(own), "task_own_proposal");
    const other = { ...APPROVER, id: "approver-qian" };
    const rejected = await bed.act("guard.reject_task", approve, { principal: other });
    assert.equal(codeOf(rejected), "accepted");
    assert.equal(await stateOf(), "testing");
  });

  test("P4: approved, it is in force at once and effective when the partition obeys", async () => {
    bed.deaf.add(1);
    assert.equal(codeOf(await bed.order("sandbox.suspend", suspension)), "accepted");
    let detail = await bed.sandbox.register.detail(PILOT);
    assert.deepEqual([detail?.state, detail?.policy?.effective], ["suspended", false]);
    assert.deepEqual(
      detail?.directives.map((one) => [one.number, one.status, one.effectiveAt]),
      [[1, "in_force", null]],
    );
    assert.equal(codeOf(await pay(1)), "accepted", "the partition does not know yet");
    assert.deepEqual(await bed.sandbox.carryOutstanding(), [PILOT]);

    bed.deaf.clear();
    assert.deepEqual(await bed.sandbox.carryOutstanding(), []);
    detail = await bed.sandbox.register.detail(PILOT);
    const [directive] = detail?.directives ?? [];
    assert.equal(directive?.status, "effective");
    assert.ok(directive.effectiveAt !== null && directive.effectiveAt >= directive.inForceAt);
    assert.equal(detail?.policy?.effective, true);
    const refused = await pay(1);
    assert.equal(codeOf(refused), "class_closed");
    assert.equal(refused.kind === "refused" && refused.refusal.params?.["directive"], "D1");
    assert.equal(codeOf(await pay(1, 1, "refund")), "accepted", "SERVICE never closes");
  });

  test("what is suspended cannot be suspended again", async () => {
    assert.equal(codeOf(await bed.act("sandbox.suspend", suspension)), "classes_already_suspended");
  });

  test("a proposal is outdated by whatever happened to the pilot since", async () => {
    const resumption = { pilot: PILOT, reason: text, notice: text };
    const parked = await bed.act("sandbox.resume", resumption);
    assert.ok(parked.kind === "parked");
    const caps = [{ limit: "pilot_day_amount", cap: "90000000" }];
    const lower = { pilot: PILOT, caps, ...because };
    assert.equal(codeOf(await bed.order("sandbox.restrict", lower)), "accepted");
    assert.equal(await stateOf(), "suspended", "a restriction does not end a suspension");
    const late = await bed.act(
      "guard.approve_task",
      { task: parked.task },
      { principal: APPROVER },
    );
    assert.equal(codeOf(late), "task_out_of_date");
  });

  test("resumed, the pilot is restricted as long as a lowered cap remains", async () => {
    const resumption = { pilot: PILOT, reason: text, notice: text };
    assert.equal(codeOf(await bed.order("sandbox.resume", resumption)), "accepted");
    assert.equal(await stateOf(), "restricted");
    assert.equal(codeOf(await pay(1)), "accepted");
    assert.equal(codeOf(await bed.act("sandbox.resume", resumption)), "nothing_is_suspended");
    const limits = await bed.sandbox.register.limits(PILOT);
    const day = limits?.limits.find((one) => one.id === "pilot_day_amount");
    assert.deepEqual(
      [day?.cap, day?.admittedCap, day?.clause],
      ["90000000", "100000000", "1.10-C4/D2"],
    );
  });

  test("a restriction only tightens, and only what is there", async () => {
    const order = (limit: string, cap: string) => ({
      pilot: PILOT,
      caps: [{ limit, cap }],
      ...because,
    });
    const equal = await bed.act("sandbox.restrict", order("pilot_day_amount", "90000000"));
    assert.equal(codeOf(equal), "restriction_must_lower_the_cap");
    const above = await bed.act("sandbox.restrict", order("pilot_day_amount", "95000000"));
    assert.equal(
      codeOf(above),
      "restriction_must_lower_the_cap",
      "below the terms, above the order",
    );
    assert.equal(
      codeOf(await bed.act("sandbox.restrict", order("nothing", "1"))),
      "limit_not_in_policy",
    );
  });

  test("a cap lowered below its use refuses later uses and undoes none", async () => {
    const limits = await bed.sandbox.register.limits(PILOT);
    assert.ok(
      limits?.limits.some((one) => one.id === "pilot_outstanding_amount" && one.used !== "0"),
    );
    const caps = [{ limit: "pilot_outstanding_amount", cap: "1" }];
    assert.equal(
      codeOf(await bed.order("sandbox.restrict", { pilot: PILOT, caps, ...because })),
      "accepted",
    );
    assert.equal(codeOf(await pay(1)), "pilot_limit_exceeded");
  });

  test("lifted one by one, the pilot comes back to testing and every notice stays", async () => {
    const lift = async (number: number) => {
      const detail = await bed.sandbox.register.detail(PILOT);
      const directive = detail?.directives.find((one) => one.number === number)?.id;
      return bed.order("sandbox.lift", { pilot: PILOT, directive, reason: text, notice: text });
    };
    assert.equal(codeOf(await lift(1)), "directive_is_lifted");
    assert.equal(codeOf(await lift(3)), "accepted");
    assert.equal(await stateOf(), "restricted");
    assert.equal(codeOf(await lift(2)), "accepted");
    assert.equal(await stateOf(), "testing");
    const stranger = "01890000-0000-7000-8000-000000000000";
    const none = { pilot: PILOT, directive: stranger, reason: text, notice: text };
    assert.equal(codeOf(await bed.act("sandbox.lift", none)), "directive_unknown");
    const notices = await bed.sandbox.register.notices(PILOT);
    const kinds = notices?.map((one) => one.kind).reverse();
    assert.deepEqual(kinds, [
      ...["published", "registered", "ready", "started", "suspension", "restriction"],
      ...["resumption", "restriction", "lifting", "lifting"],
    ]);
    assert.equal(codeOf(await pay(1)), "accepted");
  });

  test("an acknowledgement told twice, or of what is not, changes nothing", async () => {
    const detail = await bed.sandbox.register.detail(PILOT);
    const version = detail?.policy?.version ?? 0;
    const tell = (served: number, of: number) =>
      bed.act(
        "sandbox.acknowledge_policy",
        { pilot: PILOT, version: of, served, at: "2026-11-24T00:00:00Z" },
        { principal: SYSTEM },
      );
    assert.equal(codeOf(await tell(1, version)), "accepted");
    assert.equal(codeOf(await tell(1, version + 1)), "policy_version_unknown");
    assert.equal(codeOf(await tell(3, version)), "partition_not_of_this_pilot");
    assert.deepEqual(await bed.sandbox.register.detail(PILOT), detail);
  });
});

describe("a first start that leaves a pilot out", () => {
  before(open);
  after(close);

  test("it is on no record, not armed, and may be put on record later", async () => {
    const demoPartitions = (pilot: string) => (pilot === PILOT ? [1] : []);
    const loaded = await bed.sandbox.load({ demoPartitions, without: [PILOT] });
    assert.deepEqual([loaded.recorded.length, loaded.armed, loaded.started], [5, [], []]);
    assert.equal(await stateOf(), undefined);
    assert.equal(codeOf(await bed.act("sandbox.start", { pilot: PILOT })), "pilot_unknown");
    const later = await bed.sandbox.load({ demoPartitions });
    assert.deepEqual(later, { recorded: [PILOT], armed: [PILOT], started: [PILOT] });
  });
});

describe("a pilot on two partitions", () => {
  before(async () => {
    await open();
    await bed.sandbox.load();
    const shipped = shippedAdmissions().find((one) => one.pilot === PILOT);
    const caps = shipped?.caps.filter((cap) => cap.scope === "customer");
    const admission = { ...shipped, caps };
    const arm = { pilot: PILOT, partitions: [1, 2], admission };
    assert.equal(codeOf(await bed.act("sandbox.arm", arm)), "accepted");
    assert.equal(codeOf(await bed.act("sandbox.start", { pilot: PILOT })), "accepted");
    await bed.jobs.drain();
  });
  after(close);

  test("a directive is in force in each at its own commit, effective when the last obeys", async () => {
    const see = async () => {
      const detail = await bed.sandbox.register.detail(PILOT);
      return [
        detail?.directives[0]?.status,
        ...(detail?.partitions ?? []).map(({ version }) => version),
      ];
    };
    assert.equal(codeOf(await pay(1, 2)), "accepted");
    bed.deaf.add(2);
    await bed.order("sandbox.suspend", suspension);
    assert.deepEqual(await see(), ["in_force", 3, 2]);
    assert.equal(codeOf(await pay(1, 1)), "class_closed");
    assert.equal(codeOf(await pay(1, 2)), "accepted", "partition 2 has not heard of it");
    bed.deaf.clear();
    assert.deepEqual(await bed.sandbox.carryOutstanding(), []);
    assert.deepEqual(await see(), ["effective", 3, 3]);
    assert.equal(codeOf(await pay(1, 2)), "class_closed");
  });

  test("only the latest policy travels, and it carries every directive before it", async () => {
    bed.deaf.add(1).add(2);
    await bed.order("sandbox.resume", { pilot: PILOT, reason: text, notice: text });
    const caps = [{ limit: "customer_day_amount", cap: "2" }];
    await bed.order("sandbox.restrict", { pilot: PILOT, caps, ...because });
    bed.deaf.clear();
    assert.deepEqual(await bed.sandbox.carryOutstanding(), []);
    const detail = await bed.sandbox.register.detail(PILOT);
    assert.deepEqual(
      detail?.partitions.map(({ version }) => version),
      [5, 5],
    );
    assert.deepEqual(
      detail?.directives.map((one) => one.status),
      ["lifted", "effective"],
    );
    assert.equal(codeOf(await pay(3, 1)), "customer_limit_exceeded");
  });
});

describe("the database refuses by itself", () => {
  before(async () => {
    await open();
    await bed.sandbox.load();
  });
  after(close);

  const TABLE = statement(
    "test.transitions",
    "select from_state, event, to_state from sandbox.transition",
  );
  const FORCE = statement(
    "test.force",
    "update sandbox.pilot set state = $2 where partition = 0 and slug = $1",
  );
  const INSERT = statement(
    "test.insert",
    `insert into sandbox.pilot (partition, slug, state, since, declaration)
     values (0, $1, $2, '2026-11-24Z', 1)`,
  );

  test("its legal moves are those of the table in the code, each and no other", async () => {
    const rows = await bed.store.query<Record<"from_state" | "event" | "to_state", string>>(TABLE);
    const stored = rows.map((row) => `${row.from_state} ${row.event} ${row.to_state}`).sort();
    const coded = STATES.flatMap((from) =>
      EVENTS.flatMap((event) => {
        const next = TRANSITIONS[from][event];
        return "to" in next ? [`${from} ${event} ${next.to}`] : [];
      }),
    ).sort();
    assert.deepEqual(stored, coded);
  });

  test("a pilot jumps to no state that the table does not know, whoever writes", async () => {
    for (const state of STATES) {
      const legal = ["ready", "withdrawn", "registered"].includes(state);
      if (legal) continue;
      await assert.rejects(bed.store.query(FORCE, ["phone-pos", state]), state);
    }
    await bed.store.query(FORCE, ["phone-pos", "withdrawn"]);
    await assert.rejects(bed.store.query(FORCE, ["phone-pos", "registered"]));
  });

  test("a pilot begins as a draft or as a reported registration, never further on", async () => {
    for (const state of STATES) {
      if (state === "draft" || state === "registered") continue;
      await assert.rejects(bed.store.query(INSERT, [`born-${state}`, state]), state);
    }
  });

  test("the module's role changes no version, deletes nothing, and sees no table of the kernel", async () => {
    const forbidden = [
      "update sandbox.declaration_version set hash = repeat('0', 64)",
      "update sandbox.policy_version set hash = repeat('0', 64)",
      "update sandbox.notice set text = '{}'",
      "update sandbox.directive set closes = '[]'",
      "update sandbox.transition set to_state = 'exited'",
      "delete from sandbox.pilot",
      "delete from sandbox.notice",
      "delete from sandbox.acknowledgement",
      "select from guard.journal",
      "select from ledger.account",
    ];
    for (const [place, sql] of forbidden.entries()) {
      const refused = bed.store.query(statement(`test.sandbox_forbidden_${place}`, sql));
      await assert.rejects(
        refused,
        (error: unknown) => /permission denied/.test(whole(error)),
        sql,
      );
    }
  });
});

/** The messages of an error and of its causes. */
function whole(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.message} ${error.cause === undefined ? "" : whole(error.cause)}`;
}

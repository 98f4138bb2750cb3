/**
 * What else may become of an evaluation: a directive in the middle, an adverse audit, a failure and
 * what may follow it; figures recomputed from real acts; and what the database itself refuses.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import { VISITOR } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import * as contract from "../contract.ts";
import { DIMENSION_NAMES } from "../evaluation/evaluation.ts";
import { LEGAL } from "../evaluation/moves.fixture.ts";
import { openFollower } from "../indicator/follow.ts";
import type { Measured } from "../ports.ts";
import { OFFICER, PILOT, SENIOR_XU } from "../testing/bed.ts";
import {
  AUDIT,
  AUDITOR,
  EVALUATION,
  type EvaluatedBed,
  evaluatedBed,
  EXPERTS,
  figures,
  SELF_TEST,
  STRANGER,
  text,
} from "../testing/evaluated.ts";

let on: EvaluatedBed;
const ask: EvaluatedBed["ask"] = (...asked) => on.ask(...asked);
const byTwo: EvaluatedBed["byTwo"] = (...asked) => on.byTwo(...asked);
const pay: EvaluatedBed["pay"] = (...asked) => on.pay(...asked);
const open = async () => {
  on = await evaluatedBed();
};

let count = 0;

describe("what else may become of an evaluation", () => {
  before(open);
  after(() => on.bed.end());

  test("a directive breaks it off; lifted, the pilot asks for another one", async () => {
    await on.bed.turn(fromIso("2060-09-01T10:00:00+08:00"));
    assert.equal(await ask("request_end", {}, SENIOR_XU), "accepted");
    await on.toConfirm();
    const order = { classes: ["OPEN", "USE"], reason: text, notice: text, liftedWhen: text };
    assert.equal(await byTwo("suspend", order), "accepted");
    assert.equal((await on.standing()).state, "broken_off");
    assert.equal(await ask("measure_criteria"), "evaluation_is_broken_off");
    assert.equal(await ask("request_end", {}, SENIOR_XU), "pilot_is_suspended");
    assert.equal(await byTwo("resume", { reason: text, notice: text }), "accepted");
    assert.equal(await ask("request_end", {}, SENIOR_XU), "accepted");
    const { round, state } = await on.standing();
    assert.deepEqual([round, state], [2, "self_test"]);
    const earlier = await on.read(EVALUATION, VISITOR, { round: "1" });
    assert.equal(contract.evaluationContract.parse(earlier).state, "broken_off");
  });

  test("an adverse audit stops a pass, and no override helps; it has to be done again", async () => {
    assert.equal(await ask("submit_self_test", SELF_TEST, SENIOR_XU), "accepted");
    const adverse = { ...AUDIT, conclusion: "adverse" };
    assert.equal(await ask("submit_audit", adverse, AUDITOR), "accepted");
    for (const { id, organisation } of EXPERTS) {
      assert.equal(await ask("appoint_expert", { person: id, organisation }), "accepted");
    }
    await on.scored(59);
    const pass = { result: "pass", reason: text };
    assert.equal(await ask("confirm_evaluation", pass), "evaluation_audit_is_adverse");
    const back = { to: "audit", reasons: [text] };
    assert.equal(await ask("return_evaluation", back), "accepted");
    assert.equal(await ask("submit_audit", AUDIT, AUDITOR), "accepted");
    assert.equal(await ask("conclude_review"), "evaluation_opinions_outstanding");
    await on.scored(59);
  });

  test("a median of 59 in each dimension is eight criteria that are not met", async () => {
    const pass = { pilot: PILOT, result: "pass", reason: text };
    const outcome = await on.bed.act("sandbox.confirm_evaluation", pass);
    assert.ok(outcome.kind === "refused");
    assert.deepEqual(
      outcome.refusal.failed.map(({ code, limit, used, cap }) => [code, limit, used, cap]),
      DIMENSION_NAMES.map((name) => ["evaluation_dimension_not_met", name, 59n, 60n]),
    );
  });

  test("failed, it does nothing new and may test again, within its period", async () => {
    const fail = { result: "fail", reason: text };
    assert.equal(await byTwo("confirm_evaluation", fail), "accepted");
    assert.equal(await on.stateOf(), "failed");
    const detail = await on.bed.sandbox.register.detail(PILOT);
    assert.deepEqual(detail?.policy?.classes, { OPEN: false, USE: false, SERVICE: true });
    assert.equal(await ask("graduate", { from: "2061-01-01" }), "evaluation_is_failed");
    assert.equal(await byTwo("test_again", { reason: text }), "accepted");
    assert.equal(await on.stateOf(), "testing");
    assert.equal(await pay("open"), "accepted");
    assert.match((await on.noticesOf("tested_again"))[0]?.text.en ?? "", /a text of the test/);
    const { state, result } = await on.standing();
    assert.deepEqual([state, result?.passed], ["failed", false], "the record of it stays");
  });

  test("延期须在届满30日前申请: asked in time and granted by two, the test lasts longer", async () => {
    const ask30 = (days: number, by: Principal = SENIOR_XU) =>
      ask("ask_extension", { days, reason: text }, by);
    // 730 days from 1 March 2060: the last day is 28 February 2062.
    assert.equal(await ask30(367), "extension_too_long");
    assert.equal(await ask30(1, STRANGER), "evaluation_of_another_institution");
    assert.equal(await byTwo("rule_extension", { grant: true, reason: text }), "extension_unknown");
    assert.equal(await ask30(100), "accepted");
    assert.equal(await ask30(50), "extension_is_asked");
    assert.equal(await byTwo("rule_extension", { grant: false, reason: text }), "accepted");
    const again = await byTwo("rule_extension", { grant: true, reason: text });
    assert.equal(again, "extension_is_refused");
    await on.bed.turn(fromIso("2062-01-29T23:59:59.999+08:00"));
    assert.equal(await ask30(31), "accepted");
    await on.bed.turn(fromIso("2062-01-30T00:00:00+08:00"));
    assert.equal(await byTwo("rule_extension", { grant: true, reason: text }), "accepted");
    const detail = await on.bed.sandbox.register.detail(PILOT);
    assert.deepEqual([detail?.state, detail?.period?.to], ["testing", "2062-03-31T16:00:00.000Z"]);
    const rows = contract.extensionsContract.parse(await on.read("/api/pilots/{slug}/extensions"));
    assert.deepEqual(
      rows.extensions.map(({ number, state, days }) => [number, state, days]),
      [
        [1, "refused", 100],
        [2, "granted", 31],
      ],
    );
    await on.bed.turn(fromIso("2062-03-02T00:00:00+08:00"));
    assert.equal(await ask30(1), "extension_asked_too_late");
  });

  test("failed when its period is over, only the exit is left", async () => {
    assert.equal(await ask("request_end", {}, SENIOR_XU), "accepted");
    await on.toConfirm();
    await on.bed.turn(fromIso("2062-04-01T00:00:00+08:00"));
    assert.equal(await on.stateOf(), "evaluation", "an evaluation outlasts the period");
    assert.equal(await pay(), "outside_test_period");
    const fail = { result: "fail", reason: text };
    assert.equal(await byTwo("confirm_evaluation", fail), "accepted");
    assert.equal(await ask("test_again", { reason: text }), "test_period_is_over");
    const exit = { reason: text, notice: text };
    assert.equal(await byTwo("begin_exit", exit), "accepted");
    assert.equal(await on.stateOf(), "exiting");
  });
});

describe("figures are recomputed from the acts themselves", () => {
  before(open);
  after(() => on.bed.end());

  test("a whole test is measured over all its days by the formulas of the indicators", async () => {
    assert.equal(await pay("open"), "accepted");
    for (let paid = 0; paid < 5; paid++) await pay();
    await pay("pay", 500_001);
    await on.bed.turn(fromIso("2060-05-01T10:00:00+08:00"));
    await pay("pay", 500_001);
    const names = ["denial_rate_bp", "acts", "reported_bp", "nobody_computes", "success_rate_bp"];
    const early = await on.bed.sandbox.board.over(PILOT, names);
    assert.equal(early?.complete, false, "nobody followed the acts of 1 March yet");
    await openFollower(on.bed.database.as("sandbank_follower")).catchUp(1);
    const now = await on.bed.sandbox.board.over(PILOT, names);
    assert.equal(now?.complete, true);
    const told = (measured: Measured | undefined) =>
      measured?.figures.map(({ name, value, sums, over }) => [name, value, sums, over]);
    // 7 acts of a customer on 1 March and the policy that was carried there; today is not over.
    assert.deepEqual(told(now), [
      ["denial_rate_bp", 142_857n, 1n, 7n],
      ["acts", 8n, null, null],
      ["reported_bp", 1_000_000n, 8n, 8n],
      ["success_rate_bp", null, null, null],
    ]);
    await on.bed.turn(fromIso("2060-05-02T10:00:00+08:00"));
    assert.deepEqual(told(await on.bed.sandbox.board.over(PILOT, ["denial_rate_bp"])), [
      ["denial_rate_bp", 250_000n, 2n, 8n],
    ]);
  });

  test("before a day of its test is over a pilot has no figures, and an untested one never", async () => {
    assert.equal(await on.bed.sandbox.board.over("phone-pos", ["acts"]), undefined);
    assert.equal(await on.bed.sandbox.board.over("nothing", ["acts"]), undefined);
  });

  test("staff see the thresholds as they would be measured now, and visitors do not", async () => {
    const path = `${EVALUATION}/thresholds`;
    assert.equal(await on.read(path), "staff_of_this_pilot_only");
    on.bed.measures.say(figures([9_949n, 10_000n]));
    // What a test says is measured is for commands; a look ahead reads the acts.
    const seen = contract.thresholdsNowContract.parse(await on.read(path, OFFICER));
    assert.deepEqual(
      seen.criteria.map(({ subject, met, lacks }) => [subject, met, lacks]),
      [
        ["success_rate_bp", false, "nothing_measured"],
        ["reported_bp", true, null],
        ["grave_incidents", true, null],
        ["records_leaked", true, null],
        ["complaints_overdue", true, null],
        ["compensation_adequacy_bp", true, null],
      ],
    );
  });
});

describe("the database refuses by itself", () => {
  before(async () => {
    await open();
    await on.bed.turn(fromIso("2060-09-01T10:00:00+08:00"));
    assert.equal(await ask("request_end", {}, SENIOR_XU), "accepted");
    on.bed.measures.say(figures([0n, 1n]));
    await on.toConfirm();
  });
  after(() => on.bed.end());

  const put = (sql: string) =>
    on.bed.database.owner.query(statement(`test.evaluation_${++count}`, sql));
  const at = `partition = 0 and pilot = '${PILOT}'`;

  test("its legal moves are those of the tables in the code, each and no other", async () => {
    const rows = await on.bed.database.owner.query<Record<string, string>>(
      statement("test.evaluation_moves", "select * from sandbox.evaluation_transition"),
    );
    assert.deepEqual(
      rows
        .map((row) => [row["of"], row["from_state"], row["event"], row["to_state"]].join(" "))
        .toSorted(),
      LEGAL.map((row) => row.join(" ")).toSorted(),
    );
  });

  const REFUSED: readonly (readonly [string, RegExp])[] = [
    [`update sandbox.evaluation set state = 'graduated' where ${at}`, /cannot go from confirm/],
    [
      `insert into sandbox.evaluation (partition, pilot, round, state, asked_by, organisation,
         asked_at) values (0, 'phone-pos', 1, 'confirm', 'x', 'x', '2060-01-01Z')`,
      /cannot begin as confirm/,
    ],
    [
      `update sandbox.evaluation set state = 'passed', settled_at = '2060-09-02Z',
         confirmed_by = 'a', approved_by = 'a', reason = '{}' where ${at}`,
      /violates check constraint/,
    ],
    [
      `update sandbox.evaluation set state = 'passed', settled_at = '2060-09-02Z',
         confirmed_by = 'a', approved_by = 'b', reason = '{}' where ${at}`,
      /lacks that every criterion is met or overridden|cannot be evaluation while/,
    ],
    [
      `update sandbox.evaluation_criterion set met = true where ${at} and not met`,
      /violates check/,
    ],
    [`update sandbox.pilot set state = 'passed' where slug = '${PILOT}'`, /cannot be passed while/],
    [`update sandbox.pilot set state = 'failed' where slug = '${PILOT}'`, /cannot be failed while/],
    [
      `update sandbox.pilot set state = 'restricted' where slug = '${PILOT}'`,
      /cannot be restricted while its evaluation is at confirm/,
    ],
    [`update sandbox.pilot set state = 'graduated' where slug = '${PILOT}'`, /cannot go from/],
    [`update sandbox.evaluation_expert set state = 'recused' where ${at}`, /violates check/],
    [
      `insert into sandbox.evaluation_override values (0, '${PILOT}', 1, 1, 'T1', '{}', 'a', 'a',
         '2060-09-02Z')`,
      /violates check/,
    ],
  ];

  for (const [sql, expected] of REFUSED) {
    test(`${sql.slice(0, 90).replaceAll(/\s+/g, " ")}: no`, async () => {
      await assert.rejects(put(sql), expected);
    });
  }

  test("the module's role changes no measuring and deletes nothing", async () => {
    for (const sql of [
      "update sandbox.evaluation_criterion set met = true",
      "update sandbox.evaluation_override set reason = '{}'",
      "update sandbox.evaluation_report set body = '{}'",
      "update sandbox.evaluation_transition set to_state = 'passed'",
      "delete from sandbox.evaluation",
      "delete from sandbox.evaluation_return",
    ]) {
      await assert.rejects(
        on.bed.store.query(statement(`test.evaluation_forbidden_${++count}`, sql)),
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

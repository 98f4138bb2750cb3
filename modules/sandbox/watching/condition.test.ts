/**
 * Conditions on figures, on which two people accept what a watch found: judged by the clock at the end
 * of their last day, exactly; what is missed is found and ruled on again; nothing is left behind.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import { statement } from "@sandbank/kernel/store";
import { OFFICER, PILOT, SENIOR_XU, SYSTEM } from "../testing/bed.ts";
import { codeOf, figures, text } from "../testing/evaluated.ts";
import { countOf } from "../testing/measures.ts";
import { type WatchedBed, watchedBed } from "../testing/watched.ts";

const accept = { ruling: "accept", reason: text };
const RATE = { indicator: "success_rate_bp", comparator: "atLeast", value: "9950" };
const GRAVE = { indicator: "grave_incidents", comparator: "atMost", value: "1" };
const rate = (by: string) => ({ text, by, bound: { ...RATE, unit: "basis_point" } });
const grave = (by: string) => ({ text, by, bound: { ...GRAVE, unit: "count" } });
/** The success rate one in a hundred million below what is required. */
const SHORT = figures([99_499_999n, 100_000_000n]);
/** As many grave incidents as a test says, all else met. */
const incidents = (count: bigint) => [
  ...figures().filter(({ name }) => name !== "grave_incidents"),
  countOf("grave_incidents", count),
];

const DAYS = statement(
  "test.condition_days",
  "select number, from_at, due_at from sandbox.watch_condition where partition = 0 order by number",
);

let on: WatchedBed;
const statesOf = async (ruling: number) =>
  (await on.watch()).rulings
    .find(({ number }) => number === ruling)
    ?.conditions.map(({ state }) => state);
const judge = (ruling: number, number: number) =>
  on.bed.act(
    "sandbox.judge_watch_condition",
    { pilot: PILOT, ruling, number },
    { principal: SYSTEM },
  );

describe("a finding is accepted on conditions that the clock judges", () => {
  before(async () => {
    on = await watchedBed();
    on.bed.measures.say(SHORT);
    await on.turnTo("2060-10-01T00:00:00");
  });
  after(() => on.bed.end());

  test("a condition is about a figure that somebody computes, in its own unit", async () => {
    const bounded = (bound: object) => ({
      ...accept,
      conditions: [{ text, by: "2060-10-10", bound }],
    });
    const no = "watch_condition_on_no_figure";
    assert.equal(await on.propose(bounded({ ...RATE, unit: "count" })), no);
    assert.equal(
      await on.propose(bounded({ ...GRAVE, indicator: "happiness", unit: "count" })),
      no,
    );
    const today = { ...accept, conditions: [rate("2060-10-01")] };
    assert.equal(await on.propose(today), "watch_condition_not_from_a_later_day");
  });

  test("accepted by two in public, each waits for the end of its last day", async () => {
    const people = { text: { zh: "公开说明", en: "Explain it in public" }, by: "2060-10-10" };
    const conditions = [rate("2060-10-10"), grave("2060-10-20"), people];
    assert.equal(await on.rule({ ...accept, conditions }), "accepted");
    assert.deepEqual(await statesOf(1), ["pending", "pending", null]);
    const [notice] = await on.noticesOf("watch_accepted");
    assert.match(notice?.text.en ?? "", /a text of the test \(by 2060-10-10, at least 99\.50 %\)/);
    assert.match(notice?.text.en ?? "", /\(by 2060-10-20, at most 1\); Explain it in public \(by/);
    assert.match(notice?.text.zh ?? "", /（2060-10-10前，不低于99\.50%）/);
    const days = await on.bed.database.owner.query<{ from_at: Instant; due_at: Instant }>(DAYS);
    const beijing = (day: string) => fromIso(`2060-10-${day}T00:00:00+08:00`);
    assert.deepEqual(
      days.map(({ from_at: from, due_at: due }) => [from, due]),
      [
        [beijing("02"), beijing("11")],
        [beijing("02"), beijing("21")],
      ],
    );
  });

  test("the database lets nobody judge against the figures, or move what is judged", async () => {
    let count = 0;
    const set = (number: number, part: string) =>
      on.bed.database.owner.query(
        statement(
          `test.condition_set_${++count}`,
          `update sandbox.watch_condition set ${part} where partition = 0 and number = ${number}`,
        ),
      );
    const due = "judged_at = due_at";
    await assert.rejects(set(2, `state = 'met', measured = 2, ${due}`), /violates check/);
    await assert.rejects(set(2, `state = 'missed', measured = 1, ${due}`), /violates check/);
    await assert.rejects(
      set(2, `state = 'met', lacks = 'nothing_measured', ${due}`),
      /violates ch/,
    );
    const early = "judged_at = due_at - interval '1 millisecond'";
    await assert.rejects(set(2, `state = 'met', measured = 1, ${early}`), /violates check/);
    const short = `state = 'met', measured = 995000, sums = 9949, over = 10000, ${due}`;
    await assert.rejects(set(1, short), /violates check/, "a ratio is its two numbers");
    const unfound = set(2, `state = 'missed', measured = 2, ${due}`);
    await assert.rejects(unfound, /misses a condition and has no finding of it/);
  });

  test("到期判定: not a millisecond before; at the bound itself it is met", async () => {
    on.bed.measures.say(figures([9_950n, 10_000n]));
    await on.turnTo("2060-10-10T23:59:59.999");
    assert.equal(codeOf(await judge(1, 1)), "watch_condition_not_due");
    await on.turnTo("2060-10-11T00:00:00");
    assert.deepEqual(await statesOf(1), ["met", "pending", null]);
    const [first] = (await on.watch()).rulings[0]?.conditions ?? [];
    assert.deepEqual(
      [first?.measured, first?.sums, first?.over, first?.judgedAt],
      ["995000", "9950", "10000", "2060-10-10T16:00:00.000Z"],
    );
    assert.equal(codeOf(await judge(1, 1)), "watch_condition_is_met");
    const again = statement(
      "test.condition_undone",
      "update sandbox.watch_condition set state = 'pending' where partition = 0 and number = 1",
    );
    await assert.rejects(on.bed.database.owner.query(again), /cannot go from met to pending/);
    assert.equal(codeOf(await judge(1, 3)), "watch_condition_unknown", "people look after it");
    assert.equal(codeOf(await judge(2, 1)), "watch_condition_unknown");
    assert.equal((await on.watch()).state, "running");
  });

  test("missed by one, it is a finding of that condition, told and public at once", async () => {
    on.bed.measures.say(incidents(2n));
    await on.turnTo("2060-10-21T00:00:00");
    const { state, findings } = await on.watch();
    assert.equal(state, "questioned");
    assert.deepEqual(
      findings.map(({ kind, check, condition, state: at }) => [kind, check, condition, at]),
      [
        ["thresholds", 1, null, "accepted"],
        ["condition", null, { ruling: 1, number: 2 }, "open"],
      ],
    );
    const [notice] = await on.noticesOf("watch_finding");
    assert.match(
      notice?.text.en ?? "",
      /By 2060-10-20, .* a condition of ruling 1: .*at most 1, m/,
    );
    assert.match(notice?.text.zh ?? "", /第1次决定所设的条件.*要求不高于1，实测2/);
    assert.equal((await on.lettersOf(OFFICER))[0], "watch_finding");
    assert.equal((await on.lettersOf(SENIOR_XU))[0], "watch_missed");
  });

  test("what is measured nowhere misses too, and a required exit lets what is pending lapse", async () => {
    const conditions = [rate("2060-10-25"), grave("2060-12-31")];
    assert.equal(await on.rule({ ...accept, conditions }), "accepted");
    on.bed.measures.say([]);
    await on.turnTo("2060-10-26T00:00:00");
    assert.deepEqual(await statesOf(2), ["missed", "pending"]);
    const [missed] = (await on.watch()).rulings[1]?.conditions ?? [];
    assert.deepEqual([missed?.measured, missed?.lacks], [null, "nobody_computes"]);
    assert.equal(await on.rule({ ruling: "require_exit", reason: text }), "accepted");
    assert.deepEqual(await statesOf(2), ["missed", "lapsed"]);
    assert.equal((await on.watch()).state, "exit_required");
    assert.equal(await on.stateOf(), "exiting");
    assert.equal(codeOf(await judge(2, 2)), "watch_required_an_exit");
  });
});

describe("a condition outlasts its watch", () => {
  before(async () => {
    on = await watchedBed({ watchDays: 20 });
    on.bed.measures.say(SHORT);
    await on.turnTo("2060-09-30T00:00:00");
  });
  after(() => on.bed.end());

  test("the watch does not end while one is to be judged, and ends once it is met", async () => {
    assert.equal((await on.watch()).nextAt, null, "every day is compared");
    assert.equal(await on.rule({ ...accept, conditions: [rate("2060-10-15")] }), "accepted");
    on.bed.measures.say(figures());
    await on.turnTo("2060-10-15T23:59:59.999");
    assert.equal((await on.watch()).state, "running");
    const early = await on.bed.act("sandbox.end_watch", { pilot: PILOT }, { principal: SYSTEM });
    assert.equal(codeOf(early), "watch_not_over");
    await on.turnTo("2060-10-16T00:00:00");
    assert.deepEqual(await statesOf(1), ["met"]);
    const { state, endedAt } = await on.watch();
    assert.deepEqual([state, endedAt], ["ended", "2060-10-15T16:00:00.000Z"]);
  });
});

/**
 * A graduated pilot through the real guard, by its routes and a hand-turned clock: compared at each
 * month's end, a threshold missed by a hair, what two people rule, and a watch that ends well.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import { openings } from "@sandbank/kernel/guard";
import { isRefusal } from "@sandbank/kernel/words";
import { type MeasuredFacts, measuredOf } from "../graduating/graduating.ts";
import { thresholdCriteria } from "../graduating/measure.ts";
import { findPilot } from "../pilot/pilot.store.ts";
import { OFFICER, PILOT, SENIOR_XU, SYSTEM } from "../testing/bed.ts";
import { codeOf, figures, STRANGER, text } from "../testing/evaluated.ts";
import { WATCH, type WatchedBed, watchedBed } from "../testing/watched.ts";

let on: WatchedBed;
const accept = { ruling: "accept", reason: text, conditions: [] };
const leave = { ruling: "require_exit", reason: text };
const system = (command: string, id?: string) => {
  const by = { principal: SYSTEM, ...(id === undefined ? {} : { id }) };
  return on.bed.act(`sandbox.${command}`, { pilot: PILOT }, by);
};
const metOf = async () =>
  (await on.watch()).checks.map(({ criteria }) => criteria.map(({ met }) => met));

describe("a graduated pilot is watched", () => {
  before(async () => {
    on = await watchedBed();
  });
  after(() => on.bed.end());

  test("from the day of its graduation on, for as long as our design says, since its terms do not", async () => {
    const watch = await on.watch();
    assert.deepEqual(
      [watch.state, watch.days, watch.daysFrom, watch.organisation],
      ["running", 90, "design", SENIOR_XU.organisation],
    );
    assert.deepEqual(
      [watch.begunAt, watch.endsAt, watch.checkedTo, watch.nextAt],
      [
        ...["2060-09-09T16:00:00.000Z", "2060-12-08T16:00:00.000Z"],
        ...["2060-09-09T16:00:00.000Z", "2060-09-30T16:00:00.000Z"],
      ],
    );
    const [notice] = await on.noticesOf("graduated");
    assert.match(notice?.text.en ?? "", /It is watched until 2060-12-08/);
    assert.deepEqual(await on.lettersOf(SENIOR_XU), ["watch_begun"]);
    assert.deepEqual(await on.lettersOf(STRANGER), []);
  });

  test("逐月对照: not a millisecond before the month is over, and then at once", async () => {
    await on.turnTo("2060-09-30T23:59:59.999");
    assert.equal(codeOf(await system("check_watch")), "watch_check_not_due");
    assert.deepEqual(await metOf(), []);
    await on.turnTo("2060-10-01T00:00:00");
    const { checks, state, checkedTo, nextAt } = await on.watch();
    assert.deepEqual(await metOf(), [[true, true, true, true, true, true]]);
    assert.deepEqual(
      [state, checkedTo, nextAt],
      ["running", "2060-09-30T16:00:00.000Z", "2060-10-31T16:00:00.000Z"],
    );
    assert.deepEqual([checks[0]?.from, checks[0]?.to], ["2060-09-09T16:00:00.000Z", checkedTo]);
  });

  test("asked again by the same id, a comparing is the same act; by another, it is not due", async () => {
    const id = `watch-check-${PILOT}-${fromIso("2060-10-01T00:00:00+08:00")}`;
    const again = await system("check_watch", id);
    assert.ok(again.kind === "accepted");
    assert.deepEqual(again.answer, { pilot: PILOT, check: 1, watch: "running", unmet: [] });
    assert.equal((await on.watch()).checks.length, 1);
    assert.equal(codeOf(await system("end_watch")), "watch_not_over");
    const late = await on.bed.act("sandbox.find_silence", SILENT, { principal: SYSTEM });
    assert.equal(codeOf(late), "watch_listens_to_nobody");
  });

  const SILENT = { pilot: PILOT, since: "2060-09-30T00:00:00.000Z" };

  test("nothing is compared on figures that lack acts: the clock goes on, the days stay the same", async () => {
    assert.equal(await on.pay(), "accepted");
    await on.turnTo("2060-11-01T12:00:00");
    assert.equal((await on.watch()).checks.length, 1);
    await on.follow();
    await on.turnTo("2060-11-01T13:00:00");
    const [, second] = (await on.watch()).checks;
    assert.deepEqual(
      [second?.from, second?.to, second?.at],
      ["2060-09-30T16:00:00.000Z", "2060-10-31T16:00:00.000Z", "2060-11-01T04:00:00.000Z"],
    );
  });

  test("while nothing is open there is nothing to rule on, and only the supervisor may", async () => {
    assert.equal(await on.propose(accept), "watch_is_running");
    assert.equal(await on.propose(leave), "watch_is_running");
    assert.equal(await on.propose(accept, SENIOR_XU), "role_may_not");
  });

  test("S5: a threshold missed by one in a hundred million is a finding, told and public at once", async () => {
    on.bed.measures.say(figures([99_499_999n, 100_000_000n]));
    await on.turnTo("2060-12-01T00:00:00");
    const watch = await on.watch();
    assert.equal(watch.state, "questioned");
    assert.deepEqual(
      watch.findings.map(({ number, kind, state, check, ruling }) => [
        ...[number, kind, state, check, ruling],
      ]),
      [[1, "thresholds", "open", 3, null]],
    );
    const missed = watch.checks[2]?.criteria.filter(({ met }) => !met) ?? [];
    assert.deepEqual(
      missed.map(({ criterion, required, measured, sums, over }) => [
        ...[criterion, required, measured, sums, over],
      ]),
      [["T1", "995000", "994999", "99499999", "100000000"]],
    );
    const [notice] = await on.noticesOf("watch_finding");
    assert.match(notice?.text.en ?? "", /2060-11-01 to 2060-11-30.*at least 99\.50 %, measured 99/);
    assert.match(notice?.text.zh ?? "", /1项毕业标准未达到/);
    assert.deepEqual(await on.lettersOf(OFFICER), ["watch_finding"]);
    assert.deepEqual(await on.lettersOf(SENIOR_XU), ["watch_missed", "watch_begun"]);
  });

  test("a condition has its day after today, and no watch lasts longer than three years", async () => {
    const by = (date: string) => ({ ...accept, conditions: [{ text, by: date }] });
    const no = "watch_condition_not_from_a_later_day";
    assert.equal(await on.propose(by("2060-12-01")), no);
    const extend = { ruling: "extend", reason: text, days: 1_007 };
    assert.equal(await on.propose(extend), "watch_too_long");
    assert.match(await on.propose({ ...extend, days: 1_006 }), /^[0-9a-f-]{36}$/);
  });

  test("accepted on a condition by two, in public; the watch goes on", async () => {
    const conditions = [{ text: { zh: "改正缺陷", en: "Mend the defect" }, by: "2060-12-15" }];
    const task = await on.propose({ ...accept, conditions });
    assert.equal(await on.approve(task, OFFICER), "role_may_not");
    assert.equal(await on.approve(task), "accepted");
    const { state, findings, rulings } = await on.watch();
    assert.deepEqual([state, findings[0]?.state, findings[0]?.ruling], ["running", "accepted", 1]);
    assert.deepEqual(
      rulings.map(({ ruling, reason, conditions: set }) => [
        ...[ruling, reason, set.map((one) => ({ text: one.text, by: one.by, state: one.state }))],
      ]),
      [["accept", text, conditions.map((one) => ({ ...one, state: null }))]],
    );
    const [notice] = await on.noticesOf("watch_accepted");
    assert.match(notice?.text.en ?? "", /Mend the defect \(by 2060-12-15\).*a text of the test/);
    assert.equal((await on.lettersOf(SENIOR_XU))[0], "watch_ruled");
    assert.equal(await on.propose(accept), "watch_is_running");
  });

  test("missed at its end, a watch does not end: it waits for two people, however long", async () => {
    await on.turnTo("2060-12-09T00:00:00");
    await on.turnTo("2060-12-20T09:00:00");
    const { state, checks, nextAt, findings } = await on.watch();
    assert.deepEqual([state, checks.length, nextAt, findings.length], ["questioned", 4, null, 2]);
    assert.equal(codeOf(await system("end_watch")), "watch_is_questioned");
    assert.equal(codeOf(await system("check_watch")), "watch_check_not_due");
  });

  test("extended, it is compared without a gap up to its new end; thresholds met again, it ends", async () => {
    assert.equal(await on.rule({ ruling: "extend", reason: text, days: 30 }), "accepted");
    const extended = await on.watch();
    assert.deepEqual(
      [extended.state, extended.endsAt, extended.nextAt, extended.findings[1]?.state],
      ["running", "2061-01-18T16:00:00.000Z", "2060-12-31T16:00:00.000Z", "extended"],
    );
    on.bed.measures.say(figures());
    await on.turnTo("2061-01-18T23:59:59.999");
    assert.equal((await on.watch()).state, "running");
    await on.turnTo("2061-01-19T00:00:00");
    const { state, checks, endedAt } = await on.watch();
    assert.deepEqual([state, endedAt], ["ended", "2061-01-18T16:00:00.000Z"]);
    assert.deepEqual(
      checks.map(({ from, to }) => [from.slice(0, 10), to.slice(0, 10)]),
      [
        ...[
          ["2060-09-09", "2060-09-30"],
          ["2060-09-30", "2060-10-31"],
        ],
        ...[
          ["2060-10-31", "2060-11-30"],
          ["2060-11-30", "2060-12-08"],
        ],
        ...[
          ["2060-12-08", "2060-12-31"],
          ["2060-12-31", "2061-01-18"],
        ],
      ],
    );
    assert.equal((await on.noticesOf("watch_ended")).length, 1);
    assert.equal((await on.lettersOf(SENIOR_XU))[0], "watch_ended");
    assert.equal(await on.stateOf(), "graduated");
  });

  test("an ended watch is a record: nothing moves it, and no exit can be required any more", async () => {
    for (const body of [accept, leave]) assert.equal(await on.propose(body), "watch_has_ended");
    assert.equal(codeOf(await system("check_watch")), "watch_has_ended");
    assert.equal(codeOf(await system("end_watch")), "watch_has_ended");
    await on.turnTo("2063-01-01T00:00:00");
    assert.equal((await on.watch()).checks.length, 6);
  });

  test("each comparing is replayed from what the journal keeps of it, figure by figure", async () => {
    const readings = on.bed.database.as("sandbank_reader");
    const opened = await openings(readings, 0, { after: 0n, most: 1_000 });
    const pilot = await findPilot(on.bed.store, 0, PILOT);
    assert.ok(pilot !== undefined);
    const { checks } = await on.watch();
    const replayed = opened.flatMap(({ facts }) => {
      const read = JSON.parse(facts ?? "{}") as { facts?: MeasuredFacts & { letter?: string } };
      if (read.facts?.letter === undefined || read.facts.measured === undefined) return [];
      const measured = measuredOf(read.facts);
      return isRefusal(measured)
        ? []
        : [{ measured, criteria: thresholdCriteria(pilot, measured) }];
    });
    for (const { number, from, to, criteria } of checks) {
      const one = replayed.find(({ measured }) => measured.to === fromIso(to));
      assert.equal(one?.measured.from, fromIso(from), `check ${number}`);
      assert.deepEqual(
        one.criteria.map(({ criterion, measured, met }) => [criterion, String(measured), met]),
        criteria.map(({ criterion, measured, met }) => [criterion, measured, met]),
      );
    }
  });
});

describe("a watch is read by everybody", () => {
  before(async () => {
    on = await watchedBed({ watchDays: 20 });
  });
  after(() => on.bed.end());

  test("as long as the terms say; over without a finding, it ends well within one turn of the clock", async () => {
    await on.turnTo("2061-01-01T00:00:00");
    const { state, days, daysFrom, checks, findings } = await on.watch();
    assert.deepEqual(
      [state, days, daysFrom, checks.length, findings.length],
      ["ended", 20, "terms", 1, 0],
    );
    const record = await on.read(WATCH);
    assert.doesNotMatch(JSON.stringify(record), /officer-li|approver-zhao/, "nobody by name");
  });
});

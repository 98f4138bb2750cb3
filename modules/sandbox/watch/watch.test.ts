/** The life of a watch period, every state against every event, and the days that it is compared on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import { isRefusal } from "@sandbank/kernel/words";
import fc from "fast-check";
import * as contract from "../contract.ts";
import type { Table } from "../table/table.ts";
import { LEGAL } from "./moves.fixture.ts";
import {
  after,
  CONDITION_EVENTS,
  CONDITION_STATES,
  CONDITION_TABLE,
  extendedTo,
  FINDING_STATES,
  FINDING_TABLE,
  lengthOf,
  nextCheck,
  RULINGS,
  WATCH_EVENTS,
  WATCH_STATES,
  WATCH_TABLE,
  watchDaysOf,
  watchFrom,
} from "./watch.ts";
import type { WatchRefusal } from "./watch.refusals.ts";

const CODES: Readonly<Record<string, string>> = {
  "watch running": "watch_is_running",
  "watch questioned": "watch_is_questioned",
  "watch ended": "watch_has_ended",
  "watch exit_required": "watch_required_an_exit",
  "condition pending": "watch_condition_is_pending",
  "condition met": "watch_condition_is_met",
  "condition missed": "watch_condition_is_missed",
  "condition lapsed": "watch_condition_has_lapsed",
  "finding open": "watch_finding_is_open",
  "finding accepted": "watch_finding_is_accepted",
  "finding extended": "watch_finding_is_extended",
  "finding exit_required": "watch_finding_required_an_exit",
};

function exhaust<S extends string, E extends string>(
  of: string,
  table: Table<S, E, WatchRefusal>,
  all: { readonly states: readonly S[]; readonly events: readonly E[] },
): number {
  let legal = 0;
  for (const from of all.states) {
    for (const event of all.events) {
      const move = LEGAL.find((row) => row[0] === of && row[1] === from && row[2] === event);
      const answer = after(table, from, event);
      if (move === undefined) {
        assert.ok(isRefusal(answer), `${of} ${from} ${event} is refused`);
        assert.equal(answer.code, CODES[`${of} ${from}`]);
        assert.equal(answer.category, "conflicting");
      } else {
        legal += 1;
        assert.equal(answer, move[3], `${of} ${from} ${event}`);
      }
    }
  }
  return legal;
}

test("each event in each state has the answer of the tables, and every state its own code", () => {
  const watches = exhaust("watch", WATCH_TABLE, { states: WATCH_STATES, events: WATCH_EVENTS });
  const findings = exhaust("finding", FINDING_TABLE, { states: FINDING_STATES, events: RULINGS });
  const conditions = exhaust("condition", CONDITION_TABLE, {
    ...{ states: CONDITION_STATES, events: CONDITION_EVENTS },
  });
  assert.equal(watches + findings + conditions, LEGAL.length);
});

test("the clock never rules: out of a question leads nothing but what two people may say", () => {
  const ways = WATCH_EVENTS.filter((event) => {
    const next = WATCH_TABLE.questioned[event];
    return "to" in next && next.to !== "questioned";
  });
  assert.deepEqual(ways, RULINGS);
});

test("a watch with something open cannot end", () => {
  assert.ok(isRefusal(after(WATCH_TABLE, "questioned", "end")));
});

test("the browser's states and rulings are those of the tables", () => {
  assert.deepEqual(contract.watchStateContract.options, WATCH_STATES);
  assert.deepEqual(contract.findingStateContract.options, FINDING_STATES);
  assert.deepEqual(contract.conditionStateContract.options, CONDITION_STATES);
  assert.deepEqual(Object.keys(contract.watchRulings), RULINGS);
});

test("the terms say how long a pilot is watched; else our own length, and it is named so", () => {
  assert.deepEqual(watchDaysOf({ watchDays: 31 }), { days: 31, fromTerms: true });
  assert.deepEqual(watchDaysOf({}), { days: limits.watchDays, fromTerms: false });
  assert.deepEqual(watchDaysOf(null), { days: limits.watchDays, fromTerms: false });
});

const beijing = (text: string) => fromIso(`${text}+08:00`);

test("观察期按整日计: the day of the graduation is the first, whatever the hour", () => {
  const rows = [
    ["2060-09-10T00:00:00", 90, "2060-09-10", "2060-12-09", "2060-10-01"],
    ["2060-09-10T23:59:59.999", 90, "2060-09-10", "2060-12-09", "2060-10-01"],
    ["2060-09-01T00:00:00", 30, "2060-09-01", "2060-10-01", "2060-10-01"],
    ["2060-09-30T00:00:00", 1, "2060-09-30", "2060-10-01", "2060-10-01"],
    ["2060-02-29T08:00:00", 1, "2060-02-29", "2060-03-01", "2060-03-01"],
    ["2060-12-31T12:00:00", 366, "2060-12-31", "2062-01-01", "2061-01-01"],
  ] as const;
  for (const [begun, days, from, ends, next] of rows) {
    const watch = watchFrom(beijing(begun), days);
    const expected = [from, ends, next].map((day) => beijing(`${day}T00:00:00`));
    assert.deepEqual([watch.from, watch.ends, watch.next], expected, begun);
    assert.equal(lengthOf(watch.from, watch.ends), days);
  }
});

test("按月对照: at each month's end and at the watch's own, without a gap and without an overlap", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 1, max: 1_096 }),
      (day, length) => {
        const begun = (beijing("2020-01-01T00:00:00") + day * 86_400_000) as Instant;
        const { from, ends } = watchFrom(begun, length);
        let at = from;
        for (let checks = 0; checks < 40; checks++) {
          const next = nextCheck(at, ends);
          if (next === undefined) break;
          assert.ok(next > at && next <= ends);
          const local = toIso((next + 8 * 3_600_000) as Instant);
          assert.ok(next === ends || local.slice(8) === "01T00:00:00.000Z", local);
          assert.ok(lengthOf(at, next) <= 31);
          at = next;
        }
        assert.equal(at, ends, "every day is compared once");
      },
    ),
  );
});

test("an extension counts from the end of the watch, or from today where that is past", () => {
  const rows = [
    ["2060-12-09", "2060-12-01", 30, "2061-01-08"],
    ["2060-12-09", "2060-12-09", 30, "2061-01-08"],
    ["2060-12-09", "2060-12-20", 30, "2061-01-19"],
  ] as const;
  for (const [ends, now, days, expected] of rows) {
    const at = (date: string, time = "00:00:00") => beijing(`${date}T${time}`);
    assert.equal(extendedTo(at(ends), at(now), days), at(expected), now);
    if (now > ends) assert.equal(extendedTo(at(ends), at(now, "15:30:00"), days), at(expected));
  }
});

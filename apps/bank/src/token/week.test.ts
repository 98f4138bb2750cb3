/** The hours of a week: every turn changes what it says and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sayIn } from "../setting.ts";
import {
  ALWAYS,
  dayHours,
  DAYS,
  dayTurned,
  HOURS,
  hourTurned,
  isAllowed,
  regular,
  spansOf,
  turned,
  type Week,
  withDay,
} from "./week.ts";

const weeks = fc
  .array(fc.constantFrom("0", "1"), { minLength: DAYS * HOURS, maxLength: DAYS * HOURS })
  .map((marks): Week => marks.join(""));
const days = fc.nat({ max: DAYS - 1 });
const hours = fc.nat({ max: HOURS - 1 });

const differing = (one: Week, other: Week) =>
  [...one].flatMap((mark, at) => (mark === other[at] ? [] : [at]));

test("an hour turned over is the only one that changes, and turns back", () => {
  fc.assert(
    fc.property(weeks, days, hours, (week, day, hour) => {
      const after = turned(week, day, hour);
      assert.deepEqual(differing(week, after), [day * HOURS + hour]);
      assert.equal(turned(after, day, hour), week);
    }),
  );
});

test("a day turned over is whole: closed if it was open throughout, else open; others stay", () => {
  fc.assert(
    fc.property(weeks, days, (week, day) => {
      const after = dayTurned(week, day);
      const own = after.slice(day * HOURS, (day + 1) * HOURS);
      const wasOpen = !week.slice(day * HOURS, (day + 1) * HOURS).includes("0");
      assert.equal(own, (wasOpen ? "0" : "1").repeat(HOURS));
      assert.ok(differing(week, after).every((at) => Math.floor(at / HOURS) === day));
    }),
  );
});

test("an hour of every day turned over is the same on all seven", () => {
  fc.assert(
    fc.property(weeks, hours, (week, hour) => {
      const after = hourTurned(week, hour);
      const marks = Array.from({ length: DAYS }, (_, day) => isAllowed(after, day, hour));
      assert.equal(new Set(marks).size, 1);
      assert.ok(differing(week, after).every((at) => at % HOURS === hour));
    }),
  );
});

test("spans and the day that is made of one agree", () => {
  fc.assert(
    fc.property(weeks, days, hours, hours, (week, day, one, other) => {
      const span = { from: Math.min(one, other), to: Math.max(one, other) };
      const expected = span.from < span.to ? [span] : [];
      assert.deepEqual(spansOf(withDay(week, day, span), day), expected);
    }),
  );
});

test("a day is said in words, in both languages", () => {
  const working = regular({ from: 9, to: 18 }, "working");
  const two = turned(withDay(ALWAYS, 2, { from: 7, to: 22 }), 2, 12);
  const cases = [
    [ALWAYS, 0, "全天", "All day"],
    [working, 4, "09:00～18:00", "09:00–18:00"],
    [working, 5, "不可用", "Not at all"],
    [two, 2, "07:00～12:00，13:00～22:00", "07:00–12:00, 13:00–22:00"],
    [withDay(ALWAYS, 6, { from: 23, to: 24 }), 6, "23:00～24:00", "23:00–24:00"],
  ] as const;
  for (const [week, day, zh, en] of cases) {
    assert.equal(dayHours(week, day, sayIn("zh")), zh);
    assert.equal(dayHours(week, day, sayIn("en")), en);
  }
});

/** Working days against days that the notices name, and against each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  UnpublishedYear,
  addDays,
  addWorkingDays,
  calendarDate,
  isPublicHoliday,
  isWorkingDay,
  publishedYears,
  workingDaySource,
  workingDaysBetween,
} from "./index.ts";

const within = fc
  .integer({ min: 0, max: 2900 })
  .map((days) => addDays(calendarDate("2019-01-01"), days));

// Counted from the notices: weekdays of the year, less weekdays off, plus weekend days worked.
const WORKING_DAYS_OF_YEAR: Readonly<Record<number, number>> = {
  2019: 250,
  2020: 249,
  2021: 250,
  2022: 249,
  2023: 249,
  2024: 251,
  2025: 248,
  2026: 248,
};

test("days that the notices name are off or worked as they say", () => {
  const rows = [
    ["2019-05-01", false],
    ["2019-05-05", true],
    ["2020-01-31", false],
    ["2020-02-01", false],
    ["2020-02-03", true],
    ["2021-09-18", true],
    ["2023-09-29", false],
    ["2023-10-07", true],
    ["2024-02-09", true],
    ["2025-10-08", false],
    ["2026-01-04", true],
    ["2026-02-23", false],
    ["2026-02-24", true],
    ["2026-09-20", true],
    ["2026-10-10", true],
    ["2026-11-24", true],
    ["2026-11-22", false],
  ] as const;
  for (const [date, works] of rows) assert.equal(isWorkingDay(calendarDate(date)), works, date);
});

test("every make-up day is on a weekend, and every year has its number of working days", () => {
  for (const year of publishedYears()) {
    let count = 0;
    const last = calendarDate(`${year}-12-31`);
    for (let day = calendarDate(`${year}-01-01`); day <= last; day = addDays(day, 1)) {
      if (isWorkingDay(day)) count += 1;
      if (day === last) break;
    }
    assert.equal(count, WORKING_DAYS_OF_YEAR[year], `${year}`);
    assert.match(workingDaySource(year), /^国办发明电〔20\d\d〕\d+号/u);
  }
});

test("adding working days lands on a working day, and counting gives the number back", () => {
  fc.assert(
    fc.property(within, fc.integer({ min: -60, max: 60 }), (date, days) => {
      fc.pre(days !== 0 && date > "2019-05-01" && date < "2026-07-01");
      const there = addWorkingDays(date, days);
      assert.ok(isWorkingDay(there));
      if (days > 0) assert.equal(workingDaysBetween(date, there), days);
      else if (isWorkingDay(date)) assert.equal(workingDaysBetween(date, there), days);
    }),
  );
});

test("a public holiday is a day that a notice gives off, and nothing else is", () => {
  const rows = [
    ["2026-10-01", true],
    ["2026-10-04", true],
    ["2026-10-08", false],
    ["2026-10-10", false],
    ["2026-10-11", false],
    ["2026-11-22", false],
  ] as const;
  for (const [date, off] of rows) assert.equal(isPublicHoliday(calendarDate(date)), off, date);
  assert.throws(() => isPublicHoliday(calendarDate("2060-10-01")), UnpublishedYear);
  assert.equal(isPublicHoliday(calendarDate("2060-10-01"), "weekends"), false);
});

test("15 working days from the eve of National Day 2026 end on 27 October", () => {
  assert.equal(addWorkingDays(calendarDate("2026-09-30"), 15), "2026-10-27");
  assert.equal(addWorkingDays(calendarDate("2026-10-01"), 0), "2026-10-08");
  assert.equal(addWorkingDays(calendarDate("2026-10-08"), 0), "2026-10-08");
});

test("a year without a notice is refused by its name, or counted by weekends if asked for", () => {
  const date = calendarDate("2027-01-04");
  assert.throws(() => isWorkingDay(date), /no working-day calendar for 2027/);
  assert.throws(() => addWorkingDays(calendarDate("2026-12-01"), 60), UnpublishedYear);
  assert.throws(
    () => workingDaySource(2018),
    (error) => {
      return error instanceof UnpublishedYear && error.year === 2018;
    },
  );
  assert.equal(isWorkingDay(date, "weekends"), true);
  // 60 days are twelve weeks of five, from a Tuesday to a Tuesday.
  assert.equal(addWorkingDays(calendarDate("2026-12-01"), 60, "weekends"), "2027-02-23");
});

/** Machine time, ids and randomness, dates and Shanghai windows against slower definitions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  FixedClock,
  MachineClock,
  addDays,
  addMonths,
  businessClock,
  calendarDate,
  dateText,
  dayOfWeek,
  daysBetween,
  fromIso,
  instantText,
  isCalendarDate,
  isIso,
  machineNow,
  randomBelow,
  randomBytes,
  shanghaiClockText,
  shanghaiDate,
  shanghaiHourOfWeek,
  shanghaiMidnight,
  shanghaiMinuteOfDay,
  shanghaiMonth,
  shanghaiWeek,
  shanghaiYear,
  toIso,
  uuidv7,
} from "./index.ts";
import type { Instant } from "./index.ts";

const supported = fc
  .integer({ min: Date.UTC(1992, 0, 2), max: Date.UTC(9999, 11, 30) })
  .map((value) => value as Instant);
const someDate = fc.integer({ min: -25_567, max: 2_900_000 }).map((days) => {
  return calendarDate(new Date(days * 86_400_000).toISOString().slice(0, 10));
});

test("ids are version 7, unique and sort in the order in which they were drawn", () => {
  const ids = Array.from({ length: 20_000 }, () => uuidv7());
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const id of ids) assert.match(id, shape);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted());
});

test("an id carries the millisecond in which it was drawn", () => {
  const before = machineNow();
  const drawn = Number.parseInt(uuidv7().replaceAll("-", "").slice(0, 12), 16);
  // A full counter borrows milliseconds of the future, so the id may be a little ahead.
  assert.ok(drawn >= before && drawn < before + 1000);
});

test("random bytes come in memory of their own and are not handed out twice", () => {
  const draws = Array.from({ length: 2000 }, () => randomBytes(16));
  const texts = new Set(draws.map((draw) => Buffer.from(draw).toString("hex")));
  assert.equal(texts.size, draws.length);
  for (const draw of draws) assert.equal(draw.buffer.byteLength, 16);
  assert.equal(randomBytes(0).length, 0);
  assert.equal(randomBytes(5000).length, 5000);
  assert.throws(() => randomBytes(-1));
  assert.throws(() => randomBytes(65_537));
});

test("a number drawn below a limit stays below it and reaches every value", () => {
  const seen = new Set(Array.from({ length: 1000 }, () => randomBelow(7)));
  assert.deepEqual(
    [...seen].toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6],
  );
  assert.equal(randomBelow(1), 0);
  assert.throws(() => randomBelow(0));
});

test("an instant written is the instant read", () => {
  fc.assert(fc.property(supported, (instant) => fromIso(toIso(instant)) === instant));
  assert.equal(fromIso("2026-11-23T14:08:00+08:00"), Date.UTC(2026, 10, 23, 6, 8));
  assert.equal(fromIso("2026-11-23T06:08:00.1239999Z"), Date.UTC(2026, 10, 23, 6, 8, 0, 123));
  assert.equal(fromIso("2026-11-22t22:38:00-07:30"), Date.UTC(2026, 10, 23, 6, 8));
});

test("text that is not exactly an instant is not read", () => {
  const wrong = [
    "2026-11-23",
    "2026-11-23T06:08:00",
    "2026-11-23 06:08:00Z",
    "2026-02-29T06:08:00Z",
    "2026-11-23T24:00:00Z",
    "2026-11-23T06:08:60Z",
    "2026-11-23T06:08:00+24:00",
    " 2026-11-23T06:08:00Z",
    "2026-11-23T06:08:00.Z",
  ];
  for (const text of wrong) {
    assert.throws(() => fromIso(text), RangeError, text);
    assert.equal(isIso(text), false);
    assert.equal(instantText.safeParse(text).success, false);
  }
});

test("days of the calendar agree with the platform's", () => {
  fc.assert(
    fc.property(someDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
      fc.pre(date > "1955-01-01");
      const expected = new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
      assert.equal(addDays(date, days), expected);
      assert.equal(daysBetween(date, addDays(date, days)), days);
      assert.equal(dayOfWeek(date), ((new Date(date).getUTCDay() + 6) % 7) + 1);
    }),
  );
  for (const text of ["2026-02-29", "2026-13-01", "2026-00-10", "1899-12-31", "2026-1-1", ""]) {
    assert.equal(isCalendarDate(text), false);
    assert.equal(dateText.safeParse(text).success, false);
    assert.throws(() => calendarDate(text), RangeError);
  }
  assert.throws(() => addDays(calendarDate("9999-12-31"), 1), RangeError);
});

test("a month later is the same day, or the last of a shorter month", () => {
  const rows = [
    ["2026-01-31", 1, "2026-02-28"],
    ["2028-01-31", 1, "2028-02-29"],
    ["2026-11-24", 3, "2027-02-24"],
    ["2026-03-31", -1, "2026-02-28"],
    ["2026-12-15", 12, "2027-12-15"],
    ["2026-01-15", -1, "2025-12-15"],
  ] as const;
  for (const [from, months, to] of rows) assert.equal(addMonths(calendarDate(from), months), to);
});

test("Shanghai's days, weeks and hours agree with the time zone table of the platform", () => {
  fc.assert(
    fc.property(supported, (instant) => {
      const zoned =
        Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO("Asia/Shanghai");
      assert.equal(shanghaiDate(instant), zoned.toPlainDate().toString());
      const week = `${zoned.yearOfWeek}-W${String(zoned.weekOfYear).padStart(2, "0")}`;
      assert.equal(shanghaiWeek(instant), week);
      assert.equal(shanghaiMonth(instant), zoned.toPlainDate().toPlainYearMonth().toString());
      assert.equal(shanghaiYear(instant), String(zoned.year));
      assert.equal(shanghaiHourOfWeek(instant), (zoned.dayOfWeek - 1) * 24 + zoned.hour);
      assert.equal(shanghaiMinuteOfDay(instant), zoned.hour * 60 + zoned.minute);
      const second = zoned.toPlainDateTime().toString({ smallestUnit: "second" });
      assert.equal(shanghaiClockText(instant), second.replace("T", " "));
      assert.equal(shanghaiMidnight(shanghaiDate(instant)), zoned.startOfDay().epochMilliseconds);
    }),
  );
});

test("the turn of the year falls at 16:00 UTC, and its week belongs to the Thursday", () => {
  const last = fromIso("2026-12-31T15:59:59.999Z");
  const first = fromIso("2026-12-31T16:00:00.000Z");
  assert.deepEqual([shanghaiDate(last), shanghaiDate(first)], ["2026-12-31", "2027-01-01"]);
  assert.deepEqual([shanghaiWeek(last), shanghaiWeek(first)], ["2026-W53", "2026-W53"]);
  assert.equal(shanghaiHourOfWeek(fromIso("2026-11-22T16:00:00Z")), 0);
  assert.equal(shanghaiHourOfWeek(fromIso("2026-11-22T15:59:59Z")), 167);
});

test("Shanghai time before 1992 is not guessed", () => {
  assert.equal(shanghaiDate(fromIso("1991-12-31T16:00:00Z")), "1992-01-01");
  assert.throws(() => shanghaiDate(fromIso("1991-12-31T15:59:59Z")), /supported from 1992/);
  assert.throws(() => shanghaiMidnight(calendarDate("1991-12-31")), /supported from 1992/);
  assert.throws(() => shanghaiDate(Number.NaN as Instant));
});

test("a fixed clock stands still, turns forward and never back", () => {
  const clock = new FixedClock(fromIso("2026-11-23T06:08:00Z"));
  assert.equal(clock.now(), clock.now());
  assert.equal(clock.advance(60_000), fromIso("2026-11-23T06:09:00Z"));
  clock.turn(fromIso("2027-01-01T00:00:00Z"));
  assert.equal(toIso(clock.now()), "2027-01-01T00:00:00.000Z");
  assert.throws(() => clock.turn(fromIso("2026-11-23T06:08:00Z")), /not turned back/);
  assert.throws(() => clock.advance(-1));
});

test("business time follows its row: the machine's, ahead of it, or frozen", () => {
  const machine = (): Instant => fromIso("2026-11-23T06:08:00Z");
  const frozen_at = fromIso("2027-03-01T00:00:00Z");
  const real = { mode: "real", offset_ms: 0, frozen_at: null } as const;
  assert.equal(businessClock(real, machine).now(), machine());
  const ahead = { mode: "turned", offset_ms: 86_400_000n, frozen_at: null } as const;
  assert.equal(toIso(businessClock(ahead, machine).now()), "2026-11-24T06:08:00.000Z");
  const still = { mode: "turned", offset_ms: 5, frozen_at } as const;
  assert.equal(businessClock(still, machine).now(), frozen_at);
  assert.throws(() => businessClock({ mode: "real", offset_ms: 1, frozen_at: null }, machine));
  const now = new MachineClock().now();
  assert.ok(now >= machineNow() - 1000 && Number.isInteger(now));
});

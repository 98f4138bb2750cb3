/**
 * Instants read on the wall clock of Asia/Shanghai, where all business days, weeks, months and
 * windows are. Supported from 1992-01-01 to 9999-12-31: since 1991-09-15 the zone is +08:00 without
 * summer time, so it is one addition and no time zone table. Anything earlier is a bug and throws;
 * the day that China changes its time, `OFFSET_MS` becomes a table here and nowhere else.
 */
import assert from "node:assert/strict";
import { DAY_MS, dateOfDay, dayNumber, weekdayOfDay } from "./date.ts";
import type { CalendarDate, Instant } from "./instant.ts";

const OFFSET_MS = 8 * 3_600_000;
const FIRST_DAY = dayNumber("1992-01-01" as CalendarDate);
const LAST_DAY = dayNumber("9999-12-31" as CalendarDate);

// Most questions of a batch are about one day, so the last answer is kept.
let knownDay = Number.NaN;
let knownDate = "" as CalendarDate;

/** The calendar day in Asia/Shanghai: `2026-11-23`. */
export function shanghaiDate(instant: Instant): CalendarDate {
  const day = dayOf(instant);
  if (day !== knownDay) {
    knownDate = dateOfDay(day);
    knownDay = day;
  }
  return knownDate;
}

/** The ISO 8601 week in Asia/Shanghai, Monday to Sunday: `2026-W48`. */
export function shanghaiWeek(instant: Instant): string {
  const day = dayOf(instant);
  // A week belongs to the year that holds its Thursday.
  const thursday = day - weekdayOfDay(day) + 3;
  const year = dateOfDay(thursday).slice(0, 4);
  const week = Math.floor((thursday - dayNumber(`${year}-01-01` as CalendarDate)) / 7) + 1;
  return `${year}-W${week < 10 ? "0" : ""}${week}`;
}

/** The month in Asia/Shanghai: `2026-11`. */
export function shanghaiMonth(instant: Instant): string {
  return shanghaiDate(instant).slice(0, 7);
}

/** The year in Asia/Shanghai: `2026`. */
export function shanghaiYear(instant: Instant): string {
  return shanghaiDate(instant).slice(0, 4);
}

/** The hour of the week in Asia/Shanghai, 0 (Monday 00:00–00:59) to 167 (Sunday 23:00–23:59). */
export function shanghaiHourOfWeek(instant: Instant): number {
  return weekdayOfDay(dayOf(instant)) * 24 + Math.floor(shanghaiMinuteOfDay(instant) / 60);
}

/** The minute of the day in Asia/Shanghai, 0 to 1439. */
export function shanghaiMinuteOfDay(instant: Instant): number {
  return Math.floor((instant + OFFSET_MS - dayOf(instant) * DAY_MS) / 60_000);
}

/** The instant at which the day begins in Asia/Shanghai. */
export function shanghaiMidnight(date: CalendarDate): Instant {
  const day = dayNumber(date);
  assert(day >= FIRST_DAY && day <= LAST_DAY, `Shanghai time is supported from 1992: ${date}`);
  return (day * DAY_MS - OFFSET_MS) as Instant;
}

/** `2026-11-23 14:08:00` as clocks in Asia/Shanghai show it. */
export function shanghaiClockText(instant: Instant): string {
  const second = Math.floor((instant + OFFSET_MS - dayOf(instant) * DAY_MS) / 1000);
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const time = parts.map((part) => (part < 10 ? `0${part}` : `${part}`)).join(":");
  return `${shanghaiDate(instant)} ${time}`;
}

function dayOf(instant: Instant): number {
  const day = Math.floor((instant + OFFSET_MS) / DAY_MS);
  // Also false for NaN, which no comparison admits.
  assert(day >= FIRST_DAY && day <= LAST_DAY, `Shanghai time is supported from 1992: ${instant}`);
  return day;
}

/**
 * Instants as text and calendar days by arithmetic: RFC 3339 in and out, day numbers, and the
 * proleptic Gregorian calendar from 1900 to 9999. No time zone lives here, and nothing is guessed:
 * text that is not exactly a date or an instant throws a RangeError.
 */
import assert from "node:assert/strict";
import type { CalendarDate, Instant } from "./instant.ts";

export const DAY_MS = 86_400_000;
export const YEAR_MIN = 1900;
export const YEAR_MAX = 9999;

const ISO_TEXT =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;
const DATE_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** An instant in RFC 3339, UTC, with milliseconds: `2026-11-23T06:08:00.000Z`. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString();
}

/**
 * Reads RFC 3339 with any offset; digits below the millisecond are cut off. Throws a RangeError for
 * anything else, leap seconds and times without an offset included.
 */
export function fromIso(text: string): Instant {
  const found = ISO_TEXT.exec(text);
  if (!found) throw new RangeError(`not an RFC 3339 instant: ${quoted(text)}`);
  const [, date, hour, minute, second, fraction = "", , sign, offsetHour, offsetMinute] = found;
  const clock = [Number(hour), Number(minute), Number(second)] as const;
  const offset = [Number(offsetHour ?? 0), Number(offsetMinute ?? 0)] as const;
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59 || offset[0] > 23 || offset[1] > 59) {
    throw new RangeError(`not an RFC 3339 instant: ${quoted(text)}`);
  }
  const shift = (offset[0] * 60 + offset[1]) * (sign === "-" ? -1 : 1);
  const minutes = clock[0] * 60 + clock[1] - shift;
  const milliseconds = clock[2] * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  return (dayNumber(calendarDate(date!)) * DAY_MS + minutes * 60_000 + milliseconds) as Instant;
}

/** True if the text is an RFC 3339 instant that `fromIso` reads. */
export function isIso(text: string): boolean {
  try {
    fromIso(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** True if the text is a day of the calendar, `YYYY-MM-DD`, from 1900 to 9999. */
export function isCalendarDate(text: string): text is CalendarDate {
  const found = DATE_TEXT.exec(text);
  if (!found) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < YEAR_MIN || month < 1 || month > 12 || day < 1) return false;
  return day <= monthDays(year, month);
}

/** Brands a day of the calendar; throws a RangeError for text that is not one. */
export function calendarDate(text: string): CalendarDate {
  if (!isCalendarDate(text)) throw new RangeError(`not a calendar day: ${quoted(text)}`);
  return text;
}

/** Days since 1970-01-01, negative before. */
export function dayNumber(date: CalendarDate): number {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  // Years that begin in March put the leap day at their end (Hinnant, "days_from_civil").
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The day with this number; throws a RangeError outside 1900 to 9999. */
export function dateOfDay(number: number): CalendarDate {
  const date = civilDate(number);
  const year = Number(date.slice(0, -6));
  if (year < YEAR_MIN || year > YEAR_MAX) throw new RangeError(`year out of range: ${year}`);
  return date as CalendarDate;
}

/** The civil date of a day number, of any year from 0 on (Hinnant, "civil_from_days"). */
export function civilDate(number: number): string {
  assert(Number.isInteger(number));
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** The day `days` later, or earlier if negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Days from `first` to `last`: 1 from one day to the next, negative backwards. */
export function daysBetween(first: CalendarDate, last: CalendarDate): number {
  return dayNumber(last) - dayNumber(first);
}

/**
 * The same day of the month `months` later, or the last day of that month if it is shorter:
 * 2026-01-31 plus 1 is 2026-02-28. Negative goes back. Schedules count from their first day, never
 * from the previous due date, so that a short month does not shift the ones after it.
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  assert(Number.isInteger(months));
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  if (year < YEAR_MIN || year > YEAR_MAX) throw new RangeError(`year out of range: ${year}`);
  const day = Math.min(Number(date.slice(8, 10)), monthDays(year, month));
  return `${year}-${two(month)}-${two(day)}` as CalendarDate;
}

/** 1 for Monday to 7 for Sunday, as ISO 8601 counts. */
export function dayOfWeek(date: CalendarDate): number {
  return weekdayOfDay(dayNumber(date)) + 1;
}

/** 0 for Monday to 6 for Sunday; day 0 was a Thursday. */
export function weekdayOfDay(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** 28 to 31. */
export function monthDays(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : MONTH_DAYS[month - 1]!;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}

/**
 * Chinese working days as dated data. The General Office of the State Council publishes each year
 * which weekdays are off and which days of a weekend are worked instead; each table below is one
 * notice, with the changes made to it during its year. This file refuses to guess: a year whose
 * notice is not entered here throws `UnpublishedYear`, unless the caller asks for a provisional
 * answer by saying so.
 */
import assert from "node:assert/strict";
import { addDays, calendarDate, dayOfWeek } from "./date.ts";
import type { CalendarDate } from "./instant.ts";

/** What one notice says, as ranges `MM-DD` or `MM-DD/MM-DD` of its year. */
interface Notice {
  readonly source: string;
  readonly off: readonly string[];
  readonly worked: readonly string[];
}

// Notices as published; days off that fall on a weekend stand here as the notice has them.
const NOTICES: Readonly<Record<number, Notice>> = {
  2019: {
    source: "国办发明电〔2018〕15号; 国办发明电〔2019〕3号 (Labour Day)",
    off: ["01-01", "02-04/02-10", "04-05", "05-01/05-04", "06-07", "09-13", "10-01/10-07"],
    worked: ["02-02", "02-03", "04-28", "05-05", "09-29", "10-12"],
  },
  2020: {
    // The extension to 2 February also took back the make-up day of 1 February.
    source: "国办发明电〔2019〕16号; 国办发明电〔2020〕1号 (Spring Festival)",
    off: ["01-01", "01-24/02-02", "04-04/04-06", "05-01/05-05", "06-25/06-27", "10-01/10-08"],
    worked: ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"],
  },
  2021: {
    source: "国办发明电〔2020〕27号",
    off: [
      "01-01/01-03",
      "02-11/02-17",
      "04-03/04-05",
      "05-01/05-05",
      "06-12/06-14",
      "09-19/09-21",
      "10-01/10-07",
    ],
    worked: ["02-07", "02-20", "04-25", "05-08", "09-18", "09-26", "10-09"],
  },
  2022: {
    source: "国办发明电〔2021〕11号",
    off: [
      "01-01/01-03",
      "01-31/02-06",
      "04-03/04-05",
      "04-30/05-04",
      "06-03/06-05",
      "09-10/09-12",
      "10-01/10-07",
    ],
    worked: ["01-29", "01-30", "04-02", "04-24", "05-07", "10-08", "10-09"],
  },
  2023: {
    // The notice also names 2022-12-31, a Saturday, which was off in any case.
    source: "国办发明电〔2022〕16号",
    off: ["01-01/01-02", "01-21/01-27", "04-05", "04-29/05-03", "06-22/06-24", "09-29/10-06"],
    worked: ["01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08"],
  },
  2024: {
    source: "国办发明电〔2023〕7号",
    off: [
      "01-01",
      "02-10/02-17",
      "04-04/04-06",
      "05-01/05-05",
      "06-10",
      "09-15/09-17",
      "10-01/10-07",
    ],
    worked: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
  },
  2025: {
    source: "国办发明电〔2024〕12号",
    off: ["01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02", "10-01/10-08"],
    worked: ["01-26", "02-08", "04-27", "09-28", "10-11"],
  },
  2026: {
    source: "国办发明电〔2025〕7号",
    off: [
      "01-01/01-03",
      "02-15/02-23",
      "04-04/04-06",
      "05-01/05-05",
      "06-19/06-21",
      "09-25/09-27",
      "10-01/10-07",
    ],
    worked: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
  },
};

/** The most days that one question may walk: some 27 years of working days. */
const STEPS_MAX = 10_000;

/** A year whose notice is not in the tables. A fault: the answer exists, and we do not have it. */
export class UnpublishedYear extends Error {
  readonly year: number;

  constructor(year: number) {
    super(
      `no working-day calendar for ${year}: enter the State Council's notice for ${year} ` +
        `in kernel/clock/workdays.ts`,
    );
    this.name = "UnpublishedYear";
    this.year = year;
  }
}

/**
 * What to do about a year without a notice. `refuse` throws; `weekends` counts its Mondays to
 * Fridays as working days and is provisional: say so wherever the result is shown.
 */
export type Unpublished = "refuse" | "weekends";

const special = new Map<CalendarDate, boolean>();
for (const [year, { off, worked }] of Object.entries(NOTICES)) {
  for (const range of off) for (const date of daysOf(year, range)) special.set(date, false);
  for (const day of worked) special.set(calendarDate(`${year}-${day}`), true);
}

/** The years for which working days are known, in order. */
export function publishedYears(): readonly number[] {
  return Object.keys(NOTICES).map(Number);
}

/** The notices that rule a year's working days; throws `UnpublishedYear` where there is none. */
export function workingDaySource(year: number): string {
  const notice = NOTICES[year];
  if (!notice) throw new UnpublishedYear(year);
  return notice.source;
}

/** True if offices work that day: a weekday that is not off, or a weekend day that makes up. */
export function isWorkingDay(date: CalendarDate, unpublished: Unpublished = "refuse"): boolean {
  const year = Number(date.slice(0, 4));
  if (unpublished === "refuse" && !NOTICES[year]) throw new UnpublishedYear(year);
  return special.get(date) ?? dayOfWeek(date) <= 5;
}

/**
 * True if a notice gives the day off: a day of a public holiday, its weekend days included. Other
 * weekends are no holidays. `weekends` knows of none in a year without a notice.
 */
export function isPublicHoliday(date: CalendarDate, unpublished: Unpublished = "refuse"): boolean {
  const year = Number(date.slice(0, 4));
  if (unpublished === "refuse" && !NOTICES[year]) throw new UnpublishedYear(year);
  return special.get(date) === false;
}

/**
 * The `days`-th working day after `date`, or before it if negative; `date` itself does not count.
 * 0 gives the date itself if it is a working day, else the next one.
 */
export function addWorkingDays(
  date: CalendarDate,
  days: number,
  unpublished: Unpublished = "refuse",
): CalendarDate {
  assert(Number.isInteger(days) && Math.abs(days) <= STEPS_MAX / 2);
  const step = days < 0 ? -1 : 1;
  let left = Math.abs(days);
  let day = date;
  if (left === 0 && !isWorkingDay(day, unpublished)) left = 1;
  for (let steps = 0; left > 0; steps++) {
    assert(steps < STEPS_MAX);
    day = addDays(day, step);
    if (isWorkingDay(day, unpublished)) left -= 1;
  }
  return day;
}

/**
 * How many working days lie after `first` up to and with `last`: what is left of a term that ends
 * on `last`. Negative if `last` is earlier.
 */
export function workingDaysBetween(
  first: CalendarDate,
  last: CalendarDate,
  unpublished: Unpublished = "refuse",
): number {
  if (last < first) return -workingDaysBetween(last, first, unpublished);
  let count = 0;
  let day = first;
  for (let steps = 0; day < last; steps++) {
    assert(steps < STEPS_MAX);
    day = addDays(day, 1);
    if (isWorkingDay(day, unpublished)) count += 1;
  }
  return count;
}

function daysOf(year: string, range: string): readonly CalendarDate[] {
  const [from, to = from] = range.split("/");
  const days: CalendarDate[] = [];
  const last = calendarDate(`${year}-${to}`);
  for (let day = calendarDate(`${year}-${from}`); day <= last; day = addDays(day, 1)) {
    days.push(day);
  }
  return days;
}

/** Instants of the API as people read them, in Beijing time. */
import { formatInstant } from "@sandbank/kernel/words";

/** `2026-11-24 09:14`: to the minute, which is what a payer remembers. */
export function minuteText(instant: string): string {
  return formatInstant(Date.parse(instant)).slice(0, 16);
}

/** `2026-11-24`. */
export function dayText(instant: string): string {
  return minuteText(instant).slice(0, 10);
}

/** The last day of a term, given the first instant that is late. */
export function lastDayText(due: string): string {
  return formatInstant(Date.parse(due) - 1).slice(0, 10);
}

/** The last month in which a card is good, given the first instant at which it is not: `2030-12`. */
export function lastMonthText(expires: string): string {
  return lastDayText(expires).slice(0, 7);
}

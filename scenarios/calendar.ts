/** When a scenario begins: never on a day that has been, since its clock only goes forward. */
import { addDays, type CalendarDate, type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import { machineNow } from "@sandbank/world";

/** The first day of the month after tomorrow's. */
export function nextMonth(): CalendarDate {
  const tomorrow = addDays(shanghaiDate(machineNow() as Instant), 1);
  let date = addDays(tomorrow, 1);
  while (!date.endsWith("-01")) date = addDays(date, 1);
  return date;
}

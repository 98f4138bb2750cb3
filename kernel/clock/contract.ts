/** Instants and days as they cross the border: RFC 3339 text and `YYYY-MM-DD`, nothing else. */
import { z } from "zod";
import { isCalendarDate, isIso } from "./date.ts";

/** An RFC 3339 instant with an offset; read it with `fromIso`. */
export const instantText = z
  .string()
  .max(40)
  .refine(isIso, "not an RFC 3339 instant")
  .meta({ format: "date-time" });

/** A calendar day in Asia/Shanghai; brand it with `calendarDate`. */
export const dateText = z
  .string()
  .length(10)
  .refine(isCalendarDate, "not a calendar day")
  .meta({ format: "date" });

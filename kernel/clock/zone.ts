/**
 * Wall clocks of other time zones: what day and hour of the week it is where somebody lives, summer
 * time included. By the platform's time zone table, asked once for each stretch between two changes
 * of a zone's offset. Windows and business days know Asia/Shanghai only and never come here.
 */
import { DAY_MS, dateOfDay, weekdayOfDay } from "./date.ts";
import type { CalendarDate, Instant } from "./instant.ts";

/** What a clock on the wall shows. An hour that a change of time repeats is the same hour twice. */
export interface WallClock {
  readonly date: CalendarDate;
  /** 0 (Monday 00:00–00:59) to 167 (Sunday 23:00–23:59). */
  readonly hourOfWeek: number;
}

/** Between two changes of a zone's offset. */
interface Stretch {
  readonly from: Instant;
  readonly until: number;
  readonly offset_ms: number;
}

const NAME = /^[A-Z][A-Za-z_]*(\/[A-Z][A-Za-z0-9_+-]*){0,2}$/;
const NAME_LENGTH_MAX = 40;
/** More zones than there are, so that no spelling of their names fills the memory. */
const ZONES_MAX = 1_000;
const NANOSECONDS = 1_000_000;

const stretches = new Map<string, Stretch>();

/** True if the platform knows a time zone of this name, such as `Europe/Berlin`. */
export function isZone(name: string): boolean {
  if (name.length > NAME_LENGTH_MAX || !NAME.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What clocks show in a zone at an instant. Throws a RangeError for a zone that is not one. */
export function wallClock(instant: Instant, zone: string): WallClock {
  let stretch = stretches.get(zone);
  if (!stretch || instant < stretch.from || instant >= stretch.until) {
    stretch = stretchAt(instant, zone);
    if (stretches.size >= ZONES_MAX) stretches.clear();
    stretches.set(zone, stretch);
  }
  const local = instant + stretch.offset_ms;
  const day = Math.floor(local / DAY_MS);
  const hour = Math.floor((local - day * DAY_MS) / 3_600_000);
  return { date: dateOfDay(day), hourOfWeek: weekdayOfDay(day) * 24 + hour };
}

/** From the instant on; what lies before it in the same stretch is asked for again. */
function stretchAt(instant: Instant, zone: string): Stretch {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const next = zoned.getTimeZoneTransition("next");
  return {
    from: instant,
    until: next?.epochMilliseconds ?? Infinity,
    offset_ms: Math.round(zoned.offsetNanoseconds / NANOSECONDS),
  };
}

/**
 * How instants are written in PostgreSQL's text format, both ways, without an object per value: hot
 * paths read and write thousands a second. All our connections speak UTC and ISO.
 */
import { civilDate, DAY_MS, type Instant } from "../clock/index.ts";

/** 0001-01-01 and 9999-12-31: what both sides can write with a year of four digits. */
const INSTANT_MIN = -62_135_596_800_000;
const INSTANT_MAX = 253_402_300_799_999;

/**
 * An instant as text for `timestamptz`: `2026-11-24T10:28:55.123Z`. Throws on what is no whole
 * millisecond of the years 1 to 9999; that is a bug of the caller.
 */
export function timestamptz(instant: Instant): string {
  if (!Number.isSafeInteger(instant) || instant < INSTANT_MIN || instant > INSTANT_MAX) {
    throw new RangeError(`not an instant: ${instant}`);
  }
  const day = Math.floor(instant / DAY_MS);
  const ms = instant - day * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${civilDate(day)}T${clock}.${String(ms % 1000).padStart(3, "0")}Z`;
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?$/;

/**
 * Reads PostgreSQL's text of a timestamptz; microseconds are cut to whole milliseconds. Throws on
 * `infinity` and on years outside 1 to 9999, which no column of ours holds.
 */
export function readTimestamptz(text: string): Instant {
  const parts = SHAPE.exec(text);
  if (!parts) throw new RangeError(`not a timestamptz of ours: ${text}`);
  const part = (index: number): number => Number(parts[index] ?? 0);
  const year = part(1);
  const utc = Date.UTC(
    ...([year + 400, part(2) - 1, part(3)] as const),
    ...([part(4), part(5), part(6), Number((parts[7] ?? "0").padEnd(3, "0").slice(0, 3))] as const),
  );
  const offset = (part(9) * 60 + part(10)) * 60_000 * (parts[8] === "-" ? -1 : 1);
  return (utc - offset - 146_097 * DAY_MS) as Instant;
}

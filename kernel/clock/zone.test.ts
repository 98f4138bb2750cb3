/** Wall clocks of zones against the platform's own, and across both changes of summer time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  fromIso,
  type Instant,
  isZone,
  shanghaiDate,
  shanghaiHourOfWeek,
  wallClock,
} from "./index.ts";

const ZONES = [
  "Asia/Shanghai",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "UTC",
] as const;
const supported = fc
  .integer({ min: Date.UTC(1992, 0, 2), max: Date.UTC(2100, 0, 1) })
  .map((value) => value as Instant);

test("day and hour of the week agree with the platform's, in whatever order they are asked", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), supported, (zone, instant) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
      assert.deepEqual(wallClock(instant, zone), {
        date: zoned.toPlainDate().toString(),
        hourOfWeek: (zoned.dayOfWeek - 1) * 24 + zoned.hour,
      });
    }),
  );
});

test("Shanghai by the table is Shanghai by addition", () => {
  fc.assert(
    fc.property(supported, (instant) => {
      const wall = { date: shanghaiDate(instant), hourOfWeek: shanghaiHourOfWeek(instant) };
      assert.deepEqual(wallClock(instant, "Asia/Shanghai"), wall);
    }),
  );
});

test("summer time skips an hour of a Sunday and repeats another", () => {
  const hour = (text: string) => wallClock(fromIso(text), "Europe/Berlin").hourOfWeek - 144;
  assert.equal(hour("2026-03-29T00:59:59.999Z"), 1);
  assert.equal(hour("2026-03-29T01:00:00.000Z"), 3);
  assert.equal(hour("2026-10-25T00:59:59.999Z"), 2);
  assert.equal(hour("2026-10-25T01:00:00.000Z"), 2);
  assert.equal(hour("2026-10-25T02:00:00.000Z"), 3);
});

test("a name that the platform does not know is no zone", () => {
  for (const zone of ZONES) assert.equal(isZone(zone), true, zone);
  for (const name of ["", "Berlin", "Europe/Nowhere", "+08:00", "A/B/C/D", `A/${"b".repeat(40)}`]) {
    assert.equal(isZone(name), false, name);
    if (name !== "") assert.throws(() => wallClock(0 as Instant, `${name}?`), RangeError);
  }
});

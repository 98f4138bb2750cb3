/** Comments as indicators count them, by situation, at the edges of their days. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import type { HeardRow } from "../comment/heard.store.ts";
import { windowOf } from "../indicator/facts.ts";
import { consultationFacts, dueOf } from "./consultations.ts";

const midnight = (date: string) => fromIso(`${date}T00:00:00+08:00`);
const before = (at: Instant) => (at - 1) as Instant;
/** The round ends with 5 January, so an answer is late from 21 January on. */
const CLOSES = midnight("2027-01-06");
const DUE = midnight("2027-01-21");

const waiting: HeardRow = {
  ...{ round: 1, number: 1, at: midnight("2027-01-02"), state: "waiting", closes_at: CLOSES },
  ...{ answered_at: null, changes: false, released_at: null },
};
const answered = (at: Instant, changes = false): HeardRow => ({
  ...{ ...waiting, state: "admitted", answered_at: at, changes },
});
const count = (rows: readonly HeardRow[], now: Instant, at: Instant = now) =>
  Object.values(consultationFacts(rows, { window: windowOf("month", at), now })).map(Number);

test("an answer is owed to what waits or was admitted, by fifteen days after its round", () => {
  assert.equal(dueOf(waiting), DUE);
  assert.equal(dueOf({ ...waiting, state: "admitted" }), DUE);
  assert.equal(dueOf({ ...waiting, state: "set_aside" }), null);
  assert.equal(dueOf({ ...waiting, state: "duplicate" }), null);
});

test("nothing is owed once there is nothing left to answer for, unless it was late before", () => {
  assert.equal(dueOf({ ...waiting, released_at: before(DUE) }), null);
  assert.equal(dueOf({ ...waiting, released_at: DUE }), DUE);
  const given = answered(midnight("2027-01-07"));
  assert.equal(dueOf({ ...given, released_at: midnight("2027-01-08") }), DUE);
});

test("received, due, in time, overdue, led to a change: to the last instant of the day", () => {
  const late = midnight("2027-01-31");
  assert.deepEqual(count([waiting], before(DUE)), [1, 0, 0, 0, 0], "not due yet");
  assert.deepEqual(count([waiting], DUE), [1, 1, 0, 1, 0], "late from that instant on");
  assert.deepEqual(count([answered(before(DUE), true)], late), [1, 1, 1, 0, 1]);
  assert.deepEqual(count([answered(DUE)], late), [1, 1, 0, 0, 0]);
  const set_aside: HeardRow = { ...waiting, state: "set_aside" };
  assert.deepEqual(count([set_aside], late), [1, 0, 0, 0, 0]);
});

test("each thing is counted in the window in which it happened", () => {
  const row = answered(midnight("2027-02-03"), true);
  const now = midnight("2027-03-01");
  assert.deepEqual(count([row], now, midnight("2027-01-15")), [1, 1, 0, 1, 0]);
  assert.deepEqual(count([row], now, midnight("2027-02-15")), [0, 0, 0, 0, 1]);
  assert.deepEqual(count([row], now), [0, 0, 0, 0, 0]);
});

/** P4.3: allowed times and amounts, tried at their edges; and what counts as loosening. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import fc from "fast-check";
import type { Controls } from "../contract.ts";
import { brokenBy, type Control, controlOf, controlsOf, daysAgree, loosened } from "./control.ts";

const at = (text: string) => fromIso(`${text}+08:00`);
/** Hours of every day from `from` to `to`, end exclusive. */
const daily = (from: number, to: number) =>
  Array.from({ length: 168 }, (_, hour) => (hour % 24 >= from && hour % 24 < to ? "1" : "0")).join(
    "",
  );
/** One hour of the week only. */
const only = (...hours: number[]) =>
  Array.from({ length: 168 }, (_, hour) => (hours.includes(hour) ? "1" : "0")).join("");

const TUESDAY = at("2026-11-24T10:00:00");

const CASES: readonly [name: string, Controls, amount: bigint, Instant, codes: string[]][] = [
  ["500.00 under 500.00", { paymentAmount: "50000" }, 50000n, TUESDAY, []],
  [
    ...(["500.01 above 500.00", { paymentAmount: "50000" }, 50001n, TUESDAY] as const),
    ["token_payment_amount_exceeded"],
  ],
  ["17:59:59.999 before six", { hours: daily(8, 18) }, 1n, at("2026-11-24T17:59:59.999"), []],
  [
    ...(["18:00:00.000 is over", { hours: daily(8, 18) }, 1n] as const),
    ...([at("2026-11-24T18:00:00.000"), ["token_hour_closed"]] as [Instant, string[]]),
  ],
  [
    ...(["07:59:59.999 is early", { hours: daily(8, 18) }, 1n] as const),
    ...([at("2026-11-24T07:59:59.999"), ["token_hour_closed"]] as [Instant, string[]]),
  ],
  ["08:00:00.000 opens", { hours: daily(8, 18) }, 1n, at("2026-11-24T08:00:00"), []],
  ["the week's last hour", { hours: only(167) }, 1n, at("2026-11-29T23:59:59.999"), []],
  [
    ...(["Monday 00:00 is another week", { hours: only(167) }, 1n] as const),
    ...([at("2026-11-30T00:00:00"), ["token_hour_closed"]] as [Instant, string[]]),
  ],
  ["Monday 00:00 is the first hour", { hours: only(0) }, 1n, at("2026-11-30T00:00:00"), []],
  ["the first day begins", { firstDay: "2026-12-01" }, 1n, at("2026-12-01T00:00:00"), []],
  [
    ...(["the month before", { firstDay: "2026-12-01" }, 1n] as const),
    ...([at("2026-11-30T23:59:59.999"), ["token_before_first_day"]] as [Instant, string[]]),
  ],
  ["the last day ends", { lastDay: "2026-11-30" }, 1n, at("2026-11-30T23:59:59.999"), []],
  [
    ...(["the month after", { lastDay: "2026-11-30" }, 1n] as const),
    ...([at("2026-12-01T00:00:00"), ["token_after_last_day"]] as [Instant, string[]]),
  ],
];

for (const [name, controls, amount, now, codes] of CASES) {
  test(`P4.3: ${name}`, () => {
    const failed = brokenBy(controlOf(controls, 3), amount, now);
    assert.deepEqual(
      failed.map(({ code }) => code),
      codes,
    );
    for (const one of failed) assert.equal(one.clause, "control v3");
  });
}

test("P4.3: every bound that fails is named, in one order", () => {
  const controls = { paymentAmount: "1", hours: only(0), lastDay: "2026-11-23" };
  assert.deepEqual(
    brokenBy(controlOf(controls, 1), 2n, TUESDAY).map(({ code }) => code),
    ["token_payment_amount_exceeded", "token_hour_closed", "token_after_last_day"],
  );
});

test("days have to be days, and in order", () => {
  assert.equal(daysAgree({ firstDay: "2026-11-30", lastDay: "2026-11-30" }), true);
  assert.equal(daysAgree({ firstDay: "2026-12-01", lastDay: "2026-11-30" }), false);
  assert.equal(daysAgree({ lastDay: "2026-02-30" }), false);
});

const amount = fc.option(fc.bigInt({ min: 1n, max: 5n }), { nil: null });
const day = fc.option(
  fc.integer({ min: 1, max: 5 }).map((n) => `2026-11-0${n}`),
  { nil: null },
);
// Few hours vary, so that two grids are often comparable.
const hours = fc.option(
  fc.integer({ min: 0, max: 15 }).map((bits) => {
    return bits.toString(2).padStart(4, "0") + "1".repeat(164);
  }),
  { nil: null },
);
const control: fc.Arbitrary<Control> = fc.record({
  ...{ version: fc.constant(1), paymentAmount: amount, dayAmount: amount, dayCount: amount },
  ...{ monthAmount: amount, hours, firstDay: day, lastDay: day },
});

test("what does not loosen allows nothing that was forbidden", () => {
  const instants = ["2026-11-02T00:30:00", "2026-11-02T02:30:00", "2026-11-04T12:00:00"].map(at);
  fc.assert(
    fc.property(control, control, fc.bigInt({ min: 1n, max: 6n }), (before, after, asked) => {
      if (loosened(before, after).length > 0) return;
      for (const now of instants) {
        const allowed = brokenBy(after, asked, now).length === 0;
        if (allowed) assert.deepEqual(brokenBy(before, asked, now), []);
      }
      const caps = ["dayAmount", "dayCount", "monthAmount"] as const;
      for (const cap of caps) {
        const [was, is] = [before[cap], after[cap]];
        assert(was === null || (is !== null && is <= was));
      }
    }),
  );
});

test("tightening is an order: reflexive, transitive, and both ways only for the same", () => {
  fc.assert(
    fc.property(control, control, control, (a, b, c) => {
      assert.deepEqual(loosened(a, a), []);
      const tightens = (from: Control, to: Control) => loosened(from, to).length === 0;
      if (tightens(a, b) && tightens(b, c)) assert(tightens(a, c));
      const open = (grid: string | null) => grid ?? "1".repeat(168);
      if (tightens(a, b) && tightens(b, a)) {
        assert.deepEqual({ ...a, hours: open(a.hours) }, { ...b, hours: open(b.hours) });
      }
    }),
  );
});

test("controls read back as they were written", () => {
  const controls: Controls = { dayAmount: "500000", dayCount: "3", hours: daily(8, 18) };
  assert.deepEqual(controlsOf(controlOf(controls, 2)), controls);
});

/** The life of a directive, every status against every step, and where orders put a pilot. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isRefusal } from "@sandbank/kernel/words";
import { move, STATES } from "../pilot/pilot.ts";
import type { Tightening } from "../policy/policy.ts";
import { orderContract } from "./directive.contract.ts";
import { eventTowards, stateUnder, STATUSES, step, STEPS } from "./directive.ts";

const LEGAL: Readonly<Record<string, string>> = {
  "proposed approve": "in_force",
  "proposed reject": "dropped",
  "proposed expire": "dropped",
  "in_force acknowledge_all": "effective",
  "in_force lift": "lifted",
  "effective lift": "lifted",
};

test("a directive takes exactly its legal steps", () => {
  for (const status of STATUSES) {
    for (const event of STEPS) {
      const answer = step(status, event);
      const expected = LEGAL[`${status} ${event}`];
      if (expected === undefined) assert.ok(isRefusal(answer), `${status} ${event}`);
      else assert.equal(answer, expected, `${status} ${event}`);
    }
  }
});

const closing = (...closes: ("OPEN" | "USE")[]): Tightening => ({ number: 1, closes, lowers: [] });
const lowering: Tightening = { number: 2, closes: [], lowers: [{ limit: "a", cap: "1" }] };

test("both classes closed is suspended, anything less is restricted, nothing is testing", () => {
  const rows: readonly (readonly [string, readonly Tightening[]])[] = [
    ["testing", []],
    ["restricted", [closing("OPEN")]],
    ["restricted", [closing("USE")]],
    ["restricted", [lowering]],
    ["suspended", [closing("OPEN", "USE")]],
    ["suspended", [closing("OPEN"), lowering, closing("USE")]],
  ];
  for (const [state, tightenings] of rows) assert.equal(stateUnder(tightenings), state);
});

test("under test the event leads where the directives put the pilot; elsewhere it is refused", () => {
  for (const from of STATES) {
    for (const to of ["restricted", "suspended", "testing"] as const) {
      const answer = move(from, eventTowards(from, to));
      const bound = from === "restricted" || from === "suspended";
      const tested = bound || from === "testing" || from === "evaluation" || from === "passed";
      const legal = to === "testing" ? bound : tested;
      if (legal) assert.equal(answer, to, `${from} to ${to}`);
      else assert.ok(isRefusal(answer), `${from} to ${to}`);
    }
  }
});

test("an order cannot name SERVICE, nothing at all, or go without both languages", () => {
  const text = { zh: "原因", en: "reason" };
  const good = {
    ...{ kind: "suspension", classes: ["OPEN"], reason: text, notice: text },
    liftedWhen: text,
  };
  assert.equal(orderContract.safeParse(good).success, true);
  for (const wrong of [
    { ...good, classes: ["SERVICE"] },
    { ...good, classes: [] },
    { ...good, reason: { zh: "原因" } },
    { ...good, reason: { zh: "原因", en: "" } },
    { ...good, kind: "order" },
    { ...good, kind: "restriction", classes: undefined, caps: [] },
  ]) {
    assert.equal(orderContract.safeParse(wrong).success, false);
  }
});

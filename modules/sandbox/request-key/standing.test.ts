/** How keys for requests stand, at each boundary. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Instant } from "@sandbank/kernel/clock";
import { standingOf } from "./standing.ts";

const END = Date.UTC(2026, 11, 31) as Instant;
const DAY_MS = 86_400_000;

test("a key is in use, expires soon from 30 days before its end on, is over at its end, or ended", () => {
  const before = (ms: number) => (END - ms) as Instant;
  const at = (ms: number) => standingOf({ expires: END, ended: null }, before(ms));
  assert.equal(at(30 * DAY_MS + 1), "in_use");
  assert.equal(at(30 * DAY_MS), "soon");
  assert.equal(at(1), "soon");
  assert.equal(at(0), "expired");
  assert.equal(standingOf({ expires: END, ended: before(DAY_MS) }, before(DAY_MS)), "ended");
});

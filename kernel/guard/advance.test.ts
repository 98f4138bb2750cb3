/** How far one turn of the demonstration's clock may go. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso } from "../clock/index.ts";
import { refuseFarTurn } from "./advance.ts";

const NOW = fromIso("2060-01-01T00:00:00Z");

for (const [to, code] of [
  ["2059-01-01T00:00:00Z", undefined],
  ["2063-01-05T00:00:00Z", undefined],
  ["2063-01-05T00:00:00.001Z", "clock_turned_too_far"],
  ["9999-12-31T23:59:59Z", "clock_turned_too_far"],
] as const) {
  test(`from 2060 to ${to}: ${code ?? "it may be turned"}`, () => {
    assert.equal(refuseFarTurn(NOW, fromIso(to))?.code, code);
  });
}

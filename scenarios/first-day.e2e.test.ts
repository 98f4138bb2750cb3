/** A first day of 200 payments on a real Sandbank: every check of it agrees. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { firstDay } from "./first-day.ts";

test("a first day of 200 payments reaches the cap to the fen, and all books agree", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "first-day-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const end = await firstDay({ data, seed: 1, payments: 200, lang: "en" });
  assert.deepEqual(end.failed, [], end.report);
  assert.ok(end.checks.length >= 24);
});

/** A year of few acts on a real Sandbank: every check of it agrees. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { regulatorYear } from "./regulator-year.ts";

test("a year of six pilots and a seventh ends in the books that it foretold", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "regulator-year-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const end = await regulatorYear({ data, seed: 1, size: 8, lang: "en" });
  assert.deepEqual(end.failed, [], end.report);
  assert.ok(end.checks.length >= 61, `${end.checks.length} checks`);
});

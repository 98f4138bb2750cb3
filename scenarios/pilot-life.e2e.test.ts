/** The life of a pilot of few customers on a real Sandbank: every check of it agrees. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pilotLife } from "./pilot-life.ts";

test("payment tokens are declared, tested, evaluated and leave as foretold, and the archive proves it", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "pilot-life-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const end = await pilotLife({ data, seed: 1, size: 20, lang: "en" });
  assert.deepEqual(end.failed, [], end.report);
  assert.ok(end.checks.length >= 32, `${end.checks.length} checks`);
});

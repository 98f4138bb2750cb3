/** A year at its usual size, and one that is killed in the middle of steps and lived to the same books. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { machineNow } from "@sandbank/world";
import { drawFrom } from "./draw.ts";
import type { Kept } from "./regulator-year/kept.ts";
import { regulatorYear } from "./regulator-year.ts";

const CUT_SHORT = fileURLToPath(new URL("./cut-short-year.fixture.ts", import.meta.url));
const SIZE = 8;
/** Steps after which a third of the year each is over, and how long after it the kill may come. */
const THIRDS = [2, 30, 58] as const;
const STEPS_OF_THIRD = 26;
const LATE_MS_MAX = 400;

function folder(t: TestContext): string {
  const data = mkdtempSync(join(tmpdir(), "regulator-year-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

test("a year of the usual size ends in the books that it foretold", async (t) => {
  const end = await regulatorYear({ data: folder(t), seed: 1, size: 600, lang: "en" });
  assert.deepEqual(end.failed, [], end.report);
});

test("a year that is killed at three points ends in the books of an undisturbed one", async (t) => {
  const seed = Number(process.env["SANDBANK_SEED"] ?? machineNow() % 1_000_000);
  t.diagnostic(`SANDBANK_SEED=${seed}`);
  const draw = drawFrom(seed);
  const data = folder(t);
  for (const first of THIRDS) {
    const [step, ms] = [first + draw.below(STEPS_OF_THIRD), draw.below(LATE_MS_MAX)];
    t.diagnostic(`killed ${ms} ms after step ${step}`);
    assert.equal(await cutShort({ data, seed, step, ms }), "SIGKILL");
  }
  const lived = await regulatorYear({ data, seed, size: SIZE, lang: "en" });
  assert.deepEqual(lived.failed, [], lived.report);
  const other = folder(t);
  const undisturbed = await regulatorYear({ data: other, seed, size: SIZE, lang: "en" });
  assert.deepEqual(undisturbed.failed, [], undisturbed.report);
  assert.deepEqual(booksOf(data), booksOf(other));
});

/** What must not depend on how often a year was lived: readings, events, and what checks saw. */
function booksOf(data: string) {
  const kept = JSON.parse(readFileSync(join(data, "progress.json"), "utf8")) as Kept;
  const seen = kept.checks.map(({ name, seen: figure }) => `${name}: ${figure}`).toSorted();
  return { readings: kept.readings, events: kept.events, seen };
}

function cutShort(of: {
  readonly data: string;
  readonly seed: number;
  readonly step: number;
  readonly ms: number;
}): Promise<string> {
  const words = [of.data, of.seed, SIZE, of.step, of.ms].map(String);
  const child = spawn(process.execPath, [CUT_SHORT, ...words], { stdio: "inherit" });
  return new Promise((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? `exit ${code}`)),
  );
}

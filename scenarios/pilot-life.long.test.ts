/** A life at its usual size, and one that is killed in the middle of steps and lived to the same books. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { machineNow } from "@sandbank/world";
import { drawFrom } from "./draw.ts";
import type { Kept } from "./pilot-life/life.ts";
import { SIZE } from "./pilot-life/plan.ts";
import { pilotLife } from "./pilot-life.ts";

const CUT_SHORT = fileURLToPath(new URL("./cut-short-life.fixture.ts", import.meta.url));
const SMALL = 20;
/** Acts of a run after which it is killed, and how long after; a run that goes on counts anew. */
const ACTS_MAX = 90;
const LATE_MS_MAX = 400;
/** After this step the pilot's tokens, cards and keys go, which takes a while. */
const BEFORE_ITS_END = "captured";
const ENDING_MS_MAX = 4_000;

function folder(t: TestContext): string {
  const data = mkdtempSync(join(tmpdir(), "pilot-life-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

test("2,000 customers near every cap: the whole life is what was foretold", async (t) => {
  const end = await pilotLife({ data: folder(t), seed: 1, size: SIZE.usual, lang: "en" });
  assert.deepEqual(end.failed, [], end.report);
});

test("a life that is killed at four points ends in the books of an undisturbed one", async (t) => {
  const seed = Number(process.env["SANDBANK_SEED"] ?? machineNow() % 1_000_000);
  t.diagnostic(`SANDBANK_SEED=${seed}`);
  const draw = drawFrom(seed);
  const data = folder(t);
  const cuts = Array.from({ length: 3 }, () => ({
    ...{ after: String(1 + draw.below(ACTS_MAX)), ms: draw.below(LATE_MS_MAX) },
  }));
  for (const { after, ms } of [...cuts, { after: BEFORE_ITS_END, ms: draw.below(ENDING_MS_MAX) }]) {
    t.diagnostic(`killed ${ms} ms after ${after} of its run`);
    assert.equal(await cutShort({ data, seed, after, ms }), "SIGKILL");
  }
  const lived = await pilotLife({ data, seed, size: SMALL, lang: "en" });
  assert.deepEqual(lived.failed, [], lived.report);
  const other = folder(t);
  const undisturbed = await pilotLife({ data: other, seed, size: SMALL, lang: "en" });
  assert.deepEqual(undisturbed.failed, [], undisturbed.report);
  assert.deepEqual(booksOf(data), booksOf(other));
});

/**
 * What must not depend on how often a life was lived: readings, events, and what checks saw. The
 * archive's one hash differs, since ids and signatures do.
 */
function booksOf(data: string) {
  const kept = JSON.parse(readFileSync(join(data, "progress.json"), "utf8")) as Kept;
  const own = kept.checks.filter(({ name }) => !name.startsWith("archive"));
  const seen = own.map(({ name, seen: figure }) => `${name}: ${figure}`).toSorted();
  return { readings: kept.readings, events: kept.events, seen };
}

function cutShort(of: {
  readonly data: string;
  readonly seed: number;
  readonly after: string;
  readonly ms: number;
}): Promise<string> {
  const words = [of.data, of.seed, SMALL, of.after, of.ms].map(String);
  const child = spawn(process.execPath, [CUT_SHORT, ...words], { stdio: "inherit" });
  return new Promise((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? `exit ${code}`)),
  );
}

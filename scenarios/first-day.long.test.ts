/** A first day at its full size, and one that is killed three times and lived to the same books. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { machineNow } from "@sandbank/world";
import { drawFrom } from "./draw.ts";
import { actsOf } from "./first-day/day.ts";
import { planDay } from "./first-day/plan.ts";
import { firstDay } from "./first-day.ts";

const CUT_SHORT = fileURLToPath(new URL("./cut-short.fixture.ts", import.meta.url));

function folder(t: TestContext): string {
  const data = mkdtempSync(join(tmpdir(), "first-day-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

test("a first day of 5,000 payments reaches CNY 1,000,000.00 to the fen, and all books agree", async (t) => {
  const end = await firstDay({ data: folder(t), seed: 1, payments: 5_000, lang: "en" });
  assert.deepEqual(end.failed, [], end.report);
});

test("a day that is killed at three points ends in the books of an undisturbed one", async (t) => {
  const seed = Number(process.env["SANDBANK_SEED"] ?? machineNow() % 1_000_000);
  t.diagnostic(`SANDBANK_SEED=${seed}`);
  const day = { seed, payments: 200 };
  const draw = drawFrom(seed);
  const third = Math.floor(actsOf(planDay(day)) / 3);
  const data = folder(t);
  for (const database of [false, false, true]) {
    const act = 1 + draw.below(third);
    t.diagnostic(`killed at act ${act} of its run${database ? ", the database too" : ""}`);
    assert.equal(await cutShort({ ...day, data, act, database }), "SIGKILL");
  }
  const lived = await firstDay({ ...day, data, lang: "en" });
  const undisturbed = await firstDay({ ...day, data: folder(t), lang: "en" });
  assert.deepEqual(lived.failed, [], lived.report);
  assert.deepEqual(undisturbed.failed, [], undisturbed.report);
  assert.equal(lived.books, undisturbed.books);
});

function cutShort(of: {
  readonly data: string;
  readonly seed: number;
  readonly payments: number;
  readonly act: number;
  readonly database: boolean;
}): Promise<string> {
  const { data, seed, payments, act, database } = of;
  const words = [data, seed, payments, act, ...(database ? ["database"] : [])].map(String);
  const child = spawn(process.execPath, [CUT_SHORT, ...words], { stdio: "inherit" });
  return new Promise((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? `exit ${code}`)),
  );
}

/** The public page of an exit and its twin: what was open, what each step rests on, and its terms. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import type { Lang } from "@sandbank/kernel/words";
import { fixtureReader } from "../fixture/reader.ts";
import { exitPage } from "./exit.page.ts";
import { exitTwin } from "./exit.twin.ts";

const reader = fixtureReader();

async function htmlOf(slug: string, lang: Lang, from = reader): Promise<string> {
  const answer = await exitPage(from, lang, slug);
  assert.ok(answer && "html" in answer);
  return answer.html;
}

test("退出: the report says what was open to the fen, on what each step rests, and its archive", async () => {
  const running = await htmlOf("open-bank", "en");
  assert.match(running, /2 of 4 steps are done/);
  assert.doesNotMatch(running, /What was open when it began/);
  const page = await htmlOf("item-provenance", "en");
  assert.match(page, /Trade finance outstanding[\s\S]*CNY 1,234,567\.00/);
  assert.match(page, /Partner agreement: 3 listed, 2 finished, 1 handed over/);
  assert.equal(page.match(/(7c9e){16}/g)?.length, 6, "an evidence for each step, and the archive");
  assert.match(page, /sandbank\.example\/item-provenance\/0/);
  assert.doesNotMatch(page, /open-bank|AIBank/, "nothing of another pilot stands on it");
  assert.match(await htmlOf("item-provenance", "zh"), /办结为止/);
  const answer = await exitTwin(reader, "en", "item-provenance");
  assert.ok(answer && "json" in answer);
  const twin = JSON.parse(JSON.stringify(answer.json)) as Record<string, unknown>;
  const report = twin["report"] as Record<string, Record<string, unknown>>;
  assert.equal(report["days"], 15);
  const { obligations } = report["open_at_the_beginning"] as { obligations: unknown[] };
  assert.deepEqual(obligations[0], {
    ...{ what: "stocks_zero", limit: "Trade finance outstanding" },
    ...{ unit: "fen", amount: "123456700" },
  });
});

test("退出: a plan that was drafted here says its days and costs, and which step is late", async () => {
  const found = await reader.exit("open-bank");
  assert.ok(found);
  const [first, second, third, last] = found.steps;
  assert.ok(first?.closedAt !== undefined && second?.closedAt !== undefined && third && last);
  const steps = [
    { ...first, days: 1, cost: 0n, dueBy: first.closedAt },
    { ...second, days: 30, cost: 120_000_05n, dueBy: (second.closedAt + 1) as Instant },
    { ...third, days: 7, cost: 1n, dueBy: fromIso("2020-11-20T16:00:00Z") },
    last,
  ];
  const drafted = { ...reader, exit: async () => ({ ...found, version: 3, steps }) };
  const page = await htmlOf("open-bank", "en", drafted);
  const text = page.replaceAll(/<[^>]+>|\s+/g, " ");
  assert.match(text, /Clause 5\.3 of the declaration, version 3/);
  assert.match(
    text,
    /Days at most: 1 · Expected to cost CNY 0\.00 · Done after its days were over/,
  );
  assert.match(text, /Days at most: 30 · Expected to cost CNY 120,000\.05 /);
  assert.match(text, /Days at most: 7 · Expected to cost CNY 0\.01 · Due by 2020-11-21 00:00/);
  assert.equal(
    text.match(/after its days were over/g)?.length,
    1,
    "at its last instant it is late",
  );
});

/** The public page of a pilot that is watched, and its twin. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { calendarDate, fromIso } from "@sandbank/kernel/clock";
import { strayWords } from "@sandbank/ui/testing";
import { fixtureReader } from "../fixture/reader.ts";
import type { DisclosureReader, WatchLine } from "../ports.ts";
import { pilotPage, pilotTwinPage } from "./pilot.page.ts";

const SLUG = "small-business-credit";
const reader = fixtureReader();

const MISSED = { zh: "交易成功率不低于99.50%", en: "A success rate of at least 99.50 %" };
const WATCHED: WatchLine = {
  ...{ state: "running", from: calendarDate("2020-09-10"), to: calendarDate("2020-12-08") },
  ...{ days: 90, daysFrom: "design" },
  checks: [
    {
      ...{ number: 1, from: calendarDate("2020-09-10"), to: calendarDate("2020-09-30") },
      ...{ of: 6, missed: [MISSED] },
    },
  ],
  findings: [
    {
      ...{ number: 1, kind: "thresholds", state: "accepted", check: 1 },
      at: fromIso("2020-09-30T16:00:00Z"),
      reason: { zh: "缺陷已定位", en: "The defect is located" },
      conditions: [
        { text: { zh: "改正", en: "Mend it" }, by: "2020-10-15" },
        { text: { zh: "成功率恢复", en: "The rate is back" }, by: "2020-10-31", state: "missed" },
      ],
    },
    {
      ...{ number: 2, kind: "condition", state: "open" },
      at: fromIso("2020-10-31T16:00:00Z"),
    },
  ],
};

test("a watch period says its days, whose they are, what was missed and why it was let pass", async () => {
  const watched: DisclosureReader = {
    ...reader,
    async pilot(slug) {
      const found = await reader.pilot(slug);
      return found && { ...found, phase: "graduated", watch: WATCHED };
    },
  };
  for (const lang of ["zh", "en"] as const) {
    const page = await htmlOf(watched, lang);
    assert.deepEqual(strayWords(page, lang), []);
    for (const text of [MISSED, WATCHED.findings[0]?.reason]) {
      assert.ok(page.includes(text?.[lang] ?? "?"), lang);
    }
    assert.match(page, /2020-12-08/);
    assert.match(page, lang === "zh" ? /本系统的设计为90日/ : /90 days are the design of this/);
    const judged = lang === "zh" ? /成功率恢复[^<]*\s+未达到/ : /The rate is back[^<]*\s+Missed/;
    assert.match(page, judged);
    assert.match(page, lang === "zh" ? /第2项发现：条件未达到/ : /Finding 2: a condition missed/);
    assert.doesNotMatch(await htmlOf(reader, lang), /id="watch"/);
  }
  const answer = await pilotTwinPage(watched, "en", { slug: SLUG });
  assert.ok(answer && "json" in answer);
  const twin = JSON.parse(JSON.stringify(answer.json)) as { watch: Record<string, unknown> };
  assert.deepEqual(
    [twin.watch["state"], twin.watch["days_from"], twin.watch["to"]],
    ["running", "design", "2020-12-08"],
  );
  assert.deepEqual(twin.watch["findings"], [
    {
      ...{ number: 1, kind: "thresholds", state: "accepted", at: "2020-09-30T16:00:00.000Z" },
      ...{ check: 1, reason: "The defect is located" },
      conditions: [
        { text: "Mend it", by: "2020-10-15" },
        { text: "The rate is back", by: "2020-10-31", state: "missed" },
      ],
    },
    { number: 2, kind: "condition", state: "open", at: "2020-10-31T16:00:00.000Z" },
  ]);
});

async function htmlOf(from: DisclosureReader, lang: "zh" | "en"): Promise<string> {
  const answer = await pilotPage(from, lang, { slug: SLUG });
  assert.ok(answer && "html" in answer);
  return answer.html;
}

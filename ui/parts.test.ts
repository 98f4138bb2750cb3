/** The parts of pages: what is drawn, what is said beside it, in both languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Lang, declareRefusals } from "@sandbank/kernel/words";
import { bareFigure, figure, figureShort, share } from "./figures.ts";
import { facts, table } from "./facts.ts";
import { errorSummary, field, form, pagination } from "./form.ts";
import { page } from "./frame.ts";
import { html } from "./html.ts";
import { refusalPage } from "./refusal.ts";
import { PHASE_WORDS, phaseBanner } from "./state.ts";
import { strayWords } from "./testing/stray.ts";
import { scaleBar, tide, tideMarks } from "./tide.ts";
import { preferredLang, sayCounted, sayHtml, uiWords } from "./words.ts";

const LANGS: readonly Lang[] = ["zh", "en"];
const text = (value: unknown) => String(value).replace(/\s+/g, " ");

test("a bar with a cap ends at the cap, and water, flag and wall stand where their figures say", () => {
  assert.deepEqual(tideMarks({ actual: 131_480n, target: 150_000n, cap: 180_000n }), {
    ...{ water: 7304n, sand: 10_000n, flag: 8333n, wall: 10_000n, flagOff: false },
  });
});

test("a bar without a cap has an open shore beyond its target", () => {
  const marks = tideMarks({ actual: 64n, target: 100n });
  assert.deepEqual(marks, { water: 5565n, sand: 10_000n, flag: 8695n, flagOff: false });
  assert.match(text(tide({ id: "a", actual: 64n, target: 100n })), /linearGradient/);
});

test("an ambition far above the cap is not drawn, and said in words", () => {
  const bar = { id: "t", actual: 48_210n, target: 1_000_000_000n, cap: 60_000n } as const;
  assert.equal(tideMarks(bar).flagOff, true);
  assert.doesNotMatch(text(tide(bar)), /class="flag"/);
  const said = text(scaleBar({ ...bar, lang: "zh", label: "终端数", unit: "terminals" }));
  assert.match(said, /<dt>目标<\/dt>/);
});

test("what was asked and did not fit stands behind the water and beyond the cap", () => {
  const marks = tideMarks({ actual: 81_250n, asked: 38_600n, cap: 100_000n });
  assert.equal(marks.water + (marks.ask ?? 0n), 9999n);
  assert.ok((marks.wall ?? 0n) < 10_000n);
});

test("nothing on any bar stands outside of it", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 18n });
  const some = fc.option(amount, { nil: undefined });
  fc.assert(
    fc.property(some, some, some, some, (actual, target, cap, asked) => {
      const { flagOff: _, ...marks } = tideMarks({ actual, target, cap, asked });
      for (const mark of Object.values(marks)) assert.ok(mark >= 0n && mark <= 10_000n);
      assert.ok(marks.water + (marks.ask ?? 0n) <= 10_000n);
    }),
  );
});

test("a bar says every figure that it draws", () => {
  const said = text(
    scaleBar({
      ...{ id: "m", lang: "en", label: "Today", unit: "fen", kind: "used", level: 3 },
      ...{ actual: 81_250n, cap: 100_000n, notes: ["Resets at midnight"] },
    }),
  );
  for (const words of ["CNY 812.50", "CNY 187.50", "CNY 1,000.00", "Left", "Resets at midnight"]) {
    assert.ok(said.includes(words), words);
  }
});

test("figures carry their unit in both languages, and English counts one as one", () => {
  assert.equal(figure(131_480n, "borrowers", "zh"), "131,480户");
  assert.equal(figure(1n, "borrowers", "en"), "1 borrower");
  assert.equal(figure(0n, "users", "en"), "0 users");
  assert.equal(figure(38_600n, "fen", "zh"), "¥386.00");
  assert.equal(figureShort(1_000_000_000n, "terminals", "zh"), "10亿台");
  assert.equal(figureShort(9_124_000_000_000n, "fen", "en"), "CNY 91.24 bn");
  assert.equal(bareFigure(180_000n, "borrowers", "en"), "180,000");
  assert.equal(share(131_480n, 150_000n), "87.7%");
  assert.equal(share(1n, 0n), undefined);
  assert.equal(share(0n, 100n), "0.0%");
  assert.equal(share(16n, 10_000_000n), "<0.1%");
  assert.equal(figureShort(150_000n, "borrowers", "zh"), "15万户");
  assert.equal(figureShort(150_001n, "borrowers", "zh"), "150,001户");
  assert.equal(figureShort(10_000_000n, "users", "en"), "10 million users");
});

test("a sentence with a link escapes everything but the link", () => {
  const said = sayHtml({ zh: "<见>{link}", en: "" }, "zh", { link: html`<a href="/">此处</a>` });
  assert.equal(String(said), `&lt;见&gt;<a href="/">此处</a>`);
  assert.throws(() => sayHtml({ zh: "{other}", en: "" }, "zh", {}));
});

test("a counted text has one form in Chinese and two in English", () => {
  const say = (lang: Lang, n: number) => sayCounted(uiWords.errors, lang, { n, figure: `${n}` });
  assert.equal(say("zh", 1), "有1处要改");
  assert.equal(say("en", 1), "There is one thing to correct");
  assert.equal(say("en", 2), "There are 2 things to correct");
});

test("the preferred language follows the weights, not the order", () => {
  assert.equal(preferredLang("zh;q=0.3, en;q=0.9"), "en");
  assert.equal(preferredLang("en-US"), "en");
  assert.equal(preferredLang("en;q=0"), "zh");
  assert.equal(preferredLang("*"), "zh");
  assert.equal(preferredLang(undefined), "zh");
});

test("a banner marks the steps behind, the step now, and none once all are done", () => {
  const notes = ["a", "b", "c", "d", "e"];
  const testing = text(phaseBanner({ lang: "en", phase: "testing", notes }));
  assert.equal(testing.match(/class="done"/g)?.length, 2);
  assert.match(testing, /<li class="now" aria-current="step">\s*<b>Testing<\/b>/);
  assert.doesNotMatch(text(phaseBanner({ lang: "en", phase: "exited", notes })), /aria-current/);
});

test("every phase has a word and a sentence in its own language", () => {
  for (const { word, sentence } of Object.values(PHASE_WORDS)) {
    for (const lang of LANGS) {
      assert.deepEqual(strayWords(`<p>${word[lang]} ${sentence[lang]}</p>`, lang), []);
      assert.doesNotMatch(word[lang] + sentence[lang], /请|非法|invalid/);
    }
  }
});

test("a form carries the fields of the server, and its button says the act", () => {
  const made = text(
    form({
      ...{ action: "/zh/tasks/1", act: "批准出金¥200,000.00", fields: "", grave: true },
      formFields: `<input type="hidden" name="csrf" value="x">`,
    }),
  );
  assert.match(made, /method="post"/);
  assert.match(made, /<input type="hidden" name="csrf" value="x">/);
  assert.match(made, /<button class="button stop">批准出金¥200,000.00<\/button>/);
});

test("a field in error keeps what was typed and says the sentence of the summary", () => {
  const error = "日限额不能低于单笔限额¥500.00";
  const made = text(
    field({ lang: "zh", name: "cap", label: "日限额", value: `3"0`, error, hint: "单位：元" }),
  );
  assert.match(made, /value="3&quot;0"/);
  assert.match(made, /aria-describedby="cap-hint cap-error" aria-invalid="true"/);
  const summary = text(errorSummary("zh", [{ field: "cap", text: error }]));
  assert.match(summary, /role="alert"/);
  assert.ok(summary.includes(`<a href="#cap">${error}</a>`));
  assert.equal(text(errorSummary("zh", [])), "");
});

test("a table has a caption, heads for columns and rows, and labels for its cards", () => {
  const made = text(
    table({
      caption: "上限",
      columns: [
        { title: "项", cell: (row: readonly string[]) => row[0] },
        { title: "数", numeric: true, cell: (row) => row[1] },
      ],
      rows: [["户数", "180,000"]],
    }),
  );
  assert.match(made, /<caption class="sr"> ?上限 ?<\/caption>/);
  assert.match(made, /<th scope="row">户数<\/th>/);
  assert.match(made, /<td class="num" data-label="数">/);
});

test("facts without a value are left out", () => {
  const list = [
    { term: "a", value: undefined },
    { term: "b", value: "1" },
  ];
  assert.equal(text(facts(list)).match(/<dt>/g)?.length, 1);
});

test("pages of a list link to the one before and the one after, and one page to none", () => {
  const href = (n: number) => `/zh/notices?page=${n}`;
  const middle = text(pagination({ lang: "zh", page: 2, pages: 3, href }));
  assert.match(middle, /rel="prev" href="\/zh\/notices\?page=1"/);
  assert.match(middle, /rel="next" href="\/zh\/notices\?page=3"/);
  assert.equal(text(pagination({ lang: "zh", page: 1, pages: 1, href })), "");
});

test("a refusal is a page with its rule, its figures, its remedy and where to disagree", () => {
  const refuse = declareRefusals("ui_trial", {
    ui_trial_over_limit: {
      category: "exhausted",
      text: { zh: "超出单日限额。", en: "Over today's limit." },
      remedy: { zh: "明天再用，或调高限额。", en: "Use it tomorrow, or raise the limit." },
    },
  });
  const refusal = refuse("ui_trial_over_limit", {
    failed: [
      {
        ...{ code: "ui_trial_over_limit", limit: "day", unit: "fen", clause: "1.10" },
        ...{ used: 81_250n, cap: 100_000n, asked: 38_600n },
      },
    ],
  });
  const appeal = { href: "/zh/complaints/make", label: "提出异议" };
  const made = text(refusalPage({ lang: "zh", refusal, appeal, nameOf: () => "今天的限额" }));
  for (const words of [
    ...["未受理", "超出单日限额。", "声明书1.10条", "¥812.50", "¥386.00", "¥1,000.00"],
    ...["明天再用，或调高限额。", "提出异议", "今天的限额"],
  ]) {
    assert.ok(made.includes(words), words);
  }
});

test("a page frames what is its own: language, title, switch, strip, twins", () => {
  const made = page({
    lang: "en",
    face: {
      nav: [{ path: "/notices", label: { zh: "公告", en: "Notices" } }],
      styles: ["/a.css"],
      icon: "/i.svg",
    },
    title: "A <title>",
    path: "/notices?page=2",
    main: html`<h1>x</h1>`,
    demoNow: "2020-11-23 14:08:00",
    twins: [{ href: "/en/notices.json", label: "JSON", type: "application/json" }],
  });
  assert.match(made, /^<!doctype html>\n<html lang="en">/);
  assert.match(made, /<title>A &lt;title&gt; · Sandbank<\/title>/);
  assert.match(made, /href="\/zh\/notices\?page=2"/);
  assert.match(made, /Demo time 2020-11-23 14:08:00/);
  assert.match(made, /<link rel="alternate" type="application\/json" href="\/en\/notices.json"/);
  assert.doesNotMatch(made, /style=|<script/);
});

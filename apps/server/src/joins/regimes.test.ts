/** The public page of regimes with the templates that ship: two texts, and light enough. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import { answerPage, type DisclosureReader, disclosurePages } from "@sandbank/disclosure";
import { strayWords } from "@sandbank/ui/testing";
import { regimeColumns } from "./regimes.ts";

const PAGE_BYTES_MAX = 100_000;
const reader = {
  setting: async () => ({ mode: "live", now: fromIso("2026-11-26T00:00:00Z") }),
  regimes: async () => regimeColumns(),
} satisfies Partial<DisclosureReader> as DisclosureReader;

for (const lang of ["zh", "en"] as const) {
  test(`${lang}: five regimes side by side, no word of the other language, under 100 kB`, async () => {
    const path = `/${lang}/regimes`;
    const answer = await answerPage(disclosurePages(reader), reader, { path });
    assert.ok("html" in answer);
    assert.deepEqual(strayWords(answer.html, lang), []);
    assert.doesNotMatch(answer.html, /undefined|\[object|NaN/);
    assert.ok(Buffer.byteLength(answer.html) < PAGE_BYTES_MAX, String(answer.html.length));
    for (const { name, items } of regimeColumns()) {
      assert.ok(answer.html.includes(name[lang]));
      for (const { figure } of items) assert.ok(answer.html.includes(figure?.value[lang] ?? ""));
    }
  });

  test(`${lang}: each regime has a page of its own with all of its items, and no other has`, async () => {
    const pages = disclosurePages(reader);
    for (const { id, items } of regimeColumns()) {
      const answer = await answerPage(pages, reader, { path: `/${lang}/regimes/${id}` });
      assert.ok("html" in answer && answer.status === 200);
      assert.deepEqual(strayWords(answer.html, lang), []);
      assert.ok(Buffer.byteLength(answer.html) < PAGE_BYTES_MAX);
      const twin = await answerPage(pages, reader, { path: `/${lang}/regimes/${id}.json` });
      assert.ok("json" in twin);
      const { regime } = twin.json as { regime: { items: readonly { text: string }[] } };
      assert.deepEqual(
        regime.items.map(({ text }) => text),
        items.map(({ text }) => text[lang]),
      );
    }
    for (const path of ["nowhere", "nowhere.json"]) {
      const none = await answerPage(pages, reader, { path: `/${lang}/regimes/${path}` });
      assert.ok("html" in none && none.status === 404, path);
    }
  });

  test(`${lang}: its twin has every item with its source and its mark`, async () => {
    const path = `/${lang}/regimes.json`;
    const answer = await answerPage(disclosurePages(reader), reader, { path });
    assert.ok("json" in answer);
    const twin = JSON.parse(JSON.stringify(answer.json)) as {
      regimes: { id: string; items: { id: string; mark: string; source: string }[] }[];
    };
    assert.deepEqual(
      twin.regimes.map(({ id, items }) => [id, items.map(({ mark, source }) => [mark, source])]),
      regimeColumns().map(({ id, items }) => [
        ...[id, items.map(({ mark, source }) => [mark, source[lang]])],
      ]),
    );
  });
}

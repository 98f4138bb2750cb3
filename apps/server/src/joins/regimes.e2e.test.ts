/**
 * The public pages of regimes in a browser, with the templates that ship: short on a phone, whole once
 * unfolded and on paper, without a script. Screenshots go to the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import {
  answerPage,
  assets,
  type DisclosureReader,
  disclosurePages,
  PUBLIC_CSP,
} from "@sandbank/disclosure";
import { browser, lookAt, noBrowser, type TestBrowser, WAYS } from "@sandbank/ui/testing";
import type { Page } from "playwright-core";
import { faultsOf } from "../visits.fixture.ts";
import { regimeColumns } from "./regimes.ts";

const skip = noBrowser;
const shots = process.env["SANDBANK_SHOTS"];
/** Height of the page on a phone of 780 px: four screens, where it was seventeen. */
const HEIGHT_MAX = 3_200;
const reader = {
  setting: async () => ({ mode: "live", now: fromIso("2026-11-26T00:00:00Z") }),
  regimes: async () => regimeColumns(),
} satisfies Partial<DisclosureReader> as DisclosureReader;

let chromium: TestBrowser;
let site: Server;
let origin: string;
before(async () => {
  if (skip !== false) return;
  [chromium, site] = await Promise.all([browser(), serveSite()]);
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  if (shots !== undefined) mkdirSync(shots, { recursive: true });
});
after(async () => {
  await chromium?.close();
  site?.closeAllConnections();
  site?.close();
});

/** The site by its own routes and files, under its own content policy. */
async function serveSite(): Promise<Server> {
  const pages = disclosurePages(reader);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = assets().find((asset) => asset.path === pathname);
    if (file) return response.writeHead(200, { "content-type": file.type }).end(file.body);
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": PUBLIC_CSP,
    };
    return void answerPage(pages, reader, { path: pathname }).then((answer) => {
      if ("html" in answer) response.writeHead(answer.status, headers).end(answer.html);
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function opened(path: string, width: number): Promise<Page> {
  const context = await chromium.open({ width });
  const page = await context.newPage();
  await page.goto(`${origin}${path}`);
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: join(shots, name), fullPage: true });
}

const heightOf = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight);

for (const { lang, width } of WAYS) {
  test(
    `regimes side by side, ${lang} at ${width} px: short, and whole once unfolded`,
    { skip },
    async () => {
      const page = await opened(`/${lang}/regimes`, width);
      assert.deepEqual(await lookAt(page), []);
      await shoot(page, `regimes-${lang}-${width}.png`);
      const height = await heightOf(page);
      assert.ok(height < HEIGHT_MAX, `${height} px high`);
      // By keyboard: the first fold opens and closes.
      const summary = page.locator("summary").first();
      await summary.focus();
      await page.keyboard.press("Enter");
      assert.equal(await page.locator("details[open]").count(), 1);
      await page.locator("details").evaluateAll((folds) => {
        for (const fold of folds) fold.setAttribute("open", "");
      });
      assert.deepEqual(await faultsOf(page), []);
      await shoot(page, `regimes-${lang}-${width}-open.png`);
      const text = await page.locator("main").innerText();
      for (const { name, items } of regimeColumns()) {
        assert.ok(text.includes(name[lang]));
        for (const one of items) assert.ok(text.includes(one.text[lang]), one.text[lang]);
      }
      await page.context().close();
    },
  );

  test(`each regime by itself, ${lang} at ${width} px`, { skip }, async () => {
    for (const { id, name, items } of regimeColumns()) {
      const page = await opened(`/${lang}/regimes`, width);
      await page.getByRole("link", { name: name[lang], exact: true }).click();
      await page.waitForURL(`${origin}/${lang}/regimes/${id}`);
      assert.deepEqual(await lookAt(page), [], id);
      await shoot(page, `regimes-${id}-${lang}-${width}.png`);
      const text = await page.locator("main").innerText();
      for (const one of items) assert.ok(text.includes(one.source[lang]), one.id);
      await page.context().close();
    }
  });
}

for (const lang of ["zh", "en"] as const) {
  test(`on paper every fold stands open, ${lang}`, { skip }, async () => {
    const page = await opened(`/${lang}/regimes`, 1440);
    await page.emulateMedia({ media: "print" });
    const folded = await page
      .locator("details > :not(summary)")
      .evaluateAll((all) => all.filter((one) => one.getClientRects().length === 0).length);
    assert.equal(folded, 0);
    await page.context().close();
  });
}

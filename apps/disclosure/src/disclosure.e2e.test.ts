/**
 * Every page in a browser: both languages, a phone and a desk, light and dark. Screenshots go to the
 * folder named by SANDBANK_SHOTS, for a person to look at.
 */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type TestBrowser, browser, lookAt, noBrowser, WAYS } from "@sandbank/ui/testing";
import type { BrowserContext, Page } from "playwright-core";
import { fixtureReader } from "./fixture/reader.ts";
import { type FixtureServer, serveFixture } from "./fixture/server.ts";

const skip = noBrowser;
const shots = process.env["SANDBANK_SHOTS"];
const LANGS = ["zh", "en"] as const;
const PATHS = [
  "/",
  "/pilots/small-business-credit",
  "/pilots/small-business-credit?indicator=I3",
  "/pilots/payment-tokens",
  "/pilots/open-bank",
  "/pilots/phone-pos",
  "/notices",
  "/pilots/payment-tokens/complaints",
  "/pilots/phone-pos/consultation",
  "/pilots/payment-tokens/consultation?page=2",
  "/pilots/open-bank/consultation",
  "/pilots/payment-tokens/declaration/2",
  "/pilots/payment-tokens/differences?from=1&to=2",
  "/pilots/payment-tokens/history",
  "/pilots/open-bank/exit",
  "/pilots/item-provenance/exit",
  "/comments",
  "/comments?receipt=7KQM-WX4T-2HRB-9DNC",
  "/pilots/payment-tokens/complaints?show=extended&page=1",
  "/pilots/open-bank/complaints",
  "/pilots/payment-tokens/complain",
  "/complaints",
  "/rights",
  "/verify",
  "/about",
  "/regimes",
  "/regimes/shore",
  "/nowhere",
] as const;

let chromium: TestBrowser;
let site: FixtureServer;

before(async () => {
  if (skip !== false) return;
  [chromium, site] = await Promise.all([browser(), serveFixture(fixtureReader())]);
  if (shots !== undefined) mkdirSync(shots, { recursive: true });
});
after(async () => {
  await chromium?.close();
  await site?.close();
});

async function inContext(
  options: Parameters<TestBrowser["open"]>[0],
  visit: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await chromium.open(options);
  try {
    await visit(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

for (const { lang, width } of WAYS) {
  test(
    `every ${lang} page at ${width} px is whole, readable and reached by keyboard`,
    {
      skip,
    },
    async () => {
      const faults: string[] = [];
      // The phone is looked at by night and the desk by day; contrast is proven for both in ui.
      const scheme = width === 360 ? "dark" : "light";
      await inContext({ width, scheme }, async (page) => {
        page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
        page.on("console", (message) => {
          const refused = message.text().includes("Content Security Policy");
          if (refused) faults.push(message.text());
        });
        for (const path of PATHS) {
          await page.goto(`${site.url}/${lang}${path}`);
          const found = await lookAt(page);
          faults.push(...found.map((fault) => `/${lang}${path}: ${fault}`));
          await shoot(page, `${lang}${path.replaceAll("/", "-")}-${width}-${scheme}`);
        }
      });
      assert.deepEqual(faults, []);
    },
  );
}

test("the receipt on a pilot's page verifies in the browser", { skip }, async () => {
  await inContext({}, async (page) => {
    await page.goto(`${site.url}/zh/pilots/small-business-credit`);
    await page.getByRole("button", { name: "在本浏览器中核对" }).click();
    await page.getByText("核对一致：记录在公开日志中，各方签名有效。").waitFor();
    assert.equal(await page.locator("[data-state=ok]").count(), 4);
  });
});

test("a receipt whose record was changed does not verify", { skip }, async () => {
  await inContext({}, async (page) => {
    await page.route("**/pilots/small-business-credit", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(
        String.raw`\"outcome\":\"accepted\"`,
        String.raw`\"outcome\":\"refused\"`,
      );
      await route.fulfill({ response: answer, body });
    });
    await page.goto(`${site.url}/en/pilots/small-business-credit`);
    await page.getByRole("button", { name: "Check in this browser" }).click();
    await page.getByText("Not verified: this content does not match the public log.").waitFor();
    assert.equal(await page.locator("[data-state=no]").count(), 1);
    assert.equal(await page.locator("[data-state=ok]").count(), 3);
  });
});

test(
  "without scripts a pilot's page is whole and offers the command instead",
  { skip },
  async () => {
    await inContext({ javaScript: false }, async (page) => {
      await page.goto(`${site.url}/en/pilots/small-business-credit`);
      assert.equal(await page.getByRole("button").count(), 0);
      assert.equal(await page.getByText("npm run sandbank -- verify").isVisible(), true);
      await page.getByText("The sample receipt in full").click();
      assert.equal(await page.getByText("c2sp.org/tlog-proof@v1").isVisible(), true);
    });
  },
);

test("指标折叠: without scripts folds open by keyboard and by address", { skip }, async () => {
  await inContext({ javaScript: false, width: 360 }, async (page) => {
    const path = `${site.url}/zh/pilots/small-business-credit`;
    await page.goto(path);
    const folds = page.locator("details.group");
    assert.equal(await folds.count(), 5);
    assert.equal(await page.locator("#I8").isVisible(), true, "overdue complaints are in the open");
    assert.equal(await page.locator("#I9").isVisible(), false);
    await folds.nth(1).locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#I9").isVisible(), true);
    for (const query of ["?indicator=I3#I3", "?indicator=I3", "#I3"]) {
      await page.goto("about:blank");
      await page.goto(`${path}${query}`);
      assert.equal(await page.locator("#I3").isVisible(), true, query);
      assert.equal(await page.locator("#I9").isVisible(), false, query);
    }
  });
});

test("a pilot's page is short on a phone: its indicators take two screens", { skip }, async () => {
  await inContext({ width: 360 }, async (page) => {
    for (const lang of LANGS) {
      await page.goto(`${site.url}/${lang}/pilots/small-business-credit`);
      const box = await page.locator("section[aria-labelledby=indicators]").boundingBox();
      assert.ok((box?.height ?? Infinity) < 1_400, `${lang}: ${box?.height} px`);
    }
  });
});

test("in the elder view nothing sticks out and targets are 60 px high", { skip }, async () => {
  const faults: string[] = [];
  await inContext({ width: 360 }, async (page) => {
    for (const path of ["/zh/", "/en/pilots/small-business-credit", "/zh/notices"]) {
      await page.goto(`${site.url}${path}`);
      await page.evaluate(() => {
        document.documentElement.dataset["view"] = "elder";
      });
      faults.push(...(await lookAt(page, { target_px: 60 })).map((fault) => `${path}: ${fault}`));
    }
  });
  assert.deepEqual(faults, []);
});

test("a page prints on paper without controls", { skip }, async () => {
  await inContext({}, async (page) => {
    await page.emulateMedia({ media: "print" });
    await page.goto(`${site.url}/zh/pilots/small-business-credit`);
    for (const selector of [".nav", ".lang", ".acts", ".crumbs"]) {
      assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    }
    assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
  });
});

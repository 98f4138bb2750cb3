/** The bench itself: a good page has no faults, and each kind of bad page is found out. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type TestBrowser, browser, noBrowser } from "./browser.ts";
import { lookAt } from "./look.ts";
import { strayWords } from "./stray.ts";

describe("a page that is looked at", () => {
  let chromium: TestBrowser;
  before(async () => {
    if (noBrowser === false) chromium = await browser();
  });
  after(async () => chromium?.close());

  const GOOD = `<!doctype html><html lang="en"><head><title>Good</title><style>
  body { font: 16px/1.5 sans-serif; color: #111; background: #fff }
  :focus-visible { outline: 3px solid #111 } .skip { position: absolute; left: -99in }
  .skip:focus { left: 0 } main a, button { display: inline-block; min-width: 44px; min-height: 44px }
  </style></head><body><a class="skip" href="#main">Skip</a>
  <main id="main" tabindex="-1"><h1>Good</h1>BODY<p><a href="#main">A link</a></p></main></body></html>`;

  /** What is found on the good page with this put into it. */
  async function faultsOf(body: string, width = 360): Promise<string[]> {
    const context = await chromium.open({ width });
    try {
      const page = await context.newPage();
      await page.setContent(GOOD.replace("BODY", body));
      return await lookAt(page);
    } finally {
      await context.close();
    }
  }

  test("a good page has no faults", { skip: noBrowser }, async () => {
    assert.deepEqual(await faultsOf(""), []);
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    [
      "a page wider than its window",
      `<div style="width:500px">wide</div>`,
      /the page is \d+ px wide/,
    ],
    [
      "text cut off by what it stands in",
      `<div style="overflow:hidden;width:90px"><p style="white-space:nowrap">much too long a text</p></div>`,
      /wider than its box|cut off at the right/,
    ],
    [
      "text that spills out of its box",
      `<div style="height:20px"><p>one<br>two<br>three</p></div>`,
      /taller than it/,
    ],
    [
      "a small target",
      `<p><button style="min-width:0;min-height:0;width:20px;height:20px" aria-label="x"></button></p>`,
      /a target of 20×20 px/,
    ],
    ["low contrast", `<p style="color:#bbb">pale</p>`, /axe color-contrast/],
    [
      "low contrast by the ground of what it stands in, beside others of its colour that read well",
      `<p>well</p><p>well</p><div style="background:#333"><section><p>dark on dark</p></section></div>`,
      /axe color-contrast.*dark on dark/,
    ],
    [
      "low contrast inside of what reads well",
      `<p>well <span>and well</span> <em style="color:#ccc">pale</em></p>`,
      /axe color-contrast.*pale/,
    ],
    [
      "low contrast of what half shines through",
      `<p>well</p><div style="opacity:0.3"><p>pale</p></div>`,
      /axe color-contrast.*pale/,
    ],
    ["an image without words", `<img src="data:," width="50" height="50">`, /axe image-alt/],
    [
      "a control that the keyboard meets out of order",
      `<p><button tabindex="2">late</button> <button tabindex="1">early</button></p>`,
      /Tab does not follow the order/,
    ],
    [
      "focus that cannot be seen",
      `<p><button style="outline:none">dark</button></p>`,
      /focus cannot be seen: dark/,
    ],
  ];
  for (const [what, body, expected] of bad) {
    test(`${what} is found`, { skip: noBrowser }, async () => {
      const faults = await faultsOf(body);
      assert.ok(
        faults.some((fault) => expected.test(fault)),
        `found only: ${faults.join("; ")}`,
      );
    });
  }

  test("words of the other language are found, names and marked parts are not", () => {
    const zh = `<html lang="zh-Hans"><p>试点 Pilot</p><a lang="en">English</a><code>npm run</code> Sandbank`;
    assert.deepEqual(strayWords(zh, "zh"), ["Pilot"]);
    const en = `<html lang="en"><p title="目标">Target，</p><span lang="zh-Hans">沙岸</span>`;
    assert.deepEqual(strayWords(en, "en"), ["目标", "，"]);
  });
});

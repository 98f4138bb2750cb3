/**
 * A customer without a script and without an account, in zh and in en: complaining, following,
 * withdrawing, and what the form refuses. How a complaint is handled and paid is walked in
 * `journeys/`. Screenshots go to the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { noBrowser } from "@sandbank/ui/testing";
import type { Page } from "playwright-core";
import { Visits } from "./visits.fixture.ts";

const skip = noBrowser;
const PILOT = "payment-tokens";
/** A person takes longer than this to fill a form in; the server takes a quicker one for a machine. */
const FILLED_MS = 3_100;

let visits: Visits;

before(async () => {
  if (skip !== false) return;
  visits = await Visits.start("complaint");
});
after(() => visits?.end());

const SAID = {
  zh: {
    page: "投诉这项试点",
    category: "金额有误或重复扣款",
    story: "同一笔机票扣了两次，各812.50元，卡号6222021234567890123。",
    send: "提交投诉",
    faults: /有2处要改/,
    received: "已收到您的投诉",
    show: "查看进度",
    status: /^投诉C-/,
    masked: /卡号\*\*\*\* 0123/,
    erase: "删除我写的内容",
    erased: "内容已删除。",
  },
  en: {
    page: "Complain about this pilot",
    category: "Wrong amount or charged twice",
    story: "One ticket was charged twice, CNY 812.50 each, card 6222 0212 3456 7890.",
    send: "Send the complaint",
    faults: /There are 2 things to correct/,
    received: "Your complaint is received",
    show: "Show the complaint",
    status: /^Complaint C-/,
    masked: /card \*\*\*\* 7890/,
    erase: "Erase what I wrote",
    erased: "The words were erased.",
  },
} as const;

/** Complains on the public site with scripts off; answers with number and receipt code. */
async function complain(lang: "zh" | "en", width: number) {
  const said = SAID[lang];
  const context = await visits.chromium.open({ width, javaScript: false });
  const page = await context.newPage();
  await page.goto(`${visits.sandbank.origin}/${lang}/pilots/${PILOT}/complaints`);
  await page.getByRole("link", { name: said.page }).click();
  await page.waitForTimeout(FILLED_MS);
  await page.getByRole("button", { name: said.send }).click();
  assert.match(await page.getByRole("alert").innerText(), said.faults);
  await visits.shoot(page, `${lang}-${width}-faults`);
  await page.getByLabel(said.category).check();
  await page.locator("#text").fill(said.story);
  await page.waitForTimeout(FILLED_MS);
  await page.getByRole("button", { name: said.send }).click();
  await page.getByRole("heading", { name: said.received, level: 1 }).waitFor();
  const receipt = await page.locator("#receipt-code").innerText();
  const number = await page.locator("dd b").first().innerText();
  assert.match(receipt, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  assert.match(number, /^C-\d{4}-\d{4}$/);
  await visits.shoot(page, `${lang}-${width}-receipt`);
  return { context, page, receipt, number };
}

/** Shows the complaint of a code; the page has no script. */
async function follow(page: Page, lang: "zh" | "en", receipt: string): Promise<string> {
  await page.goto(`${visits.sandbank.origin}/${lang}/complaints`);
  await page.locator("#receipt").fill(receipt.toLowerCase());
  await page.waitForTimeout(FILLED_MS);
  await page.getByRole("button", { name: SAID[lang].show }).click();
  await page.getByRole("heading", { name: SAID[lang].status, level: 1 }).waitFor();
  return page.locator("main").innerText();
}

/** What was written goes by its receipt: from behind its fold, asked for once more, for good. */
async function erase(page: Page, lang: "zh" | "en", width: number): Promise<void> {
  const { erase: fold, erased } = SAID[lang];
  await page.locator("summary", { hasText: fold }).click();
  await page.waitForTimeout(FILLED_MS);
  await page.locator("details form button").click();
  await page.waitForTimeout(FILLED_MS);
  await visits.shoot(page, `${lang}-${width}-erase`);
  await page.locator("form button.stop").click();
  await page.locator(".note.ok").waitFor();
  const after = await page.locator("main").innerText();
  assert.ok(after.includes(erased), after);
  assert.equal(await page.locator("summary", { hasText: fold }).count(), 0);
}

describe("on the public site, without a script", () => {
  for (const [lang, width] of [
    ["zh", 360],
    ["en", 1440],
  ] as const) {
    test(`complaining, following, withdrawing, in ${lang} at ${width} px`, { skip }, async () => {
      const { context, page, receipt, number } = await complain(lang, width);
      const seen = await follow(page, lang, receipt);
      assert.match(seen, SAID[lang].masked);
      assert.ok(seen.includes(number));
      await visits.shoot(page, `${lang}-${width}-status`);
      await page.locator('input[value="withdraw"]').check();
      await page.waitForTimeout(FILLED_MS);
      await page.locator("form button").click();
      await page.waitForTimeout(FILLED_MS);
      await visits.shoot(page, `${lang}-${width}-withdraw`);
      await page.locator("form button.stop").click();
      await page.locator(".note.ok").waitFor();
      await erase(page, lang, width);
      await page.goto(
        `${visits.sandbank.origin}/${lang}/pilots/${PILOT}/complaints?show=withdrawn`,
      );
      assert.ok((await page.locator("#rows ~ .panel, main").last().innerText()).includes(number));
      await context.close();
    });
  }

  test(
    "a form that is sent at once, or sent twice, makes no second complaint",
    { skip },
    async () => {
      const received = async () => {
        const path = `${visits.sandbank.origin}/api/pilots/${PILOT}/complaints`;
        const { figures } = (await (await fetch(path)).json()) as { figures: { received: number } };
        return figures.received;
      };
      const before = await received();
      const form = await (
        await fetch(`${visits.sandbank.origin}/en/pilots/${PILOT}/complain`)
      ).text();
      const token = /name="_csrf" value="([^"]+)"/.exec(form)?.[1] ?? "";
      const send = (more: Record<string, string> = {}) =>
        fetch(`${visits.sandbank.origin}/en/pilots/${PILOT}/complain`, {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams({
            ...{ _csrf: token, _website: "", category: "fees", persons: "1" },
            ...{ text: "The fee is not the one that was agreed.", ...more },
          }).toString(),
        });
      const quick = await send();
      assert.equal(quick.status >= 400, true, "a machine is quicker than a person");
      await new Promise((resolve) => setTimeout(resolve, FILLED_MS));
      assert.equal((await send({ _website: "spam" })).status >= 400, true, "people leave it empty");
      const code = async (answer: Response) =>
        /id="receipt-code">([^<]+)</.exec(await answer.text())?.[1];
      const [first, second] = [await code(await send()), await code(await send())];
      assert.match(first ?? "", /-/);
      assert.equal(second, first, "the same form is the same complaint");
      assert.equal(await received(), before + 1);
    },
  );
});

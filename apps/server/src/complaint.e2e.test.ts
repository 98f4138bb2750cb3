/**
 * From complaint to payout, in zh and in en: a customer without a script and without an account, the
 * complaints desk, a senior, two trustees, and what the public then reads. Screenshots go to the
 * folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { noBrowser } from "@sandbank/ui/testing";
import type { Page } from "playwright-core";
import { faultsOf, Visits } from "./visits.fixture.ts";

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
    upheld: "成立",
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
    upheld: "Upheld",
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

const DESK = {
  zh: {
    width: 360,
    accept: "受理",
    none: "没有",
    done: "已记录",
    back: "返回",
    openWords: "查看内容",
    extend: "延长期限",
    parked: "已提出，等待批准",
    approveExtend: "批准延期",
    approved: "已批准，现已生效",
    decide: "作出决定",
    claim: "提出赔付申请",
    admit: "核准",
    pay: "支付",
    judge: "待审核",
    approvePay: "批准赔付",
    paid: "已付清",
    extended: /延长期限/,
    reason: "须向收单机构核实交易。",
    decision: "重复扣款属实，退还并赔付。",
    lateFault: /有1处要改|有2处要改/,
  },
  en: {
    width: 1440,
    accept: "Take it up",
    none: "No",
    done: "Recorded",
    back: "Back",
    openWords: "Open the words",
    extend: "Extend the time",
    parked: "Proposed; another person must approve",
    approveExtend: "Approve the extension",
    approved: "Approved and in force",
    decide: "Decide",
    claim: "Raise a claim",
    admit: "Admit",
    pay: "Pay",
    judge: "To be judged",
    approvePay: "Approve the payout",
    paid: "Paid",
    extended: /Extended the time|The time was extended/,
    reason: "The acquirer has to confirm the transaction.",
    decision: "It was charged twice; it is paid back and compensated.",
    lateFault: /There (is one thing|are 2 things) to correct/,
  },
} as const;

/** Opens the form of an act, looks at it, and leaves it ready to be filled in. */
async function toAct(page: Page, act: string): Promise<void> {
  await page.getByRole("link", { name: act, exact: true }).click();
  await page.getByRole("heading", { name: act, level: 1 }).waitFor();
}

/** Sends the form of an act and comes back to what it was about. */
async function send(
  page: Page,
  act: string,
  came: { readonly done: string; readonly back: string },
) {
  await page.getByRole("button", { name: act, exact: true }).click();
  await page.getByRole("heading", { name: came.done, level: 1 }).waitFor();
  await page.getByRole("link", { name: came.back, exact: true }).click();
}

type Lang = keyof typeof DESK;

/** One journey in one language: where it is walked, and what was wrong on the way. */
interface Journey {
  readonly lang: Lang;
  readonly faults: string[];
}

async function look({ lang, faults }: Journey, page: Page, name: string): Promise<void> {
  await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
  faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
  await visits.shoot(page, `${lang}-${DESK[lang].width}-${name}`);
}

function visit({ lang }: Journey, name: string, path: string): Promise<Page> {
  return visits.open(name, `/${lang}/console/${path}`, DESK[lang].width);
}

/** Takes a complaint up, reads it and asks for more time. */
async function takeUp(journey: Journey, number: string): Promise<Page> {
  const { lang } = journey;
  const desk = DESK[lang];
  const page = await visit(journey, "陈投诉", "complaints");
  await page.getByRole("link", { name: number }).waitFor();
  await look(journey, page, "desk");
  await page.getByRole("link", { name: number }).click();
  await toAct(page, desk.accept);
  await page.getByRole("button", { name: desk.accept, exact: true }).click();
  assert.match(await page.getByRole("alert").innerText(), desk.lateFault);
  await look(journey, page, "accept");
  await page.getByLabel(desk.none, { exact: true }).check();
  await send(page, desk.accept, desk);
  await page.getByRole("button", { name: desk.openWords }).click();
  await page.getByText(SAID[lang].masked).waitFor();
  await look(journey, page, "opened");
  await toAct(page, desk.extend);
  await page.locator("#words").fill(desk.reason);
  await send(page, desk.extend, { ...desk, done: desk.parked });
  return page;
}

/** Another person approves the one thing that waits. */
async function approve(journey: Journey, name: string, button: string): Promise<Page> {
  const page = await visit(journey, name, "approvals");
  await page.locator("tbody a").first().click();
  await page.getByRole("button", { name: button }).waitFor();
  await look(journey, page, `approve-${name === "许高管" ? "extension" : "payout"}`);
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("heading", { name: DESK[journey.lang].approved }).waitFor();
  return page;
}

async function decideAndClaim(journey: Journey, page: Page): Promise<void> {
  const desk = DESK[journey.lang];
  await toAct(page, desk.decide);
  await page.getByLabel(SAID[journey.lang].upheld, { exact: true }).check();
  await page.locator("#words").fill(desk.decision);
  await look(journey, page, "decide");
  await send(page, desk.decide, desk);
  await toAct(page, desk.claim);
  await page.locator("#amount").fill("1,812.50");
  await send(page, desk.claim, desk);
  await page.close();
}

/** A trustee admits the claim and proposes a payout above what one person may pay. */
async function admitAndPay(journey: Journey): Promise<void> {
  const desk = DESK[journey.lang];
  const page = await visit(journey, "陆赔付", `compensation/${PILOT}`);
  await page.locator("tr", { hasText: desk.judge }).getByRole("link").click();
  await toAct(page, desk.admit);
  await page.locator("#amount").fill("1,812.50");
  await look(journey, page, "admit");
  await send(page, desk.admit, desk);
  await toAct(page, desk.pay);
  await page.locator("#amount").fill("1812.50");
  await send(page, desk.pay, { ...desk, done: desk.parked });
  await page.goto(`${visits.sandbank.origin}/${journey.lang}/console/compensation/${PILOT}`);
  await page.locator(".list a").waitFor();
  await look(journey, page, "pool");
  await page.close();
}

describe("from complaint to payout", () => {
  for (const lang of ["zh", "en"] as const) {
    const desk = DESK[lang];
    test(
      `a whole journey by several people, in ${lang} at ${desk.width} px`,
      { skip },
      async () => {
        const journey: Journey = { lang, faults: [] };
        const { context, page: customer, receipt, number } = await complain(lang, desk.width);
        const handling = await takeUp(journey, number);
        await (await approve(journey, "许高管", desk.approveExtend)).close();
        const told = await follow(customer, lang, receipt);
        assert.match(told, desk.extended);
        assert.ok(told.includes(desk.reason));
        await decideAndClaim(journey, handling);
        await admitAndPay(journey);
        const paying = await approve(journey, "施赔付", desk.approvePay);
        await paying.goto(`${visits.sandbank.origin}/${lang}/console/compensation/${PILOT}`);
        await paying.locator("tr", { hasText: /^P-/ }).first().waitFor();
        await paying.getByText(desk.paid, { exact: true }).first().waitFor();
        await paying.close();
        assert.ok((await follow(customer, lang, receipt)).includes(desk.decision));
        await customer.goto(
          `${visits.sandbank.origin}/${lang}/pilots/${PILOT}/complaints?show=upheld`,
        );
        assert.ok((await customer.locator("main").innerText()).includes(number));
        await context.close();
        assert.deepEqual(journey.faults, []);
      },
    );
  }
});

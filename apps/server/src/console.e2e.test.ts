/**
 * The console in a browser against a whole Sandbank: signing in, live limits, a directive that two
 * people carry, what the public then reads, and the check of an act against the log. Screenshots go
 * to the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { noBrowser, WAYS } from "@sandbank/ui/testing";
import type { Locator, Page } from "playwright-core";
import { faultsOf, Visits } from "./visits.fixture.ts";

const skip = noBrowser;
const LANGS = ["zh", "en"] as const;
const PILOT = "payment-tokens";
const TABS_MAX = 60;

let visits: Visits;
let first: string;

before(async () => {
  if (skip !== false) return;
  visits = await Visits.start("console", async ({ origin }) => {
    first = await (await fetch(`${origin}/en/console/`)).text();
  });
});
after(() => visits?.end());

/** Presses Tab until the control has the focus: what the keyboard does not reach fails here. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let press = 0; press < TABS_MAX; press += 1) {
    await page.keyboard.press("Tab");
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`the keyboard does not reach ${String(control)}`);
}

test("before the pages are built their address says how far they are", { skip }, () => {
  assert.match(first, /<meta http-equiv="refresh" content="2">|page-assets/);
});

for (const { lang, width } of WAYS) {
  test(`who is not signed in reads how, in ${lang} at ${width} px`, { skip }, async () => {
    const context = await visits.chromium.open({ width });
    const page = await context.newPage();
    await page.goto(`${visits.sandbank.origin}/${lang}/console/pilots`);
    await page.getByText("demo.json").first().waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await visits.shoot(page, `${lang}-${width}-sign-in`);
    await context.close();
  });

  test(`pages of the console have no fault, in ${lang} at ${width} px`, { skip }, async () => {
    const paths = ["", "pilots", `pilots/${PILOT}`, "directives", "approvals"];
    const more = ["suspension", "restriction"].map((kind) => `directives/${PILOT}/${kind}`);
    const seen = ["", "/I3", "/I4?span=hour", "/I11"].map((id) => `indicators/${PILOT}${id}`);
    for (const path of [...paths, ...more, ...seen, `journal/${PILOT}`, "nowhere"]) {
      const page = await visits.open("李监管", `/${lang}/console/${path}`, width);
      await page.locator("h1").waitFor();
      await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
      assert.deepEqual(await faultsOf(page), [], path);
      await visits.shoot(page, `${lang}-${width}-${path.replaceAll(/[/?=]/g, "-") || "today"}`);
      await page.close();
    }
  });
}

/** More than a page of six pilots comes to while all that does not press is folded away. */
const TODAY_PX_MAX = 3_600;

for (const lang of LANGS) {
  test(`today is short on a phone, and unfolds by keyboard, in ${lang}`, { skip }, async () => {
    const page = await visits.open("李监管", `/${lang}/console/`, 360);
    const near = page.locator("section[aria-labelledby=near]");
    const rest = near.locator("summary");
    await rest.waitFor();
    await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height < TODAY_PX_MAX, `${height} px`);
    const n = Number(/\d+/.exec(await rest.innerText())?.[0]);
    await tabTo(page, rest);
    await page.keyboard.press("Enter");
    const rows = near.locator("details tbody tr");
    await rows.first().waitFor();
    assert.equal(await rows.count(), n);
    const acts = page.locator("section[aria-labelledby=acts] details").first();
    await tabTo(page, acts.locator("summary"));
    await page.keyboard.press("Enter");
    await acts.locator("tbody tr").first().waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await visits.shoot(page, `${lang}-360-today-unfolded`);
    await page.close();
  });
}

test("limits are live: used, left, cap, clause and the time of the reading", { skip }, async () => {
  const page = await visits.open("李监管", `/en/console/pilots/${PILOT}`);
  const bar = page.locator(".scale", { hasText: "The pilot's payments of a day" });
  await bar.getByText("Clause 1.10-C4").waitFor();
  assert.match(await bar.innerText(), /Used\s+CNY 0\.00\s+Left\s+CNY 1,000,000\.00/);
  const asOf = page.getByText(/^As of /).first();
  const shown = await asOf.innerText();
  await page.waitForFunction(
    (old) => ![...document.querySelectorAll("p")].some((one) => one.textContent === old),
    shown,
  );
  await page.getByText("Show as a table").click();
  await page.locator("details tbody tr").nth(2).waitFor();
  await visits.shoot(page, "en-1440-plot");
  await page.close();
});

test(
  "an indicator by keyboard: from the pilot to its figures, to one of them, to the rows it sums",
  { skip },
  async () => {
    const page = await visits.open("李监管", `/en/console/pilots/${PILOT}`);
    await tabTo(page, page.getByRole("link", { name: "Indicators", exact: true }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Indicators of/ }).waitFor();
    const throughput = page.getByRole("row", { name: /Throughput and peak to mean/ });
    await throughput.getByText("acts").first().waitFor();
    await page.getByText(/^Counted up to \d{4}-/).waitFor();
    const consultation = page.getByRole("row", { name: /Public consultation/ });
    assert.match(await consultation.innerText(), /No source yet/);
    await tabTo(page, page.getByRole("link", { name: "Throughput and peak to mean" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Throughput and peak to mean" }).waitFor();
    await page.getByText(/^acts: \d+ in the window from/).waitFor();
    await tabTo(page, page.locator("details tbody tr a").first());
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Rows of the window from/ }).waitFor();
    const rows = page.locator("section[aria-labelledby=rows]");
    await rows.getByText("Take up a new policy").first().waitFor();
    await visits.shoot(page, "en-1440-indicator-rows");
    assert.deepEqual(await faultsOf(page), []);
    await page.close();
    const site = await visits.chromium.open({ width: 1440 });
    const twin = await site.newPage();
    await twin.goto(`${visits.sandbank.origin}/en/pilots/${PILOT}`);
    const section = twin.locator("section[aria-labelledby=indicators]");
    await section.locator("details").evaluateAll((folds) => {
      for (const fold of folds) fold.setAttribute("open", "");
    });
    await section.getByText("Use of caps").waitFor();
    assert.match(await section.innerText(), /No source yet/);
    assert.deepEqual(await faultsOf(twin), []);
    await visits.shoot(twin, "en-1440-public-indicators");
    await site.close();
  },
);

test(
  "a suspension: proposed by keyboard alone, approved by another, read by the public",
  { skip },
  async () => {
    const page = await visits.open("李监管", `/zh/console/directives/${PILOT}/suspension`);
    await tabTo(page, page.getByRole("button", { name: "核对后再提交" }));
    await page.keyboard.press("Enter");
    const summary = page.getByRole("alert");
    await summary.waitFor();
    assert.equal(await summary.evaluate((box) => box === document.activeElement), true);
    assert.match(await summary.innerText(), /有3处要改/);
    await visits.shoot(page, "zh-1440-faults");
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press("Shift+Tab");
    await tabTo(page, page.locator("#class-OPEN"));
    await page.keyboard.press("Space");
    await tabTo(page, page.locator("#reason_zh"));
    await page.keyboard.type("旧版本终端占比连续三个时段高于触发值。");
    await tabTo(page, page.locator("#reason_en"));
    await page.keyboard.type("Outdated terminals were above the trigger for three periods.");
    await tabTo(page, page.getByRole("button", { name: "核对后再提交" }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/check$/);
    const propose = page.getByRole("button", { name: "提交暂停指令，等待批准" });
    await propose.waitFor();
    await visits.shoot(page, "zh-1440-check");
    assert.deepEqual(await faultsOf(page), []);
    await tabTo(page, propose);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "已提出，等待批准" }).waitFor();
    await visits.shoot(page, "zh-1440-done");
    await tabTo(page, page.getByRole("link", { name: "查看这一项" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "由您发起，须他人批准" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "批准暂停" }).count(), 0);
    await visits.shoot(page, "zh-1440-own-task");
    await page.close();

    const other = await visits.open("赵审批", "/en/console/");
    await other.getByRole("link", { name: /Suspend acts/ }).click();
    await other.getByText("Li Wei, case officer, Demo Supervisor (fictional)").waitFor();
    await other.getByRole("button", { name: "Reject" }).click();
    assert.match(await other.getByRole("alert").innerText(), /Give the reason of the rejection/);
    assert.deepEqual(await faultsOf(other), []);
    await visits.shoot(other, "en-1440-approval");
    await other.getByRole("button", { name: "Approve the suspension" }).click();
    await other.getByRole("heading", { name: "Approved and in force" }).waitFor();
    await verify(other, "Verified: it matches the public log");
    assert.deepEqual(await faultsOf(other), []);
    await visits.shoot(other, "en-1440-approved");
    await other.close();

    const seen = await visits.open("赵审批", `/zh/pilots/${PILOT}`);
    assert.match(await seen.locator("main").innerText(), /旧版本终端占比连续三个时段高于触发值/);
    await seen.close();
    const pilot = await visits.open("李监管", `/zh/console/pilots/${PILOT}`);
    await pilot.getByText("全部执行").waitFor();
    await visits.shoot(pilot, "zh-1440-suspended");
    await pilot.close();
  },
);

/** Presses the button of a check until the log, published each second, has the act. */
async function verify(page: Page, expected: string): Promise<void> {
  const press = page.getByRole("button", { name: /in this browser|again/ });
  for (let tries = 0; tries < 5; tries += 1) {
    await press.click();
    await page
      .locator(".note[role=status]")
      .last()
      .filter({ hasText: /log|verify/ })
      .waitFor();
    if ((await page.getByText(expected).count()) > 0) return;
    await page.waitForTimeout(1_000);
  }
  assert.fail(`it was not said: ${expected}; but ${await page.locator("main").innerText()}`);
}

test("what is refused is shown with reason and remedy, and the words stay", { skip }, async () => {
  const page = await visits.open("李监管", `/en/console/directives/${PILOT}/suspension`);
  await page.locator("#class-OPEN").check();
  await page.locator("#reason_zh").fill("演示。");
  await page.locator("#reason_en").fill("A demonstration.");
  await page.getByRole("button", { name: "Check your answers" }).click();
  await page.getByRole("button", { name: "Propose the suspension" }).click();
  const said = page.getByRole("alert");
  await said.waitFor();
  assert.match(await said.innerText(), /All of these classes are suspended already\./);
  assert.match(await said.innerText(), /There is nothing left to suspend\./);
  assert.equal(await said.evaluate((box) => box === document.activeElement), true);
  assert.deepEqual(await faultsOf(page), []);
  await visits.shoot(page, "en-1440-refused");
  await page.getByRole("link", { name: "Go back and change" }).click();
  assert.equal(await page.locator("#reason_en").inputValue(), "A demonstration.");
  await page.close();
});

test(
  "a lower cap: what is typed wrongly stays, consequences are told, another rejects it",
  { skip },
  async () => {
    const page = await visits.open("李监管", `/en/console/directives/${PILOT}/restriction`);
    await page.locator("#cap-payment_amount").fill("6000.00");
    await page.locator("#reason_zh").fill("演示。");
    await page.locator("#reason_en").fill("A demonstration.");
    await page.getByRole("button", { name: "Check your answers" }).click();
    assert.match(await page.getByRole("alert").innerText(), /below the CNY 5,000\.00 in force/);
    assert.equal(await page.locator("#cap-payment_amount").inputValue(), "6000.00");
    await visits.shoot(page, "en-1440-cap-fault");
    await page.locator("#cap-payment_amount").fill("3,000");
    await page.locator("#cap-pilot_customers").fill("100,000");
    await page.getByRole("button", { name: "Check your answers" }).click();
    await page.getByText("100,000 left").waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await visits.shoot(page, "en-1440-cap-check");
    await page.getByRole("button", { name: "Propose the lower cap" }).click();
    await page.getByRole("heading", { name: "Proposed; another person must approve" }).waitFor();
    await page.close();
    const other = await visits.open("钱审批", "/zh/console/approvals", 360);
    await other.getByRole("link", { name: /调低上限/ }).click();
    await other.getByLabel("理由").fill("先与机构沟通。");
    await other.getByText("¥3,000.00").waitFor();
    assert.deepEqual(await faultsOf(other), []);
    await visits.shoot(other, "zh-360-approval");
    await other.getByRole("button", { name: "驳回" }).click();
    await other.getByRole("heading", { name: "已驳回" }).waitFor();
    await other.close();
  },
);

test("the journal is filtered by its address and an act of it is verified", { skip }, async () => {
  const page = await visits.open("周审计", `/en/console/journal/${PILOT}`);
  await page.getByLabel("Class").selectOption("SERVICE");
  await page.waitForURL(/class=SERVICE/);
  await page.getByRole("button", { name: "Verify act 1" }).click();
  await verify(page, "Verified: it matches the public log");
  assert.deepEqual(await faultsOf(page), []);
  await visits.shoot(page, "en-1440-verified");
  await page.close();
});

test("a record that was altered on its way does not verify", { skip }, async () => {
  const page = await visits.open("周审计", `/en/console/journal/${PILOT}`);
  await page.route(/tile\/entries\//, async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body.set(Buffer.from("f"), body.indexOf('"facts":"') + 9);
    body.set(Buffer.from("e"), body.indexOf('"facts":"') + 10);
    await route.fulfill({ response, body });
  });
  await page.getByRole("button", { name: "Verify act 1" }).click();
  await verify(page, "It does not verify");
  await visits.shoot(page, "en-1440-altered");
  await page.close();
});

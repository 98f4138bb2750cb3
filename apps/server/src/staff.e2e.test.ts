/**
 * Staff at work in the console: pages of applications, pools, evaluations and exits looked at in both
 * languages and widths, an evaluation with everything in it, an incident and its letter by mouse.
 * What leads from one page to the next is walked in `journeys/`. Screenshots go to SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { noBrowser, WAYS } from "@sandbank/ui/testing";
import type { Page } from "playwright-core";
import { evaluationFile, thresholdsNow, watchPeriod } from "./staff.fixture.ts";
import { faultsOf, Visits } from "./visits.fixture.ts";

const skip = noBrowser;
const PILOT = "payment-tokens";
const DRAFTED = "harbour-pay";
const FORM = new URL("../../../scenarios/regulator-year/harbour-pay.json", import.meta.url);
/** Each language and each width once. */
const SIZES = [
  { lang: "en", width: 360 },
  { lang: "zh", width: 1440 },
] as const;

let visits: Visits;

before(async () => {
  if (skip !== false) return;
  visits = await Visits.start("staff");
  await draft();
});
after(() => visits?.end());

/** A whole declaration, put on file by a program of the bank. */
async function draft(): Promise<void> {
  const content = Buffer.from("港湾付服务协议书（虚构）\n").toString("base64");
  const file = { name: "agreement.txt", type: "text/plain", content };
  const agreement = await visits.send("/api/attachments", file, "harbour-bank/drafter");
  const whole = JSON.parse(readFileSync(FORM, "utf8")) as { form: object };
  const declaration = { ...whole, form: { ...whole.form, agreement } };
  await visits.send("/api/applications", { declaration }, "harbour-bank/drafter");
}

/** What is wrong with a page as it stands, under its name; and its picture. */
async function look(page: Page, name: string): Promise<void> {
  await page.locator("h1").waitFor();
  await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
  await visits.shoot(page, name);
  assert.deepEqual(await faultsOf(page), [], name);
}

/** Looks at pages of one person in both languages and at both widths. */
async function lookAll(name: string, paths: readonly string[]): Promise<void> {
  for (const { lang, width } of SIZES) {
    for (const path of paths) {
      const page = await visits.open(name, `/${lang}/console/${path}`, width);
      await look(page, `${lang}-${width}-${path.replaceAll(/[/?=]/g, "-")}`);
      await page.close();
    }
  }
}

/** Sends the form of an act and goes back to what it was about. */
async function press(page: Page, act: string): Promise<void> {
  await page.getByRole("button", { name: act, exact: true }).click();
  await page.getByRole("heading", { name: "Recorded", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Back", exact: true }).click();
}

async function follow(page: Page, link: string): Promise<void> {
  await page.getByRole("link", { name: link, exact: true }).click();
  await page.getByRole("heading", { name: link, level: 1 }).waitFor();
}

async function both(page: Page, name: string, [zh, en]: readonly [string, string]) {
  await page.locator(`#${name}_zh`).fill(zh);
  await page.locator(`#${name}_en`).fill(en);
}

test("pages of an application, of its pool and of the terms behind it", { skip }, async () => {
  await lookAll("顾起草", [
    ...["applications", "applications/new", `applications/${DRAFTED}`],
    ...[`applications/${DRAFTED}/edit?section=institutions`],
    ...[`applications/${DRAFTED}/edit?section=caps`],
    ...[`applications/${DRAFTED}/edit?section=agreement`],
  ]);
  await lookAll("李监管", [
    ...[`applications/${DRAFTED}`, `applications/${DRAFTED}/return`],
    ...[`compensation/${DRAFTED}`, `compensation/${PILOT}/terms`],
  ]);
});

describe("an evaluation", () => {
  test("thresholds as they stand, and what is asked too early is explained", { skip }, async () => {
    await lookAll("许高管", ["evaluations", `evaluations/${PILOT}`]);
    const page = await visits.open("许高管", `/en/console/evaluations/${PILOT}`);
    const next = page.locator("section[aria-labelledby=next]");
    await next.getByText("Ask for the evaluation", { exact: true }).waitFor();
    await next.getByText("No whole day of the test is over yet").waitFor();
    assert.equal(await page.getByRole("link", { name: "Ask for the evaluation" }).count(), 0);
    await page.close();
  });

  test(
    "with everything in it: stages, misses to the exact unit, scores, panel",
    { skip },
    async () => {
      for (const { lang, width } of SIZES) {
        const page = await visits.blank("李监管");
        await page.setViewportSize({ width, height: 900 });
        const path = `**/api/pilots/${PILOT}/evaluation`;
        await page.route(`${path}/file`, (route) => route.fulfill({ json: evaluationFile }));
        await page.route(`${path}/thresholds`, (route) => route.fulfill({ json: thresholdsNow }));
        await page.goto(`${visits.sandbank.origin}/${lang}/console/evaluations/${PILOT}`);
        await page
          .getByText(lang === "en" ? "Missed by 0.01 percentage points" : "差0.01个百分点")
          .waitFor();
        await look(page, `${lang}-${width}-evaluation-whole`);
        for (const act of ["override", "result", "return"]) {
          await page.goto(`${visits.sandbank.origin}/${lang}/console/evaluations/${PILOT}/${act}`);
          await look(page, `${lang}-${width}-evaluation-${act}`);
        }
        await page.close();
      }
    },
  );

  test("forms that are open at one stage only", { skip }, async () => {
    for (const [name, act, state, button] of [
      ["许高管", "self_test", "self_test", ["Hand in the self-test", "提交自测报告"]],
      ["周审计", "audit", "audit", ["Hand in the audit", "提交审计报告"]],
      ["郑专家", "opinion", "expert_review", ["Hand in your scores", "提交评分"]],
      ["李监管", "appoint", "expert_review", ["Appoint an expert", "聘任专家"]],
    ] as const) {
      for (const { lang, width } of SIZES) {
        const page = await visits.blank(name);
        const session = await page.request.get(`${visits.sandbank.origin}/api/session`, {
          headers: { "sandbank-face": "console" },
        });
        const { person } = (await session.json()) as { person: string };
        const appointed = { state: "appointed", scored: false, organisation: "shoal-institute" };
        const json = { ...evaluationFile, state, panel: [{ ...appointed, person }] };
        await page.setViewportSize({ width, height: 900 });
        await page.route(`**/api/pilots/${PILOT}/evaluation/file`, (route) =>
          route.fulfill({ json }),
        );
        await page.goto(`${visits.sandbank.origin}/${lang}/console/evaluations/${PILOT}/${act}`);
        await page.getByRole("button", { name: button[lang === "en" ? 0 : 1] }).waitFor();
        await look(page, `${lang}-${width}-evaluation-${act}`);
        await page.close();
      }
    }
  });

  test(
    "money is put in by whoever runs the pilot, and offered to nobody else",
    { skip },
    async () => {
      const page = await visits.open("孙运营", `/en/console/compensation/${PILOT}`);
      await page.getByRole("link", { name: "Put money in" }).waitFor();
      await page.goto(`${visits.sandbank.origin}/en/console/compensation/open-bank`);
      await page.locator("#pool").waitFor();
      assert.equal(await page.getByRole("link", { name: "Put money in" }).count(), 0);
      await page.goto(`${visits.sandbank.origin}/en/console/compensation/open-bank/fund`);
      await page.getByText("This is not open to you now.").waitFor();
      await page.close();
    },
  );

  test("an act that is not the reader's is no form but a way back", { skip }, async () => {
    const page = await visits.open("孙运营", `/en/console/evaluations/${PILOT}/result`);
    await page.getByText("This is not open to you now.").waitFor();
    assert.equal(await page.locator("main form").count(), 0);
    await look(page, "en-1440-not-open");
    await page.getByRole("link", { name: "Back", exact: true }).click();
    await page.getByText("What comes next").waitFor();
    await page.close();
  });

  test("the watch after a graduation, unfolded by keyboard", { skip }, async () => {
    for (const { lang, width } of WAYS) {
      const page = await visits.blank("李监管");
      await page.setViewportSize({ width, height: 900 });
      const path = `**/api/pilots/${PILOT}`;
      const graduated = { ...evaluationFile, state: "graduated" };
      await page.route(`${path}/evaluation/file`, (route) => route.fulfill({ json: graduated }));
      await page.route(`${path}/watch-period`, (route) => route.fulfill({ json: watchPeriod }));
      await page.goto(`${visits.sandbank.origin}/${lang}/console/evaluations/${PILOT}`);
      const panel = page.locator("section[aria-labelledby=watch]");
      await panel.getByText(lang === "en" ? "no heartbeat" : "心跳中断").waitFor();
      await look(page, `${lang}-${width}-watch`);
      const folds = panel.locator("summary");
      assert.equal(await folds.count(), 2);
      await folds.last().focus();
      await page.keyboard.press("Enter");
      await panel.getByText(lang === "en" ? "Missed by 0.01" : "差0.01个百分点").waitFor();
      await look(page, `${lang}-${width}-watch-unfolded`);
      await page.close();
    }
  });
});

test("a declaration held against a regime, by mouse and by keyboard", { skip }, async () => {
  for (const { lang, width } of WAYS) {
    for (const path of [`pilots/${PILOT}`, `applications/${DRAFTED}`]) {
      const page = await visits.open("李监管", `/${lang}/console/${path}`, width);
      const panel = page.locator("section[aria-labelledby=held]");
      await panel.locator("select").selectOption("taiwan");
      await page.waitForURL(/regime=taiwan/);
      await panel.locator("summary").first().waitFor();
      const name = `${lang}-${width}-${path.replace("/", "-")}-held`;
      await look(page, name);
      const rows = panel.locator("tbody tr").filter({ visible: true });
      const shown = await rows.count();
      assert.equal(shown > 0, width === 1440, "what presses is unfolded where there is room");
      await panel.locator("summary").last().focus();
      await page.keyboard.press("Enter");
      assert.ok((await rows.count()) > shown);
      await look(page, `${name}-unfolded`);
      await page.reload();
      await panel.locator("summary").first().waitFor();
      assert.equal(await panel.locator("select").inputValue(), "taiwan");
      await page.close();
    }
  }
});

test("an incident by mouse, and the letter that tells of it", { skip }, async () => {
  const page = await visits.open("孙运营", "/en/console/incidents");
  await follow(page, "Put one on record");
  await look(page, "en-1440-incident-new");
  await page.locator(`input[value=${PILOT}]`).check();
  await page.getByLabel("Outage").check();
  await both(page, "title", ["支付中断十分钟", "Payments stood still for ten minutes"]);
  await press(page, "Put one on record");
  await page.close();
  await lookAll("李监管", ["inbox", "incidents"]);
  const officer = await visits.open("李监管", "/en/console/inbox");
  await officer.getByRole("link", { name: "Payments stood still for ten minutes" }).click();
  await follow(officer, "Confirm it");
  await officer.locator("#startedAt").fill("2020-02-01 09:30");
  await press(officer, "Confirm it");
  await follow(officer, "Grade it");
  await officer.getByLabel("Level 3").check();
  await officer.getByLabel("Outage").check();
  await officer.getByLabel("No, or not known").check();
  await look(officer, "en-1440-incident-grade");
  await press(officer, "Grade it");
  await officer.getByText("Level 3").waitFor();
  await look(officer, "en-1440-incident");
  await officer.goto(`${visits.sandbank.origin}/en/console/inbox`);
  await officer.getByRole("button", { name: /^Mark as read/ }).click();
  await officer.getByText("Read", { exact: true }).waitFor();
  await officer.close();
});

test("pages of an exit that has not begun", { skip }, async () => {
  await lookAll("李监管", ["exits", `exits/${PILOT}`, `exits/${PILOT}/begin`]);
});

/**
 * Staff at work in the console, by mouse: an application from its draft to its number, comments
 * moderated and answered, an exit begun and its first step closed, an incident and its letter; and
 * every page of theirs looked at in both languages and widths. Screenshots go to SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import { noBrowser } from "@sandbank/ui/testing";
import type { Page } from "playwright-core";
import { evaluationFile, thresholdsNow } from "./staff.fixture.ts";
import { faultsOf, Visits } from "./visits.fixture.ts";

const skip = noBrowser;
const PILOT = "payment-tokens";
const DRAFTED = "harbour-pay";
const FORM = new URL("../../../scenarios/regulator-year/harbour-pay.json", import.meta.url);
/** Each language and each width once; journeys are in English at 1440 px. */
const SIZES = [
  { lang: "en", width: 360 },
  { lang: "zh", width: 1440 },
] as const;
/** Longer than a consultation lasts at least. */
const DAYS_TURNED = 9;
const DAY_MS = 86_400_000;

let visits: Visits;

before(async () => {
  if (skip !== false) return;
  visits = await Visits.start("staff");
  await draft();
});
after(() => visits?.end());

/** Sends as a program would, with a key of the demo or with none. */
async function send(path: string, body: object, of?: string): Promise<unknown> {
  const key = visits.demo.keys.find((one) => `${one.organisation}/${one.name}` === of)?.key;
  const headers = {
    "content-type": "application/json",
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const sent = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(`${visits.sandbank.origin}${path}`, sent);
  const said: unknown = await answer.json();
  assert.ok(answer.ok, JSON.stringify(said));
  return said;
}

/** A whole declaration, put on file by a program of the bank. */
async function draft(): Promise<void> {
  const content = Buffer.from("港湾付服务协议书（虚构）\n").toString("base64");
  const file = { name: "agreement.txt", type: "text/plain", content };
  const agreement = await send("/api/attachments", file, "harbour-bank/drafter");
  const whole = JSON.parse(readFileSync(FORM, "utf8")) as { form: object };
  const declaration = { ...whole, form: { ...whole.form, agreement } };
  await send("/api/applications", { declaration }, "harbour-bank/drafter");
}

async function turnClock(days: number): Promise<void> {
  const { now } = (await (await fetch(`${visits.sandbank.origin}/api/clock`)).json()) as {
    now: string;
  };
  const to = toIso((fromIso(now) + days * DAY_MS) as Instant);
  await send("/api/clock", { to }, "platform/clock");
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
async function press(page: Page, act: string, came: "Recorded" | "Proposed" = "Recorded") {
  await page.getByRole("button", { name: act, exact: true }).click();
  const said = came === "Recorded" ? "Recorded" : "Proposed; another person must approve";
  await page.getByRole("heading", { name: said, level: 1 }).waitFor();
  await page.getByRole("link", { name: "Back", exact: true }).click();
}

async function follow(page: Page, link: string): Promise<void> {
  await page.getByRole("link", { name: link, exact: true }).click();
  await page.getByRole("heading", { name: link, level: 1 }).waitFor();
}

/** Another person approves the one thing that waits under this title. */
async function approve(title: RegExp, button: string): Promise<void> {
  const page = await visits.open("赵审批", "/en/console/approvals");
  await page.getByRole("link", { name: title }).click();
  await look(page, `approve-${button.replaceAll(" ", "-")}`);
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("heading", { name: "Approved and in force" }).waitFor();
  await page.close();
}

async function both(page: Page, name: string, [zh, en]: readonly [string, string]) {
  await page.locator(`#${name}_zh`).fill(zh);
  await page.locator(`#${name}_en`).fill(en);
}

describe("an application, from its draft to its number", () => {
  test("a declaration is edited by section, and a wrong code is named", { skip }, async () => {
    await lookAll("顾起草", [
      ...["applications", "applications/new", `applications/${DRAFTED}`],
      ...[`applications/${DRAFTED}/edit?section=institutions`],
      ...[`applications/${DRAFTED}/edit?section=caps`],
      ...[`applications/${DRAFTED}/edit?section=agreement`],
    ]);
    const page = await visits.open("顾起草", `/en/console/applications/${DRAFTED}`);
    await page.getByRole("link", { name: "Edit the declaration" }).click();
    await page.getByRole("link", { name: /Institutions/ }).click();
    const code = page.getByLabel("Unified social credit code");
    const right = await code.inputValue();
    await code.fill("91990000MA00DEMA78");
    await page.getByRole("link", { name: /Next section/ }).click();
    await page.getByRole("button", { name: "Save as a new version" }).click();
    const summary = page.getByRole("alert");
    await summary.getByRole("link", { name: /its check character does not fit/ }).click();
    assert.equal(await code.evaluate((field) => field === document.activeElement), true);
    await look(page, "en-1440-edit-fault");
    await code.fill(right);
    await page.getByRole("link", { name: /1\.2.*Name/ }).click();
    await page.locator("#summary-en").fill("A fictional pilot of small payments on ferries.");
    await page.getByRole("button", { name: "Save as a new version" }).click();
    await page.getByRole("heading", { name: "Recorded" }).waitFor();
    await page.getByRole("link", { name: "Back", exact: true }).click();
    await page.getByRole("link", { name: "Compare with version 1" }).click();
    await page.getByRole("heading", { name: "Versions 1 and 2 compared" }).waitFor();
    await look(page, "en-1440-differences");
    await page.close();
  });

  test("somebody who drafted none of it signs with a key of his own", { skip }, async () => {
    const page = await visits.open("罗签署", "/en/console/signing-keys");
    const pair = generateKeyPairSync("ed25519");
    const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" });
    const file = { name: "key.pem", mimeType: "text/plain", buffer: Buffer.from(pem) };
    await page.locator("#enrol-file").setInputFiles(file);
    await page.getByText("The key is enrolled.").waitFor();
    await look(page, "en-1440-signing-keys");
    await page.goto(`${visits.sandbank.origin}/en/console/applications/${DRAFTED}`);
    await follow(page, "Sign and submit");
    await page.getByRole("button", { name: "Sign and submit" }).click();
    await page.getByRole("alert").waitFor();
    await look(page, "en-1440-unsigned");
    await page.locator("#key-file").setInputFiles(file);
    await page.getByText(/^Signed with key/).waitFor();
    await press(page, "Sign and submit");
    await page.getByText("Submitted", { exact: true }).first().waitFor();
    await page.close();
  });

  test("an officer reviews it, and publishing takes another person", { skip }, async () => {
    await lookAll("李监管", [`applications/${DRAFTED}`, `applications/${DRAFTED}/return`]);
    const page = await visits.open("李监管", "/en/console/applications");
    await page.getByText("Waiting for you").waitFor();
    await page.getByRole("link", { name: "Harbour Pay (fictional)" }).click();
    await follow(page, "Take it into review");
    await press(page, "Take it into review");
    await follow(page, "Publish for comment");
    await look(page, "en-1440-publish");
    await press(page, "Publish for comment", "Proposed");
    await page.close();
    await approve(/Publish for comment/, "Approve publishing");
  });

  test("comments are moderated and answered, then it gets its number", { skip }, hearing);
});

async function hearing(): Promise<void> {
  const said = ["Will it work without a network?", "Does it work offline?", "Buy cheap watches."];
  for (const body of said) await send(`/api/pilots/${DRAFTED}/comments`, { body });
  const desk = `applications/${DRAFTED}/comments`;
  await lookAll("李监管", [desk]);
  const page = await visits.open("李监管", `/en/console/${desk}`);
  await moderate(page, { n: 1, label: "Admit it; the applicant answers" });
  await moderate(page, {
    ...{ n: 2, label: "It repeats an admitted comment; join it" },
    more: () => page.getByLabel(/Will it work without a network/).check(),
  });
  await moderate(page, {
    ...{ n: 3, label: "Set it aside and publish the reason" },
    async more() {
      await both(page, "reason", ["与申报无关。", "It is about something else."]);
      await look(page, "en-1440-moderate");
    },
  });
  await page.close();
  await turnClock(DAYS_TURNED);
  const officer = await visits.open("李监管", `/en/console/applications/${DRAFTED}`);
  await officer.getByText("Comments without an answer: 1.").waitFor();
  await look(officer, "en-1440-blocked");
  const answering = await visits.open("顾起草", `/en/console/${desk}`);
  await answering.getByText("Answered 0 of 1").waitFor();
  await follow(answering, "Answer comments");
  await answering.getByLabel(/Will it work without a network/).check();
  await both(answering, "text", ["可以离线支付。", "Yes, it pays offline."]);
  await answering.getByLabel("No", { exact: true }).check();
  await look(answering, "en-1440-answer");
  await press(answering, "Publish the answer");
  await answering.getByText("Answered 1 of 1").waitFor();
  await answering.close();
  await lookAll("顾起草", [desk]);
  await follow(officer, "Register it");
  await press(officer, "Register it", "Proposed");
  await approve(/Register/, "Approve the registration");
  await officer.reload();
  await officer.getByText(/^91990000MA00DEMA79-\d{4}-0001$/).waitFor();
  await look(officer, "en-1440-registered");
  await officer.close();
}

interface Verdict {
  readonly n: number;
  readonly label: string;
  more?(): Promise<void>;
}

async function moderate(page: Page, { n, label, more }: Verdict): Promise<void> {
  await page.getByRole("link", { name: `Moderate Round 1, number ${n}` }).click();
  await page.getByLabel(label).check();
  await more?.();
  await press(page, "Moderate");
}

describe("an evaluation", () => {
  test("thresholds as they stand, and what is asked too early is explained", { skip }, async () => {
    await lookAll("许高管", ["evaluations", `evaluations/${PILOT}`]);
    const page = await visits.open("许高管", `/en/console/evaluations/${PILOT}`);
    await follow(page, "Ask for the evaluation");
    await page.getByRole("button", { name: "Ask for the evaluation" }).click();
    const said = page.getByRole("alert");
    await said.waitFor();
    assert.match(await said.innerText(), /evaluation_too_early|days/);
    await look(page, "en-1440-too-early");
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
        for (const act of ["override", "result", "return", "appoint"]) {
          await page.goto(`${visits.sandbank.origin}/${lang}/console/evaluations/${PILOT}/${act}`);
          await look(page, `${lang}-${width}-evaluation-${act}`);
        }
        await page.close();
      }
    },
  );

  test("long forms of reports", { skip }, async () => {
    for (const [name, act] of [
      ["许高管", "self_test"],
      ["周审计", "audit"],
      ["郑专家", "opinion"],
    ] as const) {
      await lookAll(name, [`evaluations/${PILOT}/${act}`]);
    }
  });
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

test(
  "an exit by mouse: proposed, approved by another, its first step closed",
  { skip },
  async () => {
    await lookAll("李监管", ["exits", `exits/${PILOT}`, `exits/${PILOT}/begin`]);
    const page = await visits.open("李监管", `/en/console/exits/${PILOT}`);
    await follow(page, "Begin the exit");
    await both(page, "reason", ["机构申请退出。", "The institution asked to leave."]);
    await both(page, "notice", ["试点将逐步结束。", "The pilot comes to its end step by step."]);
    await press(page, "Begin the exit", "Proposed");
    await page.close();
    await approve(/Begin an exit/, "Approve the exit");
    const operator = await visits.open("孙运营", `/en/console/exits/${PILOT}`);
    await operator.getByText("0 of", { exact: false }).first().waitFor();
    await look(operator, "en-1440-exit-running");
    await operator.getByRole("link", { name: "Close this step" }).first().click();
    const file = { name: "stop.txt", mimeType: "text/plain", buffer: Buffer.from("stopped") };
    await operator.locator("#evidence-file").setInputFiles(file);
    await operator.waitForFunction(
      () => (document.getElementById("evidence") as HTMLInputElement).value.length === 64,
    );
    await look(operator, "en-1440-exit-close");
    await press(operator, "Close a step");
    await operator.getByText(/^1 of \d+ steps done$/).waitFor();
    await operator.close();
    await lookAll("孙运营", [`exits/${PILOT}`, `exits/${PILOT}/list`]);
  },
);

/**
 * A live installation in a real browser with a virtual authenticator: a person of staff opens the
 * invitation, registers a passkey, signs out and in by it, confirms, registers a second device and
 * revokes the first. Screenshots go to the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openIdentity } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import { browser, lookAt, noBrowser, type TestBrowser, WAYS } from "@sandbank/ui/testing";
import type { CDPSession, Page } from "playwright-core";
import { type Sandbank, startSandbank } from "./compose.ts";
import { liveConfig } from "./live.fixture.ts";

const skip = noBrowser;
const shots = process.env["SANDBANK_SHOTS"];
/** A look-up of a session is believed for this long. */
const BELIEVED_MS = 5_500;

const FORGET_STEP_UP = statement(
  "test.forget_step_up",
  "update identity.session set stepped_up_until = null",
);

let chromium: TestBrowser;
let sandbank: Sandbank;
const { config, clear } = liveConfig();

before(async () => {
  if (skip !== false) return;
  if (shots !== undefined) mkdirSync(shots, { recursive: true });
  const started = await startSandbank(config);
  assert.ok(!isRefusal(started));
  sandbank = started;
  [chromium] = await Promise.all([browser(), sandbank.pages.built]);
});
after(async () => {
  await chromium?.close();
  await sandbank?.end();
  clear();
});

async function invitation(name: string): Promise<string> {
  const identity = openIdentity({
    ...{ store: sandbank.database.as("sandbank_identity"), mode: "live" },
    site: { id: "localhost", name: "Sandbank", origins: [sandbank.origin] },
  });
  const organisation = { zh: "演示监管局（虚构）", en: "Demo Supervisor (fictional)" };
  const invited = await identity.inviteAdmin({
    organisation: { id: "supervisor", kind: "supervisor", name: organisation, fictional: true },
    name: { zh: name, en: name },
    roles: ["supervisor_officer"],
  });
  assert.ok(!isRefusal(invited));
  return invited.secret;
}

/** A device that answers by itself, as a person with a finger on it would. */
async function plugIn(cdp: CDPSession): Promise<string> {
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}

/** Nothing is wrong with the page, looked at from its top wherever the focus was before. */
async function faultsOf(page: Page, name: string): Promise<void> {
  await page.evaluate(() => {
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
  assert.deepEqual(await lookAt(page), [], name);
  if (shots === undefined) return;
  await page.screenshot({ path: join(shots, `passkeys-${name}.png`), fullPage: true });
}

for (const { lang, width } of WAYS) {
  test(
    `the pages of enrolment and sign-in have no fault, ${lang} at ${width} px`,
    { skip },
    async () => {
      const context = await chromium.open({ width });
      const page = await context.newPage();
      await page.goto(`${sandbank.origin}/${lang}/console/invite/${"x".repeat(43)}`);
      await page.locator("#device").waitFor();
      await faultsOf(page, `${lang}-${width}-invite`);
      await page.locator("#device").fill("");
      await page.locator("button[type=submit]").click();
      await page.locator("[id$=-error]").waitFor();
      await faultsOf(page, `${lang}-${width}-invite-unnamed`);
      await page.locator("#device").fill("x");
      await page.locator("button[type=submit]").click();
      await page.getByRole("alert").getByText("link_not_usable").waitFor();
      await faultsOf(page, `${lang}-${width}-invite-spent`);
      await page.goto(`${sandbank.origin}/${lang}/console/`);
      await page.locator("#passkey").waitFor();
      await faultsOf(page, `${lang}-${width}-sign-in`);
      await context.close();
    },
  );
}

test("a person of staff enrols by invitation and signs in by passkey alone", { skip }, async () => {
  const context = await chromium.open({ width: 1440 });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const first = await plugIn(cdp);
  await page.goto(`${sandbank.origin}/en/console/invite/${await invitation("Li Wei")}`);
  await page.locator("#device").fill("Office computer");
  await page.getByRole("button", { name: "Register a passkey" }).click();
  await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();
  assert.match(page.url(), /\/en\/console\/$/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in by passkey" }).click();
  await page.getByRole("heading", { name: "Today", level: 1 }).waitFor();

  await page.getByRole("link", { name: "Passkeys" }).click();
  await page.getByText("Office computer").first().waitFor();
  await faultsOf(page, "en-1440-mine");
  await sandbank.database.owner.query(FORGET_STEP_UP, []);
  await page.waitForTimeout(BELIEVED_MS);
  await page.locator("#device").fill("Phone");
  await page.getByRole("button", { name: "Register a passkey" }).click();
  await page.getByRole("alert").getByText("step_up_needed").waitFor();
  await faultsOf(page, "en-1440-step-up");
  await page.getByRole("button", { name: "Confirm by passkey" }).click();
  await page.getByText("Confirmed, for five minutes.").waitFor();
  // Another device in place of the first, which has a passkey already.
  await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: first });
  await plugIn(cdp);
  await page.locator("#device").fill("Phone");
  await page.getByRole("button", { name: "Register a passkey" }).click();
  await page.getByText("“Phone” is registered").waitFor();
  await page.getByRole("button", { name: "Revoke “Office computer”" }).click();
  await faultsOf(page, "en-1440-revoke");
  await page.getByRole("button", { name: "Revoke it" }).click();
  await page.getByText("“Office computer” is revoked.").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in by passkey" }).waitFor();

  await page.getByRole("button", { name: "Sign in by passkey" }).click();
  // Back where the person was, by the second device alone.
  await page.getByRole("button", { name: "Revoke “Phone”" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Revoke “Office computer”" }).count(), 0);
  await context.close();
});

test("who says no to the device is told so and is not signed in", { skip }, async () => {
  const context = await chromium.open({ width: 360 });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const device = await plugIn(cdp);
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId: device, isUserVerified: false });
  await page.goto(`${sandbank.origin}/zh/console/`);
  await page.getByRole("button", { name: "用通行密钥登录" }).click();
  const said = page.getByRole("alert");
  await said.getByText("设备没有完成确认").waitFor();
  assert.equal(await said.evaluate((box) => box === document.activeElement), true);
  await faultsOf(page, "zh-360-refused");
  await context.close();
});

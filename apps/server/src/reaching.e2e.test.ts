/**
 * Addresses for notices and keys for requests in a browser against a whole Sandbank: an address is
 * opened, proven by the code that came to a real gateway, and closed; a key is made, enrolled and
 * ended. By mouse and by keyboard, in Chinese at 360 px and in English at 1440 px. Screenshots go to
 * the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { LOOPBACK } from "@sandbank/kernel/config";
import { noBrowser } from "@sandbank/ui/testing";
import type { Locator, Page } from "playwright-core";
import { faultsOf, Visits } from "./visits.fixture.ts";

const skip = noBrowser;
const TABS_MAX = 80;

const SEEN = [
  {
    ...{ lang: "zh", width: 360, other: "+8613900000001" },
    ...{ mine: "通知地址", open: "登记通知地址", address: "地址", code: "验证码", prove: "验证" },
    ...{ wrong: "验证码不对，还可以再输 4 次。", six: "输入收到的六位数字" },
    ...{
      proven: "已验证",
      unproven: "待验证",
      close: "停用",
      erase: "确定停用",
      gone: "已停用的地址（1）",
    },
    ...{ bare: "输入带国家代码的手机号码，如 +8613900000000", sms: "短信" },
    ...{
      keys: "请求签名公钥",
      name: "程序名称",
      make: "在此生成密钥",
      named: "填写程序名称，最多120个字符",
    },
    ...{ inUse: "使用中", end: "停用", endYes: "确定停用", ended: "已停用" },
  },
  // The second is closed by the same person after the first.
  {
    ...{ lang: "en", width: 1440, other: "+8613900000002" },
    ...{ mine: "Addresses for notices", open: "Open an address", address: "Address", code: "Code" },
    ...{ prove: "Prove it", wrong: "This is not the code that was sent. Tries left: 4." },
    ...{ six: "Type in the six digits that came", proven: "Proven", unproven: "Not proven yet" },
    ...{ close: "Close it", erase: "Close and erase it", gone: "Closed addresses (2)" },
    ...{ bare: "Type in a number with its country, such as +8613900000000", sms: "Text message" },
    ...{ keys: "Keys for requests", name: "Name of the program", make: "Make a key here" },
    ...{ named: "Name the program, in at most 120 characters" },
    ...{ inUse: "In use", end: "End it", endYes: "End it for good", ended: "Ended" },
  },
] as const;

/** Presses Tab until the control has the focus: what the keyboard does not reach fails here. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let press = 0; press < TABS_MAX; press += 1) {
    await page.keyboard.press("Tab");
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`the keyboard does not reach ${String(control)}`);
}

describe("how an institution and the supervisor are reached", { skip }, () => {
  const messages: { readonly to: string; readonly text: string }[] = [];
  let gateway: Server;
  let visits: Visits;
  before(async () => {
    gateway = createServer((request, response) => {
      void request.toArray().then((chunks) => {
        messages.push(JSON.parse(Buffer.concat(chunks as Buffer[]).toString()) as never);
        response.writeHead(201).end();
      });
    });
    await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
    const mail = { host: "127.0.0.1", port: 1, secure: false, from: "notices@sandbank.example" };
    const post = { mail, sms: { url }, inside: LOOPBACK };
    visits = await Visits.start("reaching", undefined, { post });
  });
  after(async () => {
    await visits?.end();
    gateway?.closeAllConnections();
    gateway?.close();
  });

  /** The code that came to a number. */
  async function codeFor(number: string): Promise<string> {
    for (let tried = 0; tried < 200; tried += 1) {
      const came = messages.findLast(({ to }) => to === number);
      if (came !== undefined) return /\b[0-9]{6}\b/.exec(came.text)?.[0] ?? "";
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return assert.fail(`nothing came to ${number}`);
  }

  for (const seen of SEEN) {
    const { lang, width, other } = seen;

    test(`an address is opened, proven and closed, in ${lang} at ${width} px`, async () => {
      const page = await visits.open("李监管", `/${lang}/console/inbox`, width);
      await page.getByRole("link", { name: seen.mine }).click();
      await page.getByRole("heading", { name: seen.mine, level: 1 }).waitFor();
      await page.getByRole("radio", { name: seen.sms }).check();
      await page.getByLabel(seen.address, { exact: true }).fill("13900000000");
      await page.getByRole("button", { name: seen.open }).click();
      await page.getByRole("alert").getByText(seen.bare).waitFor();
      assert.deepEqual(await faultsOf(page), []);
      await visits.shoot(page, `${lang}-${width}-contact-faults`);
      await page.getByLabel(seen.address, { exact: true }).fill(other);
      await page.getByRole("button", { name: seen.open }).click();
      const panel = page.locator("section", { hasText: `…${other.slice(-2)}` });
      await panel.getByText(seen.unproven).waitFor();
      const code = await codeFor(other);
      await panel.getByLabel(seen.code, { exact: true }).waitFor();
      assert.deepEqual(await faultsOf(page), []);
      await visits.shoot(page, `${lang}-${width}-contact-unproven`);
      await panel.getByLabel(seen.code, { exact: true }).fill("12");
      await panel.getByRole("button", { name: seen.prove, exact: true }).click();
      await panel.getByText(seen.six).waitFor();
      const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
      await panel.getByLabel(seen.code, { exact: true }).fill(wrong);
      await panel.getByRole("button", { name: seen.prove, exact: true }).click();
      await page.getByRole("alert").getByText(seen.wrong).waitFor();
      assert.deepEqual(await faultsOf(page), []);
      await visits.shoot(page, `${lang}-${width}-contact-wrong`);
      await page.reload();
      await tabTo(page, panel.getByLabel(seen.code, { exact: true }));
      await page.keyboard.type(`${code.slice(0, 3)} ${code.slice(3)}`);
      await page.keyboard.press("Enter");
      await panel.getByText(seen.proven, { exact: true }).first().waitFor();
      assert.deepEqual(await faultsOf(page), []);
      await visits.shoot(page, `${lang}-${width}-contact-proven`);
      await tabTo(page, panel.getByRole("button", { name: seen.close }));
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: seen.erase }).click();
      await page.getByText(seen.gone).waitFor();
      assert.deepEqual(await faultsOf(page), []);
      await visits.shoot(page, `${lang}-${width}-contact-closed`);
      assert.ok(!(await page.content()).includes(other), "the address stands nowhere on the page");
      await page.close();
    });

    test(`a key for requests is made, enrolled and ended, in ${lang} at ${width} px`, async () => {
      const page = await visits.open("许高管", `/${lang}/console/signing-keys`, width);
      await page.getByRole("link", { name: seen.keys }).click();
      await page.getByRole("heading", { name: seen.keys, level: 1 }).waitFor();
      await page.getByRole("button", { name: seen.make }).click();
      await page.getByRole("alert").getByText(seen.named).waitFor();
      assert.deepEqual(await faultsOf(page), []);
      await tabTo(page, page.getByLabel(seen.name));
      await page.keyboard.type(`permits-${lang}`);
      await tabTo(page, page.getByRole("button", { name: seen.make }));
      await page.keyboard.press("Enter");
      const one = page.locator("li", { hasText: `permits-${lang}` });
      await one.getByText(seen.inUse).waitFor();
      assert.match(await one.locator("code").first().innerText(), /^([0-9a-f]{8} ){7}[0-9a-f]{8}$/);
      await page.locator("a[download]").waitFor();
      assert.deepEqual(await faultsOf(page), []);
      await visits.shoot(page, `${lang}-${width}-request-key`);
      await one.getByRole("button", { name: seen.end }).click();
      await one.getByRole("button", { name: seen.endYes }).click();
      await one.getByText(seen.ended, { exact: true }).first().waitFor();
      assert.equal(await one.getByRole("button").count(), 0, "what is ended is not ended again");
      assert.deepEqual(await faultsOf(page), []);
      await visits.shoot(page, `${lang}-${width}-request-key-ended`);
      await page.close();
    });
  }

  test("who may not enrol or open reads who may, and is offered nothing", async () => {
    const keys = await visits.open("孙运营", "/en/console/request-keys");
    await keys.getByText("An approver of the institution enrols and ends them.").waitFor();
    assert.equal(await keys.getByRole("button", { name: "Make a key here" }).count(), 0);
    await keys.close();
    const contacts = await visits.open("周审计", "/zh/console/contacts", 360);
    await contacts.getByText("您的角色不接收消息，不能登记通知地址。").waitFor();
    assert.equal(await contacts.getByRole("button", { name: "登记通知地址" }).count(), 0);
    assert.deepEqual(await faultsOf(contacts), []);
    await contacts.close();
  });
});

/**
 * Payment tokens in the console, in a browser against a whole Sandbank: a requestor is registered,
 * admitted by two, given a scene and suspended; what is tried with tokens where it has no place is
 * seen as figures that open their rows. By mouse and by keyboard, in Chinese at 360 px and in English
 * at 1440 px. Screenshots go to the folder named by SANDBANK_SHOTS.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { noBrowser } from "@sandbank/ui/testing";
import type { Locator, Page } from "playwright-core";
import { asking, openShop, paymentAt, REQUESTOR, type Shop } from "./shop.fixture.ts";
import { faultsOf, Visits } from "./visits.fixture.ts";

const skip = noBrowser;
const TABS_MAX = 80;
const HOLDER = "holder-lin";

const SEEN = [
  {
    ...{ lang: "zh", width: 360, trid: "10100000011", scene: "zh-trips" },
    ...{ section: "支付标记", register: "登记标记请求方", six: "编号（TRID）：写11位数字。" },
    ...{
      host: "收款域名：每行写一个小写域名。",
      done: "已记录",
      list: "标记请求方",
      next: "下一步",
    },
    ...{
      waiting: "等待准入的标记请求方",
      waits: "待准入",
      admit: "准入",
      parked: "已提出，等待批准",
    },
    ...{ task: "准入标记请求方10100000011", approve: "批准准入", approved: "已批准" },
    ...{ active: "有效", suspend: "暂停", suspended: "已暂停" },
    ...{ newScene: "登记场景", mccs: "商户类别：每行写四位数字或区间，例如7011-7033。" },
    ...{ scenes: "场景", stops: "请求方现在不是有效状态，这个场景里的支付全部被拒。" },
    ...{ misuse: "被拒支付与误用", outOfScene: "场景之外", days: "近7日", every: "显示全部原因" },
    ...{ mcc: "商户类别不在场景 farsail-trips 之内。" },
    ...{ asks: "客户来询", look: "查看", another: "查看另一位", latest: "最近被拒的支付" },
    ...{
      nobody: "没有与所述信息相符的客户。",
      whole: "商户编号：写字母、数字或 . _ -，至多40个。",
    },
  },
  {
    ...{ lang: "en", width: 1440, trid: "10100000012", scene: "en-trips" },
    ...{ section: "Payment tokens", register: "Register a requestor" },
    ...{
      six: "Requestor id: give 11 digits.",
      host: "Domains: one host a line, in small letters.",
    },
    ...{ done: "Recorded", list: "Token requestors", next: "What comes next" },
    ...{ waiting: "Requestors that wait to be admitted", waits: "Waits to be admitted" },
    ...{ admit: "Admit it", parked: "Proposed; another person must approve" },
    ...{ task: "Admit token requestor 10100000012", approve: "Approve the admission" },
    ...{ approved: "Approved", active: "Active", suspend: "Suspend it", suspended: "Suspended" },
    ...{ newScene: "Register a scene" },
    ...{ mccs: "Categories: four digits or a range a line, such as 7011-7033.", scenes: "Scenes" },
    stops: "Its requestor is not active now, so every payment in this scene is declined.",
    ...{ misuse: "Declines and misuse", outOfScene: "Out of scene", days: "Last 7 days" },
    ...{ every: "Show every cause" },
    mcc: "The merchant's category is not in the scene farsail-trips.",
    ...{ asks: "A holder asks", look: "Look", another: "Look for another" },
    ...{ latest: "Latest declines", nobody: "No holder fits what was said." },
    whole: "Id of the merchant: letters, digits or . _ -, at most 40.",
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

describe("payment tokens in the console", { skip }, () => {
  let visits: Visits;
  let shop: Shop;
  before(async () => {
    visits = await Visits.start("tokens");
    const { origin } = visits.sandbank;
    const keys = new Map(
      visits.demo.keys.map(({ organisation, name, key }) => [`${organisation}/${name}`, key]),
    );
    const ask = asking({ origin, key: (of) => keys.get(of) ?? "" });
    shop = await openShop(ask, "tokens", 100_000n);
    const pay = async (body: ReturnType<typeof paymentAt>, status: number) => {
      const asked = { path: "/api/authorisations", of: REQUESTOR, id: `tokens.${body.reference}` };
      const answer = await ask({ method: "POST", ...asked, body });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
    };
    // Three days, so that there is a line to see.
    for (const day of [1, 2, 3]) {
      if (day > 1) await visits.turnClock(1);
      const paid = (amount: bigint, n: number) => paymentAt(shop, amount, `T-${day}-${n}`);
      for (let n = 10; n < 10 + day * 3; n += 1) await pay(paid(100n, n), 201);
      await pay({ ...paid(10n, 1), mcc: "5999" }, 409);
      await pay({ ...paid(10n, 2), merchant: "ELSEWHERE" }, 409);
      await pay({ ...paid(10n, 3), token: "9999880100000000" }, 409);
      await pay(paid(999_999n, 4), 409);
    }
  });
  after(() => visits?.end());

  async function look(page: Page, name: string): Promise<void> {
    await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
    assert.deepEqual(await faultsOf(page), [], name);
    await visits.shoot(page, name);
  }

  for (const seen of SEEN) {
    const { lang, width, trid } = seen;
    const shot = `${lang}-${width}`;
    const at = (path: string) => `/${lang}/console/${path}`;

    test(`a requestor is registered and admitted by two, in ${lang} at ${width} px`, async () => {
      const page = await visits.open("孙运营", at(""), width);
      await page.getByRole("link", { name: seen.section, exact: true }).click();
      await page.getByRole("heading", { name: seen.list, level: 1 }).waitFor();
      await look(page, `${shot}-requestors`);
      await page.getByRole("link", { name: seen.register }).click();
      await page.locator("#trid").fill("123");
      await page.locator("#organisation").fill("lantern-finance");
      await page.locator("#name_zh").fill("灯塔试点（虚构）");
      await page.locator("#name_en").fill("Lantern pilot (fictional)");
      await page.locator("#domains").fill("pay.lantern.example\nNot A Host");
      await page.getByRole("button", { name: seen.register }).click();
      const alert = page.getByRole("alert");
      await alert.getByText(seen.six).waitFor();
      await alert.getByText(seen.host).waitFor();
      await look(page, `${shot}-requestor-faults`);
      await page.locator("#domains").fill("pay.lantern.example");
      await tabTo(page, page.locator("#trid"));
      await page.keyboard.press("Control+A");
      await page.keyboard.type(trid);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: seen.done, level: 1 }).waitFor();
      await look(page, `${shot}-requestor-registered`);
      await page.goto(`${visits.sandbank.origin}${at("")}`);
      const card = page.locator("section[aria-labelledby=applied]");
      await card.getByText(seen.waiting).waitFor();
      await look(page, `${shot}-today-applied`);
      await card.getByRole("link", { name: new RegExp(trid) }).click();
      await page.getByText("pay.lantern.example").waitFor();
      await page.getByText(seen.waits, { exact: true }).first().waitFor();
      await look(page, `${shot}-requestor-applied`);
      await tabTo(page, page.getByRole("link", { name: seen.admit, exact: true }));
      await page.keyboard.press("Enter");
      await tabTo(page, page.getByRole("button", { name: seen.admit, exact: true }));
      await look(page, `${shot}-requestor-admit`);
      await page.getByRole("button", { name: seen.admit, exact: true }).press("Enter");
      await page.getByRole("heading", { name: seen.parked, level: 1 }).waitFor();
      await page.close();

      const other = await visits.open("许高管", at("approvals"), width);
      await other.getByRole("link", { name: seen.task }).click();
      await look(other, `${shot}-requestor-task`);
      await other.getByRole("button", { name: seen.approve }).click();
      await other.getByRole("heading", { name: seen.approved, level: 1 }).waitFor();
      await other.goto(`${visits.sandbank.origin}${at(`requestors/${trid}`)}`);
      await other.locator("h1").waitFor();
      await other.getByText(seen.active, { exact: true }).first().waitFor();
      assert.equal(await other.locator(".next a").count(), 0, "an approver proposes nothing");
      await look(other, `${shot}-requestor-active`);
      await other.close();
    });

    test(`its scene is registered, and stops with it, in ${lang} at ${width} px`, async () => {
      const page = await visits.open("孙运营", at("scenes"), width);
      await page.getByRole("link", { name: seen.newScene }).click();
      await page.getByRole("radio", { name: new RegExp(trid) }).check();
      await page.locator("#id").fill(seen.scene);
      await page.locator("#name_zh").fill("演示出行");
      await page.locator("#name_en").fill("Demo trips");
      await page.locator("#mccs").fill("4511\n70-11");
      await page.locator("#channels").fill("app\nweb");
      await page.locator("#cryptogram-yes").check();
      await page.getByRole("button", { name: seen.newScene }).click();
      await page.getByRole("alert").getByText(seen.mccs).waitFor();
      await look(page, `${shot}-scene-faults`);
      await page.locator("#mccs").fill("4511\n7011-7033");
      await page.getByRole("button", { name: seen.newScene }).click();
      await page.getByRole("heading", { name: seen.done, level: 1 }).waitFor();
      await page.goto(`${visits.sandbank.origin}${at("scenes")}`);
      await page.getByText("7011-7033").first().waitFor();
      await look(page, `${shot}-scenes`);
      await page.goto(`${visits.sandbank.origin}${at(`requestors/${trid}/suspend`)}`);
      await page.getByRole("button", { name: seen.suspend, exact: true }).click();
      await page.getByRole("heading", { name: seen.done, level: 1 }).waitFor();
      await page.goto(`${visits.sandbank.origin}${at(`scenes/${seen.scene}`)}`);
      await page.getByText(seen.stops).waitFor();
      await page.getByText(seen.suspended, { exact: true }).first().waitFor();
      await look(page, `${shot}-scene`);
      await page.close();
    });

    test(`misuse is seen as figures that open their rows, in ${lang} at ${width} px`, async () => {
      const page = await visits.open("魏合规", at("misuse"), width);
      await page.getByRole("heading", { name: seen.misuse, level: 1 }).waitFor();
      const rows = page.locator("section[aria-labelledby=rows] tbody tr");
      await rows.nth(3).waitFor();
      assert.equal(await rows.count(), 4, "the last day's own");
      await page.locator(".plot canvas").waitFor();
      await look(page, `${shot}-misuse`);
      const causes = page.locator("section[aria-labelledby=causes]");
      const cause = causes.getByRole("link", { name: new RegExp(`^${seen.outOfScene}`) });
      await tabTo(page, cause);
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: seen.every }).waitFor();
      await page.getByText(seen.mcc).waitFor();
      assert.equal(await rows.count(), 2);
      assert.match(await rows.first().innerText(), new RegExp(shop.number.slice(-4)));
      const html = await page.content();
      for (const secret of [HOLDER, shop.number, shop.number.slice(0, -4)]) {
        assert.ok(!html.includes(secret), `${secret} stands on the page`);
      }
      await look(page, `${shot}-misuse-cause`);
      await page.getByRole("combobox").first().selectOption("7");
      await page.waitForURL(/days=7/);
      await look(page, `${shot}-misuse-week`);
      await page.close();
    });

    test(`a holder who asks is served, and shown in part, in ${lang} at ${width} px`, async () => {
      const page = await visits.open("陈投诉", at(""), width);
      await page.locator("header nav").getByRole("link", { name: seen.asks, exact: true }).click();
      await page.getByRole("heading", { name: seen.asks, level: 1 }).waitFor();
      await look(page, `${shot}-holders`);
      const act = page.getByRole("button", { name: seen.look, exact: true });
      await page.locator("#purpose-dispute").check();
      await page.locator("#reference").fill("call-1");
      await page.locator("#holder").fill("holder-lim");
      await page.locator("#amount").fill("1.00");
      await act.click();
      await page.getByRole("alert").getByText(seen.whole).waitFor();
      await look(page, `${shot}-holders-faults`);
      await page.locator("#amount").fill("");
      await act.click();
      await page.getByText(seen.nobody).waitFor();
      await look(page, `${shot}-holders-nobody`);
      await tabTo(page, page.locator("#holder"));
      await page.keyboard.press("Control+A");
      await page.keyboard.type(HOLDER);
      await page.keyboard.press("Enter");
      const declines = page.locator("section[aria-labelledby=declines]");
      await declines.getByRole("heading", { name: seen.latest }).waitFor();
      await declines.locator("tbody tr").nth(5).waitFor();
      const html = await page.content();
      assert.match(html, new RegExp(`\\*{4} ${shop.number.slice(-4)}`));
      for (const secret of [HOLDER, shop.number, shop.number.slice(0, -4)]) {
        assert.ok(!html.includes(secret), `${secret} stands on the page`);
      }
      await look(page, `${shot}-holders-served`);
      await page.getByRole("button", { name: seen.another }).click();
      assert.equal(await page.locator("#holder").inputValue(), "", "nothing stays of it");
      await page.close();
    });
  }

  test("who has no part in it is not led there, and reads whose it is", async () => {
    const page = await visits.open("顾起草", "/en/console/");
    await page.getByRole("link", { name: "Journal", exact: true }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Payment tokens", exact: true }).count(), 0);
    await page.goto(`${visits.sandbank.origin}/en/console/misuse`);
    await page.getByText("Only the issuer, the supervisor and auditors may see this.").waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.goto(`${visits.sandbank.origin}/en/console/requestors/new`);
    await page.getByText("This is not open to you now.").waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.close();
    const officer = await visits.open("李监管", "/zh/console/requestors", 360);
    await officer.getByText(shop.trid).waitFor();
    assert.equal(await officer.getByRole("link", { name: "登记标记请求方" }).count(), 0);
    await officer.goto(`${visits.sandbank.origin}/zh/console/requestors/${shop.trid}`);
    await officer.getByText("现在没有需要您办理的步骤。").waitFor();
    assert.deepEqual(await faultsOf(officer), []);
    await officer.goto(`${visits.sandbank.origin}/zh/console/requestors/99900000000`);
    await officer.getByRole("heading", { name: "没有这个标记请求方" }).waitFor();
    assert.deepEqual(await faultsOf(officer), []);
    await officer.close();
  });

  test("the pilot leaves: holders told, tokens and cards gone, keys destroyed by two", async () => {
    const zh = (path: string) => `/zh/console/${path}`;
    const page = await visits.open("魏合规", zh("ending"), 360);
    await page.getByText("试点没有进入退出程序。").first().waitFor();
    await look(page, "zh-360-ending-early");
    const text = { zh: "测试用说明", en: "a text of the test" };
    const asked = { reason: text, notice: text };
    const exit = `/api/pilots/payment-tokens/exit`;
    const { task } = await visits.send<{ task: string }>(exit, asked, "supervisor/officer");
    await visits.send(`/api/tasks/${task}/approve`, {}, "supervisor/approver");
    const waits = page.getByText("等已授权的支付请款、撤销或到期。");
    await waits.waitFor();
    await look(page, "zh-360-ending");
    // What was authorised and never captured ends by itself.
    await visits.turnClock(8);
    for (const [name, left] of [
      ["通知全部持卡人", "未通知的持卡人"],
      ["注销全部支付标记", "未注销的支付标记"],
      ["解绑全部卡片", "未解绑的卡片"],
    ] as const) {
      await page.locator(".next").getByRole("link", { name, exact: true }).click();
      await page.getByRole("button", { name, exact: true }).waitFor();
      await look(page, `zh-360-ending-${left}`);
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByRole("heading", { name: "已记录", level: 1 }).waitFor();
      await page.goto(`${visits.sandbank.origin}${zh("ending")}`);
      await page.getByText("未销毁的密钥").waitFor();
      assert.equal(await page.getByText(left).count(), 0, left);
    }
    await page.close();

    const destroy = "Destroy every key of the vault";
    const one = await visits.open("孙运营", "/en/console/ending");
    await one.locator(".next").getByRole("link", { name: destroy }).click();
    await one.getByRole("button", { name: destroy }).click();
    await one.getByRole("heading", { name: "Proposed; another person must approve" }).waitFor();
    const other = await visits.open("许高管", "/en/console/approvals");
    await other.getByRole("link", { name: destroy }).click();
    await look(other, "en-1440-ending-task");
    await other.getByRole("button", { name: "Approve destroying them" }).click();
    await other.getByRole("heading", { name: "Approved", level: 1 }).waitFor();
    await other.close();
    await one.goto(`${visits.sandbank.origin}/en/console/ending`);
    await one.getByText("Scenes not ended").first().waitFor();
    await one.getByText("Keys not destroyed").waitFor({ state: "detached" });
    await look(one, "en-1440-ending-left");
    await one.close();
  });
});

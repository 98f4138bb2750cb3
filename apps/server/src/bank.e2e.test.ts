/**
 * The bank's app in Chromium against a whole Sandbank: from an empty app over a bound card and a token
 * to payments, a decline that is understood, changed limits, a pause, a complaint; by passkey; by
 * keyboard; in the elder view. Every page is looked at, in Chinese on a phone and in English at a desk.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { noBrowser } from "@sandbank/ui/testing";
import type { Locator, Page } from "playwright-core";
import { CARD, Customer, type Said } from "./bank.fixture.ts";
import { faultsOf, Visits } from "./visits.fixture.ts";

const skip = noBrowser;
const TABS_MAX = 80;
const PHONE = { lang: "zh", width: 360 } as const;
const DESK = { lang: "en", width: 1440 } as const;

let visits: Visits;
before(async () => {
  if (skip !== false) return;
  visits = await Visits.start("bank", undefined, { furnished: true });
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

const ISSUE: Said = ["申请新智令", "Get a new token"];
const MAKE: Said = ["申请智令", "Make the token"];
const AGREE: Said = ["我已看过，同意", "I have read it and agree"];
const LIMITS: Said = ["修改限额", "Change the limits"];
const SAVE: Said = ["保存限额", "Save the limits"];

for (const way of [PHONE, DESK]) {
  test(`a newcomer finds a bank at work, ${way.lang} at ${way.width} px`, { skip }, async () => {
    const wen = await Customer.enter(visits, "温晴", way);
    await wen.reads(["今天已用¥740.00", "CNY 740.00 used today"]);
    await wen.look("lived-in-home");
    await wen.page.getByRole("link", { name: wen.say(["机票、酒店", "Flights, Hotels"]) }).click();
    await wen.reads(["¥260.00", "CNY 260.00"]);
    await wen.look("lived-in-token");
    await wen.follow(["付款", "Payments"]);
    await wen.reads(["已付款", "Paid"]);
    await wen.reads(["待扣款", "On hold"]);
    await wen.reads(["超过了单笔限额", "Above the limit for one payment"]);
    await wen.look("lived-in-payments");
    await wen.leave();
  });
}

for (const way of [PHONE, DESK]) {
  test(`who is not signed in reads how, ${way.lang} at ${way.width} px`, { skip }, async () => {
    const context = await visits.chromium.open({ width: way.width });
    const page = await context.newPage();
    await page.goto(`${visits.sandbank.origin}/${way.lang}/bank/cards`);
    await page.locator("#demo-link").waitFor();
    await visits.shoot(page, `${way.lang}-${way.width}-sign-in`);
    assert.deepEqual(await faultsOf(page), []);
    await context.close();
  });
}

test(
  "P4.2: 绑卡、申请智令: from an empty app to a token, each fault told where it is",
  { skip },
  async () => {
    const lin = await Customer.enter(visits, "林晓", PHONE);
    await lin.reads(["您还没有智令", "You have no token yet"]);
    await lin.look("home-empty");
    await lin.follow(ISSUE);
    await lin.reads(["先添加一张卡", "Add a card first"]);
    await lin.look("issue-no-card");
    await lin.follow(["添加卡片", "Add a card"]);
    await lin.press(["绑定这张卡", "Bind the card"]);
    const faults = lin.page.getByRole("alert");
    await faults.waitFor();
    assert.equal(await faults.evaluate((box) => box === document.activeElement), true);
    await lin.look("bind-faults");
    await lin.fill("number", "9999 0200 0000 0011");
    await lin.fill("expires", "12/30");
    await lin.press(["绑定这张卡", "Bind the card"]);
    await lin.reads(["对照卡面核对卡号", "Compare it with the card"]);
    await lin.look("bind-refused");
    await lin.fill("number", CARD);
    await lin.press(["绑定这张卡", "Bind the card"]);
    await lin.reads(["卡已绑定", "The card is bound"]);
    await lin.look("cards");
    await lin.fund("60000");
    await lin.follow(["接着申请智令", "Go on and make a token"]);
    await lin.press(MAKE);
    await lin.reads(["至少选一个场景", "Choose at least one scene"]);
    await lin.look("issue-faults");
    await lin.page.getByLabel("机票").check();
    await lin.page.getByLabel(lin.say(AGREE)).check();
    await lin.look("issue");
    await lin.press(MAKE);
    await lin.reads(["智令已做好", "The token is made"]);
    await lin.look("token-made");
    await lin.follow(["我的智令", "My tokens"]);
    await lin.reads(["今天已用¥0.00", "CNY 0.00 used today"]);
    await lin.look("home");
    await lin.leave();
  },
);

test(
  "P4.3: 未付款说得清: a decline names the limit, what was asked and left, and leads to it",
  { skip },
  async () => {
    const lin = await Customer.enter(visits, "林晓", PHONE);
    assert.equal((await lin.pay("40000", "order-1")).code, undefined);
    assert.equal((await lin.pay("50001", "order-2")).code, "payment_declined");
    assert.equal((await lin.pay("30000", "order-3")).code, "payment_declined");
    await lin.follow(["付款", "Payments"]);
    await lin.reads(["超过了单笔限额", "Above the limit for one payment"]);
    await lin.reads(["卡上的钱不够", "There is not enough money on the card"]);
    await lin.look("payments");
    await lin.page.getByRole("link", { name: "超过了单笔限额" }).click();
    await lin.titled(["超过了单笔限额", "Above the limit for one payment"]);
    const sum = await lin.page.locator("table.receipt").innerText();
    assert.match(sum, /¥500\.00[^]*¥500\.01[^]*¥0\.01/);
    await lin.reads(["您设的限制，第1版", "Your own limits, version 1"]);
    await lin.look("decline");
    await lin.follow(LIMITS);
    await lin.titled(LIMITS);
    await lin.leave();
  },
);

test(
  "P4.3: 收紧马上，放宽再确认: tightening is at once, loosening asks once more",
  { skip },
  async () => {
    const lin = await Customer.enter(visits, "林晓", PHONE);
    await lin.page.getByRole("link", { name: /机票/ }).click();
    await lin.follow(LIMITS);
    await lin.fill("paymentAmount", "ten");
    await lin.press(SAVE);
    await lin.reads(["金额写成500或1200.50", "Write an amount such as 500"]);
    await lin.look("limits-faults");
    await lin.fill("paymentAmount", "300");
    await lin.fill("dayCount", "5");
    await lin.press(SAVE);
    await lin.reads(["限额已改", "The limits are changed"]);
    await lin.reads(["上限¥300.00", "Cap CNY 300.00"]);
    await lin.look("token-limits-changed");
    await lin.follow(LIMITS);
    await lin.fill("paymentAmount", "800");
    await lin.press(SAVE);
    await lin.titled(LIMITS);
    await lin.page.getByRole("heading", { name: "确认是您本人" }).waitFor();
    await lin.reads(["没有登记设备，这里用演示的模拟确认", "simulated confirmation stands in"]);
    await lin.look("limits-confirm");
    await lin.press(["模拟确认", "Simulated confirmation"]);
    await lin.reads(["上限¥800.00", "Cap CNY 800.00"]);
    await lin.leave();
  },
);

test(
  "P4.3: 马上暂停: a pause is at once, the shop hears no, and it is lifted by its setter only",
  { skip },
  async () => {
    const lin = await Customer.enter(visits, "林晓", PHONE);
    await lin.page.getByRole("link", { name: /机票/ }).click();
    await lin.press(["暂停这个智令", "Pause this token"]);
    await lin.reads(["已暂停，不会再有新付款", "It is paused"]);
    assert.equal((await lin.pay("100", "order-4")).code, "payment_declined");
    await lin.look("token-paused");
    const { tokens } = await lin.ask<{ tokens: { id: string }[] }>("/api/tokens");
    const path = `/api/tokens/${tokens[0]?.id}/suspend`;
    await visits.send(path, { cause: "issuer" }, "sandbar-bank/operator");
    await lin.press(["恢复这个智令", "Resume this token"]);
    await lin.reads(["您的暂停已解除，但还有别的暂停", "Your pause is lifted, but another"]);
    await lin.reads(["只有银行能解除", "Only the bank can lift it"]);
    await lin.look("token-paused-by-bank");
    const lift = `/api/tokens/${tokens[0]?.id}/resume`;
    await visits.send(lift, { cause: "issuer" }, "sandbar-bank/operator");
    await lin.follow(["智令", "Tokens"]);
    await lin.press(["暂停全部智令", "Pause all tokens"]);
    await lin.reads(["全部智令已暂停", "All tokens are paused"]);
    await lin.look("home-paused");
    await lin.follow(["通知", "Notices"]);
    await lin.main.locator(".tag", { hasText: "银行" }).first().waitFor();
    await lin.reads(["卡上存入¥600.00", "CNY 600.00 was put on a card"]);
    await lin.look("notices");
    await lin.leave();
  },
);

test(
  "投诉与权利: a complaint is made, followed and added to; rights are the published statement",
  { skip },
  async () => {
    const lin = await Customer.enter(visits, "林晓", PHONE);
    await lin.follow(["我的", "Me"]);
    await lin.reads(["林晓", "Lin Xiao"]);
    await lin.look("me");
    await lin.page.getByRole("link", { name: /这项试点和我的权利/ }).click();
    await lin.reads(["因技术缺陷受损的", "To be paid for harm"]);
    await lin.look("rights");
    await lin.follow(["在这里投诉", "Complain here"]);
    await lin.press(["提交投诉", "Send the complaint"]);
    await lin.reads(["有2处要改", "There are 2 things to correct"]);
    await lin.look("complaint-faults");
    await lin.page.getByLabel("金额有误或重复扣款").check();
    await lin.fill("text", "同一张机票扣了两次款，卡号9999020000000010。");
    await lin.press(["提交投诉", "Send the complaint"]);
    await lin.reads(["已收到，编号C-", "It is received as C-"]);
    await lin.look("complaint-lodged");
    await lin.follow(["查看进度", "See how far it is"]);
    await lin.titled(["投诉C-", "Complaint C-"]);
    assert.doesNotMatch(await lin.main.innerText(), /9999020000000010/);
    await lin.fill("words", "订单号是order-1。");
    await lin.press(["补充说明", "Add this"]);
    await lin.main.locator(".said", { hasText: "订单号是order-1。" }).waitFor();
    await lin.look("complaint");
    await lin.follow(["我的投诉", "My complaints"]);
    await lin.reads(["已收到", "Received"]);
    await lin.look("complaints");
    await lin.leave();
  },
);

test(
  "退出: tokens are deleted, what names the person is erased, and a receipt says so",
  { skip },
  async () => {
    const qin = await Customer.enter(visits, "秦舟", PHONE);
    await qin.go("cards/new");
    await qin.press(["填一张演示用的卡", "Fill in a card of the demonstration"]);
    await qin.press(["绑定这张卡", "Bind the card"]);
    await qin.follow(["接着申请智令", "Go on and make a token"]);
    await qin.page.getByLabel("机票").check();
    await qin.page.getByLabel(qin.say(AGREE)).check();
    await qin.press(MAKE);
    await qin.reads(["智令已做好", "The token is made"]);
    await qin.go("leaving");
    await qin.reads(["还有1个智令没有注销", "1 token is not deleted yet"]);
    await qin.look("leaving-tokens");
    await qin.page.getByRole("link", { name: /去注销机票/ }).click();
    await qin.page.locator("summary", { hasText: "注销这个智令" }).click();
    await qin.press(["注销这个智令", "Delete this token"]);
    await qin.press(["确定注销", "Delete it"]);
    await qin.reads(["已注销。", "It is deleted."]);
    await qin.fund("1234");
    await qin.go("leaving");
    await qin.reads(["卡上有¥12.34", "CNY 12.34 is on the card"]);
    await qin.reads(["前两步完成后才能删除。", "It can be done once the first two steps are."]);
    await qin.look("leaving-money");
    await qin.press(["转回我的账户", "Return it to my account"]);
    await qin.reads(["卡上没有钱，也没有待扣的款。", "There is no money on your cards"]);
    await qin.press(["删除我的信息", "Erase my data"]);
    await qin.look("leaving-sure");
    await qin.press(["确定删除", "Erase for good"]);
    await qin.titled(["删除凭证", "Receipt of the erasure"]);
    await qin.reads(["密文1份", "ciphertexts 1"]);
    await qin.look("receipt");
    await qin.go("cards");
    await qin.reads(["您还没有添加卡片", "You have added no card"]);
    await qin.leave();
  },
);

/** 大额先确认: a large payment is declined, confirmed by passkey, and passes once. */
async function confirmAhead(qin: Customer): Promise<void> {
  await qin.fund("100000");
  await qin.follow(LIMITS);
  await qin.fill("stepUpAmount", "100");
  await qin.press(SAVE);
  await qin.reads(["¥100.00以上", "Above CNY 100.00"]);
  assert.equal((await qin.pay("20000", "large-1")).code, "payment_declined");
  await qin.follow(["付款", "Payments"]);
  await qin.page.getByRole("link", { name: /You have to confirm it first/ }).click();
  await qin.look("decline-unconfirmed");
  await qin.press(["确认这笔付款", "Confirm this payment"]);
  await qin.reads(["您确认的是", "You confirm this: CNY 200.00 at farsail"]);
  await qin.press(["用通行密钥确认", "Confirm by passkey"]);
  await qin.reads(["已确认", "It is confirmed until"]);
  await qin.look("decline-confirmed");
  assert.equal((await qin.pay("20000", "large-2")).code, undefined);
  assert.equal((await qin.pay("20000", "large-3")).code, "payment_declined");
}

test(
  "by passkey: a device is registered, signs in, and confirms what loosens and what is large",
  { skip },
  async () => {
    const qin = await Customer.enter(visits, "秦舟", DESK);
    const { page } = qin;
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true },
        ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await qin.go("devices");
    await qin.press(["登记这台设备", "Register this device"]);
    await qin.reads(["“我的手机”已登记", "“My phone” is registered"]);
    await qin.look("devices");
    await qin.follow(["我的", "Me"]);
    await qin.press(["退出登录", "Sign out"]);
    await qin.press(["用通行密钥登录", "Sign in by passkey"]);
    await qin.page.getByRole("heading", { level: 1, name: "Me" }).waitFor();
    await qin.go("cards/new");
    await qin.press(["填一张演示用的卡", "Fill in a card of the demonstration"]);
    assert.match(await page.locator("#number").inputValue(), /^9999 02\d\d \d{4} \d{4}$/);
    await qin.press(["绑定这张卡", "Bind the card"]);
    await qin.reads(["卡已绑定", "The card is bound"]);
    await qin.look("cards");
    await qin.follow(["接着申请智令", "Go on and make a token"]);
    await page.getByLabel("Flights").check();
    await page.getByLabel(qin.say(AGREE)).check();
    await qin.press(MAKE);
    await qin.titled(["机票", "Flights"]);
    await qin.look("token");
    await qin.press(["也用于酒店", "Use it in Hotels too"]);
    await page.getByRole("heading", { name: "Confirm that it is you" }).waitFor();
    await qin.look("share-confirm");
    await qin.press(["用通行密钥确认", "Confirm by passkey"]);
    await qin.reads(["现在也可以在酒店付款", "It can now pay in Hotels too"]);
    await qin.titled(["机票、酒店", "Flights, Hotels"]);
    await qin.follow(LIMITS);
    await qin.fill("monthAmount", "");
    await qin.press(SAVE);
    await page.getByRole("heading", { name: "Confirm that it is you" }).waitFor();
    await qin.look("limits-confirm");
    await qin.press(["用通行密钥确认", "Confirm by passkey"]);
    await qin.reads(["限额已改", "The limits are changed"]);
    await confirmAhead(qin);
    await qin.leave();
  },
);

test(
  "P4.3: 可用时间用键盘改: the week by keyboard alone, and a payment outside of it is declined",
  { skip },
  async () => {
    const qin = await Customer.enter(visits, "秦舟", DESK);
    const { page } = qin;
    await page.getByRole("link", { name: /Flights, Hotels/ }).click();
    await qin.follow(["修改可用时间", "Change the hours"]);
    await page.getByRole("grid").waitFor();
    await qin.look("hours");
    const first = page.getByRole("gridcell", { name: "Monday 00:00 to 01:00" });
    await tabTo(page, first);
    await page.keyboard.press("Space");
    assert.equal(await first.getAttribute("aria-selected"), "false");
    // The head of a day turns all of it: open first, since an hour was closed, and then closed.
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Space");
    assert.equal(await first.getAttribute("aria-selected"), "true");
    await page.keyboard.press("Space");
    for (let day = 1; day < 7; day += 1) {
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Space");
    }
    await qin.reads(["任何时间都不能付款", "the token can never pay"]);
    await tabTo(page, page.getByRole("button", { name: "Save the hours" }));
    await page.keyboard.press("Enter");
    await qin.reads(["可用时间已改", "The hours are changed"]);
    const { tokens } = await qin.ask<{ tokens: { controls: { hours: string } }[] }>("/api/tokens");
    assert.equal(tokens[0]?.controls.hours, "0".repeat(168));
    assert.equal((await qin.pay("100", "order-5")).code, "payment_declined");
    await qin.look("token-closed");
    await qin.follow(["付款", "Payments"]);
    await page.getByRole("link", { name: /Outside the allowed hours/ }).click();
    await qin.reads(["修改可用时间", "Change the hours"]);
    await qin.look("decline-hours");
    await qin.leave();
  },
);

test(
  "长辈版: larger, one thing a screen, kept by the device, and a day at a time",
  { skip },
  async () => {
    const lin = await Customer.enter(visits, "林晓", PHONE);
    await lin.go("settings");
    await lin.look("settings");
    await lin.page.getByRole("switch").check();
    await lin.look("elder-settings", 60);
    for (const [path, name] of [
      ["", "elder-home"],
      ["cards", "elder-cards"],
      ["payments", "elder-payments"],
      ["me", "elder-me"],
    ] as const) {
      await lin.go(path);
      await lin.look(name, 60);
    }
    await lin.go("");
    await lin.page.getByRole("link", { name: /机票/ }).click();
    assert.equal(
      await lin.page.getByRole("heading", { level: 2 }).count(),
      0,
      "one thing a screen",
    );
    await lin.look("elder-token", 60);
    for (const [zh, en] of [
      ["限额", "Limits"],
      ["可用场景", "Scenes"],
      ["最近付款", "Latest payments"],
      ["暂停与注销", "Pause and delete"],
      ["可用时间", "Hours"],
    ] as const) {
      await lin.follow([zh, en]);
      await lin.titled([zh, en]);
      await lin.look(`elder-token-${en.toLowerCase().replaceAll(" ", "-")}`, 60);
      if (en !== "Hours") await lin.follow(["机票", "Flights"]);
    }
    await lin.follow(["修改可用时间", "Change the hours"]);
    await lin.page.getByLabel(/周三/).check();
    await lin.page.locator("#from").selectOption("8");
    await lin.page.locator("#to").selectOption("20");
    await lin.reads(["周三 08:00～20:00", "Wednesday 08:00–20:00"]);
    await lin.look("elder-hours", 60);
    await lin.go("settings");
    await lin.page.getByRole("switch").uncheck();
    await lin.leave();
  },
);

test("the same pages in English at a desk have no fault", { skip }, async () => {
  const lin = await Customer.enter(visits, "林晓", DESK);
  const pages = ["", "cards", "cards/new", "tokens/new", "payments", "payments?show=declined"];
  const more = ["notices", "me", "settings", "devices", "rights", "complaints", "complaints/new"];
  for (const path of [...pages, ...more, "nowhere"]) {
    await lin.go(path);
    await lin.look(path.replaceAll(/[/?=]/g, "-") || "home");
  }
  await lin.leave();
});

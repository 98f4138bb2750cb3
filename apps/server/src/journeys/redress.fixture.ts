/**
 * Journey 10: a customer complains without a script and without an account, the desk takes more time
 * with a senior's approval, decides and raises a claim, and two trustees pay it out of the pool.
 */
import assert from "node:assert/strict";
import { RUNNING } from "./directing.fixture.ts";
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

const STORY: Said = [
  "同一笔机票扣了两次，各812.50元，卡号6222021234567890123。",
  "One ticket was charged twice, CNY 812.50 each, card 6222 0212 3456 7890.",
];
const MASKED: Said = ["卡号**** 0123", "card **** 7890"];
const WAITS: Said = ["须向收单机构核实交易。", "The acquirer has to confirm the transaction."];
const DECISION: Said = [
  "重复扣款属实，退还并赔付。",
  "It was charged twice; it is paid back and compensated.",
];

interface Complained {
  readonly customer: Walker;
  readonly number: string;
  readonly receipt: string;
}

async function complain(walk: Walk): Promise<Complained> {
  const customer = await walk.stranger();
  await customer.followTo(...RUNNING);
  await customer.follow("投诉统计", "Complaints in numbers");
  await customer.follow("投诉这项试点", "Complain about this pilot");
  await customer.submit("提交投诉", "Send the complaint");
  const faults = await customer.main.getByRole("alert").innerText();
  assert.match(faults, /有2处要改|There are 2 things to correct/);
  await walk.visits.shoot(customer.page, "journey-10-faults");
  await customer.choose("金额有误或重复扣款", "Wrong amount or charged twice");
  await customer.fill("text", walk.say(STORY));
  await customer.submit("提交投诉", "Send the complaint");
  await customer.reads("已收到您的投诉", "Your complaint is received");
  const receipt = await customer.page.locator("#receipt-code").innerText();
  const number = await customer.main.locator("dd b").first().innerText();
  assert.match(number, /^C-\d{4}-\d{4}$/);
  return { customer, number, receipt };
}

/** Looks the complaint up by its code alone. */
async function lookUp({ customer, receipt }: Complained): Promise<void> {
  await customer.page.goto(
    `${customer.walk.visits.sandbank.origin}/${customer.walk.way.lang}/complaints`,
  );
  await customer.fill("receipt", receipt.toLowerCase());
  await customer.submit("查看进度", "Show the complaint");
  await customer.reads("投诉C-", "Complaint C-");
}

async function redress(walk: Walk): Promise<void> {
  const complained = await complain(walk);
  const handler = await takeUp(walk, complained.number);
  const senior = await walk.staff("许高管");
  await senior.approve(
    ["延长投诉期限", "Extend the time of a complaint"],
    ["批准延期", "Approve the extension"],
  );
  await lookUp(complained);
  await complained.customer.reads(...MASKED);
  await complained.customer.reads(...WAITS);
  await decide(handler);
  await pay(walk);
  await lookUp(complained);
  await complained.customer.reads(...DECISION);
  await walk.visits.shoot(complained.customer.page, "journey-10-decided");
}

async function takeUp(walk: Walk, number: string): Promise<Walker> {
  const handler = await walk.staff("陈投诉");
  await handler.turnTo("投诉", "Complaints");
  await handler.look("desk");
  await handler.follow(number, number);
  await handler.take("受理", "Take it up");
  await handler.choose("没有", "No");
  await handler.record("受理", "Take it up");
  await handler.press("查看内容", "Open the words");
  await handler.reads(...MASKED);
  await handler.take("延长期限", "Extend the time");
  await handler.fill("words", walk.say(WAITS));
  await handler.propose("延长期限", "Extend the time");
  return handler;
}

async function decide(handler: Walker): Promise<void> {
  await handler.take("作出决定", "Decide");
  await handler.choose("成立", "Upheld");
  await handler.fill("words", handler.walk.say(DECISION));
  await handler.look("decide");
  await handler.record("作出决定", "Decide");
  await handler.take("提出赔付申请", "Raise a claim");
  await handler.fill("amount", "1,812.50");
  await handler.record("提出赔付申请", "Raise a claim");
}

/** One trustee admits the claim and proposes what is above his own power; another approves. */
async function pay(walk: Walk): Promise<void> {
  const trustee = await walk.staff("陆赔付");
  await trustee.turnTo("赔付", "Compensation");
  await trustee.follow(...RUNNING);
  const waiting = walk.say(["待审核", "To be judged"]);
  await trustee.main.locator("tr", { hasText: waiting }).getByRole("link").click();
  await trustee.take("核准", "Admit");
  await trustee.fill("amount", "1,812.50");
  await trustee.record("核准", "Admit");
  await trustee.take("支付", "Pay");
  await trustee.fill("amount", "1812.50");
  await trustee.look("pay");
  await trustee.propose("支付", "Pay");
  const other = await walk.staff("施赔付");
  await other.approve(["赔付", "Pay a claim"], ["批准赔付", "Approve the payout"]);
  await other.turnTo("赔付", "Compensation");
  await other.follow(...RUNNING);
  await other.reads("已付清", "Paid");
  await other.look("pool");
}

export const REDRESS: Journey = {
  ...{ number: 10, noun: ["投诉到赔付", "complaint to payout"], walk: redress },
};

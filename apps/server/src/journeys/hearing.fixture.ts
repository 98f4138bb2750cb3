/**
 * Journeys 3 to 6: a declaration goes before the public by two people, somebody without an account
 * comments, every comment is moderated and answered, and the pilot gets its number by two.
 */
import assert from "node:assert/strict";
import { DRAFTED, NAME, toApplication } from "./declaring.fixture.ts";
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

/** Longer than a consultation lasts at least. */
export const CONSULTED_DAYS = 9;

async function publish(walk: Walk): Promise<void> {
  const officer = await walk.staff("李监管");
  await toApplication(officer);
  await officer.take("公示征求意见", "Publish for comment");
  await officer.look("publish");
  await officer.propose("公示征求意见", "Publish for comment");
  const other = await walk.staff("赵审批");
  await other.approve(
    ["公示征求意见：港湾付（虚构）", "Publish for comment: Harbour Pay (fictional)"],
    ["批准公示", "Approve publishing"],
  );
  await other.follow("查看", "See it");
  await other.reads("公示中", "Open for comment");
  const reader = await walk.stranger();
  await reader.follow(...NAME);
  await reader.reads("公示中", "Open for comment");
}

/** Comments on the public site without an account and without a script; the receipt is on the page. */
export async function comment(walk: Walk, body: string): Promise<Walker> {
  const stranger = await walk.stranger();
  await stranger.follow(...NAME);
  await stranger.follow("公示与意见", "Consultation");
  await stranger.fill("body", body);
  await stranger.submit("提交意见", "Send the comment");
  await stranger.reads("意见已收到", "Your comment has arrived");
  return stranger;
}

const QUESTION = "没有网络时怎么付款？ How does one pay without a network?";

async function commenting(walk: Walk): Promise<void> {
  const stranger = await comment(walk, QUESTION);
  const receipt = await stranger.main.locator(".note .mono").innerText();
  assert.match(receipt, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await walk.visits.shoot(stranger.page, "journey-4-receipt");
  await stranger.follow(...NAME);
  await stranger.follow("查看我的意见", "Follow a comment");
  await stranger.fill("receipt", receipt.toLowerCase());
  await stranger.press("查看", "Look");
  await stranger.reads("待审核", "Waiting to be read");
  await stranger.reads(QUESTION, QUESTION);
}

const ANSWER: Said = ["令牌事先存在手机中。", "Tokens are stored on the phone beforehand."];
const JOINED: Said = ["与已公开的意见重复，并入", "It repeats an admitted comment; join it"];
const STRAY: Said = ["与申报无关。", "It is about something else."];

async function answer(walk: Walk): Promise<void> {
  const path = `/api/pilots/${DRAFTED}/comments`;
  for (const body of ["断网可以吗？ Offline?", "低价手表。 Buy cheap watches."]) {
    await walk.visits.send(path, { body });
  }
  const officer = await walk.staff("李监管");
  await toApplication(officer);
  await officer.follow("处理意见", "Comments desk");
  await officer.look("desk");
  await moderate(officer, 1, ["公开，由申报机构答复", "Admit it; the applicant answers"]);
  await moderate(officer, 2, JOINED);
  await moderate(officer, 3, ["不予公开，公布理由", "Set it aside and publish the reason"]);
  await officer.followTo("删除内容 第1轮第3号", "Erase its words Round 1, number 3");
  await officer.reads("删除第1轮第3号意见的内容", "Erase the words of comment 1.3");
  await officer.look("erase");
  await officer.record("删除内容", "Erase its words");
  await officer.reads("内容已按要求删除。", "Its words were erased on demand.");
  await officer.look("erased");
  await walk.visits.turnClock(CONSULTED_DAYS);
  await toApplication(officer);
  await officer.reads("还有1条意见没有答复。", "Comments without an answer: 1.");
  const drafter = await walk.staff("顾起草");
  await toApplication(drafter);
  await drafter.follow("处理意见", "Comments desk");
  await answerAll(drafter, ANSWER);
  await drafter.reads("全部审核，全部答复。", "Every comment is moderated and answered.");
  const reader = await walk.stranger();
  await reader.follow(...NAME);
  await reader.follow("公示与意见", "Consultation");
  await reader.reads(...ANSWER);
  await reader.reads(...STRAY);
  await walk.visits.shoot(reader.page, "journey-5-public");
}

/** Judges one comment of the first round, and comes back to the desk. */
async function moderate(officer: Walker, number: number, verdict: Said): Promise<void> {
  await officer.followTo(`第1轮第${number}号`, `Round 1, number ${number}`);
  await officer.choose(...verdict);
  if (number === 2) await officer.main.locator("#of").check();
  if (number === 3) {
    await officer.both("reason", STRAY);
    await officer.look("moderate");
  }
  await officer.record("审核", "Moderate");
}

/** One answer to everything that waits for one. */
export async function answerAll(drafter: Walker, text: Said): Promise<void> {
  await drafter.enter(["答复意见", "Answer comments"], ["公布答复", "Publish the answer"]);
  await drafter.main.locator("#comments").check();
  await drafter.both("text", text);
  await drafter.choose("否", "No");
  await drafter.look("answer");
  await drafter.record("公布答复", "Publish the answer");
}

async function register(walk: Walk): Promise<void> {
  const officer = await walk.staff("李监管");
  await toApplication(officer);
  await officer.take("登记", "Register it");
  await officer.propose("登记", "Register it");
  const other = await walk.staff("赵审批");
  await other.approve(
    ["登记：港湾付（虚构）", "Register: Harbour Pay (fictional)"],
    ["批准登记", "Approve the registration"],
  );
  await other.follow("查看", "See it");
  const number = other.main.getByText(/^91990000MA00DEMA79-\d{4}-0001$/);
  await number.waitFor();
  await other.look("registered");
  const reader = await walk.stranger();
  await reader.follow(...NAME);
  await reader.reads("已登记", "Registered");
}

export const PUBLISH: Journey = { number: 3, noun: ["公示", "publishing"], walk: publish };
export const COMMENT: Journey = { number: 4, noun: ["意见", "commenting"], walk: commenting };
export const ANSWERING: Journey = {
  ...{ number: 5, noun: ["审核与答复", "moderating and answering"], walk: answer },
};
export const REGISTER: Journey = { number: 6, noun: ["登记", "registering"], walk: register };

/**
 * Journeys 7 and 8: what stands behind a registered pilot is put in place and its test begins; and
 * its terms are changed while it runs, after the public was asked again.
 */
import { NAME, sign, toApplication } from "./declaring.fixture.ts";
import { answerAll, comment, CONSULTED_DAYS } from "./hearing.fixture.ts";
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

async function start(walk: Walk): Promise<void> {
  const officer = await walk.staff("李监管");
  await toApplication(officer);
  await officer.reads("还没有补偿条款。", "No terms of compensation are set.");
  await officer.look("unfunded");
  await officer.follow("查看补偿资金池", "See its compensation pool");
  await setTerms(walk, officer);
  const operator = await walk.staff("顾起草");
  await operator.turnTo("赔付", "Compensation");
  await operator.follow(...NAME);
  await operator.reads("不足", "Short");
  await operator.take("存入资金", "Put money in");
  await operator.choose("补偿资金池", "The compensation pool");
  await operator.fill("amount", "500,000.00");
  await operator.record("存入资金", "Put money in");
  await operator.reads("充足", "Adequate");
  await operator.look("pool");
  await toApplication(officer);
  await officer.take("就绪", "Put everything in place");
  await officer.look("arm");
  await officer.record("就绪", "Put everything in place");
  await officer.take("启动测试", "Start the test");
  await officer.record("启动测试", "Start the test");
  await officer.follow("查看试点运行", "See the pilot at work");
  await officer.reads("所有分区都按第", "Every partition obeys version");
  await officer.reads("¥200.00", "CNY 200.00");
  await officer.look("pilot");
  const reader = await walk.stranger();
  await reader.follow(...NAME);
  await reader.reads("测试中", "Testing");
}

const BANK: Said = ["港湾银行（虚构）", "Harbour Bank (fictional)"];

/** Two of the supervisor set the terms; the declared clause and the bank stand there already. */
async function setTerms(walk: Walk, officer: Walker): Promise<void> {
  await officer.take("设定补偿条款", "Set the terms");
  await officer.choose("固定金额", "A fixed amount");
  await officer.fill("amount", "500,000.00");
  await officer.fill("loss_cap", "1,000,000.00");
  await officer.fill("by_one", "1,000.00");
  await officer.look("terms");
  await officer.propose("设定补偿条款", "Set the terms");
  const other = await walk.staff("钱审批");
  const about: Said = [
    "补偿条款：港湾付（虚构）",
    "Set compensation terms: Harbour Pay (fictional)",
  ];
  await other.followTo(...about);
  await other.reads("¥1,000,000.00", "CNY 1,000,000.00");
  await other.reads(...BANK);
  await other.turnTo("今日", "Today");
  await other.approve(about, ["批准补偿条款", "Approve the terms"]);
}

const ASKED = "单笔为什么提高到三百元？ Why up to CNY 300?";
const ANSWER: Said = ["渡船月票为280元。", "A month's ticket costs CNY 280."];

async function change(walk: Walk): Promise<void> {
  const drafter = await walk.staff("顾起草");
  await toApplication(drafter);
  await drafter.follow("修改声明书", "Edit the declaration");
  const sections = drafter.main.locator("nav[aria-labelledby=sections]");
  await sections.getByRole("link", { name: walk.say(["规模上限", "Caps"]) }).click();
  await drafter.fill("form-caps-1-cap", "30000");
  await drafter.record("保存为新的一版", "Save as a new version");
  await drafter.follow("与第2版对照", "Compare with version 2");
  await drafter.reads("提高或取消了上限", "a cap is raised or gone");
  await drafter.look("material");
  const signer = await walk.staff("罗签署");
  await toApplication(signer);
  await sign(signer, ["签署变更申请", "Sign a change request"]);
  await comment(walk, ASKED);
  const officer = await walk.staff("李监管");
  await toApplication(officer);
  await officer.reads("公示尚未到期。", "The consultation is not over yet.");
  await officer.look("asked");
  await officer.follow("处理意见", "Comments desk");
  await officer.followTo("第2轮第", "Round 2, number");
  await officer.choose("公开，由申报机构答复", "Admit it; the applicant answers");
  await officer.record("审核", "Moderate");
  await walk.visits.turnClock(CONSULTED_DAYS);
  await toApplication(drafter);
  await drafter.follow("处理意见", "Comments desk");
  await answerAll(drafter, ANSWER);
  await adopt(walk, officer);
}

async function adopt(walk: Walk, officer: Walker): Promise<void> {
  await toApplication(officer);
  await officer.take("采用变更", "Adopt the change");
  await officer.propose("采用变更", "Adopt the change");
  const other = await walk.staff("赵审批");
  await other.approve(
    ["采用变更：港湾付（虚构）", "Adopt a change: Harbour Pay (fictional)"],
    ["批准采用变更", "Approve the change"],
  );
  await other.follow("查看", "See it");
  await other.reads("已采用", "Adopted");
  await other.follow("查看试点运行", "See the pilot at work");
  await other.reads("¥300.00", "CNY 300.00");
  const reader = await walk.stranger();
  await reader.follow(...NAME);
  await reader.follow("登记簿", "Registry history");
  await reader.reads("已生效", "In force");
  await walk.visits.shoot(reader.page, "journey-8-history");
}

export const START: Journey = {
  number: 7,
  noun: ["就绪与启动", "arming and starting"],
  walk: start,
};
export const CHANGE: Journey = {
  ...{ number: 8, noun: ["变更与再次公示", "a change with re-consultation"], walk: change },
};

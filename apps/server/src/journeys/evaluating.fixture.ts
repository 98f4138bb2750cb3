/**
 * Journey 11: a test that has run its days is evaluated by everybody whose part it is, confirmed by
 * two, and graduates on its day.
 */
import { addDays, shanghaiDate } from "@sandbank/kernel/clock";
import { DRAFTED, NAME } from "./declaring.fixture.ts";
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

/** Days that a test lasts at least before its end may be asked for, and one more. */
const TESTED_DAYS = 181;
const DIMENSIONS = [
  ...["innovation", "service_quality", "satisfaction", "continuity"],
  ...["compliance", "transaction_security", "data_security", "risk_prevention"],
] as const;
const EXPERTS: readonly Said[] = [
  ["郑专家", "Zheng Bo, expert"],
  ["冯专家", "Feng Qing, expert"],
  ["蒋专家", "Jiang Yi, expert"],
];
const FOUND: Said = ["符合声明。", "As declared."];

/** The bank's own systems open three customers, as they would on their side. */
async function business({ visits }: Walk): Promise<void> {
  const acts = [1, 2, 3].flatMap((n) => [
    {
      ...{ act: "reserve", id: `open-${n}`, class: "OPEN", customer: `passenger-${n}` },
      ...{ channel: "app", region: "330200", currency: "CNY" },
      eligibility: { customerType: "person" },
    },
    { act: "confirm", id: `open-${n}` },
  ]);
  const path = `/api/permits/${DRAFTED}/batches`;
  await visits.send(path, { acts }, "harbour-bank/permits");
}

/** Goes to the evaluation of the drafted pilot by the console's navigation. */
export async function toEvaluation(walker: Walker): Promise<void> {
  await walker.turnTo("评价", "Evaluations");
  await walker.follow(...NAME);
  await walker.reads("下一步", "What comes next");
}

async function evaluate(walk: Walk): Promise<void> {
  await business(walk);
  await walk.visits.turnClock(TESTED_DAYS);
  const senior = await walk.staff("罗签署");
  await toEvaluation(senior);
  await senior.take("申请结束测试并评价", "Ask for the evaluation");
  await senior.record("申请结束测试并评价", "Ask for the evaluation");
  await selfTest(senior);
  const auditor = await walk.staff("周审计");
  await toEvaluation(auditor);
  await auditor.take("提交审计报告", "Hand in the audit");
  await auditor.choose("符合要求", "It meets the requirements");
  await auditor.document("evidence", "审计报告 audit");
  await auditor.record("提交审计报告", "Hand in the audit");
  const officer = await walk.staff("李监管");
  await toEvaluation(officer);
  for (const [at, expert] of EXPERTS.entries()) {
    await officer.take("聘任专家", "Appoint an expert");
    if (at === 0) await officer.look("appoint");
    await officer.main.getByLabel(walk.say(expert)).check();
    await officer.record("聘任专家", "Appoint an expert");
  }
  for (const [at, [zh]] of EXPERTS.entries()) await score(await walk.staff(zh), 70 + 5 * at);
  await conclude(walk, officer);
  await graduate(walk, officer);
}

async function selfTest(senior: Walker): Promise<void> {
  await senior.take("提交自测报告", "Hand in the self-test");
  for (const dimension of DIMENSIONS) {
    await senior.both(`finding_${dimension}`, FOUND);
    await senior.document(`evidence_${dimension}`, `self-test ${dimension}`);
  }
  await senior.both("commitments", ["承诺均已履行。", "Every commitment was kept."]);
  await senior.both("benefit", ["渡口乘客受益。", "Passengers of ferries benefit."]);
  await senior.both("sustainability", ["收入覆盖成本。", "Income covers its cost."]);
  await senior.record("提交自测报告", "Hand in the self-test");
  await senior.reads("外部审计机构提交审计报告", "An outside auditor hands in the audit");
}

async function score(expert: Walker, points: number): Promise<void> {
  await toEvaluation(expert);
  await expert.take("提交评分", "Hand in your scores");
  for (const dimension of DIMENSIONS) {
    await expert.fill(`score_${dimension}`, String(points));
    await expert.document(`evidence_${dimension}`, `opinion ${dimension}`);
  }
  await expert.both("opinion", ["总体可行。", "Sound on the whole."]);
  await expert.main.locator("#noInterest").check();
  await expert.record("提交评分", "Hand in your scores");
  await expert.page.close();
}

/** Measured over the whole test; with every criterion met two people confirm that it passes. */
async function conclude(walk: Walk, officer: Walker): Promise<void> {
  await officer.take("结束专家论证并测算", "Conclude the review and measure");
  await officer.record("结束专家论证并测算", "Conclude the review and measure");
  await officer.reads("操作上报完整率100%", "Every act is reported: 100 %");
  await officer.reads("达标", "Met");
  await officer.look("measured");
  await officer.take("确认评价结果", "Confirm the result");
  await officer.choose("通过", "Passed");
  await officer.both("reason", ["各项标准均已达到。", "Every criterion is met."]);
  await officer.propose("确认评价结果", "Confirm the result");
  const other = await walk.staff("钱审批");
  await other.approve(
    ["评价结果：通过：港湾付（虚构）", "Result of an evaluation: passed: Harbour Pay (fictional)"],
    ["批准评价结果", "Approve the result"],
  );
}

async function graduate(walk: Walk, officer: Walker): Promise<void> {
  await toEvaluation(officer);
  const from = addDays(shanghaiDate(await walk.visits.now()), 2);
  await officer.take("决定毕业日期", "Set the day of graduation");
  await officer.fill("from", from);
  await officer.propose("决定毕业日期", "Set the day of graduation");
  const other = await walk.staff("钱审批");
  await other.approve(
    [`自${from}起毕业：港湾付（虚构）`, `Graduate from ${from}: Harbour Pay (fictional)`],
    ["批准毕业", "Approve the graduation"],
  );
  await walk.visits.turnClock(3);
  await other.follow("查看", "See it");
  await other.reads("已毕业", "Graduated");
  await other.look("graduated");
  const reader = await walk.stranger();
  await reader.follow(...NAME);
  await reader.reads("已出箱", "Graduated");
  await reader.reads("目前没有生效中的上限。", "No caps are in force.");
  await walk.visits.shoot(reader.page, "journey-11-public");
}

export const EVALUATE: Journey = {
  ...{ number: 11, noun: ["评价到毕业", "evaluation to graduation"], walk: evaluate },
};

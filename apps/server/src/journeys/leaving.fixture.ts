/**
 * Journey 12: a pilot leaves. Two of the supervisor begin it, the institution's people close step
 * after step on evidence, an archive is restored, compliance confirms, the supervisor completes it,
 * and the public reads the report.
 */
import { RUNNING } from "./directing.fixture.ts";
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

const REASON: Said = ["机构申请退出。", "The institution asked to leave."];
const STATEMENT: Said = ["全部义务已经了结。", "Every obligation is met."];

/** The steps of the plan in their order: who closes each, and the kind of items that it waits for. */
const STEPS: readonly { readonly by: string; readonly items?: Said }[] = [
  { by: "孙运营" },
  { by: "孙运营", items: ["通知批次", "Batch of notifications"] },
  { by: "孙运营", items: ["场景", "Scene"] },
  { by: "孙运营" },
  { by: "魏合规", items: ["删除确认", "Confirmation of deletion"] },
  { by: "魏合规" },
  { by: "魏合规", items: ["密钥销毁记录", "Record of key destruction"] },
  { by: "李监管" },
];
const LAST = STEPS.length;

async function toExit(walker: Walker): Promise<void> {
  await walker.turnTo("退出", "Exits");
  await walker.follow(...RUNNING);
  await walker.reads("退出预案", "Exit plan");
}

async function leave(walk: Walk): Promise<void> {
  const officer = await walk.staff("李监管");
  await toExit(officer);
  await officer.take("开始退出", "Begin the exit");
  await officer.both("reason", REASON);
  await officer.both("notice", ["试点将逐步结束。", "The pilot comes to its end step by step."]);
  await officer.look("begin");
  await officer.propose("开始退出", "Begin the exit");
  const approver = await walk.staff("赵审批");
  await approver.approve(["开始退出：", "Begin an exit: "], ["批准退出", "Approve the exit"]);
  const reader = await walk.stranger();
  await reader.follow("看退出进展", "See how the exit stands");
  await reader.reads(`已完成0步，共${LAST}步。`, `0 of ${LAST} steps are done.`);
  await closeAll(walk, officer);
  await complete(walk, approver);
  await readReport(walk);
}

/** Every step in its order, by whoever it belongs to; items are listed and ended before. */
async function closeAll(walk: Walk, officer: Walker): Promise<void> {
  const people = new Map([["李监管", officer]]);
  for (const [at, { by, items }] of STEPS.entries()) {
    const walker = people.get(by) ?? (await walk.staff(by));
    people.set(by, walker);
    await toExit(walker);
    if (items !== undefined) await bring(walker, items, `batch-${at}`);
    if (at === LAST - 1) await archive(walker);
    await walker.enter(["完成这一步", "Close this step"], ["完成步骤", "Close a step"]);
    if (items !== undefined) await walker.fill("items", "1");
    await walker.document("evidence", `step ${at}`);
    if (at === 1) await walker.look("close");
    await walker.record("完成步骤", "Close a step");
    await walker.reads(`已完成${at + 1}步，共${LAST}步`, `${at + 1} of ${LAST} steps done`);
    if (at === 1) await walker.look("running");
  }
}

/** One thing that has to be ended is listed, and ended on evidence. */
async function bring(walker: Walker, kind: Said, ref: string): Promise<void> {
  await walker.take("列出事项", "List an item");
  await walker.choose(...kind);
  await walker.fill("ref", ref);
  await walker.record("列出事项", "List an item");
  await walker.followTo(`办结或移交 ${ref}`, `Finish or hand over ${ref}`);
  await walker.choose("办结", "It is finished");
  await walker.document("evidence", ref);
  await walker.record("办结或移交事项", "Finish an item or hand it over");
}

async function archive(walker: Walker): Promise<void> {
  await walker.take("归档并验证", "Archive and verify");
  await walker.record("归档并验证", "Archive and verify");
  await walker.reads("恢复验证一致", "Restored to an equal hash");
}

async function complete(walk: Walk, approver: Walker): Promise<void> {
  const compliance = await walk.staff("魏合规");
  await toExit(compliance);
  await compliance.take("合规确认退出", "Confirm for compliance");
  await compliance.both("statement", STATEMENT);
  await compliance.record("合规确认退出", "Confirm for compliance");
  await toExit(approver);
  await approver.take("批准退出完成", "Complete the exit");
  await approver.record("批准退出完成", "Complete the exit");
  await approver.reads("退出已经完成，报告已公开。", "It is completed and its report is public.");
  await approver.look("completed");
  await approver.follow("公开的退出报告", "The public report");
  await approver.page.getByRole("heading", { level: 1 }).waitFor();
  await approver.reads(...STATEMENT);
  await approver.look("report");
}

async function readReport(walk: Walk): Promise<void> {
  const reader = await walk.stranger();
  await reader.follow("看退出报告", "Read the report on the exit");
  await reader.reads(...STATEMENT);
  await reader.reads(...REASON);
  await reader.reads(`已完成${LAST}步，共${LAST}步。`, `${LAST} of ${LAST} steps are done.`);
}

export const LEAVE: Journey = { number: 12, noun: ["退出到报告", "exit to report"], walk: leave };

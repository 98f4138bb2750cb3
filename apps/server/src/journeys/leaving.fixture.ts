/**
 * Journey 12: the pilot that was drafted leaves by the plan that it declared. Its watch finds that it
 * does nothing any more, and two of the supervisor require the exit; the institution's people close
 * step after step on evidence, one only once its last reservation has ended; an archive is restored,
 * compliance confirms, the supervisor completes it, and the public reads the report.
 */
import assert from "node:assert/strict";
import { DRAFTED, NAME } from "./declaring.fixture.ts";
import { toEvaluation } from "./evaluating.fixture.ts";
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

/** More days than any month has: its end, at which thresholds are compared, is among them. */
const WATCHED_DAYS = 32;
const REASON: Said = ["业务已经停止。", "It does no business any more."];
const STATEMENT: Said = ["全部义务已经了结。", "Every obligation is met."];

/** The steps as journey 1 planned them: who closes each, and the kind of items that it waits for. */
const STEPS: readonly { readonly by: string; readonly items?: Said }[] = [
  { by: "顾起草" },
  { by: "顾起草", items: ["通知批次", "Batch of notifications"] },
  { by: "顾起草" },
  { by: "沈合规", items: ["删除确认", "Confirmation of deletion"] },
  { by: "沈合规" },
  { by: "李监管" },
];
const LAST = STEPS.length;
/** The step that waits for reservations. */
const DRAINS = 2;

async function toExit(walker: Walker): Promise<void> {
  await walker.turnTo("退出", "Exits");
  await walker.follow(...NAME);
  await walker.reads("退出预案", "Exit plan");
}

/** The bank's own systems, at the permit edge. */
async function permits({ visits }: Walk, acts: readonly object[]): Promise<void> {
  await visits.send(`/api/permits/${DRAFTED}/batches`, { acts }, "harbour-bank/permits");
}

async function leave(walk: Walk): Promise<void> {
  const officer = await walk.staff("李监管");
  const approver = await requireExit(walk, officer);
  const reader = await walk.stranger();
  await reader.follow("看退出进展", "See how the exit stands");
  await reader.reads(`已完成0步，共${LAST}步。`, `0 of ${LAST} steps are done.`);
  await reader.reads("声明书第3版5.3条", "Clause 5.3 of the declaration, version 3");
  await closeAll(walk, officer);
  await complete(walk, approver);
  await readReport(walk);
}

/** A month without any act misses every threshold; answers with who approved the exit. */
async function requireExit(walk: Walk, officer: Walker): Promise<Walker> {
  await walk.visits.turnClock(WATCHED_DAYS);
  await toEvaluation(officer);
  await officer.reads("有发现待决定", "Something to rule on");
  await permits(walk, [
    {
      ...{ act: "reserve", id: "last-ride", class: "USE", customer: "passenger-1" },
      ...{ channel: "app", region: "330200", currency: "CNY", amount: "1000" },
      holdSeconds: 604_800,
    },
  ]);
  const act: Said = ["对观察期的发现作出决定", "Rule on what the watch period found"];
  await officer.take(...act);
  await officer.choose("要求按退出方案退出", "Require the exit by its plan");
  await officer.both("reason", REASON);
  await officer.look("require");
  await officer.propose(...act);
  const approver = await walk.staff("赵审批");
  await approver.approve(
    ["要求毕业试点退出：", "Require a graduated pilot to leave: "],
    ["批准该决定", "Approve the ruling"],
  );
  return approver;
}

/** Every step in its order, by whoever it belongs to; items are listed and ended before. */
async function closeAll(walk: Walk, officer: Walker): Promise<void> {
  const people = new Map([["李监管", officer]]);
  for (const [at, { by, items }] of STEPS.entries()) {
    const walker = people.get(by) ?? (await walk.staff(by));
    people.set(by, walker);
    await toExit(walker);
    if (items !== undefined) await bring(walker, items, `batch-${at}`);
    if (at === DRAINS) await drain(walker);
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

/** Nobody may close the step while a reservation is open; the institution confirms its act. */
async function drain(walker: Walker): Promise<void> {
  await walker.reads("预占中的许可", "Permits still reserved");
  const close = walker.walk.say(["完成这一步", "Close this step"]);
  assert.equal(await walker.main.getByRole("link", { name: close, exact: true }).count(), 0);
  await walker.look("undrained");
  await permits(walker.walk, [{ act: "confirm", id: "last-ride" }]);
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
  const compliance = await walk.staff("沈合规");
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

/**
 * Journey 9: two people suspend a pilot for a reason that everybody reads, and two people let it
 * resume once the reason is gone. Whoever proposes is never the one who approves.
 */
import type { Journey, Said, Walk, Walker } from "./walk.fixture.ts";

export const RUNNING: Said = ["智令", "Zhiling payment tokens"];
const REASON: Said = ["旧版本终端占比过高。", "Too many terminals are outdated."];

const GONE: Said = ["原因已经消除。", "The reason is gone."];

/** Goes to the running pilot by the console's navigation. */
async function toPilot(walker: Walker): Promise<void> {
  await walker.turnTo("试点", "Pilots");
  await walker.follow(...RUNNING);
  await walker.reads("生效中的指令", "Directives in force");
}

/** Fills the form of a directive in, checks it once more, and proposes it. */
async function propose(walker: Walker, reason: Said, act: Said): Promise<void> {
  await walker.both("reason", reason);
  await walker.press("核对后再提交", "Check your answers");
  await walker.main.getByRole("button", { name: walker.walk.say(act), exact: true }).waitFor();
  await walker.look(`check-${act[1].toLowerCase().replaceAll(" ", "-")}`);
  await walker.press(...act);
  const done = walker.walk.say(["已提出，等待批准", "Proposed; another person must approve"]);
  await walker.page.getByRole("heading", { name: done, level: 1 }).waitFor();
}

async function direct(walk: Walk): Promise<void> {
  const officer = await walk.staff("李监管");
  await toPilot(officer);
  await officer.follow("暂停业务", "Suspend");
  await officer.page.locator("#class-OPEN").check();
  await propose(officer, REASON, ["提交暂停指令，等待批准", "Propose the suspension"]);
  await officer.follow("查看这一项", "See this proposal");
  await officer.reads("由您发起，须他人批准", "You raised this; another person must approve");
  const other = await walk.staff("赵审批");
  await other.approve(["暂停业务：", "Suspend acts: "], ["批准暂停", "Approve the suspension"]);
  await other.follow("查看试点", "See the pilot");
  await other.reads("全部执行", "Obeyed everywhere");
  const reader = await walk.stranger();
  await reader.followTo(...RUNNING);
  await reader.reads(...REASON);
  await resume(walk, other);
}

async function resume(walk: Walk, proposer: Walker): Promise<void> {
  await proposer.follow("恢复业务", "Resume");
  await propose(proposer, GONE, ["提交恢复指令，等待批准", "Propose to resume"]);
  const other = await walk.staff("钱审批");
  await other.approve(["恢复业务：", "Resume acts: "], ["批准恢复", "Approve resuming"]);
  await other.follow("查看试点", "See the pilot");
  await other.reads("没有生效中的指令。", "No directive is in force.");
  const reader = await walk.stranger();
  await reader.followTo(...RUNNING);
  await reader.reads("测试中", "Testing");
}

export const DIRECT: Journey = {
  ...{ number: 9, noun: ["指令与恢复", "a directive and resuming"], walk: direct },
};

/**
 * Journey 13: a graduated pilot is watched. Without any act in the next month nothing is there to
 * measure, so its thresholds are missed; two of the supervisor accept that on a condition.
 */
import { addDays, shanghaiDate } from "@sandbank/kernel/clock";
import { NAME } from "./declaring.fixture.ts";
import { toEvaluation } from "./evaluating.fixture.ts";
import type { Journey, Said, Walk } from "./walk.fixture.ts";

/** From any day on into the month after the next: the first month's end lies behind. */
const MONTH_DAYS = 32;
/** Days that the condition leaves. */
const LEFT_DAYS = 20;

const REASON: Said = ["淡季停航，没有业务。", "Ferries rest in winter: there was no business."];
const CONDITION: Said = ["复航后补报一个月的数据。", "Report a month once ferries run again."];
const RULE: Said = ["对观察期的发现作出决定", "Rule on what the watch period found"];

async function watch(walk: Walk): Promise<void> {
  await walk.visits.turnClock(MONTH_DAYS);
  const officer = await walk.staff("李监管");
  await toEvaluation(officer);
  await officer.reads("有发现待决定", "Something to rule on");
  await officer.main.locator("section[aria-labelledby=watch] summary").first().click();
  await officer.reads("没有数据", "Nothing was measured");
  await officer.look("unfolded");
  await officer.look("questioned");
  await officer.take(...RULE);
  await officer.choose("接受", "Accept it");
  await officer.both("reason", REASON);
  await officer.both("condition_1", CONDITION);
  await officer.choose("操作上报完整率100%", "Every act is reported: 100 %");
  await officer.fill("value_1", "99.5");
  await officer.fill("by_1", addDays(shanghaiDate(await walk.visits.now()), LEFT_DAYS));
  await officer.look("ruling");
  await officer.propose(...RULE);
  const other = await walk.staff("钱审批");
  await other.approve(
    [
      "接受观察期的发现：港湾付（虚构）",
      "Accept what a watch period found: Harbour Pay (fictional)",
    ],
    ["批准该决定", "Approve the ruling"],
  );
  await other.follow("查看", "See it");
  await other.reads("观察中", "Under watch");
  await other.reads(...REASON);
  await other.reads(...CONDITION);
  await other.reads("不低于99.5%", "at least 99.5%");
  await other.look("ruled");
  await other.turnTo("试点", "Pilots");
  await other.follow(...NAME);
  await other.look("graduated-pilot");
}

export const WATCH: Journey = { number: 13, noun: ["毕业观察期", "watch period"], walk: watch };

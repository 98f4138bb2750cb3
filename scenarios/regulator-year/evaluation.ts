/**
 * How a test ends by evaluation: self-test, audit, three experts, and the thresholds that were
 * declared at entry, measured over the whole test. Payment tokens pass and graduate on a day; Harbour
 * Pay misses its threshold on refusals by exactly 0.01 of a point, fails, and is let test again.
 */
import { type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import { PermitClient } from "@sandbank/world";
import { DRAFTED } from "./admission.ts";
import { type Evaluated, evaluationPath, stagesOf, standingOf } from "../evaluating.ts";
import { askedOf, houseOf } from "./houses.ts";
import { on, type YearPlan } from "./plan.ts";
import { as, byTwo, check, demand, read, settled, SUPERVISORS, tell, tried } from "../stage.ts";
import type { Step, Year } from "./year.ts";

const GRADUATING = "payment-tokens";
/** One refused act in twenty is 5.00 %; Harbour Pay promised at most 4.99 %. */
const ONE_IN = 20;

const said = (zh: string, en: string) => ({ zh, en });

const PASSING: Evaluated = { pilot: GRADUATING, organisation: "sandbar-bank" };
const FAILING: Evaluated = { pilot: DRAFTED, organisation: "harbour-bank" };

export function evaluationSteps(plan: YearPlan): Step[] {
  return [
    ...stagesOf(PASSING, (days) => on(plan, 11, 20 + days)),
    { name: "passed", at: on(plan, 11, 26), run: (year) => pass(year, PASSING) },
    { name: "graduated", at: on(plan, 12, 11), run: (year) => lookAtGraduation(year) },
    { name: "aligned", at: on(plan, 12, 4), run: (year) => misjudge(year) },
    ...stagesOf(FAILING, (days) => on(plan, 12, 6 + days)),
    { name: "failed", at: on(plan, 12, 12), run: (year) => fail(year, FAILING) },
    { name: "second-test", at: on(plan, 12, 14), run: (year) => testAgain(year, FAILING) },
  ];
}

async function pass(year: Year, of: Evaluated): Promise<void> {
  const reason = said("各项标准均达到。", "Every threshold is met.");
  const asking = { ...SUPERVISORS, path: evaluationPath(of, "evaluation/result") } as const;
  await byTwo(year, { ...asking, key: `${of.pilot}.pass`, body: { result: "pass", reason } });
  await settled(year, of.pilot, "passed");
  const from = shanghaiDate(on(year.plan, 12, 10));
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: evaluationPath(of, "graduation"), key: `${of.pilot}.graduate` },
    body: { from },
  });
  tell(year, {
    ...{ at: on(year.plan, 11, 26), pilot: of.pilot },
    ...{ zh: "评价通过，两人确认", en: "passes its evaluation, confirmed by two" },
  });
}

async function lookAtGraduation(year: Year): Promise<void> {
  const page = await settled(year, GRADUATING, "graduated");
  const standing = await standingOf(year, PASSING);
  const criteria = standing.findings?.measurement.criteria ?? [];
  const { limits } = await read<{ limits: readonly unknown[] }>(
    year,
    `/api/pilots/${GRADUATING}/limits`,
  );
  tell(year, {
    ...{ at: on(year.plan, 12, 10), pilot: GRADUATING },
    ...{ zh: "毕业：上限解除", en: "graduates: its caps are lifted" },
  });
  const met = criteria.filter((one) => one.met).length;
  check(year, {
    name: "graduated",
    zh: "支付标记毕业：全部标准达到，无一例外处理，上限解除",
    en: "Payment tokens graduate: every criterion met, none overridden, caps lifted",
    expected: `graduated, ${criteria.length} of ${criteria.length} met, 0 overridden, 0 limits`,
    seen: `${page.state}, ${met} of ${criteria.length} met, ${standing.result?.overrides} overridden, ${limits.length} limits`,
  });
}

/** What Harbour Pay is asked and refused by the plan, and what makes one in twenty of it refused. */
function harbourCounts(plan: YearPlan) {
  const house = plan.houses.find((one) => one.house === houseOf(DRAFTED));
  const counts = (house?.months ?? []).map((month) => askedOf(month));
  const asked = counts.reduce((sum, one) => sum + one.asked, 0);
  const refused = counts.reduce((sum, one) => sum + one.refused, 0);
  const more = Math.max(0, Math.ceil((asked - ONE_IN * refused) / (ONE_IN - 1)));
  const rest = (refused + more) * ONE_IN - (asked + more);
  demand(rest >= 0, `${refused} of ${asked} acts are refused already`);
  return { asked, refused, more, rest };
}

/** A faulty release asks for permits that nobody granted, until one act in twenty was refused. */
async function misjudge(year: Year): Promise<void> {
  const { more, rest } = harbourCounts(year.plan);
  const permits = new PermitClient(as(year, "harbour-bank permits"), DRAFTED);
  const stray = Array.from({ length: more }, (_, at) => ({
    ...{ act: "cancel" as const, id: `never-granted-${at}` },
  }));
  for (const one of stray.length === 0 ? [] : await permits.act(stray)) {
    demand(one.outcome === "refused", `${one.permit} was not refused`);
  }
  const opened = Array.from({ length: rest }, (_, at) => ({
    ...{ act: "reserve" as const, id: `open-${at}`, class: "OPEN" as const },
    ...{ customer: `late-${at}`, channel: "app", region: "330200", currency: "CNY" },
    eligibility: { customerType: "person" },
  }));
  for (const one of opened.length === 0 ? [] : await permits.act(opened)) {
    demand(one.outcome === "accepted", `${one.permit} was refused`);
  }
}

/** A pass is refused by the threshold; the figures are those of the plan, act by act. */
async function fail(year: Year, of: Evaluated): Promise<void> {
  const asking = { ...SUPERVISORS, path: evaluationPath(of, "evaluation/result") } as const;
  const key = `${of.pilot}.too-good`;
  const reason = said("达标", "Met");
  const code = await tried(year, { ...asking, key, body: { result: "pass", reason } });
  const why = said(
    "拒绝率超过标准0.01个百分点。",
    "Refusals miss the threshold by 0.01 of a point.",
  );
  await byTwo(year, { ...asking, key: `${of.pilot}.fail`, body: { result: "fail", reason: why } });
  await settled(year, of.pilot, "failed");
  const standing = await standingOf(year, of);
  const criteria = standing.findings?.measurement.criteria ?? [];
  const missed = criteria.filter(({ met }) => !met);
  const [one] = missed;
  const { asked, refused, more, rest } = harbourCounts(year.plan);
  tell(year, {
    ...{ at: on(year.plan, 12, 12) as Instant, pilot: of.pilot },
    ...{ zh: "评价未通过：差0.01个百分点", en: "fails its evaluation by 0.01 of a point" },
  });
  check(year, {
    name: "failed",
    zh: "港湾付的拒绝率恰好差0.01个百分点，不得通过",
    en: "Harbour Pay misses its threshold on refusals by exactly 0.01 of a point, and may not pass",
    expected: `evaluation_criteria_not_met; denial_rate_bp: at most 49900 ppm, 50000 ppm = ${refused + more} / ${asked + more + rest}; 1 missed`,
    seen: `${code}; ${one?.subject}: at most ${one?.required} ppm, ${one?.measured} ppm = ${one?.sums} / ${one?.over}; ${missed.length} missed`,
  });
}

async function testAgain(year: Year, of: Evaluated): Promise<void> {
  const reason = said("缺陷已改正。", "The defect is mended.");
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: evaluationPath(of, "second-test"), key: `${of.pilot}.second-test` },
    body: { reason },
  });
  await settled(year, of.pilot, "testing");
  tell(year, {
    ...{ at: on(year.plan, 12, 14), pilot: of.pilot },
    ...{ zh: "两人同意继续测试", en: "is let test again, by two people" },
  });
}

/**
 * How a test ends by evaluation: self-test, audit, three experts, and the thresholds that were
 * declared at entry, measured over the whole test. Payment tokens pass and graduate on a day; Harbour
 * Pay misses its threshold on refusals by exactly 0.01 of a point, fails, and is let test again.
 */
import { type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import { PermitClient } from "@sandbank/world";
import { DRAFTED } from "./admission.ts";
import { filed, filedOfEach, type Send } from "./evidence.ts";
import { askedOf, houseOf } from "./houses.ts";
import { personOf } from "./person.ts";
import { on, type YearPlan } from "./plan.ts";
import {
  act,
  as,
  byTwo,
  check,
  demand,
  read,
  settled,
  type Step,
  SUPERVISORS,
  tell,
  tried,
  waitFor,
  type Year,
} from "./year.ts";

const GRADUATING = "payment-tokens";
const EXPERTS = ["shoal-institute", "reed-university", "dune-society"] as const;
const DIMENSIONS = [
  "innovation",
  "service_quality",
  "satisfaction",
  "continuity",
  "compliance",
  "transaction_security",
  "data_security",
  "risk_prevention",
] as const;
/** One refused act in twenty is 5.00 %; Harbour Pay promised at most 4.99 %. */
const ONE_IN = 20;

const said = (zh: string, en: string) => ({ zh, en });

/** One evaluation: whose, and when each of its stages is. */
interface Evaluated {
  readonly pilot: string;
  readonly organisation: string;
  /** Month and day on which the end of the test is asked for. */
  readonly month: number;
  readonly day: number;
}

const PASSING = { pilot: GRADUATING, organisation: "sandbar-bank", month: 11, day: 20 };
const FAILING = { pilot: DRAFTED, organisation: "harbour-bank", month: 12, day: 6 };

export function evaluationSteps(plan: YearPlan): Step[] {
  return [
    ...stagesOf(plan, PASSING),
    { name: "passed", at: on(plan, 11, 26), run: (year) => pass(year, PASSING) },
    { name: "graduated", at: on(plan, 12, 11), run: (year) => lookAtGraduation(year) },
    { name: "aligned", at: on(plan, 12, 4), run: (year) => misjudge(year) },
    ...stagesOf(plan, FAILING),
    { name: "failed", at: on(plan, 12, 12), run: (year) => fail(year, FAILING) },
    { name: "second-test", at: on(plan, 12, 14), run: (year) => testAgain(year, FAILING) },
  ];
}

/** The stages in their order, each by whoever it belongs to. */
function stagesOf(plan: YearPlan, of: Evaluated): Step[] {
  const at = (days: number) => on(plan, of.month, of.day + days);
  const { pilot } = of;
  return [
    { name: `${pilot}.asks`, at: at(0), run: (year) => ask(year, of) },
    { name: `${pilot}.self-test`, at: at(1), run: (year) => selfTest(year, of) },
    { name: `${pilot}.audit`, at: at(2), run: (year) => auditReport(year, of) },
    { name: `${pilot}.experts`, at: at(4), run: (year) => expertise(year, of) },
    { name: `${pilot}.review`, at: at(5), run: (year) => review(year, of) },
  ];
}

function path(of: Evaluated, stage: string): string {
  return `/api/pilots/${of.pilot}/${stage}`;
}

async function ask(year: Year, of: Evaluated): Promise<void> {
  const who = `${of.organisation} approver` as const;
  await act(year, { who, path: path(of, "evaluation"), key: `${of.pilot}.request-end` });
  await settled(year, of.pilot, "evaluation");
}

function ofEach<T>(one: (dimension: string) => T): Record<string, T> {
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, one(dimension)]));
}

async function selfTest(year: Year, of: Evaluated): Promise<void> {
  const who = `${of.organisation} approver` as const;
  const asking = { who, path: path(of, "evaluation/self-test"), key: `${of.pilot}.self-test` };
  const send: Send = (to, key, body) => act(year, { who, path: to, key, body });
  const bodyOf = (evidenceOf: (dimension: string) => string) => ({
    dimensions: ofEach((dimension) => ({
      finding: said("符合声明。", "As declared."),
      evidence: evidenceOf(dimension),
    })),
    commitments: said("承诺均已履行。", "Every commitment was kept."),
    benefit: said("客户受益。", "Customers benefit."),
    sustainability: said("商业可持续。", "It pays its way."),
  });
  const loose = { ...asking, key: `${asking.key}.loose`, body: bodyOf(() => "0".repeat(64)) };
  check(year, {
    name: `${of.pilot}.evidence`,
    zh: `${of.pilot}的自测报告引用未存档的文件，被拒`,
    en: `A self-test of ${of.pilot} that rests on a document nobody filed is refused`,
    ...{ expected: "evaluation_evidence_not_filed", seen: await tried(year, loose) },
  });
  const evidenceOf = await filedOfEach(send, `${of.pilot}/self-test`, DIMENSIONS);
  await act(year, { ...asking, body: bodyOf(evidenceOf) });
}

async function auditReport(year: Year, of: Evaluated): Promise<void> {
  const who = "auditor auditor";
  const send: Send = (to, key, body) => act(year, { who, path: to, key, body });
  const evidence = await filed(send, `${of.pilot}/audit`);
  const body = { conclusion: "meets", findings: [], evidence };
  await act(year, { who, key: `${of.pilot}.audit`, body, path: path(of, "evaluation/audit") });
}

/** Three outsiders, each appointed by the supervisor, signed in and without an interest. */
async function expertise(year: Year, of: Evaluated): Promise<void> {
  for (const [at, organisation] of EXPERTS.entries()) {
    const person = await personOf(year, organisation);
    await act(year, {
      ...{ who: "supervisor officer", path: path(of, "evaluation/experts") },
      key: `${of.pilot}.expert-${at}`,
      body: { person: person.id, organisation },
    });
    const send: Send = (to, key, body) => person.act(to, key, body);
    const evidenceOf = await filedOfEach(send, `${of.pilot}/${organisation}`, DIMENSIONS);
    await person.act(path(of, "evaluation/opinions"), `${of.pilot}.opinion-${at}`, {
      scores: ofEach((dimension) => ({ score: 70 + at * 5, evidence: evidenceOf(dimension) })),
      opinion: said("建议按标准决定。", "Decide by the thresholds."),
      noInterest: true,
    });
  }
}

/** Measuring waits until every act of the test is counted. */
async function review(year: Year, of: Evaluated): Promise<void> {
  await waitFor(`the thresholds of ${of.pilot} are complete`, async () => {
    const found = await read<{ complete: boolean }>(year, path(of, "evaluation/thresholds"));
    return found.complete ? true : undefined;
  });
  const asking = { who: "supervisor officer", key: `${of.pilot}.review` } as const;
  await act(year, { ...asking, path: path(of, "evaluation/review") });
}

interface Criterion {
  readonly subject: string;
  readonly kind: string;
  readonly required: string;
  readonly measured: string | null;
  readonly sums: string | null;
  readonly over: string | null;
  readonly met: boolean;
}

interface Standing {
  readonly state: string;
  readonly result: { readonly passed: boolean; readonly overrides: number } | null;
  readonly graduation: { readonly policy: unknown; readonly notice: string | null } | null;
  readonly findings: { readonly measurement: { readonly criteria: readonly Criterion[] } } | null;
}

async function pass(year: Year, of: Evaluated): Promise<void> {
  const reason = said("各项标准均达到。", "Every threshold is met.");
  const asking = { ...SUPERVISORS, path: path(of, "evaluation/result") } as const;
  await byTwo(year, { ...asking, key: `${of.pilot}.pass`, body: { result: "pass", reason } });
  await settled(year, of.pilot, "passed");
  const from = shanghaiDate(on(year.plan, 12, 10));
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: path(of, "graduation"), key: `${of.pilot}.graduate` },
    body: { from },
  });
  tell(year, {
    ...{ at: on(year.plan, 11, 26), pilot: of.pilot },
    ...{ zh: "评价通过，两人确认", en: "passes its evaluation, confirmed by two" },
  });
}

async function lookAtGraduation(year: Year): Promise<void> {
  const page = await settled(year, GRADUATING, "graduated");
  const standing = await read<Standing>(year, `/api/pilots/${GRADUATING}/evaluation`);
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
  const asking = { ...SUPERVISORS, path: path(of, "evaluation/result") } as const;
  const key = `${of.pilot}.too-good`;
  const reason = said("达标", "Met");
  const code = await tried(year, { ...asking, key, body: { result: "pass", reason } });
  const why = said(
    "拒绝率超过标准0.01个百分点。",
    "Refusals miss the threshold by 0.01 of a point.",
  );
  await byTwo(year, { ...asking, key: `${of.pilot}.fail`, body: { result: "fail", reason: why } });
  await settled(year, of.pilot, "failed");
  const standing = await read<Standing>(year, `/api/pilots/${of.pilot}/evaluation`);
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
    ...{ ...SUPERVISORS, path: path(of, "second-test"), key: `${of.pilot}.second-test` },
    body: { reason },
  });
  await settled(year, of.pilot, "testing");
  tell(year, {
    ...{ at: on(year.plan, 12, 14), pilot: of.pilot },
    ...{ zh: "两人同意继续测试", en: "is let test again, by two people" },
  });
}

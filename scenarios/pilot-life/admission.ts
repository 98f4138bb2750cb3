/**
 * How the pilot is admitted: drafted by one person of its bank with the exit plan that Sandbank ships
 * for such pilots, signed by another, reviewed, published by two, commented on and answered,
 * registered by two with a number, its pool funded, armed on the partition that waits, and started.
 */
import { readFileSync } from "node:fs";
import { addDays, type CalendarDate } from "@sandbank/kernel/clock";
import {
  type Applicant,
  commentIds,
  enrol,
  fileText,
  say,
  signStep,
  stepsPath,
} from "../applying.ts";
import { poolOf } from "../grievance.ts";
import { act, byTwo, check, demand, note, read, settled, SUPERVISORS, tell } from "../stage.ts";
import type { Life, Step } from "./life.ts";
import { dateOf, DAYS, type LifePlan, on, PARTITION, PILOT } from "./plan.ts";

const FORM = new URL("./declaration.json", import.meta.url);
const STEPS_PATH = stepsPath(PILOT);
const APPLICANT: Applicant = {
  ...{ pilot: PILOT, organisation: "sandbar-bank" },
  ...{ drafter: "sandbar-bank operator", signer: "sandbar-bank approver" },
};
/** Days of the test, and how long assessments and the pledge hold. */
const TEST_DAYS = 365;
const GOOD_DAYS = 900;
/** Days and cost that the bank gives each step of its exit, where the template leaves them open. */
const STEP_TERM = { days: 30, costFen: "1000000" } as const;
/** What the terms of the pool ask for, and what the bank puts in, in fen. */
export const POOL = { required: "50000000", funded: "51000000" } as const;

const said = (zh: string, en: string) => ({ zh, en });

export function admissionSteps(plan: LifePlan): Step[] {
  return [
    { name: "drafted", at: on(plan, DAYS.drafted), run: draft },
    { name: "reviewed", at: on(plan, DAYS.reviewed), run: review },
    { name: "commented", at: on(plan, DAYS.commented), run: comment },
    { name: "answered", at: on(plan, DAYS.answered), run: answer },
    { name: "registered", at: on(plan, DAYS.registered), run: register },
    { name: "pooled", at: on(plan, DAYS.pooled), run: pool },
    { name: "armed", at: on(plan, DAYS.armed), run: arm },
    { name: "started", at: on(plan, DAYS.started), run: start },
  ];
}

interface Declared {
  readonly form: {
    readonly caps: readonly { readonly id: string; readonly cap: string }[];
    readonly [name: string]: unknown;
  };
  readonly [name: string]: unknown;
}

/** The declaration with the life's own dates and caps, and an exit plan. */
function declarationOf(
  plan: LifePlan,
  with_: { readonly agreement: unknown; readonly exitPlan: unknown },
): Declared {
  const begins = dateOf(plan, DAYS.started);
  const later = (days: number): CalendarDate => addDays(begins, days);
  const declared = JSON.parse(readFileSync(FORM, "utf8")) as Declared;
  const dates = { assessedOn: addDays(plan.first, -60), validUntil: later(GOOD_DAYS) };
  const assessed = (name: string) => ({ ...(declared.form[name] as object), ...dates });
  const pledge = { ...(declared.form["pledge"] as object), validUntil: later(GOOD_DAYS) };
  const own: Readonly<Record<string, string>> = {
    pilot_customers: String(plan.size),
    pilot_day_amount: String(plan.dayCap),
  };
  const caps = declared.form.caps.map((cap) => ({ ...cap, cap: own[cap.id] ?? cap.cap }));
  return {
    ...declared,
    testPeriod: { from: begins, to: later(TEST_DAYS - 1) },
    form: {
      ...{ ...declared.form, ...with_, operatesFrom: begins, pledge, caps },
      ...{ legal: assessed("legal"), technical: assessed("technical") },
    },
  };
}

interface Templates {
  readonly templates: readonly {
    readonly pilot: string;
    readonly runOffDays: number;
    readonly segments: unknown;
    readonly items: unknown;
    readonly steps: readonly {
      readonly days: number | null;
      readonly costFen: string | null;
    }[];
  }[];
}

/** The plan that ships for payment tokens, with a term for every step that has none. */
async function exitPlanOf(life: Life): Promise<unknown> {
  const who = APPLICANT.drafter;
  const { templates } = await read<Templates>(life, "/api/exit-plans", who);
  const found = templates.find(({ pilot }) => pilot === PILOT);
  demand(found !== undefined, "no exit plan ships for payment tokens");
  const { runOffDays, segments, items } = found;
  const steps = found.steps.map((step) => ({
    ...step,
    days: step.days ?? STEP_TERM.days,
    costFen: step.costFen ?? STEP_TERM.costFen,
  }));
  return { runOffDays, segments, items, steps };
}

async function draft(life: Life): Promise<void> {
  const who = APPLICANT.drafter;
  const agreement = await fileText(life, {
    ...{ who, key: "agreement", text: "智令用户协议书（虚构）\n" },
  });
  const declaration = declarationOf(life.plan, { agreement, exitPlan: await exitPlanOf(life) });
  await act(life, { who, path: "/api/applications", key: "draft", body: { declaration } });
  await enrol(life, APPLICANT);
  await signStep(life, { applicant: APPLICANT, step: "submit", version: 1 });
  told(life, DAYS.drafted, said("起草、签署并提交", "is drafted, signed and handed in"));
}

function told(life: Life, day: number, text: { readonly zh: string; readonly en: string }): void {
  tell(life, { at: on(life.plan, day), pilot: PILOT, ...text });
}

async function review(life: Life): Promise<void> {
  const accept = { who: "supervisor officer", path: STEPS_PATH, key: "accept" } as const;
  await act(life, { ...accept, body: { step: "accept" } });
  const publish = { path: STEPS_PATH, key: "publish", body: { step: "publish" } };
  await byTwo(life, { ...SUPERVISORS, ...publish });
  told(life, DAYS.reviewed, said("公示，征求意见", "is published for comment, by two"));
}

const COMMENTS = [
  { clause: "exit", body: "退出以后，我的支付标记怎么办？ What becomes of my token on exit?" },
  { body: "招收代理，请加微信。 Agents wanted, write to me." },
] as const;

async function comment(life: Life): Promise<void> {
  for (const [at, body] of COMMENTS.entries()) {
    await say(life, { pilot: PILOT, key: `comment-${at}`, body });
  }
}

/** One is admitted and answered, one set aside with a public reason. */
async function answer(life: Life): Promise<void> {
  const [exit = "", stray = "", ...more] = await commentIds(life, PILOT);
  demand(stray !== "" && more.length === 0, "two comments came in");
  const reason = said("与公示内容无关", "It is not about what was published");
  const path = `/api/applications/${PILOT}/moderations`;
  const who = "supervisor officer";
  const admit = { verdict: "admit", comment: exit };
  const setAside = { verdict: "set_aside", comment: stray, reason };
  await act(life, { who, path, key: "moderation-0", body: admit });
  await act(life, { who, path, key: "moderation-1", body: setAside });
  const text = said("退出时逐一删除，并出具证明。", "Each is deleted on exit, with a proof of it.");
  await act(life, {
    ...{ who: APPLICANT.drafter, path: `/api/applications/${PILOT}/answers`, key: "answer" },
    body: { comments: [exit], changes: false, text },
  });
}

interface Application {
  readonly registration: { readonly number: string } | null;
}

async function register(life: Life): Promise<void> {
  const body = { step: "register" };
  await byTwo(life, { ...SUPERVISORS, path: STEPS_PATH, key: "register", body });
  const { registration } = await read<Application>(life, `/api/applications/${PILOT}`);
  const number = note(life, "number", registration?.number ?? "none");
  told(life, DAYS.registered, said(`登记，编号${number}`, `is registered as ${number}, by two`));
}

/** Terms of compensation by two of the supervisor, and the money that they ask for. */
async function pool(life: Life): Promise<void> {
  const path = `/api/pilots/${PILOT}/compensation`;
  await byTwo(life, {
    ...{ ...SUPERVISORS, path: `${path}/terms`, key: "pool-terms" },
    body: {
      ...{ clause: "5.2-D1", demo: false, required: { kind: "fixed", amount: POOL.required } },
      ...{ lossCap: "100000000", byOneUpTo: "100000", insurer: null },
      institution: said("沙洲银行（虚构）", "Sandbar Bank (fictional)"),
    },
  });
  await act(life, {
    ...{ who: APPLICANT.drafter, path: `${path}/funding`, key: "pool-funds" },
    body: { to: "pool", amount: POOL.funded },
  });
  const { free } = await poolOf(life, PILOT);
  check(life, {
    ...{ name: "pooled", zh: "补偿资金足额到位", en: "The compensation pool is funded" },
    ...{ expected: POOL.funded, seen: free },
  });
}

async function arm(life: Life): Promise<void> {
  const body = { step: "arm", partitions: [PARTITION] };
  await act(life, { who: "supervisor officer", path: STEPS_PATH, key: "arm", body });
}

interface History {
  readonly passages: readonly { readonly to: string }[];
}

async function start(life: Life): Promise<void> {
  const body = { step: "start" };
  await act(life, { who: "supervisor officer", path: STEPS_PATH, key: "start", body });
  await settled(life, PILOT, "testing");
  const { passages } = await read<History>(life, `/api/pilots/${PILOT}/history`);
  check(life, {
    name: "admitted",
    zh: "自公示起的每一步都公开在案",
    en: "Every step since it was published is on record for everybody",
    expected: "consultation, answering, registered, ready, testing",
    seen: passages.map(({ to }) => to).join(", "),
  });
  told(life, DAYS.started, said("开始测试", "begins its test"));
}

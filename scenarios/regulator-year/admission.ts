/**
 * The seventh pilot is drafted in the year and admitted through the API: drafted by one person of its
 * institution and signed by another, reviewed, published by two, commented on, moderated, answered
 * and amended, registered by two with a number, armed and started.
 */
import { readFileSync } from "node:fs";
import { addDays, addMonths, type CalendarDate } from "@sandbank/kernel/clock";
import {
  type Applicant,
  commentIds,
  enrol,
  fileText,
  say,
  signStep,
  stepsPath,
} from "../applying.ts";
import { on, type YearPlan } from "./plan.ts";
import { act, byTwo, check, demand, note, read, settled, SUPERVISORS, tell } from "../stage.ts";
import type { Step, Year } from "./year.ts";

export const DRAFTED = "harbour-pay";
const FORM = new URL("./harbour-pay.json", import.meta.url);
const STEPS_PATH = stepsPath(DRAFTED);
const APPLICANT: Applicant = {
  ...{ pilot: DRAFTED, organisation: "harbour-bank" },
  ...{ drafter: "harbour-bank drafter", signer: "harbour-bank approver" },
};
const PARTITION = 7;
const POOL_FEN = "50000000";

const said = (zh: string, en: string) => ({ zh, en });

export function admissionSteps(plan: YearPlan): Step[] {
  return [
    { name: "drafted", at: on(plan, 1, 4), run: draft },
    { name: "reviewed", at: on(plan, 1, 8), run: review },
    { name: "commented", at: on(plan, 1, 12), run: comment },
    { name: "answered", at: on(plan, 1, 20), run: answer },
    { name: "amended", at: on(plan, 1, 22), run: amend },
    { name: "registered", at: on(plan, 2, 10), run: register },
    { name: "pooled", at: on(plan, 2, 20), run: pool },
    { name: "armed", at: on(plan, 3, 20), run: arm },
    { name: "started", at: on(plan, 4, 1), run: start },
  ];
}

interface Declared {
  readonly form: {
    readonly caps: readonly { readonly id: string; readonly cap: string }[];
    readonly [name: string]: unknown;
  };
  readonly [name: string]: unknown;
}

/** The declaration with the year's own dates; `fare` is the cap of one payment, in fen. */
function declarationOf(year: Year, agreement: unknown, fare: string): Declared {
  const { first } = year.plan;
  const date = (month: number) => addMonths(first, month - 1);
  const later = (days: number): CalendarDate => addDays(date(4), days);
  const form = JSON.parse(readFileSync(FORM, "utf8")) as Declared;
  const text = { assessedOn: addDays(first, -60), validUntil: later(900) };
  const assessed = (name: string) => ({ ...(form.form[name] as object), ...text });
  const pledge = { ...(form.form["pledge"] as object), validUntil: later(900) };
  const caps = form.form.caps.map((cap) =>
    cap.id === "payment_amount" ? { ...cap, cap: fare } : cap,
  );
  return {
    ...form,
    testPeriod: { from: date(4), to: later(364) },
    form: {
      ...{ ...form.form, operatesFrom: date(4), agreement, pledge, caps },
      ...{ legal: assessed("legal"), technical: assessed("technical") },
    },
  };
}

function agreementOf(year: Year): Promise<unknown> {
  const who = APPLICANT.drafter;
  return fileText(year, { who, key: "agreement", text: "港湾付服务协议书（虚构）\n" });
}

/** Drafts, has another person of the institution sign, and hands in. */
async function draft(year: Year): Promise<void> {
  const declaration = declarationOf(year, await agreementOf(year), "20000");
  await act(year, {
    ...{ who: "harbour-bank drafter", path: "/api/applications", key: "draft" },
    body: { declaration },
  });
  await enrol(year, APPLICANT);
  await signStep(year, { applicant: APPLICANT, step: "submit", version: 1 });
}

async function review(year: Year): Promise<void> {
  const accept = { who: "supervisor officer", path: STEPS_PATH, key: "accept" } as const;
  await act(year, { ...accept, body: { step: "accept" } });
  await byTwo(year, {
    ...SUPERVISORS,
    path: STEPS_PATH,
    key: "publish",
    body: { step: "publish" },
  });
  tell(year, {
    ...{ at: on(year.plan, 1, 8), pilot: DRAFTED },
    ...{ zh: "声明书公示，征求意见", en: "its declaration is published for comment" },
  });
}

const COMMENTS = [
  { clause: "caps/payment_amount", body: "单笔200元太高。 CNY 200 a fare is too much." },
  { clause: "caps/payment_amount", body: "同意上一条。 I agree with the one before." },
  { clause: "exit", body: "退出后余额怎么办？ What becomes of balances on exit?" },
  { body: "低价出售船票，请加微信。 Cheap tickets, write to me." },
] as const;

async function comment(year: Year): Promise<void> {
  for (const [at, body] of COMMENTS.entries()) {
    await say(year, { pilot: DRAFTED, key: `comment-${at}`, body });
  }
}

/** One set aside with a reason, one joined to another, and an answer to each that was admitted. */
async function answer(year: Year): Promise<void> {
  const ids = await commentIds(year, DRAFTED);
  demand(ids.length === COMMENTS.length, `${ids.length} comments came in`);
  const [fare = "", twin = "", exit = "", stray = ""] = ids;
  const reason = said("与公示内容无关", "It is not about what was published");
  for (const [at, moderation] of [
    { verdict: "admit", comment: fare },
    { verdict: "duplicate", comment: twin, of: fare },
    { verdict: "admit", comment: exit },
    { verdict: "set_aside", comment: stray, reason },
  ].entries()) {
    await act(year, {
      ...{ who: "supervisor officer", path: `/api/applications/${DRAFTED}/moderations` },
      ...{ key: `moderation-${at}`, body: moderation },
    });
  }
  const answers = [
    { of: fare, changes: true, text: said("单笔降为150元。", "One fare is lowered to CNY 150.") },
    {
      of: exit,
      changes: false,
      text: said("余额原路退回。", "Balances go back where they came from."),
    },
  ];
  for (const [at, { of, ...rest }] of answers.entries()) {
    const body = { comments: [of], ...rest };
    const asking = { who: "harbour-bank drafter", key: `answer-${at}`, body } as const;
    await act(year, { ...asking, path: `/api/applications/${DRAFTED}/answers` });
  }
}

/** What an answer promised: a lower cap is no material change, so nobody is asked again. */
async function amend(year: Year): Promise<void> {
  const declaration = declarationOf(year, await agreementOf(year), "15000");
  await act(year, {
    ...{
      who: "harbour-bank drafter",
      path: `/api/applications/${DRAFTED}/versions`,
      key: "revise",
    },
    body: { declaration, after: 1 },
  });
  await signStep(year, { applicant: APPLICANT, step: "amend", version: 2 });
}

interface Application {
  readonly registration: { readonly number: string } | null;
}

async function register(year: Year): Promise<void> {
  await byTwo(year, {
    ...SUPERVISORS,
    path: STEPS_PATH,
    key: "register",
    body: { step: "register" },
  });
  const { registration } = await read<Application>(year, `/api/applications/${DRAFTED}`);
  const number = note(year, "number", registration?.number ?? "none");
  tell(year, {
    ...{ at: on(year.plan, 2, 10), pilot: DRAFTED },
    ...{ zh: `登记，编号${number}`, en: `is registered as ${number}` },
  });
}

/** Terms of compensation by two of the supervisor, and the money that they ask for. */
async function pool(year: Year): Promise<void> {
  const path = `/api/pilots/${DRAFTED}/compensation`;
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: `${path}/terms`, key: "pool-terms" },
    body: {
      ...{ clause: "5.2-D1", demo: false, required: { kind: "fixed", amount: POOL_FEN } },
      ...{ lossCap: "100000000", byOneUpTo: "100000", insurer: null },
      institution: said("港湾银行（虚构）", "Harbour Bank (fictional)"),
    },
  });
  await act(year, {
    ...{ who: "harbour-bank drafter", path: `${path}/funding`, key: "pool-funds" },
    body: { to: "pool", amount: POOL_FEN },
  });
}

async function arm(year: Year): Promise<void> {
  const body = { step: "arm", partitions: [PARTITION] };
  await act(year, { who: "supervisor officer", path: STEPS_PATH, key: "arm", body });
}

interface History {
  readonly passages: readonly { readonly to: string }[];
}

interface Heard {
  readonly waiting: number;
  readonly comments: readonly { readonly state: string; readonly answer: unknown }[];
}

async function start(year: Year): Promise<void> {
  const body = { step: "start" };
  await act(year, { who: "supervisor officer", path: STEPS_PATH, key: "start", body });
  await settled(year, DRAFTED, "testing");
  const { passages } = await read<History>(year, `/api/pilots/${DRAFTED}/history`);
  check(year, {
    name: "admitted",
    zh: "自公示起的每一步都公开在案",
    en: "Every step since it was published is on record for everybody",
    expected: "consultation, answering, registered, ready, testing",
    seen: passages.map(({ to }) => to).join(", "),
  });
  const heard = await read<Heard>(year, `/api/pilots/${DRAFTED}/consultations`);
  const states = heard.comments.map((one) => `${one.state}${one.answer ? " answered" : ""}`);
  check(year, {
    name: "consulted",
    zh: "每条意见都有去处：答复、并入、搁置",
    en: "Every comment has come to something: answered, joined, set aside",
    expected: "0 waiting; admitted answered, duplicate answered, admitted answered, set_aside",
    seen: `${heard.waiting} waiting; ${states.join(", ")}`,
  });
  tell(year, {
    ...{ at: on(year.plan, 4, 1), pilot: DRAFTED },
    ...{ zh: "开始测试", en: "begins its test" },
  });
}

/** What a member of staff may do to an application now, what stands in the way, and what is sent. */
import type { ApplicationAnswer, ApplicationSummary } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { isOf, mayTake, supervises } from "../offices.ts";
import { type ActField, bothOf, type Values } from "../parts/act-field.ts";
import type { Saying, Who } from "../setting.ts";
import { stepNames, stepWords as words } from "../words/step.words.ts";

export type Step = keyof typeof stepNames;

export function isStep(name: string | undefined): name is Step {
  return name !== undefined && name in stepNames;
}

/** Steps that a second person of the supervisor must approve. */
const BY_TWO: readonly Step[] = ["publish", "refuse", "register", "adopt_change", "refuse_change"];
const GRAVE: readonly Step[] = ["refuse", "withdraw", "refuse_change", "withdraw_change"];
/** Steps by which an approver signs a version. */
const SIGNED: readonly Step[] = ["submit", "amend", "request_change"];

export const takesTwo = (step: Step) => BY_TWO.includes(step);
export const isGrave = (step: Step) => GRAVE.includes(step);
export const isSigned = (step: Step) => SIGNED.includes(step);

const BEFORE_TEST = [
  ...["draft", "submitted", "review", "consultation", "answering", "registered", "ready"],
];
const UNDER_TEST = ["testing", "restricted", "suspended"];

/** Which states know a step. Whose it is says its command, which has the same name. */
const STEPS: Readonly<Record<Step, readonly string[]>> = {
  submit: ["draft"],
  accept: ["submitted"],
  return: ["submitted"],
  publish: ["review"],
  refuse: ["review", "consultation"],
  amend: ["answering"],
  register: ["answering"],
  arm: ["registered"],
  start: ["ready"],
  request_change: ["testing"],
  adopt_change: UNDER_TEST,
  refuse_change: UNDER_TEST,
  withdraw_change: UNDER_TEST,
  withdraw: BEFORE_TEST,
};

/** An application is its applicant's, and every one is the supervisor's. */
function isTheirs(of: ApplicationSummary, who: Who): boolean {
  return supervises(who) || isOf(who, [of.organisation]);
}

/** Steps that this state knows and this person may take, the way forward first. */
function stepsFor(of: ApplicationSummary, who: Who): readonly Step[] {
  return (Object.keys(STEPS) as Step[]).filter(
    (step) => STEPS[step].includes(of.state) && mayTake(who, step) && isTheirs(of, who),
  );
}

/** True if the way forward waits for this person, as far as the list can know. */
export function waitsFor(of: ApplicationSummary, who: Who): boolean {
  const steps = stepsFor(of, who);
  return steps.some((step) => !isGrave(step) && !ofChanges(step) && step !== "amend");
}

function ofChanges(step: Step): boolean {
  return step.endsWith("_change");
}

/** True for whoever may put another version on file now. */
export function mayRevise(of: ApplicationSummary, who: Who): boolean {
  const drafts = mayTake(who, "revise") && isTheirs(of, who);
  return drafts && ["draft", "answering", "testing"].includes(of.state);
}

export interface OpenStep {
  readonly step: Step;
  /** Why it would be refused now. */
  readonly blocked?: { readonly text: Text; readonly holes: Readonly<Record<string, string>> };
}

/** How far the pool is that must be funded before anything is armed. */
export type PoolStand = "unread" | "absent" | "short" | "adequate";

/** Steps of this person with what stands in the way; the server has the last word. */
export function stepsOpen(
  of: ApplicationAnswer,
  who: Who,
  pool: PoolStand = "unread",
): readonly OpenStep[] {
  const open = of.changes.some((one) => one.state === "requested");
  return stepsFor(of, who)
    .filter((step) => step === "request_change" || !ofChanges(step) || open)
    .map((step) => {
      const blocked = step === "arm" ? unfunded(pool) : blockedBy(step, of, who);
      return blocked === undefined ? { step } : { step, blocked };
    });
}

function blockedBy(step: Step, of: ApplicationAnswer, who: Who): OpenStep["blocked"] {
  if (isSigned(step)) return unsigned(step, of, who);
  if (step === "register") return unheard(of);
  const change = openChange(of);
  if (step === "adopt_change" && change?.material === true) return unheard(of);
  return undefined;
}

function unfunded(pool: PoolStand): OpenStep["blocked"] {
  if (pool === "absent") return { text: words.pool_absent, holes: {} };
  return pool === "short" ? { text: words.pool_short, holes: {} } : undefined;
}

/** The change request that is to be decided. */
export function openChange({ changes }: ApplicationAnswer) {
  return changes.find((one) => one.state === "requested");
}

function unsigned(step: Step, of: ApplicationAnswer, who: Who): OpenStep["blocked"] {
  if (step !== "submit" && of.latest === of.stands) return { text: words.nothing_new, holes: {} };
  if (step === "request_change" && openChange(of) !== undefined) {
    return { text: words.change_open, holes: {} };
  }
  if (of.versions.some((one) => one.draftedBy === who.person)) {
    return { text: words.drafted, holes: {} };
  }
  const [first] = of.missing;
  if (first === undefined) return undefined;
  const holes = { n: String(of.missing.length), clause: first.clause };
  return { text: words.missing, holes };
}

function unheard({ rounds }: ApplicationAnswer): OpenStep["blocked"] {
  const sum = (key: "waiting" | "unanswered") => rounds.reduce((all, one) => all + one[key], 0);
  if (rounds.at(-1)?.state === "open") return { text: words.round_open, holes: {} };
  if (sum("waiting") > 0) return { text: words.unjudged, holes: { n: String(sum("waiting")) } };
  const n = sum("unanswered");
  return n > 0 ? { text: words.unanswered, holes: { n: String(n) } } : undefined;
}

const REASONS = [1, 2, 3] as const;

/** What the step asks for. */
export function fieldsOf(step: Step, say: Saying): readonly ActField[] {
  if (step === "publish") {
    const days = { name: "days", label: say(words.days), hint: say(words.days_hint) };
    return [{ kind: "whole", ...days, least: 1, most: 365, optional: true }];
  }
  if (step === "arm") {
    const hint = say(words.partitions_hint);
    return [{ kind: "line", name: "partitions", label: say(words.partitions), hint }];
  }
  if (step !== "return" && step !== "refuse" && step !== "refuse_change") return [];
  const hint = say(step === "return" ? words.reason_hint : words.reason_public);
  return REASONS.map((n) => ({
    ...({ kind: "both", name: `reason${n}`, label: say(words.reason, { n: String(n) }) } as const),
    ...{ hint, optional: n > 1 },
  }));
}

/** What the step sends. */
export function bodyOf(step: Step, of: ApplicationAnswer, values: Values): object {
  const reasons = REASONS.map((n) => bothOf(values, `reason${n}`)).filter(({ zh }) => zh !== "");
  const change = openChange(of)?.id;
  switch (step) {
    case "publish":
      return { step, ...(values["days"] === undefined ? {} : { days: Number(values["days"]) }) };
    case "arm":
      return { step, partitions: numbersOf(values["partitions"] ?? "") };
    case "return":
    case "refuse":
      return { step, reasons };
    case "refuse_change":
      return { step, change, reasons };
    case "adopt_change":
    case "withdraw_change":
      return { step, change };
    case "accept":
    case "amend":
    case "register":
    case "request_change":
    case "start":
    case "submit":
    case "withdraw":
      return { step };
  }
}

function numbersOf(typed: string): readonly number[] {
  return typed.split(/[,，、\s]+/).flatMap((one) => (one === "" ? [] : [Number(one)]));
}

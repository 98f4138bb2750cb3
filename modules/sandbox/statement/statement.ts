/**
 * Makes the user statement from declaration and terms, and says whether a new version asks the
 * customers again. Pure. A change is material if it can be to somebody's harm or concern: another
 * partner or purpose, a higher or missing limit, weaker compensation, another exit, a longer test.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Json } from "@sandbank/kernel/guard";
import type { Instant } from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";
import type { Admission } from "../admission/admission.contract.ts";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { hashOf } from "../declaration/declaration.ts";
import type { StatementBody } from "./statement.contract.ts";
import { publishStatement, type StatementRow } from "./statement.store.ts";

const TEST: Text = {
  zh: "本服务处于金融科技创新监管试点的测试阶段，参加自愿，可以随时退出。",
  en: "This service is being tested in the fintech regulatory sandbox. Joining is voluntary, and you may leave at any time.",
};

const RISKS: Text = {
  zh: "测试中的服务可能中断、出错或提前结束；每项上限用完后，当期不再办理新业务。",
  en: "A service under test may be interrupted, fail or end early; once a limit is used up, nothing new is done in its period.",
};

/** What everybody may do, whatever the pilot. */
const RIGHTS: readonly Text[] = [
  {
    zh: "知情：看到本明示及其全部历史版本。",
    en: "To know: to see this statement in all its versions.",
  },
  {
    zh: "自主选择：不参加也不影响已有服务。",
    en: "To choose freely: who does not join loses no service.",
  },
  {
    zh: "退出：随时退出，已有业务办理完毕。",
    en: "To leave at any time; what was begun is finished.",
  },
  {
    zh: "受偿：因技术缺陷受损的，按补偿安排获得赔付。",
    en: "To be paid for harm by a technical defect, as stated below.",
  },
  {
    zh: "投诉：向运行机构或自律组织投诉并得到答复。",
    en: "To complain to the operator or the self-regulatory body and be answered.",
  },
];

export interface Stated {
  readonly declaration: Declaration;
  readonly version: number;
  readonly hash: string;
  readonly admission: Admission;
  readonly period: { readonly from: string; readonly to: string };
}

/** The statement that follows from a declaration and its terms. */
export function statementOf({
  declaration,
  version,
  hash,
  admission,
  period,
}: Stated): StatementBody {
  const { pilot, number, name, functions, technology, compensation, exit, complaints } =
    declaration;
  const purposes = admission.checks.flatMap((one) => (one.kind === "purpose" ? one.allowed : []));
  const own = admission.caps.filter((cap) => cap.scope !== "pilot" || cap.measure === "single");
  return {
    ...{ pilot, number, name, test: TEST },
    operators: admission.operators.map(({ role, name: of }) => ({ role, name: of })),
    functions: functions.map((one) => one.text),
    period: { ...period, days: admission.periodDays },
    technology: technology.map((one) => one.text),
    purposes: [...new Set(purposes)],
    limits: own.map(({ id, label, scope, window, measure, cap, clause }) => ({
      ...{ id, label, scope, window, cap, clause },
      unit: measure === "amount" || measure === "single" ? "fen" : "count",
    })),
    risks: RISKS,
    compensation: compensation.text,
    rights: [...RIGHTS],
    exit: exit.text,
    channels: [...complaints.channels],
    declaration: { version, hash },
  };
}

/** True if who consented to `before` has to be asked again. */
export function isMaterial(before: StatementBody, after: StatementBody): boolean {
  const names = (body: StatementBody) => body.operators.map((one) => one.name.zh);
  const adds = (old: readonly string[], next: readonly string[]) =>
    next.some((one) => !old.includes(one));
  return (
    adds(names(before), names(after)) ||
    adds(before.purposes, after.purposes) ||
    after.period.days > before.period.days ||
    before.limits.some((old) => isLooser(old, after)) ||
    before.compensation.zh !== after.compensation.zh ||
    before.exit.zh !== after.exit.zh
  );
}

function isLooser(old: StatementBody["limits"][number], after: StatementBody): boolean {
  const next = after.limits.find((one) => one.id === old.id);
  return next === undefined || BigInt(next.cap) > BigInt(old.cap);
}

export interface Restated {
  /** The version from which on consents count. */
  readonly material: number;
  readonly changes: readonly Change[];
  readonly leaves: readonly Json[];
}

/** What becomes of a pilot's statement when its policy is issued: nothing, or the next version. */
export function restate(latest: StatementRow | null, stated: Stated, now: Instant): Restated {
  const body = statementOf(stated);
  const hash = hashOf(body);
  if (latest?.hash === hash) return { material: latest.material, changes: [], leaves: [] };
  const version = (latest?.version ?? 0) + 1;
  const asks = latest === null || isMaterial(latest.body, body);
  const material = asks ? version : latest.material;
  const { pilot } = body;
  return {
    material,
    changes: [change(publishStatement, { pilot, version, material, hash, body, at: toIso(now) })],
    leaves: [{ t: "user_statement", pilot, version, material, hash }],
  };
}

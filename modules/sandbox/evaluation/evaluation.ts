/**
 * The life of an evaluation and of what belongs to it: four total tables. The database holds the
 * legal moves a second time and refuses all others.
 *
 *   self_test ──submit──▶ audit ──submit──▶ expert_review ──conclude──▶ confirm ──fail──▶ failed
 *      ▲                  │  ▲             ⟲ appoint, recuse, score    ⟲ measure, override
 *      └───── return ─────┴──┴──────────────────────┴─────────────────────┤ pass
 *                                                                         ▼
 *                 graduated ◀──take effect── graduating ◀──decide────── passed
 *
 *   Each of them but failed and graduated may be broken off by a directive to its pilot.
 *   report     standing ──set aside──▶ set_aside
 *   expert     appointed ──recuse──▶ recused
 *   extension  asked ──grant──▶ granted, ──refuse──▶ refused
 *
 * The order and the eight dimensions are those that reference/sandbox §1.2 reports of the regime:
 * 自测自评 → 审计 → 专家论证 → 结果确认. The names in code, the scale of scores and the marks are ours.
 */
import type { Refusal, Text } from "@sandbank/kernel/words";
import { row, type Table } from "../table/table.ts";
import { type EvaluationRefusal, refuse } from "./evaluation.refusals.ts";

/** The stages in their fixed order. */
export const STAGES = ["self_test", "audit", "expert_review", "confirm"] as const;
export type Stage = (typeof STAGES)[number];

export const EVALUATION_STATES = [
  ...STAGES,
  "passed",
  "failed",
  "graduating",
  "graduated",
  "broken_off",
] as const;
export type EvaluationState = (typeof EVALUATION_STATES)[number];

export const EVALUATION_EVENTS = [
  "submit_self_test",
  "submit_audit",
  "appoint",
  "recuse",
  "score",
  "conclude_review",
  "measure",
  "override",
  "return_to_self_test",
  "return_to_audit",
  "return_to_expert_review",
  "pass",
  "fail",
  "decide_graduation",
  "take_effect",
  "break_off",
] as const;
export type EvaluationEvent = (typeof EVALUATION_EVENTS)[number];

const broken = { break_off: "broken_off" } as const;

export const EVALUATION_TABLE: Table<EvaluationState, EvaluationEvent, EvaluationRefusal> = {
  self_test: row(EVALUATION_EVENTS, "evaluation_is_at_self_test", {
    submit_self_test: "audit",
    ...broken,
  }),
  audit: row(EVALUATION_EVENTS, "evaluation_is_at_audit", {
    submit_audit: "expert_review",
    return_to_self_test: "self_test",
    ...broken,
  }),
  expert_review: row(EVALUATION_EVENTS, "evaluation_is_at_expert_review", {
    ...{ appoint: "expert_review", recuse: "expert_review", score: "expert_review" },
    conclude_review: "confirm",
    ...{ return_to_self_test: "self_test", return_to_audit: "audit" },
    ...broken,
  }),
  confirm: row(EVALUATION_EVENTS, "evaluation_is_at_confirm", {
    ...{ measure: "confirm", override: "confirm" },
    ...{ return_to_self_test: "self_test", return_to_audit: "audit" },
    return_to_expert_review: "expert_review",
    ...{ pass: "passed", fail: "failed" },
    ...broken,
  }),
  passed: row(EVALUATION_EVENTS, "evaluation_is_passed", {
    decide_graduation: "graduating",
    ...broken,
  }),
  failed: row(EVALUATION_EVENTS, "evaluation_is_failed", {}),
  graduating: row(EVALUATION_EVENTS, "evaluation_is_graduating", {
    take_effect: "graduated",
    ...broken,
  }),
  graduated: row(EVALUATION_EVENTS, "evaluation_is_graduated", {}),
  broken_off: row(EVALUATION_EVENTS, "evaluation_is_broken_off", {}),
};

export const REPORT_STATES = ["standing", "set_aside"] as const;
export type ReportState = (typeof REPORT_STATES)[number];
export const REPORT_EVENTS = ["set_aside"] as const;

export const REPORT_TABLE: Table<ReportState, (typeof REPORT_EVENTS)[number], EvaluationRefusal> = {
  standing: row(REPORT_EVENTS, "evaluation_report_is_standing", { set_aside: "set_aside" }),
  set_aside: row(REPORT_EVENTS, "evaluation_report_is_set_aside", {}),
};

export const EXPERT_STATES = ["appointed", "recused"] as const;
export type ExpertState = (typeof EXPERT_STATES)[number];
export const EXPERT_EVENTS = ["appoint", "recuse"] as const;

export const EXPERT_TABLE: Table<ExpertState, (typeof EXPERT_EVENTS)[number], EvaluationRefusal> = {
  appointed: row(EXPERT_EVENTS, "evaluation_expert_is_appointed", { recuse: "recused" }),
  recused: row(EXPERT_EVENTS, "evaluation_expert_is_recused", {}),
};

export const EXTENSION_STATES = ["asked", "granted", "refused"] as const;
export type ExtensionState = (typeof EXTENSION_STATES)[number];
export const EXTENSION_EVENTS = ["ask", "grant", "refuse"] as const;

export const EXTENSION_TABLE: Table<
  ExtensionState,
  (typeof EXTENSION_EVENTS)[number],
  EvaluationRefusal
> = {
  asked: row(EXTENSION_EVENTS, "extension_is_asked", { grant: "granted", refuse: "refused" }),
  granted: row(EXTENSION_EVENTS, "extension_is_granted", {}),
  refused: row(EXTENSION_EVENTS, "extension_is_refused", {}),
};

/** The state after an event of a table, or the refusal of the state that does not know it. */
export function after<S extends string, E extends string>(
  table: Table<S, E, EvaluationRefusal>,
  from: S,
  event: E,
): S | Refusal {
  const next = table[from][event];
  return "to" in next ? next.to : refuse(next.refusal);
}

/** The eight dimensions of an evaluation, in the order of reference/sandbox §1.2. */
export const DIMENSIONS = {
  innovation: { zh: "创新价值", en: "innovation value" },
  service_quality: { zh: "服务质量", en: "service quality" },
  satisfaction: { zh: "用户满意度", en: "user satisfaction" },
  continuity: { zh: "业务连续性", en: "business continuity" },
  compliance: { zh: "合法合规性", en: "legality and compliance" },
  transaction_security: { zh: "交易安全", en: "transaction security" },
  data_security: { zh: "数据安全", en: "data security" },
  risk_prevention: { zh: "风险防控", en: "risk prevention" },
} as const satisfies Readonly<Record<string, Text>>;
export type EvaluatedDimension = keyof typeof DIMENSIONS;
export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as readonly EvaluatedDimension[];

/** Best score of a dimension; the least that its median must reach (design). */
export const SCORE_MOST = 100;
export const SCORE_REQUIRED = 60n;

/** Evaluations and graduations over HTTP: the public record, the file for staff, and every act. */
import { toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { Text } from "@sandbank/kernel/words";
import type { z } from "zod";
import { outcomeContract, pilotParams } from "../contract.ts";
import {
  auditContract,
  criterionOverrideContract,
  evaluationContract,
  evaluationFileContract,
  evaluationQueryContract,
  evaluationResultContract,
  evaluationReturnContract,
  expertAppointmentContract,
  expertOpinionContract,
  expertRecusalContract,
  extensionAskedContract,
  extensionRulingContract,
  extensionsContract,
  graduationContract,
  selfTestContract,
  testAgainContract,
  thresholdsNowContract,
} from "../evaluation/evaluation.contract.ts";
import { refuse } from "../evaluation/evaluation.refusals.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import { answerOf, isStaff } from "../task/task.ts";
import type { Evaluations } from "./record.ts";

/**
 * GET …/evaluation, …/evaluation/file, …/evaluation/thresholds, …/extensions; POST …/evaluation and,
 * below it, …/self-test, …/audit, …/experts, …/recusals, …/opinions, …/review, …/measurements,
 * …/returns, …/overrides, …/result; …/graduation, …/second-test, …/extensions and …/extensions/ruling.
 */
export function evaluationRoutes(guard: Guard, evaluations: Evaluations): Route[] {
  return [...readings(evaluations), ...acts(guard), ...bareActs(guard)];
}

function readings(evaluations: Evaluations): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/evaluation",
      summary: { zh: "评价进展与结果", en: "How a pilot's evaluation stands, and its result" },
      auth: "none",
      params: pilotParams,
      query: evaluationQueryContract,
      answer: evaluationContract,
      refusals: ["evaluation_unknown"],
      async handle({ params, query: { round } }) {
        const at = round === undefined ? undefined : Number(round);
        return (await evaluations.standing(params.slug, at)) ?? refuse("evaluation_unknown");
      },
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/evaluation/file",
      summary: { zh: "评价案卷", en: "Everything that an evaluation has found so far" },
      auth: "any",
      params: pilotParams,
      answer: evaluationFileContract,
      async handle({ params, principal }) {
        if (!isStaff(principal)) return refuseOfPilot("staff_of_this_pilot_only");
        return (await evaluations.file(params.slug)) ?? refuse("evaluation_unknown");
      },
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/evaluation/thresholds",
      summary: { zh: "毕业标准现状", en: "Graduation thresholds as they would be measured now" },
      auth: "any",
      params: pilotParams,
      answer: thresholdsNowContract,
      async handle({ params, principal }) {
        if (!isStaff(principal)) return refuseOfPilot("staff_of_this_pilot_only");
        const found = await evaluations.thresholds(params.slug);
        return found ?? refuse("evaluation_nothing_to_measure");
      },
    }),
    extensionsRoute(evaluations),
  ];
}

function extensionsRoute(evaluations: Evaluations): Route {
  return route({
    method: "GET",
    path: "/api/pilots/{slug}/extensions",
    summary: { zh: "延期申请", en: "Extensions that were asked for" },
    auth: "none",
    params: pilotParams,
    answer: extensionsContract,
    async handle({ params }) {
      const rows = await evaluations.extensions(params.slug);
      return {
        extensions: rows.map(({ number, state, days, reason, ruling, ...row }) => ({
          ...{ number, state, days, reason, ruling, askedAt: toIso(row.asked_at) },
          settledAt: row.settled_at === null ? null : toIso(row.settled_at),
        })),
      };
    },
  });
}

type Named = readonly [path: string, command: string, zh: string, en: string];

function acts(guard: Guard): Route[] {
  return [
    act(guard, selfTestContract, [
      ...(["evaluation/self-test", "submit_self_test"] as const),
      ...(["提交自测报告", "Hand in the institution's self-test"] as const),
    ]),
    act(guard, auditContract, [
      ...(["evaluation/audit", "submit_audit", "提交审计报告", "Hand in the audit"] as const),
    ]),
    act(guard, evaluationReturnContract, [
      ...(["evaluation/returns", "return_evaluation", "退回", "Send a stage back"] as const),
    ]),
    act(guard, expertAppointmentContract, [
      ...(["evaluation/experts", "appoint_expert", "聘任专家", "Appoint an expert"] as const),
    ]),
    act(guard, expertRecusalContract, [
      ...(["evaluation/recusals", "recuse_expert", "专家回避", "Exclude an expert"] as const),
    ]),
    act(guard, expertOpinionContract, [
      ...(["evaluation/opinions", "submit_opinion"] as const),
      ...(["专家评分", "Score the eight dimensions as an expert"] as const),
    ]),
    act(guard, criterionOverrideContract, [
      ...(["evaluation/overrides", "override_criterion"] as const),
      ...(["提出按例外处理，待他人批准", "Propose to override a criterion"] as const),
    ]),
    act(guard, evaluationResultContract, [
      ...(["evaluation/result", "confirm_evaluation"] as const),
      ...(["提出评价结果，待他人批准", "Propose the result of an evaluation"] as const),
    ]),
    act(guard, graduationContract, [
      ...(["graduation", "graduate"] as const),
      ...(["提出毕业日期，待他人批准", "Propose the day of a graduation"] as const),
    ]),
    act(guard, testAgainContract, [
      ...(["second-test", "test_again"] as const),
      ...(["提出继续测试，待他人批准", "Propose that a failed pilot tests again"] as const),
    ]),
    act(guard, extensionAskedContract, [
      ...(["extensions", "ask_extension", "申请延期", "Ask for a longer test"] as const),
    ]),
    act(guard, extensionRulingContract, [
      ...(["extensions/ruling", "rule_extension"] as const),
      ...(["提出延期决定，待他人批准", "Propose to grant or refuse an extension"] as const),
    ]),
  ];
}

function bareActs(guard: Guard): Route[] {
  return [
    act(guard, undefined, [
      ...(["evaluation", "request_end"] as const),
      ...(["申请结束测试并评价", "Ask that the test be ended and evaluated"] as const),
    ]),
    act(guard, undefined, [
      ...(["evaluation/review", "conclude_review"] as const),
      ...(["结束专家论证并测算", "Conclude the expert review and measure"] as const),
    ]),
    act(guard, undefined, [
      ...(["evaluation/measurements", "measure_criteria"] as const),
      ...(["重新测算", "Measure all criteria anew"] as const),
    ]),
  ];
}

/** An act on a pilot: its content is the body, if it has one, and the pilot. */
function act(
  guard: Guard,
  body: z.ZodType<object> | undefined,
  [path, command, zh, en]: Named,
): Route {
  const summary: Text = { zh, en };
  return route({
    method: "POST",
    path: `/api/pilots/{slug}/${path}`,
    summary,
    auth: "any",
    params: pilotParams,
    ...(body === undefined ? {} : { body }),
    answer: outcomeContract,
    status: 202,
    async handle({ params, body: given, principal, id }) {
      const content = { ...(given as object | undefined), pilot: params.slug };
      const call = { partition: SANDBOX_PARTITION, id, principal, content };
      return answerOf(await guard.act({ ...call, command: `sandbox.${command}` }));
    },
  });
}

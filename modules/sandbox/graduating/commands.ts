/** Every command of an evaluation and of what follows from it, made with what they read of others. */
import type { Command } from "@sandbank/kernel/guard";
import type { EndingPorts } from "../ports.ts";
import { confirmEvaluation, overrideCriterion } from "./confirm.ts";
import { askExtension, ruleExtension, testAgain } from "./extend.ts";
import { graduate, takeGraduation } from "./graduate.ts";
import { measureCriteria } from "./measure.ts";
import { returnEvaluation, submitAudit, submitSelfTest } from "./reports.ts";
import { requestEnd } from "./request.ts";
import { appointExpert, concludeReview, recuseExpert, submitOpinion } from "./review.ts";

export function evaluationCommands(ports: EndingPorts): readonly Command[] {
  return [
    ...[requestEnd(ports), submitSelfTest(ports), submitAudit(ports), returnEvaluation(ports)],
    ...[appointExpert(ports), recuseExpert, submitOpinion(ports), concludeReview(ports)],
    ...[measureCriteria(ports), overrideCriterion, confirmEvaluation],
    ...[graduate, takeGraduation],
    ...[testAgain, askExtension(ports), ruleExtension],
  ];
}

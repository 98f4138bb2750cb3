/** Answers of the guard as routes give them, and who counts as staff. */
import { toIso } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { Refusal } from "@sandbank/kernel/words";
import type { OutcomeAnswer } from "../contract.ts";
import { refuse } from "../refusals.ts";

/** An accepted or parked act as an answer; a refusal and an unknown result as refusals. */
export function answerOf(outcome: Outcome): OutcomeAnswer | Refusal {
  switch (outcome.kind) {
    case "accepted": {
      const { seq, at, answer } = outcome;
      return { outcome: "accepted", seq: String(seq), at: toIso(at), answer };
    }
    case "parked":
      return { outcome: "parked", task: outcome.task, at: toIso(outcome.at) };
    case "refused":
      return outcome.refusal;
    case "unknown":
      return refuse("answer_not_known_yet");
  }
}

const STAFF: readonly Role[] = [
  "supervisor_officer",
  "supervisor_approver",
  "institution_operator",
  "institution_approver",
  "compliance_officer",
  "complaint_handler",
  "compensation_trustee",
  "auditor",
  "expert",
];

/** True for staff of the supervisor, of an institution, and for auditors and experts. */
export function isStaff(principal: Principal): boolean {
  return principal.roles.some((role) => STAFF.includes(role));
}

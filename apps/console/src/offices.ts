/**
 * Whose office an act is: the roles that may take it, by the name of its command without its module.
 * It only decides what is offered; the guard alone decides what is done. A test holds every line
 * against the commands of the server, so that no button leads to a refusal of the reader's role.
 */
import type { Who } from "./setting.ts";

const SUPERVISOR = ["supervisor_officer", "supervisor_approver"] as const;
/** Whoever answers for what happens on a pilot, on either side. */
const OFFICERS = [
  ...SUPERVISOR,
  ...(["institution_operator", "institution_approver", "compliance_officer"] as const),
] as const;

const OFFICES = [
  { by: SUPERVISOR, acts: ["suspend", "restrict", "resume", "lift"] },
  { by: SUPERVISOR, acts: ["publish", "refuse", "register", "adopt_change", "refuse_change"] },
  { by: SUPERVISOR, acts: ["set_compensation_terms", "begin_exit", "send_back_exit"] },
  { by: SUPERVISOR, acts: ["appoint_expert", "conclude_review", "measure_criteria"] },
  { by: SUPERVISOR, acts: ["override_criterion", "confirm_evaluation", "graduate"] },
  { by: SUPERVISOR, acts: ["rule_extension", "test_again", "rule_watch"] },
  { by: ["supervisor_officer"], acts: ["accept", "return", "arm", "start"] },
  { by: ["supervisor_officer"], acts: ["moderate", "erase_comment"] },
  { by: ["supervisor_approver"], acts: ["complete_exit"] },
  { by: ["institution_operator"], acts: ["draft", "revise"] },
  { by: ["institution_approver"], acts: ["submit", "amend", "withdraw"] },
  { by: ["institution_approver"], acts: ["request_change", "withdraw_change"] },
  { by: ["institution_approver"], acts: ["request_end", "ask_extension", "decide_recheck"] },
  { by: ["institution_approver"], acts: ["enrol_signing_key", "end_signing_key"] },
  { by: ["institution_operator", "institution_approver"], acts: ["answer"] },
  { by: ["institution_approver", "compliance_officer"], acts: ["submit_self_test"] },
  { by: ["compliance_officer"], acts: ["confirm_exit"] },
  { by: OFFICERS, acts: ["report_exit_item", "close_exit_step", "request_archive"] },
  { by: OFFICERS, acts: ["open_incident", "detect_incident", "classify_incident"] },
  { by: OFFICERS, acts: ["mitigate_incident", "resolve_incident", "close_incident"] },
  { by: OFFICERS, acts: ["reopen_incident", "dismiss_incident"] },
  { by: ["auditor"], acts: ["submit_audit"] },
  { by: [...SUPERVISOR, "auditor"], acts: ["return_evaluation"] },
  { by: ["expert"], acts: ["submit_opinion"] },
  { by: [...SUPERVISOR, "expert"], acts: ["recuse_expert"] },
  { by: ["complaint_handler"], acts: ["accept_complaint", "find_complaint_inadmissible"] },
  { by: ["complaint_handler"], acts: ["take_over_complaint", "ask_complainant"] },
  { by: ["complaint_handler"], acts: ["decide_complaint", "extend_complaint"] },
  { by: ["complaint_handler", "institution_approver"], acts: ["declare_interest"] },
  { by: ["complaint_handler", "institution_operator"], acts: ["raise_claim"] },
  { by: ["compensation_trustee"], acts: ["admit_claim", "refuse_claim", "pay_claim"] },
  { by: ["institution_operator", "compensation_trustee"], acts: ["fund_pool"] },
  { by: ["institution_operator"], acts: ["register_requestor", "activate_requestor"] },
  { by: ["institution_operator"], acts: ["resume_requestor", "end_requestor"] },
  { by: ["institution_operator"], acts: ["register_scene", "resume_scene", "end_scene"] },
  {
    by: ["institution_operator", "compliance_officer"],
    acts: ["suspend_requestor", "suspend_scene"],
  },
  { by: ["institution_operator", "complaint_handler"], acts: ["serve_holder"] },
  { by: ["institution_operator", "compliance_officer"], acts: ["wind_up"] },
  {
    by: ["institution_operator", "institution_approver", "compliance_officer"],
    acts: ["destroy_keys"],
  },
] as const;

export type Command = (typeof OFFICES)[number]["acts"][number];

const HOLDERS = new Map<Command, readonly string[]>(
  OFFICES.flatMap(({ by, acts }) => acts.map((act) => [act, by] as const)),
);

export const COMMANDS: readonly Command[] = [...HOLDERS.keys()];

/** True if a role of this person may take the act on some pilot. */
export function mayTake({ roles }: Pick<Who, "roles">, command: Command): boolean {
  return HOLDERS.get(command)?.some((role) => roles.includes(role)) ?? false;
}

/** True for staff of the supervisor. */
export function supervises({ roles }: Pick<Who, "roles">): boolean {
  return SUPERVISOR.some((role) => roles.includes(role));
}

/** True for somebody of one of these organisations. */
export function isOf({ organisation }: Pick<Who, "organisation">, ids: readonly string[]): boolean {
  return ids.includes(organisation.id);
}

/** Whose office it is to look over requestors, scenes and misuse of payment tokens. */
const OVERSEERS: readonly string[] = ["auditor", ...SUPERVISOR];

/** True for whoever may look over payment tokens that these organisations run. */
export function overseesTokens(who: Pick<Who, "roles" | "organisation">, runBy: readonly string[]) {
  if (OVERSEERS.some((role) => who.roles.includes(role))) return true;
  const own = ["institution_operator", "institution_approver", "compliance_officer"];
  return isOf(who, runBy) && own.some((role) => who.roles.includes(role));
}

/** Who may approve a command; where nobody else is named, the approvers of whoever the act is for. */
const APPROVERS: Readonly<Record<string, readonly string[]>> = {
  "sandbox.extend_complaint": ["institution_approver"],
  "tokens.rotate_key": ["institution_approver"],
  "tokens.destroy_keys": ["institution_approver"],
  "sandbox.pay_claim_by_two": ["compensation_trustee", "institution_approver"],
};

/** True for whoever may decide on what another person proposed by this command. */
export function mayApprove({ roles }: Pick<Who, "roles">, command: string): boolean {
  const usual = command.startsWith("tokens.") ? "institution_approver" : "supervisor_approver";
  const approvers = APPROVERS[command] ?? [usual];
  return approvers.some((role) => roles.includes(role));
}

/** What waits for a second person, in words: which order, on which pilot, with what content. */
import type { DirectiveView, TaskAnswer } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import type { Saying } from "../setting.ts";
import { approvalWords as words } from "../words/directive.words.ts";

/** Content of a proposed order. Whatever a proposal of another kind holds is left out. */
export interface Proposal {
  readonly pilot?: string;
  readonly classes?: DirectiveView["closes"];
  readonly caps?: DirectiveView["lowers"];
  readonly directive?: string;
  readonly reason?: Text;
  readonly notice?: Text;
  readonly liftedWhen?: Text;
  /** Of a payout, in fen. */
  readonly amount?: string;
  readonly claim?: string;
  /** Of an extension: the days that the decision may take. */
  readonly days?: number;
  readonly complaint?: string;
  /** Of an evaluation: the criterion that is overridden, the result, the day of the graduation. */
  readonly criterion?: string;
  readonly result?: "pass" | "fail";
  readonly from?: string;
  /** Whether a longer test is granted or refused. */
  readonly grant?: boolean;
}

const COMMANDS: Readonly<
  Record<string, { readonly what: Text; readonly approve: Text; readonly kind?: string }>
> = {
  "sandbox.suspend": { what: words.suspend, approve: words.approve_suspend, kind: "suspension" },
  "sandbox.restrict": {
    what: words.restrict,
    approve: words.approve_restrict,
    kind: "restriction",
  },
  "sandbox.resume": { what: words.resume, approve: words.approve_resume, kind: "resumption" },
  "sandbox.extend_complaint": { what: words.extend, approve: words.approve_extend },
  "sandbox.pay_claim_by_two": { what: words.pay, approve: words.approve_pay },
  "sandbox.set_compensation_terms": { what: words.terms, approve: words.approve_terms },
  "sandbox.override_criterion": { what: words.override, approve: words.approve },
  "sandbox.confirm_evaluation pass": { what: words.pass, approve: words.approve },
  "sandbox.confirm_evaluation fail": { what: words.fail, approve: words.approve },
  "sandbox.graduate": { what: words.graduate, approve: words.approve },
  "sandbox.test_again": { what: words.test_again, approve: words.approve },
  "sandbox.rule_extension true": { what: words.grant, approve: words.approve },
  "sandbox.rule_extension false": { what: words.refuse_longer, approve: words.approve },
  "sandbox.lift": { what: words.lift, approve: words.approve_lift, kind: "lifting" },
};

export function proposalOf(task: TaskAnswer): Proposal {
  return typeof task.content === "object" && task.content !== null ? task.content : {};
}

/** What is proposed, by command; by the answer too, where a command carries one of two. */
function known(task: TaskAnswer): (typeof COMMANDS)[string] | undefined {
  const { result, grant } = proposalOf(task);
  const answer = result ?? grant;
  return COMMANDS[answer === undefined ? task.command : `${task.command} ${answer}`];
}

/** Which of the four orders it is; undefined for another command. */
export function kindOf(task: TaskAnswer): string | undefined {
  return known(task)?.kind;
}

export function approveText(task: TaskAnswer): Text {
  return known(task)?.approve ?? words.approve;
}

/** "Suspend acts: Zhiling payment tokens". */
export function titleOf(
  task: TaskAnswer,
  pilots: readonly { readonly slug: string; readonly name: Text }[],
  say: Saying,
): string {
  const { pilot, criterion = "", from = "" } = proposalOf(task);
  const what = say(known(task)?.what ?? { zh: task.command, en: task.command }, {
    criterion,
    from,
  });
  const name = pilots.find((one) => one.slug === pilot)?.name;
  if (pilot === undefined) return what;
  return say(words.of, { what, pilot: name === undefined ? pilot : say(name) });
}

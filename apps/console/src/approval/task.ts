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
  "sandbox.lift": { what: words.lift, approve: words.approve_lift, kind: "lifting" },
};

export function proposalOf(task: TaskAnswer): Proposal {
  return typeof task.content === "object" && task.content !== null ? task.content : {};
}

/** Which of the four orders it is; undefined for another command. */
export function kindOf(task: TaskAnswer): string | undefined {
  return COMMANDS[task.command]?.kind;
}

export function approveText(task: TaskAnswer): Text {
  return COMMANDS[task.command]?.approve ?? words.approve;
}

/** "Suspend acts: Zhiling payment tokens". */
export function titleOf(
  task: TaskAnswer,
  pilots: readonly { readonly slug: string; readonly name: Text }[],
  say: Saying,
): string {
  const known = COMMANDS[task.command];
  const what = known === undefined ? task.command : say(known.what);
  const { pilot } = proposalOf(task);
  const name = pilots.find((one) => one.slug === pilot)?.name;
  if (pilot === undefined) return what;
  return say(words.of, { what, pilot: name === undefined ? pilot : say(name) });
}

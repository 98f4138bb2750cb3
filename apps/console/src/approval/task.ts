/** What waits for a second person, in words: which order, on which pilot, with what content. */
import type {
  CompensationTerms,
  DirectiveView,
  TaskAnswer,
  WatchRuling,
} from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import type { Saying } from "../setting.ts";
import { approvalWords as words } from "../words/directive.words.ts";
import { taskWords } from "../words/task.words.ts";

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
  /** Of a watch period: what is ruled, and on which conditions. */
  readonly ruling?: "accept" | "extend" | "require_exit";
  readonly conditions?: Extract<WatchRuling, { readonly ruling: "accept" }>["conditions"];
  /** Of a key of the vault: which, and the name of the one to turn to. */
  readonly kind?: string;
  readonly kek?: string;
  /** Of steps of an application. */
  readonly reasons?: readonly Text[];
  /** Of payment tokens: the requestor or the scene. */
  readonly trid?: string;
  readonly scene?: string;
  /** Of compensation: the terms that would hold. */
  readonly terms?: CompensationTerms;
}

interface Known {
  readonly what: Text;
  readonly approve: Text;
  /** Which of the four orders it is. */
  readonly kind?: string;
  /** Where what it is about is shown, for decisions of the supervisor about one pilot. */
  readonly section?: "applications" | "compensation" | "evaluations" | "exits";
}

const COMMANDS: Readonly<Record<string, Known>> = {
  "sandbox.suspend": { what: words.suspend, approve: words.approve_suspend, kind: "suspension" },
  "sandbox.restrict": {
    what: words.restrict,
    approve: words.approve_restrict,
    kind: "restriction",
  },
  "sandbox.resume": { what: words.resume, approve: words.approve_resume, kind: "resumption" },
  "sandbox.extend_complaint": { what: words.extend, approve: words.approve_extend },
  "sandbox.pay_claim_by_two": { what: words.pay, approve: words.approve_pay },
  "tokens.rotate_key": { what: taskWords.turn_key, approve: taskWords.approve_turn_key },
  "tokens.destroy_keys": {
    ...{ what: taskWords.destroy_keys, approve: taskWords.approve_destroy_keys },
  },
  "sandbox.lift": { what: words.lift, approve: words.approve_lift, kind: "lifting" },
  ...about("applications", {
    publish: [taskWords.publish, taskWords.approve_publish],
    refuse: [taskWords.refuse, taskWords.approve_refuse],
    register: [taskWords.register, taskWords.approve_register],
    adopt_change: [taskWords.adopt_change, taskWords.approve_adopt],
    refuse_change: [taskWords.refuse_change, taskWords.approve_refuse_change],
  }),
  ...about("evaluations", {
    override_criterion: [words.override, taskWords.approve_override],
    "confirm_evaluation pass": [words.pass, taskWords.approve_confirm],
    "confirm_evaluation fail": [words.fail, taskWords.approve_confirm],
    graduate: [words.graduate, taskWords.approve_graduate],
    test_again: [words.test_again, taskWords.approve_test_again],
    "rule_extension true": [words.grant, taskWords.approve_extension],
    "rule_extension false": [words.refuse_longer, taskWords.approve_extension],
    "rule_watch accept": [taskWords.accept_watch, taskWords.approve_watch],
    "rule_watch extend": [taskWords.extend_watch, taskWords.approve_watch],
    "rule_watch require_exit": [taskWords.require_exit, taskWords.approve_watch],
  }),
  ...about("compensation", { set_compensation_terms: [words.terms, words.approve_terms] }),
  ...about("exits", { begin_exit: [taskWords.begin_exit, taskWords.approve_begin_exit] }),
  "tokens.activate_requestor": {
    what: taskWords.activate_requestor,
    approve: taskWords.approve_activate_requestor,
  },
  "tokens.resume_requestor": {
    what: taskWords.resume_requestor,
    approve: taskWords.approve_resume_requestor,
  },
  "tokens.resume_scene": { what: taskWords.resume_scene, approve: taskWords.approve_resume_scene },
};

function about(
  section: NonNullable<Known["section"]>,
  named: Readonly<Record<string, readonly [what: Text, approve: Text]>>,
): Readonly<Record<string, Known>> {
  return Object.fromEntries(
    Object.entries(named).map(([name, [what, approve]]) => [
      `sandbox.${name}`,
      { what, approve, section },
    ]),
  );
}

/** The page of what a decision of the procedure is about, as parts of an address. */
export function aboutOf(task: TaskAnswer): readonly string[] | undefined {
  const section = known(task)?.section;
  const { pilot } = proposalOf(task);
  return section === undefined || pilot === undefined ? undefined : [section, pilot];
}

export function proposalOf(task: TaskAnswer): Proposal {
  const said: Proposal =
    typeof task.content === "object" && task.content !== null ? task.content : {};
  return said.terms === undefined ? said : { ...said, pilot: said.terms.pilot };
}

/** What is proposed, by command; by the answer too, where a command carries one of two. */
function known(task: TaskAnswer): (typeof COMMANDS)[string] | undefined {
  const { result, grant, ruling } = proposalOf(task);
  const answer = result ?? grant ?? ruling;
  return COMMANDS[answer === undefined ? task.command : `${task.command} ${answer}`];
}

/** Which of the four orders it is; undefined for another command. */
export function kindOf(task: TaskAnswer): string | undefined {
  return known(task)?.kind;
}

/** True for decisions that an approver of the supervisor takes. */
export function isSupervisors(task: TaskAnswer): boolean {
  return kindOf(task) !== undefined || aboutOf(task) !== undefined;
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
  const { pilot, criterion = "", from = "", trid = "", scene = "" } = proposalOf(task);
  const what = say(known(task)?.what ?? { zh: task.command, en: task.command }, {
    ...{ criterion, from, trid, scene },
  });
  const name = pilots.find((one) => one.slug === pilot)?.name;
  if (pilot === undefined) return what;
  return say(words.of, { what, pilot: name === undefined ? pilot : say(name) });
}

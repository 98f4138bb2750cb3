/** Acts of an exit: when each is open and to whom, what it asks for, what it sends. */
import type { ExitAnswer, ExitDryRun } from "@sandbank/sandbox/contract";
import { type ActField, bothOf, momentOf, type Option, type Values } from "../parts/act-field.ts";
import { type Command, isOf, mayTake, supervises } from "../offices.ts";
import type { Saying, Who } from "../setting.ts";
import { exitActs, exitFields as words } from "../words/exit.words.ts";

export type Act = keyof typeof exitActs;

export function isAct(name: string | undefined): name is Act {
  return name !== undefined && name in exitActs;
}

type Office = ExitAnswer["steps"][number]["by"];

const OFFICES: Readonly<Record<Office, readonly string[]>> = {
  operator: ["institution_operator", "institution_approver"],
  compliance: ["compliance_officer"],
  supervisor: ["supervisor_officer", "supervisor_approver"],
};

/** True for whoever may confirm steps of this office of a pilot that these organisations run. */
function holds(office: Office, who: Who, runBy: readonly string[]): boolean {
  const isTheirs = OFFICES[office].some((role) => who.roles.includes(role));
  return isTheirs && (office === "supervisor" || isOf(who, runBy));
}

/** True for whoever answers for the exit of such a pilot, on either side. */
export function answersFor(who: Who, runBy: readonly string[]): boolean {
  return supervises(who) || isOf(who, runBy);
}

/** Below `/api/pilots/{slug}/exit`. */
export const PATHS: Readonly<Record<Act, string>> = {
  ...{ begin: "", list: "/items", end: "/items", close: "/steps", archive: "/archive" },
  ...{ confirm: "/confirmation", return: "/return", completion: "/completion" },
};

const BEGINS_IN = ["testing", "restricted", "suspended", "failed"];

/** Steps of the plan for which something is still open, by id. */
export type Unfinished = ReadonlySet<string>;

export function unfinishedOf(run: ExitDryRun | undefined): Unfinished {
  return new Set((run?.steps ?? []).filter(({ open }) => open.length > 0).map(({ id }) => id));
}

/** An exit, what is left of it, and who runs its pilot. */
export interface Standing {
  readonly exit: ExitAnswer | undefined;
  readonly unfinished: Unfinished;
  readonly runBy: readonly string[];
}

/** Open steps that this person may close; one that still has something open would be refused. */
export function stepsOf({ exit, unfinished, runBy }: Standing, who: Who): ExitAnswer["steps"] {
  if (exit === undefined || !mayTake(who, "close_exit_step")) return [];
  return exit.steps.filter(
    ({ id, state, by }) => state === "open" && holds(by, who, runBy) && !unfinished.has(id),
  );
}

/** Steps that still take items. */
function listing(exit: ExitAnswer): ExitAnswer["steps"] {
  return exit.steps.filter(({ state, items }) => items !== null && state !== "closed");
}

const COMMANDS: Readonly<Record<Act, Command>> = {
  ...{ begin: "begin_exit", list: "report_exit_item", end: "report_exit_item" },
  ...{ close: "close_exit_step", archive: "request_archive", confirm: "confirm_exit" },
  ...{ return: "send_back_exit", completion: "complete_exit" },
};

/** The way forward first. `end` is offered beside each item and not among these. */
const ORDER: readonly Act[] = [
  ...(["begin", "close", "confirm", "completion", "list", "archive", "return"] as const),
];

/** Acts that this person may take now, those on one step or one item too. */
export function isOpen(act: Act, of: Standing & { readonly pilot: string }, who: Who): boolean {
  const { pilot, exit, runBy } = of;
  if (!mayTake(who, COMMANDS[act]) || !answersFor(who, runBy)) return false;
  if (exit === undefined) return act === "begin" && BEGINS_IN.includes(pilot);
  const latest = exit.archives.at(-1);
  const open: Readonly<Record<Act, boolean>> = {
    begin: false,
    list: exit.state === "running" && listing(exit).length > 0,
    end: exit.state === "running",
    close: stepsOf(of, who).length > 0,
    archive: exit.state !== "completed" && (latest === undefined || latest.state === "verified"),
    confirm: exit.state === "drained",
    completion: exit.state === "confirmed",
    return: exit.state === "confirmed",
  };
  return open[act];
}

/** Acts on the whole exit, the way forward first; those on one item stand beside it. */
export function actsOpen(of: Parameters<typeof isOpen>[1], who: Who): readonly Act[] {
  return ORDER.filter((act) => isOpen(act, of, who));
}

export const takesTwo = (act: Act) => act === "begin";
export const isGrave = (act: Act) => act === "begin" || act === "return";

interface Asking extends Standing {
  readonly say: Saying;
  readonly who: Who;
}

export function fieldsOf(
  act: Act,
  values: Values,
  { say, who, ...standing }: Asking,
): readonly ActField[] {
  const { exit } = standing;
  const reason: ActField = { kind: "both", name: "reason", label: say(words.reason) };
  const evidence: ActField = { kind: "document", name: "evidence", label: say(words.evidence) };
  switch (act) {
    case "begin":
      return [reason, { kind: "both", name: "notice", label: say(words.notice) }];
    case "list":
      return listFields(say, exit);
    case "end": {
      const options = (["finish", "transfer"] as const).map((value) => ({
        ...{ value, label: say(words[value]) },
      }));
      return [{ kind: "choice", name: "event", label: say(words.event), options }, evidence];
    }
    case "close": {
      const steps = stepsOf(standing, who);
      const options = steps.map((one) => ({ value: one.id, label: say(one.text) }));
      const step: ActField = { kind: "choice", name: "step", label: say(words.step), options };
      const items = steps.find(({ id }) => id === values["step"])?.items;
      if (!items) return [step, evidence];
      const hint = say(words.items_hint, { n: String(items.listed) });
      const count = { name: "items", label: say(words.items), hint };
      return [step, { kind: "whole", ...count, least: 0, most: 100_000 }, evidence];
    }
    case "confirm": {
      const hint = say(words.statement_hint);
      return [{ kind: "both", name: "statement", label: say(words.statement), hint }];
    }
    case "return":
      return [reason];
    case "archive":
    case "completion":
      return [];
  }
}

function listFields(say: Saying, exit: ExitAnswer | undefined): readonly ActField[] {
  const kinds: readonly Option[] = (exit === undefined ? [] : listing(exit)).flatMap(({ items }) =>
    items === null ? [] : [{ value: items.kind, label: say(items.text) }],
  );
  const hint = say(words.if_any);
  return [
    { kind: "choice", name: "kind", label: say(words.kind), options: kinds },
    { kind: "line", name: "ref", label: say(words.ref), hint: say(words.ref_hint) },
    { kind: "amount", name: "amount", label: say(words.amount), hint, optional: true },
    { kind: "moment", name: "ends", label: say(words.ends), hint, optional: true },
  ];
}

/** What is sent; undefined for an act that says it all by its address. */
export function bodyOf(
  act: Act,
  values: Values,
  item: { readonly kind: string; readonly ref: string },
): object | undefined {
  switch (act) {
    case "begin":
      return { reason: bothOf(values, "reason"), notice: bothOf(values, "notice") };
    case "list": {
      const { kind, ref, amount, ends } = values;
      const more = amount === undefined ? {} : { amountFen: amount };
      const until = ends === undefined ? {} : { ends: momentOf(ends) };
      return { event: "list", kind, ref, ...more, ...until };
    }
    case "end":
      return { event: values["event"], ...item, evidence: values["evidence"] };
    case "close": {
      const { step, evidence, items } = values;
      return { step, evidence, ...(items === undefined ? {} : { items: Number(items) }) };
    }
    case "confirm":
      return { statement: bothOf(values, "statement") };
    case "return":
      return { reason: bothOf(values, "reason") };
    case "archive":
    case "completion":
      return undefined;
  }
}

/** Acts of an exit: when each is open and to whom, what it asks for, what it sends. */
import type { ExitAnswer, ExitDryRun } from "@sandbank/sandbox/contract";
import { type ActField, bothOf, momentOf, type Option, type Values } from "../parts/act-field.ts";
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

const holds = (who: Who, roles: readonly string[]) =>
  roles.some((role) => who.roles.includes(role));

/** True for whoever may confirm steps of this office; of which institution the server knows. */
function isOf(office: Office, who: Who): boolean {
  return holds(who, OFFICES[office]);
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

/** Open steps that this person may close; one that still has something open would be refused. */
export function stepsOf(exit: ExitAnswer, who: Who, unfinished: Unfinished): ExitAnswer["steps"] {
  return exit.steps.filter(
    ({ id, state, by }) => state === "open" && isOf(by, who) && !unfinished.has(id),
  );
}

/** Steps that still take items. */
function listing(exit: ExitAnswer): ExitAnswer["steps"] {
  return exit.steps.filter(({ state, items }) => items !== null && state !== "closed");
}

/** Acts on the whole exit; those on one step or one item stand beside it. */
export function actsOpen(
  of: {
    readonly pilot: string;
    readonly exit: ExitAnswer | undefined;
    readonly unfinished: Unfinished;
  },
  who: Who,
): readonly Act[] {
  const { pilot, exit, unfinished } = of;
  if (exit === undefined) {
    return BEGINS_IN.includes(pilot) && isOf("supervisor", who) ? ["begin"] : [];
  }
  const officer = (Object.keys(OFFICES) as Office[]).some((office) => isOf(office, who));
  const latest = exit.archives.at(-1);
  const settled = latest === undefined || latest.state === "verified";
  const open: Readonly<Record<Act, boolean>> = {
    ...{ begin: false, end: false },
    list: exit.state === "running" && officer && listing(exit).length > 0,
    close: stepsOf(exit, who, unfinished).length > 0,
    archive: exit.state !== "completed" && officer && settled,
    confirm: exit.state === "drained" && isOf("compliance", who),
    completion: exit.state === "confirmed" && holds(who, ["supervisor_approver"]),
    return: exit.state === "confirmed" && isOf("supervisor", who),
  };
  const order: readonly Act[] = ["close", "confirm", "completion", "list", "archive", "return"];
  return order.filter((act) => open[act]);
}

export const takesTwo = (act: Act) => act === "begin";
export const isGrave = (act: Act) => act === "begin" || act === "return";

interface Asking {
  readonly say: Saying;
  readonly exit: ExitAnswer | undefined;
  readonly who: Who;
  readonly unfinished: Unfinished;
}

export function fieldsOf(
  act: Act,
  values: Values,
  { say, exit, who, unfinished }: Asking,
): readonly ActField[] {
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
      const steps = exit === undefined ? [] : stepsOf(exit, who, unfinished);
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

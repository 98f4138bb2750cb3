/** Steps of an incident: which are open to whom, what each asks for, what it sends. */
import type { IncidentAnswer } from "@sandbank/sandbox/contract";
import { isOf, mayTake, supervises } from "../offices.ts";
import { type ActField, bothOf, momentOf, type Option, type Values } from "../parts/act-field.ts";
import type { Saying, Who } from "../setting.ts";
import { CATEGORY_WORDS, incidentActs, incidentWords as words } from "../words/incident.words.ts";

export type Step = keyof typeof incidentActs;

export function isStep(name: string | undefined): name is Step {
  return name !== undefined && name in incidentActs;
}

export const isGrave = (step: Step) => step === "dismiss" || step === "reopen";

/** The steps that may come next and that this person may take. */
export function stepsOpen(one: IncidentAnswer, who: Who): readonly Step[] {
  const overseen = supervises(who);
  if (!overseen && !isOf(who, [one.organisation])) return [];
  return (Object.keys(incidentActs) as Step[]).filter(
    (step) =>
      one.next.includes(step) && mayTake(who, `${step}_incident`) && (step !== "close" || overseen),
  );
}

export function categoryField(say: Saying): ActField {
  const options: readonly Option[] = Object.entries(CATEGORY_WORDS).map(([value, text]) => ({
    ...{ value, label: say(text) },
  }));
  return { kind: "choice", name: "category", label: say(words.category), options };
}

export function fieldsOf(step: Step, values: Values, say: Saying): readonly ActField[] {
  const note: ActField = { kind: "both", name: "note", label: say(words.note) };
  const maybe: ActField = { ...note, hint: say(words.if_any), optional: true };
  switch (step) {
    case "detect":
      return [{ kind: "moment", name: "startedAt", label: say(words.started) }, maybe];
    case "classify":
      return classifyFields(values, say);
    case "resolve":
      return [{ kind: "both", name: "cause", label: say(words.cause) }, maybe];
    case "close": {
      const hint = say(words.published);
      return [{ kind: "both", name: "summary", label: say(words.summary), hint }, maybe];
    }
    case "mitigate":
    case "reopen":
    case "dismiss":
      return [note];
  }
}

function classifyFields(values: Values, say: Saying): readonly ActField[] {
  const levels = ["1", "2", "3", "4"].map((n) => ({
    value: n,
    label: say(words.severity_n, { n }),
  }));
  const reached = [
    { value: "no", label: say(words.reached_no) },
    { value: "yes", label: say(words.reached_yes) },
  ];
  const whole = (name: string, label: string): ActField => ({
    ...{ kind: "whole", name, label, least: 1, most: 999_999_999 },
  });
  const range = [
    whole("partition", say(words.partition)),
    whole("first", say(words.first)),
    whole("last", say(words.last)),
  ];
  const hint = say(words.if_any);
  const lost = { name: "loss", label: say(words.amount_lost), hint, optional: true };
  const leaked = { name: "leaked", label: say(words.leaked), hint, optional: true };
  return [
    {
      ...({ kind: "choice", name: "severity", label: say(words.severity) } as const),
      ...{ hint: say(words.severity_hint), options: levels },
    },
    categoryField(say),
    { kind: "choice", name: "reached", label: say(words.reached), options: reached },
    ...(values["reached"] === "yes" ? range : []),
    { kind: "amount", ...lost },
    { kind: "whole", ...leaked, least: 0, most: 999_999_999 },
    { kind: "both", name: "note", label: say(words.note), hint, optional: true },
  ];
}

/** What is sent. */
export function bodyOf(step: Step, values: Values): object {
  const note = bothOf(values, "note");
  const said = note.zh === "" ? {} : { note };
  switch (step) {
    case "detect":
      return { event: step, startedAt: momentOf(values["startedAt"] ?? ""), ...said };
    case "classify": {
      const { partition, first, last } = values;
      const affected =
        partition === undefined ? null : { partition: Number(partition), first, last };
      return {
        ...{ event: step, severity: Number(values["severity"]), category: values["category"] },
        ...{ affected, lossFen: values["loss"] ?? "0", recordsLeaked: values["leaked"] ?? "0" },
        ...said,
      };
    }
    case "resolve":
      return { event: step, cause: bothOf(values, "cause"), ...said };
    case "close":
      return { event: step, summary: bothOf(values, "summary"), ...said };
    case "mitigate":
    case "reopen":
    case "dismiss":
      return { event: step, note };
  }
}

/** What fields and choices of the editor are called, and what is said when one is wrong. */
import { formWords, planWords } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import type { Saying } from "../setting.ts";
import {
  declaringWords as words,
  FIELD_FORMS,
  FIELD_NAMES,
  OPTION_NAMES,
} from "../words/declaring.words.ts";
import type { DraftFault } from "./draft.ts";

const isPlace = (name: string) => /^\d+$/.test(name);
const isTongue = (name: string) => name === "zh" || name === "en";

/** Names of the parts on the way to a field, the last one first; places and languages left out. */
function namesOf(path: readonly string[]): readonly string[] {
  return path.filter((name) => !isPlace(name) && !isTongue(name)).toReversed();
}

function found<T>(all: Readonly<Record<string, T>>, path: readonly string[]): T | undefined {
  const [name = "", part = ""] = namesOf(path);
  return all[`${part}.${name}`] ?? all[name];
}

/** What a field is called. */
export function nameAt(path: readonly string[]): Text {
  const [name = ""] = namesOf(path);
  return found(FIELD_NAMES, path) ?? { zh: name, en: name };
}

/** What is expected in it; undefined where its name says it all. */
export function formAt(path: readonly string[]): Text | undefined {
  return found(FIELD_FORMS, path);
}

const { TYPES, PLEDGES, SCOPES, COMPARATORS, ACTIONS } = formWords;
const { PREDICATES, OFFICES, ENDS } = planWords;
const SHIPPED: Readonly<Record<string, Text>> = {
  ...{ ...TYPES, ...PLEDGES, ...COMPARATORS, ...ACTIONS },
  ...{ ...PREDICATES, ...OFFICES, ...ENDS },
};

/** What a choice is called. */
export function optionAt(path: readonly string[], option: string): Text {
  const [name = ""] = namesOf(path);
  const scope = name === "scope" ? (SCOPES as Readonly<Record<string, Text>>)[option] : undefined;
  const own = OPTION_NAMES[`${name}.${option}`] ?? OPTION_NAMES[option];
  return scope ?? own ?? SHIPPED[option] ?? { zh: option, en: option };
}

/** The id of a field's control on the page. */
export function idOf(path: readonly string[]): string {
  return path.join("-");
}

export interface NamedFault {
  readonly field: string;
  readonly path: readonly string[];
  readonly text: string;
}

/** A fault as a sentence that names its section, its place in a list and its field. */
export function faultText({ path, kind }: DraftFault, say: Saying): NamedFault {
  const parts = path.filter((name) => name !== "form" && !isTongue(name));
  const said = parts.map((name, at) =>
    isPlace(name) ? String(Number(name) + 1) : say(nameAt(parts.slice(0, at + 1))),
  );
  const tongue = path.at(-1);
  const suffix = tongue === "zh" ? "（中文）" : tongue === "en" ? " (English)" : "";
  const label = `${said.join(" · ")}${suffix}`;
  const form = say(formAt(path) ?? words.usual_form);
  return { field: idOf(path), path, text: say(words[`fault_${kind}`], { label, form }) };
}

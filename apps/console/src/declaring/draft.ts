/**
 * A declaration while it is being drafted: which fields each section of the form has, what is wrong
 * with what was typed, and what is sent. A provision that says nothing yet is sent as silent.
 */
import {
  type Declaration,
  declarationContract,
  declaredFlaws,
  EMPTY_FORM,
  type ExitPlan,
  type Flaw,
  formWords,
  leiChecks,
  usccChecks,
} from "@sandbank/sandbox/contract";
import { type Node, nodeAt, nodeOf, type Typed, typedOf, valueOf } from "./node.ts";

export type Section = formWords.Section;
export const SECTIONS = Object.keys(formWords.SECTIONS) as readonly Section[];

export function isSection(name: string | null): name is Section {
  return name !== null && name in formWords.SECTIONS;
}

export const DECLARATION: Node = nodeOf(declarationContract);

/** Where the fields of each section stand in the declaration. */
const FIELDS: Readonly<Partial<Record<Section, readonly string[]>>> = {
  name: ["pilot", "name", "summary"],
  compensation: ["compensation", "form.pledge"],
  exit: ["exit", "form.exitPlan"],
  complaints: ["complaints", "form.handling"],
};
/** Sections that are a field of the declaration itself; all others are fields of its form. */
const OWN: readonly Section[] = [
  ...(["type", "institutions", "technology", "functions", "graduation"] as const),
  ...(["scale", "testPeriod"] as const),
];

export function pathsOf(section: Section): readonly (readonly string[])[] {
  const named = FIELDS[section] ?? [OWN.includes(section) ? section : `form.${section}`];
  return named.map((path) => path.split("."));
}

/** The section in which a field stands. */
export function sectionOf(path: readonly string[]): Section {
  const found = SECTIONS.find((section) =>
    pathsOf(section).some((of) => of.every((name, at) => path[at] === name)),
  );
  return found ?? "name";
}

const SILENT = { zh: "尚未填写。", en: "Not filled in yet." };
const PROVISIONS = ["compensation", "exit", "graduation", "complaints"] as const;
const blank = { zh: "", en: "" };

/** A declaration in which nothing is filled in yet. */
const NOTHING: Declaration = {
  ...{ pilot: "", number: null, name: blank, summary: blank, type: "financial_service" },
  ...{ source: null, institutions: [], technology: [], functions: [], scale: [] },
  compensation: { clause: "5.2", from: "silent", text: blank },
  exit: { clause: "5.3", from: "silent", text: blank, useRunsOn: false },
  graduation: { clause: "1.9", from: "silent", text: blank, thresholds: [] },
  complaints: { clause: "7.1", from: "silent", text: blank, channels: [] },
  testPeriod: { from: null, to: null },
  form: EMPTY_FORM,
};

/** What stands in the fields of a declaration, or of none yet. */
export function typedDraft(declaration: Declaration = NOTHING): Typed {
  const said = PROVISIONS.map((name) => {
    const one = declaration[name];
    return [name, one.from === "silent" ? { ...one, text: blank } : one] as const;
  });
  return typedOf(DECLARATION, { ...declaration, ...Object.fromEntries(said) });
}

/** The declaration that is sent. */
export function declarationOf(typed: Typed): unknown {
  const read = valueOf(DECLARATION, typed) as Record<string, unknown>;
  for (const name of PROVISIONS) {
    const one = read[name] as { readonly text: { readonly zh: string; readonly en: string } };
    const silent = one.text.zh === "" && one.text.en === "";
    read[name] = { ...one, from: silent ? "silent" : "design", text: silent ? SILENT : one.text };
  }
  return read;
}

export interface DraftFault {
  /** Names and places from the declaration down. */
  readonly path: readonly string[];
  /** What is expected: by the contract's own form, or by the identifier's arithmetic. */
  readonly kind: "form" | "empty" | "uscc" | "lei" | "few";
}

/** Everything that is wrong, in the order of the form. */
export function draftFaults(declaration: unknown): readonly DraftFault[] {
  const parsed = declarationContract.safeParse(declaration);
  const formal = (parsed.error?.issues ?? []).map(({ path, code }): DraftFault => {
    const names = path.map(String);
    const found = valueIn(declaration, names);
    if (code === "too_small" && Array.isArray(found)) return { path: names, kind: "few" };
    const empty = found === "" || found === undefined || Number.isNaN(found);
    return { path: names, kind: empty ? "empty" : "form" };
  });
  const all = [...formal, ...wrongCodes(declaration)];
  const order = (one: DraftFault) => SECTIONS.indexOf(sectionOf(one.path));
  return all.toSorted((a, b) => order(a) - order(b));
}

function valueIn(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (at as Readonly<Record<string, unknown>> | null | undefined)?.[name],
    value,
  );
}

/** Identifiers that have their length and do not check by their own arithmetic. */
function wrongCodes(declaration: unknown): readonly DraftFault[] {
  const { institutions } = declaration as Pick<Declaration, "institutions">;
  return institutions.flatMap(({ uscc, lei }, at) => {
    const path = ["institutions", String(at)];
    const wrong = uscc !== null && uscc.length === 18 && !usccChecks(uscc);
    const stray = lei !== null && lei.length === 20 && !leiChecks(lei);
    return [
      ...(wrong ? [{ path: [...path, "uscc"], kind: "uscc" as const }] : []),
      ...(stray ? [{ path: [...path, "lei"], kind: "lei" as const }] : []),
    ];
  });
}

/** Where the exit plan stands. */
export const PLAN: readonly string[] = ["form", "exitPlan"];

/** A plan as it stands in the fields. */
export function typedPlan(plan: ExitPlan): Typed {
  return typedOf(nodeAt(DECLARATION, PLAN), plan);
}

/** What the exit plan that is typed in would leave open, by the rule of a submission. */
export function flawsTyped(typed: Typed): readonly Flaw[] {
  return declaredFlaws(declarationOf(typed) as Declaration);
}

/** The number or clause that the next item of a list gets. */
export function clauseFor(path: readonly string[], place: number): string {
  const name = path.at(-1);
  if (name === "caps") return `1.10-C${place}`;
  if (name === "thresholds" || name === "scale") return name === "scale" ? "1.10" : "1.9";
  return `${formWords.SECTIONS[sectionOf(path)].clause}.${place}`;
}

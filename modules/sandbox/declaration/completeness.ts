/**
 * What a declaration still lacks before it may be submitted, clause by clause (reference/sandbox
 * §4: required fields, a licensed institution, caps, exit plan, compensation, complaint channels).
 * Pure; whether the identifiers are right is asked elsewhere.
 */
import type { Declaration } from "./declaration.contract.ts";
import { declaredFlaws } from "./exit-plan.ts";
import type { FlawCode } from "./exit-plan.words.ts";
import { EMPTY_FORM } from "./form.contract.ts";
import { SECTIONS, type Section } from "./form.words.ts";

/**
 * One thing that is missing: the clause of the form, and the field that would say it. An exit plan
 * that is there and would leave something open is missing what would end it.
 */
export interface Missing {
  readonly code: "clause_missing" | FlawCode;
  readonly clause: string;
  readonly section: Section;
  /** JSON pointer into the declaration. */
  readonly field: string;
  /** The step of the exit plan that it is about, or what else the flaw names. */
  readonly of?: string;
}

/** Everything that is missing, in the order of the form; empty for a complete declaration. */
export function missingOf(declaration: Declaration): readonly Missing[] {
  const form = declaration.form ?? EMPTY_FORM;
  const { institutions, technology, functions, scale, testPeriod } = declaration;
  const { compensation, exit, graduation, complaints } = declaration;
  const lead = institutions.findIndex((one) => one.role === "lead");
  const period = testPeriod.from !== null && testPeriod.to !== null;
  const asked: readonly (readonly [Section, string, boolean])[] = [
    ["institutions", `/institutions/${Math.max(lead, 0)}/uscc`, hasLead(declaration)],
    ["operatesFrom", "/form/operatesFrom", form.operatesFrom !== null],
    ["technology", "/technology", technology.length > 0],
    ["functions", "/functions", functions.length > 0],
    ["innovation", "/form/innovation", form.innovation.length > 0],
    ["effects", "/form/effects", form.effects.length > 0],
    ["graduation", "/graduation/thresholds", graduation.thresholds.length > 0],
    ["scale", "/scale", scale.length > 0],
    ["caps", "/form/caps", form.caps.length > 0],
    ["triggers", "/form/triggers", form.triggers.length > 0],
    ["testPeriod", "/testPeriod", period && (testPeriod.from ?? "") <= (testPeriod.to ?? "")],
    ["channels", "/form/channels", form.channels.length > 0],
    ["hours", "/form/hours", form.hours !== null && form.hours.from < form.hours.to],
    ["segment", "/form/segment", form.segment !== null],
    ["regions", "/form/regions", form.regions !== null],
    ["agreement", "/form/agreement", form.agreement !== null],
    ["partners", "/form/partners", form.partners !== null],
    ["purposes", "/form/purposes", form.purposes.length > 0],
    ["legal", "/form/legal", form.legal !== null],
    ["technical", "/form/technical", form.technical !== null],
    ["risks", "/form/risks", form.risks.length > 0],
    ["compensation", "/compensation", compensation.from !== "silent"],
    ["compensation", "/form/pledge", form.pledge !== null],
    ["exit", "/exit", exit.from !== "silent"],
    ["exit", "/form/exitPlan", (form.exitPlan ?? null) !== null],
    ["emergency", "/form/emergency", form.emergency.length > 0],
    ["riskNotice", "/form/riskNotice", form.riskNotice !== null],
    ["complaints", "/complaints/channels", complaints.channels.length > 0],
    ["complaints", "/form/handling", form.handling !== null],
    ["selfRegulatory", "/form/selfRegulatory", form.selfRegulatory !== null],
    ["promise", "/form/promise", form.promise !== null],
  ];
  const holes = asked
    .filter(([, , given]) => !given)
    .map(([section, field]): Missing => {
      return { code: "clause_missing", clause: SECTIONS[section].clause, section, field };
    });
  return inOrder([...holes, ...planHoles(declaration)]);
}

function planHoles(declaration: Declaration): readonly Missing[] {
  const { clause } = SECTIONS.exit;
  return declaredFlaws(declaration).map(({ code, of, field }) => ({
    ...{ code, clause, section: "exit", field, of },
  }));
}

/** In the order of the sections; within one as they are. */
function inOrder(missing: readonly Missing[]): readonly Missing[] {
  const order = Object.keys(SECTIONS);
  return missing.toSorted((a, b) => order.indexOf(a.section) - order.indexOf(b.section));
}

/** A pilot's number begins with the credit code of the institution that leads it. */
function hasLead({ institutions }: Declaration): boolean {
  const leads = institutions.filter((one) => one.role === "lead");
  return leads.length === 1 && leads[0]?.uscc !== null;
}

/** The credit code of the leading institution, for the pilot's number. */
export function leadCode({ institutions }: Declaration): string | undefined {
  return institutions.find((one) => one.role === "lead")?.uscc ?? undefined;
}

/**
 * The terms that follow from a declaration drafted here: what was consulted on is what is enforced,
 * each rule under the clause that says it. Pure. Terms of reported facts come from elsewhere, since
 * those state no ceiling (docs/decisions/0010).
 */
import { lasts } from "../declaration/difference.ts";
import type { Declaration, DeclarationForm } from "../declaration/declaration.contract.ts";
import type { Admission } from "./admission.contract.ts";

const CLASSES: ("OPEN" | "USE")[] = ["OPEN", "USE"];

const LAST_CAP = 99;

/** How an act says that it came through the institution itself and no partner. */
const OWN = "own";

/**
 * Undefined where the declaration has no form of its own. `organisation` is the applicant, which
 * runs the pilot and so may ask for its permits.
 */
export function termsOf(declaration: Declaration, organisation?: string): Admission | undefined {
  const { form } = declaration;
  if (form === null) return undefined;
  return {
    pilot: declaration.pilot,
    demo: false,
    label: { zh: "声明书所载条件", en: "Terms as declared" },
    operators: declaration.institutions.map(({ role, name }) => ({
      ...{ role, name },
      ...(role === "lead" && organisation !== undefined ? { organisation } : {}),
    })),
    periodDays: lasts(declaration),
    caps: form.caps,
    checks: checksOf(form),
    triggers: form.triggers.map(triggerOf),
  };
}

/** A declared trigger closes new business, or everything but what exists. */
function triggerOf(
  declared: DeclarationForm["triggers"][number],
  at: number,
): NonNullable<Admission["triggers"]>[number] {
  const { indicator, comparator, value, periods, action, label } = declared;
  return {
    ...{ id: `declared_${at + 1}`, indicator, comparator, value, windows: periods, label },
    ...{ closes: action === "suspend" ? CLASSES : ["OPEN"], lowers: [] },
    // Counted down from the last number, so that no cap of the same clause has it.
    clause: `1.10-C${LAST_CAP - at}`,
  };
}

/** The predicates beside the caps; what is open to all needs none. */
function checksOf(form: DeclarationForm): Admission["checks"] {
  const { hours, segment, regions, partners } = form;
  const round = hours === null || (hours.from === 0 && hours.to === 1440);
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const rules: Admission["checks"] = [
    { kind: "channel", allowed: ids(form.channels), classes: CLASSES, clause: "2.1-C1" },
    { kind: "region", allowed: [...(regions ?? [])], classes: CLASSES, clause: "2.3-C1" },
    {
      ...{ kind: "customer_type", allowed: [...(segment?.customers ?? [])] },
      ...{ classes: ["OPEN"], clause: "2.3-C2" },
    },
    {
      ...{ kind: "partner", classes: CLASSES, clause: "2.5-C1" },
      allowed: partners === null || partners.length === 0 ? [] : [OWN, ...ids(partners)],
    },
  ];
  return [
    ...rules.filter((rule) => !("allowed" in rule) || rule.allowed.length > 0),
    ...(round ? [] : [{ kind: "hours" as const, ...hours, classes: CLASSES, clause: "2.2-C1" }]),
  ];
}

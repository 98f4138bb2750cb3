/**
 * Terms of admission: what is enforced beside a declaration. The terms that ship are those of the
 * demonstration, with fictional operators and fictional caps; nothing else may load them.
 */
import { clausesOf } from "../declaration/declaration.ts";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { readShipped } from "../declaration/shipped.ts";
import { admissionContract, type Admission } from "./admission.contract.ts";

const ADMISSIONS = new URL("../demo/admissions/", import.meta.url);

/** The demonstration's terms, by name of file. */
export function shippedAdmissions(): readonly Admission[] {
  return readShipped(ADMISSIONS, (value) => admissionContract.parse(value));
}

/**
 * The first clause of the terms that stands beside no clause of the declaration: `9.9-C1` where the
 * declaration has no 9.9. Undefined if all do.
 */
export function strayClause(admission: Admission, declaration: Declaration): string | undefined {
  const clauses = clausesOf(declaration);
  const { caps, checks, triggers = [], heartbeat } = admission;
  const cited = [...caps, ...checks, ...triggers, ...(heartbeat ? [heartbeat] : [])].map(
    (one) => one.clause,
  );
  return cited.find((clause) => !clauses.includes(clause.split("-")[0] ?? ""));
}

/**
 * The plan by which a pilot leaves. A declaration that was drafted here states its own in clause 5.3,
 * and an exit runs the version that the pilot stands on; for reported facts the plans that ship are
 * used, one for each pilot of the first batch. Those are templates for whoever drafts as well.
 */
import type { Refusal } from "@sandbank/kernel/words";
import { planFlaws } from "../declaration/exit-plan.ts";
import { refusePlan } from "../declaration/exit-plan.refusals.ts";
import { hashOf } from "../declaration/declaration.ts";
import { readShipped } from "../declaration/shipped.ts";
import type { PilotRow } from "../pilot/pilot.store.ts";
import { refuse } from "./exit.refusals.ts";
import { type Plan, planContract } from "./plan.contract.ts";

const PLANS = new URL("../plans/", import.meta.url);

let shipped: readonly Plan[] | undefined;

/** The plans that ship, by name of file; read once. */
export function shippedPlans(): readonly Plan[] {
  shipped ??= readShipped(PLANS, (value) => planContract.parse(value));
  return shipped;
}

/** What a plan follows from: the pilot, and the version of its declaration that it stands on. */
export type Declared = Pick<PilotRow, "slug" | "declaration" | "body">;

/** The plan of a pilot, or undefined where nobody states one. */
export function planOf({ slug, declaration, body }: Declared): Plan | undefined {
  if (body.form === null) return shippedPlans().find((plan) => plan.pilot === slug);
  const declared = body.form.exitPlan ?? null;
  if (declared === null) return undefined;
  const label = { zh: `${body.name.zh}退出方案`, en: `Exit plan of ${body.name.en}` };
  return { ...declared, pilot: slug, from: "declared", label, declaration };
}

/** The plan that an exit would run, compiled. Refuses with exit_plan_missing, a plan's own codes. */
export function compilePlan(pilot: Declared): Plan | Refusal {
  const plan = planOf(pilot);
  if (plan === undefined) return refuse("exit_plan_missing");
  const [flaw] = planFlaws(plan);
  if (flaw === undefined) return plan;
  const failed = [{ code: flaw.code, limit: flaw.of, clause: pilot.body.exit.clause }];
  return refusePlan(flaw.code, { failed });
}

/** What the log says of a compiled plan: by which version it would run, under which hash. */
export function planLeaf(plan: Plan) {
  const { pilot, declaration = null } = plan;
  return { t: "exit_plan", pilot, declaration, hash: hashOf(plan) };
}

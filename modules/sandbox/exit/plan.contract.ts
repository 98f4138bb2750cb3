/**
 * An exit plan that binds: the plan of clause 5.3 with whose it is and where it comes from.
 * Browser-safe.
 */
import { z } from "zod";
import {
  exitPlanContract,
  slugContract,
  textContract,
} from "../declaration/declaration.contract.ts";

export const planFromContract = z.enum(["source", "design", "declared"]);

export const planContract = exitPlanContract.extend({
  pilot: slugContract,
  /**
   * `source`: in the words that were reported. `design`: the source states none. `declared`: clause
   * 5.3 of a declaration that was drafted here.
   */
  from: planFromContract,
  label: textContract,
  /** The version of the declaration that states it; left out where none was drafted here. */
  declaration: z.int().min(1).optional(),
});

/** The plans that ship, as templates for whoever drafts one of his own. */
export const planTemplatesContract = z.object({
  templates: z.array(planContract.omit({ declaration: true })),
});

export type Plan = Readonly<z.infer<typeof planContract>>;
export type PlanTemplates = z.infer<typeof planTemplatesContract>;

/**
 * The form of an exit plan, as data. Browser-safe. A step says in both languages what is to be done,
 * which classes of which segments it closes, by which queries it is known to be done, and who
 * confirms it. Nothing in a plan is a program: the queries are a closed set, by name.
 */
import { z } from "zod";
import { slugContract, textContract } from "../declaration/declaration.contract.ts";

const nameContract = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);

/** The queries by which a step is known to be done. Each reads real state; none can be typed in. */
export const predicateContract = z.enum([
  /** Every partition of the pilot obeys the policy that closes the classes. */
  "classes_closed",
  /** No permit is reserved any more. */
  "permits_finished",
  /** No hold, such as an authorisation, is open any more. */
  "holds_finished",
  /** No limit without a window counts anything outstanding. */
  "stocks_zero",
  /** Everything listed of the step's kind is finished or handed over, and all of it is listed. */
  "items_finished",
  "complaints_ended",
  "claims_paid",
  /** The archive was restored to an equal hash. */
  "archive_verified",
]);

/** Whose office confirms a step: operator and compliance of the institution, or the supervisor. */
export const officeContract = z.enum(["operator", "compliance", "supervisor"]);

const namedContract = z.strictObject({ id: nameContract, text: textContract });

export const planStepContract = z.strictObject({
  id: nameContract,
  text: textContract,
  closes: z.strictObject({
    classes: z.array(z.enum(["OPEN", "USE"])).max(2),
    segments: z.array(nameContract).max(5),
  }),
  until: z.array(predicateContract).min(1).max(8),
  by: officeContract,
  /** The kind of items that the institution reports for it. */
  items: nameContract.optional(),
});

export const planContract = z.strictObject({
  pilot: slugContract,
  /** `source`: in the declaration's own words. `design`: the source states none. */
  from: z.enum(["source", "design"]),
  label: textContract,
  /** How long USE may run on after the exit began; 0 where it closes at once. */
  runOffDays: z.number().int().min(0).max(3660),
  segments: z.array(namedContract).min(1).max(5),
  items: z.array(namedContract).max(20),
  steps: z.array(planStepContract).min(2).max(30),
});

export type Predicate = z.infer<typeof predicateContract>;
export type Office = z.infer<typeof officeContract>;
export type Plan = Readonly<z.infer<typeof planContract>>;
export type PlanStep = Plan["steps"][number];

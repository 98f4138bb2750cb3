/**
 * Clause 5.3 as data: the plan by which a pilot leaves. Browser-safe. A step says in both languages
 * what is to be done, which classes of which segments it closes, by which queries it is known to be
 * done, who confirms it, how long it may take and what it is expected to cost. Nothing in a plan is a
 * program: the queries are a closed set, by name.
 */
import { z } from "zod";
import { quantityContract, textContract } from "./field.contract.ts";

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
  /** The pilot's own module counts nothing that the step has to end. */
  "duties_done",
  /** Everything listed of the step's kind is finished or handed over, and all of it is listed. */
  "items_finished",
  "complaints_ended",
  "claims_paid",
  /** The archive was restored to an equal hash. */
  "archive_verified",
]);

/** Whose office confirms a step: operator and compliance of the institution, or the supervisor. */
export const officeContract = z.enum(["operator", "compliance", "supervisor"]);

/** What items of a kind bring to an end, where no query can see it. */
export const endsContract = z.enum(["partners", "data"]);

const segmentContract = z.strictObject({ id: nameContract, text: textContract });

/** A kind of items that the institution reports one by one. */
const itemKindContract = segmentContract.extend({ ends: endsContract.optional() });

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
  /** Whole days that it may take from its opening on; null where the source states none. */
  days: z.int().min(1).max(3660).nullable(),
  /** What it is expected to cost the institution, in fen; null likewise. */
  costFen: quantityContract.nullable(),
});

/** The steps in their order, each opened by the closing of the one before it. */
export const planStepsContract = z.array(planStepContract).min(2).max(30);

export const exitPlanContract = z.strictObject({
  /** How long USE may run on after the exit began; 0 where it closes at once. */
  runOffDays: z.int().min(0).max(3660),
  segments: z.array(segmentContract).min(1).max(5),
  items: z.array(itemKindContract).max(20),
  steps: planStepsContract,
});

export type Predicate = z.infer<typeof predicateContract>;
export type Office = z.infer<typeof officeContract>;
export type Ends = z.infer<typeof endsContract>;
export type ExitPlan = Readonly<z.infer<typeof exitPlanContract>>;
export type PlanStep = ExitPlan["steps"][number];

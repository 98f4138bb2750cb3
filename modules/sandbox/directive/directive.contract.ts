/**
 * What a supervisor may order, as it travels in JSON. Browser-safe. There is no order that touches
 * SERVICE: who paid can always be refunded, who borrowed can always repay.
 */
import { z } from "zod";
import { textContract } from "../declaration/declaration.contract.ts";
import { capTextContract, limitIdContract } from "../admission/admission.contract.ts";

const sentence = z.strictObject({
  zh: z.string().min(1).max(1000),
  en: z.string().min(1).max(1000),
});

/** Why, what the public is told, and what has to be so before it is lifted. */
const because = {
  reason: sentence,
  notice: sentence,
};

/** Closes classes of new acts. */
export const suspensionContract = z.strictObject({
  kind: z.literal("suspension"),
  classes: z
    .array(z.enum(["OPEN", "USE"]))
    .min(1)
    .max(2),
  liftedWhen: sentence,
  ...because,
});

/** Lowers caps; what is used already stays, later uses are refused. */
export const restrictionContract = z.strictObject({
  kind: z.literal("restriction"),
  caps: z
    .array(z.strictObject({ limit: limitIdContract, cap: capTextContract }))
    .min(1)
    .max(20),
  liftedWhen: sentence,
  ...because,
});

/**
 * What shows that the cause is gone: `reason` says it in words, and an incident that the cause was
 * has to be closed before anything is lifted.
 */
const evidence = { incident: z.uuid().toLowerCase().optional() };

/** Lifts every suspension of the pilot that is in force; restrictions stay. */
export const resumptionContract = z.strictObject({
  kind: z.literal("resumption"),
  ...because,
  ...evidence,
});

/** Lifts one directive. */
export const liftingContract = z.strictObject({
  kind: z.literal("lifting"),
  directive: z.uuid(),
  ...because,
  ...evidence,
});

/** Any of the four, as a supervisor proposes it. */
export const orderContract = z.discriminatedUnion("kind", [
  suspensionContract,
  restrictionContract,
  resumptionContract,
  liftingContract,
]);

/** A directive as pages show it. */
export const directiveContract = z.object({
  id: z.string(),
  number: z.number().int(),
  kind: z.enum(["suspension", "restriction"]),
  status: z.enum(["in_force", "effective", "lifted"]),
  closes: z.array(z.enum(["OPEN", "USE"])),
  lowers: z.array(z.object({ limit: z.string(), cap: z.string() })),
  reason: textContract,
  liftedWhen: textContract,
  /** Commit of the decision; the instant from which the last partition obeys; end. RFC 3339. */
  inForceAt: z.string(),
  effectiveAt: z.string().nullable(),
  liftedAt: z.string().nullable(),
  policyVersion: z.number().int(),
});

export type Order = Readonly<z.infer<typeof orderContract>>;
export type DirectiveView = Readonly<z.infer<typeof directiveContract>>;

/**
 * The rest of the declaration form (reference/sandbox §2), as an institution fills it in here; facts
 * that a source reports have none of it. Browser-safe. While a declaration is drafted a section may
 * be null or empty; submitting asks for all of them.
 */
import { z } from "zod";
import { capContract, limitIdContract } from "./cap.contract.ts";
import { exitPlanContract } from "./exit-plan.contract.ts";
import {
  attachmentContract,
  dateContract,
  clauseContract,
  numberedContract,
  quantityContract,
  textContract,
  wordContract,
} from "./field.contract.ts";

/** 3 and 4: somebody outside has looked, and how long his finding holds. */
export const assessmentContract = z.strictObject({
  assessor: textContract,
  assessedOn: dateContract,
  /** The last day on which the assessment is good. */
  validUntil: dateContract,
  conclusion: textContract,
  material: attachmentContract.nullable(),
});

/** 5.2: what stands behind the promise to compensate. */
export const pledgeContract = z.strictObject({
  form: z.enum(["own_capital", "insurance", "fund", "trust", "bank_guarantee"]),
  /** Fen. */
  amount: quantityContract,
  currency: z.literal("CNY"),
  validUntil: dateContract,
  /** Who is paid first when it does not suffice for all. */
  order: textContract,
  /** What makes it pay. */
  trigger: textContract,
});

/** 5.4: what is done when it goes wrong, and how soon it must work again. */
export const emergencyContract = z.strictObject({
  scenario: textContract,
  steps: textContract,
  /** Longest time until it works again, and longest time of work that may be lost. */
  rtoMinutes: z.int().min(0).max(525_600),
  rpoMinutes: z.int().min(0).max(525_600),
  contact: textContract,
  drilledOn: dateContract.nullable(),
});

/** A number at which a breaker trips while the pilot is tested. */
export const declaredTriggerContract = z.strictObject({
  indicator: limitIdContract,
  comparator: z.enum(["above", "below"]),
  value: quantityContract,
  unit: z.enum(["fen", "count", "basis_point", "day"]),
  /** How many periods in a row it has to be so. */
  periods: z.int().min(1).max(100),
  action: z.enum(["restrict", "suspend"]),
  label: textContract,
});

const minute = z.int().min(0).max(1440);

export const formContract = z.strictObject({
  /** 1.5 */
  operatesFrom: dateContract.nullable(),
  /** 1.8 and 1.9 */
  innovation: z.array(numberedContract).max(30),
  effects: z.array(numberedContract).max(30),
  /** 2.1 */
  channels: z
    .array(
      z.strictObject({ id: wordContract, kind: z.enum(["online", "offline"]), name: textContract }),
    )
    .max(30),
  /** 2.2, minutes of the day in Asia/Shanghai; 0 to 1440 is round the clock. */
  hours: z.strictObject({ from: minute, to: minute }).nullable(),
  /** 2.3 */
  segment: z
    .strictObject({
      text: textContract,
      customers: z
        .array(z.enum(["person", "enterprise"]))
        .min(1)
        .max(2),
      ageMin: z.int().min(0).max(120).nullable(),
    })
    .nullable(),
  /** 2.4 */
  agreement: attachmentContract.nullable(),
  /** 3 and 4 */
  legal: assessmentContract.nullable(),
  technical: assessmentContract.nullable(),
  /** 5.1 */
  risks: z
    .array(z.strictObject({ clause: clauseContract, risk: textContract, measure: textContract }))
    .max(50),
  pledge: pledgeContract.nullable(),
  /** 5.3: the plan that an exit of this pilot runs. */
  exitPlan: exitPlanContract.nullable(),
  emergency: z.array(emergencyContract).max(30),
  /** 6, shown to the user before consent. */
  riskNotice: textContract.nullable(),
  /** 7.1: who deals with complaints, and within how many days. */
  handling: z
    .strictObject({
      department: textContract,
      hours: textContract,
      daysMax: z.int().min(1).max(60),
    })
    .nullable(),
  /** 7.2 */
  selfRegulatory: z
    .strictObject({ body: textContract, channel: textContract, procedure: textContract })
    .nullable(),
  /** 8: the promise of truth, compliance and liability. */
  promise: textContract.nullable(),
  /** Codes of regions (GB/T 2260); null where not yet said, empty for the whole country. */
  regions: z
    .array(z.string().regex(/^\d{6}$/))
    .max(400)
    .nullable(),
  /** Everybody else who takes part; empty for “no third party takes part”. */
  partners: z
    .array(z.strictObject({ id: wordContract, name: textContract, does: textContract }))
    .max(200)
    .nullable(),
  /** What data is used for; nothing else may read it. */
  purposes: z.array(z.strictObject({ id: wordContract, text: textContract })).max(50),
  caps: z.array(capContract).max(50),
  triggers: z.array(declaredTriggerContract).max(20),
});

export type DeclarationForm = Readonly<z.infer<typeof formContract>>;

/** A form in which nothing is filled in yet. */
export const EMPTY_FORM: DeclarationForm = {
  ...{ operatesFrom: null, innovation: [], effects: [], channels: [], hours: null, segment: null },
  ...{ agreement: null, legal: null, technical: null, risks: [], pledge: null, exitPlan: null },
  ...{ emergency: [], riskNotice: null, handling: null, selfRegulatory: null, promise: null },
  ...{ regions: null, partners: null, purposes: [], caps: [], triggers: [] },
};

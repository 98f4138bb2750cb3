/**
 * The terms of an admission: the enforced numbers beside a declaration. Browser-safe. A declaration
 * states targets (S7); what is a ceiling stands here, each cap with its own clause. The terms that
 * ship are the demonstration's: they name fictional institutions and say so.
 */
import { z } from "zod";
import {
  capClauseContract,
  capContract,
  capTextContract,
  classContract,
  limitIdContract,
  productsContract,
  slugContract,
  textContract,
  thresholdContract,
} from "../declaration/declaration.contract.ts";

export * from "../declaration/cap.contract.ts";

const ofClasses = {
  classes: z.array(classContract).min(1).max(3),
  products: productsContract,
  clause: capClauseContract,
};

/** A fact of an act that must stand on a list: G9, G11, G12, and of G13 and G17. */
const listCheckContract = z.strictObject({
  kind: z.enum(["region", "channel", "partner", "product", "currency", "customer_type", "purpose"]),
  allowed: z.array(z.string().min(1).max(80)).min(1).max(1000),
  ...ofClasses,
});

/** Service hours (G10), minutes of the day in Asia/Shanghai, end exclusive. */
const hoursCheckContract = z.strictObject({
  kind: z.literal("hours"),
  from: z.number().int().min(0).max(1439),
  to: z.number().int().min(1).max(1440),
  ...ofClasses,
});

/** How well a customer must be known, 0 to 3 (G13). */
const kycCheckContract = z.strictObject({
  kind: z.literal("kyc"),
  least: z.number().int().min(0).max(3),
  ...ofClasses,
});

/** Loan to value above so many basis points needs a guarantee; at it exactly, none (G16). */
const loanToValueCheckContract = z.strictObject({
  kind: z.literal("loan_to_value"),
  above: z.number().int().min(1).max(1_000_000),
  ...ofClasses,
});

export const checkContract = z.discriminatedUnion("kind", [
  listCheckContract,
  hoursCheckContract,
  kycCheckContract,
  loanToValueCheckContract,
]);

const closesContract = z
  .array(z.enum(["OPEN", "USE"]))
  .min(1)
  .max(2);

/** Silence of the institution's monitoring for longer than this closes classes (G21). */
export const heartbeatTermsContract = z.strictObject({
  silentSeconds: z.number().int().min(5).max(86_400),
  closes: closesContract,
  clause: capClauseContract,
});

/**
 * An indicator beyond its value for so many windows in a row closes classes or lowers caps (G20);
 * losses above their cap (G19) are such an indicator.
 */
export const triggerContract = z.strictObject({
  /** Two names are taken: silence and the compensation pool trip under them. */
  id: z.string().regex(/^(?!(heartbeat|compensation)$)[a-z][a-z0-9_]{1,39}$/),
  indicator: limitIdContract,
  comparator: z.enum(["above", "below"]),
  /** A whole number in the indicator's own unit: fen, a count, basis points, milliseconds. */
  value: z.string().regex(/^(0|[1-9][0-9]{0,17})$/),
  windows: z.number().int().min(1).max(100),
  closes: z.array(z.enum(["OPEN", "USE"])).max(2),
  lowers: z.array(z.strictObject({ limit: limitIdContract, cap: capTextContract })).max(20),
  clause: capClauseContract,
  label: textContract,
});

export const admissionContract = z.strictObject({
  pilot: slugContract,
  /** True for the terms of the demonstration: every page that shows them says so. */
  demo: z.boolean(),
  label: textContract,
  /** Who runs the pilot under these terms; in the demonstration fictional, and named so. */
  operators: z
    .array(
      z.strictObject({
        role: z.string().min(1),
        name: textContract,
        /** The organisation of the register that asks for permits; nobody else may. */
        organisation: slugContract.optional(),
      }),
    )
    .min(1)
    .max(20),
  /** Length of the test period, in days from its start; at most three years. */
  periodDays: z.number().int().min(1).max(1096),
  caps: z.array(capContract).min(1).max(50),
  checks: z.array(checkContract).max(20),
  /** True where customers must have consented to the user statement before OPEN and USE. */
  consent: z.boolean().optional(),
  heartbeat: heartbeatTermsContract.optional(),
  triggers: z.array(triggerContract).max(20).optional(),
  /** Graduation thresholds beside those of the declaration, where its source states none. */
  graduation: z.array(thresholdContract).max(30).optional(),
  /** How many days the pilot is watched after its graduation; `limits.watchDays` unless told. */
  watchDays: z.number().int().min(1).max(1096).optional(),
});

export type HeartbeatTerms = Readonly<z.infer<typeof heartbeatTermsContract>>;
export type Trigger = Readonly<z.infer<typeof triggerContract>>;
export type Admission = Readonly<z.infer<typeof admissionContract>>;

/**
 * Evaluations as they travel in JSON. Browser-safe. How an evaluation stands is public; what it
 * found is public once its result is confirmed; who the experts are by name is for staff.
 */
import { z } from "zod";
import {
  dateContract,
  hashContract,
  slugContract,
  textContract,
} from "../declaration/declaration.contract.ts";

const said = z.strictObject({
  zh: z.string().trim().min(1).max(4_000),
  en: z.string().trim().min(1).max(4_000),
});
const instant = z.string();
const person = z.string().min(1).max(80);
const reasons = z.array(said).min(1).max(20);

/** The eight dimensions of an evaluation (reference/sandbox §1.2). */
export const evaluatedDimensionContract = z.enum([
  "innovation",
  "service_quality",
  "satisfaction",
  "continuity",
  "compliance",
  "transaction_security",
  "data_security",
  "risk_prevention",
]);

export const evaluationStateContract = z.enum([
  "self_test",
  "audit",
  "expert_review",
  "confirm",
  "passed",
  "failed",
  "graduating",
  "graduated",
  "broken_off",
]);

/** Something said of each dimension; none is left out. */
function ofEach<T extends z.ZodType>(one: T) {
  return z.strictObject({
    innovation: one,
    service_quality: one,
    satisfaction: one,
    continuity: one,
    compliance: one,
    transaction_security: one,
    data_security: one,
    risk_prevention: one,
  });
}

/**
 * The institution's own test of its pilot. `evidence` is the SHA-256 of a document that shows it: one
 * that the organisation has filed by `POST /api/attachments`, or that the evaluation rests on already.
 */
export const selfTestContract = z.strictObject({
  dimensions: ofEach(z.strictObject({ finding: said, evidence: hashContract })),
  /** Whether the commitments of the declaration were kept; who benefited; whether it pays its way. */
  commitments: said,
  benefit: said,
  sustainability: said,
});

/** What an outside auditor found. */
export const auditContract = z.strictObject({
  conclusion: z.enum(["meets", "meets_with_findings", "adverse"]),
  findings: z
    .array(z.strictObject({ dimension: evaluatedDimensionContract, finding: said }))
    .max(100),
  evidence: hashContract,
});

export const expertAppointmentContract = z.strictObject({
  /** Id of the person, as identity knows it. */
  person,
  organisation: slugContract,
});

export const expertRecusalContract = z.strictObject({ person, reason: said });

/** Scores from 0 to 100, each with the SHA-256 of the filed document that it rests on. */
export const expertOpinionContract = z.strictObject({
  scores: ofEach(
    z.strictObject({ score: z.number().int().min(0).max(100), evidence: hashContract }),
  ),
  opinion: said,
  /** Said by the expert: neither he nor his organisation has an interest in the result. */
  noInterest: z.literal(true),
});

export const evaluationReturnContract = z.strictObject({
  to: z.enum(["self_test", "audit", "expert_review"]),
  reasons,
});

/** `T1` is the first threshold, `D1` the first dimension. */
const criterionIdContract = z.string().regex(/^[TD][1-9][0-9]?$/);

export const criterionOverrideContract = z.strictObject({
  criterion: criterionIdContract,
  /** Published word for word. */
  reason: said,
  /** SHA-256 of a filed document that it rests on, where there is one. */
  evidence: hashContract.optional(),
});

export const evaluationResultContract = z.strictObject({
  result: z.enum(["pass", "fail"]),
  /** Published word for word. */
  reason: said,
});

export const graduationContract = z.strictObject({
  /** The day in Asia/Shanghai from whose beginning the caps are lifted; after today. */
  from: dateContract,
});

export const testAgainContract = z.strictObject({ reason: said });
export const extensionAskedContract = z.strictObject({
  /** By how many days the test shall last longer. */
  days: z.number().int().min(1).max(1_095),
  reason: said,
});
export const extensionRulingContract = z.strictObject({ grant: z.boolean(), reason: said });

const whole = z.string();

/** A criterion as it was measured. Nothing in it was typed in by anybody. */
export const criterionContract = z.object({
  criterion: z.string(),
  kind: z.enum(["threshold", "dimension"]),
  /** Name of the indicator or of the dimension. */
  subject: z.string(),
  label: textContract,
  clause: z.string(),
  comparator: z.enum(["atLeast", "atMost"]),
  /** Of required and measured. `ppm` is parts per million: 98.99 % is 989,900. */
  unit: z.enum(["ppm", "count", "fen", "day", "score"]),
  required: whole,
  /** Rounded down to a whole unit for the reader; a ratio is decided on `sums` and `over`. */
  measured: whole.nullable(),
  sums: whole.nullable(),
  over: whole.nullable(),
  /** `I1` to `I32`, and its formula; null for scores and for what nobody computes. */
  indicator: z.string().nullable(),
  formula: textContract.nullable(),
  met: z.boolean(),
  lacks: z.enum(["nobody_computes", "unit_differs", "nothing_measured"]).nullable(),
  /** The published reason for which two people of the supervisor let it pass all the same. */
  override: z
    .object({ reason: textContract, evidence: z.string().nullable(), at: instant })
    .nullable(),
});

/** One measuring, over the whole days from `from` to `to`. */
export const measurementContract = z.object({
  number: z.number().int(),
  at: instant,
  from: instant,
  to: instant,
  criteria: z.array(criterionContract),
  /** Declared targets and what was reached: they decide nothing. */
  targets: z.array(
    z.object({
      id: z.string(),
      label: textContract,
      target: whole,
      actual: whole.nullable(),
    }),
  ),
});

const selfTestFiled = z.object({
  organisation: z.string(),
  at: instant,
  report: selfTestContract,
});
const auditFiled = z.object({ organisation: z.string(), at: instant, report: auditContract });
const opinionFiled = z.object({
  organisation: z.string(),
  at: instant,
  scores: expertOpinionContract.shape.scores,
  opinion: textContract,
});

/** What an evaluation found: everything that stands. */
export const evaluationFindingsContract = z.object({
  selfTest: selfTestFiled.nullable(),
  audit: auditFiled.nullable(),
  opinions: z.array(opinionFiled),
  /** Experts who were excluded for an interest, by organisation. */
  recusals: z.array(z.object({ organisation: z.string(), reason: textContract, at: instant })),
  measurement: measurementContract.nullable(),
});

/** How an evaluation stands: public. `findings` is null until its result is confirmed. */
export const evaluationContract = z.object({
  pilot: z.string(),
  name: textContract,
  round: z.number().int(),
  state: evaluationStateContract,
  askedAt: instant,
  organisation: z.string(),
  returns: z.array(
    z.object({ from: z.string(), to: z.string(), reasons: z.array(textContract), at: instant }),
  ),
  /** The result with its published reason; null until then, and where a directive broke it off. */
  result: z
    .object({ passed: z.boolean(), reason: textContract, at: instant, overrides: z.number().int() })
    .nullable(),
  brokenOffAt: instant.nullable(),
  graduation: z
    .object({
      decidedAt: instant,
      effectiveAt: instant,
      graduatedAt: instant.nullable(),
      /** Number of the public notice, once it has taken effect. */
      notice: z.string().nullable(),
      /** Version and hash of the policy without caps, and of the last one with them. */
      policy: z.object({ version: z.number().int(), hash: z.string() }).nullable(),
      before: z.object({ version: z.number().int(), hash: z.string() }).nullable(),
    })
    .nullable(),
  findings: evaluationFindingsContract.nullable(),
});

/** The same for staff while it goes on: findings so far, and the panel by name. */
export const evaluationFileContract = evaluationContract.extend({
  findings: evaluationFindingsContract,
  panel: z.array(
    z.object({
      person: z.string(),
      organisation: z.string(),
      state: z.enum(["appointed", "recused"]),
      scored: z.boolean(),
    }),
  ),
});

export const evaluationQueryContract = z.strictObject({
  /** Which evaluation of the pilot, counted from 1; the latest unless told. */
  round: z
    .string()
    .regex(/^[1-9][0-9]{0,3}$/)
    .optional(),
});

/** The thresholds as they would be measured now. */
export const thresholdsNowContract = z.object({
  pilot: z.string(),
  from: instant,
  to: instant,
  /** True if every act of the period is counted. */
  complete: z.boolean(),
  /** The first day on which the end of the test may be asked for. */
  endFrom: dateContract,
  criteria: z.array(criterionContract),
  targets: measurementContract.shape.targets,
});

export const extensionsContract = z.object({
  extensions: z.array(
    z.object({
      number: z.number().int(),
      state: z.enum(["asked", "granted", "refused"]),
      days: z.number().int(),
      reason: textContract,
      askedAt: instant,
      settledAt: instant.nullable(),
      ruling: textContract.nullable(),
    }),
  ),
});

export type SelfTest = Readonly<z.infer<typeof selfTestContract>>;
export type Audit = Readonly<z.infer<typeof auditContract>>;
export type ExpertOpinion = Readonly<z.infer<typeof expertOpinionContract>>;
export type CriterionAnswer = z.infer<typeof criterionContract>;
export type EvaluationAnswer = z.infer<typeof evaluationContract>;
export type EvaluationFile = z.infer<typeof evaluationFileContract>;
export type EvaluationFindings = z.infer<typeof evaluationFindingsContract>;
export type ThresholdsNow = z.infer<typeof thresholdsNowContract>;

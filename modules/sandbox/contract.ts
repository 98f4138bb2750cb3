/**
 * The sandbox as its callers see it: what comes in and what goes out of its routes. Browser-safe.
 * Amounts are decimal strings of fen, instants RFC 3339. The forms of declarations, terms and
 * directives stand with their nouns and are passed on here.
 */
import { z } from "zod";
import {
  declarationContract,
  institutionContract,
  scaleItemContract,
  slugContract,
  textContract,
} from "./declaration/declaration.contract.ts";
import { directiveContract } from "./directive/directive.contract.ts";
import { classContract, scopeContract } from "./admission/admission.contract.ts";
import { NOTICE_KINDS } from "./notice/notice.contract.ts";
import { stateContract } from "./pilot/pilot.contract.ts";

export * from "./declaration/declaration.contract.ts";
export * from "./directive/directive.contract.ts";
export * from "./admission/admission.contract.ts";
export * from "./application/application.contract.ts";
export * from "./attachment/attachment.contract.ts";
export * from "./comment/comment.contract.ts";
export * from "./permit/permit.contract.ts";
export * from "./consent/consent.contract.ts";
export * from "./statement/statement.contract.ts";
export * from "./incident/incident.contract.ts";
export * from "./complaint/complaint.contract.ts";
export * from "./complaint/complaint.words.ts";
export * from "./compensation/compensation.contract.ts";
export * from "./indicator/indicator.contract.ts";
export * from "./inbox/inbox.contract.ts";
export * from "./contact/contact.contract.ts";
export * from "./request-key/request-key.contract.ts";
export * from "./exit/exit.contract.ts";
export * from "./exit/plan.contract.ts";
export * from "./evaluation/evaluation.contract.ts";
export * from "./watch/watch.contract.ts";
export * from "./regime/regime.contract.ts";
export * from "./pilot/pilot.contract.ts";
export { clauseList } from "./declaration/clauses.ts";
export { declaredFlaws, type Flaw } from "./declaration/exit-plan.ts";
export * as planWords from "./declaration/exit-plan.words.ts";
export * as formWords from "./declaration/form.words.ts";
export { leiChecks, usccChecks } from "./declaration/identifier.ts";

const instant = z.string();

/** A pilot in the register. `demo` says that caps and operators are the demonstration's. */
export const summaryContract = z.object({
  slug: z.string(),
  name: textContract,
  summary: textContract,
  type: z.enum(["financial_service", "technology_product"]),
  state: stateContract,
  since: instant,
  institutions: z.array(institutionContract.pick({ name: true, role: true, kind: true })),
  scale: z.array(scaleItemContract),
  demo: z.boolean(),
  /** True for facts that a source reports, false for a declaration that was made here. */
  reported: z.boolean(),
  /** The registration number that was issued here, or that the source gives. */
  number: z.string().nullable(),
  directivesInForce: z.number().int(),
  /** Ids of the organisations that run it here: whose staff act for the pilot. */
  runBy: z.array(z.string()),
});

export const pilotsContract = z.object({ pilots: z.array(summaryContract) });

/** Everything public about one pilot. */
export const detailContract = summaryContract.extend({
  declaration: declarationContract,
  /** The version that the pilot stands on. */
  declarationVersion: z.number().int(),
  declarationVersions: z.array(
    z.object({ version: z.number().int(), hash: z.string(), at: instant }),
  ),
  admission: z
    .object({
      demo: z.boolean(),
      label: textContract,
      operators: z.array(z.object({ role: z.string(), name: textContract })),
    })
    .nullable(),
  period: z.object({ from: instant, to: instant }).nullable(),
  policy: z
    .object({
      version: z.number().int(),
      hash: z.string(),
      phase: z.string(),
      classes: z.record(classContract, z.boolean()),
      /** The directive that closed a class, such as `D2`. */
      directive: z.string().nullable(),
      /** True if every partition obeys this version. */
      effective: z.boolean(),
    })
    .nullable(),
  directives: z.array(directiveContract),
  partitions: z.array(
    z.object({
      partition: z.number().int(),
      /** The version that it obeys, 0 before the first. */
      version: z.number().int(),
      since: instant.nullable(),
    }),
  ),
});

/** A limit in force with its use. `used`, `left` and `period` are null where there is no one balance. */
export const limitContract = z.object({
  id: z.string(),
  label: textContract,
  measure: z.enum(["customers", "amount", "count", "single"]),
  unit: z.enum(["fen", "count"]),
  scope: scopeContract,
  window: z.enum(["none", "day", "month", "year"]),
  classes: z.array(classContract),
  cap: z.string(),
  /** The cap of the terms of admission, where a directive lowered it. */
  admittedCap: z.string().nullable(),
  clause: z.string(),
  used: z.string().nullable(),
  left: z.string().nullable(),
  period: z.string().nullable(),
});

export const limitsContract = z.object({
  pilot: z.string(),
  policyVersion: z.number().int(),
  demo: z.boolean(),
  /** Business time of the reading. */
  at: instant.nullable(),
  limits: z.array(limitContract),
});

export const noticeContract = z.object({
  /** "open-bank-2026-0007": its number within its pilot and year, given once. */
  number: z.string(),
  id: z.string(),
  at: instant,
  kind: z.enum(NOTICE_KINDS),
  text: textContract,
  directive: z.string().nullable(),
});

export const noticesContract = z.object({ notices: z.array(noticeContract) });

/** How an order or a decision on a task ended: done, or waiting for another person. */
export const outcomeContract = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("parked"), task: z.string(), at: instant }),
  z.object({
    outcome: z.literal("accepted"),
    seq: z.string(),
    at: instant,
    answer: z.unknown(),
  }),
]);

export const taskContract = z.object({
  id: z.string(),
  command: z.string(),
  content: z.unknown(),
  proposedBy: z.string(),
  /** True if the reader proposed it and so cannot approve it. */
  mine: z.boolean(),
  at: instant,
  expires: instant,
  state: z.enum(["open", "approved", "rejected"]),
});

export const tasksContract = z.object({ tasks: z.array(taskContract) });

export const decisionContract = z.strictObject({ reason: z.string().min(1).max(500).optional() });

export const journalQueryContract = z.strictObject({
  /** Sequence number before which to read; the end if left out. */
  before: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/)
    .optional(),
  /** How many, 1 to 200; 50 unless told. */
  n: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/)
    .optional(),
  /** Which of the pilot's partitions; the first unless told. */
  partition: z
    .string()
    .regex(/^[1-9][0-9]{0,6}$/)
    .optional(),
});

export const journalContract = z.object({
  partition: z.number().int().nullable(),
  entries: z.array(
    z.object({
      seq: z.string(),
      at: instant,
      command: z.string(),
      class: classContract,
      outcome: z.string(),
      policyVersion: z.number().int(),
      act: z.string(),
    }),
  ),
  /** What to ask `before` with for the next page, or null at the beginning of the log. */
  before: z.string().nullable(),
});

export const pilotParams = z.strictObject({ slug: slugContract });
export const taskParams = z.strictObject({ id: z.uuid() });

export type PilotSummary = z.infer<typeof summaryContract>;
export type PilotDetail = z.infer<typeof detailContract>;
export type LimitsAnswer = z.infer<typeof limitsContract>;
export type Notice = z.infer<typeof noticeContract>;
export type TaskAnswer = z.infer<typeof taskContract>;
export type OutcomeAnswer = z.infer<typeof outcomeContract>;
export type JournalAnswer = z.infer<typeof journalContract>;

/**
 * Exits as they travel in JSON. Browser-safe. Everybody may read how an exit stands and how it went;
 * single items of an institution are for staff, the public reads their numbers.
 */
import { z } from "zod";
import {
  officeContract,
  predicateContract,
  quantityContract,
  textContract,
} from "../declaration/declaration.contract.ts";
import { planFromContract } from "./plan.contract.ts";

const said = z.strictObject({
  zh: z.string().trim().min(1).max(4_000),
  en: z.string().trim().min(1).max(4_000),
});
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);

/** Why a pilot leaves, for the record, and what the public is told. */
export const exitBeginningContract = z.strictObject({ reason: said, notice: said });

/** One report on one item: it is listed, and later finished or handed over, with evidence. */
export const exitItemContract = z.discriminatedUnion("event", [
  z.strictObject({
    event: z.literal("list"),
    kind: name,
    ref: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
    amountFen: quantityContract.optional(),
    /** When it ends by its own terms. */
    ends: z.iso.datetime({ offset: true }).optional(),
  }),
  z.strictObject({
    event: z.enum(["finish", "transfer"]),
    kind: name,
    ref: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
    /** SHA-256 of the document that shows it. */
    evidence: hash,
  }),
]);

export const stepClosingContract = z.strictObject({
  step: name,
  evidence: hash,
  /** How many items of the step's kind there are: it must be the number that is listed. */
  items: z.number().int().min(0).max(100_000).optional(),
});

export const exitConfirmationContract = z.strictObject({
  /** What was learned, for the public report. */
  statement: said,
});

export const exitSendingBackContract = z.strictObject({ reason: said });

const openContract = z.object({
  predicate: predicateContract,
  of: z.string(),
  unit: z.enum(["fen", "count"]),
  amount: z.string(),
  side: z.enum(["owed_to_customers", "owed_by_customers", "in_flight", "to_do"]),
  /** When it ends by its own terms; null where it ends only by being done. */
  ends: z.string().nullable(),
});

const stepContract = z.object({
  number: z.number().int(),
  id: z.string(),
  text: textContract,
  closes: z.object({ classes: z.array(z.string()), segments: z.array(z.string()) }),
  until: z.array(predicateContract),
  by: officeContract,
  state: z.enum(["waiting", "open", "closed"]),
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  organisation: z.string().nullable(),
  evidence: z.string().nullable(),
  /** Whole days that the plan gives it, and what it expects it to cost in fen; null where unsaid. */
  days: z.number().int().nullable(),
  costFen: z.string().nullable(),
  /** The last instant of its days, once it is open. */
  dueBy: z.string().nullable(),
  /** Of the step's kind of items: how many are listed, finished and handed over. */
  items: z
    .object({
      kind: z.string(),
      /** What the plan calls such an item. */
      text: textContract,
      listed: z.number().int(),
      finished: z.number().int(),
      transferred: z.number().int(),
    })
    .nullable(),
});

const archiveContract = z.object({
  number: z.number().int(),
  state: z.enum(["requested", "written", "verified"]),
  hash: z.string().nullable(),
  files: z.number().int().nullable(),
  writtenAt: z.string().nullable(),
  verifiedAt: z.string().nullable(),
});

/** How an exit stands: public. */
export const exitContract = z.object({
  pilot: z.string(),
  name: textContract,
  state: z.enum(["running", "drained", "confirmed", "completed"]),
  cause: z.enum(["decided", "period_over", "failed", "watch"]),
  reason: textContract,
  plan: textContract,
  planFrom: planFromContract,
  /** The version of the declaration whose clause 5.3 is run; null where none was drafted here. */
  planVersion: z.number().int().nullable(),
  /** SHA-256 of the plan as the log states it. */
  planHash: z.string(),
  begunAt: z.string(),
  runOffUntil: z.string().nullable(),
  segments: z.array(z.object({ id: z.string(), text: textContract })),
  steps: z.array(stepContract),
  progress: z.object({ closed: z.number().int(), of: z.number().int() }),
  archives: z.array(archiveContract),
  confirmedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
});

/** The public report on an exit that is completed: what was open, what became of it, the proofs. */
export const exitReportContract = exitContract.extend({
  statement: textContract,
  /** What was open when it began, as of `openingAt`. */
  openingAt: z.string(),
  opening: z.array(openContract),
  /** Whole days from beginning to completion, begun days counted. */
  days: z.number().int(),
  archive: z.object({
    hash: z.string(),
    files: z.number().int(),
    bytes: z.string(),
    logs: z.array(z.object({ origin: z.string(), size: z.number().int(), root: z.string() })),
    verifiedAt: z.string(),
  }),
});

/** What an exit would meet if it began now, or what the running one still has before it. */
export const exitDryRunContract = z.object({
  pilot: z.string(),
  begun: z.boolean(),
  /** Business time of the reading. */
  at: z.string(),
  steps: z.array(
    z.object({
      number: z.number().int(),
      id: z.string(),
      text: textContract,
      open: z.array(openContract),
    }),
  ),
  /** Latest instant at which anything open ends by its own terms; null if nothing does. */
  endsByTerms: z.string().nullable(),
  /** True if something open has no term of its own: it ends only by being done. */
  endsOnlyByBeingDone: z.boolean(),
  /** Fen: what must be paid to customers, what customers owe, what is in flight. */
  costFen: z.string(),
  owedByCustomersFen: z.string(),
  inFlightFen: z.string(),
  /** Of the steps that are not closed: the days and the cost that the plan states; null if it lacks one. */
  planDays: z.number().int().nullable(),
  planCostFen: z.string().nullable(),
});

export const exitItemsContract = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      ref: z.string(),
      state: z.enum(["listed", "finished", "transferred"]),
      amountFen: z.string().nullable(),
      ends: z.string().nullable(),
      listedAt: z.string(),
      endedAt: z.string().nullable(),
      evidence: z.string().nullable(),
    }),
  ),
});

export type ExitItem = Readonly<z.infer<typeof exitItemContract>>;
export type StepClosing = Readonly<z.infer<typeof stepClosingContract>>;
export type ExitAnswer = z.infer<typeof exitContract>;
export type ExitReport = z.infer<typeof exitReportContract>;
export type ExitDryRun = z.infer<typeof exitDryRunContract>;

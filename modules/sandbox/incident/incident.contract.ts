/**
 * Incidents as they travel in JSON. Browser-safe. What the public reads stands apart from what staff
 * read: an incident is public once its severity is stated, and its summary once it is closed.
 */
import { z } from "zod";
import {
  quantityContract,
  slugContract,
  textContract,
} from "../declaration/declaration.contract.ts";

export const incidentStateContract = z.enum([
  "opened",
  "detected",
  "classified",
  "mitigated",
  "resolved",
  "closed",
  "dismissed",
]);

/** What went wrong, by what it hit. `security` and `fraud` feed indicators of their own. */
export const categoryContract = z.enum([
  "outage",
  "transactions",
  "records",
  "security",
  "fraud",
  "third_party",
  "other",
]);

/** 1 is the gravest. */
export const severityContract = z.int().min(1).max(4);

const instant = z.iso.datetime({ offset: true });
const said = z.strictObject({
  zh: z.string().trim().min(1).max(2_000),
  en: z.string().trim().min(1).max(2_000),
});

/** The acts that it reached: a slice of one partition's order. */
export const affectedContract = z.strictObject({
  partition: z.int().min(1),
  first: z.string().regex(/^[1-9][0-9]{0,17}$/),
  last: z.string().regex(/^[1-9][0-9]{0,17}$/),
});

export const openingContract = z.strictObject({
  pilot: slugContract,
  category: categoryContract,
  title: said,
});

/** One step of an incident; what each needs to be taken. */
export const stepContract = z.discriminatedUnion("event", [
  /** Confirms that it happened, and since when. */
  z.strictObject({ event: z.literal("detect"), startedAt: instant, note: said.optional() }),
  z.strictObject({
    event: z.literal("classify"),
    severity: severityContract,
    category: categoryContract,
    affected: affectedContract.nullable(),
    /** Fen lost to fraud, and records that became known to somebody who should not: 0 if none. */
    lossFen: quantityContract,
    recordsLeaked: quantityContract,
    note: said.optional(),
  }),
  z.strictObject({ event: z.literal("mitigate"), note: said }),
  z.strictObject({ event: z.literal("resolve"), cause: said, note: said.optional() }),
  z.strictObject({ event: z.literal("close"), summary: said, note: said.optional() }),
  z.strictObject({ event: z.literal("reopen"), note: said }),
  z.strictObject({ event: z.literal("dismiss"), note: said }),
]);

const when = z.string().nullable();

/** What everybody may read of an incident. */
export const publicIncidentContract = z.object({
  pilot: z.string(),
  /** Its place among the pilot's incidents, from 1. */
  number: z.number().int(),
  state: incidentStateContract,
  category: categoryContract,
  severity: severityContract,
  startedAt: z.string(),
  detectedAt: z.string(),
  resolvedAt: when,
  closedAt: when,
  /** How many acts it reached, or null where none is named. */
  affectedActs: z.string().nullable(),
  summary: textContract.nullable(),
});

export const publicIncidentsContract = z.object({ incidents: z.array(publicIncidentContract) });

/** What staff read. */
export const incidentContract = z.object({
  id: z.string(),
  pilot: z.string(),
  number: z.number().int(),
  state: incidentStateContract,
  category: categoryContract,
  severity: severityContract.nullable(),
  title: textContract,
  organisation: z.string(),
  cause: textContract.nullable(),
  summary: textContract.nullable(),
  affected: affectedContract.nullable(),
  lossFen: z.string(),
  recordsLeaked: z.string(),
  openedAt: z.string(),
  startedAt: when,
  detectedAt: when,
  resolvedAt: when,
  closedAt: when,
  /** The events that may come next. */
  next: z.array(z.string()),
  steps: z.array(
    z.object({
      event: z.string(),
      at: z.string(),
      organisation: z.string(),
      note: textContract.nullable(),
    }),
  ),
});

export const incidentsContract = z.object({ incidents: z.array(incidentContract) });

export type IncidentState = z.infer<typeof incidentStateContract>;
export type Category = z.infer<typeof categoryContract>;
export type Opening = Readonly<z.infer<typeof openingContract>>;
export type Step = Readonly<z.infer<typeof stepContract>>;
export type Affected = Readonly<z.infer<typeof affectedContract>>;
export type PublicIncident = z.infer<typeof publicIncidentContract>;
export type IncidentAnswer = z.infer<typeof incidentContract>;

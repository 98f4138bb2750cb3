/**
 * The user statement 用户明示: what a customer is shown before taking part, made from declaration and
 * terms and written by nobody by hand. Browser-safe.
 */
import { z } from "zod";
import { scopeContract } from "../admission/admission.contract.ts";
import { textContract } from "../declaration/declaration.contract.ts";

const instant = z.string();

/** A limit that applies to the customer who reads it. */
const ownLimitContract = z.object({
  id: z.string(),
  label: textContract,
  scope: scopeContract,
  window: z.enum(["none", "day", "month", "year"]),
  unit: z.enum(["fen", "count"]),
  cap: z.string(),
  clause: z.string(),
});

/** Everything that the statement says, without its place among the versions. */
export const statementBodyContract = z.object({
  pilot: z.string(),
  /** Number of the pilot in the register; null where the source gives none. */
  number: z.string().nullable(),
  name: textContract,
  /** That this is a test. */
  test: textContract,
  operators: z.array(z.object({ role: z.string(), name: textContract })),
  functions: z.array(textContract),
  period: z.object({ from: instant, to: instant, days: z.number().int() }),
  /** What data is used, and the purposes that it is used for. */
  technology: z.array(textContract),
  purposes: z.array(z.string()),
  limits: z.array(ownLimitContract),
  risks: textContract,
  compensation: textContract,
  rights: z.array(textContract),
  exit: textContract,
  channels: z.array(textContract),
  /** Hash of the declaration that it is made from. */
  declaration: z.object({ version: z.number().int(), hash: z.string() }),
});

/** A version as it was published. Consents to `material` or later count. */
export const statementContract = z.object({
  version: z.number().int(),
  material: z.number().int(),
  hash: z.string(),
  at: instant,
  statement: statementBodyContract,
});

export const statementsContract = z.object({
  pilot: z.string(),
  /** True where OPEN and USE ask for a consent that counts. */
  consentRequired: z.boolean(),
  /** Newest first. */
  versions: z.array(statementContract),
});

export type StatementBody = z.infer<typeof statementBodyContract>;

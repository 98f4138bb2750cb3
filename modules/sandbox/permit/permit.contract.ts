/**
 * The permit edge as institutions see it. Browser-safe. Amounts are decimal strings of fen, instants
 * RFC 3339. Customers are known by an opaque id of the institution's own.
 */
import { fenText, fenTextOrZero } from "@sandbank/kernel/money";
import { z } from "zod";
import { opaqueContract } from "../consent/consent.contract.ts";
import { classContract } from "../admission/admission.contract.ts";
import { slugContract } from "../declaration/declaration.contract.ts";

/** Most acts in one request. */
export const PERMITS_AT_ONCE = 1_000;

/** The institution's own id of an act: the same id is the same act, however often it is sent. */
export const permitIdContract = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,48}$/)
  .describe("your own id of the act");

const word = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/);
const party = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/);

/** What a permit is asked for: the facts that limits and checks of the policy look at. */
export const permitFactsContract = z.strictObject({
  class: classContract.describe("OPEN new business, USE a transaction of it, SERVICE finishing it"),
  customer: opaqueContract.optional(),
  amount: fenText.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  region: word.optional().describe("division code, GB/T 2260, such as 110000"),
  channel: word.optional(),
  partner: party.optional(),
  merchant: party.optional(),
  product: word.optional(),
  eligibility: z
    .strictObject({
      customerType: word.optional(),
      kyc: z.int().min(0).max(3).optional().describe("how well the customer is known"),
    })
    .optional(),
  secured: z
    .strictObject({
      debt: fenTextOrZero.describe("all that is owed on the collateral after this act"),
      value: fenText.describe("value of the collateral"),
      guaranteed: z.boolean().describe("the actual controller has given a personal guarantee"),
    })
    .optional(),
  purpose: z
    .strictObject({
      name: word,
      business: permitIdContract.describe("the piece of business that the data is used for"),
      authorisedFor: permitIdContract.describe("the piece of business it was authorised for"),
    })
    .optional(),
  holdSeconds: z.int().min(1).max(604_800).optional().describe("900 unless told"),
});

export const reserveContract = permitFactsContract.extend({ id: permitIdContract });

/** An act was done, for all of what was reserved or for `amount` of it; the rest is let go. */
export const confirmBodyContract = z.strictObject({ amount: fenText.optional() });

/** Number of a give-back among those of its permit: the same number is the same give-back. */
const part = z.int().min(1).max(999).describe("counts the give-backs of this permit");

/**
 * Something comes back after confirmation. A refund undoes the act in its own period; a repayment
 * lowers what is outstanding; a closure ends the business and gives back whatever is left of it.
 */
export const giveBackBodyContract = z.discriminatedUnion("why", [
  z.strictObject({ why: z.literal("refund"), part, amount: fenText }),
  z.strictObject({ why: z.literal("repayment"), part, amount: fenText }),
  z.strictObject({ why: z.literal("closure"), part }),
]);

const id = permitIdContract;

/** One act of a batch. */
export const permitActContract = z.discriminatedUnion("act", [
  reserveContract.extend({ act: z.literal("reserve") }),
  confirmBodyContract.extend({ act: z.literal("confirm"), id }),
  z.strictObject({ act: z.literal("cancel"), id }),
  z.strictObject({ act: z.literal("refund"), id, part, amount: fenText }),
  z.strictObject({ act: z.literal("repayment"), id, part, amount: fenText }),
  z.strictObject({ act: z.literal("closure"), id, part }),
]);

/** Up to 1,000 acts, taken in order, each with a result of its own. */
export const permitBatchContract = z.strictObject({
  acts: z.array(permitActContract).min(1).max(PERMITS_AT_ONCE),
});

export const permitStateContract = z.enum([
  "reserved",
  "confirmed",
  "cancelled",
  "expired",
  "closed",
]);

/** How a permit stands. Amounts are null where the act has none. */
export const permitContract = z.object({
  permit: z.string(),
  state: permitStateContract,
  amount: z.string().nullable(),
  confirmed: z.string().nullable(),
  givenBack: z.string().nullable(),
  expires: z.string(),
});

/** A limit or check that failed, with the clause that sets it. */
const failedContract = z.object({
  code: z.string(),
  detail: z.string(),
  limit: z.string().optional(),
  unit: z.string().optional(),
  used: z.string().optional(),
  cap: z.string().optional(),
  asked: z.string().optional(),
  clause: z.string().optional(),
});

/** What became of one act of a batch; `unknown` asks for the same act again. */
export const permitResultContract = z.discriminatedUnion("outcome", [
  permitContract.extend({ outcome: z.literal("accepted") }),
  z.object({
    outcome: z.literal("refused"),
    permit: z.string(),
    code: z.string(),
    category: z.string(),
    detail: z.string(),
    remedy: z.string(),
    failed: z.array(failedContract).optional(),
  }),
  z.object({ outcome: z.literal("unknown"), permit: z.string() }),
]);

export const permitResultsContract = z.object({ results: z.array(permitResultContract) });

export const permitPilotParams = z.strictObject({ slug: slugContract });
export const permitParams = permitPilotParams.extend({ id: permitIdContract });

export type PermitFacts = Readonly<z.infer<typeof permitFactsContract>>;
export type PermitReserve = Readonly<z.infer<typeof reserveContract>>;
export type PermitAct = Readonly<z.infer<typeof permitActContract>>;
export type PermitView = Readonly<z.infer<typeof permitContract>>;
export type PermitResult = Readonly<z.infer<typeof permitResultContract>>;

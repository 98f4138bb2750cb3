/**
 * Compensation as it travels in JSON. Browser-safe. The terms say how large a pool must be, what the
 * pilot may cost people at most, and from which sum on two persons pay; what stands in the pool and
 * what was claimed and paid is for everybody to read, and who was paid is for nobody.
 */
import { fenText, fenTextOrZero } from "@sandbank/kernel/money";
import { z } from "zod";
import { slugContract, textContract } from "../declaration/declaration.contract.ts";

const instant = z.string();

/** Who pays, in this order: the pool, then the insurer, then the institution itself. */
export const PAYERS = ["pool", "insurer", "institution"] as const;

/** How large the pool must be: an amount, or a share of what is at stake, whichever is declared. */
export const requiredContract = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fixed"), amount: fenText }),
  z.strictObject({
    kind: z.literal("share_of_exposure"),
    /** Parts per million of the exposure, rounded up to a whole fen. */
    ppm: z.number().int().min(1).max(1_000_000),
    /** The pilot-wide limit whose use is the exposure. */
    exposure: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
    least: fenTextOrZero,
  }),
]);

/** What stands behind the promise to compensate; see clause 5.2 of a declaration. */
export const compensationTermsContract = z.strictObject({
  pilot: slugContract,
  clause: z.string().min(1).max(40),
  /** True for the demonstration's terms: every page that shows them says so. */
  demo: z.boolean(),
  required: requiredContract,
  /** What losses, paid or claimed, may come to in all. */
  lossCap: fenText,
  /** Up to this sum of one claim a single person pays; above it two. */
  byOneUpTo: fenText,
  /** The insurer, where there is one; what it promises is put into the books by `fund`. */
  insurer: textContract.nullable(),
  institution: textContract,
});
export type CompensationTerms = Readonly<z.infer<typeof compensationTermsContract>>;

export const CLAIM_STATES = ["raised", "admitted", "refused", "paid"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** A pool in figures, for everybody. */
export const compensationContract = z.object({
  pilot: z.string(),
  at: instant,
  terms: compensationTermsContract,
  version: z.number().int(),
  free: z.string(),
  required: z.string(),
  /** What is at stake, where the requirement is a share of it. */
  exposure: z.string().nullable(),
  adequate: z.boolean(),
  /** Free as parts per million of what is required; null where nothing is. */
  adequacy_ppm: z.number().int().nullable(),
  insurerLeft: z.string(),
  lossUsed: z.string(),
  claims: z.object({
    raised: z.number().int(),
    admitted: z.number().int(),
    refused: z.number().int(),
    paid: z.number().int(),
  }),
  claimed: z.string(),
  paid: z.string(),
  paidBy: z.object({ pool: z.string(), insurer: z.string(), institution: z.string() }),
  /** Middle of the days from a claim to its last payout; null before the first. */
  medianDays: z.number().int().nullable(),
});
export type Compensation = z.infer<typeof compensationContract>;

export const claimContract = z.object({
  id: z.string(),
  number: z.string(),
  pilot: z.string(),
  state: z.enum(CLAIM_STATES),
  complaint: z.string().nullable(),
  incident: z.string().nullable(),
  claimed: z.string(),
  admitted: z.string().nullable(),
  paid: z.string(),
  raisedBy: z.string(),
  raisedAt: instant,
  judgedBy: z.string().nullable(),
  judgedAt: instant.nullable(),
  paidAt: instant.nullable(),
});
export type Claim = z.infer<typeof claimContract>;

export const payoutContract = z.object({
  id: z.string(),
  amount: z.string(),
  fromPool: z.string(),
  fromInsurer: z.string(),
  fromInstitution: z.string(),
  at: instant,
  paidBy: z.string(),
  approvedBy: z.string().nullable(),
});
export type Payout = z.infer<typeof payoutContract>;

export const claimsContract = z.object({ at: instant, claims: z.array(claimContract) });
export const claimsQueryContract = z.strictObject({ pilot: z.string().max(40).optional() });
export const claimDetailContract = z.object({
  claim: claimContract,
  payouts: z.array(payoutContract),
  /** Why it was refused, or with what remark admitted; null where there are no words. */
  words: z.string().nullable(),
});
export const claimParams = z.strictObject({ id: z.uuid() });

/** Money for the pool, or a promise of the insurer. */
export const fundingContract = z.strictObject({
  to: z.enum(["pool", "insurer"]),
  amount: fenText,
});

/** A claim out of an upheld complaint or an incident. */
export const raisingContract = z.strictObject({
  cause: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("complaint"), id: z.uuid() }),
    z.strictObject({ kind: z.literal("incident"), id: z.uuid() }),
  ]),
  amount: fenText,
});

export type Raising = Readonly<z.infer<typeof raisingContract>>;

/** What is done to a claim, one act a body. `pay` waits for a second person above the threshold. */
export const claimActContract = z.discriminatedUnion("act", [
  z.strictObject({
    act: z.literal("admit"),
    amount: fenText,
    words: z.string().max(2000).optional(),
  }),
  z.strictObject({ act: z.literal("refuse"), words: z.string().min(1).max(2000) }),
  z.strictObject({ act: z.literal("pay"), amount: fenText }),
]);
export type ClaimAct = Readonly<z.infer<typeof claimActContract>>;

/**
 * Serving a holder who asks: found by what he says of himself, for a stated purpose, and shown in
 * part. Browser-safe. Amounts are decimal strings of fen, instants RFC 3339.
 */
import { fenText } from "@sandbank/kernel/money";
import { z } from "zod";
import { dayContract, holderContract, merchantContract } from "./fields.contract.ts";

/** What a holder's things may be looked at for: a closed list. */
export const SERVICE_PURPOSES = ["enquiry", "dispute", "complaint", "fraud"] as const;
export type ServicePurpose = (typeof SERVICE_PURPOSES)[number];

const last4 = z
  .string()
  .regex(/^[0-9]{4}$/)
  .meta({ "x-form": { zh: "末四位数字", en: "the last four digits" } });

/** A payment as its payer remembers it. */
export const rememberedPaymentContract = z.strictObject({
  merchant: merchantContract,
  amount: fenText,
  day: dayContract,
});

export const newServiceContract = z.strictObject({
  purpose: z.enum(SERVICE_PURPOSES),
  /** The call, case or complaint that the look is for. */
  reference: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
  /** What he says of himself: his customer number, or two of the other three. */
  said: z.strictObject({
    holder: holderContract.optional(),
    card: last4.optional(),
    token: last4.optional(),
    payment: rememberedPaymentContract.optional(),
  }),
});
export type NewService = z.infer<typeof newServiceContract>;

const instant = z.string();
/** Everything is masked: no number, no whole customer number, no order. */
export const servedContract = z.object({
  /** The act by which it was looked at. */
  act: z.string(),
  at: instant,
  holder: z.string(),
  cards: z.array(
    z.object({ number: z.string(), expires: instant, state: z.enum(["open", "closed"]) }),
  ),
  tokens: z.array(
    z.object({
      number: z.string(),
      state: z.enum(["active", "suspended", "expired", "deleted"]),
      causes: z.array(z.enum(["holder", "issuer", "requestor", "risk", "sandbox"])),
      scenes: z.array(z.string()),
      expires: instant,
    }),
  ),
  /** Newest first, at most 20. */
  payments: z.array(
    z.object({
      at: instant,
      merchant: z.string(),
      scene: z.string(),
      state: z.enum(["authorised", "part_captured", "captured", "voided", "expired"]),
      amount: z.string(),
      captured: z.string(),
      refunded: z.string(),
    }),
  ),
  /** Newest first, at most 20. */
  declines: z.array(
    z.object({
      at: instant,
      merchant: z.string(),
      scene: z.string(),
      amount: z.string(),
      /** The first reason as a sentence, and its figures in a line, in the reader's language. */
      says: z.string(),
      figures: z.string(),
    }),
  ),
});
export type ServedAnswer = z.infer<typeof servedContract>;

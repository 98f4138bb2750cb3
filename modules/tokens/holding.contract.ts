/**
 * What a holder has, as it travels in JSON: his cards with the money on them, his payments, how much
 * of a token's windows is used, and what was done about him. Browser-safe. Amounts are decimal strings of fen, instants RFC 3339.
 */
import { fenTextOrZero } from "@sandbank/kernel/money";
import { z } from "zod";

const instant = z.string();
const next = z.string().nullable().describe("what to ask `before` with, or null at the end");

/** Where a page of a list ends, as its answer said it: a place in the order of acts. */
export const beforeContract = z.string().regex(/^[1-9][0-9]{0,17}$/);

/** A card with the money on it. */
export const heldCardContract = z.object({
  id: z.string(),
  last4: z.string(),
  expires: instant,
  state: z.enum(["open", "closed"]),
  /** What may still be paid with. */
  available: fenTextOrZero,
  /** What authorisations hold, which is no longer available. */
  held: fenTextOrZero,
});
export const heldCardsContract = z.object({ cards: z.array(heldCardContract) });

/** A payment as its payer sees it. */
export const heldPaymentContract = z.object({
  payment: z.string(),
  token: z.string(),
  card: z.string(),
  scene: z.string(),
  merchant: z.string(),
  reference: z.string(),
  state: z.enum(["authorised", "part_captured", "captured", "voided", "expired"]),
  amount: z.string(),
  captured: fenTextOrZero,
  refunded: fenTextOrZero,
  at: instant,
  /** Until when what is not captured is held. */
  expires: instant,
});
export const heldPaymentsContract = z.object({ payments: z.array(heldPaymentContract), next });

/** One window of a token: what is used and held in it, under which cap, until when. */
export const tokenUseContract = z.object({
  rule: z.string(),
  unit: z.enum(["fen", "count"]),
  /** The calendar period, such as `2026-11-24` or `2026-11`, in Asia/Shanghai. */
  period: z.string(),
  cap: z.string(),
  /** Held uses are counted in it. */
  used: fenTextOrZero,
  left: fenTextOrZero,
});
export const tokenUsesContract = z.object({
  token: z.string(),
  /** Version of the controls that the caps are of. */
  version: z.number().int(),
  at: instant,
  uses: z.array(tokenUseContract),
});

/** What can have been done about a holder, apart from payments. */
export const HOLDER_ACTS = [
  "card_added",
  "card_funded",
  "token_issued",
  "token_suspended",
  "token_resumed",
  "token_deleted",
  "controls_changed",
] as const;
export const holderActContract = z.object({
  act: z.string(),
  at: instant,
  kind: z.enum(HOLDER_ACTS),
  /** True for what the reader did himself. */
  own: z.boolean(),
  card: z.string().nullable(),
  token: z.string().nullable(),
  /** Whose suspension it was, where it was one. */
  cause: z.string().nullable(),
  amount: z.string().nullable(),
});
export const holderActsContract = z.object({ acts: z.array(holderActContract), next });

export type HeldCard = z.infer<typeof heldCardContract>;
export type HeldPayment = z.infer<typeof heldPaymentContract>;
export type TokenUse = z.infer<typeof tokenUseContract>;
export type TokenUses = z.infer<typeof tokenUsesContract>;
export type HolderAct = z.infer<typeof holderActContract>;

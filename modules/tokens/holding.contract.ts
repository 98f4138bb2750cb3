/**
 * What a holder has, as it travels in JSON: his cards with the money on them, his payments,
 * and what was done about him. Browser-safe. Amounts are decimal strings of fen, instants RFC 3339.
 */
import { fenTextOrZero } from "@sandbank/kernel/money";
import { z } from "zod";
import { CARD_STATES } from "./fields.contract.ts";

const instant = z.string();
const next = z.string().nullable().describe("what to ask `before` with, or null at the end");

/** Where a page of a list ends, as its answer said it: a place in the order of acts. */
export const beforeContract = z.string().regex(/^[1-9][0-9]{0,17}$/);

/** A card with the money on it. */
export const heldCardContract = z.object({
  id: z.string(),
  last4: z.string(),
  expires: instant,
  state: z.enum(CARD_STATES),
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

/** What can have been done about a holder, apart from payments. */
export const HOLDER_ACTS = [
  "card_added",
  "card_funded",
  "card_returned",
  "token_issued",
  "token_suspended",
  "token_resumed",
  "token_deleted",
  "controls_changed",
  "bounds_changed",
  "scene_added",
  "scene_removed",
  "consent_withdrawn",
  "payment_confirmed",
  "card_lost",
  "card_replaced",
  "card_closed",
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
export type HolderAct = z.infer<typeof holderActContract>;

/**
 * A customer's consent to the user statement, and how customers are known here. Browser-safe. They
 * are known by an opaque id of the institution's own; what reads like the number of a person, a card
 * or a telephone is refused, since the edge must not learn who anybody is.
 */
import { z } from "zod";

/** No eleven digits or more at its beginning: that is how numbers of people begin. */
export const opaqueContract = z
  .string()
  .regex(/^(?![0-9]{11})[A-Za-z0-9_.:-]{1,64}$/)
  .describe("opaque id of the customer; never a number of a person, card or telephone");

/** A customer agreed to a version that was shown. */
export const consentContract = z.strictObject({
  customer: opaqueContract,
  version: z.int().min(1),
  /** Hash of that version, as it was shown. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime({ offset: true }),
  channel: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
});

export const consentsContract = z.strictObject({
  consents: z.array(consentContract).min(1).max(1_000),
});

export const consentResultsContract = z.object({
  results: z.array(
    z.object({
      customer: z.string(),
      outcome: z.enum(["accepted", "refused", "unknown"]),
      code: z.string().optional(),
    }),
  ),
});

export type Consent = Readonly<z.infer<typeof consentContract>>;

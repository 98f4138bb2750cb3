/** The end of the pilot as its callers see it. Browser-safe; nothing here is a key or names a holder. */
import { z } from "zod";

/** What is brought to an end in bulk, in this order. */
export const ENDING_PARTS = ["notices", "tokens", "cards"] as const;
export const endingPartContract = z.enum(ENDING_PARTS);
export const endingPartParams = z.strictObject({ part: endingPartContract });

/** How many were brought to an end at once; the rest follows by itself. */
export const woundUpContract = z.object({
  part: endingPartContract,
  done: z.number().int(),
  left: z.number().int(),
});

/** What the module can have left, by what ends it; see `left.ts`. */
export const LEFT_KINDS = [
  ...(["holders_untold", "scenes_open", "payments_open", "settlements_owed"] as const),
  ...(["tokens_live", "cards_bound", "keys_kept"] as const),
] as const;

export const leftContract = z.object({
  left: z.array(
    z.object({
      what: z.enum(LEFT_KINDS),
      /** Which one, where it is one thing. */
      ref: z.string().nullable(),
      unit: z.enum(["fen", "count"]),
      amount: z.string(),
      ends: z.string().nullable(),
    }),
  ),
});

export const destructionContract = z.object({ destruction: z.string() });

/** What a holder is told of the end; null until he is. */
export const endingNoticeContract = z.object({
  notice: z
    .object({
      version: z.number().int(),
      at: z.string(),
      text: z.object({ zh: z.string(), en: z.string() }),
    })
    .nullable(),
});

export type LeftAnswer = z.infer<typeof leftContract>;
export type EndingPart = z.infer<typeof endingPartContract>;

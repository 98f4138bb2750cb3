/**
 * The smallest fields of the declaration form, from which its sections are made. Browser-safe.
 * Amounts and counts are decimal strings; days are days in Asia/Shanghai.
 */
import { z } from "zod";

/** One thing said in both languages. */
export const textContract = z.strictObject({
  zh: z.string().min(1).max(4000),
  en: z.string().min(1).max(4000),
});

/** Name of a pilot in addresses and keys. */
export const slugContract = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/)
  .describe("slug of the pilot");

/** Id of a clause of the declaration, as the form numbers them: `1.10`, `5.3`, `1.7.2`. */
export const clauseContract = z.string().regex(/^[1-9][0-9]?(\.[0-9]{1,2}){0,2}$/);

/** A calendar day in Asia/Shanghai. */
export const dateContract = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

/** A whole number of 0 or more without leading zeros; fen where the unit says so. */
export const quantityContract = z.string().regex(/^(0|[1-9][0-9]{0,17})$/);

/** Name of one thing within a declaration: a channel, a partner, a purpose, an indicator. */
export const wordContract = z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/);

/** An item of a numbered list. */
export const numberedContract = z.strictObject({ clause: clauseContract, text: textContract });

/** SHA-256 in hexadecimal. */
export const hashContract = z.string().regex(/^[0-9a-f]{64}$/);

/** A file that a declaration refers to; its bytes are kept under this hash. */
export const attachmentContract = z.strictObject({
  hash: hashContract,
  name: z.string().min(1).max(120),
  type: z.enum(["application/pdf", "image/png", "image/jpeg", "text/plain"]),
  bytes: z.int().min(1).max(10_485_760),
});

export type Attachment = Readonly<z.infer<typeof attachmentContract>>;

/** Attachments as they travel in JSON. Browser-safe. */
import { z } from "zod";
import { attachmentContract, hashContract } from "../declaration/declaration.contract.ts";

export const newAttachmentContract = z.strictObject({
  name: attachmentContract.shape.name,
  /** What it says it is; told from the bytes as well. */
  type: attachmentContract.shape.type,
  /** The bytes in base64, at most 10 MiB of them. */
  content: z
    .string()
    .min(1)
    .max(14_000_000)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/),
});

/** An attachment whole, for those who may have it. */
export const attachmentFileContract = attachmentContract.extend({ content: z.string() });

export const hashParams = z.strictObject({ hash: hashContract });

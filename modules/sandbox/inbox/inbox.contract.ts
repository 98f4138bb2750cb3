/** Letters of the inbox as they travel in JSON. Browser-safe. Nothing personal: a reference at most. */
import { z } from "zod";
import { textContract } from "../declaration/declaration.contract.ts";

export const letterKindContract = z.enum([
  "incident_opened",
  "incident_resolved",
  "incident_reopened",
  "incident_closed",
  "watch_begun",
  "watch_finding",
  "watch_missed",
  "watch_ruled",
  "watch_ended",
]);

export const letterContract = z.object({
  id: z.string(),
  kind: letterKindContract,
  /** Whether something is to be done about it, or it only tells. */
  asks: z.enum(["work", "notice"]),
  pilot: z.string(),
  /** Id of what it is about: an incident; of letters on a watch period, the act or the finding. */
  about: z.string(),
  title: textContract,
  at: z.string(),
  /** Whether the reader has read it. */
  read: z.boolean(),
});

export const inboxContract = z.object({
  /** Latest first, at most 200. */
  letters: z.array(letterContract),
  unread: z.number().int(),
});

export type LetterKind = z.infer<typeof letterKindContract>;
export type InboxAnswer = z.infer<typeof inboxContract>;

/**
 * Comments of the public and what becomes of them, as they travel in JSON. Browser-safe. A comment
 * is plain text; what looks like a card, identity or mobile number in it is masked before it is kept.
 */
import { z } from "zod";
import { roundContract } from "../application/application.contract.ts";
import { textContract } from "../declaration/declaration.contract.ts";

export const COMMENT_LENGTH_MAX = 4000;

/** Key of a clause, as the declaration's list of clauses gives it: `exit`, `caps/pilot_customers`. */
export const clauseKeyContract = z.string().regex(/^[a-zA-Z]{2,30}(\/[A-Za-z0-9_.-]{1,40})?$/);

export const newCommentContract = z.strictObject({
  /** The clause that it is about; none for the declaration as a whole. */
  clause: clauseKeyContract.optional(),
  /** How the author wants to be called in public; nobody unless told. */
  author: z.string().max(80).optional(),
  body: z.string().min(1).max(COMMENT_LENGTH_MAX),
});

export const moderationContract = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("admit"), comment: z.uuid() }),
  /** The reason is published, the comment is not. */
  z.strictObject({ verdict: z.literal("set_aside"), comment: z.uuid(), reason: textContract }),
  /** The answer to the original is the answer to this one. */
  z.strictObject({ verdict: z.literal("duplicate"), comment: z.uuid(), of: z.uuid() }),
]);

export const newAnswerContract = z.strictObject({
  /** One answer may serve many comments. */
  comments: z.array(z.uuid()).min(1).max(200),
  text: textContract,
  /** True if the declaration is amended because of it. */
  changes: z.boolean(),
});

const instant = z.string();
const saidText = z.object({ zh: z.string(), en: z.string() });

export const answerViewContract = z.object({
  text: saidText,
  changes: z.boolean(),
  at: instant,
});

/** A comment as everybody reads it. What was set aside keeps its number and the reason, not its text. */
export const commentViewContract = z.object({
  number: z.number().int(),
  round: z.number().int(),
  clause: z.string().nullable(),
  author: z.string().nullable(),
  body: z.string().nullable(),
  /** Its words were erased on demand; all else stays. */
  erased: z.boolean(),
  at: instant,
  state: z.enum(["admitted", "set_aside", "duplicate"]),
  reason: saidText.nullable(),
  /** Number of the comment that says the same, within the same pilot: round and number. */
  duplicateOf: z.object({ round: z.number().int(), number: z.number().int() }).nullable(),
  answer: answerViewContract.nullable(),
});

/** Every round on a pilot, with what was said in it. */
export const consultationsContract = z.object({
  pilot: z.string(),
  rounds: z.array(roundContract),
  /** Comments that nobody has judged yet are counted and not shown. */
  waiting: z.number().int(),
  comments: z.array(commentViewContract),
});

/** What the author of a comment reads with the receipt. */
export const receiptViewContract = z.object({
  pilot: z.string(),
  name: saidText,
  round: z.number().int(),
  number: z.number().int(),
  clause: z.string().nullable(),
  /** Null once it is erased. */
  body: z.string().nullable(),
  erased: z.boolean(),
  at: instant,
  state: z.enum(["waiting", "admitted", "set_aside", "duplicate"]),
  reason: saidText.nullable(),
  answer: answerViewContract.nullable(),
});

/** A comment as staff of the supervisor and of the applicant see it. */
export const staffCommentContract = receiptViewContract
  .omit({ pilot: true, name: true, answer: true })
  .extend({ id: z.string(), author: z.string().nullable(), original: z.string().nullable() })
  .extend({ answer: answerViewContract.extend({ id: z.string() }).nullable() });

export const staffCommentsContract = z.object({ comments: z.array(staffCommentContract) });

export const commentedContract = z.object({
  /** Shows what becomes of the comment; it is given once. */
  receipt: z.string(),
  round: z.number().int(),
  number: z.number().int(),
});

export const receiptParams = z.strictObject({ receipt: z.string().min(1).max(40) });

/** Which comment its author, or the supervisor, wants erased. */
export const erasureByReceiptContract = receiptParams;
export const erasureContract = z.strictObject({ comment: z.uuid() });

export type NewComment = Readonly<z.infer<typeof newCommentContract>>;
export type CommentView = z.infer<typeof commentViewContract>;
export type ReceiptView = z.infer<typeof receiptViewContract>;
export type Commented = z.infer<typeof commentedContract>;
export type ConsultationsAnswer = z.infer<typeof consultationsContract>;

/**
 * Misuse of tokens as its overseers see it: what was declined and why, over days, scenes and tokens.
 * No holder, and of a token's number the last four digits. Browser-safe.
 */
import { z } from "zod";
import { dayContract, sceneIdContract } from "./fields.contract.ts";

/**
 * Why a payment was declined. `scene` and `limit` are misuse (indicator I26): it was tried where the
 * token or the scene has no place, or above a limit of the token. Of an `erased` holder the journal
 * keeps that a payment was declined, and nothing else.
 */
export const DECLINE_CAUSES = [
  ...(["scene", "limit", "hours", "cryptogram", "confirmation", "state", "unknown"] as const),
  ...(["funds", "pilot", "erased"] as const),
] as const;
export type DeclineCause = (typeof DECLINE_CAUSES)[number];
export const declineCauseContract = z.enum(DECLINE_CAUSES);

export const MISUSE_DAYS = { usual: 30, most: 90 } as const;

export const misuseQuery = z.strictObject({
  /** How many days, today among them. */
  days: z
    .string()
    .regex(/^([1-9]|[1-8][0-9]|90)$/)
    .meta({ "x-form": { zh: "1 到 90 天", en: "from 1 to 90 days" } })
    .optional(),
});

const count = z.string();
const misused = { outOfScene: count, overLimit: count } as const;

export const misuseContract = z.object({
  asOf: z.string(),
  /** Every day of the span, earliest first; the last is today, so far. */
  days: z.array(
    z.object({
      day: z.string(),
      /** Payments that were authorised or declined. */
      tries: count,
      declined: count,
      ...misused,
      /** Misuse in every 10,000 tries, in thousandths, rounded; null where there was no try. */
      per10k: count.nullable(),
    }),
  ),
  causes: z.array(z.object({ cause: declineCauseContract, declined: count })),
  scenes: z.array(z.object({ scene: z.string(), declined: count, ...misused })),
  /** Tokens that were misused, most of all first, at most 50. */
  tokens: z.array(
    z.object({ token: z.string(), number: z.string(), ...misused, last: z.string() }),
  ),
  /** True where there were more declines than are counted at once: the earliest are left out. */
  cut: z.boolean(),
});

/** Where a page of tries ends: a place of a partition and one in its order. */
const cursor = z
  .string()
  .regex(/^[0-9]{1,4}\.[1-9][0-9]{0,17}$/)
  .meta({ "x-form": { zh: "上一页给出的位置", en: "the place that the page before has given" } });

export const triesQuery = z.strictObject({
  day: dayContract,
  cause: declineCauseContract.optional(),
  scene: sceneIdContract.optional(),
  token: z.uuid().optional(),
  before: cursor.optional(),
});

export const triesContract = z.object({
  tries: z.array(
    z.object({
      act: z.string(),
      at: z.string(),
      organisation: z.string(),
      cause: declineCauseContract,
      /** Empty where its holder was erased. */
      scene: z.string(),
      merchant: z.string(),
      amount: z.string().nullable(),
      /** Null for a number that is no token here. */
      token: z.string().nullable(),
      number: z.string().nullable(),
      failed: z.array(
        z.object({
          code: z.string(),
          limit: z.string().optional(),
          unit: z.enum(["fen", "count"]).optional(),
          used: z.string().optional(),
          cap: z.string().optional(),
          asked: z.string().optional(),
          clause: z.string().optional(),
          /** The reason as a sentence, and its figures in a line, in the reader's language. */
          says: z.string(),
          figures: z.string(),
        }),
      ),
    }),
  ),
  /** What to ask `before` with for the next page, or null at the end. */
  next: z.string().nullable(),
});

export type MisuseAnswer = z.infer<typeof misuseContract>;
export type TriesAnswer = z.infer<typeof triesContract>;

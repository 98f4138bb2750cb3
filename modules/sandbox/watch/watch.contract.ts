/**
 * Watch periods as they travel in JSON. Browser-safe. All of it is public from the first instant:
 * what was compared, what was found, and what two people ruled with which reason.
 */
import { z } from "zod";
import {
  dateContract,
  textContract,
  thresholdContract,
} from "../declaration/declaration.contract.ts";
import { criterionContract } from "../evaluation/evaluation.contract.ts";

const said = z.strictObject({
  zh: z.string().trim().min(1).max(4_000),
  en: z.string().trim().min(1).max(4_000),
});
const instant = z.string();

export const watchStateContract = z.enum(["running", "questioned", "ended", "exit_required"]);
export const findingStateContract = z.enum(["open", "accepted", "extended", "exit_required"]);

/** What a figure must be, in the words of a threshold: measured over the whole days up to its day. */
const watchBoundContract = thresholdContract.pick({
  ...{ indicator: true, comparator: true, value: true, unit: true },
});

/**
 * A condition under which a finding is accepted, and the last day on which it may be met. One with a
 * bound is judged by the clock once that day is over; people look after one without.
 */
const watchConditionContract = z.strictObject({
  text: said,
  by: dateContract,
  bound: watchBoundContract.optional(),
});

export const conditionStateContract = z.enum(["pending", "met", "missed", "lapsed"]);

/** A ruling on everything that is open. Its reason and conditions are published word for word. */
export const watchRulings = {
  accept: z.strictObject({
    ruling: z.literal("accept"),
    reason: said,
    conditions: z.array(watchConditionContract).max(10),
  }),
  extend: z.strictObject({
    ruling: z.literal("extend"),
    reason: said,
    /** By how many days the watch lasts longer. */
    days: z.number().int().min(1).max(1_095),
  }),
  require_exit: z.strictObject({ ruling: z.literal("require_exit"), reason: said }),
} as const;

export const watchRulingContract = z.discriminatedUnion("ruling", [
  watchRulings.accept,
  watchRulings.extend,
  watchRulings.require_exit,
]);

/** A threshold as it was compared; nothing in it was typed in, and nothing overrides it. */
const watchCriterionContract = criterionContract.omit({ kind: true, override: true });

export const watchContract = z.object({
  pilot: z.string(),
  name: textContract,
  state: watchStateContract,
  organisation: z.string(),
  /** How long it was to last at first, and whether the terms say so or the design of this system. */
  days: z.number().int(),
  daysFrom: z.enum(["terms", "design"]),
  begunAt: instant,
  /** The first instant after it. */
  endsAt: instant,
  /** Up to where thresholds are compared, and where the next comparing ends. */
  checkedTo: instant,
  nextAt: instant.nullable(),
  endedAt: instant.nullable(),
  checks: z.array(
    z.object({
      number: z.number().int(),
      at: instant,
      from: instant,
      to: instant,
      /** Machine time of probes and requests: whole days of it. */
      machineFrom: instant,
      machineTo: instant,
      criteria: z.array(watchCriterionContract),
    }),
  ),
  findings: z.array(
    z.object({
      id: z.string(),
      number: z.number().int(),
      kind: z.enum(["thresholds", "silence", "condition"]),
      state: findingStateContract,
      at: instant,
      /** The check that missed. */
      check: z.number().int().nullable(),
      /** Machine time of the last beat. */
      silentSince: instant.nullable(),
      /** The condition that was missed: of which ruling, and its place there. */
      condition: z.object({ ruling: z.number().int(), number: z.number().int() }).nullable(),
      /** The number of its ruling. */
      ruling: z.number().int().nullable(),
    }),
  ),
  rulings: z.array(
    z.object({
      number: z.number().int(),
      ruling: z.enum(["accept", "extend", "require_exit"]),
      at: instant,
      reason: textContract,
      conditions: z.array(
        z.object({
          text: textContract,
          by: z.string(),
          bound: watchBoundContract.nullable(),
          /** Null where people look after it. `lapsed`: the pilot left before its day was over. */
          state: conditionStateContract.nullable(),
          /** In parts per million for a bound in basis points; null before it is judged. */
          measured: z.string().nullable(),
          sums: z.string().nullable(),
          over: z.string().nullable(),
          lacks: criterionContract.shape.lacks,
          judgedAt: instant.nullable(),
        }),
      ),
      days: z.number().int().nullable(),
    }),
  ),
});

export type WatchRuling = Readonly<z.infer<typeof watchRulingContract>>;
export type WatchBound = Readonly<z.infer<typeof watchBoundContract>>;
export type WatchAnswer = z.infer<typeof watchContract>;

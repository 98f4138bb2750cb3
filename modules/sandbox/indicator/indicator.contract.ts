/**
 * Indicators as they travel in JSON. Browser-safe. Every value is a whole number in a decimal
 * string, in the unit that is named beside it; nothing here was typed in by anybody.
 */
import { z } from "zod";
import { slugContract, textContract } from "../declaration/declaration.contract.ts";

export const spanContract = z.enum(["hour", "day", "month"]);

/** What a figure is counted in. `thousandth` is a ratio or rate times 1,000. */
export const unitContract = z.enum([
  "ppm",
  "thousandth",
  "count",
  "microsecond",
  "second",
  "day",
  "index",
  "grade",
]);

/** Where a figure comes from. */
export const sourceContract = z.enum([
  "prober",
  "requests",
  "journal",
  "ledger",
  "incidents",
  "complaints",
  "compensation",
  "consultation",
  "exit",
  "indicators",
]);

/** `none`: no threshold is set. `nothing`: there was nothing to measure. `absent`: no source yet. */
export const standingContract = z.enum(["none", "good", "watch", "act", "nothing", "absent"]);

export const dimensionContract = z.enum([
  "service",
  "people",
  "scale",
  "trust",
  "procedure",
  "grade",
]);

const instant = z.string();
const whole = z.string();

/** One figure in one window, with what it was made of. */
export const figureContract = z.object({
  /** Which figure of the indicator, such as `p95`. */
  figure: z.string(),
  /** Of what, where an indicator has one for each: a limit, a scale, a severity. Empty otherwise. */
  subject: z.string(),
  label: textContract,
  unit: unitContract,
  value: whole.nullable(),
  /** Numerator and denominator, where the value is made of two. */
  sums: whole.nullable(),
  over: whole.nullable(),
  standing: standingContract,
  watch: whole.nullable(),
  act: whole.nullable(),
  /** Whether too little or too much is bad; null where neither is. */
  bad: z.enum(["low", "high"]).nullable(),
});

export const windowContract = z.object({
  span: spanContract,
  begins: instant,
  ends: instant,
  figures: z.array(figureContract),
});

const headContract = z.object({
  /** `I1` to `I32`, as the list of indicators numbers them. */
  id: z.string(),
  dimension: dimensionContract,
  name: textContract,
  formula: textContract,
  source: sourceContract,
  public: z.boolean(),
  standing: standingContract,
});

/** Every indicator of a pilot in one window. */
export const boardContract = z.object({
  pilot: z.string(),
  span: spanContract,
  begins: instant,
  ends: instant,
  /** Business time up to which acts are counted; null where none was counted yet. */
  asOf: instant.nullable(),
  /** Acts of the journal that no figure knows yet. */
  behind: whole,
  indicators: z.array(headContract.extend({ figures: z.array(figureContract) })),
});

/** One indicator over its latest windows, oldest first. */
export const seriesContract = headContract.extend({
  pilot: z.string(),
  asOf: instant.nullable(),
  behind: whole,
  windows: z.array(windowContract),
});

export const boardQueryContract = z.strictObject({ span: spanContract.optional() });

export const seriesQueryContract = z.strictObject({
  span: spanContract.optional(),
  /** How many windows, 1 to 60; 24 unless told. */
  n: z
    .string()
    .regex(/^([1-9]|[1-5][0-9]|60)$/)
    .optional(),
});

export const rowsQueryContract = z.strictObject({
  span: spanContract,
  begins: z.iso.datetime({ offset: true }),
  subject: z.string().max(80).optional(),
  /** Acts before this place in the order only. */
  before: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/)
    .optional(),
});

/** The rows that a figure sums, as its source keeps them; at most 200. */
export const rowsContract = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("acts"),
    rows: z.array(
      z.object({
        partition: z.number().int(),
        seq: whole,
        at: instant,
        command: z.string(),
        class: z.string(),
        outcome: z.string(),
        act: z.string(),
      }),
    ),
    more: z.boolean(),
  }),
  z.object({
    kind: z.literal("probes"),
    rows: z.array(
      z.object({
        at: instant,
        target: z.enum(["page", "api"]),
        ok: z.boolean(),
        status: z.number().int(),
        tookMs: whole,
        down: z.boolean(),
      }),
    ),
    more: z.boolean(),
  }),
  z.object({
    kind: z.literal("requests"),
    rows: z.array(
      z.object({
        /** Longest time of this line in microseconds; 0 for longer than any. */
        upToUs: whole,
        answered: whole,
        refused: whole,
        failed: whole,
      }),
    ),
    more: z.boolean(),
  }),
  z.object({
    kind: z.literal("uses"),
    rows: z.array(
      z.object({ rule: z.string(), whose: z.string(), period: z.string(), moved: whole }),
    ),
    more: z.boolean(),
  }),
  z.object({
    kind: z.literal("incidents"),
    rows: z.array(
      z.object({
        number: z.number().int(),
        state: z.string(),
        category: z.string(),
        severity: z.number().int().nullable(),
        startedAt: instant.nullable(),
        detectedAt: instant.nullable(),
        resolvedAt: instant.nullable(),
      }),
    ),
    more: z.boolean(),
  }),
  /** Comments by their number, without their words. */
  z.object({
    kind: z.literal("comments"),
    rows: z.array(
      z.object({
        round: z.number().int(),
        number: z.number().int(),
        at: instant,
        state: z.enum(["waiting", "admitted", "set_aside", "duplicate"]),
        /** The instant from which on an answer is late; null where none is owed. */
        due: instant.nullable(),
        answeredAt: instant.nullable(),
        changes: z.boolean(),
      }),
    ),
    more: z.boolean(),
  }),
  /** Steps of an exit in their order, then the items that its institution listed. */
  z.object({
    kind: z.literal("exit"),
    rows: z.array(
      z.object({
        what: z.enum(["step", "item"]),
        /** Name of the step, or kind and reference of the item. */
        name: z.string(),
        state: z.enum(["waiting", "open", "closed", "listed", "finished", "transferred"]),
        beganAt: instant.nullable(),
        endedAt: instant.nullable(),
        evidence: z.string().nullable(),
      }),
    ),
    more: z.boolean(),
  }),
  /** The source keeps no rows that could be shown here, or there is no source yet. */
  z.object({ kind: z.literal("none"), rows: z.array(z.never()), more: z.literal(false) }),
]);

export const indicatorParams = z.strictObject({
  slug: slugContract,
  id: z.string().regex(/^I[1-9][0-9]?$/),
});

export type Span = z.infer<typeof spanContract>;
export type Unit = z.infer<typeof unitContract>;
export type Source = z.infer<typeof sourceContract>;
export type Standing = z.infer<typeof standingContract>;
export type Dimension = z.infer<typeof dimensionContract>;
export type FigureAnswer = z.infer<typeof figureContract>;
export type BoardAnswer = z.infer<typeof boardContract>;
export type SeriesAnswer = z.infer<typeof seriesContract>;
export type RowsAnswer = z.infer<typeof rowsContract>;

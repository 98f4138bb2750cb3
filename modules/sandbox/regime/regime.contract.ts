/**
 * Templates of regimes: what a supervisor elsewhere, or here, asks of a test, as dated data with the
 * source of each item. Browser-safe. Amounts are decimal strings in the minor unit of their own
 * currency; durations are calendar periods. What nobody could verify says so.
 */
import { z } from "zod";
import { dateContract, quantityContract, textContract } from "../declaration/field.contract.ts";

/** Sections of the declaration form, as form.words.ts names them; a test compares. */
export const sectionContract = z.enum([
  ...(["name", "type", "institutions", "operatesFrom", "technology", "functions"] as const),
  ...(["innovation", "effects", "graduation", "scale", "caps", "triggers", "testPeriod"] as const),
  ...(["channels", "hours", "segment", "regions", "agreement", "partners", "purposes"] as const),
  ...(["legal", "technical", "risks", "compensation", "exit", "emergency"] as const),
  ...(["riskNotice", "complaints", "selfRegulatory", "promise"] as const),
]);

/**
 * `seen`: read in a published source. `unverified`: told from memory, checked by nobody. `design`:
 * asked by this system beyond what is known of the regime.
 */
export const markContract = z.enum(["seen", "unverified", "design"]);

const wordContract = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);

/** Currencies of the regimes; each has 100 minor units. */
export const regimeCurrencyContract = z.enum(["CNY", "GBP", "SGD", "TWD"]);

export const regimeMoneyContract = z.strictObject({
  /** Minor units, 1 or more. */
  amount: quantityContract,
  currency: regimeCurrencyContract,
});

export const regimePeriodContract = z.strictObject({
  n: z.int().min(1).max(1_000),
  unit: z.enum(["day", "business_day", "week", "month", "year"]),
});

/** What a clock measures. */
export const regimeClockContract = z.enum([
  ...(["test", "design", "answer", "start", "notify", "report", "comment", "assessment"] as const),
  ...(["complaint", "complaint_summary", "complaint_complex", "complaint_longest"] as const),
]);

const item = {
  id: wordContract,
  text: textContract,
  mark: markContract,
  /** One of the regime's sources. */
  source: wordContract,
};

export const regimeItemContract = z.discriminatedUnion("kind", [
  /** A criterion of entry; `about` names one that a machine can look at. */
  z.strictObject({
    ...item,
    kind: z.literal("entry"),
    about: z.enum(["licensed_institution"]).nullable(),
  }),
  /** What must be said, by sections of our form; none where our form has no such section. */
  z.strictObject({ ...item, kind: z.literal("section"), sections: z.array(sectionContract) }),
  /** A number of the scale. `money` is null where no number is set in general, or none was found. */
  z.strictObject({
    ...item,
    kind: z.literal("limit"),
    role: z.enum(["target", "cap", "trigger"]),
    of: z.enum(["pilot", "customer"]),
    /** The kind of business that it is about; null for all. */
    about: z.enum(["loan", "insurance_premium", "sum_insured", "other"]).nullable(),
    money: regimeMoneyContract.nullable(),
  }),
  z.strictObject({
    ...item,
    kind: z.literal("clock"),
    what: regimeClockContract,
    comparator: z.enum(["atMost", "atLeast", "about"]),
    period: regimePeriodContract,
  }),
  /** What stands behind compensation, in which forms, and how long beyond the test. */
  z.strictObject({
    ...item,
    kind: z.literal("guarantee"),
    forms: z.array(z.enum(["own_capital", "insurance", "fund", "trust", "bank_guarantee"])).min(1),
    beyond: regimePeriodContract,
  }),
  z.strictObject({ ...item, kind: z.literal("duty"), of: z.enum(["report", "exit", "safeguard"]) }),
]);

export const regimeKindContract = z.enum([
  ...(["entry", "section", "limit", "clock", "guarantee", "duty"] as const),
]);

export const regimeContract = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{1,29}$/),
  name: textContract,
  authority: textContract,
  /** ISO 3166-1. */
  country: z.string().regex(/^[A-Z]{2}$/),
  /** True for the one that this system runs. */
  inUse: z.boolean(),
  /** Since when its rules are in force; null where that could not be found out. */
  inForceFrom: dateContract.nullable(),
  /** The day on which this template was written down. */
  compiledOn: dateContract,
  sources: z.array(z.strictObject({ id: wordContract, text: textContract })).min(1),
  items: z.array(regimeItemContract).min(1).max(100),
});

/** What an item asks for as a number, under a name by which regimes are laid side by side. */
const figureContract = z.object({ key: z.string(), label: textContract, value: textContract });

const shownItemContract = z.object({
  id: z.string(),
  kind: regimeKindContract,
  /** What a duty is about; null for all else. */
  of: z.enum(["report", "exit", "safeguard"]).nullable(),
  mark: markContract,
  text: textContract,
  source: textContract,
  figure: figureContract.nullable(),
});

/** A regime as it is read: sources written out, numbers in words. */
export const regimeAnswerContract = regimeContract
  .pick({ id: true, name: true, authority: true, country: true, inUse: true })
  .extend({
    inForceFrom: z.string().nullable(),
    compiledOn: z.string(),
    items: z.array(shownItemContract),
  });

export const regimesAnswerContract = z.object({ regimes: z.array(regimeAnswerContract) });

/**
 * What holding a declaration against one item gave. `met`: it says so, within the number. `missing`:
 * it does not say it. `outside`: it says something beyond the regime's number or set.
 * `other_currency`: both state money, in two currencies that nothing here converts. `no_clause`: our
 * form has no such section. `people`: nothing that a machine can judge. `later`: a duty of the test.
 */
export const conformityOutcomeContract = z.enum([
  ...(["met", "missing", "outside", "other_currency", "no_clause", "people", "later"] as const),
]);

export const verdictContract = z.object({
  item: z.string(),
  kind: regimeKindContract,
  outcome: conformityOutcomeContract,
  /** The clause of our form that it is about, and its title; null where there is none. */
  clause: z.string().nullable(),
  title: textContract.nullable(),
  text: textContract,
  /** The regime's number, and what the declaration says instead; null where there is none. */
  required: textContract.nullable(),
  stated: textContract.nullable(),
  mark: markContract,
  source: textContract,
});

export const conformityContract = z.object({
  pilot: z.string(),
  regime: z.string(),
  name: textContract,
  version: z.number().int(),
  verdicts: z.array(verdictContract),
});

export const regimeParams = z.strictObject({ id: z.string().regex(/^[a-z][a-z-]{1,29}$/) });

export type Regime = Readonly<z.infer<typeof regimeContract>>;
export type RegimeItem = Regime["items"][number];
export type RegimePeriod = Readonly<z.infer<typeof regimePeriodContract>>;
export type RegimeMoney = Readonly<z.infer<typeof regimeMoneyContract>>;
export type RegimeAnswer = z.infer<typeof regimeAnswerContract>;
export type ConformityOutcome = z.infer<typeof conformityOutcomeContract>;
export type Verdict = z.infer<typeof verdictContract>;
export type ConformityAnswer = z.infer<typeof conformityContract>;
